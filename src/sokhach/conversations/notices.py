"""Tells browsers of what changed in conversations."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.events import MessagesChanged, MessagesStored
from sokhach.core.realtime import Notice, Passing, announce, mention

TYPING = "conversation.typing"
# A browser that has missed more than a few reads the page anew anyway.
MOST_IDS = 50


async def tell_browsers(connection: AsyncConnection, events: Sequence[MessagesStored]) -> None:
    await announce(
        connection,
        [
            Notice(
                kind="conversation.changed",
                conversation_id=event.conversation_id,
                payload={"message_ids": event.message_ids[-MOST_IDS:]},
            )
            for event in events
        ],
    )


async def tell_of_changes(connection: AsyncConnection, events: Sequence[MessagesChanged]) -> None:
    await announce(
        connection,
        [
            Notice(
                kind="message.changed",
                conversation_id=event.conversation_id,
                payload={"message_ids": event.message_ids[-MOST_IDS:]},
            )
            for event in events
        ],
    )


async def tell_of_typing(connection: AsyncConnection, account_id: int, thread_key: str, person: str) -> bool:
    """To who sees the conversation and is there; it is not stored. False: there is no such conversation."""
    values = {"account": account_id, "thread": thread_key, "person": person}
    row = (await connection.execute(_WHO, values)).one_or_none()
    if row is None:
        return False
    await mention(connection, Passing(kind=TYPING, conversation_id=row.id, name=row.name or ""))
    return True


_WHO = text(
    """
    SELECT c.id, coalesce(nullif(i.display_name, ''), k.name) AS name FROM conversation c
    LEFT JOIN contact k ON k.id = c.contact_id
    LEFT JOIN contact_identity i ON i.account_id = c.account_id AND i.kind = 'channel' AND i.external_id = :person
    WHERE c.account_id = :account AND c.thread_key = :thread
    """
)
