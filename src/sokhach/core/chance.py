"""Chance that keeps many from doing the same at the same instant, or like a clock. Nothing secret comes from here."""

import random


def chance() -> float:
    """At least 0, less than 1."""
    return random.random()  # noqa: S311
