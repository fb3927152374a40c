"""Frames that nobody can read make an account's health say so, until none has come for a while."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service as channels
from sokhach.core import clock
from sokhach.core.database import Database

REASON = "personal-frames"
LASTS = timedelta(hours=1)

_QUIET = text(
    """
    SELECT a.id FROM channel_account a WHERE a.health_reason = :reason AND NOT EXISTS (
        SELECT FROM frame_tally t WHERE t.account_id = a.id AND t.last_at > :since
    )
    """
)


async def raise_for(connection: AsyncConnection, account_ids: Iterable[int], now: datetime) -> None:
    """A worse diagnosis stays."""
    for account_id in sorted(set(account_ids)):
        await channels.arrivals_stopped(connection, account_id, REASON, now)


async def step(database: Database) -> int:
    """Loop: takes it back."""
    now = clock.now()
    async with database.transaction() as connection:
        quiet = (await connection.execute(_QUIET, {"reason": REASON, "since": now - LASTS})).scalars().all()
        for account_id in quiet:
            await channels.arrivals_come(connection, account_id, REASON, now)
    return len(quiet)
