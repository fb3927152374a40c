"""Takes away what is of no more use to anybody."""

from datetime import timedelta

from sqlalchemy import text

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.telemetry import PENDING

# A browser that slept longer reads everything anew.
KEEP_REALTIME = timedelta(hours=48)
KEEP_ATTEMPTS = timedelta(days=2)
KEEP_MAIL = timedelta(days=30)
KEEP_CAPS = timedelta(days=40)
"""Longer than any cap or warm-up looks back. Among them are hashes of words."""
KEEP_CALLS = timedelta(days=7)
KEEP_REQUESTS = timedelta(days=40)
"""What a call found has names of people. That somebody was asked to be a friend is to be known for longer."""
BATCH = 20_000

_FORGET_EVENTS = text(
    "DELETE FROM realtime_event WHERE id IN (SELECT id FROM realtime_event WHERE created_at < :before"
    " AND position IS NOT NULL ORDER BY created_at LIMIT :batch)"
)
_FORGET_SESSIONS = text("DELETE FROM session WHERE expires_at < :now")
_FORGET_ATTEMPTS = text("DELETE FROM sign_in_attempt WHERE at < :before")
_FORGET_LINKS = text("DELETE FROM staff_link WHERE expires_at < :now AND kind = 'password_reset'")
_FORGET_MAIL = text("DELETE FROM mail WHERE due_at IS NULL AND created_at < :before")

_FORGET_CAPS = text("DELETE FROM personal_cap_use WHERE day < CAST(:before AS date)")
_FORGET_CALLS = text(
    "DELETE FROM personal_call WHERE state <> 'asked' AND changed_at <"
    " CASE op WHEN 'friend_request' THEN CAST(:requests AS timestamptz) ELSE :before END"
)


async def step(database: Database) -> int:
    """One batch; 0 when nothing old is left."""
    now = clock.now()
    async with database.transaction() as connection:
        events = await connection.execute(_FORGET_EVENTS, {"before": now - KEEP_REALTIME, "batch": BATCH})
        await connection.execute(_FORGET_SESSIONS, {"now": now})
        await connection.execute(_FORGET_ATTEMPTS, {"before": now - KEEP_ATTEMPTS})
        await connection.execute(_FORGET_LINKS, {"now": now})
        await connection.execute(_FORGET_MAIL, {"before": now - KEEP_MAIL})
        await connection.execute(_FORGET_CAPS, {"before": now - KEEP_CAPS})
        await connection.execute(_FORGET_CALLS, {"before": now - KEEP_CALLS, "requests": now - KEEP_REQUESTS})
        return events.rowcount


async def measure(database: Database) -> int:
    async with database.transaction() as connection:
        PENDING.set((await connection.execute(text("SELECT count(*) FROM journal_pending"))).scalar_one())
    return 0


async def refresh_clock(database: Database) -> int:
    async with database.transaction() as connection:
        await clock.refresh(connection)
    return 0
