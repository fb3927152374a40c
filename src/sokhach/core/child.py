"""A process that is kept alive: started again when it dies, and ended politely, then firmly."""

import asyncio
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from sokhach.core.process import end_group

Spawn = Callable[[], "subprocess.Popen[bytes]"]
_POLL_SECONDS = 0.05


class Step(msgspec.Struct, frozen=True):
    """One step of the way down: send `signal`, then wait at most `seconds`."""

    signal: signal.Signals
    seconds: float


class Backoff:
    """Seconds to wait before the next start: 0.2 doubling to 5, forgotten after a life of 30 s."""

    def __init__(self, first: float = 0.2, most: float = 5.0, forgiven_after: float = 30.0) -> None:
        self._first = first
        self._most = most
        self.forgiven_after = forgiven_after
        self._next = first

    def after(self, lived_seconds: float) -> float:
        if lived_seconds >= self.forgiven_after:
            self._next = self._first
        delay, self._next = self._next, min(self._next * 2, self._most)
        return delay


class Listener:
    """Hears what becomes of a child."""

    def changed(self, child: "Child") -> None:
        """It was started, or has ended."""

    def died(self, child: "Child", status: int, delay_seconds: float) -> None:
        """It ended by itself and is started again after the delay."""

    def refused(self, child: "Child", error: Exception) -> None:
        """It could not be started again; another attempt follows."""


class Child:
    """Keeps one process alive. `way_down` ends with what is also sent when somebody is in a hurry.

    `settle` waits until a fresh process does its work and raises `StartupError` when it cannot; `clean_up` removes
    what a dead one left behind, before the next. Both are for processes that need it.
    """

    def __init__(
        self,
        name: str,
        spawn: Spawn,
        way_down: Sequence[Step],
        listener: Listener,
        *,
        settle: Callable[["subprocess.Popen[bytes]"], Awaitable[None]] | None = None,
        clean_up: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        """How often in a row it died young."""
        self.last_status = 0
        self.started_at = 0.0
        self._spawn = spawn
        self._way_down = way_down
        self._listener = listener
        self._settle = settle
        self._clean_up = clean_up
        self._backoff = Backoff()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    async def start(self) -> None:
        """Starts it for the first time, and keeps it alive from then on. Raises what `settle` raises."""
        await self._launch()
        self._keeper = asyncio.create_task(self._keep(), name=f"keep {self.name}")

    async def stop(self) -> None:
        """Walks the way down until it has ended; what does not obey is killed."""
        await self._let_go()
        process = self.process
        if process is None:
            return
        for step in (*self._way_down, Step(signal.SIGKILL, float("inf"))):
            if process.poll() is not None:
                break
            process.send_signal(step.signal)
            await _ended(process, step.seconds)
        if process.returncode == -signal.SIGKILL and self._clean_up:
            await self._clean_up()
        end_group(process.pid)
        self._listener.changed(self)

    def hurry(self) -> None:
        """Sends the last signal of the way down now; a `stop` under way returns as soon as it is obeyed."""
        if self.alive and self.process is not None:
            self.process.send_signal(self._way_down[-1].signal)

    async def _keep(self) -> None:
        while True:
            born = time.monotonic()
            status = await self._end_of_life()
            lived = time.monotonic() - born
            delay = self._backoff.after(lived)
            self.failures = self.failures + 1 if lived < self._backoff.forgiven_after else 1
            self.last_status = status
            self._listener.died(self, status, delay)
            await asyncio.sleep(delay)
            try:
                await self._launch()
            except Exception as error:  # whatever it was, the next attempt may succeed: nobody else will make one
                self._listener.refused(self, error)

    async def _launch(self) -> None:
        if self.process is not None:
            end_group(self.process.pid)
            if self._clean_up:
                await self._clean_up()
        process = self.process = self._spawn()
        self.started_at = time.time()
        self._listener.changed(self)
        if self._settle:
            await self._settle(process)

    async def _end_of_life(self) -> int:
        process = self.process
        assert process is not None
        await _ended(process, float("inf"))
        return process.returncode

    async def _let_go(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])
            self._keeper = None


async def _ended(process: "subprocess.Popen[bytes]", patience_seconds: float) -> None:
    deadline = time.monotonic() + patience_seconds
    while process.poll() is None:
        if time.monotonic() >= deadline:
            return
        await asyncio.sleep(_POLL_SECONDS)
