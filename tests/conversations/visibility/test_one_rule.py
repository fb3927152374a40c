"""One rule: the truth table as pure code, the wall in the database, lists, counts and sockets say the same (4.11)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import queries
from sokhach.conversations.queries import View
from sokhach.conversations.visibility.queries import load_world
from sokhach.conversations.visibility.rules import (
    Account,
    Leave,
    Member,
    Thread,
    World,
    can_view,
    level_by,
    verdict,
)
from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.config import Settings
from sokhach.core.database import Database, urls
from sokhach.people.queries import caller_by_id
from tests.conversations.visibility.organisations import NOW, clear, store, worlds

SHOWN: dict[View, str] = {
    "all": "true",
    "open": "episode_open",
    "waiting": "waiting_since IS NOT NULL",
    "mine": "{me} IN (custodian_id, assignee_id)",
}


# Who stands in for a deputy, stands in for nobody else.
CHAIN = World(
    at=NOW,
    staff={one: Member(Role.STAFF, suspended=False) for one in (1, 2, 3)},
    parents={1: None},
    memberships=[],
    leaves=[
        Leave(1, 2, NOW - timedelta(hours=1), NOW + timedelta(hours=1)),
        Leave(2, 3, NOW - timedelta(hours=1), NOW + timedelta(hours=1)),
    ],
    accounts={1: Account(None, "nobody", None)},
    threads={1: Thread(1, 1, None), 2: Thread(1, 2, None), 3: Thread(1, None, None)},
    grants=[],
)


class Company:
    """A database in which one company after another lives, and a loop for what asks it."""

    def __init__(self, given: Settings) -> None:
        self.loop = asyncio.new_event_loop()
        self.owner = Database(urls(given).owner, size=1)
        # As the product plans: once for whatever values come.
        self.web = Database(urls(given).web, size=1, plans_once=True)

    def close(self) -> None:
        self.loop.run_until_complete(self.owner.close())
        self.loop.run_until_complete(self.web.close())
        self.loop.close()

    async def check(self, world: World) -> None:
        async with self.owner.transaction() as connection:
            await clear(connection)
            await store(connection, world)
            known = await load_world(connection, world.threads, world.at)
            actors = {one: await _actor(connection, one) for one in world.staff}
        assert {one for one, actor in actors.items() if actor is None} == {
            one for one, member in world.staff.items() if member.suspended
        }
        for staff_id, actor in actors.items():
            wanted = {one for one in world.threads if can_view(world, staff_id, one)}
            assert wanted == {one for one in world.threads if can_view(known, staff_id, one)}
            if actor is None:
                assert wanted == set()
            else:
                await self._check_of(world, actor, wanted)
        there = [actor for actor in actors.values() if actor is not None]
        async with self.web.transaction() as connection:
            each = await queries.visible_to_each(connection, there, world.threads)
        assert each == [{one for one in world.threads if can_view(world, a.staff_id, one)} for a in there]

    async def _check_of(self, world: World, actor: Actor, wanted: set[int]) -> None:
        levels = {one: level_by(verdict(world, actor.staff_id, one)) for one in wanted}
        async with self.web.transaction(actor) as connection:
            assert await queries.visible_among(connection, world.threads) == wanted
            for view, shown in SHOWN.items():
                rule = f"SELECT id FROM conversation WHERE {shown.format(me=actor.staff_id)}"
                listed = await _listed(connection, actor, view)
                assert len(listed) == len(set(listed))
                assert set(listed) == set((await connection.execute(text(rule))).scalars()), view
                if view == "all":
                    assert listed == {one: levels[one] for one in listed}
                    assert listed.keys() == wanted
            counts = await queries.count_conversations(connection, actor)
            opened = {one for one in wanted if one % 4 > 0}
            assert (counts.open, counts.waiting) == (len(opened), len({one for one in wanted if one % 3 > 0}))
            await _check_rows(connection, wanted, {one for one in wanted if levels[one] in {"full", "masked"}})
            for one in world.threads:
                level = (await connection.execute(text("SELECT contact_level(:id)"), {"id": one})).scalar_one()
                assert level == levels.get(one)


async def _check_rows(connection: AsyncConnection, wanted: set[int], known: set[int]) -> None:
    """Raw SQL under the web role: nothing beyond."""
    for sql in (
        "SELECT id FROM contact",
        "SELECT contact_id FROM contact_identity",
        "SELECT conversation_id FROM message",
        "SELECT id FROM preview_messages(ARRAY(SELECT generate_series(1, 20)::bigint))",
        f"SELECT id FROM read_messages(ARRAY(SELECT generate_series(1, 20)::bigint), '{NOW.isoformat()}')",
    ):
        assert set((await connection.execute(text(sql))).scalars()) == wanted, sql
    phones = await connection.execute(
        text("SELECT n FROM generate_series(1, 20) AS n, contact_identities(n::bigint) AS i WHERE i.kind = 'phone'")
    )
    assert set(phones.scalars()) == known


async def _actor(connection: AsyncConnection, staff_id: int) -> Actor | None:
    caller = await caller_by_id(connection, staff_id)
    return caller.actor if caller else None


async def _listed(connection: AsyncConnection, actor: Actor, view: View) -> dict[int, str]:
    """All pages, three rows each."""
    found: list[tuple[int, str]] = []
    before: str | None = None
    while True:
        page = await queries.list_conversations(connection, actor, view=view, before=before, limit=3)
        found += [(row.id, row.access) for row in page.items]
        before = page.next
        if before is None:
            assert len(found) == len(dict(found))
            return dict(found)


@pytest.fixture
def company(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    opened = Company(settings)
    yield opened
    opened.close()


class TestOneRule:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(world=worlds())
    @example(world=CHAIN)
    def test_in_every_company(self, company: Company, world: World) -> None:
        company.loop.run_until_complete(company.check(world))
