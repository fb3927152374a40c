"""Domain events: a handler that raises loses nothing and stops nothing."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.events import RETRY_FIRST_SECONDS, RETRY_LONGEST_SECONDS, Event, EventBus, Handler


class Rang(Event, frozen=True):
    bell: int


class Knocked(Event, frozen=True):
    door: str


class Diary:
    """Handlers that write into a table, and fail when told to."""

    def __init__(self) -> None:
        self.failing = False
        self.heard: list[Sequence[Event]] = []

    async def write(self, connection: AsyncConnection, events: Sequence[Rang]) -> None:
        self.heard.append(events)
        for event in events:
            await connection.execute(text("INSERT INTO diary VALUES (:bell)"), {"bell": event.bell})

    async def stumble(self, connection: AsyncConnection, events: Sequence[Rang]) -> None:
        await connection.execute(text("INSERT INTO diary VALUES (-1)"))
        if self.failing:
            await connection.exec_driver_sql("SELECT 1 / 0")


@pytest.fixture
async def diary(owner_db: Database) -> Diary:
    async with owner_db.transaction() as connection:
        await connection.exec_driver_sql("CREATE TABLE diary (bell integer)")
    return Diary()


async def written(database: Database) -> list[int]:
    async with database.transaction() as connection:
        return list((await connection.execute(text("SELECT bell FROM diary ORDER BY bell"))).scalars())


async def retries(database: Database) -> list[tuple[str, int]]:
    async with database.transaction() as connection:
        rows = await connection.execute(text("SELECT handler, attempts FROM event_retry ORDER BY handler"))
        return [(row.handler.rpartition(".")[2], row.attempts) for row in rows]


def bus_of(*handlers: Handler) -> EventBus:
    bus = EventBus()
    for handler in handlers:
        bus.subscribe(Rang, handler)
    return bus


class TestPublish:
    async def test_gives_each_handler_the_list_of_its_events(self, owner_db: Database, diary: Diary) -> None:
        bus = bus_of(diary.write)
        async with owner_db.transaction() as connection:
            await bus.publish(connection, [Rang(bell=1), Knocked(door="a"), Rang(bell=2)])
        assert diary.heard == [[Rang(bell=1), Rang(bell=2)]]
        assert await written(owner_db) == [1, 2]

    async def test_is_undone_with_the_callers_transaction(self, owner_db: Database, diary: Diary) -> None:
        with pytest.raises(ZeroDivisionError):
            async with owner_db.transaction() as connection:
                await bus_of(diary.write).publish(connection, [Rang(bell=1)])
                _ = 1 // 0
        assert await written(owner_db) == []

    async def test_a_failure_undoes_the_handlers_own_rows_and_no_others(self, owner_db: Database, diary: Diary) -> None:
        diary.failing = True
        async with owner_db.transaction() as connection:
            await connection.execute(text("INSERT INTO diary VALUES (100)"))
            await bus_of(diary.stumble, diary.write).publish(connection, [Rang(bell=1)])
            await connection.execute(text("INSERT INTO diary VALUES (200)"))
        assert await written(owner_db) == [1, 100, 200]
        assert await retries(owner_db) == [("stumble", 1)]

    async def test_a_lost_database_is_no_failure_of_the_handler(self, owner_db: Database, diary: Diary) -> None:
        """There is nothing left to leave a retry in: the whole batch comes again."""

        async def pull_the_plug(connection: AsyncConnection, _: Sequence[Rang]) -> None:
            await connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

        with pytest.raises(DBAPIError):
            async with owner_db.transaction() as connection:
                await bus_of(diary.write, pull_the_plug).publish(connection, [Rang(bell=1)])
        assert await written(owner_db) == []
        assert await retries(owner_db) == []

    async def test_cancellation_is_no_failure_of_the_handler(self, owner_db: Database, diary: Diary) -> None:
        async def waits(_: AsyncConnection, __: Sequence[Rang]) -> None:
            await asyncio.sleep(60)

        async def publish() -> None:
            async with owner_db.transaction() as connection:
                await bus_of(diary.write, waits).publish(connection, [Rang(bell=1)])

        task = asyncio.create_task(publish())
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await written(owner_db) == []
        assert await retries(owner_db) == []


class TestRetry:
    async def _fail_once(self, database: Database, diary: Diary) -> EventBus:
        diary.failing = True
        bus = bus_of(diary.stumble)
        async with database.transaction() as connection:
            await bus.publish(connection, [Rang(bell=1), Rang(bell=2)])
        return bus

    async def test_waits_for_its_time(self, owner_db: Database, diary: Diary) -> None:
        bus = await self._fail_once(owner_db, diary)
        diary.failing = False
        assert await bus.retry_due(owner_db) == 0
        clock.set_offset(RETRY_FIRST_SECONDS + 1)
        assert await bus.retry_due(owner_db) == 1
        assert await written(owner_db) == [-1]
        assert await retries(owner_db) == []

    async def test_waits_longer_each_time_but_never_gives_up(self, owner_db: Database, diary: Diary) -> None:
        bus = await self._fail_once(owner_db, diary)
        waits: list[timedelta] = []
        for _ in range(14):
            async with owner_db.transaction() as connection:
                due = (await connection.execute(text("SELECT next_attempt_at FROM event_retry"))).scalar_one()
            waits.append(due - clock.now())
            clock.set_offset((due - clock.now()).total_seconds() + _offset() + 0.1)
            assert await bus.retry_due(owner_db) == 1
        seconds = [round(wait.total_seconds()) for wait in waits]
        assert seconds[:4] == [5, 10, 20, 40]
        assert seconds[-1] == RETRY_LONGEST_SECONDS
        assert await retries(owner_db) == [("stumble", 15)]

    async def test_a_handler_that_is_gone_stops_no_other(self, owner_db: Database, diary: Diary) -> None:
        """After an update that took it away, or moved it; its events stay for whoever looks into it."""
        await self._fail_once(owner_db, diary)
        async with owner_db.transaction() as connection:
            await connection.execute(text("UPDATE event_retry SET handler = 'long.gone'"))
        bus = await self._fail_once(owner_db, diary)
        diary.failing = False
        clock.set_offset(3600)
        assert await bus.retry_due(owner_db) == 2
        assert await written(owner_db) == [-1]
        assert await retries(owner_db) == [("gone", 2)]

    async def test_two_workers_retry_once(self, owner_db: Database, diary: Diary) -> None:
        bus = await self._fail_once(owner_db, diary)
        diary.failing = False
        clock.set_offset(3600)
        assert sum(await asyncio.gather(*(bus.retry_due(owner_db) for _ in range(3)))) == 1
        assert await written(owner_db) == [-1]


def _offset() -> float:
    return clock._offset.total_seconds()
