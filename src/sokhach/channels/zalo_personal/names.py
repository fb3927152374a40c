"""Messages of our store as Zalo knows them: by its ids, the sender's, and what a quote shows. For the worker."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import TRACKING
from sokhach.channels.zalo_personal.outbound import Named

_COLUMNS = f"""
    m.id, m.kind, m.body, m.content, m.sent_at, m.direction,
    CASE WHEN m.direction = 'out' THEN :own
        ELSE coalesce(i.external_id, m.author_external_id, c.thread_key) END AS author,
    array_remove(array_prepend(m.external_id, ARRAY(
        SELECT a.external_id FROM message_alias a
        WHERE a.message_id = m.id AND a.external_id NOT LIKE '{TRACKING}%' ORDER BY a.external_id
    )), NULL) AS names
"""
_FROM = "JOIN conversation c ON c.id = m.conversation_id LEFT JOIN contact_identity i ON i.id = m.author_identity_id"
_BY_NAME = text(
    f"""
    SELECT {_COLUMNS} FROM message m {_FROM}
    WHERE m.id = coalesce(
        (SELECT o.id FROM message o JOIN conversation oc ON oc.id = o.conversation_id
            WHERE oc.account_id = :account AND oc.thread_key = :thread AND o.external_id = :name),
        (SELECT a.message_id FROM message_alias a WHERE a.account_id = :account AND a.external_id = :name)
    )
    """
)
_BY_ID = text(f"SELECT {_COLUMNS} FROM message m {_FROM} WHERE m.id = :id")
_INCOMING = text(
    f"""
    SELECT {_COLUMNS} FROM message m {_FROM}
    WHERE m.conversation_id = :conversation AND m.direction = 'in' AND m.kind <> 'event' AND m.sent_at <= :until
        AND (CAST(:since AS timestamptz) IS NULL OR m.sent_at > :since)
        AND NOT EXISTS (SELECT FROM message_recall r WHERE r.message_id = m.id)
    ORDER BY m.sent_at DESC, m.id DESC LIMIT :most
    """
)


async def by_name(connection: AsyncConnection, account_id: int, thread_key: str, name: str, own: str) -> Named | None:
    """The message that goes by `name` in a thread. `own` is the account's uid."""
    values = {"account": account_id, "thread": thread_key, "name": name, "own": own}
    row = (await connection.execute(_BY_NAME, values)).one_or_none()
    return _named(row) if row is not None else None


async def by_id(connection: AsyncConnection, message_id: int, own: str) -> Named | None:
    row = (await connection.execute(_BY_ID, {"id": message_id, "own": own})).one_or_none()
    return _named(row) if row is not None else None


async def incoming(
    connection: AsyncConnection, conversation_id: int, own: str, since: datetime | None, until: datetime, most: int
) -> Sequence[Named]:
    """What customers wrote in a conversation after `since`, and did not take back: the newest `most`, newest first."""
    values = {"conversation": conversation_id, "own": own, "since": since, "until": until, "most": most}
    return [_named(row) for row in await connection.execute(_INCOMING, values)]


def _named(row: Row[Any]) -> Named:
    return Named(
        names=row.names,
        kind=row.kind,
        body=row.body,
        content=row.content or {},
        author=row.author,
        sent_at=row.sent_at,
    )
