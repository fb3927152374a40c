"""Loop: tokens are renewed before they end, also of accounts that nobody writes with."""

from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy import text

from sokhach.channels import service
from sokhach.channels.connector import Account, Connector, SendRefusedError
from sokhach.channels.rules import health_of
from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.telemetry import LATENESS

log = structlog.get_logger()

LOOP = "renewal"
AT_ONCE = 8
TAKEN_FOR = timedelta(minutes=3)
"""Longer than a renewal takes; a worker that dies meanwhile leaves the account to the next."""
AGAIN_SECONDS = 60.0

_CLAIM = text(
    """
    WITH due AS (
        SELECT id, refresh_due_at FROM channel_account WHERE refresh_due_at <= :now
        ORDER BY refresh_due_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE channel_account a SET refresh_due_at = :taken_until FROM due WHERE a.id = due.id
    RETURNING a.id, a.channel, a.external_id, a.name, due.refresh_due_at AS was_due_at
    """
)

_SET_DUE = text("UPDATE channel_account SET refresh_due_at = :due WHERE id = :id")
_NOT_BEFORE = text(
    "UPDATE channel_account SET refresh_due_at = greatest(refresh_due_at, :again) WHERE id = :id"
    " AND refresh_due_at IS NOT NULL"
)


async def step(database: Database, connectors: Mapping[str, Connector]) -> int:
    """Renews what is due, one account after another; returns how many accounts it took. Any number of workers may run
    it; `database` is the owner's."""
    now = clock.now()
    async with database.side_transaction() as connection:
        rows = (await connection.execute(_CLAIM, {"now": now, "limit": AT_ONCE, "taken_until": now + TAKEN_FOR})).all()
    for row in rows:
        LATENESS.labels(LOOP).observe((now - row.was_due_at).total_seconds())
        account = Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name)
        await _renew(database, connectors.get(account.channel), account)
    return len(rows)


async def _renew(database: Database, connector: Connector | None, account: Account) -> None:
    if connector is None:
        return
    try:
        due_at = await connector.refresh_tokens(account)
    except SendRefusedError as error:
        await _failed(database, account, error)
        return
    async with database.transaction() as connection:
        await connection.execute(_SET_DUE, {"id": account.id, "due": due_at})
        await service.tokens_work(connection, account.id, clock.now())


async def _failed(database: Database, account: Account, error: SendRefusedError) -> None:
    """While the present token still works, sends go on and the admin has some hours to act. A failure that passes says
    less than a worse diagnosis, which stays."""
    log.warning("renewal_failed", account=account.id, reason=error.reason, detail=error.detail)
    now = clock.now()
    again = now + timedelta(seconds=max(error.retry_after_seconds or 0, AGAIN_SECONDS))
    async with database.transaction() as connection:
        await connection.execute(_NOT_BEFORE, {"id": account.id, "again": again})
        if error.account_down:
            await service.set_health(connection, account.id, "down", health_of(error.reason), now)
        elif error.retry_after_seconds is not None:
            await service.unreachable(connection, account.id, now)
        else:
            await service.warn(connection, account.id, health_of(error.reason), now)
