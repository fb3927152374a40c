"""Writes what channels say into conversations, a batch at a time: threads, messages, echoes, receipts, clocks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import delivery, echoes, progress, seal
from sokhach.conversations.echoes import Echo
from sokhach.conversations.events import MessagesStored
from sokhach.conversations.holding import hold
from sokhach.conversations.media import service as media
from sokhach.conversations.media.service import WITH_BYTES, Noted
from sokhach.conversations.progress import Counts
from sokhach.conversations.rules import Fact, Said
from sokhach.core.database import bigints


class NewThread(msgspec.Struct, frozen=True, kw_only=True):
    thread_key: str
    kind: Literal["direct", "group"]
    contact_id: int | None
    custodian_id: int | None
    created_at: datetime


class Incoming(msgspec.Struct, kw_only=True):
    """A message from a channel, with its place in our store. `id`, `salt` and `leaf` are given while storing.
    `answered_by`: who of our people wrote it with the channel's own tools, when known."""

    conversation_id: int
    external_id: str
    direction: Literal["in", "out"]
    author_kind: Literal["customer", "channel", "system"]
    author_identity_id: int | None
    author_external_id: str | None
    kind: str
    body: str | None
    content: dict[str, Any] | None
    quoted_external_id: str | None
    sent_at: datetime
    received_at: datetime
    interacts: bool = True
    answered_by: int | None = None
    id: int = 0
    salt: str = ""
    leaf: str = ""


class Coming(msgspec.Struct):
    """When somebody was first heard of in a group, last came into it, and last left it."""

    first_at: datetime
    came_at: datetime | None = None
    left_at: datetime | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    external_id: str
    kind: Literal["delivered", "seen"]
    at: datetime


async def ensure_conversations(
    connection: AsyncConnection, account_id: int, threads: Sequence[NewThread]
) -> tuple[dict[str, int], list[NewThread]]:
    """Thread key → conversation id, making those that are missing; and these. One conversation for (account, thread),
    always."""
    keys = [one.thread_key for one in threads]
    known = await _find(connection, account_id, keys)
    missing = [one for one in threads if one.thread_key not in known]
    if missing:
        await connection.execute(_CREATE, {"rows": _json(missing), "account": account_id})
        known |= await _find(connection, account_id, [one.thread_key for one in missing])
    return known, missing


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


async def store(
    connection: AsyncConnection, account_id: int, messages: Sequence[Incoming], now: datetime
) -> list[MessagesStored]:
    """Stores what is new; duplicates and echoes of what we sent change nothing but what they confirm."""
    if not messages:
        return []
    await hold(connection, {one.conversation_id for one in messages})
    fresh = await _without_own_echoes(connection, account_id, messages, now)
    stored = await _insert(connection, fresh)
    files = [Noted(one.id, one.conversation_id, found) for one in stored if (found := _files(one))]
    if files:
        await media.note(connection, files, now)
    outgoing = [one for one in stored if one.direction == "out"]
    if outgoing:
        await _note_deliveries(connection, account_id, outgoing, now)
    await progress.advance(connection, _facts(stored), _counts(stored))
    return _events(stored)


async def apply_receipts(
    connection: AsyncConnection, account_id: int, receipts: Sequence[Receipt], now: datetime
) -> None:
    """Keeps every receipt, and moves the deliveries that are known under its id. A receipt may come first."""
    if not receipts:
        return
    await connection.execute(_KEEP_RECEIPTS, {"rows": _json(receipts), "account": account_id})
    rows = await connection.execute(
        _BY_ALIAS, {"account": account_id, "ids": _json(list({one.external_id for one in receipts}))}
    )
    message_of = {row.external_id: row.message_id for row in rows}
    together: dict[tuple[Literal["delivered", "seen"], datetime], list[int]] = defaultdict(list)
    for one in receipts:
        if one.external_id in message_of:
            together[one.kind, one.at].append(message_of[one.external_id])
    for (kind, at), message_ids in together.items():
        await delivery.apply_receipts(connection, kind, message_ids, at, now)


async def renamed(connection: AsyncConnection, contact_ids: Sequence[int]) -> list[MessagesStored]:
    """The conversations of contacts whose name or picture changed: nothing new is said, but lists show them anew."""
    if not contact_ids:
        return []
    rows = await connection.execute(
        text("SELECT id FROM conversation WHERE contact_id = ANY (:ids)"), {"ids": list(contact_ids)}
    )
    return [MessagesStored(conversation_id=row.id, message_ids=[], inbound=0) for row in rows]


async def title_groups(connection: AsyncConnection, account_id: int, names: Mapping[str, str]) -> list[MessagesStored]:
    """Thread key → what the channel calls the group. Nothing new is said, but lists show those that changed anew."""
    rows = [{"thread_key": key, "title": title} for key, title in sorted(names.items())]
    changed = await connection.execute(_TITLE, {"rows": _json(rows), "account": account_id})
    return [MessagesStored(conversation_id=row.id, message_ids=[], inbound=0) for row in changed]


async def _find(connection: AsyncConnection, account_id: int, keys: Sequence[str]) -> dict[str, int]:
    rows = await connection.execute(
        _FIND,
        {"account": account_id, "keys": _json(keys)},
    )
    return {row.thread_key: row.id for row in rows}


async def _without_own_echoes(
    connection: AsyncConnection, account_id: int, messages: Sequence[Incoming], now: datetime
) -> Sequence[Incoming]:
    """Echoes of what we sent settle it, and are not stored."""
    echoed = [
        Echo(
            conversation_id=one.conversation_id,
            external_id=one.external_id,
            kind=one.kind,
            words=one.body or "",
            sent_at=one.sent_at,
            by_hand=bool(one.author_external_id),
        )
        for one in messages
        if one.direction == "out"
    ]
    ours = await echoes.settle(connection, account_id, echoed, now)
    return [one for one in messages if one.direction == "in" or one.external_id not in ours]


async def _insert(connection: AsyncConnection, messages: Sequence[Incoming]) -> list[Incoming]:
    """Gives ids in the channel's order, so that equal times keep the order of arrival. Returns what was new."""
    unique: dict[tuple[int, str], Incoming] = {}
    for one in messages:
        unique.setdefault((one.conversation_id, one.external_id), one)
    known = await connection.execute(
        _DUPLICATES, {"keys": _json([{"conversation_id": key[0], "external_id": key[1]} for key in unique])}
    )
    for row in known:
        del unique[row.conversation_id, row.external_id]
    fresh = sorted(unique.values(), key=lambda one: one.sent_at)
    if not fresh:
        return []
    ids = (await connection.execute(_IDS, {"count": len(fresh)})).scalars().all()
    for one, message_id in zip(fresh, ids, strict=True):
        salt = seal.new_salt()
        one.id, one.salt = message_id, salt.hex()
        author = f"{one.author_kind}:{one.author_external_id or ''}"
        one.leaf = seal.leaf(message_id, one.sent_at, author, salt, one.body, one.content).hex()
    await connection.execute(_INSERT, {"rows": _json(fresh)})
    return fresh


async def _note_deliveries(
    connection: AsyncConnection, account_id: int, outgoing: Sequence[Incoming], now: datetime
) -> None:
    """Messages that our side sent with the channel's own tools have ticks too."""
    values = {"ids": bigints(one.id for one in outgoing), "account": account_id, "now": now}
    await connection.execute(_NOTE_DELIVERIES, values)
    await connection.execute(_NOTE_ALIASES, values)
    for row in (await connection.execute(_EARLY_RECEIPTS, values)).all():
        await delivery.apply_receipts(connection, row.kind, [row.message_id], row.at, now)


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
    "SELECT thread_key, id FROM conversation WHERE account_id = :account"
    " AND thread_key = ANY (ARRAY(SELECT json_array_elements_text(CAST(:keys AS json))))"
)
_CREATE = text(
    """
    INSERT INTO conversation (account_id, thread_key, kind, contact_id, custodian_id, created_at, last_message_at,
        message_count, unread_count, episode_open)
    SELECT :account, thread_key, kind, contact_id, custodian_id, created_at, created_at, 0, 0, false
    FROM json_to_recordset(CAST(:rows AS json)) AS r (thread_key text, kind text, contact_id bigint,
        custodian_id bigint, created_at timestamptz)
    ORDER BY created_at
    ON CONFLICT (account_id, thread_key) DO NOTHING
    """
)
_TITLE = text(
    """
    UPDATE conversation c SET title = r.title
    FROM json_to_recordset(CAST(:rows AS json)) AS r (thread_key text, title text)
    WHERE c.account_id = :account AND c.thread_key = r.thread_key AND c.kind = 'group'
        AND c.title IS DISTINCT FROM r.title
    RETURNING c.id
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
_BY_ALIAS = text(
    "SELECT external_id, message_id FROM message_alias WHERE account_id = :account"
    " AND external_id = ANY (ARRAY(SELECT json_array_elements_text(CAST(:ids AS json))))"
)
_DUPLICATES = text(
    """
    SELECT m.conversation_id, m.external_id
    FROM json_to_recordset(CAST(:keys AS json)) AS k (conversation_id bigint, external_id text)
    JOIN message m USING (conversation_id, external_id)
    """
)
_IDS = text("SELECT nextval('message_id_seq') FROM generate_series(1, :count)")
_INSERT = text(
    """
    INSERT INTO message (id, conversation_id, external_id, direction, author_kind, author_identity_id,
        author_external_id, kind, body, content, quoted_external_id, sent_at, received_at, salt, leaf)
    SELECT id, conversation_id, external_id, direction, author_kind, author_identity_id, author_external_id, kind,
        body, content, quoted_external_id, sent_at, received_at, decode(salt, 'hex'), decode(leaf, 'hex')
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, conversation_id bigint, external_id text,
        direction text, author_kind text, author_identity_id bigint, author_external_id text, kind text, body text,
        content jsonb, quoted_external_id text, sent_at timestamptz, received_at timestamptz, salt text, leaf text)
    """
)
_NOTE_DELIVERIES = text(
    """
    INSERT INTO delivery (message_id, conversation_id, state, sent_at, changed_at)
    SELECT id, conversation_id, 'sent', sent_at, :now FROM message WHERE id = ANY (CAST(:ids AS bigint[]))
    """
)
_NOTE_ALIASES = text(
    """
    INSERT INTO message_alias (account_id, external_id, message_id)
    SELECT :account, external_id, id FROM message WHERE id = ANY (CAST(:ids AS bigint[])) ON CONFLICT DO NOTHING
    """
)
_EARLY_RECEIPTS = text(
    """
    SELECT m.id AS message_id, r.kind, r.at FROM message m
    JOIN message_receipt r ON r.account_id = :account AND r.external_id = m.external_id
    WHERE m.id = ANY (CAST(:ids AS bigint[]))
    """
)
_KEEP_RECEIPTS = text(
    """
    INSERT INTO message_receipt (account_id, external_id, kind, at)
    SELECT :account, external_id, kind, min(at) FROM json_to_recordset(CAST(:rows AS json))
        AS r (external_id text, kind text, at timestamptz)
    GROUP BY external_id, kind
    ON CONFLICT (account_id, external_id, kind) DO UPDATE SET at = least(message_receipt.at, excluded.at)
    """
)
