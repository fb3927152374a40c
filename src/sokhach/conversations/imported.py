"""Messages of before, from files: they stand in their threads at their own time, and move no clock, no counter of what
is unread, and no episode. Writes `conversation` and `message` besides `intake`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import seal
from sokhach.conversations.holding import hold
from sokhach.core.database import bigints


class OldThread(msgspec.Struct, frozen=True, kw_only=True):
    """`custodian_id` and `title` are a group's."""

    thread_key: str
    kind: Literal["direct", "group"]
    contact_id: int | None
    custodian_id: int | None
    title: str | None
    created_at: datetime


class OldMessage(msgspec.Struct, kw_only=True):
    """`id`, `salt` and `leaf` are given while storing."""

    conversation_id: int
    direction: Literal["in", "out"]
    author_kind: Literal["customer", "staff", "channel"]
    author_identity_id: int | None
    author_external_id: str | None
    author_staff_id: int | None
    kind: str
    body: str | None
    content: dict[str, Any]
    sent_at: datetime
    received_at: datetime
    import_id: int
    id: int = 0
    salt: str = ""
    leaf: str = ""


async def add_threads(connection: AsyncConnection, account_id: int, threads: Sequence[OldThread]) -> list[int]:
    """Ids of those that were not there."""
    if not threads:
        return []
    rows = await connection.execute(_CREATE, {"rows": _json(threads), "account": account_id})
    return list(rows.scalars())


async def add_messages(connection: AsyncConnection, messages: Sequence[OldMessage]) -> None:
    """Stores them, in the order of their times, and shows in lists what is the last of a thread now."""
    if not messages:
        return
    await hold(connection, {one.conversation_id for one in messages})
    ordered = sorted(messages, key=lambda one: one.sent_at)
    ids = (await connection.execute(_IDS, {"count": len(ordered)})).scalars().all()
    for one, message_id in zip(ordered, ids, strict=True):
        salt = seal.new_salt()
        one.id, one.salt = message_id, salt.hex()
        author = f"{one.author_kind}:{one.author_staff_id or one.author_external_id or ''}"
        one.leaf = seal.leaf(message_id, one.sent_at, author, salt, one.body, one.content).hex()
    await connection.execute(_INSERT, {"rows": _json(ordered)})
    await connection.execute(_STANDING, {"ids": bigints(ids)})


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_CREATE = text(
    """
    INSERT INTO conversation (account_id, thread_key, kind, contact_id, custodian_id, title, created_at,
        last_message_at, message_count, unread_count, episode_open)
    SELECT :account, thread_key, kind, contact_id, custodian_id, title, created_at, created_at, 0, 0, false
    FROM json_to_recordset(CAST(:rows AS json)) AS r (thread_key text, kind text, contact_id bigint,
        custodian_id bigint, title text, created_at timestamptz)
    ORDER BY created_at
    ON CONFLICT (account_id, thread_key) DO NOTHING
    RETURNING id
    """
)
_IDS = text("SELECT nextval('message_id_seq') FROM generate_series(1, :count)")
_INSERT = text(
    """
    INSERT INTO message (id, conversation_id, direction, author_kind, author_identity_id, author_external_id,
        author_staff_id, kind, body, content, sent_at, received_at, import_id, salt, leaf)
    SELECT id, conversation_id, direction, author_kind, author_identity_id, author_external_id, author_staff_id, kind,
        body, content, sent_at, received_at, import_id, decode(salt, 'hex'), decode(leaf, 'hex')
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, conversation_id bigint, direction text,
        author_kind text, author_identity_id bigint, author_external_id text, author_staff_id bigint, kind text,
        body text, content jsonb, sent_at timestamptz, received_at timestamptz, import_id bigint, salt text, leaf text)
    """
)
# A conversation that only imports made begins with the first of them; all others began when they did.
_STANDING = text(
    """
    WITH added AS (
        SELECT m.conversation_id, count(*) AS count, min(m.sent_at) AS first_at,
            (array_agg(m.id ORDER BY m.sent_at DESC, m.id DESC))[1] AS last_id, max(m.sent_at) AS last_at
        FROM message m WHERE m.id = ANY (CAST(:ids AS bigint[])) GROUP BY 1
    )
    UPDATE conversation c SET
        message_count = c.message_count + a.count,
        created_at = CASE WHEN EXISTS (SELECT FROM import_made i WHERE i.conversation_id = c.id)
            THEN least(c.created_at, a.first_at) ELSE c.created_at END,
        last_message_id = CASE WHEN c.last_message_id IS NULL OR a.last_at > c.last_message_at
            THEN a.last_id ELSE c.last_message_id END,
        last_message_at = CASE WHEN c.last_message_id IS NULL OR a.last_at > c.last_message_at
            THEN a.last_at ELSE c.last_message_at END
    FROM added a WHERE c.id = a.conversation_id
    """
)
