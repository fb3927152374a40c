"""What came while an account was away."""

from datetime import timedelta

import pytest

from sokhach.channels.zalo_personal.gaps.keeping import Completeness
from sokhach.channels.zalo_personal.protocol import Old
from sokhach.core import clock
from sokhach.intake.gateway import lane_of
from tests.support.people import People
from tests.support.personal import PAGE, PersonalDesk, journal

ANNA, BINH, GROUP = "2000000000000000002", "2000000000000000003", "4000000000000000004"


def ago(**past: float) -> timedelta:
    return timedelta(**past)


async def offline_for_eight_hours(desk: PersonalDesk, people: People, *, messages: int = 12) -> None:
    """Connected for a day, then away for eight hours, in which customers and the phone wrote; back just now."""
    now = clock.now()
    await desk.logged_in(people.owner.id, now - ago(days=2))
    await desk.connect(at=now - ago(days=1))
    await desk.settle()
    await desk.hear(desk.zalo.say(ANNA, "trước", now - ago(hours=9)))
    await desk.hear(desk.zalo.say(GROUP, "trước", now - ago(hours=9), group=True, by=BINH))
    await desk.drain()
    await desk.disconnect(at=now - ago(hours=8))
    for number in range(messages):
        at = now - ago(hours=7) + ago(minutes=30 * number / 2)
        desk.zalo.say((ANNA, BINH)[number % 2], f"tin {number}", at, own=number % 3 == 0)
    desk.zalo.say(GROUP, "trong nhóm", now - ago(hours=5), group=True, by=ANNA)


class TestEightHoursOffline:
    async def test_everything_that_the_platform_holds_is_here_once(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await offline_for_eight_hours(company_desk, people)
        await company_desk.connect()
        await company_desk.settle()
        bodies = await company_desk.bodies()
        assert sorted(bodies) == sorted(item["content"] for item in company_desk.zalo.messages)
        assert await company_desk.gaps() == []

    async def test_meanwhile_it_is_a_gap_that_grows(self, company_desk: PersonalDesk, people: People) -> None:
        await offline_for_eight_hours(company_desk, people)
        await company_desk.completeness.away()
        first = await company_desk.gaps()
        await company_desk.completeness.away()
        second = await company_desk.gaps()
        assert [(gap["thread_key"], gap["reason"]) for gap in first] == [(None, "not-connected")]
        assert second[0]["from_at"] == first[0]["from_at"]
        assert second[0]["until_at"] > first[0]["until_at"]
        await company_desk.connect()
        await company_desk.settle()
        assert await company_desk.gaps() == []

    async def test_a_new_login_cannot_look_back(self, company_desk: PersonalDesk, people: People) -> None:
        await offline_for_eight_hours(company_desk, people)
        await company_desk.completeness.away()
        login = clock.now()
        await company_desk.logged_in(people.owner.id, login)
        company_desk.zalo.since = login
        await company_desk.connect()
        await company_desk.settle()
        [gap] = await company_desk.gaps()
        assert (gap["thread_key"], gap["reason"]) == (None, "history-ended")
        assert gap["from_at"] < clock.now() - ago(hours=8)
        assert gap["until_at"] == login
        assert await company_desk.bodies() == ["trước", "trước"]

    async def test_while_nobody_answers_the_gap_stays(self, company_desk: PersonalDesk, people: People) -> None:
        await offline_for_eight_hours(company_desk, people)
        await company_desk.completeness.away()
        company_desk.zalo.broken = True
        await company_desk.connect()
        await company_desk.settle()
        assert [gap["reason"] for gap in await company_desk.gaps()] == ["not-connected"]
        company_desk.zalo.broken = False
        await company_desk.run("UPDATE personal_fill SET due_at = :now", now=clock.now())
        await company_desk.settle()
        assert await company_desk.gaps() == []
        assert len(await company_desk.bodies()) == len(company_desk.zalo.messages)

    async def test_a_connection_that_ends_meanwhile_leaves_it_to_the_next(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await offline_for_eight_hours(company_desk, people)
        company_desk.zalo.broken = True
        await company_desk.connect(at=clock.now() - ago(minutes=10))
        await company_desk.settle()
        await company_desk.disconnect(at=clock.now() - ago(minutes=9))
        company_desk.zalo.broken = False
        await company_desk.connect()
        await company_desk.settle()
        assert len(await company_desk.bodies()) == len(company_desk.zalo.messages)
        assert await company_desk.gaps() == []

    async def test_a_connection_that_is_over_before_anybody_looks_leaves_it_to_the_next(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await offline_for_eight_hours(company_desk, people)
        for minutes in (10, 5):
            await company_desk.connect(at=clock.now() - ago(minutes=minutes))
            await company_desk.disconnect(at=clock.now() - ago(minutes=minutes - 1))
        await company_desk.connect()
        await company_desk.settle()
        assert len(await company_desk.bodies()) == len(company_desk.zalo.messages)
        assert await company_desk.gaps() == []

    async def test_even_if_the_first_connection_of_all_was_never_read(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        now = clock.now()
        await company_desk.logged_in(people.owner.id, now - ago(hours=9, seconds=5))
        company_desk.zalo.broken = True
        await company_desk.connect(at=now - ago(hours=9))
        await company_desk.settle()
        await company_desk.disconnect(at=now - ago(hours=8))
        await company_desk.completeness.away()
        assert len(await company_desk.gaps()) == 1
        company_desk.zalo.broken = False
        company_desk.zalo.say(ANNA, "meanwhile", now - ago(hours=4))
        await company_desk.connect()
        await company_desk.settle()
        assert await company_desk.bodies() == ["meanwhile"]
        assert await company_desk.gaps() == []

    async def test_a_worker_that_dies_leaves_where_it_stood(self, company_desk: PersonalDesk, people: People) -> None:
        await offline_for_eight_hours(company_desk, people, messages=4 * PAGE)
        await company_desk.connect()
        company_desk.zalo.asked.clear()
        company_desk.dies_after = 3
        with pytest.raises(RuntimeError):
            await company_desk.completeness.step()
        company_desk.dies_after = None
        await company_desk.drain()
        some = len(await company_desk.bodies())
        assert 2 < some < len(company_desk.zalo.messages)
        company_desk.zalo.asked.clear()
        await company_desk.run("UPDATE personal_fill SET due_at = :now WHERE done_at IS NULL", now=clock.now())
        await company_desk.settle()
        first = company_desk.zalo.asked[0]
        assert isinstance(first, Old)
        assert first.last_id is not None
        assert len(await company_desk.bodies()) == len(company_desk.zalo.messages)

    async def test_two_workers_ask_once(self, company_desk: PersonalDesk, people: People) -> None:
        await offline_for_eight_hours(company_desk, people)
        await company_desk.connect()
        other = Completeness(
            company_desk.database, company_desk, company_desk.gate, company_desk.counters, lane_of, journal
        )
        company_desk.zalo.asked.clear()
        await company_desk.completeness.step()
        before = len([one for one in company_desk.zalo.asked if isinstance(one, Old)])
        await other.step()
        assert len([one for one in company_desk.zalo.asked if isinstance(one, Old)]) == before


class TestShortBreaks:
    async def test_soon_after_the_login_there_is_nothing_before_it(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        now = clock.now()
        await company_desk.logged_in(people.owner.id, now - ago(seconds=40))
        await company_desk.connect(at=now - ago(seconds=39))
        await company_desk.settle()
        await company_desk.disconnect(at=now - ago(seconds=20))
        await company_desk.connect()
        await company_desk.settle()
        assert await company_desk.gaps() == []

    async def test_of_some_seconds_asks_and_shows_nothing(self, company_desk: PersonalDesk, people: People) -> None:
        await company_desk.logged_in(people.owner.id, clock.now() - ago(days=2))
        await company_desk.connect(at=clock.now() - ago(hours=1))
        await company_desk.settle()
        await company_desk.disconnect(at=clock.now() - ago(seconds=10))
        company_desk.zalo.say(ANNA, "lúc rớt mạng", clock.now() - ago(seconds=6))
        await company_desk.completeness.away()
        assert await company_desk.gaps() == []
        await company_desk.connect()
        await company_desk.settle()
        assert await company_desk.bodies() == ["lúc rớt mạng"]
        assert await company_desk.gaps() == []
