"""Somebody is invited by a link, chooses a password, and is in."""

import asyncio
from typing import Any

import httpx
import msgspec
import pytest

from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.core.mail import Letter
from tests.conftest import MoveClock, SignIn
from tests.people.security.support import NEW_PASSWORD, actions, problem, rows, token_of
from tests.support.people import People

pytestmark = pytest.mark.caller("admin")

DAY = 24 * 3600
NEW = {"name": "Lê Thị Hoa", "login": "hoa@example.vn", "role": "lead"}


async def invite(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await client.post("/api/staff/invitations", json={**NEW, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def accepted(link: str, **more: Any) -> dict[str, Any]:
    return {"token": token_of(link), "password": NEW_PASSWORD, "recording_confirmed": True, **more}


class TestInvite:
    async def test_they_choose_a_password_and_are_in(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        invited = await invite(client, teams=[{"team_id": people.team_id, "leads": True}])
        assert invited["member"]["invited"] and invited["member"]["recording_confirmed_at"] is None
        assert not invited["mailed"], "there is no SMTP server"
        theirs = await signed_in(None)
        shown = await theirs.get("/api/invitation", params={"token": token_of(invited["link"])})
        assert shown.json() | {"expires_at": 0} == {
            "name": "Lê Thị Hoa", "login": "hoa@example.vn", "invited_by": "Admin", "expires_at": 0,
        }  # fmt: skip
        came = await theirs.post("/api/invitation", json=accepted(invited["link"]))
        assert (came.status_code, came.json()["role"], came.json()["recording_confirmed"]) == (201, "lead", True)
        assert (await theirs.get("/api/session")).json()["name"] == "Lê Thị Hoa"
        member = (await client.get(f"/api/staff/{invited['member']['id']}")).json()
        assert not member["invited"] and member["recording_confirmed_at"]
        again = await (await signed_in(None)).post(
            "/api/session", json={"login": NEW["login"], "password": NEW_PASSWORD}
        )
        assert again.status_code == 201
        assert [one for one in await actions(owner_db) if one.startswith("staff:")] == ["staff:invite", "staff:join"]

    async def test_a_link_serves_once_even_at_the_same_moment(
        self, client: httpx.AsyncClient, signed_in: SignIn
    ) -> None:
        link = (await invite(client))["link"]
        browsers = [await signed_in(None) for _ in range(3)]
        answers = await asyncio.gather(*(one.post("/api/invitation", json=accepted(link)) for one in browsers))
        assert sorted(answer.status_code for answer in answers) == [201, 410, 410]

    async def test_it_ends_after_seven_days_and_with_a_new_one(
        self, client: httpx.AsyncClient, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        invited = await invite(client)
        again = await client.post(f"/api/staff/{invited['member']['id']}/invitation")
        nobody = await signed_in(None)
        old = await nobody.post("/api/invitation", json=accepted(invited["link"]))
        assert problem(old) == (410, "link-invalid")
        await move_clock(7 * DAY + 1)
        late = await nobody.post("/api/invitation", json=accepted(again.json()["link"]))
        assert problem(late) == (410, "link-invalid")

    async def test_suspension_ends_it(self, client: httpx.AsyncClient, signed_in: SignIn) -> None:
        invited = await invite(client)
        await client.put(f"/api/staff/{invited['member']['id']}/suspension")
        await client.delete(f"/api/staff/{invited['member']['id']}/suspension")
        late = await (await signed_in(None)).post("/api/invitation", json=accepted(invited["link"]))
        assert problem(late) == (410, "link-invalid")

    @pytest.mark.parametrize(
        ("wrong", "path"), [({"password": "ngắn"}, "password"), ({"recording_confirmed": False}, "recording_confirmed")]
    )
    async def test_what_is_wrong_costs_nothing(
        self, client: httpx.AsyncClient, signed_in: SignIn, wrong: dict[str, Any], path: str
    ) -> None:
        link = (await invite(client))["link"]
        nobody = await signed_in(None)
        refused = await nobody.post("/api/invitation", json=accepted(link, **wrong))
        assert refused.status_code == 400 and [one["path"] for one in refused.json()["errors"]] == [path]
        assert (await nobody.post("/api/invitation", json=accepted(link))).status_code == 201

    async def test_who_has_come_is_not_invited_again(self, client: httpx.AsyncClient, people: People) -> None:
        assert problem(await client.post(f"/api/staff/{people.owner.id}/invitation")) == (409, "already-joined")
        assert problem(await client.post("/api/staff/999/invitation")) == (404, "not-found")

    async def test_a_login_is_one_persons(self, client: httpx.AsyncClient) -> None:
        taken = await client.post("/api/staff/invitations", json=NEW | {"login": "OWNER@example.vn"})
        assert problem(taken) == (409, "login-taken")

    async def test_who_was_only_invited_keeps_nobody_from_being_the_last_admin(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        await invite(client, role="admin")
        lowered = await client.patch(f"/api/staff/{people.admin.id}", json={"role": "staff"})
        assert problem(lowered) == (409, "last-admin")

    @pytest.mark.parametrize("name", ["owner", "lead", "manager"])
    async def test_only_administrators_invite(self, signed_in: SignIn, people: People, name: str) -> None:
        refused = await (await signed_in(people.named(name))).post("/api/staff/invitations", json=NEW)
        assert problem(refused) == (403, "not-permitted")

    async def test_a_first_password_in_its_place_ends_it(self, client: httpx.AsyncClient, signed_in: SignIn) -> None:
        invited = await invite(client)
        made = await client.post(f"/api/staff/{invited['member']['id']}/password")
        nobody = await signed_in(None)
        late = await nobody.post("/api/invitation", json=accepted(invited["link"]))
        assert problem(late) == (410, "link-invalid")
        came = await nobody.post("/api/session", json={"login": NEW["login"], "password": made.json()["password"]})
        assert (came.status_code, came.json()["recording_confirmed"]) == (201, False)


class TestByMail:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return msgspec.structs.replace(settings, smtp_url="smtp://127.0.0.1:9", mail_from="so@example.vn")

    async def test_the_letter_holds_the_link_and_waits_sealed(
        self, client: httpx.AsyncClient, owner_db: Database, settings: Settings
    ) -> None:
        invited = await invite(client)
        assert invited["mailed"]
        waiting = await rows(owner_db, "SELECT kind, sealed FROM mail")
        assert [row["kind"] for row in waiting] == ["invitation"]
        assert token_of(invited["link"]).encode() not in waiting[0]["sealed"]
        letter = msgspec.json.decode(Vault(settings.keys).open(waiting[0]["sealed"]), type=Letter)
        assert letter.to == "hoa@example.vn" and invited["link"] in letter.body and "Admin" in letter.body

    async def test_a_phone_number_gets_none(self, client: httpx.AsyncClient, owner_db: Database) -> None:
        assert not (await invite(client, login="0912 345 678"))["mailed"]
        assert await rows(owner_db, "SELECT 1 FROM mail") == []
