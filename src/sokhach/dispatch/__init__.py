"""The way out: outbox, sending, what became of each message."""
