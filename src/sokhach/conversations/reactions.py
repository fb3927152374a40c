"""Reactions as the channel tells of them. The only writer of `reaction`, with `delivery` for our own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.events import MessagesChanged


class ReactionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """`author` is the person's external id, empty for our side; `icon` None: taken back."""

    account_id: int
    thread_key: str
    external_id: str
    author: str
    icon: str | None
    at: datetime


async def apply(connection: AsyncConnection, seen: Sequence[ReactionSeen]) -> list[MessagesChanged]:
    """Each author's last word on a message counts, whatever order it comes in. Returns which messages that we have look
    different now."""
    if not seen:
        return []
    rows = await connection.execute(_APPLY, {"rows": msgspec.json.encode(seen).decode()})
    changed: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        changed[row.conversation_id].append(row.message_id)
    return [
        MessagesChanged(conversation_id=conversation_id, message_ids=sorted(ids))
        for conversation_id, ids in sorted(changed.items())
    ]


_APPLY = text(
    """
    WITH latest AS (
        SELECT DISTINCT ON (account_id, thread_key, external_id, author) *
        FROM json_to_recordset(CAST(:rows AS json))
            AS r (account_id bigint, thread_key text, external_id text, author text, icon text, at timestamptz)
        ORDER BY account_id, thread_key, external_id, author, at DESC, icon DESC NULLS LAST
    ), changed AS (
        INSERT INTO reaction (account_id, thread_key, external_id, author, icon, at)
        SELECT account_id, thread_key, external_id, author, icon, at FROM latest
        ON CONFLICT (account_id, thread_key, external_id, author) DO UPDATE SET icon = excluded.icon, at = excluded.at
            WHERE reaction.at < excluded.at
                OR (reaction.at = excluded.at AND coalesce(reaction.icon, '') < coalesce(excluded.icon, ''))
        RETURNING account_id, thread_key, external_id
    )
    SELECT DISTINCT c.id AS conversation_id, coalesce(m.id, a.message_id) AS message_id
    FROM changed JOIN conversation c ON c.account_id = changed.account_id AND c.thread_key = changed.thread_key
    LEFT JOIN message m ON m.conversation_id = c.id AND m.external_id = changed.external_id
    LEFT JOIN message_alias a ON a.account_id = changed.account_id AND a.external_id = changed.external_id
    WHERE m.id IS NOT NULL OR a.message_id IS NOT NULL
    """
)
