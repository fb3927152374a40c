"""Frames into the journal: many items, one COPY, one fsync; in order, and none dropped while the database is away."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple, Protocol

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Source
from sokhach.channels.zalo_personal import inbound
from sokhach.channels.zalo_personal.host import alarm
from sokhach.channels.zalo_personal.protocol import FrameEvent, ItemEvent, unreadable
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

GROUP = 1000
MOST_WAITING_BYTES = 32 * 1024 * 1024
"""More than that waits in the sidecar, and what it cannot hold, at Zalo."""
GATHER_SECONDS = 0.01
AGAIN_SECONDS = (0.2, 0.5, 1, 2)
UNKNOWN = "unknown-opcode"
REFUSED = "refused"


class Captured(NamedTuple):
    """A row for the journal, in the order of its columns."""

    account_id: int
    lane: int
    source: Source
    received_at: datetime
    payload: bytes


class Gate(Protocol):
    """What of a session may be kept, and as what: see `private`."""

    def thread_of(self, event: ItemEvent) -> str | None: ...
    def item(self, event: ItemEvent) -> bytes | None: ...
    def frame(self, event: FrameEvent) -> bytes: ...


Journal = Callable[[AsyncConnection, Sequence[Captured]], Awaitable[None]]
LaneOf = Callable[[int, str], int]
Tallied = tuple[int, int, str]

_TALLY = text(
    "INSERT INTO frame_tally AS t (account_id, cmd, why, count, first_at, last_at)"
    " VALUES (:account, :cmd, :why, :count, :now, :now)"
    " ON CONFLICT (account_id, cmd, why) DO UPDATE SET count = t.count + excluded.count, last_at = excluded.last_at"
)


class Capture:
    """One for all sidecars of a worker."""

    def __init__(
        self, database: Database, journal: Journal, lane_of: LaneOf, gate: Gate, heard: Callable[[ItemEvent], None]
    ) -> None:
        """`heard`: of each item of which something is kept."""
        self._heard = heard
        self._database = database
        self._journal = journal
        self._lane_of = lane_of
        self._gate = gate
        self._waiting: deque[tuple[Captured, Tallied | None]] = deque()
        self._bytes = 0
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._taken = 0
        self._done = 0
        self._barriers: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def item(self, event: ItemEvent) -> bool:
        """Waits for room. Returns whether anything is kept of it."""
        try:
            payload = self._gate.item(event)
            thread = self._gate.thread_of(event) if payload is not None else None
        except Exception as error:  # whatever somebody sends: it is kept
            log.error("item_unreadable", account=event.account, cmd=event.cmd, error=type(error).__name__)
            await self.frame(unreadable(event))
            return True
        if payload is None:
            return False
        try:
            self._heard(event)
        except Exception as error:
            log.error("item_not_heard", account=event.account, cmd=event.cmd, error=type(error).__name__)
        tallied = None if inbound.is_mapped(event.cmd, event.list) else (event.account, event.cmd, UNKNOWN)
        await self._put(event.account, thread or "", payload, tallied)
        return True

    async def frame(self, event: FrameEvent) -> None:
        """Waits for room."""
        await self._put(event.account, "", self._gate.frame(event), (event.account, event.cmd, event.why))

    async def run(self) -> None:
        """The one writer; until cancelled."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            group = list(islice(self._waiting, GROUP))
            await self._keep(group)
            for _ in group:  # only now: whoever is interrupted leaves them for another
                self._waiting.popleft()
            if self._waiting:
                self._arrived.set()
            self._done += len(group)
            while self._barriers and self._barriers[0][0] <= self._done:
                barrier = self._barriers.popleft()[1]
                if not barrier.done():
                    barrier.set_result(None)
            self._bytes -= sum(len(row.payload) for row, _ in group)
            if self._bytes < MOST_WAITING_BYTES:
                self._room.set()
            await asyncio.sleep(GATHER_SECONDS)

    async def settled(self) -> None:
        """Returns once all that came in before is on disk."""
        if self._done < self._taken:
            barrier: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._barriers.append((self._taken, barrier))
            await barrier

    async def _put(self, account_id: int, thread: str, payload: bytes, tallied: Tallied | None) -> None:
        await self._room.wait()
        row = Captured(account_id, self._lane_of(account_id, thread), "frame", clock.now(), payload)
        self._waiting.append((row, tallied))
        self._bytes += len(payload)
        if self._bytes >= MOST_WAITING_BYTES:
            self._room.clear()
        self._taken += 1
        self._arrived.set()

    async def _keep(self, group: Sequence[tuple[Captured, Tallied | None]]) -> None:
        """However long it takes."""
        failures = 0
        while True:
            try:
                await self._write(group)
            except (SQLAlchemyError, psycopg.Error, OSError) as error:
                if _is_about_the_rows(error) and len(group) > 1:
                    for one in group:
                        await self._keep([one])
                    return
                if failures == 0 or failures % 30 == 0:
                    log.error("frames_wait_for_database", error=type(error).__name__, waiting=len(self._waiting))
                await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
                failures += 1
                if _is_about_the_rows(error) and failures > len(AGAIN_SECONDS):
                    await self._refuse(group[0][0])
                    return
            else:
                return

    async def _refuse(self, row: Captured) -> None:
        """It can be kept nowhere; that there was one is told."""
        log.error("frame_refused_by_database", account=row.account_id, size=len(row.payload))
        now = clock.now()
        try:
            async with self._database.transaction() as connection:
                values = {"account": row.account_id, "cmd": 0, "why": REFUSED, "count": 1, "now": now}
                await connection.execute(_TALLY, values)
                await alarm.raise_for(connection, [row.account_id], now)
        except (SQLAlchemyError, psycopg.Error, OSError) as error:
            log.error("refused_frame_not_counted", account=row.account_id, error=type(error).__name__)

    async def _write(self, group: Sequence[tuple[Captured, Tallied | None]]) -> None:
        counted = Counter(tallied for _, tallied in group if tallied is not None)
        now = clock.now()
        async with self._database.transaction() as connection:
            await self._journal(connection, [row for row, _ in group])
            for (account_id, cmd, why), count in sorted(counted.items()):
                values = {"account": account_id, "cmd": cmd, "why": why, "count": count, "now": now}
                await connection.execute(_TALLY, values)
            await alarm.raise_for(connection, (account_id for account_id, _, _ in counted), now)
            wake(connection, "intake")


def _is_about_the_rows(error: Exception) -> bool:
    """Of an account that was taken away meanwhile."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(original, "sqlstate", None) or "").startswith(("21", "22", "23"))
