"""What a channel tells of an account itself: the log on its page. The only writer of `channel_event`."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service
from sokhach.channels.connector import Account, InboundChannelEvent
from sokhach.channels.words import event_text
from sokhach.core.actor import Permission
from sokhach.core.catalogue import Locale
from sokhach.core.paging import Position, read_cursor, write_cursor
from sokhach.core.realtime import Notice, announce
from sokhach.core.telemetry import UNKNOWN_EVENTS

REVOKED = "token-revoked"


class LogEntry(msgspec.Struct, kw_only=True):
    """`text` is ready to show; `person` an id on the channel or None."""

    id: int
    name: str
    text: str
    person: str | None
    at: datetime


class LogPage(msgspec.Struct, kw_only=True):
    """Newest first. `next`: pass it as `before` for older entries."""

    items: list[LogEntry]
    next: str | None


async def apply(
    connection: AsyncConnection, account: Account, events: Sequence[InboundChannelEvent], now: datetime
) -> Sequence[str]:
    """Writes down what is new, and returns its names. A permission that was taken back puts the account down, unless
    the account was authorised or mended since: news that comes late, or by a replay, harms nobody."""
    if not events:
        return []
    rows = [
        {
            "name": one.name,
            "key": one.key,
            "person": one.person,
            "message_external_id": one.message_external_id,
            "details": one.details or None,
            "at": one.at,
        }
        for one in events
    ]
    added = await connection.execute(_ADD, {"rows": msgspec.json.encode(rows).decode(), "account": account.id})
    unknown = sum(not one.known for one in events)
    if unknown:
        UNKNOWN_EVENTS.labels(account.channel).inc(unknown)
    revoked_at = max((one.at for one in events if one.revokes), default=None)
    if revoked_at is not None:
        standing = await connection.execute(_STANDING, {"id": account.id, "at": revoked_at})
        if standing.first() is not None:
            await service.set_health(connection, account.id, "down", REVOKED, now)
    new = [row.name for row in added]
    if new:
        payload = {"account_id": account.id, "permission": Permission.CHANNEL_ACCOUNT_READ.value}
        await announce(connection, [Notice(kind="channel_account.changed", payload=payload)])
    return new


async def page(
    connection: AsyncConnection, account_id: int, locale: Locale, *, before: str | None, limit: int
) -> LogPage:
    """Raises `InvalidCursorError`."""
    position = read_cursor(before) if before else None
    values = {"account": account_id, "limit": limit + 1}
    older = ""
    if position:
        older = "AND (at, id) < (:at, :before)"
        values |= {"at": position.at, "before": position.id}
    found = await connection.execute(
        text(
            f"SELECT id, name, person, details, at FROM channel_event WHERE account_id = :account {older}"
            " ORDER BY at DESC, id DESC LIMIT :limit"
        ),
        values,
    )
    rows = found.all()
    more, rows = len(rows) > limit, rows[:limit]
    return LogPage(
        items=[
            LogEntry(
                id=row.id,
                name=row.name,
                text=event_text(locale, row.name, row.details or {}),
                person=row.person,
                at=row.at,
            )
            for row in rows
        ],
        next=write_cursor(Position(rows[-1].at, rows[-1].id)) if more else None,
    )


_ADD = text(
    """
    INSERT INTO channel_event (account_id, name, key, person, message_external_id, details, at)
    SELECT :account, name, key, person, message_external_id, details, at FROM json_to_recordset(CAST(:rows AS json))
        AS r (name text, key text, person text, message_external_id text, details jsonb, at timestamptz)
    ORDER BY at
    ON CONFLICT (account_id, name, key) DO NOTHING
    RETURNING name
    """
)
_STANDING = text(
    "SELECT 1 FROM channel_account WHERE id = :id AND (health_since IS NULL OR health_since < :at)"
    " AND (authorised_at IS NULL OR authorised_at < :at)"
)
