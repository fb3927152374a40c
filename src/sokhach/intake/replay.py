"""Applies the journal again, from its first row: rebuilds whatever came from channels. Over what is there already it
changes nothing; over an empty store it makes the same rows, equal by natural keys (`sokhach journal dump`)."""

from collections.abc import Callable

from sqlalchemy import text

from sokhach.core.database import Database, wake

PAGE = 10_000

_AGAIN = text(
    """
    WITH page AS (
        SELECT id, lane, account_id FROM journal
        WHERE id > :after AND account_id = coalesce(CAST(:account AS bigint), account_id)
        ORDER BY id LIMIT :page
    ), queued AS (
        INSERT INTO journal_pending (lane, journal_id, account_id, again) SELECT lane, id, account_id, true FROM page
        ON CONFLICT DO NOTHING
    )
    SELECT count(*) AS queued, max(id) AS last FROM page
    """
)


_PENDING = text(
    "SELECT count(*) FROM journal_pending WHERE account_id = coalesce(CAST(:account AS bigint), account_id)"
)


async def pending(database: Database, *, account_id: int | None = None) -> int:
    """How many rows (of an account) the worker has yet to apply."""
    async with database.transaction() as connection:
        return (await connection.execute(_PENDING, {"account": account_id})).scalar_one()


async def replay(database: Database, *, account_id: int | None = None, progress: Callable[[int], None]) -> int:
    """Puts every row (of an account) before the pipeline again; the worker does the rest. Returns how many."""
    after = total = 0
    while True:
        async with database.transaction() as connection:
            row = (await connection.execute(_AGAIN, {"after": after, "account": account_id, "page": PAGE})).one()
            wake(connection)
        if row.last is None:
            return total
        after = row.last
        total += row.queued
        progress(total)
