"""Requests of friendship: who sees them, who answers, and that each is answered once."""

from typing import Any

import httpx
import pytest

from sokhach.channels.pacing import Hold
from sokhach.channels.zalo_personal.cap_service import Caps
from sokhach.channels.zalo_personal.host.errands import Errands
from sokhach.channels.zalo_personal.protocol import FriendAccept, FriendReject, FriendUndo
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.conftest import MoveClock, SignIn
from tests.support.people import People
from tests.support.personal import OWN, PersonalDesk, friend_event, friend_request

ANNA, BINH = "2000000000000000002", "2000000000000000003"


@pytest.fixture
def desk(company_desk: PersonalDesk) -> PersonalDesk:
    return company_desk


@pytest.fixture
def errands(desk: PersonalDesk, owner_db: Database, settings: Settings) -> Errands:
    return Errands(owner_db, desk, Caps(settings.timezone).admit_call)


def path(desk: PersonalDesk, person: str | None = None) -> str:
    base = f"/api/personal-accounts/{desk.account_id}/friend-requests"
    return base if person is None else f"{base}/{person}/answer"


async def comes(desk: PersonalDesk, item: dict[str, Any]) -> None:
    await desk.gate.step()
    await desk.hear(item, cmd=601, listed="controls")
    await desk.drain()


async def shown(client: httpx.AsyncClient, desk: PersonalDesk) -> list[tuple[str, str, str]]:
    answer = await client.get(path(desk))
    assert answer.status_code == 200, answer.text
    return [(one["person"], one["direction"], one["state"]) for one in answer.json()["items"]]


async def answers(client: httpx.AsyncClient, desk: PersonalDesk, verb: str, person: str = ANNA) -> httpx.Response:
    return await client.post(path(desk, person), json={"answer": verb})


def slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rsplit(":", 1)[-1]


class TestList:
    async def test_theirs_and_ours_until_they_are_over(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        await comes(desk, friend_request(ANNA, "Em hỏi giá rèm"))
        await comes(desk, friend_request(BINH, ours=True))
        [ours, theirs] = (await client.get(path(desk))).json()["items"]
        assert (ours["person"], ours["direction"], ours["state"]) == (BINH, "out", "open")
        assert (theirs["person"], theirs["direction"], theirs["note"]) == (ANNA, "in", "Em hỏi giá rèm")
        assert theirs["conversation_id"] is not None
        await comes(desk, friend_event("undo_req", {"toUid": "1", "fromUid": ANNA}))
        await comes(desk, friend_event("add", BINH))
        assert sorted(await shown(client, desk)) == [(ANNA, "in", "withdrawn"), (BINH, "out", "accepted")]
        await comes(desk, friend_request(ANNA))
        assert (ANNA, "in", "open") in await shown(client, desk)

    @pytest.mark.parametrize(("who", "status"), [("admin", 200), ("manager", 403), ("lead", 403), ("outsider", 404)])
    async def test_is_for_the_holder_and_who_looks_after_accounts(
        self, who: str, status: int, people: People, desk: PersonalDesk, signed_in: SignIn
    ) -> None:
        await comes(desk, friend_request(ANNA))
        caller = await signed_in(people.named(who))
        assert (await caller.get(path(desk))).status_code == status
        assert (await answers(caller, desk, "accept")).status_code == status
        calls = await desk.rows("SELECT id FROM personal_call")
        assert len(calls) == (1 if status == 200 else 0)

    async def test_of_an_own_sim_only_who_is_work(
        self, client: httpx.AsyncClient, own_desk: PersonalDesk, people: People
    ) -> None:
        await own_desk.mark(people.owner.id, ANNA)
        await own_desk.gate.load(own_desk.account_id)
        for person in (ANNA, BINH):
            await comes(own_desk, friend_request(person))
        assert [one[0] for one in await shown(client, own_desk)] == [ANNA]
        assert (await answers(client, own_desk, "accept", BINH)).status_code == 404
        await own_desk.run("UPDATE work_contact SET ended_at = :now, ended_by = marked_by", now=clock.now())
        assert await shown(client, own_desk) == []


class TestAnswer:
    async def test_accepts_and_the_list_of_friends_is_read_again(
        self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands
    ) -> None:
        await desk.run(
            "INSERT INTO personal_directory (account_id, kind, due_at, attempts)"
            " VALUES (:id, 'friends', now() + interval '1 day', 0)"
        )
        await comes(desk, friend_request(ANNA))
        asked = (await answers(client, desk, "accept")).json()
        assert (asked["state"], asked["answer"]) == ("asked", "accept")
        assert await errands.step() == 1
        assert [one.uid for one in desk.zalo.asked if isinstance(one, FriendAccept)] == [ANNA]
        assert await shown(client, desk) == [(ANNA, "in", "accepted")]
        assert await desk.rows("SELECT 1 FROM personal_directory WHERE due_at <= :now", now=clock.now())
        audited = await desk.rows("SELECT after FROM audit_log WHERE action = 'personal_call:ask'")
        assert [row["after"]["op"] for row in audited] == ["friend_accept"]

    async def test_two_clicks_are_one(self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands) -> None:
        await comes(desk, friend_request(ANNA))
        for _ in range(2):
            assert (await answers(client, desk, "reject")).json()["state"] == "asked"
        assert slug(await answers(client, desk, "accept")) == (409, "friend-request-answered")
        await errands.step()
        assert (await answers(client, desk, "reject")).json()["state"] == "declined"
        assert slug(await answers(client, desk, "accept")) == (409, "friend-request-gone")
        await errands.step()
        assert len([one for one in desk.zalo.asked if isinstance(one, FriendReject)]) == 1

    @pytest.mark.parametrize(
        ("second", "state", "error"), [("accept", "done", None), ("reject", "failed", "request-gone")]
    )
    async def test_of_two_people_one_answers(
        self,
        second: str,
        state: str,
        error: str | None,
        client: httpx.AsyncClient,
        people: People,
        signed_in: SignIn,
        desk: PersonalDesk,
        errands: Errands,
        move_clock: MoveClock,
    ) -> None:
        await comes(desk, friend_request(ANNA))
        admin = await signed_in(people.admin)
        # The holder does not see that the administrator asked already; the worker does.
        first = await desk.rows(
            "INSERT INTO personal_call (account_id, asked_by, op, arguments, state, created_at, changed_at)"
            " VALUES (:id, :by, 'friend_accept', jsonb_build_object('uid', CAST(:uid AS text)), 'asked', :now, :now)"
            " RETURNING id",
            by=people.admin.id,
            uid=ANNA,
            now=clock.now(),
        )
        assert (await answers(client, desk, second)).status_code == 200
        assert await errands.step() == 1
        await move_clock(5)
        assert await errands.step() == 0
        rows = await desk.rows("SELECT id, state, error FROM personal_call ORDER BY id")
        assert [row["id"] for row in rows][:1] == [first[0]["id"]]
        assert [(row["state"], row["error"]) for row in rows] == [("done", None), (state, error)]
        assert len([one for one in desk.zalo.asked if isinstance(one, FriendAccept | FriendReject)]) == 1
        assert await shown(admin, desk) == [(ANNA, "in", "accepted" if second == "accept" else "gone")]

    async def test_who_asks_again_at_once_is_answered_anew(
        self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands, move_clock: MoveClock
    ) -> None:
        await comes(desk, friend_request(ANNA))
        await answers(client, desk, "reject")
        await errands.step()
        await comes(desk, friend_event("reject", {"toUid": OWN, "fromUid": ANNA}))
        assert await shown(client, desk) == [(ANNA, "in", "declined")]
        await comes(desk, friend_request(ANNA, "Em hỏi lại ạ"))
        assert await shown(client, desk) == [(ANNA, "in", "open")]
        await move_clock(4)
        assert (await answers(client, desk, "accept")).json()["state"] == "asked"
        assert await errands.step() == 1
        assert await shown(client, desk) == [(ANNA, "in", "accepted")]

    async def test_only_what_fits(self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands) -> None:
        await comes(desk, friend_request(BINH, ours=True))
        assert slug(await answers(client, desk, "accept", BINH)) == (409, "friend-request-gone")
        assert (await answers(client, desk, "undo", BINH)).json()["state"] == "asked"
        await errands.step()
        assert [one.uid for one in desk.zalo.asked if isinstance(one, FriendUndo)] == [BINH]
        assert await shown(client, desk) == [(BINH, "out", "withdrawn")]
        assert (await answers(client, desk, "accept", ANNA)).status_code == 404
        assert (await answers(client, desk, "accept", "x")).status_code == 404
        assert (await answers(client, desk, "block", BINH)).status_code == 400

    async def test_a_request_that_zalo_does_not_know_is_gone(
        self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands
    ) -> None:
        await comes(desk, friend_request(ANNA))
        desk.zalo.refuses[FriendAccept] = 112
        await answers(client, desk, "accept")
        await errands.step()
        assert await shown(client, desk) == [(ANNA, "in", "gone")]
        [one] = (await client.get(path(desk))).json()["items"]
        assert "không còn trên Zalo" in one["error"]

    async def test_a_failure_is_told_and_may_be_tried_again(
        self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands, move_clock: MoveClock
    ) -> None:
        await comes(desk, friend_request(ANNA))
        desk.zalo.refuses[FriendAccept] = 429
        await answers(client, desk, "accept")
        await errands.step()
        [one] = (await client.get(path(desk))).json()["items"]
        assert (one["state"], one["answer"]) == ("failed", "accept")
        assert "quá nhiều việc" in one["error"]
        desk.zalo.refuses.clear()
        await move_clock(5)
        assert (await answers(client, desk, "accept")).json()["state"] == "asked"
        await errands.step()
        assert await shown(client, desk) == [(ANNA, "in", "accepted")]


class TestRestraint:
    async def test_nothing_is_answered_while_sending_is_stopped(
        self, client: httpx.AsyncClient, desk: PersonalDesk, errands: Errands, move_clock: MoveClock
    ) -> None:
        await comes(desk, friend_request(ANNA))
        await desk.run("UPDATE personal_switch SET stopped_at = now()")
        await answers(client, desk, "accept")
        assert await errands.step() == 0
        [one] = (await client.get(path(desk))).json()["items"]
        assert one["state"] == "asked"
        assert "tạm dừng" in one["error"]
        await desk.run("UPDATE personal_switch SET stopped_at = NULL")
        await move_clock(120)
        assert await errands.step() == 1

    async def test_answers_keep_a_pause_and_a_cap(
        self, desk: PersonalDesk, owner_db: Database, settings: Settings
    ) -> None:
        caps = Caps(settings.timezone)
        now = clock.now()
        async with owner_db.transaction() as connection:
            assert await caps.admit_call(connection, desk.account_id, "friend_accept", now) is None
            paused = await caps.admit_call(connection, desk.account_id, "friend_reject", now)
        assert isinstance(paused, Hold)
        assert (paused.reason, 1 <= (paused.until - now).total_seconds() <= 2) == (None, True)
        await desk.run("UPDATE personal_cap_use SET used = 60 WHERE cap = 'friend_answers_day'")
        await desk.run("UPDATE personal_account SET warm_from = now() - interval '1 year'")
        async with owner_db.transaction() as connection:
            full = await caps.admit_call(connection, desk.account_id, "friend_accept", now)
        assert full is not None
        assert full.reason == "cap-friend-answers-day"
