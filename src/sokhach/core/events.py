"""Domain events: how a lower floor tells an upper one. A handler that raises loses nothing and stops nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.database import Database

log = structlog.get_logger()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. Its class name is its name, documented in `docs/events.md`."""


E = TypeVar("E", bound=Event)
Handler = Callable[[AsyncConnection, Sequence[Any]], Awaitable[None]]

RETRY_FIRST_SECONDS = 5
RETRY_LONGEST_SECONDS = 3600


class EventBus:
    """Who wants to know what. Made once by each process, in `app.py` and `worker.py`."""

    def __init__(self) -> None:
        self._handlers: dict[type[Event], dict[str, Handler]] = defaultdict(dict)
        self._types: dict[str, type[Event]] = {}

    def subscribe(self, event: type[E], handler: Callable[[AsyncConnection, Sequence[E]], Awaitable[None]]) -> None:
        """`handler` gets lists, writes only its own rows, and may be called again with the same events."""
        self._types[event.__name__] = event
        self._handlers[event][f"{handler.__module__}.{handler.__qualname__}"] = handler

    async def publish(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        """Runs the handlers in the caller's transaction, each in a savepoint; a failure leaves a row to retry."""
        by_type: dict[type[Event], list[Event]] = defaultdict(list)
        for event in events:
            by_type[type(event)].append(event)
        for kind, group in by_type.items():
            for name, handler in self._handlers[kind].items():
                error = await _attempt(connection, handler, group)
                if error is not None:
                    await _leave_retry(connection, name, kind, group, error)

    async def retry_due(self, database: Database) -> int:
        """Handles again what is due, one row a transaction. Returns how many rows it looked at."""
        looked = 0
        while await self._retry_one(database):
            looked += 1
        return looked

    async def _retry_one(self, database: Database) -> bool:
        async with database.transaction() as connection:
            row = (
                await connection.execute(
                    text(
                        "SELECT id, handler, event_type, events, attempts FROM event_retry"
                        " WHERE next_attempt_at <= :now ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED"
                    ),
                    {"now": clock.now()},
                )
            ).one_or_none()
            if row is None:
                return False
            kind = self._types.get(row.event_type)
            handler = self._handlers[kind].get(row.handler) if kind else None
            error: Exception | None
            if kind is None or handler is None:
                error = LookupError("no such handler in this version")
            else:
                try:
                    events = msgspec.convert(row.events, list[kind])
                except msgspec.ValidationError as changed:
                    error = changed
                else:
                    error = await _attempt(connection, handler, events)
            if error is None:
                await connection.execute(text("DELETE FROM event_retry WHERE id = :id"), {"id": row.id})
            else:
                await connection.execute(
                    text(
                        "UPDATE event_retry SET attempts = attempts + 1, last_error = :error, next_attempt_at = :next"
                        " WHERE id = :id"
                    ),
                    {"id": row.id, "error": repr(error)[:2000], "next": _next_attempt(row.attempts + 1)},
                )
        return True


async def _attempt(connection: AsyncConnection, handler: Handler, events: Sequence[Event]) -> Exception | None:
    try:
        async with connection.begin_nested():
            await handler(connection, events)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        if connection.invalidated or connection.closed:
            raise
        log.exception("event_handler_failed", handler=handler.__qualname__, events=len(events))
        return error
    return None


async def _leave_retry(
    connection: AsyncConnection, name: str, kind: type[Event], events: Sequence[Event], error: Exception
) -> None:
    now = clock.now()
    await connection.execute(
        text(
            "INSERT INTO event_retry (handler, event_type, events, attempts, last_error, created_at, next_attempt_at)"
            " VALUES (:handler, :event_type, CAST(:events AS jsonb), 1, :error, :now, :next)"
        ),
        {
            "handler": name,
            "event_type": kind.__name__,
            "events": msgspec.json.encode(events).decode(),
            "error": repr(error)[:2000],
            "now": now,
            "next": _next_attempt(1),
        },
    )


def _next_attempt(attempts: int) -> datetime:
    wait = min(RETRY_FIRST_SECONDS * 2 ** min(attempts - 1, 20), RETRY_LONGEST_SECONDS)
    return clock.now() + timedelta(seconds=wait)
