"""Positions without gaps, in the order of commits, given by one at a time."""

import asyncio
import random
from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg import AsyncConnection
from sqlalchemy import text

from sokhach.core.database import Database, Urls, dsn
from sokhach.core.realtime import Notice, announce
from sokhach.core.realtime.sequencer import CHANNEL, Sequencer


@pytest.fixture
async def sequencer(database_urls: Urls) -> AsyncIterator[Sequencer]:
    one = Sequencer(dsn(database_urls.owner))
    yield one
    await one.close()


async def tell(database: Database, *kinds: str) -> None:
    async with database.transaction() as connection:
        await announce(connection, [Notice(kind=kind) for kind in kinds])


async def told(database: Database) -> list[tuple[int | None, str]]:
    async with database.transaction() as connection:
        rows = await connection.execute(text("SELECT position, kind FROM realtime_event ORDER BY position, id"))
        return [(row.position, row.kind) for row in rows]


class TestStep:
    async def test_gives_positions_in_order(self, owner_db: Database, sequencer: Sequencer) -> None:
        await tell(owner_db, "a", "b")
        assert await sequencer.step() == 2
        await tell(owner_db, "c")
        assert await sequencer.step() == 1
        assert await sequencer.step() == 0
        assert await told(owner_db) == [(1, "a"), (2, "b"), (3, "c")]

    async def test_ids_commit_out_of_order_and_positions_do_not(self, owner_db: Database, sequencer: Sequencer) -> None:
        """Whoever follows by cursor would never hear of what gets a smaller number later."""
        async with owner_db.transaction() as slow:
            await announce(slow, [Notice(kind="began first")])
            await tell(owner_db, "committed first")
            assert await sequencer.step() == 1
        assert await sequencer.step() == 1
        assert await told(owner_db) == [(1, "committed first"), (2, "began first")]

    async def test_what_is_rolled_back_leaves_no_gap(self, owner_db: Database, sequencer: Sequencer) -> None:
        await tell(owner_db, "a")
        with pytest.raises(ZeroDivisionError):
            async with owner_db.transaction() as connection:
                await announce(connection, [Notice(kind="never")])
                _ = 1 // 0
        await tell(owner_db, "b")
        await sequencer.step()
        assert await told(owner_db) == [(1, "a"), (2, "b")]

    async def test_many_writers_at_once(self, database_urls: Urls, sequencer: Sequencer) -> None:
        database = Database(database_urls.owner, size=10)
        chance = random.Random(5)
        writing = True

        async def write(number: int) -> None:
            for turn in range(15):
                async with database.transaction() as connection:
                    await announce(connection, [Notice(kind=f"{number}:{turn}")])
                    await asyncio.sleep(chance.random() / 200)

        async def follow() -> list[tuple[int, str]]:
            """By cursor, as a browser's hub does."""
            seen: list[tuple[int, str]] = []
            last_look = False
            while not last_look:
                last_look = not writing
                await sequencer.step()
                async with database.transaction() as connection:
                    rows = await connection.execute(
                        text("SELECT position, kind FROM realtime_event WHERE position > :after ORDER BY position"),
                        {"after": seen[-1][0] if seen else 0},
                    )
                    seen += [(row.position, row.kind) for row in rows]
            return seen

        following = asyncio.create_task(follow())
        await asyncio.gather(*(write(number) for number in range(8)))
        writing = False
        seen = await following
        assert [position for position, _ in seen] == list(range(1, 121))
        assert {kind for _, kind in seen} == {f"{number}:{turn}" for number in range(8) for turn in range(15)}
        await database.close()

    async def test_notifies_after_the_positions_are_there(
        self, owner_db: Database, sequencer: Sequencer, database_urls: Urls
    ) -> None:
        async with await AsyncConnection.connect(dsn(database_urls.web), autocommit=True) as listening:
            await listening.execute(f"LISTEN {CHANNEL}".encode())
            await tell(owner_db, "a")
            await sequencer.step()
            assert [heard.channel async for heard in listening.notifies(timeout=5, stop_after=1)] == [CHANNEL]
            assert await told(owner_db) == [(1, "a")]


class TestLead:
    async def test_one_leads_and_another_takes_over_when_it_dies(
        self, owner_db: Database, sequencer: Sequencer, database_urls: Urls
    ) -> None:
        other = Sequencer(dsn(database_urls.owner))
        await tell(owner_db, "a")
        assert await sequencer.step() == 1
        await tell(owner_db, "b")
        assert await other.step() == 0
        async with owner_db.transaction() as connection:
            await connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7002")
            )
        while await other.step() == 0:
            await asyncio.sleep(0.05)
        assert await told(owner_db) == [(1, "a"), (2, "b")]
        with pytest.raises(psycopg.OperationalError):
            await sequencer.step()
        assert await sequencer.step() == 0
        await other.close()
