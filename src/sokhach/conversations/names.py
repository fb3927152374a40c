"""Other names of messages: the ids that a channel gives them beside the one they came with. That a
message was received may have been said under a name that nobody knew yet."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import delivery
from sokhach.conversations.delivery import Received
from sokhach.core.database import KEYS, Key, by_account


class Named(NamedTuple):
    account_id: int
    message_id: int
    external_id: str


async def write(connection: AsyncConnection, named: Collection[Named], now: datetime) -> None:
    """The caller holds the conversations. A name counts once in an account: whoever bears it keeps it."""
    if not named:
        return
    values = {"rows": msgspec.json.encode([one._asdict() for one in sorted(set(named))]).decode()}
    await connection.execute(_WRITE, values)
    early = [Received(*row) for row in await connection.execute(_EARLY_RECEIPTS, values)]
    await delivery.apply_receipts(connection, early, now)


async def bearers(
    connection: AsyncConnection, conversation_ids: Collection[int], called: Collection[Key]
) -> dict[tuple[int, str], int]:
    """(conversation, name) → the message that bears it there."""
    if not called:
        return {}
    values = {"conversations": list(conversation_ids), "keys": by_account(called)}
    rows = await connection.execute(_BEARERS, values)
    return {(row.conversation_id, row.external_id): row.message_id for row in rows}


_WRITE = text(
    """
    INSERT INTO message_alias (account_id, external_id, message_id)
    SELECT account_id, external_id, message_id FROM json_to_recordset(CAST(:rows AS json))
        AS r (account_id bigint, message_id bigint, external_id text)
    ORDER BY account_id, external_id, message_id
    ON CONFLICT DO NOTHING
    """
)
_EARLY_RECEIPTS = text(
    """
    SELECT a.message_id, r.kind, min(r.at) AS at
    FROM json_to_recordset(CAST(:rows AS json)) AS n (account_id bigint, message_id bigint, external_id text)
    JOIN message_alias a ON a.account_id = n.account_id AND a.external_id = n.external_id
        AND a.message_id = n.message_id
    JOIN message_receipt r ON r.account_id = n.account_id AND r.external_id = n.external_id
    JOIN delivery d ON d.message_id = n.message_id
    GROUP BY a.message_id, r.kind ORDER BY a.message_id, r.kind
    """
)
_BEARERS = text(
    f"""
    SELECT m.conversation_id, m.external_id, m.id AS message_id
    FROM message m
    WHERE m.conversation_id = ANY (:conversations)
        AND m.external_id = ANY (ARRAY(SELECT k.name FROM {KEYS}))
    UNION
    SELECT b.* FROM {KEYS} CROSS JOIN LATERAL (
        SELECT m.conversation_id, a.external_id, m.id
        FROM message_alias a JOIN message m ON m.id = a.message_id
        WHERE a.account_id = k.account_id AND a.external_id = k.name AND m.conversation_id = ANY (:conversations)
        OFFSET 0
    ) AS b
    """
)
