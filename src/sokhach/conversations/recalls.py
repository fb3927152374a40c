"""Messages that who wrote them took back. What they said stays in the store: who sees all that is known of the customer
reads it on, for the others it is hidden (by `read_messages` and `read_media`). The only writer of `message_recall`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.events import MessagesChanged, MessagesStored
from sokhach.conversations.names import Named
from sokhach.core.database import bigints
from sokhach.core.events import Event


class RecallSeen(msgspec.Struct, frozen=True, kw_only=True):
    """`external_id`: any name of the message. It may come before the message."""

    account_id: int
    thread_key: str
    external_id: str
    by: Literal["customer", "staff"]
    at: datetime


async def apply(connection: AsyncConnection, seen: Sequence[RecallSeen]) -> list[Event]:
    """The first recall of a message counts. Returns which messages that we have look different now; lists may show
    them, too."""
    if not seen:
        return []
    rows = await connection.execute(_APPLY, {"rows": msgspec.json.encode(seen).decode()})
    changed: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        changed[row.conversation_id].add(row.message_id)
    events: list[Event] = []
    for conversation_id, ids in sorted(changed.items()):
        events.append(MessagesStored(conversation_id=conversation_id, message_ids=[], inbound=0))
        events.append(MessagesChanged(conversation_id=conversation_id, message_ids=sorted(ids)))
    return events


async def attach(connection: AsyncConnection, named: Sequence[Named]) -> None:
    """To messages whose names have just become known, what was recalled before."""
    if not named:
        return
    waiting = set(
        (await connection.execute(_WAITING, {"accounts": bigints({one.account_id for one in named})})).scalars()
    )
    rows = [one._asdict() for one in named if one.account_id in waiting]
    if rows:
        await connection.execute(_ATTACH, {"rows": msgspec.json.encode(rows).decode()})


_APPLY = text(
    """
    WITH first AS (
        SELECT DISTINCT ON (account_id, thread_key, external_id) *
        FROM json_to_recordset(CAST(:rows AS json))
            AS r (account_id bigint, thread_key text, external_id text, by text, at timestamptz)
        ORDER BY account_id, thread_key, external_id, at, by
    ), known AS (
        SELECT f.*, coalesce(
            (SELECT m.id FROM message m WHERE m.conversation_id = c.id AND m.external_id = f.external_id),
            (SELECT m.id FROM message_alias a JOIN message m ON m.id = a.message_id
                WHERE a.account_id = f.account_id AND a.external_id = f.external_id AND m.conversation_id = c.id)
        ) AS message_id, c.id AS conversation_id
        FROM first f LEFT JOIN conversation c ON c.account_id = f.account_id AND c.thread_key = f.thread_key
    ), written AS (
        INSERT INTO message_recall AS r (account_id, thread_key, external_id, by, at, message_id)
        SELECT account_id, thread_key, external_id, by, at, message_id FROM known
        ORDER BY account_id, thread_key, external_id
        ON CONFLICT (account_id, thread_key, external_id) DO UPDATE SET at = least(r.at, excluded.at),
            by = CASE WHEN (excluded.at, excluded.by) < (r.at, r.by) THEN excluded.by ELSE r.by END,
            message_id = coalesce(r.message_id, excluded.message_id)
            WHERE (excluded.at, excluded.by) < (r.at, r.by)
                OR (r.message_id IS NULL AND excluded.message_id IS NOT NULL)
        RETURNING account_id, thread_key, external_id
    )
    SELECT DISTINCT k.conversation_id, k.message_id FROM written w
    JOIN known k USING (account_id, thread_key, external_id)
    WHERE k.message_id IS NOT NULL
    """
)
_WAITING = text(
    """
    SELECT a.id FROM unnest(CAST(:accounts AS bigint[])) AS a (id)
    WHERE EXISTS (SELECT FROM message_recall r WHERE r.account_id = a.id AND r.message_id IS NULL OFFSET 0)
    """
)
_ATTACH = text(
    """
    UPDATE message_recall r SET message_id = n.message_id
    FROM json_to_recordset(CAST(:rows AS json)) AS n (account_id bigint, message_id bigint, external_id text)
    JOIN message m ON m.id = n.message_id JOIN conversation c ON c.id = m.conversation_id
    WHERE r.account_id = n.account_id AND r.thread_key = c.thread_key AND r.external_id = n.external_id
        AND r.message_id IS NULL
    """
)
