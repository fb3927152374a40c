"""Counting what personal accounts do, and holding back what would be too much. The only writer of `personal_cap_use`
and `personal_pace`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels.limits import Limits
from sokhach.channels.pacing import Hold, Leaving
from sokhach.channels.zalo_personal import caps
from sokhach.channels.zalo_personal.caps import CALLS, CAPS, CapName, Errand, Standing
from sokhach.core.chance import chance
from sokhach.core.database import Asked, Rows

# Whoever has the account's row counts: two workers never let the same last message of an hour go.
_PACE = text("INSERT INTO personal_pace (account_id) VALUES (:account) ON CONFLICT DO NOTHING")
_HOLD_PACE = text("SELECT next_at, next_stranger_at FROM personal_pace WHERE account_id = :account FOR UPDATE")
_ACCOUNT = text(
    """
    SELECT NOT p.wanted OR EXISTS (SELECT FROM personal_switch s WHERE s.stopped_at IS NOT NULL) AS stopped,
        p.warm_from
    FROM personal_account p WHERE p.account_id = :account
    """
)
_USED = text("SELECT cap, used FROM personal_cap_use WHERE account_id = :account AND day = :day")
_ERRAND = """
    SELECT c.kind = 'direct' AND c.last_inbound_at IS NULL AND NOT EXISTS (
            SELECT FROM personal_friend f WHERE f.account_id = c.account_id AND f.external_id = c.thread_key
        ) AS stranger, c.last_inbound_at
    FROM conversation c WHERE c.id = :conversation
"""
_COUNT = text(
    """
    INSERT INTO personal_cap_use (account_id, day, cap, used)
    SELECT :account, :day, cap, 1 FROM unnest(CAST(:keys AS text[])) AS cap
    ON CONFLICT (account_id, day, cap) DO UPDATE SET used = personal_cap_use.used + 1
    """
)
_NEXT = text(
    """
    INSERT INTO personal_pace (account_id, next_at, next_stranger_at) VALUES (:account, :next, :stranger)
    ON CONFLICT (account_id) DO UPDATE SET next_at = greatest(personal_pace.next_at, excluded.next_at),
        next_stranger_at = greatest(personal_pace.next_stranger_at, excluded.next_stranger_at)
    """
)
# For whoever writes, under row-level security: what an account used, how it stands.
_STANDING = text(
    """
    SELECT s.stopped, s.state, s.warm_from, p.next_stranger_at,
        coalesce((SELECT json_object_agg(u.cap, u.used) FROM personal_cap_use u
            WHERE u.account_id = :account AND u.day = :day), '{}') AS used
    FROM personal_standing(:account) s LEFT JOIN personal_pace p ON p.account_id = :account
    """
)


class CapUse(NamedTuple):
    cap: CapName
    used: int
    limit: int


class Caps:
    """Implements `Gate`. `zone` is the company's."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    async def admit(self, connection: AsyncConnection, leaving: Leaving, now: datetime) -> Hold | None:
        """Counts the message, or says until when it waits. As the database's owner."""
        limits = await limit_service.load(connection)
        standing = await _standing(connection, leaving.account_id, now, self._zone)
        row = (await connection.execute(text(_ERRAND), {"conversation": leaving.conversation_id})).one()
        errand = Errand(
            stranger=row.stranger, awaited_at=row.last_inbound_at, words=leaving.words, counted=leaving.again
        )
        found = caps.decide(errand, standing, limits, now, self._zone, chance())
        if isinstance(found, Hold):
            return found
        await _count(connection, leaving.account_id, found.keys, now, self._zone)
        await _not_before(connection, leaving.account_id, found.next_at, found.next_stranger_at)
        return None

    async def admit_call(self, connection: AsyncConnection, account_id: int, op: str, now: datetime) -> Hold | None:
        """The same for a call that is no message, by the name of its operation. What nothing counts goes."""
        counted = CALLS.get(op, ())
        standing = await _standing(connection, account_id, now, self._zone)
        if standing.stopped:
            return Hold(until=now + timedelta(seconds=caps.STOPPED_SECONDS), reason="sending-stopped")
        limits = await limit_service.load(connection)
        found = caps.over(counted, standing, limits, now, self._zone)
        if found is not None:
            return found
        if op in caps.PACED:
            if standing.next_at is not None and standing.next_at > now:
                return Hold(until=standing.next_at, reason=None)
            await _not_before(connection, account_id, caps.next_at(limits, now, chance()), None)
        await _count(connection, account_id, [caps.key_of(cap, now, self._zone) for cap in counted], now, self._zone)
        return None


async def slow_down(connection: AsyncConnection, account_id: int, until: datetime, *, strangers: bool = False) -> None:
    """Zalo refused something as too much: nothing more leaves by the account before, or nothing to strangers."""
    await _not_before(connection, account_id, None if strangers else until, until if strangers else None)


def uses(
    used: Mapping[str, int], warm_from: datetime, limits: Limits, now: datetime, zone: ZoneInfo
) -> Sequence[CapUse]:
    return [
        CapUse(cap, used.get(caps.key_of(cap, now, zone), 0), caps.allowed(cap, warm_from, limits, now)) for cap in CAPS
    ]


def asked_errand(conversation_id: int) -> Asked:
    """To whom one would write there. See `errand_of`."""
    return Asked(text(_ERRAND), {"conversation": conversation_id})


def errand_of(rows: Rows) -> Errand:
    [row] = rows
    return Errand(stranger=row["stranger"], awaited_at=row["last_inbound_at"])


def asked_standing(account_id: int, now: datetime, zone: ZoneInfo) -> Asked:
    """How the account stands, for whoever writes by it. See `standing_of`."""
    return Asked(_STANDING, {"account": account_id, "day": caps.day_of(now, zone)})


def standing_of(rows: Rows) -> Standing | None:
    """From the answer to `asked_standing`; None: it is no personal account."""
    for row in rows:
        return Standing(
            stopped=row["stopped"],
            warm_from=row["warm_from"],
            used=row["used"],
            next_stranger_at=row["next_stranger_at"],
        )
    return None


async def _standing(connection: AsyncConnection, account_id: int, now: datetime, zone: ZoneInfo) -> Standing:
    values: dict[str, Any] = {"account": account_id, "day": caps.day_of(now, zone)}
    await connection.execute(_PACE, {"account": account_id})
    pace = (await connection.execute(_HOLD_PACE, {"account": account_id})).one()
    account = (await connection.execute(_ACCOUNT, {"account": account_id})).one_or_none()
    used: dict[str, int] = defaultdict(int)
    for row in await connection.execute(_USED, values):
        used[row.cap] = row.used
    return Standing(
        stopped=account is None or account.stopped,
        warm_from=account.warm_from if account is not None else now,
        used=used,
        next_at=pace.next_at,
        next_stranger_at=pace.next_stranger_at,
    )


async def _count(
    connection: AsyncConnection, account_id: int, keys: Sequence[str], now: datetime, zone: ZoneInfo
) -> None:
    if keys:
        values = {"account": account_id, "day": caps.day_of(now, zone), "keys": list(keys)}
        await connection.execute(_COUNT, values)


async def _not_before(
    connection: AsyncConnection, account_id: int, next_at: datetime | None, next_stranger_at: datetime | None
) -> None:
    await connection.execute(_NEXT, {"account": account_id, "next": next_at, "stranger": next_stranger_at})
