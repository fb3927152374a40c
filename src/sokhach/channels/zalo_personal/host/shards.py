"""Which sidecar an account goes to. Sidecars are made as they are needed, each for so many accounts."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sokhach.channels.zalo_personal.host.session import Session
from sokhach.channels.zalo_personal.host.sidecar import Gone, Heard, Sidecar
from sokhach.core.tasks import end

LAST_WORDS_SECONDS = 1.0


class Shards:
    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, accounts: int, heard: Heard, gone: Gone
    ) -> None:
        self._command = command
        self._environment = environment
        self._usual = accounts
        self._most: list[int] = []
        self._heard = heard
        self._gone = gone
        self._sidecars: list[Sidecar] = []
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def sidecars(self) -> Sequence[Sidecar]:
        return self._sidecars

    def place(self, sessions: Iterable[Session], wanted: int | None = None) -> Sidecar:
        """The `wanted` one if it has room, else the emptiest, else a new one. One that does not run (it died, and is
        about to start) is taken when no other has room."""
        load = Counter(one.sidecar.number for one in sessions if one.sidecar is not None and not one.ended)
        room = [one for one in self._sidecars if not one.draining and load[one.number] < self._most[one.number]]
        running = [one for one in room if one.ready] or room
        same = next((one for one in running if one.number == wanted), None)
        return same or min(running, key=lambda one: load[one.number], default=None) or self._add()

    def shrink(self, sidecar: Sidecar, accounts: int) -> None:
        """So many were too many for its memory: from now on half of them, but never less than a quarter of what is
        usual, or something that leaks would end as hundreds of processes."""
        self._most[sidecar.number] = max(accounts // 2, self._usual // 4, 1)

    def any(self) -> Sidecar:
        """For what belongs to no account."""
        return next((one for one in self._sidecars if not one.draining), None) or self._add()

    async def close(self) -> None:
        """Ends all, politely."""
        await asyncio.gather(*(one.shut_down(final=True) for one in self._sidecars), return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST_WORDS_SECONDS)
        await end(self._tasks)

    def _add(self) -> Sidecar:
        sidecar = Sidecar(len(self._sidecars), self._command, self._environment, self._heard, self._gone)
        self._sidecars.append(sidecar)
        self._most.append(self._usual)
        self._tasks.append(asyncio.create_task(sidecar.run(), name=f"sidecar {sidecar.number}"))
        return sidecar
