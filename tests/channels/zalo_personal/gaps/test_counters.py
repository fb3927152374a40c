"""What the platform's counts of unread messages tell of those that never came."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from sokhach.channels.zalo_personal import inbound
from sokhach.channels.zalo_personal.gaps.rules import percent
from sokhach.core import clock
from tests.channels.zalo_personal.gaps.test_reconciling import ANNA, GROUP, ago, completeness, connected, looks_twice
from tests.conftest import SignIn
from tests.support.people import People
from tests.support.personal import PersonalDesk, utc

BELLA = "2000000000000000009"


class Talk:
    """A minute between messages, from half an hour ago on."""

    def __init__(self, desk: PersonalDesk) -> None:
        self.desk = desk
        self.at = (clock.now() - ago(minutes=30)).replace(microsecond=0)
        self.lost: list[dict[str, Any]] = []
        desk.zalo.counts = "thread"

    def write(self, thread: str = ANNA, **more: Any) -> dict[str, Any]:
        self.at += timedelta(minutes=1)
        return self.desk.zalo.say(thread, f"tin {len(self.desk.zalo.messages)}", self.at, **more)

    async def come(self, number: int = 1, thread: str = ANNA, **more: Any) -> None:
        for _ in range(number):
            await self.desk.hear(self.write(thread, **more))

    def lose(self, number: int = 1, thread: str = ANNA, *, ever: bool = True, **more: Any) -> None:
        for _ in range(number):
            item = self.write(thread, **more)
            if ever:
                self.desk.zalo.lost.add(item["msgId"])
            self.lost.append(item)

    async def shown(self, thread: str = ANNA) -> list[tuple[datetime, datetime]]:
        await self.desk.drain()
        await looks_twice(self.desk)
        return [(gap["from_at"], gap["until_at"]) for gap in await self.desk.gaps() if gap["thread_key"] == thread]

    def covered(self, gaps: list[tuple[datetime, datetime]]) -> None:
        """Each that was lost, and nobody else."""
        for item in self.desk.zalo.messages:
            at = utc(int(item["ts"]))
            within = any(from_at < at < until_at for from_at, until_at in gaps)
            newest = any(from_at <= at < until_at for from_at, until_at in gaps)
            assert newest if item in self.lost else not within, (item["content"], gaps)


@pytest.fixture
async def talk(company_desk: PersonalDesk, people: People) -> Talk:
    await connected(company_desk, people)
    talk = Talk(company_desk)
    await company_desk.look()
    talk.desk.counters.looked(company_desk.account_id, [], talk.at - ago(hours=1))
    return talk


async def test_all_that_are_lost_between_two_that_came(talk: Talk) -> None:
    await talk.come(3)
    talk.lose(2)
    await talk.come(2)
    talk.lose(1)
    await talk.come(3)
    talk.covered(await talk.shown())
    assert await completeness(talk.desk) == pytest.approx(100 * 8 / 11)
    assert {gap["reason"] for gap in await talk.desk.gaps()} == {"dropped"}


async def test_the_first_ones_and_the_last_ones(talk: Talk) -> None:
    talk.lose(2)
    await talk.come(3)
    await talk.desk.drain()
    await talk.desk.look()  # from here on it is known that answers tell what messages tell
    talk.lose(3)
    gaps = await talk.shown()
    assert await completeness(talk.desk) == pytest.approx(100 * 3 / 8)
    for item in talk.lost:
        at = utc(int(item["ts"]))
        assert any(from_at <= at < until_at for from_at, until_at in gaps)


async def test_in_a_group_too(talk: Talk) -> None:
    more = {"thread": GROUP, "group": True, "by": ANNA}
    await talk.come(2, **more)
    talk.lose(2, **more)
    await talk.come(1, **more)
    talk.covered(await talk.shown(GROUP))
    assert await completeness(talk.desk) == pytest.approx(100 * 3 / 5)


async def test_somebody_read_in_between(talk: Talk) -> None:
    await talk.come(5)
    await talk.come(1, own=True)
    await talk.come(2)
    assert await talk.shown() == []
    talk.desk.zalo.unread.clear()  # on the phone
    await talk.come(2)
    assert await talk.shown() == []
    await talk.come(1, own=True)
    talk.lose(2)
    await talk.come(1)
    assert len(await talk.shown()) == 1
    assert await completeness(talk.desk) == pytest.approx(100 * 12 / 14)


async def test_what_the_platform_still_gives_is_fetched(talk: Talk) -> None:
    await talk.come(2)
    talk.lose(3, ever=False)
    await talk.come(2)
    assert await talk.shown() == []
    assert await talk.desk.bodies() == [f"tin {number}" for number in range(7)]
    assert await completeness(talk.desk) == 100.0


async def test_late_doubled_and_disordered_ones_are_no_loss(talk: Talk) -> None:
    items = [talk.write() for _ in range(6)]
    for place in (0, 3, 3, 1, 2, 5, 4, 0):
        await talk.desk.hear(items[place])
    assert await talk.shown() == []
    assert await talk.desk.rows("SELECT FROM personal_missing") == []


async def test_what_lies_in_quarantine_is_seen_there(
    talk: Talk, people: People, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.come(2)
    talk.lose(1)
    await talk.desk.hear(talk.lost[0], cmd=504)
    talk.lose(1)
    await talk.come(1)
    assert len(await talk.shown()) == 1
    [row] = await talk.desk.rows("SELECT stored, missing FROM personal_completeness")
    assert (row["stored"], row["missing"]) == (3, 1)
    monkeypatch.setitem(inbound.OPCODES, 504, inbound.MESSAGES)
    answer = await (await signed_in(people.admin)).post("/api/quarantine/retry")
    assert answer.json() == {"queued": 1}
    await talk.desk.drain()
    assert len(await talk.shown()) == 1
    [row] = await talk.desk.rows("SELECT stored, missing FROM personal_completeness")
    assert percent(row["stored"], row["missing"]) == 80.0


async def test_what_comes_after_all_closes_its_gap(talk: Talk) -> None:
    await talk.come(1)
    talk.lose(2)
    await talk.come(1)
    assert len(await talk.shown()) == 1
    await talk.desk.hear(talk.lost[0])
    assert len(await talk.shown()) == 1
    await talk.desk.hear(talk.lost[1])
    assert await talk.shown() == []
    assert await completeness(talk.desk) == 100.0


async def test_a_count_over_all_threads_is_no_sign_of_loss(talk: Talk) -> None:
    talk.desk.zalo.counts = "all"
    for _ in range(6):
        await talk.come(1)
        await talk.come(1, BELLA)
    assert await talk.shown() == []
    assert await talk.desk.gaps() == []


async def test_what_answers_say_is_believed_once_it_was_true(talk: Talk) -> None:
    talk.desk.zalo.counts = None
    await talk.come(1)
    await talk.desk.drain()
    await talk.desk.look()
    talk.desk.zalo.counts = "thread"
    talk.desk.zalo.unread[ANNA] = 7  # of long ago
    await talk.come(2)
    assert await talk.shown() == []


async def test_of_private_threads_nothing_is_counted(own_desk: PersonalDesk, people: People) -> None:
    await connected(own_desk, people)
    talk = Talk(own_desk)
    own_desk.counters.looked(own_desk.account_id, [], talk.at - ago(hours=1))
    await talk.come(1)
    talk.lose(3)
    await talk.come(1)
    assert await talk.shown() == []
    assert await own_desk.rows("SELECT FROM personal_missing") == []
