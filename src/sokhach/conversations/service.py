"""What people do with conversations, besides writing in them."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import progress
from sokhach.conversations.rules import Resolved
from sokhach.core.actor import Actor
from sokhach.core.realtime import Notice, announce


async def mark_read(connection: AsyncConnection, conversation_id: int) -> None:
    """Somebody of ours has seen all that is there. Said only when it changes something."""
    changed = await connection.execute(
        text(
            "UPDATE conversation SET read_at = last_message_at, unread_count = 0"
            " WHERE id = :id AND unread_count > 0 RETURNING id"
        ),
        {"id": conversation_id},
    )
    if changed.first() is not None:
        await _announce(connection, conversation_id)


async def resolve(connection: AsyncConnection, actor: Actor, conversation_id: int, now: datetime) -> bool:
    """Closes the open episode; whoever waits in it waits no more. False when none is open."""
    found = await connection.execute(
        text(
            "SELECT episode_open, greatest(last_message_at, progressed_at) AS seen_until FROM conversation"
            " WHERE id = :id FOR NO KEY UPDATE"
        ),
        {"id": conversation_id},
    )
    row = found.one_or_none()
    if row is None or not row.episode_open:
        return False
    await connection.execute(
        text(
            "INSERT INTO resolution (conversation_id, staff_id, seen_until, resolved_at)"
            " VALUES (:id, :staff, :seen_until, :now)"
        ),
        {"id": conversation_id, "staff": actor.staff_id, "seen_until": row.seen_until, "now": now},
    )
    await progress.advance(connection, {conversation_id: [Resolved(row.seen_until, now, actor.staff_id)]})
    await _announce(connection, conversation_id)
    return True


async def reopen(connection: AsyncConnection, conversation_id: int, now: datetime) -> bool:
    """Takes the last resolution back, as if it had not been. False when a newer episode is open, or none was resolved
    by a person."""
    is_open = await connection.execute(
        text("SELECT episode_open FROM conversation WHERE id = :id FOR NO KEY UPDATE"), {"id": conversation_id}
    )
    if is_open.scalar_one_or_none() is not False:
        return False
    revoked = await connection.execute(
        text(
            "UPDATE resolution SET revoked_at = :now WHERE id = (SELECT id FROM resolution"
            " WHERE conversation_id = :id AND revoked_at IS NULL ORDER BY resolved_at DESC LIMIT 1)"
            " RETURNING seen_until"
        ),
        {"id": conversation_id, "now": now},
    )
    seen_until = revoked.scalar_one_or_none()
    if seen_until is None:
        return False
    await progress.rework(connection, conversation_id, seen_until)
    await _announce(connection, conversation_id)
    return True


async def _announce(connection: AsyncConnection, conversation_id: int) -> None:
    await announce(connection, [Notice(kind="conversation.changed", conversation_id=conversation_id)])
