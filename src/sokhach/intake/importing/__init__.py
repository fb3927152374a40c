"""Conversations of before, from files that an administrator brings."""
