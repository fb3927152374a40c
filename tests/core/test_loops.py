import asyncio
import time

import pytest

from sokhach.core.loops import AT_ONCE, CROWD, MOST_GAPS, Loop

GAP = 0.4


class TestLoop:
    async def test_goes_at_once_after_a_rest_and_keeps_its_gap_when_busy(self) -> None:
        began: list[float] = []
        enough = asyncio.Event()

        async def step() -> int:
            began.append(time.monotonic())
            if len(began) == AT_ONCE + 4:
                enough.set()
            return 1

        running = asyncio.create_task(Loop("busy", step, every_seconds=1, gap_seconds=GAP).run())
        await asyncio.wait_for(enough.wait(), 20)
        running.cancel()
        assert began[AT_ONCE] - began[0] < GAP
        assert began[AT_ONCE + 3] - began[0] >= 3 * GAP - 0.05

    @pytest.mark.parametrize(("found", "gaps"), [(1, 1), (CROWD - 1, 1), (CROWD, 2), (50 * CROWD, MOST_GAPS)])
    async def test_where_many_come_they_share_a_step(self, found: int, gaps: int) -> None:
        began: list[float] = []
        enough = asyncio.Event()

        async def step() -> int:
            began.append(time.monotonic())
            if len(began) == 6:
                enough.set()
            return found

        running = asyncio.create_task(Loop("busy", step, every_seconds=1, gap_seconds=GAP).run())
        await asyncio.wait_for(enough.wait(), 20)
        running.cancel()
        # Whatever may be owed has been run up by the fourth.
        assert began[5] - began[3] >= 2 * gaps * GAP - 0.05
        assert began[5] - began[0] < (5 * gaps - AT_ONCE + 1.5) * GAP

    async def test_what_wakes_it_during_a_step_is_not_slept_over(self) -> None:
        steps = 0
        again = asyncio.Event()

        async def step() -> int:
            nonlocal steps
            steps += 1
            if steps == 1:
                loop.wake()
            else:
                again.set()
            return 0

        loop = Loop("woken", step, every_seconds=60, gap_seconds=0.01)
        running = asyncio.create_task(loop.run())
        await asyncio.wait_for(again.wait(), 10)
        running.cancel()
