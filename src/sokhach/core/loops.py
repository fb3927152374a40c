"""The worker's loops: each takes what is due from an index, again and again, and outlives whatever fails."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import structlog

from sokhach.core.tasks import run_together
from sokhach.core.telemetry import LOOP_FAILURES

log = structlog.get_logger()

Step = Callable[[], Awaitable[int]]
LONGEST_REST_SECONDS = 5.0
AT_ONCE = 2
"""So many gaps may be owed before a step waits."""
EMPTY = 0.25
"""What a step that found nothing costs, in gaps."""
CROWD = 100
MOST_GAPS = 4
"""A step costs a gap more for each `CROWD` that it found, up to so many: where so many come, nobody notices that, and
what waits shares a step instead of the processor with those that answer."""


class Loop:
    """Runs `step` while it finds work, then rests until woken or `every_seconds` have passed.

    `gap_seconds`: from the beginning of one step to the next, when it is kept busy; what comes in meanwhile shares a
    step. A few steps after a rest need not wait, one that found nothing counts little, one that found a `CROWD`
    counts for more.
    """

    def __init__(self, name: str, step: Step, *, every_seconds: float, gap_seconds: float = 0) -> None:
        self.name = name
        self._step = step
        self._every_seconds = every_seconds
        self._gap_seconds = gap_seconds
        self._woken = asyncio.Event()
        self._debt = 0.0
        self._reckoned_at = time.monotonic()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        failures = 0
        while True:
            try:
                while await self._take_turn():
                    failures = 0
            except Exception as error:
                failures += 1
                LOOP_FAILURES.labels(self.name).inc()
                if failures == 1:
                    log.exception("loop_failed", loop=self.name)
                else:
                    log.warning("loop_failed_again", loop=self.name, error=type(error).__name__, failures=failures)
                await asyncio.sleep(min(0.1 * 2 ** min(failures, 10), LONGEST_REST_SECONDS))
                continue
            failures = 0
            await self._rest()

    async def _take_turn(self) -> int:
        if (ahead := self._owed() - AT_ONCE * self._gap_seconds) > 0:
            await asyncio.sleep(ahead)
        owed = self._owed()
        self._woken.clear()
        self._debt = owed + self._gap_seconds
        found = await self._step()
        gaps = min(1 + found // CROWD, MOST_GAPS) if found else EMPTY
        self._debt += (gaps - 1) * self._gap_seconds
        return found

    def _owed(self) -> float:
        """Seconds; paid back by waiting."""
        now = time.monotonic()
        self._debt, self._reckoned_at = max(0.0, self._debt - (now - self._reckoned_at)), now
        return self._debt

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), self._every_seconds)


async def run_all(loops: Sequence[Loop], *others: Awaitable[None]) -> None:
    """Until cancelled."""
    await run_together(*(loop.run() for loop in loops), *others)
