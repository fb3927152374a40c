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
_UNHEARD = text(
    """
    SELECT least(max(t.last_inbound_at), a.health_since) AS since
    FROM channel_account a JOIN channel_tally t ON t.account_id = a.id
    WHERE a.id = :id AND a.health <> 'ok' AND t.last_inbound_at IS NOT NULL GROUP BY a.id
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


async def ask_after_reconnecting(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """What an account that was not healthy, and is about to be, missed since it was last heard."""
    row = (await connection.execute(_UNHEARD, {"id": account_id})).one_or_none()
    if row is not None:
        await ask(connection, account_id, "reconnected", row.since, now)
