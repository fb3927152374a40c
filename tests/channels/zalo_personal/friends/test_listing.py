"""Requests of friendship that came while the account was not connected: read from Zalo's own list, each once."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from sokhach.channels.zalo_personal.directory import Directory
from sokhach.channels.zalo_personal.friends import listing
from sokhach.channels.zalo_personal.protocol import FriendRequests
from sokhach.core import clock
from sokhach.intake.gateway import lane_of
from tests.conftest import MoveClock
from tests.support.people import People
from tests.support.personal import PersonalDesk, friend_request, journal, ms

ANNA, BINH = "2000000000000000002", "2000000000000000003"
LONG_AGO = timedelta(hours=3)


def asks(person: str, at: datetime, *, ours: bool = False, note: str = "Em hỏi giá rèm") -> dict[str, Any]:
    return {
        "userId": person,
        "zaloName": f"Khách {person[-1]}",
        "displayName": f"Khách {person[-1]}",
        "avatar": f"https://example.com/{person}.jpg",
        "recommType": 2,
        "request": {"ours": ours, "message": note, "time": ms(at)},
    }


async def reads(desk: PersonalDesk) -> None:
    """All that is due, and what comes of it."""
    await Directory(desk.database, desk, desk.gate, lane_of, journal).step()
    await desk.drain()


async def shown(client: httpx.AsyncClient, desk: PersonalDesk) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/personal-accounts/{desk.account_id}/friend-requests")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def asked(desk: PersonalDesk) -> int:
    return sum(isinstance(one, FriendRequests) for one in desk.zalo.asked)


class TestWhatCameMeanwhile:
    async def test_is_listed_with_its_name_words_and_time_and_stands_in_the_thread(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk
    ) -> None:
        desk, then = company_desk, clock.now() - LONG_AGO
        await desk.connect()
        desk.zalo.requests = [asks(ANNA, then), asks(BINH, then - LONG_AGO, ours=True)]
        await reads(desk)
        theirs, ours = await shown(client, desk)
        assert (theirs["person"], theirs["direction"], theirs["state"]) == (ANNA, "in", "open")
        assert (theirs["name"], theirs["note"]) == ("Khách 2", "Em hỏi giá rèm")
        assert abs(datetime.fromisoformat(theirs["at"]) - then) < timedelta(seconds=1)
        assert (ours["person"], ours["direction"]) == (BINH, "out")
        page = await client.get(f"/api/conversations/{theirs['conversation_id']}/messages")
        [event] = page.json()["items"]
        assert event["kind"] == "event"
        assert "Em hỏi giá rèm" in event["event"]["text"]

    async def test_once_however_often_it_is_read(self, client: httpx.AsyncClient, company_desk: PersonalDesk) -> None:
        desk = company_desk
        await desk.connect()
        desk.zalo.requests = [asks(ANNA, clock.now() - LONG_AGO)]
        for _ in range(3):
            await reads(desk)
            await desk.run("UPDATE personal_directory SET due_at = :now", now=clock.now())
        assert asked(desk) == 3
        assert len(await shown(client, desk)) == 1
        assert len(await desk.rows("SELECT 1 FROM message")) == 1

    async def test_what_was_heard_of_is_not_told_twice(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk
    ) -> None:
        desk = company_desk
        await desk.connect()
        await desk.gate.step()
        await desk.hear(friend_request(ANNA), cmd=601, listed="controls")
        desk.zalo.requests = [asks(ANNA, clock.now())]
        await reads(desk)
        assert len(await shown(client, desk)) == 1
        assert len(await desk.rows("SELECT 1 FROM message")) == 1

    async def test_a_young_one_is_left_to_its_event_and_looked_for_soon_after(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk, move_clock: MoveClock
    ) -> None:
        desk = company_desk
        await desk.connect()
        desk.zalo.requests = [asks(ANNA, clock.now() - timedelta(seconds=5))]
        await reads(desk)
        assert await shown(client, desk) == []
        await move_clock(listing.YOUNG.total_seconds() * 1.5)
        await reads(desk)
        assert [one["person"] for one in await shown(client, desk)] == [ANNA]

    async def test_of_an_own_sim_only_who_is_work(
        self, client: httpx.AsyncClient, own_desk: PersonalDesk, people: People
    ) -> None:
        desk = own_desk
        await desk.mark(people.owner.id, ANNA)
        await desk.connect()
        desk.zalo.requests = [asks(one, clock.now() - LONG_AGO, note=f"Tôi là {one}") for one in (ANNA, BINH)]
        await reads(desk)
        assert [one["person"] for one in await shown(client, desk)] == [ANNA]
        kept = await desk.rows("SELECT convert_from(payload, 'UTF8') AS payload FROM journal")
        assert not [row for row in kept if BINH in row["payload"]]

    async def test_who_became_a_friend_meanwhile_asks_no_more(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk, move_clock: MoveClock
    ) -> None:
        desk = company_desk
        await desk.connect()
        await desk.gate.step()
        await desk.hear(friend_request(ANNA), cmd=601, listed="controls")
        await reads(desk)
        await desk.disconnect()
        await move_clock(2 * 3600)
        desk.zalo.friends = [{"userId": ANNA, "displayName": "Anna", "zaloName": "Anna"}]
        await desk.connect()
        await reads(desk)
        assert [one["state"] for one in await shown(client, desk)] == ["accepted"]


class TestWhenItIsRead:
    async def test_again_after_a_break_but_not_after_each_of_many(
        self, company_desk: PersonalDesk, move_clock: MoveClock
    ) -> None:
        desk = company_desk
        await desk.connect()
        await reads(desk)
        assert asked(desk) == 1
        for minute in range(1, 4):
            await desk.disconnect()
            await move_clock(minute * 60)
            await desk.connect()
            await reads(desk)
        assert asked(desk) == 1
        await move_clock(13 * 60)
        await reads(desk)
        assert asked(desk) == 2
        await move_clock(2 * 3600)
        await reads(desk)
        assert asked(desk) == 2

    @pytest.mark.parametrize(
        "said", [None, {}, ["x"], [{"userId": ANNA}], [{"userId": ANNA, "request": {"time": "x"}}]]
    )
    async def test_what_says_nothing_harms_nothing(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk, said: Any
    ) -> None:
        desk = company_desk
        await desk.connect()
        desk.zalo.requests = said
        await reads(desk)
        assert await shown(client, desk) == []
        answered = "convert_from(j.payload, 'UTF8')::jsonb ->> 'kind' = 'requests'"
        assert not await desk.rows(f"SELECT 1 FROM quarantine q JOIN journal j ON j.id = q.journal_id WHERE {answered}")
