"""Setup, sign-in, session and preferences over HTTP."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import func, select, update

from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import hash_token
from sokhach.core.database import Database
from sokhach.people import rules, service
from sokhach.people.models import Session, Staff
from tests.conftest import MoveClock, SignIn
from tests.support.people import PASSWORD, People, Person

NEW = {"name": " Lê Thị Hoa ", "login": "0912 345 678", "password": "cà phê sữa đá"}


async def setup_code(database: Database) -> str:
    async with database.transaction() as connection:
        code = await service.new_setup_code(connection)
    assert code
    return code


async def count(database: Database, table: type[Session] | type[Staff]) -> int:
    async with database.transaction() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


class TestSetup:
    async def test_first_owner_is_made_and_signed_in(
        self, signed_in: SignIn, owner_db: Database, settings: Settings
    ) -> None:
        client = await signed_in(None)
        assert (await client.get("/api/setup")).json() == {"needs_owner": True}
        made = await client.post("/api/setup", json={"token": await setup_code(owner_db), **NEW})
        assert made.status_code == 201
        me = made.json()
        assert me | {"id": 0, "code": ""} == {
            "id": 0,
            "code": "",
            "name": "Lê Thị Hoa",
            "email": None,
            "phone": "+84912345678",
            "role": "admin",
            "locale": "vi",
            "color_scheme": "auto",
            "timezone": "Asia/Ho_Chi_Minh",
            "permissions": sorted(me["permissions"]),
            "needs_second_factor": False,
            "recording_confirmed": True,
        }
        assert "quarantine:retry" in me["permissions"]
        assert (await client.get("/api/session")).json() == me
        assert (await client.get("/api/setup")).json() == {"needs_owner": False}

    async def test_code_serves_once(self, signed_in: SignIn, owner_db: Database) -> None:
        code = await setup_code(owner_db)
        client = await signed_in(None)
        assert (await client.post("/api/setup", json={"token": code, **NEW})).status_code == 201
        again = await client.post("/api/setup", json={"token": code, **NEW, "login": "an@example.vn"})
        assert (again.status_code, again.json()["type"]) == (409, "urn:sokhach:problem:setup-done")
        assert await count(owner_db, Staff) == 1

    async def test_wrong_code_is_refused(self, signed_in: SignIn, owner_db: Database) -> None:
        await setup_code(owner_db)
        refused = await (await signed_in(None)).post("/api/setup", json={"token": "guess", **NEW})
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:sokhach:problem:setup-code-invalid")
        assert await count(owner_db, Staff) == 0

    async def test_a_refused_form_leaves_the_code_usable(self, signed_in: SignIn, owner_db: Database) -> None:
        code = await setup_code(owner_db)
        client = await signed_in(None)
        form = {"token": code, "name": " ", "login": "not a login", "password": "short"}
        refused = await client.post("/api/setup", json=form)
        assert refused.status_code == 400
        assert [error["path"] for error in refused.json()["errors"]] == ["name", "login", "password"]
        assert (await client.post("/api/setup", json={"token": code, **NEW})).status_code == 201

    async def test_a_newer_code_replaces_the_older(self, signed_in: SignIn, owner_db: Database) -> None:
        older = await setup_code(owner_db)
        await setup_code(owner_db)
        refused = await (await signed_in(None)).post("/api/setup", json={"token": older, **NEW})
        assert refused.status_code == 403

    async def test_no_code_once_somebody_works_here(self, people: People, owner_db: Database) -> None:
        async with owner_db.transaction() as connection:
            assert await service.new_setup_code(connection) is None


@pytest.mark.caller(None)
class TestSignIn:
    async def test_by_email_in_any_case(self, client: httpx.AsyncClient, owner: Person) -> None:
        form = {"login": owner.login.upper(), "password": PASSWORD}
        signed = await client.post("/api/session", json=form)
        assert signed.status_code == 201
        assert signed.json()["id"] == owner.id
        cookie = signed.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie
        assert (await client.get("/api/session")).json()["name"] == owner.name

    @pytest.mark.parametrize("typed", ["0987654321", "+84 987 654 321", "098.765.4321"])
    async def test_by_phone_however_written(
        self, client: httpx.AsyncClient, owner: Person, owner_db: Database, typed: str
    ) -> None:
        async with owner_db.transaction() as connection:
            await connection.execute(update(Staff).where(Staff.id == owner.id).values(phone="+84987654321"))
        signed = await client.post("/api/session", json={"login": typed, "password": PASSWORD})
        assert signed.json()["id"] == owner.id

    async def test_only_the_hash_is_stored(self, client: httpx.AsyncClient, owner: Person, owner_db: Database) -> None:
        await client.post("/api/session", json={"login": owner.login, "password": PASSWORD})
        token = client.cookies["sokhach_session"]
        async with owner_db.transaction() as connection:
            stored = (await connection.execute(select(Session.token_hash))).scalars().all()
        assert stored == [hash_token(token)]

    @pytest.mark.parametrize("login", ["owner@example.vn", "nobody@example.vn", "not a login", "\0"])
    async def test_wrong_password_and_unknown_login_look_alike(self, client: httpx.AsyncClient, login: str) -> None:
        refused = await client.post("/api/session", json={"login": login, "password": "wrong password"})
        assert refused.status_code == 401
        assert refused.json() == {
            "type": "urn:sokhach:problem:sign-in-failed",
            "title": "Chưa đăng nhập được",
            "status": 401,
            "detail": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        }

    async def test_five_failures_stop_a_login_for_a_while(
        self, client: httpx.AsyncClient, owner: Person, teammate: Person, move_clock: MoveClock
    ) -> None:
        for _ in range(rules.ATTEMPTS_BY_LOGIN):
            refused = await client.post("/api/session", json={"login": owner.login, "password": "wrong password"})
            assert refused.status_code == 401
        right = {"login": owner.login, "password": PASSWORD}
        stopped = await client.post("/api/session", json=right)
        assert stopped.status_code == 429
        assert 890 <= stopped.json()["retry_after_seconds"] <= 900
        assert stopped.json()["detail"] == "Hãy thử lại sau 15 phút."
        other = await client.post("/api/session", json={"login": teammate.login, "password": PASSWORD})
        assert other.status_code == 201
        await move_clock(stopped.json()["retry_after_seconds"])
        assert (await client.post("/api/session", json=right)).status_code == 201

    async def test_guessing_in_parallel_gains_next_to_nothing(self, client: httpx.AsyncClient, owner: Person) -> None:
        form = {"login": owner.login, "password": "wrong password"}
        answers = await asyncio.gather(*(client.post("/api/session", json=form) for _ in range(20)))
        tried = [answer for answer in answers if answer.status_code == 401]
        assert rules.ATTEMPTS_BY_LOGIN <= len(tried) <= rules.ATTEMPTS_BY_LOGIN + 1
        assert {answer.status_code for answer in answers} == {401, 429}

    async def test_failures_with_many_logins_stop_an_address(
        self, app: Litestar, settings: Settings, client: httpx.AsyncClient, owner: Person, owner_db: Database
    ) -> None:
        async with owner_db.transaction() as connection:
            for number in range(rules.ATTEMPTS_BY_ADDRESS):
                await service.note_failure(connection, hash_token(f"{number}"), "127.0.0.1")
        form = {"login": owner.login, "password": PASSWORD}
        assert (await client.post("/api/session", json=form)).status_code == 429
        elsewhere = await client.post("/api/session", json=form, headers={"x-forwarded-for": "203.0.113.9"})
        assert elsewhere.status_code == 201

    async def test_suspended_people_are_unknown(
        self, client: httpx.AsyncClient, owner: Person, owner_db: Database
    ) -> None:
        await suspend(owner_db, owner)
        refused = await client.post("/api/session", json={"login": owner.login, "password": PASSWORD})
        assert refused.status_code == 401

    async def test_signing_in_again_ends_the_earlier_session_of_the_browser(
        self, client: httpx.AsyncClient, owner: Person, teammate: Person, owner_db: Database
    ) -> None:
        for person in (owner, teammate):
            await client.post("/api/session", json={"login": person.login, "password": PASSWORD})
        assert await count(owner_db, Session) == 1
        assert (await client.get("/api/session")).json()["id"] == teammate.id


class TestSession:
    async def test_of_its_person(self, client: httpx.AsyncClient, owner: Person) -> None:
        me = (await client.get("/api/session")).json()
        assert (me["id"], me["role"], me["code"]) == (owner.id, "staff", f"NV-{owner.id:06d}")

    @pytest.mark.caller(None)
    async def test_nobody_is_told_so(self, client: httpx.AsyncClient) -> None:
        refused = await client.get("/api/session", headers={"accept-language": "en"})
        assert (refused.status_code, refused.json()["detail"]) == (401, "Please sign in to go on.")

    async def test_slides_while_used_and_ends_unused(
        self, client: httpx.AsyncClient, settings: Settings, move_clock: MoveClock, owner_db: Database
    ) -> None:
        almost = timedelta(days=settings.session_days).total_seconds() - 60
        await move_clock(11 * 60)
        assert (await client.get("/api/session")).status_code == 200
        await move_clock(11 * 60 + almost)
        assert (await client.get("/api/session")).status_code == 200
        await move_clock(11 * 60 + 2 * almost + 180)
        assert (await client.get("/api/session")).status_code == 401

    async def test_use_is_written_at_most_every_ten_minutes(
        self, client: httpx.AsyncClient, move_clock: MoveClock, owner_db: Database
    ) -> None:
        async def last_seen() -> object:
            async with owner_db.transaction() as connection:
                return (await connection.execute(select(Session.last_seen_at))).scalar_one()

        before = await last_seen()
        await move_clock(9 * 60)
        await client.get("/api/session")
        assert await last_seen() == before
        await move_clock(11 * 60)
        await client.get("/api/session")
        assert await last_seen() != before

    async def test_ends_when_its_person_is_suspended(
        self, client: httpx.AsyncClient, owner: Person, owner_db: Database
    ) -> None:
        await suspend(owner_db, owner)
        assert (await client.get("/api/session")).status_code == 401

    async def test_sign_out_ends_this_session_only(
        self, client: httpx.AsyncClient, signed_in: SignIn, owner: Person
    ) -> None:
        elsewhere = await signed_in(owner)
        token = client.cookies["sokhach_session"]
        assert (await client.delete("/api/session")).status_code == 204
        client.cookies.set("sokhach_session", token)
        assert (await client.get("/api/session")).status_code == 401
        assert (await elsewhere.get("/api/session")).status_code == 200


class TestPreferences:
    async def test_changes_what_is_given(self, client: httpx.AsyncClient) -> None:
        changed = (await client.patch("/api/session", json={"locale": "en"})).json()
        assert (changed["locale"], changed["color_scheme"]) == ("en", "auto")
        changed = (await client.patch("/api/session", json={"color_scheme": "dark"})).json()
        assert (changed["locale"], changed["color_scheme"]) == ("en", "dark")

    async def test_one_s_own_only(self, client: httpx.AsyncClient, signed_in: SignIn, outsider: Person) -> None:
        await client.patch("/api/session", json={"locale": "en"})
        theirs = await (await signed_in(outsider)).get("/api/session")
        assert theirs.json()["locale"] == "vi"

    async def test_problems_then_speak_that_language(self, client: httpx.AsyncClient) -> None:
        await client.patch("/api/session", json={"locale": "en"})
        refused = await client.patch("/api/session", json={"locale": "fr"}, headers={"accept-language": "vi"})
        assert refused.json()["detail"] == "Please check: language: is not one of the choices."


async def suspend(database: Database, person: Person) -> None:
    async with database.transaction() as connection:
        await connection.execute(update(Staff).where(Staff.id == person.id).values(suspended_at=clock.now()))
