"""Reads of the quarantine."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.catalogue import Locale, explain
from sokhach.core.paging import Position, read_cursor, write_cursor


class QuarantineItem(msgspec.Struct, kw_only=True):
    """A payload that could not be applied. `reason_text` is ready to show; `detail` is for whoever mends it."""

    id: int
    account_id: int
    account_name: str
    received_at: datetime
    reason: str
    reason_text: str
    detail: str
    attempts: int
    size_bytes: int


class QuarantinePage(msgspec.Struct, kw_only=True):
    items: list[QuarantineItem]
    next: str | None
    total: int


async def list_quarantine(
    connection: AsyncConnection, locale: Locale, *, before: str | None, limit: int
) -> QuarantinePage:
    """What waits to be mended, newest first. Raises `InvalidCursorError`."""
    position = read_cursor(before) if before else None
    values: dict[str, Any] = {"limit": limit + 1}
    if position:
        values["before"] = position.id
    older = "AND q.id < :before" if position else ""
    found = await connection.execute(
        text(
            "SELECT q.id, q.journal_id, q.account_id, a.name AS account_name, q.received_at, q.reason, q.detail,"
            " q.attempts FROM quarantine q JOIN channel_account a ON a.id = q.account_id"
            f" WHERE q.resolved_at IS NULL {older} ORDER BY q.id DESC LIMIT :limit"
        ),
        values,
    )
    rows = found.all()
    more, rows = len(rows) > limit, rows[:limit]
    sizes = await connection.execute(
        text("SELECT id, size_bytes FROM journal_sizes(:ids)"), {"ids": [row.journal_id for row in rows]}
    )
    size_of = {row.id: row.size_bytes for row in sizes}
    total = await connection.execute(text("SELECT count(*) FROM quarantine WHERE resolved_at IS NULL"))
    return QuarantinePage(
        items=[
            QuarantineItem(
                id=row.id,
                account_id=row.account_id,
                account_name=row.account_name,
                received_at=row.received_at,
                reason=row.reason,
                reason_text=explain(locale, "quarantine", row.reason),
                detail=row.detail,
                attempts=row.attempts,
                size_bytes=size_of.get(row.journal_id, 0),
            )
            for row in rows
        ],
        next=write_cursor(Position(rows[-1].received_at, rows[-1].id)) if more else None,
        total=total.scalar_one(),
    )
