"""Every read of conversations. Row-level security is the wall; the branches here are the path along it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

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
    ContactConversations,
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
from sokhach.conversations.visibility.paths import SHARED, Reach, granted, reach_of, values_of, walks
from sokhach.conversations.visibility.rules import Level, actions_of, level_of
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.catalogue import Locale
from sokhach.core.database import Asked, actor_settings, ask, ask_all
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
MOST_OF_CONTACT = 100
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
    values: dict[str, Any] = {**values_of(actor), "now": clock.now()}
    if position:
        values |= {"at": position.at, "id": position.id}
    most = next(size for size in PAGE_SIZES if size > limit)
    asked = [Asked(_page(reach_of(actor), view, position is not None, most), values)]
    if position is None:
        asked.append(_counted(actor))
    rows, *counts = await ask_all(connection, *asked)
    more, rows = len(rows) > limit, rows[:limit]
    end = Position(rows[-1][_KEY[view]], rows[-1]["id"]) if more else None
    return ConversationPage(
        items=[_row(row, actor) for row in rows],
        counts=_totals(*counts[0]) if counts else None,
        next=write_cursor(end) if end else None,
    )


async def count_conversations(connection: AsyncConnection, actor: Actor) -> ConversationCounts:
    """By the rule of the list; no more than `MOST_COUNTED` rows are looked at for each."""
    [[row]] = await ask_all(connection, _counted(actor))
    return _totals(row)


def _counted(actor: Actor) -> Asked:
    return Asked(_counts(reach_of(actor), MOST_COUNTED), {**values_of(actor), "now": clock.now()})


def _totals(row: Mapping[str, Any]) -> ConversationCounts:
    return ConversationCounts(open=row["open"], mine=row["mine"], waiting=row["waiting"])


async def visible_among(connection: AsyncConnection, ids: Collection[int]) -> set[int]:
    """Which of these conversations the transaction's actor sees."""
    return {row["id"] for row in await ask(connection, _VISIBLE, {"ids": list(ids)})}


async def visible_to_each(connection: AsyncConnection, actors: Sequence[Actor], ids: Collection[int]) -> list[set[int]]:
    """For each of `actors`, which of these conversations they see. The transaction is left without an actor."""
    settings = [actor_settings(one) for one in actors]
    values = {"actors": msgspec.json.encode(settings).decode(), "ids": list(ids)}
    seen: list[set[int]] = [set() for _ in actors]
    for row in await ask(connection, _VISIBLE_TO_EACH, values):
        seen[int(row["nth"]) - 1].add(row["id"])
    return seen


async def get_conversation(
    connection: AsyncConnection, actor: Actor, conversation_id: int, locale: Locale, zone: ZoneInfo
) -> ConversationDetail | None:
    """None when there is no such conversation, or none for this actor. `zone` is the company's."""
    values = {**values_of(actor), "now": clock.now(), "id": conversation_id}
    rows = await ask(connection, _one(reach_of(actor)), values)
    if not rows:
        return None
    [row] = rows
    shown = _row(row, actor)
    return ConversationDetail(
        **msgspec.structs.asdict(shown),
        actions=actions_of(
            actor,
            shown.access,
            has_contact=shown.contact is not None,
            custodian_id=row["custodian_id"],
            assignee_id=row["assignee_id"],
        ),
        first_seen_at=row["created_at"],
        message_count=row["message_count"],
        reply=await reply_of(connection, row, locale, clock.now(), zone),
    )


async def list_of_contact(connection: AsyncConnection, actor: Actor, contact_id: int) -> ContactConversations | None:
    """The conversations with a customer; who may not see all that is known of them learns how many there are besides,
    and whose. None: the actor does not see the customer."""
    level: Level | None = (await connection.execute(_CONTACT_LEVEL, {"contact": contact_id})).scalar_one()
    if level is None:
        return None
    if level == "full":
        values = {**values_of(actor), "now": clock.now(), "contact": contact_id}
        rows = (await connection.execute(_of_contact(reach_of(actor)), values)).mappings().all()
        return ContactConversations(items=[_row(row, actor) for row in rows], count=len(rows), custodians=[])
    if level != "masked":
        return ContactConversations(items=None, count=None, custodians=[])
    elsewhere = (await connection.execute(_ELSEWHERE, {"contact": contact_id})).all()
    return ContactConversations(
        items=None,
        count=elsewhere[0].conversations if elsewhere else 0,
        custodians=[StaffRef(id=row.id, name=row.name) for row in elsewhere if row.id is not None],
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
def _page(reach: Reach, view: View, further: bool, most: int) -> TextClause:
    """What the first walk finds says how far the others need to go."""
    key, direction = _KEY[view], _direction(view)
    order = f"ORDER BY {key} {direction}, id {direction}"
    later, last = (">=", "-infinity") if direction == "DESC" else ("<=", "infinity")
    first, *others = _walks(reach, view, most, further=further, later=f"AND c.{key} {later} (SELECT at FROM furthest)")
    walks = " UNION ALL ".join(["SELECT * FROM first", *others])
    return text(
        f"""
        WITH first AS MATERIALIZED (SELECT * FROM {first} AS w {order} LIMIT {most}),
        furthest AS MATERIALIZED (
            SELECT coalesce((SELECT {key} FROM first {order} OFFSET {most - 1}), '{last}') AS at
        ),
        page AS (SELECT id, {key} AS key, last_message_id FROM ({walks}) AS w {order} LIMIT {most})
        {_select(reach)} ORDER BY page.key {direction}, page.id {direction}
        """
    )


@cache
def _counts(reach: Reach, most: int) -> TextClause:
    """Whatever is open needs somebody: also of one's own, only that counts. No walk goes on when there are enough."""
    together = "" if reach.scope == "all" else f"WITH granted AS MATERIALIZED ({granted(reach)})"
    walks = {
        "open": _walks(reach, "open", most, grants="granted"),
        "mine": _walks(reach, "mine", most, shown=_FILTER["open"]),
        "waiting": _walks(reach, "waiting", most, grants="granted"),
    }
    counts = [
        f"(SELECT count(*) FROM (SELECT FROM ({' UNION ALL '.join(some)}) AS w LIMIT {most}) AS n) AS {name}"
        for name, some in walks.items()
    ]
    return text(f"{together} SELECT {', '.join(counts)}")


@cache
def _one(reach: Reach) -> TextClause:
    return text(f"WITH page AS (SELECT id, last_message_id FROM conversation WHERE id = :id) {_select(reach)}")


@cache
def _of_contact(reach: Reach) -> TextClause:
    page = (
        "SELECT id, last_message_id, last_message_at FROM conversation WHERE contact_id = :contact"
        f" ORDER BY last_message_at DESC, id DESC LIMIT {MOST_OF_CONTACT}"
    )
    return text(f"WITH page AS ({page}) {_select(reach)} ORDER BY page.last_message_at DESC, page.id DESC")


def _walks(
    reach: Reach,
    view: View,
    most: int,
    *,
    further: bool = False,
    shown: str | None = None,
    later: str = "",
    grants: str | None = None,
) -> Sequence[str]:
    """Whether a view is of one's own or of all that one sees: limited walks along indexes."""
    key, direction = _KEY[view], _direction(view)
    after = f"AND (c.{key}, c.id) {'>' if direction == 'ASC' else '<'} (:at, :id)" if further else ""
    tail = f"{shown or _FILTER[view]} {after} ORDER BY c.{key} {direction}, c.id {direction} LIMIT {most}"
    columns = f"c.id, c.{key}, c.last_message_id"
    if view != "mine":
        return walks(reach, columns, tail, later=later, grants=grants)
    walk = f"SELECT {columns} FROM conversation c WHERE"
    return [
        f"({walk} c.custodian_id = :me {tail})",
        f"({walk} c.assignee_id = :me AND c.custodian_id IS DISTINCT FROM :me {later} {tail})",
    ]


def _direction(view: View) -> str:
    return "ASC" if view == "waiting" else "DESC"


def _row(row: Mapping[Any, Any], actor: Actor) -> ConversationRow:
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
            recalled=row["last_recalled"],
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
        access=level_of(
            actor,
            account_id=row["account_id"],
            custodian_id=row["custodian_id"],
            assignee_id=row["assignee_id"],
            shared=row["shared"],
        ),
    )


def _staff(staff_id: int | None, name: str | None) -> StaffRef | None:
    return StaffRef(id=staff_id, name=name or "") if staff_id is not None else None


def _select(reach: Reach) -> str:
    return _SELECT.replace("{shared}", "false" if reach.scope == "all" else SHARED)


_SELECT = f"""
    SELECT c.id, c.code, c.kind, c.thread_key, c.title, c.account_id, c.contact_id, c.custodian_id, c.assignee_id,
        c.created_at, c.last_message_id, c.last_message_at, c.last_inbound_at, c.message_count, c.unread_count,
        c.waiting_since, c.episode_open, a.name AS account_name, a.channel, a.health, a.health_reason,
        k.code AS contact_code, k.name AS contact_name, k.avatar_url AS contact_avatar,
        custodian.name AS custodian_name, assignee.name AS assignee_name,
        m.direction AS last_direction, m.kind AS last_kind, m.sent_at AS last_sent_at, writer.name AS last_author,
        d.state AS last_delivery_state,
        EXISTS (SELECT FROM message_recall x WHERE x.message_id = c.last_message_id) AS last_recalled, p.preview,
        {tags_of("c.contact_id")} AS tags,
        {{shared}} AS shared
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
_CONTACT_LEVEL = text("SELECT contact_level(:contact)")
_ELSEWHERE = text(
    """
    SELECT e.conversations, s.id, s.name FROM contact_elsewhere(:contact) e
    LEFT JOIN staff s ON s.id = ANY (e.custodian_ids) ORDER BY s.name, s.id
    """
)
_VISIBLE = text("SELECT id FROM conversation WHERE id = ANY (:ids)")
_NEWEST, _OLDER = (
    text(
        f"SELECT id, sent_at FROM message WHERE conversation_id = :id {older}"
        " ORDER BY sent_at DESC, id DESC LIMIT :limit"
    )
    for older in ("", "AND (sent_at, id) < (:at, :before)")
)
_VISIBLE_TO_EACH = text("SELECT nth, id FROM visible_to_each(CAST(:actors AS jsonb), :ids)")
