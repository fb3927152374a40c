"""Two workers, a crash at any instant, duplicates and reordering change nothing."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Literal

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from sokhach.core.config import Settings
from sokhach.core.database import Database, dsn
from sokhach.intake.pipeline import Pipeline
from tests.intake.stream import Heard, another_oa, assert_consistent, put, streams, told
from tests.support.oa import OA

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "20"))

# One database for all examples: each plays to accounts of its own. TEST_EXAMPLES=500 looks for longer.
in_one_database = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Kind = Literal["raised", "cancelled", "backend killed"]


async def drain(*workers: Pipeline) -> None:
    while any(await asyncio.gather(*(worker.step() for worker in workers))):
        pass


async def at_once(settings: Settings, database: Database, heard: Sequence[Heard]) -> list[str]:
    """What the store tells when everything comes once, in order, in one batch."""
    oa, oa_id = await another_oa(settings, database)
    await put(oa, oa_id, heard)
    await drain(oa.pipeline)
    await assert_consistent(oa)
    return await told(oa, oa_id)


class TestOrder:
    @in_one_database
    @given(heard=streams(), data=st.data())
    async def test_any_order_repetition_and_split_over_two_workers_gives_the_same(
        self, settings: Settings, owner_db: Database, heard: list[Heard], data: st.DataObject
    ) -> None:
        wanted = await at_once(settings, owner_db, heard)
        again = data.draw(st.lists(st.sampled_from(heard), max_size=6), label="repeated")
        arriving = data.draw(st.permutations([*heard, *again]), label="order of arrival")
        oa, oa_id = await another_oa(settings, owner_db)
        workers = [Pipeline(owner_db, oa.pipeline._connectors, oa.bus, batch=2), oa.another_pipeline()]
        while arriving:
            size = data.draw(st.integers(1, len(arriving)), label="together")
            await put(oa, oa_id, arriving[:size])
            arriving = arriving[size:]
            if data.draw(st.booleans(), label="worked on in between"):
                await drain(*workers)
        await drain(*workers)
        assert await told(oa, oa_id) == wanted
        await assert_consistent(oa)


class TestCrash:
    @in_one_database
    @given(
        heard=streams(),
        kind=st.sampled_from(["raised", "cancelled", "backend killed"]),
        nth=st.integers(1, 40),
        split=st.integers(0, 14),
    )
    async def test_a_crash_at_any_statement_and_another_start_change_nothing(
        self, settings: Settings, owner_db: Database, heard: list[Heard], kind: Kind, nth: int, split: int
    ) -> None:
        wanted = await at_once(settings, owner_db, heard)
        oa, oa_id = await another_oa(settings, owner_db)
        await put(oa, oa_id, heard[:split])
        await drain(oa.pipeline)
        await put(oa, oa_id, heard[split:])
        await crash(oa, kind, nth)
        await drain(oa.pipeline)
        assert await told(oa, oa_id) == wanted
        await assert_consistent(oa)
        processed = await oa.value("SELECT sum(processed) FROM channel_tally WHERE account_id = :a", a=oa.account_id)
        assert processed == len(heard)


class Crash(BaseException):
    """No handler of the product's may stop it."""


async def crash(oa: OA, kind: Kind, nth: int) -> None:
    """Works until the `nth` statement, and dies at it in the way of `kind`."""
    worker = asyncio.create_task(oa.pipeline.step())

    def die(connection: Any) -> None:
        if kind == "raised":
            raise Crash
        if kind == "cancelled":
            worker.cancel()
            return
        with psycopg.connect(dsn(oa.database.url), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.driver_connection.info.backend_pid])

    with at_statement(oa.database, nth, die), suppress(BaseExceptionGroup, Crash, asyncio.CancelledError, DBAPIError):
        await worker


@contextmanager
def at_statement(database: Database, nth: int, act: Callable[[Any], None]) -> Iterator[None]:
    seen = 0

    def before(connection: Any, *_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == nth:
            act(connection)

    event.listen(database.engine.sync_engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", before)
