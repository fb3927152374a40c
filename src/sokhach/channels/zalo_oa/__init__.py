"""Zalo Official Account: wire structs, mapping in, sending out."""
