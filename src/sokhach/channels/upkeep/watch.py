"""Loop: is anything amiss that nobody tells us? An account that is silent against its habit, and one whose platform has
messages of which no webhook told: then its webhook is off, and only its history has what customers write.

While that is so the history is read again and again. It ends when a webhook comes in.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import queries, service
from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.upkeep import liveness, sweeps
from sokhach.channels.upkeep.platform import HistoryEntry, Platform
from sokhach.core import clock
from sokhach.core.database import Database

log = structlog.get_logger()

PROBE_EVERY = timedelta(minutes=5)
RECENT = timedelta(minutes=5)
"""Webhooks that came so lately prove that they come."""
ON_ITS_WAY = timedelta(minutes=2)
"""A newer message may still be on its way to us."""
AT_ONCE = 8

_ACCOUNTS = text(
    """
    SELECT a.id, max(t.last_inbound_at) AS heard_at, a.health_reason, a.health_since
    FROM channel_account a LEFT JOIN channel_tally t ON t.account_id = a.id GROUP BY a.id
    """
)
_JUDGED = text(
    """
    INSERT INTO channel_watch (account_id, liveness, liveness_since, probe_due_at)
    VALUES (:id, :state, :now, :now)
    ON CONFLICT (account_id) DO UPDATE SET liveness = excluded.liveness, liveness_since = excluded.liveness_since,
        probe_due_at = least(channel_watch.probe_due_at, excluded.probe_due_at)
    WHERE channel_watch.liveness <> excluded.liveness RETURNING account_id
    """
)
_CLAIM = text(
    """
    WITH due AS (
        SELECT w.account_id FROM channel_watch w JOIN channel_account a ON a.id = w.account_id
        WHERE w.probe_due_at <= :now AND a.tokens IS NOT NULL AND a.health <> 'down'
        ORDER BY w.probe_due_at LIMIT :limit FOR UPDATE OF w SKIP LOCKED
    )
    UPDATE channel_watch w SET probe_due_at = :next FROM due, channel_account a
    WHERE w.account_id = due.account_id AND a.id = due.account_id
    RETURNING a.id, a.channel, a.external_id, a.name, a.created_at
    """
)
_HEARD_AT = text("SELECT max(last_inbound_at) FROM channel_tally WHERE account_id = :id")
_MISSING = text(
    """
    SELECT min(e.sent_at) AS oldest, bool_or(e.inbound) AS inbound
    FROM unnest(CAST(:ids AS text[]), CAST(:keys AS text[]), CAST(:times AS timestamptz[]), CAST(:inbound AS bool[]))
        AS e (external_id, thread_key, sent_at, inbound)
    WHERE NOT EXISTS (
            SELECT FROM channel_sweep s WHERE s.account_id = :account AND s.state = 'done'
                AND s.since <= e.sent_at AND s.started_at >= e.sent_at
        )
        AND NOT EXISTS (SELECT FROM message_alias x WHERE x.account_id = :account AND x.external_id = e.external_id)
        AND NOT EXISTS (
            SELECT FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.external_id = e.external_id
            WHERE c.account_id = :account AND c.thread_key = e.thread_key
        )
    """
)
# Consents that nobody came back from hold secrets.
_FORGET = text("DELETE FROM channel_authorization WHERE expires_at <= :now")
_BUSY = text(
    "SELECT EXISTS (SELECT FROM channel_sweep WHERE account_id = :id AND state IN ('queued', 'running'))"
    " OR EXISTS (SELECT FROM journal_pending WHERE account_id = :id AND NOT again)"
)


async def judge(database: Database) -> int:
    """Loop: writes down what each account's silence is worth, and tells browsers when that changes."""
    now = clock.now()
    async with database.transaction() as connection:
        await connection.execute(_FORGET, {"now": now})
        hours = await queries.hours_of(connection, now)
        for row in (await connection.execute(_ACCOUNTS)).all():
            verdict = liveness.judge(hours.get(row.id, {}), row.heard_at, now)
            changed = await connection.execute(_JUDGED, {"id": row.id, "state": verdict.state, "now": now})
            if changed.first() is not None:
                log.info("liveness_changed", account=row.id, state=verdict.state, expected=round(verdict.expected))
                await service.tell(connection, row.id)
            silent = row.health_reason == service.WEBHOOK_SILENT
            if silent and row.heard_at and row.heard_at > row.health_since:
                await service.webhooks_come(connection, row.id, now)
    return 0


async def probe(database: Database, platforms: Mapping[str, Platform]) -> int:
    """Loop: looks for messages that no webhook told of. One call for an account that was silent for a while."""
    now = clock.now()
    values = {"now": now, "next": now + PROBE_EVERY, "limit": AT_ONCE}
    async with database.side_transaction() as connection:
        rows = (await connection.execute(_CLAIM, values)).all()
    for row in rows:
        account = Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name)
        platform = platforms.get(account.channel)
        if platform is not None:
            await _probe(database, platform, account, row.created_at)
    return len(rows)


async def _probe(database: Database, platform: Platform, account: Account, connected_at: datetime) -> None:
    now = clock.now()
    async with database.transaction() as connection:
        heard_at = (await connection.execute(_HEARD_AT, {"id": account.id})).scalar_one()
        busy = (await connection.execute(_BUSY, {"id": account.id})).scalar_one()
    if busy or (heard_at is not None and timedelta() <= now - heard_at < RECENT):
        return
    try:
        page = await platform.recent_threads(account, 0)
    except SendRefusedError as error:
        log.info("probe_refused", account=account.id, reason=error.reason)
        return
    # What was said before we were connected was never ours to be told.
    entries = [entry for entry in page.entries if connected_at < entry.sent_at < now - ON_ITS_WAY]
    async with database.transaction() as connection:
        missing = await _missing(connection, account, entries)
        if missing.oldest is None:
            return
        log.warning("messages_missed", account=account.id, since=missing.oldest.isoformat())
        since = max(connected_at, min(missing.oldest, heard_at or missing.oldest) - ON_ITS_WAY)
        await sweeps.ask(connection, account.id, "missed", since, now)
        # Of what the platform sends by itself, such as broadcasts, it need not tell.
        if missing.inbound:
            await service.webhooks_missing(connection, account.id, now)


class _Missing(NamedTuple):
    oldest: datetime | None
    inbound: bool | None


async def _missing(connection: AsyncConnection, account: Account, entries: Sequence[HistoryEntry]) -> _Missing:
    """What a sweep has read already and could not be applied is in the quarantine, not missing."""
    values = {
        "account": account.id,
        "ids": [entry.external_id for entry in entries],
        "keys": [entry.thread_key for entry in entries],
        "times": [entry.sent_at for entry in entries],
        "inbound": [entry.inbound for entry in entries],
    }
    return _Missing(*(await connection.execute(_MISSING, values)).one())
