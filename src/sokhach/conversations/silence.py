"""Closes episodes in which nobody wrote for the company's hours of silence, and nobody waits."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.realtime import Notice, announce
from sokhach.core.telemetry import LATENESS

BATCH = 500

# The episode ends when the silence was complete, however late this loop comes: figures do not depend on it. A message
# that was sent before and arrives later has the episode worked out anew, as `progressed_at` says.
_CLOSE = text(
    """
    WITH due AS (
        SELECT e.id, e.conversation_id FROM episode e JOIN conversation c ON c.id = e.conversation_id
        WHERE e.silence_due_at <= :now AND e.resolved_at IS NULL
        ORDER BY e.silence_due_at LIMIT :batch FOR NO KEY UPDATE OF c SKIP LOCKED
    ), closed AS (
        UPDATE episode e SET resolved_at = e.silence_due_at, resolution = 'silence', silence_due_at = NULL
        FROM due WHERE e.id = due.id AND e.silence_due_at <= :now AND e.resolved_at IS NULL
        RETURNING e.conversation_id, e.resolved_at
    )
    UPDATE conversation c SET episode_open = false, progressed_at = greatest(c.progressed_at, closed.resolved_at)
    FROM closed WHERE c.id = closed.conversation_id
    RETURNING c.id, closed.resolved_at
    """
)


async def close_silent(database: Database) -> int:
    """One batch of what is due; returns how many episodes it closed."""
    async with database.transaction() as connection:
        return await _close(connection, clock.now())


async def _close(connection: AsyncConnection, now: datetime) -> int:
    rows = (await connection.execute(_CLOSE, {"now": now, "batch": BATCH})).all()
    for row in rows:
        LATENESS.labels("silence").observe((now - row.resolved_at).total_seconds())
    await announce(connection, [Notice(kind="conversation.changed", conversation_id=row.id) for row in rows])
    return len(rows)
