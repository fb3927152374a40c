"""Loop: how many webhooks each account sent in each hour, counted from the journal in ranges of its ids. The pipeline
does nothing for it, and a range is counted once however late.

Ids commit out of order. A range is closed only when its end was seen some time ago: who took a lower id before that has
committed since, or never will (the journal's writer gives up after 15 s).
"""

from datetime import timedelta

from sqlalchemy import text

from sokhach.channels.upkeep import liveness
from sokhach.core import clock
from sokhach.core.database import Database

SETTLED = timedelta(seconds=60)
RANGE = 200_000
KEEP = liveness.WINDOW + timedelta(days=7)

_MARK = text("SELECT counted_to, next_to, marked_at FROM channel_hour_mark WHERE id = 1 FOR UPDATE SKIP LOCKED")
_NEWEST = text("SELECT coalesce(max(id), 0) FROM journal")
_SET = text("UPDATE channel_hour_mark SET counted_to = :counted, next_to = :next, marked_at = :at WHERE id = 1")
_COUNT = text(
    """
    INSERT INTO channel_hour (account_id, hour, events)
    SELECT account_id, date_trunc('hour', received_at), count(*) FROM journal
    WHERE id > :counted AND id <= :until AND source = 'webhook' GROUP BY 1, 2
    ON CONFLICT (account_id, hour) DO UPDATE SET events = channel_hour.events + excluded.events
    """
)
_FORGET = text("DELETE FROM channel_hour WHERE hour < :before")


async def step(database: Database) -> int:
    """Counts one range; 0 when there is none to count yet. One worker does it at a time; `database` is the owner's."""
    now = clock.now()
    async with database.transaction() as connection:
        mark = (await connection.execute(_MARK)).one_or_none()
        if mark is None:
            return 0
        if mark.marked_at is None or mark.counted_to >= mark.next_to:
            newest = (await connection.execute(_NEWEST)).scalar_one()
            await connection.execute(_SET, {"counted": mark.counted_to, "next": newest, "at": now})
            return 0
        if timedelta() <= now - mark.marked_at < SETTLED:
            return 0
        until = min(mark.next_to, mark.counted_to + RANGE)
        await connection.execute(_COUNT, {"counted": mark.counted_to, "until": until})
        await connection.execute(_SET, {"counted": until, "next": mark.next_to, "at": mark.marked_at})
        await connection.execute(_FORGET, {"before": now - KEEP})
    return 1
