"""Tells browsers of what changed in conversations."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.events import MessagesChanged, MessagesStored
from sokhach.core.realtime import Notice, announce

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
