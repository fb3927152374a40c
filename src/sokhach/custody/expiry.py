"""Shares that end by their time. Whoever opens anything is refused at once; browsers that show the conversation hear
of it from here."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.realtime import announce
from sokhach.core.telemetry import LATENESS
from sokhach.custody.service import Moved, hidden

BATCH = 500

# Ended when its time was over, however late this loop comes.
_END = text(
    """
    UPDATE conversation_grant g SET revoked_at = g.until
    FROM (
        SELECT id FROM conversation_grant WHERE revoked_at IS NULL AND until IS NOT NULL AND until <= :now
        ORDER BY until LIMIT :batch FOR NO KEY UPDATE SKIP LOCKED
    ) due
    WHERE g.id = due.id
    RETURNING g.conversation_id, g.staff_id, g.until
    """
)


async def end_due(database: Database) -> int:
    """One batch of what is due; returns how many shares it ended."""
    async with database.transaction() as connection:
        return await _end(connection, clock.now())


async def _end(connection: AsyncConnection, now: datetime) -> int:
    rows = (await connection.execute(_END, {"now": now, "batch": BATCH})).all()
    for row in rows:
        LATENESS.labels("shares").observe((now - row.until).total_seconds())
    await announce(
        connection,
        hidden([Moved(conversation_id=row.conversation_id, lost_by=[row.staff_id], pool=None) for row in rows]),
    )
    return len(rows)
