"""Whoever writes into conversations, or moves what was sent in them, holds them first: in one order everywhere, so that
a lane, a sender and a person never wait for each other in a ring. What they change they read only afterwards."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.database import Asked, ask_all, bigints

_HOLD = text("SELECT FROM conversation WHERE id = ANY (CAST(:ids AS bigint[])) ORDER BY id FOR NO KEY UPDATE")
_HOLD_THOSE_OF = text(
    """
    SELECT FROM conversation
    WHERE id IN (SELECT conversation_id FROM delivery WHERE message_id = ANY (CAST(:ids AS bigint[])))
    ORDER BY id FOR NO KEY UPDATE
    """
)


async def hold(connection: AsyncConnection, conversation_ids: Iterable[int]) -> None:
    """Until the transaction ends."""
    await ask_all(connection, holding(conversation_ids))


def holding(conversation_ids: Iterable[int]) -> Asked:
    """`hold`, for whoever asks more in the same round trip."""
    return Asked(_HOLD, {"ids": bigints(conversation_ids)})


async def hold_those_of(connection: AsyncConnection, message_ids: Iterable[int]) -> None:
    """The conversations in which these messages of ours stand, until the transaction ends."""
    await connection.execute(_HOLD_THOSE_OF, {"ids": bigints(message_ids)})
