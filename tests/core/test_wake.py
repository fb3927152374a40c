"""The word that there is work: after the commit, to whom it concerns."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import sokhach
from sokhach.core.database import WAKE, Database, Urls, dsn, wake
from sokhach.core.realtime.listener import Listener
from sokhach.worker import WOKEN


@pytest.fixture
async def heard(database_urls: Urls) -> AsyncIterator["asyncio.Queue[str]"]:
    said: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(Listener(dsn(database_urls.owner), WAKE, said.put_nowait).run())
    assert await asyncio.wait_for(said.get(), 5) == ""
    yield said
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def words(heard: "asyncio.Queue[str]", owner_db: Database) -> list[str]:
    """What was said until now."""
    async with owner_db.transaction() as connection:
        wake(connection, "end")
    said: list[str] = []
    while (one := await asyncio.wait_for(heard.get(), 5)) != "end":
        said.append(one)
    return said


class TestWake:
    @pytest.mark.parametrize(
        ("marks", "said"),
        [
            ([("intake",)], ["intake"]),
            ([("outbox", "sequencer"), ("sequencer",)], ["outbox", "sequencer"]),
            ([()], [""]),
            ([("intake",), ()], [""]),
            ([], []),
        ],
    )
    async def test_says_whom_it_concerns_and_once(
        self, owner_db: Database, heard: "asyncio.Queue[str]", marks: list[tuple[str, ...]], said: list[str]
    ) -> None:
        async with owner_db.transaction() as connection:
            for loops in marks:
                wake(connection, *loops)
        assert sorted(await words(heard, owner_db)) == said

    async def test_what_is_rolled_back_wakes_nobody(self, owner_db: Database, heard: "asyncio.Queue[str]") -> None:
        with pytest.raises(RuntimeError):
            async with owner_db.transaction() as connection:
                wake(connection)
                raise RuntimeError
        assert await words(heard, owner_db) == []

    def test_every_name_that_is_called_is_a_loop_that_can_be_woken(self) -> None:
        source = "".join(path.read_text("utf-8") for path in Path(sokhach.__file__).parent.rglob("*.py"))
        calls = re.findall(r"\bwake\(connection((?:, \"\w+\")*)\)", source)
        called = set(re.findall(r"\w+", "".join(calls)))
        assert {"intake", "sequencer", "outbox"} <= called <= WOKEN
