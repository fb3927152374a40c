"""When we could last receive. A web process beats as long as it runs and the database takes what it writes; a beat that
comes after a long pause leaves an outage, of which the worker makes sweeps."""

import asyncio
from datetime import datetime, timedelta

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sokhach.channels.upkeep import sweeps
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

EVERY_SECONDS = 10.0
PAUSE = timedelta(seconds=60)
"""A longer one is an outage. Shorter ones the platforms bridge themselves: they repeat what was not answered."""
MARGIN = timedelta(minutes=2)
"""A sweep looks so much further back: clocks differ, and what was under way when we fell silent is lost too."""

_LAST = text("SELECT at FROM heartbeat WHERE id = 1 FOR UPDATE")
_BEAT = text("INSERT INTO heartbeat (id, at) VALUES (1, :now) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
_OUTAGE = text("INSERT INTO outage (from_at, until_at) VALUES (:last, :now)")
_UNHANDLED = text("UPDATE outage SET handled_at = :now WHERE handled_at IS NULL RETURNING from_at, until_at, id")
_AUTHORISED = text("SELECT id FROM channel_account WHERE tokens IS NOT NULL ORDER BY id")


async def run(database: Database) -> None:
    """Until cancelled; `database` as the web role. While it fails nothing is received either: that is the point."""
    while True:
        try:
            await beat(database, clock.now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("heartbeat_failed", error=type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)


async def beat(database: Database, now: datetime) -> bool:
    """Says that we can receive now; True when we could not for longer than a pause."""
    async with database.transaction() as connection:
        last = (await connection.execute(_LAST)).scalar_one_or_none()
        await connection.execute(_BEAT, {"now": now})
        if last is None or now - last <= PAUSE:
            return False
        await connection.execute(_OUTAGE, {"last": last, "now": now})
        wake(connection)
    log.warning("outage_ended", from_at=last.isoformat(), seconds=round((now - last).total_seconds()))
    return True


async def handle_outages(database: Database) -> int:
    """Loop: what was missed in an outage is read from the history of every account. `database` is the owner's."""
    now = clock.now()
    async with database.transaction() as connection:
        outages = (await connection.execute(_UNHANDLED, {"now": now})).all()
        if not outages:
            return 0
        since = min(row.from_at for row in outages) - MARGIN
        until = max(row.until_at for row in outages)
        for account_id in (await connection.execute(_AUTHORISED)).scalars().all():
            await sweeps.ask(connection, account_id, "outage", since, now, until=until)
    return len(outages)
