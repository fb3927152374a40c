"""Messages of before, from files: they stand in their threads at their own time, and move no clock, no counter of what
is unread, and no episode. Writes `conversation` and `message` besides `intake`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import adding
from sokhach.conversations.adding import NewMessage
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


class OldMessage(NewMessage, kw_only=True):
    import_id: int

    @property
    def author(self) -> str:
        return f"{self.author_kind}:{self.author_staff_id or self.author_external_id or ''}"


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
    ids = await adding.add(connection, ordered, {"import_id": "int8"})
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
