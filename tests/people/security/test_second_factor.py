"""Codes of an authenticator app beside the password."""

import asyncio
from typing import Any

import httpx
import pytest
from pyotp.totp import TOTP

from sokhach.core import clock
from sokhach.core.database import Database
from tests.conftest import MoveClock, SignIn
from tests.people.security.support import actions, problem, rows
from tests.support.people import People, Person


def code(secret: str, steps: int = 0) -> str:
    return TOTP(secret).generate_otp(int(clock.now().timestamp()) // 30 + steps)


async def set_up(client: httpx.AsyncClient) -> tuple[str, list[str]]:
    """The secret, and the recovery codes."""
    secret = (await client.post("/api/account/totp")).json()["secret"]
    done = await client.put("/api/account/totp", json={"code": code(secret)})
    assert done.status_code == 200, done.text
    return secret, done.json()["recovery_codes"]


async def sign_in(client: httpx.AsyncClient, person: Person, given: str | None = None) -> httpx.Response:
    login: dict[str, Any] = {"login": person.login, "password": person.password}
    return await client.post("/api/session", json=login | ({"code": given} if given else {}))


class TestSetUp:
    async def test_it_counts_from_the_first_code(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        begun = (await client.post("/api/account/totp")).json()
        assert begun["uri"].startswith("otpauth://totp/") and begun["secret"] in begun["uri"]
        nobody = await signed_in(None)
        assert (await sign_in(nobody, people.owner)).status_code == 201, "not confirmed yet"
        wrong = await client.put("/api/account/totp", json={"code": "000000"})
        assert problem(wrong) == (403, "code-wrong")
        done = await client.put("/api/account/totp", json={"code": code(begun["secret"])})
        assert len(set(done.json()["recovery_codes"])) == 10
        state = (await client.get("/api/account/security")).json()
        assert (state["totp"], state["totp_required"], state["recovery_codes_left"]) == (True, False, 10)
        assert problem(await sign_in(await signed_in(None), people.owner)) == (401, "second-factor-needed")
        stored = await rows(owner_db, "SELECT sealed FROM totp")
        assert begun["secret"].encode() not in stored[0]["sealed"]
        assert "second_factor:set" in await actions(owner_db)

    async def test_one_at_a_time(self, client: httpx.AsyncClient) -> None:
        await set_up(client)
        assert problem(await client.post("/api/account/totp")) == (409, "second-factor-set")

    async def test_codes_cannot_be_guessed_while_it_is_set_up(self, client: httpx.AsyncClient) -> None:
        await client.post("/api/account/totp")
        answers = [problem(await client.put("/api/account/totp", json={"code": "000000"})) for _ in range(6)]
        assert answers == [(403, "code-wrong")] * 5 + [(429, "too-many-attempts")]


class TestSignIn:
    async def test_a_code_serves_once(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        secret, _ = await set_up(client)
        nobody = await signed_in(None)
        assert problem(await sign_in(nobody, people.owner, code(secret))) == (401, "code-wrong"), "shown at set-up"
        await move_clock(60)
        now = code(secret)
        assert (await sign_in(nobody, people.owner, f" {now[:3]} {now[3:]} ")).status_code == 201
        assert problem(await sign_in(await signed_in(None), people.owner, now)) == (401, "code-wrong")

    async def test_nor_twice_at_the_same_moment(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        secret, _ = await set_up(client)
        await move_clock(60)
        now = code(secret)
        browsers = [await signed_in(None) for _ in range(3)]
        answers = await asyncio.gather(*(sign_in(one, people.owner, now) for one in browsers))
        assert sorted(answer.status_code for answer in answers) == [201, 401, 401]

    @pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 201), (0, 201), (1, 201), (2, 401)])
    async def test_clocks_may_go_wrong_by_half_a_minute(
        self,
        client: httpx.AsyncClient,
        people: People,
        signed_in: SignIn,
        move_clock: MoveClock,
        steps: int,
        status: int,
    ) -> None:
        secret, _ = await set_up(client)
        await move_clock(300)
        assert (await sign_in(await signed_in(None), people.owner, code(secret, steps))).status_code == status

    async def test_a_recovery_code_serves_once(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        _, recovery = await set_up(client)
        nobody = await signed_in(None)
        assert (await sign_in(nobody, people.owner, recovery[0].replace("-", " ").upper())).status_code == 201
        assert problem(await sign_in(await signed_in(None), people.owner, recovery[0])) == (401, "code-wrong")
        assert (await client.get("/api/account/security")).json()["recovery_codes_left"] == 9

    async def test_guessing_is_slowed_down(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        secret, recovery = await set_up(client)
        await move_clock(60)
        nobody = await signed_in(None)
        answers = [problem(await sign_in(nobody, people.owner, f"00000{i}")) for i in range(5)]
        assert answers == [(401, "code-wrong")] * 5
        for given in (code(secret), recovery[0]):
            assert problem(await sign_in(nobody, people.owner, given)) == (429, "too-many-attempts")

    async def test_a_wrong_password_does_not_tell_that_there_is_one(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        await set_up(client)
        wrong = {"login": people.owner.login, "password": "không phải mật khẩu này"}
        assert problem(await (await signed_in(None)).post("/api/session", json=wrong)) == (401, "sign-in-failed")


class TestRemove:
    async def test_ones_own(self, client: httpx.AsyncClient, people: People, signed_in: SignIn) -> None:
        await set_up(client)
        assert (await client.delete("/api/account/totp")).status_code == 204
        assert (await sign_in(await signed_in(None), people.owner)).status_code == 201
        assert problem(await client.post("/api/account/recovery-codes")) == (409, "second-factor-not-begun")

    async def test_new_codes_end_the_old(self, client: httpx.AsyncClient, people: People, signed_in: SignIn) -> None:
        _, old = await set_up(client)
        new = (await client.post("/api/account/recovery-codes")).json()["recovery_codes"]
        nobody = await signed_in(None)
        assert problem(await sign_in(nobody, people.owner, old[0])) == (401, "code-wrong")
        assert (await sign_in(nobody, people.owner, new[0])).status_code == 201

    async def test_an_administrator_helps_who_has_lost_theirs(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        await set_up(client)
        admin = await signed_in(people.admin)
        assert (await admin.get(f"/api/staff/{people.owner.id}")).json()["totp"]
        assert (await admin.delete(f"/api/staff/{people.owner.id}/second-factor")).status_code == 204
        assert problem(await admin.delete(f"/api/staff/{people.owner.id}/second-factor")) == (404, "not-found")
        assert (await sign_in(await signed_in(None), people.owner)).status_code == 201


class TestPolicy:
    async def test_who_needs_one_and_has_none_sets_it_up_first(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        admin = await signed_in(people.admin)
        changed = await admin.put("/api/security-policy", json={"totp_roles": ["staff"]})
        assert (changed.status_code, changed.json()) == (200, {"totp_roles": ["staff"]})
        assert (await client.get("/api/session")).json()["needs_second_factor"]
        for method, path in (
            ("GET", "/api/conversations"),
            ("GET", "/api/account/devices"),
            ("POST", "/api/account/tokens"),
            ("PUT", "/api/account/password"),
            ("GET", "/api/staff"),
        ):
            assert problem(await client.request(method, path, json={})) == (403, "second-factor-required"), path
        assert (await (await signed_in(people.lead)).get("/api/conversations")).status_code == 200
        assert (await client.get("/api/account/security")).json()["totp_required"]
        await set_up(client)
        assert (await client.get("/api/conversations")).status_code == 200
        assert not (await client.get("/api/session")).json()["needs_second_factor"]

    async def test_nobody_shuts_themselves_out(self, people: People, signed_in: SignIn) -> None:
        admin = await signed_in(people.admin)
        refused = await admin.put("/api/security-policy", json={"totp_roles": ["admin"]})
        assert problem(refused) == (409, "second-factor-own-first")
        await set_up(admin)
        assert (await admin.put("/api/security-policy", json={"totp_roles": ["admin"]})).status_code == 200
        assert (await admin.get("/api/security-policy")).json() == {"totp_roles": ["admin"]}

    @pytest.mark.parametrize("name", ["owner", "lead", "manager"])
    async def test_only_administrators_decide(self, people: People, signed_in: SignIn, name: str) -> None:
        theirs = await signed_in(people.named(name))
        refused = await theirs.put("/api/security-policy", json={"totp_roles": []})
        assert problem(refused) == (403, "not-permitted")
