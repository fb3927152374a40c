"""Reads of custody. Row-level security is the wall."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.views import StaffRef
from sokhach.core.actor import Actor
from sokhach.core.text import fold

MOST_CHOICES = 20
MOST_CHANGES = 200


class CustodyEntry(msgspec.Struct, kw_only=True):
    """Of `assign`, from whom to whom the answering went; else the customer. None: nobody."""

    at: datetime
    from_: StaffRef | None = msgspec.field(name="from")
    to: StaffRef | None
    by: StaffRef | None
    kind: Literal["transfer", "claim", "assign"]
    note: str


class ShareView(msgspec.Struct, kw_only=True):
    """A colleague who sees a conversation until a moment."""

    id: int
    staff: StaffRef
    granted_by: StaffRef
    granted_at: datetime
    until: datetime
    note: str


async def in_full(connection: AsyncConnection, conversation_id: int) -> bool | None:
    """Whether the actor has a conversation as its custodian has; None when they do not see it."""
    level = (await connection.execute(_LEVEL, {"id": conversation_id})).scalar_one()
    return level == "full" if level else None


async def ledger(connection: AsyncConnection, conversation_id: int) -> list[CustodyEntry]:
    """Newest first, of the conversation and, when it is direct, of its customer."""
    rows = await connection.execute(_LEDGER, {"id": conversation_id, "most": MOST_CHANGES})
    return [
        CustodyEntry(
            at=row.at,
            from_=_staff(row.from_id, row.from_name),
            to=_staff(row.to_id, row.to_name),
            by=_staff(row.by_id, row.by_name),
            kind=row.kind,
            note=row.note,
        )
        for row in rows
    ]


async def shares(connection: AsyncConnection, conversation_id: int, now: datetime) -> list[ShareView]:
    """Those that last, the first to end first."""
    rows = await connection.execute(text(f"{_SHARES} ORDER BY g.until, g.id"), {"id": conversation_id, "now": now})
    return [_share(row) for row in rows]


async def share(connection: AsyncConnection, conversation_id: int, share_id: int, now: datetime) -> ShareView:
    values = {"id": conversation_id, "share": share_id, "now": now}
    return _share((await connection.execute(text(f"{_SHARES} AND g.id = :share"), values)).one())


async def choices(connection: AsyncConnection, actor: Actor, search: str, *, reach: bool) -> Sequence[StaffRef]:
    """The first active people by name whose name has `search` in it. `reach`: to whom the actor may give a
    customer."""
    only = ""
    if reach:
        only = "AND s.role <> 'auditor'"
        if actor.scope != "all":
            only += " AND s.id = ANY (:staff)"
    rows = await connection.execute(
        text(f"{_CHOICES} {only} ORDER BY s.name_folded, s.id LIMIT {MOST_CHOICES}"),
        {"wanted": fold(search), **({"staff": list(actor.scope_staff)} if ":staff" in only else {})},
    )
    return [StaffRef(id=row.id, name=row.name) for row in rows]


def _share(row: Any) -> ShareView:
    return ShareView(
        id=row.id,
        staff=StaffRef(id=row.staff_id, name=row.staff_name),
        granted_by=StaffRef(id=row.granted_by, name=row.giver_name),
        granted_at=row.granted_at,
        until=row.until,
        note=row.note,
    )


def _staff(staff_id: int | None, name: str | None) -> StaffRef | None:
    return StaffRef(id=staff_id, name=name or "") if staff_id is not None else None


_LEVEL = text("SELECT conversation_level(:id)")
_LEDGER = text(
    """
    SELECT h.id, h.at, h.kind, h.note, h.from_id, h.to_id, h.by_id, f.name AS from_name, t.name AS to_name,
        b.name AS by_name
    FROM (
        SELECT h.* FROM custody_change h WHERE h.conversation_id = :id
        UNION ALL
        SELECT h.* FROM conversation c JOIN custody_change h ON h.contact_id = c.contact_id
        WHERE c.id = :id AND c.kind = 'direct'
    ) h
    LEFT JOIN staff f ON f.id = h.from_id LEFT JOIN staff t ON t.id = h.to_id LEFT JOIN staff b ON b.id = h.by_id
    ORDER BY h.at DESC, h.id DESC LIMIT :most
    """
)
_SHARES = """
    SELECT g.id, g.staff_id, s.name AS staff_name, g.granted_by, b.name AS giver_name, g.granted_at, g.until, g.note
    FROM conversation_grant g JOIN staff s ON s.id = g.staff_id JOIN staff b ON b.id = g.granted_by
    WHERE g.conversation_id = :id AND g.kind = 'share' AND g.revoked_at IS NULL AND g.until > :now
"""
_CHOICES = """
    SELECT s.id, s.name FROM staff s
    WHERE s.suspended_at IS NULL AND position(:wanted IN s.name_folded) > 0
"""
