"""Puts payloads on disk before anybody says «received»: many requests, one COPY, one fsync."""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
import structlog
from psycopg.rows import TupleRow
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Source
from sokhach.core.database import driver, notification
from sokhach.core.tasks import end
from sokhach.core.telemetry import JOURNAL_FLUSH

log = structlog.get_logger()

_COPY = b"COPY journal (account_id, lane, source, received_at, payload) FROM STDIN (FORMAT BINARY)"
_TYPES = ("int8", "int2", "text", "timestamptz", "bytea")
_NOTIFY = notification("intake").encode()
GROUP = 1000
GATHER_SECONDS = 0.005
"""From one group's commit to the next group: a lone payload does not wait, a stream shares commits."""
WAKE_SECONDS = 0.02
"""From one wake-up of the workers to the next."""


class Entry(NamedTuple):
    account_id: int
    lane: int
    source: Source
    received_at: datetime
    payload: bytes


class JournalUnavailableError(Exception):
    """The payload is not known to be on disk: the sender must be told to come again."""


class JournalWriter:
    """Appends as the gateway role, which can do nothing else. While one group is being committed the next gathers."""

    def __init__(self, dsn: str) -> None:
        self._copies = _Line(dsn)
        self._wakes = _Line(dsn)
        self._waiting: list[tuple[Entry, asyncio.Future[None]]] = []
        self._arrived = asyncio.Event()
        self._written = asyncio.Event()

    async def append(self, entry: Entry) -> None:
        """Returns once the entry is committed. Raises `JournalUnavailableError`."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, written))
        self._arrived.set()
        await written

    async def run(self) -> None:
        """The one writer; ends when cancelled, with nothing unanswered."""
        waking = asyncio.create_task(self._wake_workers())
        try:
            while True:
                await self._arrived.wait()
                group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
                if not self._waiting:
                    self._arrived.clear()
                await self._write(group)
                await asyncio.sleep(GATHER_SECONDS)
        finally:
            _answer(self._waiting, JournalUnavailableError("the gateway is stopping"))
            await end([waking])
            await self._copies.close()
            await self._wakes.close()

    async def _wake_workers(self) -> None:
        """The rows are safe by now: a lost notification only means that a worker finds them at its next look."""
        while True:
            await self._written.wait()
            self._written.clear()
            try:
                await (await self._wakes.connected()).execute(_NOTIFY)
            except (psycopg.Error, OSError):
                await self._wakes.close()
            await asyncio.sleep(WAKE_SECONDS)

    async def _write(self, group: list[tuple[Entry, asyncio.Future[None]]]) -> None:
        began = time.perf_counter()
        try:
            await self._copy([entry for entry, _ in group])
        except (psycopg.Error, OSError) as error:
            log.error("journal_write_failed", error=type(error).__name__, entries=len(group))
            await self._copies.close()
            _answer(group, JournalUnavailableError(type(error).__name__))
            return
        except BaseException:
            _answer(group, JournalUnavailableError("interrupted"))
            raise
        JOURNAL_FLUSH.observe(time.perf_counter() - began)
        _answer(group, None)
        self._written.set()

    async def _copy(self, entries: list[Entry]) -> None:
        await _copy_over(await self._copies.connected(), entries)


async def copy_entries(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    """Appends in the caller's transaction, as the owner: for what no gateway received."""
    if entries:
        await _copy_over(await driver(connection), entries)


async def _copy_over(connection: psycopg.AsyncConnection[Any], entries: Sequence[Entry]) -> None:
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for entry in entries:
            await copy.write_row(entry)


class _Line:
    """A connection of the gateway role, made when it is needed."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None

    async def connected(self) -> psycopg.AsyncConnection[TupleRow]:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(
                self._dsn, autocommit=True, connect_timeout=2, options="-c statement_timeout=15000"
            )
        return self._connection

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error, OSError):
                await connection.close()


def _answer(group: list[tuple[Entry, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, written in group:
        if written.done():
            continue
        if error is None:
            written.set_result(None)
        else:
            written.set_exception(error)
