"""Reads of who read what and of what was refused. The database shows them to those who may read the access log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.views import StaffRef
from sokhach.core.catalogue import Locale, explain
from sokhach.core.paging import Position, read_cursor, write_cursor
from sokhach.oversight.views import (
    AccessEntry,
    AccessPage,
    ContactMention,
    ConversationMention,
    RefusalEntry,
    RefusalPage,
)

PAGE_SIZES = (11, 51, 101)
"""Of these are there plans: rows are read up to the next, and one more is known to follow."""


class Wanted(NamedTuple):
    """Filters of a log; None: all. Times are [since, until)."""

    staff_id: int | None = None
    conversation_id: int | None = None
    contact_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


async def list_access(
    connection: AsyncConnection, wanted: Wanted, road: str | None, locale: Locale, *, before: str | None, limit: int
) -> AccessPage:
    """A page of who read what. Raises `InvalidCursorError`."""
    rules, values = conditions(wanted, "l.read_at", before)
    if wanted.contact_id is not None:
        rules.append("l.conversation_id IN (SELECT id FROM conversation WHERE contact_id = :contact)")
    if road is not None:
        rules.append("l.road = :road")
        values["road"] = road
    rows, more = await read_page(
        connection, f"{_ACCESS} WHERE {' AND '.join(rules)} {_order('read_at')}", values, limit
    )
    return AccessPage(
        items=[
            AccessEntry(
                id=row["id"],
                at=row["at"],
                staff=StaffRef(id=row["staff_id"], name=row["staff_name"]),
                conversation=conversation_of(row) or _gone(row),
                contact=contact_of(row),
                road=row["road"],
                road_text=explain(locale, "road", row["road"]),
                address=row["address"],
            )
            for row in rows
        ],
        next=end_of(rows) if more else None,
    )


async def list_refusals(
    connection: AsyncConnection, wanted: Wanted, locale: Locale, *, before: str | None, limit: int
) -> RefusalPage:
    """A page of what was refused. Raises `InvalidCursorError`."""
    rules, values = conditions(wanted, "l.at", before)
    if wanted.contact_id is not None:
        rules.append("l.contact_id = :contact")
    rows, more = await read_page(connection, f"{_REFUSALS} WHERE {' AND '.join(rules)} {_order('at')}", values, limit)
    return RefusalPage(
        items=[
            RefusalEntry(
                id=row["id"],
                at=row["at"],
                last_at=row["last_at"],
                attempts=row["attempts"],
                staff=StaffRef(id=row["staff_id"], name=row["staff_name"]),
                reason=row["reason"],
                kind=row["kind"],
                kind_text=explain(locale, "refusal", row["kind"]),
                permission=row["permission"],
                permission_text=explain(locale, "permission", row["permission"]) if row["permission"] else None,
                conversation=conversation_of(row),
                contact=contact_of(row),
                route=row["route"],
                address=row["address"],
                device=row["device"],
            )
            for row in rows
        ],
        next=end_of(rows) if more else None,
    )


def conditions(wanted: Wanted, at: str, before: str | None) -> tuple[list[str], dict[str, Any]]:
    """SQL on a log called `l` whose time is `at`, and its parameters. Raises `InvalidCursorError`."""
    rules = ["true"]
    values: dict[str, Any] = wanted._asdict() | {"contact": wanted.contact_id}
    if wanted.staff_id is not None:
        rules.append("l.staff_id = :staff_id")
    if wanted.conversation_id is not None:
        rules.append("l.conversation_id = :conversation_id")
    if wanted.since is not None:
        rules.append(f"{at} >= :since")
    if wanted.until is not None:
        rules.append(f"{at} < :until")
    if before:
        position = read_cursor(before)
        rules.append(f"({at}, l.id) < (:before_at, :before_id)")
        values |= {"before_at": position.at, "before_id": position.id}
    return rules, values


async def read_page(
    connection: AsyncConnection, statement: str, values: Mapping[str, Any], limit: int
) -> tuple[Sequence[Mapping[Any, Any]], bool]:
    """The rows of a page, and whether more follow. Plans are kept, so the limit is written out."""
    most = next(size for size in PAGE_SIZES if size > limit)
    rows = (await connection.execute(text(f"{statement} LIMIT {most}"), values)).mappings().all()
    return rows[:limit], len(rows) > limit


def end_of(rows: Sequence[Mapping[Any, Any]]) -> str:
    return write_cursor(Position(rows[-1]["at"], rows[-1]["id"]))


def _order(at: str) -> str:
    return f"ORDER BY l.{at} DESC, l.id DESC"


def conversation_of(row: Mapping[Any, Any]) -> ConversationMention | None:
    if row["conversation_code"] is None:
        return None
    return ConversationMention(
        id=row["conversation_id"], code=row["conversation_code"], name=row["title"] or row["contact_name"] or None
    )


def _gone(row: Mapping[Any, Any]) -> ConversationMention:
    return ConversationMention(id=row["conversation_id"], code=str(row["conversation_id"]), name=None)


def contact_of(row: Mapping[Any, Any]) -> ContactMention | None:
    if row["contact_code"] is None:
        return None
    return ContactMention(
        id=row["contact_id"], code=row["contact_code"], name=row["contact_name"] or row["contact_code"]
    )


_ACCESS = """
    SELECT l.id, l.read_at AS at, l.staff_id, s.name AS staff_name, l.road, host(l.address) AS address,
        l.conversation_id, c.code AS conversation_code, c.title, k.id AS contact_id, k.code AS contact_code,
        k.name AS contact_name
    FROM access_log l JOIN staff s ON s.id = l.staff_id LEFT JOIN conversation c ON c.id = l.conversation_id
        LEFT JOIN contact k ON k.id = c.contact_id
"""
_REFUSALS = """
    SELECT l.id, l.at, l.last_at, l.attempts, l.staff_id, s.name AS staff_name, l.reason, l.kind, l.permission,
        l.route, host(l.address) AS address, l.device, l.conversation_id, c.code AS conversation_code, c.title,
        k.id AS contact_id, k.code AS contact_code, k.name AS contact_name
    FROM access_refusal l JOIN staff s ON s.id = l.staff_id LEFT JOIN conversation c ON c.id = l.conversation_id
        LEFT JOIN contact k ON k.id = l.contact_id
"""
