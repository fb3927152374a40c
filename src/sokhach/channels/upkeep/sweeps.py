"""Asking for sweeps. One waits and one runs at most for each account: what is asked for meanwhile widens what waits."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.database import wake

Cause = Literal["outage", "reconnected", "missed", "asked"]
FURTHEST = timedelta(days=90)
"""No platform is known to keep more; a mistyped year must not walk everything that ever was."""

_ASK = text(
    """
    INSERT INTO channel_sweep (account_id, cause, staff_id, since, until, state, found, added, list_offset,
        list_added, listed, attempts, due_at, created_at)
    VALUES (:account, :cause, :staff, :since, :until, 'queued', 0, 0, 0, 0, false, 0, :now, :now)
    ON CONFLICT (account_id) WHERE state = 'queued'
    DO UPDATE SET since = least(channel_sweep.since, excluded.since),
        until = greatest(channel_sweep.until, excluded.until)
    """
)


async def ask(
    connection: AsyncConnection,
    account_id: int,
    cause: Cause,
    since: datetime | None,
    now: datetime,
    *,
    until: datetime | None = None,
    staff_id: int | None = None,
) -> None:
    """The history from `since` on is to be read; nothing happens without a `since`."""
    if since is None:
        return
    values = {
        "account": account_id,
        "cause": cause,
        "staff": staff_id,
        "since": max(since, now - FURTHEST),
        "until": until or now,
        "now": now,
    }
    await connection.execute(_ASK, values)
    wake(connection)
