"""Pictures, voices, films and files of messages, kept in our own storage."""
