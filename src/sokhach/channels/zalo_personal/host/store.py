"""Rows of sessions: leases, states, spans. Times are the company's clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service as channels
from sokhach.channels.zalo_personal import notices
from sokhach.channels.zalo_personal.host.rules import HEALTH_OF, HEALTH_REASONS
from sokhach.channels.zalo_personal.host.session import Session, Taken
from sokhach.core.database import bigints, wake

LEASE = timedelta(seconds=20)
RENEWED_EVERY_SECONDS = 5.0

_TAKE = text(
    """
    WITH due AS (
        SELECT account_id, held_until AS lost_at FROM personal_account
        WHERE wanted AND next_attempt_at <= :now AND credentials IS NOT NULL
            AND (held_until IS NULL OR held_until < :now) AND NOT account_id = ANY (CAST(:busy AS bigint[]))
        ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED
    ), lost AS (
        UPDATE personal_span s SET reason = 'host-lost',
            ended_at = greatest(s.connected_at, s.last_item_at, due.lost_at - make_interval(secs => :lease))
        FROM due WHERE s.account_id = due.account_id AND s.ended_at IS NULL
    )
    UPDATE personal_account p SET held_by = :me, held_until = :until,
        state = CASE WHEN p.attempts = 0 THEN 'connecting' ELSE p.state END,
        state_reason = CASE WHEN p.attempts = 0 THEN NULL ELSE p.state_reason END,
        state_since = CASE WHEN p.attempts = 0 AND p.state <> 'connecting' THEN :now ELSE p.state_since END
    FROM due, channel_account a WHERE p.account_id = due.account_id AND a.id = due.account_id
    RETURNING p.account_id, a.external_id AS own, p.credentials, p.proxy, p.revision, p.attempts, p.state,
        p.state_reason, p.shard
    """
)
_RENEW = text(
    """
    UPDATE personal_account p SET held_until = :until,
        last_frame_at = greatest(p.last_frame_at, CAST(to_timestamp(r.frame_at) AS timestamptz))
    FROM unnest(CAST(:ids AS bigint[]), CAST(:frames AS double precision[])) AS r (id, frame_at)
    WHERE p.account_id = r.id AND p.held_by = :me
    RETURNING p.account_id
    """
)
_LAST_ITEMS = text(
    """
    UPDATE personal_span s SET last_item_at = to_timestamp(r.item_at)
    FROM unnest(CAST(:conns AS text[]), CAST(:items AS double precision[])) AS r (conn, item_at)
    WHERE s.conn = r.conn AND s.ended_at IS NULL
    """
)
_ORDERS = text("SELECT account_id, wanted, revision FROM personal_account WHERE held_by = :me")
_SAVE = text(
    """
    UPDATE personal_account p SET
        state = next.state, state_reason = CASE WHEN next.state = :state THEN CAST(:reason AS text) END,
        state_since = CASE WHEN p.state <> next.state THEN :since ELSE p.state_since END,
        connected_at = coalesce(CAST(:connected_at AS timestamptz), p.connected_at),
        last_frame_at = greatest(p.last_frame_at, CAST(:last_frame_at AS timestamptz)),
        phone = coalesce(CAST(:phone AS text), p.phone),
        credentials = CASE WHEN next.fresh THEN CAST(:credentials AS bytea) ELSE p.credentials END,
        credentials_at = CASE WHEN next.fresh THEN :now ELSE p.credentials_at END,
        attempts = :attempts, shard = :shard,
        next_attempt_at = CASE WHEN NOT :ended THEN p.next_attempt_at WHEN NOT p.wanted THEN NULL
            WHEN p.revision <> :revision THEN :now ELSE CAST(:next_attempt_at AS timestamptz) END,
        held_by = CASE WHEN :ended THEN NULL ELSE p.held_by END,
        held_until = CASE WHEN :ended THEN NULL ELSE p.held_until END
    FROM channel_account a, LATERAL (
        SELECT n.account_id, CASE WHEN NOT n.wanted THEN 'stopped'
                WHEN :ended AND n.revision <> :revision THEN 'connecting' ELSE :state END AS state,
            CAST(:credentials AS bytea) IS NOT NULL AND n.revision = :revision AS fresh
        FROM personal_account n WHERE n.account_id = a.id
    ) AS next
    WHERE p.account_id = :id AND p.held_by = :me AND a.id = :id
    RETURNING p.state, a.holder_id
    """
)
_OPEN = text(
    "INSERT INTO personal_span (account_id, conn, connected_at) VALUES (:id, :conn, :at) ON CONFLICT (conn) DO NOTHING"
)
_CLOSE = text(
    "UPDATE personal_span SET ended_at = greatest(connected_at, CAST(:at AS timestamptz)), code = :code,"
    " reason = :reason, last_item_at = coalesce(CAST(:item_at AS timestamptz), last_item_at)"
    " WHERE conn = :conn AND ended_at IS NULL"
)
_RELEASE = text("UPDATE personal_account SET held_by = NULL, held_until = NULL WHERE held_by = :me")
_SWITCH = text("SELECT stopped_at IS NOT NULL FROM personal_switch")
# A lease that ended long ago says until when the worker lived at most: it must not seem to have lived until now.
_DEAD = text(
    """
    UPDATE personal_account SET held_until = least(held_until, CAST(:now AS timestamptz) - interval '1 second')
    WHERE held_by = ANY (:names) RETURNING held_by
    """
)
_HOLDERS = text("SELECT DISTINCT held_by FROM personal_account WHERE held_by IS NOT NULL")


class Order(NamedTuple):
    wanted: bool
    revision: int


async def take(connection: AsyncConnection, me: str, busy: Iterable[int], limit: int, now: datetime) -> Sequence[Taken]:
    """Those whose time has come and that nobody holds."""
    values = {
        "me": me,
        "busy": bigints(busy),
        "limit": limit,
        "now": now,
        "until": now + LEASE,
        "lease": LEASE.total_seconds(),
    }
    rows = await connection.execute(_TAKE, values)
    return [msgspec.convert(dict(row), Taken) for row in rows.mappings()]


async def renew(connection: AsyncConnection, me: str, sessions: Sequence[Session], now: datetime) -> set[int]:
    """Returns the accounts that are still held; the others somebody else may have by now."""
    values = {
        "me": me,
        "until": now + LEASE,
        "ids": bigints(session.account_id for session in sessions),
        "frames": [_seconds(session.last_frame_at) for session in sessions],
    }
    held = set((await connection.execute(_RENEW, values)).scalars())
    heard = [one for one in sessions if one.conn is not None and one.last_item_at is not None]
    if heard:
        items = [_seconds(one.last_item_at) for one in heard]
        await connection.execute(_LAST_ITEMS, {"conns": [one.conn for one in heard], "items": items})
    return held


async def orders(connection: AsyncConnection, me: str) -> Mapping[int, Order]:
    rows = await connection.execute(_ORDERS, {"me": me})
    return {row.account_id: Order(row.wanted, row.revision) for row in rows}


async def save(connection: AsyncConnection, me: str, session: Session, now: datetime) -> bool:
    """False: it is not ours any more; its spans are written all the same. What people decided meanwhile (stop it, log
    in anew: another revision) goes before what the session knows."""
    for conn, at in session.opened:
        await connection.execute(_OPEN, {"id": session.account_id, "conn": conn, "at": at})
    for one in session.closed:
        ended = {"conn": one.conn, "at": one.at, "code": one.code, "reason": one.reason}
        await connection.execute(_CLOSE, {**ended, "item_at": session.last_item_at})
    values = {
        "id": session.account_id,
        "me": me,
        "now": now,
        "state": session.state,
        "reason": session.reason,
        "since": session.since,
        "connected_at": session.connected_at,
        "last_frame_at": session.last_frame_at,
        "phone": session.phone,
        "credentials": session.credentials,
        "attempts": session.attempts,
        "shard": session.shard,
        "ended": session.ended,
        "next_attempt_at": session.next_attempt_at,
        "revision": session.taken.revision,
    }
    row = (await connection.execute(_SAVE, values)).one_or_none()
    if row is None:
        return False
    await tell_health(connection, session.account_id, row.state, now)
    await notices.account_changed(connection, session.account_id, row.holder_id)
    wake(connection)
    return True


async def tell_health(connection: AsyncConnection, account_id: int, state: str, now: datetime) -> None:
    health = HEALTH_OF[state]  # pyright: ignore[reportArgumentType]  (the column's own check)
    if health is None:
        return
    if health[0] == "ok":
        await channels.recovered(connection, account_id, HEALTH_REASONS, now)
    else:
        await channels.set_health(connection, account_id, *health, now)


async def release(connection: AsyncConnection, me: str) -> None:
    await connection.execute(_RELEASE, {"me": me})


async def sending_stopped(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(_SWITCH)).scalar_one())


async def holders(connection: AsyncConnection) -> Sequence[str]:
    return (await connection.execute(_HOLDERS)).scalars().all()


async def expire(connection: AsyncConnection, names: Sequence[str], now: datetime) -> None:
    """Workers that surely live no more: what they held is free."""
    await connection.execute(_DEAD, {"names": list(names), "now": now})


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at else None
