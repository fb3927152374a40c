"""Every read of conversations. Row-level security is the wall; the branches here are the path along it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import queries as channels
from sokhach.conversations import messages
from sokhach.conversations.fragments import WRITER
from sokhach.conversations.messages import view_messages
from sokhach.conversations.replying import reply_of
from sokhach.conversations.views import (
    AccountRef,
    ContactRef,
    ConversationDetail,
    ConversationPage,
    ConversationRow,
    GapView,
    LastMessage,
    MessagePage,
    StaffRef,
    TagRef,
)
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.catalogue import Locale
from sokhach.core.paging import Position, read_cursor, write_cursor
from sokhach.core.text import preview
from sokhach.customers import tags

View = Literal["open", "mine", "waiting", "all"]

_KEY: Mapping[View, str] = {
    "open": "last_message_at",
    "mine": "last_message_at",
    "waiting": "waiting_since",
    "all": "last_message_at",
}
_FILTER: Mapping[View, str] = {
    "open": "AND c.episode_open",
    "mine": "",
    "waiting": "AND c.waiting_since IS NOT NULL",
    "all": "",
}


async def list_conversations(
    connection: AsyncConnection, actor: Actor, *, view: View, before: str | None, limit: int
) -> ConversationPage:
    """A page of what the actor sees: newest first, in `waiting` whoever waits longest first. Two statements.

    Raises `InvalidCursorError`.
    """
    position = read_cursor(before) if before else None
    values: dict[str, Any] = {"limit": limit + 1, "staff": list(actor.scope_staff), "me": actor.staff_id}
    if position:
        values |= {"at": position.at, "id": position.id}
    rows = (await connection.execute(text(_page_sql(actor, view, position)), values)).mappings().all()
    more, rows = len(rows) > limit, rows[:limit]
    items = await _rows(connection, rows)
    end = Position(rows[-1][_KEY[view]], rows[-1]["id"]) if more else None
    return ConversationPage(items=items, next=write_cursor(end) if end else None)


async def visible_among(connection: AsyncConnection, ids: Collection[int]) -> set[int]:
    """Which of these conversations the transaction's actor sees."""
    rows = await connection.execute(text("SELECT id FROM conversation WHERE id = ANY (:ids)"), {"ids": list(ids)})
    return set(rows.scalars())


async def get_conversation(
    connection: AsyncConnection, conversation_id: int, locale: Locale
) -> ConversationDetail | None:
    """None when there is no such conversation, or none for this actor."""
    rows = (await connection.execute(text(f"{_SELECT} WHERE c.id = :id"), {"id": conversation_id})).mappings().all()
    if not rows:
        return None
    row = rows[0]
    [item] = await _rows(connection, rows)
    return ConversationDetail(
        **msgspec.structs.asdict(item),
        first_seen_at=row["created_at"],
        message_count=row["message_count"],
        reply=await reply_of(connection, row, locale, clock.now()),
    )


async def list_messages(
    connection: AsyncConnection, conversation_id: int, locale: Locale, *, before: str | None, limit: int
) -> MessagePage | None:
    """A page of a thread, oldest first; None when the actor does not see it. Raises `InvalidCursorError`."""
    position = read_cursor(before) if before else None
    if not await visible_among(connection, [conversation_id]):
        return None
    values: dict[str, Any] = {"id": conversation_id, "limit": limit + 1}
    if position:
        values |= {"at": position.at, "before": position.id}
    older = "AND (sent_at, id) < (:at, :before)" if position else ""
    found = await connection.execute(
        text(
            f"SELECT id, sent_at FROM message WHERE conversation_id = :id {older}"
            " ORDER BY sent_at DESC, id DESC LIMIT :limit"
        ),
        values,
    )
    rows = found.all()
    more, rows = len(rows) > limit, rows[:limit]
    items = await view_messages(connection, [row.id for row in reversed(rows)], locale)
    gaps = await _gaps(
        connection,
        conversation_id,
        rows[-1].sent_at if more else None,
        position.at if position else None,
        locale,
    )
    end = Position(rows[-1].sent_at, rows[-1].id) if more else None
    return MessagePage(items=items, gaps=gaps, next=write_cursor(end) if end else None)


async def list_messages_by_id(
    connection: AsyncConnection, conversation_id: int, ids: Sequence[int], locale: Locale
) -> MessagePage | None:
    """Those of `ids` that stand in the conversation, as they are now; None when the actor does not see it."""
    if not await visible_among(connection, [conversation_id]):
        return None
    known = await messages.among(connection, conversation_id, ids)
    return MessagePage(items=await view_messages(connection, known, locale), gaps=[], next=None)


async def _gaps(
    connection: AsyncConnection, conversation_id: int, since: datetime | None, until: datetime | None, locale: Locale
) -> list[GapView]:
    found = await channels.gaps_between(connection, conversation_id, since, until, locale)
    return [GapView(id=gap.id, from_at=gap.from_at, until_at=gap.until_at, text=gap.text) for gap in found]


def _page_sql(actor: Actor, view: View, position: Position | None) -> str:
    """Everything: one walk along one index. Otherwise a union of walks, each limited, each along its own index."""
    key = _KEY[view]
    direction, compare = ("ASC", ">") if view == "waiting" else ("DESC", "<")
    after = f"AND (c.{key}, c.id) {compare} (:at, :id)" if position else ""
    tail = f"{_FILTER[view]} {after} ORDER BY c.{key} {direction}, c.id {direction} LIMIT :limit"
    walk = f"SELECT c.id, c.{key} AS key FROM conversation c WHERE"
    if view == "mine":
        branches = [f"{walk} c.custodian_id = :me {tail}", f"{walk} c.assignee_id = :me {tail}"]
    elif actor.scope == "all" or view == "waiting":
        branches = [f"{walk} true {tail}"]
    else:
        each = "SELECT b.* FROM unnest(CAST(:staff AS bigint[])) AS s (id) CROSS JOIN LATERAL ({}) AS b"
        branches = [
            each.format(f"{walk} c.custodian_id = s.id {tail}"),
            each.format(f"{walk} c.assignee_id = s.id {tail}"),
            f"{walk} c.custodian_id IS NULL AND c.assignee_id IS NULL {tail}",
        ]
    union = " UNION ".join(f"({branch})" for branch in branches)
    return (
        f"WITH page AS (SELECT id, key FROM ({union}) AS u ORDER BY key {direction}, id {direction} LIMIT :limit)"
        f" {_SELECT} JOIN page ON page.id = c.id ORDER BY page.key {direction}, page.id {direction}"
    )


async def _rows(connection: AsyncConnection, rows: Sequence[Mapping[Any, Any]]) -> list[ConversationRow]:
    ids = [row["last_message_id"] for row in rows if row["last_message_id"] is not None]
    found = await connection.execute(text("SELECT id, preview FROM preview_messages(:ids)"), {"ids": ids})
    previews: dict[int, str | None] = {row.id: row.preview for row in found}
    tagged = await tags.of_contacts(connection, {row["contact_id"] for row in rows if row["contact_id"] is not None})
    return [_row(row, previews.get(row["last_message_id"]), tagged.get(row["contact_id"], [])) for row in rows]


def _row(row: Mapping[Any, Any], words: str | None, tagged: Sequence[tags.Tag]) -> ConversationRow:
    contact = None
    if row["contact_id"] is not None:
        contact = ContactRef(
            id=row["contact_id"],
            code=row["contact_code"],
            name=row["contact_name"] or row["contact_code"],
            avatar_url=row["contact_avatar"],
        )
    last = None
    if row["last_message_id"] is not None and row["last_direction"] is not None:
        last = LastMessage(
            id=row["last_message_id"],
            preview=preview(words) if words else None,
            direction=row["last_direction"],
            author_name=row["last_author"],
            kind=row["last_kind"],
            sent_at=row["last_sent_at"],
        )
    return ConversationRow(
        id=row["id"],
        code=row["code"],
        kind=row["kind"],
        account=AccountRef(id=row["account_id"], name=row["account_name"], channel=row["channel"]),
        contact=contact,
        title=row["title"] or (contact.name if contact else row["code"]),
        tags=[TagRef(id=one.id, name=one.name, colour=one.colour) for one in tagged],
        custodian=_staff(row["custodian_id"], row["custodian_name"]),
        assignee=_staff(row["assignee_id"], row["assignee_name"]),
        last_message=last,
        unread_count=row["unread_count"],
        waiting_since=row["waiting_since"],
        episode_open=row["episode_open"],
    )


def _staff(staff_id: int | None, name: str | None) -> StaffRef | None:
    return StaffRef(id=staff_id, name=name or "") if staff_id is not None else None


_SELECT = f"""
    SELECT c.id, c.code, c.kind, c.thread_key, c.title, c.account_id, c.contact_id, c.custodian_id, c.assignee_id,
        c.created_at, c.last_message_id, c.last_message_at, c.last_inbound_at, c.message_count, c.unread_count,
        c.waiting_since, c.episode_open, a.name AS account_name, a.channel, a.health, a.health_reason,
        k.code AS contact_code, k.name AS contact_name, k.avatar_url AS contact_avatar,
        custodian.name AS custodian_name, assignee.name AS assignee_name,
        m.direction AS last_direction, m.kind AS last_kind, m.sent_at AS last_sent_at, writer.name AS last_author
    FROM conversation c
    JOIN channel_account a ON a.id = c.account_id
    LEFT JOIN contact k ON k.id = c.contact_id
    LEFT JOIN staff custodian ON custodian.id = c.custodian_id
    LEFT JOIN staff assignee ON assignee.id = c.assignee_id
    LEFT JOIN message m ON m.id = c.last_message_id
    {WRITER}
"""
