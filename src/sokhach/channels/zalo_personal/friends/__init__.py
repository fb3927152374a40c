"""Requests of friendship, theirs and ours: which are open, and what staff answer to them."""
