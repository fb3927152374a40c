"""Reads of notes. Their words come from `read_notes()` only, which writes down who read."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.views import StaffRef
from sokhach.core import clock
from sokhach.core.paging import Position, read_cursor, write_cursor


class NoteView(msgspec.Struct, kw_only=True):
    """`deleted`: its author took it back; then `text` is empty for all but auditors. `edited_at` is None: notes cannot
    be changed yet."""

    id: int
    author: StaffRef
    text: str
    mentions: list[StaffRef]
    created_at: datetime
    edited_at: datetime | None
    deleted: bool


class NotePage(msgspec.Struct, kw_only=True):
    """Oldest first. `next`: pass it as `before` for the page of older notes."""

    items: list[NoteView]
    next: str | None


async def list_notes(connection: AsyncConnection, conversation_id: int, *, before: str | None, limit: int) -> NotePage:
    """A page of the notes of a conversation that the actor sees. Raises `InvalidCursorError`."""
    position = read_cursor(before) if before else None
    values: dict[str, Any] = {"id": conversation_id, "limit": limit + 1}
    older = ""
    if position:
        older = "AND (n.created_at, n.id) < (:at, :before)"
        values |= {"at": position.at, "before": position.id}
    found = await connection.execute(
        text(
            f"SELECT n.id, n.created_at FROM note n WHERE n.conversation_id = :id {older}"
            " ORDER BY n.created_at DESC, n.id DESC LIMIT :limit"
        ),
        values,
    )
    rows = found.all()
    more, rows = len(rows) > limit, rows[:limit]
    items = await view_notes(connection, [row.id for row in reversed(rows)])
    end = Position(rows[-1].created_at, rows[-1].id) if more else None
    return NotePage(items=items, next=write_cursor(end) if end else None)


async def view_notes(connection: AsyncConnection, ids: Sequence[int]) -> list[NoteView]:
    """In this order; those that the actor does not see are left out."""
    if not ids:
        return []
    words = await connection.execute(_READ, {"ids": list(ids), "at": clock.now()})
    texts = {row.id: row.text or "" for row in words}
    mentions: dict[int, list[StaffRef]] = defaultdict(list)
    for row in await connection.execute(_MENTIONS, {"ids": list(ids)}):
        mentions[row.note_id].append(StaffRef(id=row.id, name=row.name))
    rows = {row.id: row for row in await connection.execute(_NOTES, {"ids": list(ids)})}
    return [_note(rows[one], texts[one], mentions[one]) for one in ids if one in rows and one in texts]


def _note(row: Any, words: str, mentions: list[StaffRef]) -> NoteView:
    return NoteView(
        id=row.id,
        author=StaffRef(id=row.author_id, name=row.author_name),
        text=words,
        mentions=mentions,
        created_at=row.created_at,
        edited_at=None,
        deleted=row.deleted_at is not None,
    )


_READ = text("SELECT id, text FROM read_notes(:ids, :at)")
_NOTES = text(
    """
    SELECT n.id, n.author_id, a.name AS author_name, n.created_at, n.deleted_at
    FROM note n JOIN staff a ON a.id = n.author_id WHERE n.id = ANY (:ids)
    """
)
_MENTIONS = text(
    """
    SELECT m.note_id, s.id, s.name FROM note_mention m JOIN staff s ON s.id = m.staff_id
    WHERE m.note_id = ANY (:ids) ORDER BY s.name_folded, s.id
    """
)
