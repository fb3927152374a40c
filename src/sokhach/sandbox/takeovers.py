"""Customers for whom a visitor writes at the moment: whoever lets them live keeps still meanwhile."""

import time

LEASE_SECONDS = 150
"""The page renews it every half minute; browsers let a tab in the background do so once a minute at least."""


class Takeovers:
    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self.changes = 0

    def take(self, user_id: str) -> None:
        """Begin, or go on; ends by itself when the visitor goes away."""
        if not self.holds(user_id):
            self.changes += 1
        self._until[user_id] = time.monotonic() + LEASE_SECONDS

    def release(self, user_id: str) -> None:
        if self._until.pop(user_id, None) is not None:
            self.changes += 1

    def holds(self, user_id: str) -> bool:
        return self._until.get(user_id, 0) > time.monotonic()
