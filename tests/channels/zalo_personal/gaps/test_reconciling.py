"""What the platform names against what is here."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.zalo_personal.gaps.arrivals import NOTHING_ARRIVES, QUIET
from sokhach.channels.zalo_personal.gaps.rules import percent
from sokhach.channels.zalo_personal.protocol import Old
from sokhach.core import clock
from tests.support.people import People
from tests.support.personal import PersonalDesk, utc

ANNA, GROUP = "2000000000000000002", "4000000000000000004"
LATER = timedelta(minutes=1)


def ago(**past: float) -> timedelta:
    return timedelta(**past)


async def connected(desk: PersonalDesk, people: People) -> None:
    await desk.logged_in(people.owner.id, clock.now() - ago(days=2))
    await desk.connect(at=clock.now() - ago(days=1))
    await desk.settle()


async def completeness(desk: PersonalDesk) -> float | None:
    [row] = await desk.rows("SELECT stored, missing FROM personal_completeness WHERE account_id = :id")
    return percent(row["stored"], row["missing"])


async def health(desk: PersonalDesk) -> tuple[str, str | None]:
    [row] = await desk.rows("SELECT health, health_reason FROM channel_account WHERE id = :id")
    return row["health"], row["health_reason"]


async def looks_twice(desk: PersonalDesk) -> None:
    """What is missing is asked for; and shown when that brought nothing."""
    await desk.look()
    await desk.look(later=LATER)


class TestDropped:
    @pytest.mark.parametrize(("n", "k"), [(10, 3), (7, 0), (4, 4)])
    async def test_k_of_n_messages_that_never_come(
        self, company_desk: PersonalDesk, people: People, n: int, k: int
    ) -> None:
        await connected(company_desk, people)
        start = (clock.now() - ago(hours=2)).replace(microsecond=0)
        lost: list[dict[str, Any]] = []
        for number in range(n):
            item = company_desk.zalo.say(f"20000000000000000{number:02}", f"tin {number}", start + ago(minutes=number))
            if number < k:
                company_desk.zalo.lost.add(item["msgId"])
                lost.append(item)
            else:
                await company_desk.hear(item)
        await company_desk.drain()
        await looks_twice(company_desk)
        assert await completeness(company_desk) == 100 * (n - k) / n
        gaps = await company_desk.gaps()
        assert {gap["reason"] for gap in gaps} <= {"dropped"}
        for item in lost:
            at = utc(int(item["ts"]))
            [gap] = [gap for gap in gaps if gap["thread_key"] == item["uidFrom"]]
            assert gap["from_at"] <= at < gap["until_at"]
        assert len(gaps) == k

    async def test_in_one_thread_each_that_was_the_newest_when_we_looked(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await connected(company_desk, people)
        start = (clock.now() - ago(hours=2)).replace(microsecond=0)
        n, lost = 9, {2, 5, 6}
        for number in range(n):
            item = company_desk.zalo.say(ANNA, f"tin {number}", start + ago(minutes=number))
            if number in lost:
                company_desk.zalo.lost.add(item["msgId"])
            else:
                await company_desk.hear(item)
                await company_desk.drain()
            await company_desk.look()
        await company_desk.look(later=LATER)
        assert await completeness(company_desk) == pytest.approx(100 * (n - len(lost)) / n)
        gaps = await company_desk.gaps()
        for number in lost:
            at = start + ago(minutes=number)
            assert any(gap["from_at"] <= at < gap["until_at"] for gap in gaps)
        for number in set(range(n)) - lost:
            inside = start + ago(minutes=number)
            assert not any(gap["from_at"] < inside < gap["until_at"] for gap in gaps)

    async def test_is_a_gap_also_when_zalo_gives_no_old_messages(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await connected(company_desk, people)
        item = company_desk.zalo.say(ANNA, "mất", clock.now() - ago(hours=1))
        company_desk.zalo.lost.add(item["msgId"])
        company_desk.zalo.refuses[Old] = 1
        await looks_twice(company_desk)
        assert [gap["reason"] for gap in await company_desk.gaps()] == ["dropped"]
        assert await completeness(company_desk) == 0

    async def test_a_gap_closes_when_its_message_comes_after_all(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await connected(company_desk, people)
        item = company_desk.zalo.say(ANNA, "đến muộn", clock.now() - ago(hours=1))
        company_desk.zalo.lost.add(item["msgId"])
        await looks_twice(company_desk)
        assert len(await company_desk.gaps()) == 1
        assert await completeness(company_desk) == 0.0
        await company_desk.hear(item)
        await company_desk.drain()
        await company_desk.look()
        assert await company_desk.gaps() == []
        assert await completeness(company_desk) == 100.0

    async def test_in_a_group_its_own_history_is_asked(self, company_desk: PersonalDesk, people: People) -> None:
        await connected(company_desk, people)
        item = company_desk.zalo.say(GROUP, "mất", clock.now() - ago(hours=1), group=True, by=ANNA)
        company_desk.zalo.lost.add(item["msgId"])
        await looks_twice(company_desk)
        assert "GroupHistory" in {type(one).__name__ for one in company_desk.zalo.asked}
        assert [(gap["thread_key"], gap["reason"]) for gap in await company_desk.gaps()] == [(GROUP, "dropped")]

    async def test_what_can_be_asked_for_again_is_here_and_no_gap(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await connected(company_desk, people)
        for number in range(5):
            company_desk.zalo.say(ANNA, f"tin {number}", clock.now() - ago(minutes=30 - number))
        company_desk.zalo.lost.add(company_desk.zalo.messages[-1]["msgId"])
        await looks_twice(company_desk)
        assert await company_desk.bodies() == ["tin 0", "tin 1", "tin 2", "tin 3"]
        [gap] = await company_desk.gaps()
        assert gap["from_at"] == utc(int(company_desk.zalo.messages[3]["ts"]))

    async def test_what_was_said_before_we_were_connected_is_not_missing(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        item = company_desk.zalo.say(ANNA, "ngày xưa", clock.now() - ago(days=40))
        company_desk.zalo.lost.add(item["msgId"])
        await connected(company_desk, people)
        await looks_twice(company_desk)
        assert await company_desk.gaps() == []
        assert await company_desk.rows("SELECT FROM personal_missing") == []

    async def test_what_was_said_before_the_sim_was_the_companys_is_not_missing(
        self, company_desk: PersonalDesk, people: People
    ) -> None:
        await connected(company_desk, people)
        for past in (ago(hours=3), ago(hours=1)):
            item = company_desk.zalo.say(f"{ANNA[:-1]}{len(company_desk.zalo.messages)}", "mất", clock.now() - past)
            company_desk.zalo.lost.add(item["msgId"])
        since = clock.now() - ago(hours=2)
        await company_desk.run("UPDATE personal_account SET company_since = :since WHERE account_id = :id", since=since)
        await company_desk.gate.step()
        await looks_twice(company_desk)
        [missing] = await company_desk.rows("SELECT sent_at FROM personal_missing WHERE account_id = :id")
        assert missing["sent_at"] > since

    async def test_looking_again_changes_nothing(self, company_desk: PersonalDesk, people: People) -> None:
        await connected(company_desk, people)
        item = company_desk.zalo.say(ANNA, "mất", clock.now() - ago(hours=1))
        company_desk.zalo.lost.add(item["msgId"])
        await looks_twice(company_desk)
        before = await company_desk.gaps()
        await looks_twice(company_desk)
        assert await company_desk.gaps() == before

    async def test_nobody_answering_changes_nothing(self, company_desk: PersonalDesk, people: People) -> None:
        await connected(company_desk, people)
        company_desk.zalo.say(ANNA, "mất", clock.now() - ago(hours=1))
        company_desk.zalo.broken = True
        await company_desk.look()
        [row] = await company_desk.rows("SELECT attempts, due_at FROM personal_completeness")
        assert row["attempts"] >= 1
        assert row["due_at"] > clock.now()


class TestArrivals:
    async def test_what_is_named_and_not_sent_is_said_at_once(self, company_desk: PersonalDesk, people: People) -> None:
        await connected(company_desk, people)
        await company_desk.hear(company_desk.zalo.say(ANNA, "nghe được", clock.now() - ago(hours=3)))
        await company_desk.hear(company_desk.zalo.say(ANNA, "mình gửi", clock.now() - ago(minutes=20), own=True))
        await company_desk.drain()
        company_desk.zalo.say(ANNA, "không đến", clock.now() - ago(minutes=10))
        await company_desk.look()
        assert await health(company_desk) == ("degraded", NOTHING_ARRIVES)
        await company_desk.drain()
        assert "không đến" in await company_desk.bodies()

        await company_desk.hear(company_desk.zalo.say(ANNA, "lại đến", clock.now() + ago(seconds=1)))
        await company_desk.drain()
        await company_desk.look()
        assert await health(company_desk) == ("ok", None)

    @pytest.mark.caller("admin")
    async def test_the_board_says_it(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk, people: People
    ) -> None:
        await connected(company_desk, people)
        company_desk.zalo.say(ANNA, "có ai không", clock.now() - ago(minutes=10))
        await company_desk.look()
        await company_desk.look()
        [account] = (await client.get("/api/personal-accounts")).json()["items"]
        assert account["state"] == "online"
        assert account["reason"].startswith("Gửi đi được nhưng tin của khách không đến")
        assert account["completeness"]["percent"] is not None

    async def test_a_message_on_its_way_says_nothing(self, company_desk: PersonalDesk, people: People) -> None:
        await connected(company_desk, people)
        company_desk.zalo.say(ANNA, "vừa gửi", clock.now() - ago(seconds=5))
        await company_desk.look()
        assert await health(company_desk) == ("ok", None)
        assert await company_desk.rows("SELECT FROM personal_missing") == []

    async def test_silence_against_habit(self, company_desk: PersonalDesk, people: People) -> None:
        await connected(company_desk, people)
        await company_desk.run("UPDATE personal_completeness SET since = :since", since=clock.now() - ago(days=27))
        await company_desk.run(
            "INSERT INTO personal_hour (account_id, hour, events) SELECT :id, h, 10 FROM generate_series("
            "date_trunc('hour', CAST(:first AS timestamptz)), CAST(:last AS timestamptz), '1 hour') h",
            first=clock.now() - ago(days=27),
            last=clock.now() - ago(hours=6),
        )
        await company_desk.run("UPDATE personal_account SET connected_at = :at", at=clock.now() - ago(hours=5))
        await company_desk.completeness.watch()
        assert await health(company_desk) == ("degraded", QUIET)
        await company_desk.hear(company_desk.zalo.say(ANNA, "có tin", clock.now()))
        await company_desk.drain()
        await company_desk.completeness.watch()
        assert await health(company_desk) == ("ok", None)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_completeness_is_what_came_of_what_was_sent(n: int, k: int) -> None:
    if k <= n and n:
        assert percent(n - k, k) == pytest.approx(100 * (n - k) / n)
