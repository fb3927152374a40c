"""Tasks that live and end together."""

import asyncio

import pytest

from sokhach.core.tasks import end, run_together


class Stubborn:
    """Loses its first cancellations, as `asyncio.wait_for` may."""

    def __init__(self, losses: int) -> None:
        self.losses = losses

    async def run(self) -> None:
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                if self.losses == 0:
                    raise
                self.losses -= 1


class TestEnd:
    async def test_asks_until_all_are_done(self) -> None:
        tasks = [asyncio.create_task(Stubborn(losses).run()) for losses in (0, 1, 3)]
        await asyncio.sleep(0)
        async with asyncio.timeout(2):
            await end(tasks)
        assert all(task.cancelled() for task in tasks)

    async def test_goes_on_when_it_is_cancelled_itself(self) -> None:
        task = asyncio.create_task(Stubborn(3).run())
        await asyncio.sleep(0)
        ending = asyncio.create_task(end([task]))
        await asyncio.sleep(0)
        ending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ending
        assert task.cancelled()


class TestRunTogether:
    async def test_one_error_ends_all_and_is_raised(self) -> None:
        other = asyncio.ensure_future(Stubborn(1).run())

        async def fail() -> None:
            await asyncio.sleep(0)
            raise LookupError

        with pytest.raises(LookupError):
            await run_together(other, fail())
        assert other.cancelled()

    async def test_cancelling_ends_all(self) -> None:
        tasks = [asyncio.ensure_future(Stubborn(1).run()) for _ in range(3)]
        together = asyncio.create_task(run_together(*tasks))
        await asyncio.sleep(0.01)
        together.cancel()
        with pytest.raises(asyncio.CancelledError):
            await together
        assert all(task.cancelled() for task in tasks)
