"""What people do with conversations, besides writing in them."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import signals
from sokhach.conversations import progress
from sokhach.conversations.holding import hold
from sokhach.conversations.rules import Resolved
from sokhach.conversations.visibility.rules import serves
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.realtime import Notice, announce

# What came after the last message that a person had before their eyes, they have not seen. Without its id: all.
_SEEN = """
    SELECT coalesce(m.sent_at, c.last_message_at) AS at, coalesce(m.id, c.last_message_id) AS id,
        m.id IS NULL OR m.id = c.last_message_id AS everything
    FROM conversation c LEFT JOIN message m ON m.conversation_id = c.id AND m.id = :seen WHERE c.id = :id
"""
# Seen apart, or row-level security would have every message of the thread looked at: what is compared must not leak.
_READ = text(
    f"""
    WITH seen AS MATERIALIZED ({_SEEN}), unseen AS MATERIALIZED (
        SELECT count(*) FROM message m WHERE m.conversation_id = :id AND (m.sent_at, m.id) > (SELECT at, id FROM seen)
            AND m.direction = 'in' AND m.kind <> 'event' AND m.import_id IS NULL
    )
    UPDATE conversation SET read_at = greatest(read_at, seen.at), unread_count = unseen.count FROM seen, unseen
    WHERE conversation.id = :id AND unread_count > unseen.count RETURNING conversation.id
    """
)
_OPEN = text(
    f"""
    SELECT c.episode_open, CASE WHEN seen.everything THEN greatest(c.last_message_at, c.progressed_at)
        ELSE seen.at END AS seen_until
    FROM conversation c CROSS JOIN ({_SEEN}) AS seen WHERE c.id = :id
    """
)


# What others only looked at is unread no more, and the customer was not told: `untold`.
_ATTENDED = text(
    """
    SELECT c.account_id, a.holder_id, c.custodian_id, c.assignee_id, EXISTS (
        SELECT FROM message m WHERE m.conversation_id = c.id AND m.sent_at <= c.read_at AND m.direction = 'in'
            AND m.kind <> 'event' AND m.import_id IS NULL AND m.sent_at > coalesce(
                (SELECT s.told_at FROM personal_signal s WHERE s.conversation_id = c.id AND s.kind = 'seen'),
                '-infinity'
            )
    ) AS untold
    FROM conversation c JOIN channel_account a ON a.id = c.account_id
    WHERE c.id = :id AND a.channel = 'zalo_personal'
    """
)


async def mark_read(
    connection: AsyncConnection, conversation_id: int, last_message_id: int | None, reader: Actor
) -> None:
    """Somebody of ours has seen all up to that message; None: all there is. Said only when it changes something; to the
    customer, by a personal account, only when `reader` attends to them."""
    seen = {"id": conversation_id, "seen": last_message_id}
    await hold(connection, [conversation_id])
    changed = (await connection.execute(_READ, seen)).first() is not None
    if changed:
        await _announce(connection, conversation_id)
    row = (await connection.execute(_ATTENDED, {"id": conversation_id})).one_or_none()
    if row is None or not (changed or row.untold):
        return
    if serves(
        reader,
        account_id=row.account_id,
        holder_id=row.holder_id,
        custodian_id=row.custodian_id,
        assignee_id=row.assignee_id,
    ):
        await signals.seen(connection, conversation_id, clock.now())


async def resolve(
    connection: AsyncConnection, actor: Actor, conversation_id: int, last_message_id: int | None, now: datetime
) -> bool:
    """Closes the open episode after the last message that the person saw (None: after all); whoever waits in it waits
    no more, and what came since opens the next. False when none is open."""
    seen = {"id": conversation_id, "seen": last_message_id}
    await hold(connection, [conversation_id])
    row = (await connection.execute(_OPEN, seen)).one_or_none()
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
