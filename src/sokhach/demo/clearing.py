"""Loop: takes away all of a demo that somebody had cleared, a bite at a time. Whoever dies in between leaves the rest
to the next; two do not meet. What real customers are part of stays."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.media.service import thumbnail_key
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce
from sokhach.core.storage import Storage
from sokhach.demo import removal, state
from sokhach.demo.company import OAS, PERSONAL
from sokhach.demo.sandbox import Sandbox
from sokhach.demo.state import Known

log = structlog.get_logger()

FILES = 200
EVERYTHING = "everything.changed"
"""Browsers read all anew: what they show may be gone."""
SETTLING = timedelta(seconds=12)
"""From the request to the end at least: by then nothing that was under way (a webhook, a file) still comes."""


class Clearing:
    """One per worker, or of the command line. `sandbox` is None where no simulated Zalo runs."""

    def __init__(
        self, database: Database, storage: Storage, sandbox: Sandbox | None, *, settling: timedelta = SETTLING
    ) -> None:
        self._database = database
        self._storage = storage
        self._sandbox = sandbox
        self._settling = settling
        self._silenced: datetime | None = None

    async def step(self) -> int:
        """One bite; returns how many rows it took, 0 when there is nothing to do now. `database` is the owner's."""
        async with self._database.transaction() as connection:
            known = await state.find(connection)
        if known is None or known.state != "clearing":
            return 0
        await self._silence(known)
        await self._let_go()
        if files := await self._take_files():
            return files
        try:
            return await self._take_rows()
        except IntegrityError as error:
            # Something came in between two of our bites; the next one takes it.
            log.info("demo_clearing_goes_on", reason=str(error.orig).partition("\n")[0])
            return 0

    async def _silence(self, known: Known) -> None:
        """The simulated customers stop, and their Zalo tells us nothing more."""
        if self._sandbox is not None and self._silenced != known.requested_at:
            await self._sandbox.silence([*(oa.oa_id for oa in OAS), *(one.uid for one in PERSONAL)])
        self._silenced = known.requested_at

    async def _let_go(self) -> None:
        """Nobody holds the personal accounts any more, and goes on writing of them."""
        async with self._database.transaction() as connection:
            known = await state.claim_clearing(connection)
            if known is not None:
                values = {"accounts": list(known.account_ids), "now": clock.now()}
                if (await connection.execute(_LET_GO, values)).rowcount:
                    wake(connection)

    async def _take_files(self) -> int:
        """First nobody fetches them any more, then their bytes go, then they do."""
        async with self._database.transaction() as connection:
            known = await state.claim_clearing(connection)
            if known is None:
                return 0
            values = {
                "accounts": list(known.account_ids),
                "size": FILES,
                "now": clock.now(),
                "settled": self._settled(known),
            }
            rows = (await connection.execute(_ABANDON, values)).all()
        keys = [row.storage_key for row in rows if row.storage_key]
        await self._storage.delete([*keys, *map(thumbnail_key, keys)])
        async with self._database.transaction() as connection:
            await connection.execute(text("DELETE FROM media WHERE id = ANY (:ids)"), {"ids": [row.id for row in rows]})
        return len(rows)

    async def _take_rows(self) -> int:
        async with self._database.transaction() as connection:
            if await state.claim_clearing(connection) is None:
                return 0
            oa_ids, uids = [oa.oa_id for oa in OAS], [one.uid for one in PERSONAL]
            known = await state.own_up(connection, oa_ids, uids)
            if taken := await removal.take_some(connection, known):
                return taken
            if self._settled(known) and not await self._held(connection, known):
                await removal.take_accounts(connection, known)
                await removal.take_people(connection, known)
                await state.end(connection, clock.now())
                await announce(connection, [Notice(kind=ACCESS_CHANGED), Notice(kind=EVERYTHING)])
                log.info("demo_cleared", accounts=len(known.account_ids), staff=len(known.staff_ids))
        return 0

    async def _held(self, connection: AsyncConnection, known: Known) -> bool:
        values = {"accounts": list(known.account_ids), "now": clock.now()}
        return (await connection.execute(_HELD, values)).scalar_one()

    def _settled(self, known: Known) -> bool:
        return known.requested_at is None or clock.now() >= known.requested_at + self._settling


# Whoever holds them writes of several at once: nobody waits for the other.
_LET_GO = text(
    """
    WITH ours AS (
        SELECT account_id FROM personal_account WHERE account_id = ANY (:accounts) AND wanted
        ORDER BY account_id FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE personal_account p SET wanted = false, stopped_at = :now, state = 'stopped', state_reason = NULL,
        state_since = :now, next_attempt_at = NULL
    FROM ours WHERE p.account_id = ours.account_id
    """
)
_HELD = text("SELECT EXISTS (SELECT FROM personal_account WHERE account_id = ANY (:accounts) AND held_until > :now)")
# One that is being fetched is left until that is over, or its bytes would come after it is gone.
_ABANDON = text(
    """
    WITH chosen AS (
        SELECT m.id FROM media m JOIN conversation c ON c.id = m.conversation_id
        WHERE c.account_id = ANY (:accounts)
            AND (m.due_at IS NULL OR m.attempts = 0 OR m.due_at <= :now OR :settled)
        LIMIT :size FOR UPDATE OF m
    )
    UPDATE media m SET state = 'refused', reason = 'abandoned', due_at = NULL FROM chosen WHERE m.id = chosen.id
    RETURNING m.id, m.storage_key
    """
)
