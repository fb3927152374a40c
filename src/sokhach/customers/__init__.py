"""Contacts and their identities on channels."""
