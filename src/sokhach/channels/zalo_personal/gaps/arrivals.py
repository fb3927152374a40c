"""«Sends work, nothing arrives»: an account is connected and answers, and gets nothing of what others write. Either the
platform names messages of theirs that never came, or it is silent for much longer than usual at this hour."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service
from sokhach.channels.upkeep import liveness
from sokhach.channels.zalo_personal.gaps.named import Named
from sokhach.core import clock
from sokhach.core.database import Database

NOTHING_ARRIVES = "personal-nothing-arrives"
QUIET = "personal-quiet"
LATE = timedelta(seconds=60)
"""Nothing that is on its way takes longer."""
HOUR = timedelta(hours=1)

_HEARD = text("SELECT max(last_inbound_at) FROM conversation WHERE account_id = :account")
_SINCE = text("SELECT health_reason, health_since FROM channel_account WHERE id = :account")
_COUNT_HOUR = text(
    """
    INSERT INTO personal_hour (account_id, hour, events)
    SELECT p.account_id, h.hour, (
        SELECT count(*) FROM conversation c JOIN message m ON m.conversation_id = c.id
        WHERE c.account_id = p.account_id AND c.last_message_at >= h.hour AND m.direction = 'in' AND m.kind <> 'event'
            AND m.sent_at >= h.hour AND m.sent_at < h.hour + interval '1 hour' AND m.import_id IS NULL
    ) + (
        SELECT count(*) FROM private_stub s
        WHERE s.account_id = p.account_id AND s.direction = 'in'
            AND s.at >= h.hour AND s.at < h.hour + interval '1 hour'
    )
    FROM personal_completeness p CROSS JOIN LATERAL generate_series(
        greatest(date_trunc('hour', p.since), CAST(:first AS timestamptz)), CAST(:last AS timestamptz), '1 hour'
    ) AS h (hour)
    WHERE NOT EXISTS (SELECT FROM personal_hour k WHERE k.account_id = p.account_id AND k.hour = h.hour)
    LIMIT :most ON CONFLICT DO NOTHING
    """
)
_FORGET = text("DELETE FROM personal_hour WHERE hour < :before")
_HOURS = text("SELECT account_id, hour, events FROM personal_hour WHERE hour >= :since")
_ONLINE = text(
    """
    SELECT p.account_id, a.health, a.health_reason, greatest(p.connected_at, (
            SELECT max(c.last_inbound_at) FROM conversation c WHERE c.account_id = p.account_id
        ), (SELECT max(s.at) FROM private_stub s WHERE s.account_id = p.account_id AND s.direction = 'in')) AS heard_at
    FROM personal_account p JOIN channel_account a ON a.id = p.account_id WHERE p.state = 'online'
    """
)
_LOCK = text("SELECT pg_try_advisory_xact_lock(7041, 1)")


async def judge(connection: AsyncConnection, account_id: int, missing: Sequence[Named], now: datetime) -> None:
    """`missing`: what the platform named just now and is not here."""
    heard_at = (await connection.execute(_HEARD, {"account": account_id})).scalar_one()
    late = [one for one in missing if one.inbound and one.sent_at <= now - LATE]
    if any(heard_at is None or one.sent_at > heard_at for one in late):
        await service.arrivals_stopped(connection, account_id, NOTHING_ARRIVES, now)
        return
    row = (await connection.execute(_SINCE, {"account": account_id})).one()
    if row.health_reason == NOTHING_ARRIVES and heard_at is not None and heard_at > row.health_since:
        await service.arrivals_come(connection, account_id, NOTHING_ARRIVES, now)


async def watch(database: Database, *, most: int = 5000) -> int:
    """Loop: counts what came in by the hour, and says of accounts that are connected whether they are silent for longer
    than they usually are. One worker does it at a time."""
    now = clock.now()
    async with database.transaction() as connection:
        if not (await connection.execute(_LOCK)).scalar_one():
            return 0
        last = now.replace(minute=0, second=0, microsecond=0) - HOUR
        first = last - liveness.WINDOW
        await connection.execute(_COUNT_HOUR, {"first": first, "last": last, "most": most})
        await connection.execute(_FORGET, {"before": first - timedelta(days=7)})
        hours: dict[int, dict[datetime, int]] = defaultdict(dict)
        for row in await connection.execute(_HOURS, {"since": first}):
            hours[row.account_id][row.hour] = row.events
        for row in (await connection.execute(_ONLINE)).all():
            verdict = liveness.judge(hours.get(row.account_id, {}), row.heard_at, now)
            if verdict.state == "quiet":
                await service.arrivals_stopped(connection, row.account_id, QUIET, now)
            elif row.health_reason == QUIET:
                await service.arrivals_come(connection, row.account_id, QUIET, now)
    return 0
