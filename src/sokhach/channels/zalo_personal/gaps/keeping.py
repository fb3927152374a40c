"""Keeping personal accounts complete: composes what asks again, compares and shows. Loops of the worker."""

import asyncio

from sqlalchemy import text

from sokhach.channels.zalo_personal.calls import Calls
from sokhach.channels.zalo_personal.gaps import arrivals, writing
from sokhach.channels.zalo_personal.gaps.counters import Counters
from sokhach.channels.zalo_personal.gaps.filling import NOTICED, Filler
from sokhach.channels.zalo_personal.gaps.reconciling import Journal, LaneOf, Reconciler
from sokhach.channels.zalo_personal.private.gate import Gate
from sokhach.core import clock
from sokhach.core.database import Database

AT_ONCE = 4

_LOCK = text("SELECT pg_try_advisory_xact_lock(7041, 2)")
_AWAY = text(
    """
    SELECT p.account_id, last.ended_at AS since FROM personal_account p
    JOIN LATERAL (
        SELECT s.ended_at FROM personal_span s WHERE s.account_id = p.account_id
        ORDER BY s.connected_at DESC, s.id DESC LIMIT 1
    ) last ON true
    WHERE last.ended_at IS NOT NULL AND last.ended_at <= :noticed ORDER BY p.account_id
    """
)


class Completeness:
    """Any number of workers may run one each. `journal` appends rows in a transaction of the owner's."""

    def __init__(
        self, database: Database, calls: Calls, gate: Gate, counters: Counters, lane_of: LaneOf, journal: Journal
    ) -> None:
        self._database = database
        self._filler = Filler(database, calls)
        self._reconciler = Reconciler(database, calls, gate, counters, lane_of, journal)

    async def step(self) -> int:
        """Loop: what is due of accounts that are connected here. A comparison can wait, what is to be filled cannot."""
        fills = (self._filler.step() for _ in range(AT_ONCE))
        return sum(await asyncio.gather(*fills, self._reconciler.step()))

    async def away(self) -> int:
        """Loop: while an account is not connected its gap grows, so that nobody takes it for silence."""
        now = clock.now()
        async with self._database.transaction() as connection:
            if not (await connection.execute(_LOCK)).scalar_one():
                return 0
            rows = (await connection.execute(_AWAY, {"noticed": now - NOTICED})).all()
            for row in rows:
                await writing.add(
                    connection,
                    row.account_id,
                    None,
                    from_at=row.since,
                    until_at=now,
                    reason="not-connected",
                    now=now,
                )
        return 0

    async def watch(self) -> int:
        """Loop: whether accounts that are connected are unusually silent."""
        return await arrivals.watch(self._database)
