"""Channels that name the last message that somebody saw, and mean all before. Moves deliveries as `delivery` does."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.holding import hold
from sokhach.core.database import KEYS, Key, bigints, by_account
from sokhach.core.realtime import Notice, announce


async def hold_read(
    connection: AsyncConnection, conversation_ids: Collection[int], called: Collection[Key]
) -> Collection[int]:
    """Holds these conversations, and those of the messages that go by these names, in one order; returns the latter."""
    found = await connection.execute(_THOSE_OF, {"keys": by_account(called)})
    touched = set(found.scalars())
    await hold(connection, {*conversation_ids, *touched})
    return touched


async def spread(connection: AsyncConnection, conversation_ids: Collection[int], now: datetime) -> None:
    """What was sent before something that was seen was seen by then, whatever came first. The caller holds the
    conversations."""
    if not conversation_ids:
        return
    rows = await connection.execute(_SPREAD, {"ids": bigints(conversation_ids), "now": now})
    await announce(
        connection,
        [
            Notice(
                kind="delivery.changed",
                conversation_id=row.conversation_id,
                payload={"message_id": row.message_id},
            )
            for row in rows
        ],
    )


_THOSE_OF = text(
    f"""
    SELECT DISTINCT t.conversation_id FROM {KEYS} CROSS JOIN LATERAL (
        SELECT m.conversation_id FROM message_alias a JOIN message m ON m.id = a.message_id
        WHERE a.account_id = k.account_id AND a.external_id = k.name OFFSET 0
    ) AS t
    """
)
_SPREAD = text(
    """
    WITH told AS (
        SELECT message_id, min(seen_at) OVER (PARTITION BY conversation_id ORDER BY sent_at DESC) AS at
        FROM delivery
        WHERE conversation_id = ANY (CAST(:ids AS bigint[])) AND sent_at IS NOT NULL
            AND state IN ('sent', 'delivered', 'seen')
    )
    UPDATE delivery d SET seen_at = told.at, state = 'seen', changed_at = :now
    FROM told WHERE d.message_id = told.message_id AND told.at IS NOT NULL
        AND (d.seen_at IS NULL OR d.seen_at > told.at)
    RETURNING d.message_id, d.conversation_id
    """
)
