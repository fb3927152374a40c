"""What is missing of a personal account: asked for again, counted, and shown where it cannot be had."""
