"""Loop: accounts' templates are read daily, when somebody asks, and when the platform tells of a change. The only
writer of `channel_template`, and with `templates.ask` of `channel_template_sync`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Account, Connector, SendRefusedError
from sokhach.channels.outgoing import Template
from sokhach.channels.templates import SYNC_EVERY
from sokhach.core import clock
from sokhach.core.database import Database

log = structlog.get_logger()

TAKEN_FOR = timedelta(minutes=10)
"""An account with many templates takes as many calls."""
AGAIN_AFTER = timedelta(minutes=15)
"""A reading that failed, doubling to a day."""

_NEW = text(
    """
    INSERT INTO channel_template_sync (account_id, due_at, attempts)
    SELECT a.id, :now, 0 FROM channel_account a WHERE a.channel = ANY (:channels) AND a.tokens IS NOT NULL
        AND NOT EXISTS (SELECT FROM channel_template_sync s WHERE s.account_id = a.id)
    ON CONFLICT DO NOTHING
    """
)
# One that is being read, or failed, has its time already: it is not to be brought forward at each step.
_CHANGED = text(
    """
    UPDATE channel_template_sync s SET due_at = :now
    WHERE s.due_at > :now AND s.attempts = 0 AND s.synced_at IS NOT NULL AND EXISTS (
        SELECT FROM channel_event e WHERE e.account_id = s.account_id AND e.at > s.synced_at
            AND e.name IN ('change_template_status', 'change_template_quality', 'change_oa_template_tags')
    )
    """
)
_TAKE = text(
    """
    UPDATE channel_template_sync s SET due_at = :until, attempts = s.attempts + 1
    FROM channel_account a WHERE a.id = s.account_id AND s.account_id = (
        SELECT account_id FROM channel_template_sync WHERE due_at <= :now ORDER BY due_at LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    RETURNING a.id, a.channel, a.external_id, a.name, s.attempts
    """
)
_PUT = text(
    """
    INSERT INTO channel_template (account_id, template_id, name, status, quality, tag, via, params, price_uid,
        price_phone, preview_url, created_at, synced_at)
    SELECT :account, template_id, name, status, quality, tag, via, params, price_uid, price_phone, preview_url,
        created_at, :now
    FROM json_to_recordset(CAST(:rows AS json)) AS r (template_id text, name text, status text, quality text, tag text,
        via jsonb, params jsonb, price_uid bigint, price_phone bigint, preview_url text, created_at timestamptz)
    ON CONFLICT (account_id, template_id) DO UPDATE SET name = excluded.name, status = excluded.status,
        quality = excluded.quality, tag = excluded.tag, via = excluded.via, params = excluded.params,
        price_uid = excluded.price_uid, price_phone = excluded.price_phone, preview_url = excluded.preview_url,
        created_at = excluded.created_at, synced_at = excluded.synced_at
    """
)


async def step(database: Database, connectors: Mapping[str, Connector]) -> int:
    """Reads the templates of one account that is due; returns how many it read. `database` is the owner's."""
    now = clock.now()
    async with database.transaction() as connection:
        await connection.execute(_NEW, {"now": now, "channels": list(connectors)})
        await connection.execute(_CHANGED, {"now": now})
        row = (await connection.execute(_TAKE, {"now": now, "until": now + TAKEN_FOR})).one_or_none()
    if row is None:
        return 0
    account = Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name)
    connector = connectors.get(account.channel)
    if connector is None:
        return 0
    try:
        found = await connector.fetch_templates(account)
    except SendRefusedError as error:
        log.warning("templates_not_read", account=account.id, reason=error.reason, detail=error.detail)
        again = min(AGAIN_AFTER * 2 ** min(row.attempts - 1, 10), SYNC_EVERY)
        async with database.transaction() as connection:
            await _finish(connection, account.id, clock.now() + again, error.reason, None)
        return 1
    async with database.transaction() as connection:
        done = clock.now()
        await _put(connection, account.id, found, done)
        # What was changed while we read is later than `now`, and makes it due again.
        await _finish(connection, account.id, done + SYNC_EVERY, None, now)
    return 1


async def _put(connection: AsyncConnection, account_id: int, found: Sequence[Template], now: datetime) -> None:
    rows = msgspec.json.encode(found).decode()
    await connection.execute(_PUT, {"rows": rows, "account": account_id, "now": now})
    await connection.execute(
        text("DELETE FROM channel_template WHERE account_id = :account AND synced_at < :now"),
        {"account": account_id, "now": now},
    )


async def _finish(
    connection: AsyncConnection, account_id: int, due_at: datetime, reason: str | None, synced_at: datetime | None
) -> None:
    await connection.execute(
        text(
            "UPDATE channel_template_sync SET due_at = :due, reason = :reason,"
            " attempts = CASE WHEN CAST(:reason AS text) IS NULL THEN 0 ELSE attempts END,"
            " synced_at = coalesce(CAST(:synced AS timestamptz), synced_at) WHERE account_id = :account"
        ),
        {"account": account_id, "due": due_at, "reason": reason, "synced": synced_at},
    )
