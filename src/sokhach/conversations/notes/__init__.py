"""Internal notes: what colleagues write among themselves, beside a thread and never in it."""
