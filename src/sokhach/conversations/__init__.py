"""Conversations, episodes, turns, messages and their delivery."""
