"""Who answers with Zalo's own tools: heard of by id, named by an administrator, and shown with what they wrote."""

from typing import Any

import httpx
import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.conftest import SignIn
from tests.support.oa import OA, at, connect_oa, echoed, said
from tests.support.people import People

USER, ADMIN, OTHER = "9001", "4609571003748261", "77"


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)


async def name(client: httpx.AsyncClient, oa: OA, admin: str, staff_id: Any) -> httpx.Response:
    return await client.put(f"/api/channel-accounts/{oa.account_id}/admins/{admin}", json={"staff_id": staff_id})


async def listed(client: httpx.AsyncClient, oa: OA) -> list[dict[str, Any]]:
    return (await client.get(f"/api/channel-accounts/{oa.account_id}/admins")).json()["items"]


@pytest.mark.caller("admin")
class TestHeardOf:
    async def test_first_and_last_in_whatever_order(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(echoed(USER, "m2", at(60), admin=ADMIN), echoed("9002", "m3", at(90), admin=OTHER))
        await oa.take(echoed(USER, "m1", at(0), admin=ADMIN), echoed(USER, "m4", at(30), admin=ADMIN))
        shown = [(one["external_id"], one["staff_id"], one["staff_name"]) for one in await listed(client, oa)]
        assert shown == [(OTHER, None, None), (ADMIN, None, None)]
        rows = await oa.rows("SELECT * FROM channel_admin WHERE external_id = :admin", admin=ADMIN)
        assert [(row["first_seen_at"], row["last_seen_at"]) for row in rows] == [(at(0), at(60))]

    async def test_customers_and_automatic_answers_are_nobody(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(said(USER, "m1", at(0)), echoed(USER, "m2", at(1)))
        assert await listed(client, oa) == []

    async def test_hearing_of_them_again_keeps_their_name(
        self, oa: OA, client: httpx.AsyncClient, people: People
    ) -> None:
        await oa.take(echoed(USER, "m1", at(0), admin=ADMIN))
        await name(client, oa, ADMIN, people.owner.id)
        await oa.take(echoed(USER, "m2", at(60), admin=ADMIN))
        [one] = await listed(client, oa)
        assert (one["staff_id"], one["staff_name"]) == (people.owner.id, people.owner.name)


@pytest.mark.caller("admin")
class TestNamed:
    async def test_what_they_write_is_shown_as_theirs(self, oa: OA, client: httpx.AsyncClient, people: People) -> None:
        await oa.take(said(USER, "m1", at(0)), echoed(USER, "m2", at(60), admin=ADMIN))
        conversation_id = await oa.value("SELECT id FROM conversation")

        async def author() -> dict[str, Any]:
            page = await client.get(f"/api/conversations/{conversation_id}/messages")
            return page.json()["items"][-1]["author"]

        nobody = {"kind": "channel", "id": None, "external_id": ADMIN, "name": None, "avatar_url": None}
        assert await author() == nobody
        answer = await name(client, oa, ADMIN, people.owner.id)
        assert (answer.status_code, answer.json()["items"][0]["staff_name"]) == (200, people.owner.name)
        assert await author() == nobody | {"id": people.owner.id, "name": people.owner.name}
        [row] = (await client.get("/api/conversations?view=all")).json()["items"]
        assert row["last_message"]["author_name"] == people.owner.name
        await name(client, oa, ADMIN, None)
        assert await author() == nobody

    async def test_what_they_answer_from_then_on_is_theirs(
        self, oa: OA, client: httpx.AsyncClient, people: People
    ) -> None:
        await oa.take(said(USER, "m1", at(0)), echoed(USER, "m2", at(60), admin=ADMIN))
        await name(client, oa, ADMIN, people.owner.id)
        await oa.take(said(USER, "m3", at(120)), echoed(USER, "m4", at(180), admin=ADMIN))
        turns = await oa.rows("SELECT answered_by FROM turn ORDER BY waiting_since")
        assert [turn["answered_by"] for turn in turns] == [None, people.owner.id]

    async def test_an_answer_that_comes_late_is_theirs_too(
        self, oa: OA, client: httpx.AsyncClient, people: People
    ) -> None:
        await oa.take(echoed("9002", "other", at(0), admin=ADMIN))
        await name(client, oa, ADMIN, people.owner.id)
        await oa.take(said(USER, "m1", at(0)), said(USER, "m3", at(120)))
        await oa.take(echoed(USER, "m2", at(60), admin=ADMIN))
        turns = await oa.rows("SELECT closed_at, answered_by FROM turn ORDER BY waiting_since")
        assert [tuple(turn.values()) for turn in turns] == [(at(60), people.owner.id), (None, None)]

    @pytest.mark.parametrize("staff_id", [0, 404, 2**63, "x"])
    async def test_after_nobody_who_is_not_here(self, oa: OA, client: httpx.AsyncClient, staff_id: object) -> None:
        await oa.take(echoed(USER, "m1", at(0), admin=ADMIN))
        assert (await name(client, oa, ADMIN, staff_id)).status_code == 400

    async def test_only_who_was_heard_of(self, oa: OA, client: httpx.AsyncClient, people: People) -> None:
        assert (await name(client, oa, "1", people.owner.id)).status_code == 404
        far = f"/api/channel-accounts/{2**63}/admins"
        assert (await client.get(far)).status_code == 404
        assert (await client.put(f"{far}/{ADMIN}", json={"staff_id": None})).status_code == 404


class TestWho:
    async def test_administrators_only(self, oa: OA, signed_in: SignIn, people: People) -> None:
        await oa.take(echoed(USER, "m1", at(0), admin=ADMIN))
        for person in (people.owner, people.lead, people.manager):
            client = await signed_in(person)
            assert (await name(client, oa, ADMIN, person.id)).status_code == 403
            assert (await client.get(f"/api/channel-accounts/{oa.account_id}/admins")).status_code == 403

    @pytest.mark.caller("admin")
    async def test_people_to_choose_from(self, client: httpx.AsyncClient, people: People, owner_db: Database) -> None:
        names = [one["name"] for one in (await client.get("/api/colleagues")).json()["items"]]
        assert names == sorted(names)
        assert people.owner.name in names
