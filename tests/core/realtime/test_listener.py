"""LISTEN that outlives its connection."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from sokhach.core.database import Database, Urls, dsn
from sokhach.core.realtime.listener import Listener


class Ear:
    def __init__(self) -> None:
        self.heard = 0
        self.news = asyncio.Event()

    def hear(self, _said: str) -> None:
        self.heard += 1
        self.news.set()

    async def next(self) -> None:
        await asyncio.wait_for(self.news.wait(), 5)
        self.news.clear()


@pytest.fixture
async def ear(database_urls: Urls) -> AsyncIterator[Ear]:
    listening = Ear()
    task = asyncio.create_task(Listener(dsn(database_urls.web), "chuông", listening.hear).run())
    yield listening
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def ring(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.exec_driver_sql('NOTIFY "chuông"')


class TestListener:
    async def test_hears_once_at_the_beginning_and_then_every_notification(self, owner_db: Database, ear: Ear) -> None:
        await ear.next()
        for _ in range(3):
            await ring(owner_db)
            await ear.next()
        assert ear.heard == 4

    async def test_comes_back_when_its_connection_is_killed_and_looks_again(self, owner_db: Database, ear: Ear) -> None:
        """What was notified in between is lost; the look after the reconnection makes up for it."""
        await ear.next()
        for _ in range(3):
            async with owner_db.transaction() as connection:
                killed = await connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                    )
                )
                assert killed.scalars().all() == [True]
            await ring(owner_db)
            await ear.next()
            await ring(owner_db)
            await ear.next()
