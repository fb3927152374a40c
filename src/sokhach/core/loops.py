"""The worker's loops: each takes what is due from an index, again and again, and outlives whatever fails."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog

from sokhach.core.tasks import run_together
from sokhach.core.telemetry import LOOP_FAILURES

log = structlog.get_logger()

Step = Callable[[], Awaitable[int]]
LONGEST_REST_SECONDS = 5.0


class Loop:
    """Runs `step` while it finds work, then rests until woken or `every_seconds` have passed.

    `gap_seconds`: from the beginning of one step to the next at least. What comes in meanwhile shares a step.
    """

    def __init__(self, name: str, step: Step, *, every_seconds: float, gap_seconds: float = 0) -> None:
        self.name = name
        self._step = step
        self._every_seconds = every_seconds
        self._gap_seconds = gap_seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        failures = 0
        while True:
            try:
                while await self._step_and_wait():
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

    async def _step_and_wait(self) -> int:
        began = time.monotonic()
        found = await self._step()
        if (left := began + self._gap_seconds - time.monotonic()) > 0:
            await asyncio.sleep(left)
        return found

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), self._every_seconds)
        except TimeoutError:
            return
        self._woken.clear()


async def run_all(loops: Sequence[Loop], *others: Awaitable[None]) -> None:
    """Until cancelled."""
    await run_together(*(loop.run() for loop in loops), *others)
