"""Zalo personal accounts: sidecars that hold their sessions, mapping in, sending out."""
