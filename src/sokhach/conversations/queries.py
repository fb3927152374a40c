"""Every read of conversations. Row-level security is the wall; the branches here are the path along it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal

import msgspec
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import queries as channels
from sokhach.conversations import messages
from sokhach.conversations.fragments import WRITER
from sokhach.conversations.messages import view_messages
from sokhach.conversations.replying import reply_of
from sokhach.conversations.views import (
    AccountRef,
    ContactRef,
    ConversationCounts,
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
from sokhach.core.actor import Actor, Scope
from sokhach.core.catalogue import Locale
from sokhach.core.database import Asked, ask, ask_all, bigints
from sokhach.core.paging import Position, read_cursor, write_cursor
from sokhach.core.text import preview
from sokhach.customers.tags import tags_of

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
PAGE_SIZES = (11, 51, 101)
"""Of these are there plans: rows are read up to the next, and one more is known to follow."""
MOST_COUNTED = 100
"""Whoever has more to do than this is not helped by the number."""


async def list_conversations(
    connection: AsyncConnection, actor: Actor, *, view: View, before: str | None, limit: int
) -> ConversationPage:
    """A page of what the actor sees: newest first, in `waiting` whoever waits longest first; the first page with
    counts. A statement each.

    Raises `InvalidCursorError`.
    """
    position = read_cursor(before) if before else None
    values: dict[str, Any] = {"staff": list(actor.scope_staff), "me": actor.staff_id}
    if position:
        values |= {"at": position.at, "id": position.id}
    most = next(size for size in PAGE_SIZES if size > limit)
    asked = [Asked(_page(actor.scope, view, position is not None, most), values)]
    if position is None:
        asked.append(_counted(actor))
    rows, *counts = await ask_all(connection, *asked)
    more, rows = len(rows) > limit, rows[:limit]
    end = Position(rows[-1][_KEY[view]], rows[-1]["id"]) if more else None
    return ConversationPage(
        items=[_row(row) for row in rows],
        counts=_totals(*counts[0]) if counts else None,
        next=write_cursor(end) if end else None,
    )


async def count_conversations(connection: AsyncConnection, actor: Actor) -> ConversationCounts:
    """By the rule of the list; no more than `MOST_COUNTED` rows are looked at for each."""
    [[row]] = await ask_all(connection, _counted(actor))
    return _totals(row)


def _counted(actor: Actor) -> Asked:
    return Asked(_counts(actor.scope, MOST_COUNTED), {"staff": list(actor.scope_staff), "me": actor.staff_id})


def _totals(row: Mapping[str, Any]) -> ConversationCounts:
    return ConversationCounts(open=row["open"], mine=row["mine"], waiting=row["waiting"])


async def visible_among(connection: AsyncConnection, ids: Collection[int]) -> set[int]:
    """Which of these conversations the transaction's actor sees."""
    return {row["id"] for row in await ask(connection, _VISIBLE, {"ids": list(ids)})}


async def visible_to_each(connection: AsyncConnection, actors: Sequence[Actor], ids: Collection[int]) -> list[set[int]]:
    """For each of `actors`, which of these conversations they see. The transaction is left without an actor."""
    scopes = [{"scope": one.scope, "scope_staff": bigints(one.scope_staff)} for one in actors]
    values = {"actors": msgspec.json.encode(scopes).decode(), "ids": list(ids)}
    seen: list[set[int]] = [set() for _ in actors]
    for row in await ask(connection, _VISIBLE_TO_EACH, values):
        seen[int(row["nth"]) - 1].add(row["id"])
    return seen


async def get_conversation(
    connection: AsyncConnection, conversation_id: int, locale: Locale
) -> ConversationDetail | None:
    """None when there is no such conversation, or none for this actor."""
    rows = await ask(connection, _ONE, {"id": conversation_id})
    if not rows:
        return None
    [row] = rows
    return ConversationDetail(
        **msgspec.structs.asdict(_row(row)),
        first_seen_at=row["created_at"],
        message_count=row["message_count"],
        reply=await reply_of(connection, row, locale, clock.now()),
    )


async def list_messages(
    connection: AsyncConnection, conversation_id: int, locale: Locale, *, before: str | None, limit: int
) -> MessagePage | None:
    """A page of a thread, oldest first; None when the actor does not see it. Raises `InvalidCursorError`."""
    position = read_cursor(before) if before else None
    values: dict[str, Any] = {"id": conversation_id, "limit": limit + 1}
    if position:
        values |= {"at": position.at, "before": position.id}
    visible, rows = await ask_all(
        connection, Asked(_VISIBLE, {"ids": [conversation_id]}), Asked(_OLDER if position else _NEWEST, values)
    )
    if not visible:
        return None
    more, rows = len(rows) > limit, rows[:limit]
    items = await view_messages(connection, [row["id"] for row in reversed(rows)], locale)
    gaps = await _gaps(
        connection,
        conversation_id,
        rows[-1]["sent_at"] if more else None,
        position.at if position else None,
        locale,
    )
    end = Position(rows[-1]["sent_at"], rows[-1]["id"]) if more else None
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


@cache
def _page(scope: Scope, view: View, further: bool, most: int) -> TextClause:
    key, direction = _KEY[view], _direction(view)
    walks = " UNION ALL ".join(_walks(scope, view, most, further=further))
    order = f"ORDER BY key {direction}, id {direction}"
    return text(
        f"WITH page AS (SELECT id, {key} AS key, last_message_id FROM ({walks}) AS w {order} LIMIT {most})"
        f" {_SELECT} ORDER BY page.key {direction}, page.id {direction}"
    )


@cache
def _counts(scope: Scope, most: int) -> TextClause:
    """Whatever is open needs somebody: also of one's own, only that counts. No walk goes on when there are enough."""
    walks = {
        "open": _walks(scope, "open", most),
        "mine": _walks(scope, "mine", most, shown=_FILTER["open"]),
        "waiting": _walks(scope, "waiting", most),
    }
    counts = [
        f"(SELECT count(*) FROM (SELECT FROM ({' UNION ALL '.join(some)}) AS w LIMIT {most}) AS n) AS {name}"
        for name, some in walks.items()
    ]
    return text(f"SELECT {', '.join(counts)}")


def _walks(scope: Scope, view: View, most: int, *, further: bool = False, shown: str | None = None) -> list[str]:
    """Everything: one walk along one index. Otherwise walks that share no row, each limited, each along its own
    index."""
    key, direction = _KEY[view], _direction(view)
    after = f"AND (c.{key}, c.id) {'>' if direction == 'ASC' else '<'} (:at, :id)" if further else ""
    tail = f"{shown or _FILTER[view]} {after} ORDER BY c.{key} {direction}, c.id {direction} LIMIT {most}"
    walk = f"SELECT c.id, c.{key}, c.last_message_id FROM conversation c WHERE"
    if view == "mine":
        walks = [
            f"{walk} c.custodian_id = :me {tail}",
            f"{walk} c.assignee_id = :me AND c.custodian_id IS DISTINCT FROM :me {tail}",
        ]
    elif scope == "all":
        walks = [f"{walk} true {tail}"]
    else:
        staff = "CAST(:staff AS bigint[])"
        each = f"SELECT b.* FROM unnest({staff}) AS s (id) CROSS JOIN LATERAL ({{}}) AS b"
        walks = [
            each.format(f"{walk} c.custodian_id = s.id {tail}"),
            each.format(f"{walk} c.assignee_id = s.id AND (c.custodian_id = ANY ({staff})) IS NOT TRUE {tail}"),
            f"{walk} c.custodian_id IS NULL AND c.assignee_id IS NULL {tail}",
        ]
    return [f"({one})" for one in walks]


def _direction(view: View) -> str:
    return "ASC" if view == "waiting" else "DESC"


def _row(row: Mapping[Any, Any]) -> ConversationRow:
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
            preview=preview(row["preview"]) if row["preview"] else None,
            direction=row["last_direction"],
            author_name=row["last_author"],
            kind=row["last_kind"],
            sent_at=row["last_sent_at"],
            delivery_state=row["last_delivery_state"],
        )
    return ConversationRow(
        id=row["id"],
        code=row["code"],
        kind=row["kind"],
        account=AccountRef(id=row["account_id"], name=row["account_name"], channel=row["channel"]),
        contact=contact,
        title=row["title"] or (contact.name if contact else row["code"]),
        tags=msgspec.convert(row["tags"] or [], list[TagRef]),
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
        m.direction AS last_direction, m.kind AS last_kind, m.sent_at AS last_sent_at, writer.name AS last_author,
        d.state AS last_delivery_state, p.preview, {tags_of("c.contact_id")} AS tags
    FROM page
    JOIN conversation c ON c.id = page.id
    JOIN channel_account a ON a.id = c.account_id
    LEFT JOIN contact k ON k.id = c.contact_id
    LEFT JOIN staff custodian ON custodian.id = c.custodian_id
    LEFT JOIN staff assignee ON assignee.id = c.assignee_id
    LEFT JOIN message m ON m.id = c.last_message_id
    LEFT JOIN delivery d ON d.message_id = c.last_message_id
    LEFT JOIN preview_messages(ARRAY(SELECT last_message_id FROM page)) AS p ON p.id = c.last_message_id
    {WRITER}
"""
_VISIBLE = text("SELECT id FROM conversation WHERE id = ANY (:ids)")
_NEWEST, _OLDER = (
    text(
        f"SELECT id, sent_at FROM message WHERE conversation_id = :id {older}"
        " ORDER BY sent_at DESC, id DESC LIMIT :limit"
    )
    for older in ("", "AND (sent_at, id) < (:at, :before)")
)
_ONE = text(f"WITH page AS (SELECT id, last_message_id FROM conversation WHERE id = :id) {_SELECT}")
_VISIBLE_TO_EACH = text("SELECT nth, id FROM visible_to_each(CAST(:actors AS jsonb), :ids)")
