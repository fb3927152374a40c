"""Calls per minute: 4,000 per app, and a limit of the official account where one is set (reference §1.2)."""

from sokhach.sandbox.clock import SimulatedClock

MINUTE_MS = 60_000


class RateLimits:
    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self._counts: dict[str, int] = {}
        self._minute = 0

    def take(self, key: str, limit: int) -> int:
        """Count one call; gives how many are left in this minute, below zero when over the limit."""
        minute = self._clock.now_ms() // MINUTE_MS
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()
        self._counts[key] = self._counts.get(key, 0) + 1
        return limit - self._counts[key]
