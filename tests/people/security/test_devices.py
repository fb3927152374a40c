"""Browsers that are signed in, sudo, and the confirmation that chats are recorded."""

import httpx
import pytest

from sokhach.core.database import Database
from tests.conftest import MoveClock, SignIn
from tests.people.security.support import actions, problem
from tests.support.people import People


class TestDevices:
    async def test_ones_own_and_ending_one(self, client: httpx.AsyncClient, people: People, signed_in: SignIn) -> None:
        other = await signed_in(people.owner)
        await signed_in(people.teammate)
        items = (await client.get("/api/account/devices")).json()["items"]
        assert sorted(one["current"] for one in items) == [False, True]
        assert {one["device"] for one in items} == {"tests"} and {one["address"] for one in items} == {"127.0.0.1"}
        ended = next(one["id"] for one in items if not one["current"])
        assert (await client.delete(f"/api/account/devices/{ended}")).status_code == 204
        assert problem(await other.get("/api/session")) == (401, "not-signed-in")
        assert len((await client.get("/api/account/devices")).json()["items"]) == 1
        assert problem(await client.delete(f"/api/account/devices/{ended}")) == (404, "not-found")

    async def test_not_those_of_others(self, client: httpx.AsyncClient, people: People, signed_in: SignIn) -> None:
        other = await signed_in(people.teammate)
        theirs = (await other.get("/api/account/devices")).json()["items"][0]["id"]
        assert problem(await client.delete(f"/api/account/devices/{theirs}")) == (404, "not-found")
        path = f"/api/staff/{people.teammate.id}/devices"
        assert problem(await client.get(path)) == (403, "not-permitted")
        assert problem(await client.delete(f"{path}/{theirs}")) == (403, "not-permitted")
        assert (await other.get("/api/session")).status_code == 200

    async def test_administrators_end_anybodys(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        admin = await signed_in(people.admin)
        path = f"/api/staff/{people.owner.id}/devices"
        [device] = (await admin.get(path)).json()["items"]
        wrong_person = f"/api/staff/{people.teammate.id}/devices/{device['id']}"
        assert problem(await admin.delete(wrong_person)) == (404, "not-found")
        assert (await admin.delete(f"{path}/{device['id']}")).status_code == 204
        assert problem(await client.get("/api/session")) == (401, "not-signed-in")
        assert "device:end" in await actions(owner_db)


@pytest.mark.caller("admin")
class TestSudo:
    async def test_a_sign_in_counts_for_ten_minutes(
        self, client: httpx.AsyncClient, people: People, move_clock: MoveClock
    ) -> None:
        path = f"/api/staff/{people.owner.id}/suspension"
        assert (await client.put(path)).status_code == 200
        await move_clock(601)
        assert problem(await client.put(path)) == (403, "sudo-needed")
        wrong = await client.post("/api/session/sudo", json={"password": "nhầm"})
        assert problem(wrong) == (403, "password-wrong")
        assert problem(await client.put(path)) == (403, "sudo-needed")
        right = await client.post("/api/session/sudo", json={"password": people.admin.password})
        assert right.status_code == 204
        assert (await client.put(path)).status_code == 200
        await move_clock(1202)
        assert problem(await client.put(path)) == (403, "sudo-needed")

    async def test_it_is_of_one_browser(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        other = await signed_in(people.admin)
        await move_clock(601)
        await client.post("/api/session/sudo", json={"password": people.admin.password})
        assert (await client.put(f"/api/staff/{people.owner.id}/suspension")).status_code == 200
        refused = await other.put(f"/api/staff/{people.owner.id}/suspension")
        assert problem(refused) == (403, "sudo-needed")

    async def test_what_asks_for_it_and_what_does_not(
        self, client: httpx.AsyncClient, people: People, move_clock: MoveClock
    ) -> None:
        await move_clock(601)
        owner = f"/api/staff/{people.owner.id}"
        person = {"name": "Lê Hoa", "login": "hoa@example.vn"}
        for method, path, body in (
            ("PATCH", owner, {"role": "admin"}),
            ("POST", f"{owner}/password", None),
            ("POST", f"{owner}/password-reset", None),
            ("DELETE", f"{owner}/second-factor", None),
            ("POST", "/api/staff", {**person, "role": "admin"}),
            ("POST", "/api/staff/invitations", {**person, "role": "admin"}),
            ("DELETE", "/api/account/totp", None),
            ("POST", "/api/account/recovery-codes", None),
            ("POST", "/api/account/tokens", {"name": "x", "scopes": [], "expires_at": "2030-01-01T00:00:00Z"}),
            ("PUT", "/api/security-policy", {"totp_roles": []}),
            ("POST", "/api/demo/clearance", None),
        ):
            assert problem(await client.request(method, path, json=body)) == (403, "sudo-needed"), path
        assert (await client.patch(owner, json={"name": "Tên Mới"})).status_code == 200
        assert (await client.post("/api/staff/invitations", json={**person, "role": "staff"})).status_code == 201


class TestRecording:
    async def test_who_has_not_confirmed_is_listed_until_they_do(
        self, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        admin = await signed_in(people.admin)
        made = await admin.post("/api/staff", json={"name": "Lê Hoa", "login": "hoa@example.vn", "role": "staff"})
        listed = await admin.get("/api/staff", params={"recording_confirmed": False})
        assert [one["name"] for one in listed.json()["items"]] == ["Lê Hoa"]
        theirs = await signed_in(None)
        login = {"login": "hoa@example.vn", "password": made.json()["password"]}
        assert not (await theirs.post("/api/session", json=login)).json()["recording_confirmed"]
        assert (await theirs.post("/api/account/recording-confirmation")).status_code == 204
        first = (await theirs.get("/api/account/security")).json()["recording_confirmed_at"]
        assert first and (await theirs.get("/api/session")).json()["recording_confirmed"]
        await theirs.post("/api/account/recording-confirmation")
        assert (await theirs.get("/api/account/security")).json()["recording_confirmed_at"] == first
        listed = await admin.get("/api/staff", params={"recording_confirmed": False})
        assert listed.json()["items"] == []
        assert "account:confirm_recording" in await actions(owner_db)
