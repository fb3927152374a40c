"""All that a worker runs for personal accounts, as one."""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import inbound
from sokhach.channels.zalo_personal.beginning import Begin
from sokhach.channels.zalo_personal.cap_service import Caps
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.gaps.counters import Counters
from sokhach.channels.zalo_personal.host import alarm
from sokhach.channels.zalo_personal.host.capture import Capture, Journal, LaneOf
from sokhach.channels.zalo_personal.host.errands import Errands
from sokhach.channels.zalo_personal.host.host import Host
from sokhach.channels.zalo_personal.host.logins import Logins
from sokhach.channels.zalo_personal.host.rules import Pace
from sokhach.channels.zalo_personal.host.sidecar import environment_for
from sokhach.channels.zalo_personal.private.gate import Gate
from sokhach.channels.zalo_personal.protocol import ItemEvent
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.core.loops import Loop
from sokhach.core.tasks import end, run_together

PROGRAM = Path(__file__).parent.parent / "sidecar" / "main.mjs"
SMALL = ("--max-semi-space-size=1", "--optimize-for-size")
"""For the engine: hundreds of accounts that are quiet most of the time, in a third less memory."""
MEGABYTE = 1024 * 1024
MOST_TYPING = 200

TellOfTyping = Callable[[AsyncConnection, int, str, str], Awaitable[object]]


def command_of(settings: Settings) -> Sequence[str]:
    """Node, and the program that was built for it."""
    beside = Path(sys.executable).with_name("node")
    node = settings.node or (str(beside) if beside.exists() else shutil.which("node") or "node")
    return (node, *SMALL, str(PROGRAM))


class Personal:
    """`calls` are the sessions that this worker holds; `gate` says what of them may be kept,
    `counters` what did not come by them. `journal` appends in a
    transaction of the owner's."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        journal: Journal,
        lane_of: LaneOf,
        tell_of_typing: TellOfTyping | None = None,
        *,
        begin: Begin | None = None,
        command: Sequence[str] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.gate = Gate(database, settings)
        sealing = Sealing(Vault(settings.keys))
        self._database = database
        self._tell_of_typing = tell_of_typing
        self._typing: dict[tuple[int, str], str] = {}
        self.counters = Counters(self.gate)
        self.capture = Capture(database, journal, lane_of, self.gate, self.counters.hear)
        self.calls = Host(
            database,
            sealing,
            self.capture,
            self.gate,
            command=command or command_of(settings),
            environment=environment_for(settings.zalo_web_url),
            accounts=settings.sidecar_accounts,
            memory_bytes=settings.sidecar_memory_mb * MEGABYTE,
            changed=self.wake,
            pace=pace or Pace(),
        )
        self.logins = Logins(database, self.calls.shards, sealing, self.calls.name)
        self.calls.logins = self.logins
        self.calls.typing = self._hear_typing
        errands = Errands(database, self.calls, Caps(settings.timezone).admit_call, begin)
        self._sessions = Loop("personal", self.calls.step, every_seconds=1, gap_seconds=0.4)
        self._written = Loop("personal_typing", self._tell, every_seconds=5, gap_seconds=0.5)
        self.loops = [
            self._sessions,
            self._written,
            Loop("personal_logins", self.logins.step, every_seconds=1, gap_seconds=0.4),
            Loop("personal_errands", errands.step, every_seconds=2, gap_seconds=0.4),
            Loop("personal_alarm", partial(alarm.step, database), every_seconds=60),
            Loop("private", self.gate.step, every_seconds=1, gap_seconds=0.4),
        ]
        """To be run by whoever composes; all but the second want to be woken by the database."""

    def wake(self) -> None:
        self._sessions.wake()

    async def run(self) -> None:
        """What is no loop: frames to the journal, steps of logins to their rows. Until cancelled."""
        await run_together(self.capture.run(), self.logins.run())

    async def close(self) -> None:
        """After `run`: ends all sessions, and writes what sidecars said last."""
        writing = asyncio.create_task(self.run())
        try:
            await self.calls.close()
        finally:
            await end([writing])

    def _hear_typing(self, event: ItemEvent) -> None:
        found = inbound.typing_of(event.item, event.own, clock.now())
        if found is None or len(self._typing) >= MOST_TYPING:
            return
        if self.gate.keeps(event.account, found.thread_key, group=found.thread_kind == "group"):
            self._typing[event.account, found.thread_key] = found.person
            self._written.wake()

    async def _tell(self) -> int:
        """Who writes just now; what cannot be told at once is not worth telling."""
        heard, self._typing = self._typing, {}
        if not heard or self._tell_of_typing is None:
            return 0
        async with self._database.transaction() as connection:
            for (account_id, thread_key), person in heard.items():
                await self._tell_of_typing(connection, account_id, thread_key, person)
        return len(heard)
