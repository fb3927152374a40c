"""Who sees which conversation, why, and how much of its customer."""
