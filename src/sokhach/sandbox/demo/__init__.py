"""The demo: customers with lives, simulated colleagues, and weeks of a past."""
