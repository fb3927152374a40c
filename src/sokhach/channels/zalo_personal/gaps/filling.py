"""After each new connection: what came meanwhile is asked for, back to where the last one ended, page by page. Where it
stands is in a row, so whoever runs the account next goes on there."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.gaps import rules, writing
from sokhach.channels.zalo_personal.gaps.rules import Reading
from sokhach.channels.zalo_personal.protocol import Old, OldReply
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""Longer than a call takes."""
PAGES_A_TURN = 20
FIRST_RETRY_SECONDS = 5.0
LONGEST_RETRY_SECONDS = 600.0
SETTLING = timedelta(seconds=5)
"""What was asked for is in the journal; the pipeline needs a moment."""
NOTICED = timedelta(seconds=60)
"""A shorter break shows only if something is missing."""

# For connections, too, that were over before anybody looked: what came before them is nobody's else. Several of us plan
# at once: in one order, or they wait for each other's rows in a ring.
_PLAN = text(
    f"""
    INSERT INTO personal_fill (span_id, account_id, from_at, until_at, direct_state, group_state, attempts, due_at)
    SELECT s.id, s.account_id, before.at, s.connected_at, 'open', 'open', 0, :now
    FROM unnest(CAST(:held AS bigint[])) AS h (account_id)
    LEFT JOIN LATERAL (
        SELECT p.id, p.connected_at FROM personal_fill f JOIN personal_span p ON p.id = f.span_id
        WHERE f.account_id = h.account_id ORDER BY f.span_id DESC LIMIT 1
    ) planned ON true
    JOIN personal_span s ON s.account_id = h.account_id
        AND s.connected_at >= coalesce(planned.connected_at, '-infinity') AND s.id > coalesce(planned.id, 0)
    LEFT JOIN LATERAL (
        SELECT greatest(p.connected_at, coalesce(p.ended_at, p.last_item_at, p.connected_at)
            - interval '{rules.MARGIN.total_seconds()} s') AS at
        FROM personal_span p
        WHERE p.account_id = s.account_id AND p.connected_at <= s.connected_at AND p.id < s.id
        ORDER BY p.connected_at DESC, p.id DESC LIMIT 1
    ) before ON true
    WHERE EXISTS (SELECT FROM personal_span o WHERE o.account_id = h.account_id AND o.ended_at IS NULL)
    ORDER BY s.id ON CONFLICT DO NOTHING
    """
)
# A reading that a connection cut short is gone on with by the next, which has to come as far.
_INHERIT = text(
    """
    WITH old AS (
        SELECT f.span_id, n.span_id AS next_id, f.from_at FROM personal_fill f
        JOIN LATERAL (
            SELECT x.span_id FROM personal_fill x WHERE x.account_id = f.account_id AND x.span_id > f.span_id
            ORDER BY x.span_id DESC LIMIT 1
        ) n ON true
        WHERE f.done_at IS NULL AND f.account_id = ANY (CAST(:held AS bigint[])) ORDER BY f.span_id FOR UPDATE OF f
    ), wider AS (
        UPDATE personal_fill n SET from_at = CASE WHEN o.whole THEN NULL ELSE least(n.from_at, o.from_at) END
        FROM (SELECT next_id, min(from_at) AS from_at, bool_or(from_at IS NULL) AS whole FROM old GROUP BY 1) o
        WHERE n.span_id = o.next_id AND n.done_at IS NULL
    )
    UPDATE personal_fill f SET done_at = :now FROM old WHERE f.span_id = old.span_id
    """
)
_CLAIM = text(
    """
    WITH due AS (
        SELECT f.span_id FROM personal_fill f
        WHERE f.done_at IS NULL AND f.due_at <= :now AND f.account_id = ANY (CAST(:held AS bigint[]))
        ORDER BY f.due_at, f.span_id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE personal_fill f SET due_at = :lease FROM due WHERE f.span_id = due.span_id RETURNING f.*
    """
)
_PAGE = {
    group: text(
        f"UPDATE personal_fill SET {name}_id = :last, {name}_at = least({name}_at, CAST(:oldest AS timestamptz)),"
        f" {name}_state = :state, due_at = :lease, attempts = 0 WHERE span_id = :span AND done_at IS NULL RETURNING 1"
    )
    for group, name in ((False, "direct"), (True, "group"))
}
_POSTPONE = text("UPDATE personal_fill SET due_at = :due, attempts = least(attempts + 1, 1000) WHERE span_id = :span")
_DONE = text("UPDATE personal_fill SET done_at = :now WHERE span_id = :span AND done_at IS NULL RETURNING 1")
_LOGIN = text(
    "SELECT max(changed_at) FROM personal_login WHERE account_id = :account AND state = 'done' AND changed_at <= :now"
)
_FIRST = text("SELECT min(connected_at) FROM personal_span WHERE account_id = :account")
_RECONCILE = text("UPDATE personal_completeness SET due_at = :due WHERE account_id = :account AND due_at > :due")


class _Fill(NamedTuple):
    span_id: int
    account_id: int
    from_at: datetime | None
    until_at: datetime
    direct_state: rules.State
    direct_id: str | None
    direct_at: datetime | None
    group_state: rules.State
    group_id: str | None
    group_at: datetime | None
    attempts: int
    due_at: datetime
    done_at: datetime | None


class Filler:
    """Any number of workers may run one each; `database` is the owner's."""

    def __init__(self, database: Database, calls: Calls) -> None:
        self._database = database
        self._calls = calls

    async def step(self) -> int:
        """Goes on with one reading of an account that is connected here; 0 when none is due."""
        held = list(self._calls.held())
        if not held:
            return 0
        now = clock.now()
        async with self._database.transaction() as connection:
            await connection.execute(_PLAN, {"held": held, "now": now})
            await connection.execute(_INHERIT, {"held": held, "now": now})
            values = {"held": held, "now": now, "lease": now + LEASE}
            row = (await connection.execute(_CLAIM, values)).one_or_none()
        if row is None:
            return 0
        fill = _Fill(**row._mapping)  # pyright: ignore[reportPrivateUsage] - the documented way to a row as a mapping
        try:
            await self._read(fill)
        except CallFailedError as error:
            await self._postpone(fill, error)
        return 1

    async def _read(self, fill: _Fill) -> None:
        readings = {
            False: Reading(fill.direct_state, fill.direct_at),
            True: Reading(fill.group_state, fill.group_at),
        }
        positions = {False: fill.direct_id, True: fill.group_id}
        for _ in range(PAGES_A_TURN):
            group = next((one for one, reading in readings.items() if reading.state == "open"), None)
            if group is None:
                await self._conclude(fill, list(readings.values()))
                return
            asked = Old(account=fill.account_id, group=group, last_id=positions[group])
            page = await self._calls.call(asked, OldReply)
            oldest_at = datetime.fromtimestamp(page.oldest_ts / 1000, UTC) if page.oldest_ts is not None else None
            advanced = page.oldest_id not in (None, positions[group])
            state = rules.page_ends(fill.from_at, oldest_at, page.count, advanced)
            known = [at for at in (oldest_at, readings[group].oldest_at) if at is not None]
            readings[group] = Reading(state, min(known, default=None))
            positions[group] = page.oldest_id or positions[group]
            if not await self._keep(fill, group, positions[group], readings[group]):
                return
        async with self._database.transaction() as connection:
            await connection.execute(_POSTPONE, {"span": fill.span_id, "due": clock.now()})
            wake(connection)

    async def _keep(self, fill: _Fill, group: bool, last: str | None, reading: Reading) -> bool:
        """False: somebody else has come further."""
        values = {
            "span": fill.span_id,
            "last": last,
            "oldest": reading.oldest_at,
            "state": reading.state,
            "lease": clock.now() + LEASE,
        }
        async with self._database.transaction() as connection:
            return (await connection.execute(_PAGE[group], values)).first() is not None

    async def _conclude(self, fill: _Fill, readings: Sequence[Reading]) -> None:
        now = clock.now()
        async with self._database.transaction() as connection:
            if (await connection.execute(_DONE, {"span": fill.span_id, "now": now})).first() is None:
                return
            from_at = fill.from_at or await self._beginning(connection, fill)
            await self._account_for(connection, fill, from_at, readings, now)
            await connection.execute(_RECONCILE, {"account": fill.account_id, "due": now + SETTLING})
            wake(connection)
        log.info("personal_gap_read", account=fill.account_id, ended=[reading.state for reading in readings])

    async def _beginning(self, connection: AsyncConnection, fill: _Fill) -> datetime:
        """What was read as a whole, because it began with the first connection."""
        values = {"account": fill.account_id}
        first: datetime | None = (await connection.execute(_FIRST, values)).scalar_one()
        return first or fill.until_at

    async def _account_for(
        self, connection: AsyncConnection, fill: _Fill, from_at: datetime, readings: Sequence[Reading], now: datetime
    ) -> None:
        account = fill.account_id
        logged_in_at = (await connection.execute(_LOGIN, {"account": account, "now": now})).scalar_one()
        lack = rules.united(rules.lacking(from_at, fill.until_at, logged_in_at, one, now) for one in readings)
        # The gap that stood for being away has done its part; what could not be had gets one of its own.
        await writing.close_between(connection, account, from_at, fill.until_at + NOTICED, now)
        if lack is not None:
            await writing.add(
                connection, account, None, from_at=lack[0], until_at=lack[1], reason="history-ended", now=now
            )

    async def _postpone(self, fill: _Fill, error: CallFailedError) -> None:
        log.info("personal_gap_postponed", account=fill.account_id, error=error.kind)
        wait = min(FIRST_RETRY_SECONDS * 2 ** min(fill.attempts, 10), LONGEST_RETRY_SECONDS)
        async with self._database.transaction() as connection:
            values = {"span": fill.span_id, "due": clock.now() + timedelta(seconds=wait)}
            await connection.execute(_POSTPONE, values)
