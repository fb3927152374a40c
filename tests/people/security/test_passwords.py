"""One's own password, and one that was forgotten."""

import httpx
import msgspec
import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.mail import Letter
from sokhach.people.security import letters
from tests.conftest import MoveClock, SignIn
from tests.people.security.support import NEW_PASSWORD, problem, rows, token_of
from tests.support.people import People

FORGOTTEN = {"login": "owner@example.vn"}


class TestChange:
    async def test_other_browsers_are_signed_out_and_this_one_stays(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        other = await signed_in(people.owner)
        given = {"current": people.owner.password, "password": NEW_PASSWORD}
        assert (await client.put("/api/account/password", json=given)).status_code == 204
        assert (await client.get("/api/session")).status_code == 200
        assert problem(await other.get("/api/session")) == (401, "not-signed-in")
        login = {"login": people.owner.login, "password": NEW_PASSWORD}
        assert (await other.post("/api/session", json=login)).status_code == 201

    async def test_it_asks_for_the_present_one_five_times(self, client: httpx.AsyncClient, people: People) -> None:
        given = {"current": "nhầm", "password": NEW_PASSWORD}
        answers = [problem(await client.put("/api/account/password", json=given)) for _ in range(6)]
        assert answers == [(403, "password-wrong")] * 5 + [(429, "too-many-attempts")]
        right = {"current": people.owner.password, "password": NEW_PASSWORD}
        assert problem(await client.put("/api/account/password", json=right)) == (429, "too-many-attempts")

    async def test_a_weak_one_is_refused(self, client: httpx.AsyncClient, people: People) -> None:
        given = {"current": people.owner.password, "password": "matkhau123"}
        assert (await client.put("/api/account/password", json=given)).json()["errors"][0]["path"] == "password"


@pytest.mark.caller("admin")
class TestByHand:
    async def test_an_administrator_hands_a_link_over(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        theirs = await signed_in(people.owner)
        link = (await client.post(f"/api/staff/{people.owner.id}/password-reset")).json()["link"]
        assert (await theirs.get("/api/session")).status_code == 200, "nothing has happened yet"
        given = {"token": token_of(link), "password": NEW_PASSWORD}
        assert (await theirs.post("/api/password-reset/confirm", json=given)).status_code == 204
        assert problem(await theirs.get("/api/session")) == (401, "not-signed-in")
        assert problem(await theirs.post("/api/password-reset/confirm", json=given)) == (410, "link-invalid")
        login = {"login": people.owner.login, "password": NEW_PASSWORD}
        assert (await theirs.post("/api/session", json=login)).status_code == 201

    async def test_it_is_good_for_a_day(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        link = (await client.post(f"/api/staff/{people.owner.id}/password-reset")).json()["link"]
        await move_clock(24 * 3600 + 1)
        given = {"token": token_of(link), "password": NEW_PASSWORD}
        late = await (await signed_in(None)).post("/api/password-reset/confirm", json=given)
        assert problem(late) == (410, "link-invalid")

    async def test_a_link_of_one_kind_is_none_of_the_other(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        link = (await client.post(f"/api/staff/{people.owner.id}/password-reset")).json()["link"]
        given = {"token": token_of(link), "password": NEW_PASSWORD, "recording_confirmed": True}
        assert problem(await (await signed_in(None)).post("/api/invitation", json=given)) == (410, "link-invalid")


@pytest.mark.caller(None)
class TestByMail:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return msgspec.structs.replace(settings, smtp_url="smtp://127.0.0.1:9", mail_from="so@example.vn")

    async def made(self, owner_db: Database, settings: Settings, login: str) -> Letter | None:
        """What the worker would send."""
        async with owner_db.transaction() as connection:
            return await letters.makers(settings)["password_reset"](connection, login.encode())

    @pytest.mark.usefixtures("people")
    async def test_the_answer_is_the_same_for_everybody(
        self, client: httpx.AsyncClient, owner_db: Database, settings: Settings
    ) -> None:
        assert (await client.get("/api/password-reset")).json() == {"by_mail": True}
        known = await client.post("/api/password-reset", json=FORGOTTEN)
        unknown = await client.post("/api/password-reset", json={"login": "nobody@example.vn"})
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"null")
        assert len(await rows(owner_db, "SELECT 1 FROM mail")) == 2
        assert await self.made(owner_db, settings, "nobody@example.vn") is None

    async def test_the_link_is_made_when_it_is_sent(
        self, client: httpx.AsyncClient, people: People, owner_db: Database, settings: Settings
    ) -> None:
        first = await self.made(owner_db, settings, people.owner.login)
        second = await self.made(owner_db, settings, people.owner.login)
        assert first and second and second.to == people.owner.login
        tokens = [next(token_of(word) for word in one.body.split() if "token=" in word) for one in (first, second)]
        answers = [
            (await client.post("/api/password-reset/confirm", json={"token": token, "password": NEW_PASSWORD}))
            for token in tokens
        ]
        assert [answer.status_code for answer in answers] == [410, 204]

    @pytest.mark.usefixtures("people")
    async def test_it_may_be_asked_for_five_times(self, client: httpx.AsyncClient) -> None:
        for login in ("owner@example.vn", "nobody@example.vn"):
            answers = [(await client.post("/api/password-reset", json={"login": login})).status_code for _ in range(6)]
            assert answers == [202] * 5 + [429]
