"""Gives positions to committed events. Ids commit out of order; positions do not."""

import psycopg
from psycopg.rows import TupleRow

from sokhach.core.realtime.announce import CHANNEL

LOCK = 7002
BATCH = 5000

_TAKE_LEAD = f"SELECT pg_try_advisory_lock({LOCK})".encode()
_STEP = f"""
WITH todo AS (
    SELECT id, row_number() OVER (ORDER BY id) AS nth FROM (
        SELECT id FROM realtime_event WHERE position IS NULL ORDER BY id LIMIT {BATCH}
    ) AS next
), given AS (
    UPDATE realtime_position SET position = position + (SELECT count(*) FROM todo)
    WHERE EXISTS (SELECT FROM todo) RETURNING position
), numbered AS (
    UPDATE realtime_event e SET position = given.position - (SELECT count(*) FROM todo) + todo.nth
    FROM todo, given WHERE e.id = todo.id RETURNING e.position
)
SELECT count(*), pg_notify('{CHANNEL}', '') FROM numbered HAVING count(*) > 0
""".encode()


class Sequencer:
    """One at a time over all workers: whoever holds the session's advisory lock. Others stand by."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None
        self._leads = False

    async def step(self) -> int:
        """Gives positions to all that is committed; returns how many. 0 as well while another worker leads."""
        connection = await self._connected()
        if not self._leads:
            row = await (await connection.execute(_TAKE_LEAD)).fetchone()
            self._leads = bool(row and row[0])
            if not self._leads:
                return 0
        total = 0
        while True:
            row = await (await connection.execute(_STEP)).fetchone()
            given = int(row[0]) if row else 0
            total += given
            if given < BATCH:
                return total

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _connected(self) -> psycopg.AsyncConnection[TupleRow]:
        if self._connection is None or self._connection.closed:
            self._leads = False
            self._connection = await psycopg.AsyncConnection.connect(
                self._dsn, autocommit=True, connect_timeout=5, options="-c timezone=UTC"
            )
        return self._connection
