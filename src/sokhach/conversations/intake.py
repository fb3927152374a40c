"""Writes what channels say into conversations, a batch at a time: threads, messages, echoes, receipts, clocks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import adding, delivery, echoes, names, progress, recalls
from sokhach.conversations.adding import NewMessage
from sokhach.conversations.delivery import Received
from sokhach.conversations.echoes import Echo
from sokhach.conversations.events import MessagesStored
from sokhach.conversations.holding import hold
from sokhach.conversations.media import service as media
from sokhach.conversations.media.service import WITH_BYTES, Noted
from sokhach.conversations.names import Named
from sokhach.conversations.progress import Counts
from sokhach.conversations.rules import Fact, Said
from sokhach.core.database import KEYS, Key, bigints, by_account


class NewThread(msgspec.Struct, frozen=True, kw_only=True):
    account_id: int
    thread_key: str
    kind: Literal["direct", "group"]
    contact_id: int | None
    custodian_id: int | None
    created_at: datetime


class Incoming(NewMessage, kw_only=True):
    """A message from a channel, with its place in our store. `answered_by`: who of our people wrote it with the
    channel's own tools, when known; `author_staff_id`: of the same, who holds the account. `by_hand`: it is no echo of
    what was sent from here."""

    account_id: int
    external_id: str
    quoted_external_id: str | None
    aliases: Sequence[str] = ()
    by_hand: bool = False
    interacts: bool = True
    answered_by: int | None = None

    @property
    def names(self) -> Sequence[str]:
        return [self.external_id, *self.aliases]

    @property
    def keys(self) -> Sequence[tuple[int, str]]:
        return [(self.conversation_id, name) for name in self.names]


class Coming(msgspec.Struct):
    """When somebody was first heard of in a group, last came into it, and last left it."""

    first_at: datetime
    came_at: datetime | None = None
    left_at: datetime | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    account_id: int
    external_id: str
    kind: Literal["delivered", "seen"]
    at: datetime


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in a group at `at`; `whole`: nobody else."""

    conversation_id: int
    identity_ids: Sequence[int]
    whole: bool
    at: datetime


async def find_conversations(connection: AsyncConnection, threads: Iterable[Key]) -> dict[Key, int]:
    """Those of `threads` that are known."""
    return await _find(connection, threads)


async def ensure_conversations(
    connection: AsyncConnection, threads: Mapping[Key, NewThread]
) -> tuple[dict[Key, int], list[NewThread]]:
    """The conversation of each thread, making those that are missing; and these. One conversation for (account,
    thread), always."""
    if not threads:
        return {}, []
    known = await _find(connection, threads)
    missing = {key: one for key, one in threads.items() if key not in known}
    if missing:
        await connection.execute(_CREATE, {"rows": _json(list(missing.values()))})
        known |= await _find(connection, missing)
    return known, list(missing.values())


async def add_participants(connection: AsyncConnection, seen: Mapping[tuple[int, int], datetime]) -> None:
    """(conversation, identity) → first seen there."""
    if seen:
        rows = [{"conversation_id": c, "identity_id": i, "joined_at": at} for (c, i), at in seen.items()]
        await connection.execute(_PARTICIPATE, {"rows": _json(rows)})


async def note_comings(connection: AsyncConnection, comings: Mapping[tuple[int, int], Coming]) -> None:
    """(conversation, identity) → when they came and went, as the channel says; whatever order that comes in."""
    if comings:
        rows = [
            {"conversation_id": c, "identity_id": i, **msgspec.structs.asdict(one)}
            for (c, i), one in sorted(comings.items())
        ]
        await connection.execute(_COME, {"rows": _json(rows)})


async def note_members(connection: AsyncConnection, lists: Sequence[Members]) -> None:
    """Whoever is in a list was there then; whoever was there before and is in a whole list no more has left. The caller
    has noted nobody else of these groups meanwhile."""
    comings: dict[tuple[int, int], Coming] = {}
    for one in lists:
        for identity_id in one.identity_ids:
            coming = comings.setdefault((one.conversation_id, identity_id), Coming(first_at=one.at, came_at=one.at))
            coming.first_at, coming.came_at = min(coming.first_at, one.at), max(coming.came_at or one.at, one.at)
    await note_comings(connection, comings)
    if whole := [one for one in lists if one.whole]:
        await connection.execute(_MISS, {"rows": _json(whole)})


async def store(connection: AsyncConnection, messages: Sequence[Incoming], now: datetime) -> list[MessagesStored]:
    """Stores what is new; duplicates and echoes of what we sent change nothing but what they confirm."""
    if not messages:
        return []
    await hold(connection, {one.conversation_id for one in messages})
    fresh, named = await _without_own_echoes(connection, messages, now)
    stored, more = await _insert(connection, fresh)
    files = [Noted(one.id, one.conversation_id, found) for one in stored if (found := _files(one))]
    if files:
        await media.note(connection, files, now)
    outgoing = [one for one in stored if one.direction == "out"]
    if outgoing:
        await connection.execute(_NOTE_DELIVERIES, {"ids": bigints(one.id for one in outgoing), "now": now})
        more += [Named(one.account_id, one.id, one.external_id) for one in outgoing]
    await names.write(connection, [*named, *more], now)
    await recalls.attach(
        connection, [*named, *(Named(one.account_id, one.id, name) for one in stored for name in one.names)]
    )
    await progress.advance(connection, _facts(stored), _counts(stored))
    return _events(stored)


async def apply_receipts(connection: AsyncConnection, receipts: Sequence[Receipt], now: datetime) -> None:
    """Keeps every receipt, and moves the deliveries that are known under its id. A receipt may come first."""
    if not receipts:
        return
    await connection.execute(_KEEP_RECEIPTS, {"rows": _json(receipts)})
    told = {(one.account_id, one.external_id) for one in receipts}
    rows = await connection.execute(_BY_ALIAS, {"keys": by_account(told)})
    message_of = {(row.account_id, row.external_id): row.message_id for row in rows}
    received = [
        Received(message_of[key], one.kind, one.at)
        for one in receipts
        if (key := (one.account_id, one.external_id)) in message_of
    ]
    await delivery.apply_receipts(connection, received, now)


async def _find(connection: AsyncConnection, threads: Iterable[Key]) -> dict[Key, int]:
    rows = await connection.execute(_FIND, {"keys": by_account(threads)})
    return {(row.account_id, row.thread_key): row.id for row in rows}


async def _without_own_echoes(
    connection: AsyncConnection, messages: Sequence[Incoming], now: datetime
) -> tuple[Sequence[Incoming], list[Named]]:
    """Echoes of what we sent settle it, and are not stored. Returns the others; and names that echoes bring."""
    echoed = [
        Echo(
            account_id=one.account_id,
            conversation_id=one.conversation_id,
            external_id=one.external_id,
            aliases=one.aliases,
            kind=one.kind,
            words=one.body or "",
            sent_at=one.sent_at,
            by_hand=one.by_hand,
        )
        for one in messages
        if one.direction == "out"
    ]
    ours = await echoes.settle(connection, echoed, now)
    fresh: list[Incoming] = []
    named: list[Named] = []
    for one in messages:
        found = next((ours[key] for key in one.keys if key in ours), None) if one.direction == "out" else None
        if found is None:
            fresh.append(one)
        else:
            # Of what was settled just now, only the first name is written yet.
            named += [
                Named(one.account_id, found, name)
                for name in one.names
                if one.aliases or (one.conversation_id, name) not in ours
            ]
    return fresh, named


async def _insert(connection: AsyncConnection, messages: Sequence[Incoming]) -> tuple[list[Incoming], list[Named]]:
    """Gives ids in the channel's order, so that equal times keep the order of arrival. Returns what was new; and names
    that messages have besides."""
    unique = _together(messages)
    if not unique:
        return [], []
    wanted = sorted({(one.account_id, name) for one in unique for name in one.names})
    known = await names.bearers(connection, {one.conversation_id for one in unique}, wanted)
    named: list[Named] = []
    fresh: list[Incoming] = []
    for one in unique:
        bearer = next((known[key] for key in one.keys if key in known), None)
        if bearer is None:
            fresh.append(one)
        else:
            named += [
                Named(one.account_id, bearer, name) for name in one.names if (one.conversation_id, name) not in known
            ]
    fresh.sort(key=lambda one: one.sent_at)
    await adding.add(connection, fresh, {"external_id": "text", "quoted_external_id": "text"})
    return fresh, [*named, *(Named(one.account_id, one.id, name) for one in fresh for name in one.aliases)]


def _together(messages: Sequence[Incoming]) -> list[Incoming]:
    """What goes by a common name is one message: it keeps the least, and has the others as well."""
    found: dict[tuple[int, str], Incoming] = {}
    for one in messages:
        # As nearly all are: under one name, and new.
        if not one.aliases and found.setdefault((one.conversation_id, one.external_id), one) is one:
            continue
        met = {id(found[key]): found[key] for key in one.keys if key in found}
        if not met:
            found |= dict.fromkeys(one.keys, one)
            continue
        least = min([*met.values(), one], key=lambda other: other.external_id)
        all_names = {name for other in (*met.values(), one) for name in other.names}
        least.aliases = sorted(all_names - {least.external_id})
        found |= dict.fromkeys(least.keys, least)
    return list({id(one): one for one in found.values()}.values())


def _files(one: Incoming) -> Sequence[Any]:
    return (one.content or {}).get("attachments", []) if one.kind in WITH_BYTES else []


def _counts(stored: Sequence[Incoming]) -> dict[int, Counts]:
    counts: dict[int, Counts] = defaultdict(Counts)
    for one in stored:
        count = counts[one.conversation_id]
        count.messages += 1
        count.first_at = count.first_at or one.sent_at
        count.last_at, count.last_id = one.sent_at, one.id
        if one.direction == "out":
            count.out = one.sent_at
            continue
        if one.kind != "event":
            count.unread += 1
            count.first_in = count.first_in or one.sent_at
        if one.interacts:
            count.inbound = one.sent_at
    return counts


def _facts(stored: Sequence[Incoming]) -> dict[int, list[Fact]]:
    facts: dict[int, list[Fact]] = defaultdict(list)
    for one in stored:
        if one.kind != "event":
            facts[one.conversation_id].append(Said(one.sent_at, one.id, one.direction == "in", one.answered_by))
    return facts


def _events(stored: Sequence[Incoming]) -> list[MessagesStored]:
    by_conversation: dict[int, list[Incoming]] = defaultdict(list)
    for one in stored:
        by_conversation[one.conversation_id].append(one)
    return [
        MessagesStored(
            conversation_id=conversation_id,
            message_ids=[one.id for one in messages],
            inbound=sum(one.direction == "in" for one in messages),
        )
        for conversation_id, messages in by_conversation.items()
    ]


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_FIND = text(
    f"""
    SELECT k.account_id, c.thread_key, c.id FROM {KEYS} CROSS JOIN LATERAL (
        SELECT thread_key, id FROM conversation WHERE account_id = k.account_id AND thread_key = k.name OFFSET 0
    ) AS c
    """
)
_CREATE = text(
    """
    INSERT INTO conversation (account_id, thread_key, kind, contact_id, custodian_id, created_at, last_message_at,
        message_count, unread_count, episode_open)
    SELECT account_id, thread_key, kind, contact_id, custodian_id, created_at, created_at, 0, 0, false
    FROM json_to_recordset(CAST(:rows AS json)) AS r (account_id bigint, thread_key text, kind text,
        contact_id bigint, custodian_id bigint, created_at timestamptz)
    ORDER BY created_at
    ON CONFLICT (account_id, thread_key) DO NOTHING
    """
)
_PARTICIPATE = text(
    """
    INSERT INTO conversation_participant (conversation_id, identity_id, joined_at)
    SELECT conversation_id, identity_id, joined_at FROM json_to_recordset(CAST(:rows AS json))
        AS r (conversation_id bigint, identity_id bigint, joined_at timestamptz)
    ON CONFLICT (conversation_id, identity_id) DO UPDATE SET joined_at = excluded.joined_at
        WHERE conversation_participant.joined_at > excluded.joined_at
    """
)
_COME = text(
    """
    INSERT INTO conversation_participant AS p (conversation_id, identity_id, joined_at, came_at, left_at)
    SELECT conversation_id, identity_id, first_at, came_at, left_at
    FROM json_to_recordset(CAST(:rows AS json)) AS r (conversation_id bigint, identity_id bigint,
        first_at timestamptz, came_at timestamptz, left_at timestamptz)
    ON CONFLICT (conversation_id, identity_id) DO UPDATE SET joined_at = least(p.joined_at, excluded.joined_at),
        came_at = greatest(p.came_at, excluded.came_at), left_at = greatest(p.left_at, excluded.left_at)
    """
)
_MISS = text(
    """
    WITH told AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json))
            AS r (conversation_id bigint, identity_ids json, at timestamptz)
    ), gone AS (
        SELECT p.conversation_id, p.identity_id, t.at
        FROM told t JOIN conversation_participant p ON p.conversation_id = t.conversation_id
        WHERE coalesce(p.came_at, p.joined_at) < t.at
            AND p.identity_id NOT IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(t.identity_ids))
        ORDER BY p.conversation_id, p.identity_id FOR UPDATE OF p
    )
    UPDATE conversation_participant p SET left_at = greatest(p.left_at, g.at)
    FROM (SELECT conversation_id, identity_id, max(at) AS at FROM gone GROUP BY 1, 2) AS g
    WHERE p.conversation_id = g.conversation_id AND p.identity_id = g.identity_id
        AND (p.left_at IS NULL OR p.left_at <= coalesce(p.came_at, p.joined_at))
    """
)
_BY_ALIAS = text(
    f"""
    SELECT k.account_id, a.external_id, a.message_id FROM {KEYS} CROSS JOIN LATERAL (
        SELECT external_id, message_id FROM message_alias
        WHERE account_id = k.account_id AND external_id = k.name OFFSET 0
    ) AS a
    """
)
_NOTE_DELIVERIES = text(
    """
    INSERT INTO delivery (message_id, conversation_id, state, sent_at, changed_at)
    SELECT id, conversation_id, 'sent', sent_at, :now FROM message WHERE id = ANY (CAST(:ids AS bigint[]))
    """
)
_KEEP_RECEIPTS = text(
    """
    INSERT INTO message_receipt (account_id, external_id, kind, at)
    SELECT account_id, external_id, kind, min(at) FROM json_to_recordset(CAST(:rows AS json))
        AS r (account_id bigint, external_id text, kind text, at timestamptz)
    GROUP BY account_id, external_id, kind
    ON CONFLICT (account_id, external_id, kind) DO UPDATE SET at = least(message_receipt.at, excluded.at)
    """
)
