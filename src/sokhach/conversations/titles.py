"""What conversations are called: groups by their title, direct ones after their contact."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.events import MessagesStored


class Titled(msgspec.Struct, frozen=True, kw_only=True):
    account_id: int
    thread_key: str
    title: str
    at: datetime


async def renamed(connection: AsyncConnection, contact_ids: Sequence[int]) -> list[MessagesStored]:
    """The conversations of contacts whose name or picture changed: nothing new is said, but lists show them anew."""
    if not contact_ids:
        return []
    rows = await connection.execute(
        text("SELECT id FROM conversation WHERE contact_id = ANY (:ids)"), {"ids": list(contact_ids)}
    )
    return [MessagesStored(conversation_id=row.id, message_ids=[], inbound=0) for row in rows]


async def title_groups(connection: AsyncConnection, titles: Sequence[Titled]) -> list[MessagesStored]:
    """What the channel calls groups, by its latest word. Nothing new is said, but lists show what changed anew."""
    if not titles:
        return []
    changed = await connection.execute(_TITLE, {"rows": msgspec.json.encode(titles).decode()})
    return [MessagesStored(conversation_id=row.id, message_ids=[], inbound=0) for row in changed]


_TITLE = text(
    """
    WITH latest AS (
        SELECT DISTINCT ON (account_id, thread_key) * FROM json_to_recordset(CAST(:rows AS json))
            AS r (account_id bigint, thread_key text, title text, at timestamptz)
        ORDER BY account_id, thread_key, at DESC, title
    ), before AS (
        SELECT c.id, c.title AS said, r.title, r.at
        FROM latest r JOIN conversation c ON c.account_id = r.account_id AND c.thread_key = r.thread_key
        WHERE c.kind = 'group' AND (c.titled_at IS NULL OR c.titled_at < r.at
            OR (c.titled_at = r.at AND (c.title IS NULL OR c.title > r.title)))
    ), changed AS (
        UPDATE conversation c SET title = b.title, titled_at = b.at FROM before b WHERE c.id = b.id
    )
    SELECT id FROM before WHERE said IS DISTINCT FROM title ORDER BY id
    """
)
