"""What administrators see of people and do about them, over HTTP."""

import asyncio

import httpx
import pytest
from sqlalchemy import insert, select, text, update

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.text import fold
from sokhach.people import rules
from sokhach.people.models import Session, Staff, Team
from sokhach.people.passwords import make_password
from tests.conftest import MoveClock, SignIn
from tests.support.people import PASSWORD, People, add_session

HOA = {"name": " Lê Thị Hoa ", "login": "0912 345 678", "role": "staff"}

pytestmark = pytest.mark.caller("admin")


async def names(client: httpx.AsyncClient, **query: object) -> list[str]:
    answer = await client.get("/api/staff", params=query)  # pyright: ignore[reportArgumentType]
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["total"] >= len(page["items"])
    return [one["name"] for one in page["items"]]


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


class TestListStaff:
    async def test_by_name_with_all_that_the_page_shows(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        assert await names(client) == ["Admin", "Lead", "Manager", "Outsider", "Owner", "Teammate"]
        await add_session(owner_db, people.owner.id)
        items = {one["name"]: one for one in (await client.get("/api/staff")).json()["items"]}
        owner = items["Owner"]
        assert owner | {"last_seen_at": 0, "created_at": 0, "recording_confirmed_at": 0} == {
            "id": people.owner.id,
            "code": f"NV-{people.owner.id:06d}",
            "name": "Owner",
            "email": "owner@example.vn",
            "phone": None,
            "role": "staff",
            "teams": [{"team_id": people.team_id, "name": "Nhóm A", "leads": False}],
            "last_seen_at": 0,
            "created_at": 0,
            "suspended_at": None,
            "invited": False,
            "invitation_expires_at": None,
            "totp": False,
            "recording_confirmed_at": 0,
        }
        assert owner["recording_confirmed_at"] is not None
        assert owner["last_seen_at"] is not None and owner["created_at"] is not None
        assert [one["leads"] for one in items["Lead"]["teams"]] == [True]
        assert items["Outsider"]["last_seen_at"] is None
        assert (await client.get(f"/api/staff/{people.owner.id}")).json() == owner

    async def test_a_session_that_has_ended_says_nothing(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        await add_session(owner_db, people.owner.id)
        async with owner_db.transaction() as connection:
            ended = update(Session).where(Session.staff_id == people.owner.id).values(expires_at=clock.now())
            await connection.execute(ended)
        assert (await client.get(f"/api/staff/{people.owner.id}")).json()["last_seen_at"] is None

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("thi hoa", ["Lê Thị Hoa"]),
            ("THỊ HÒA", ["Lê Thị Hoa"]),
            ("0912", ["Lê Thị Hoa"]),
            ("+84 912-345", ["Lê Thị Hoa"]),
            ("OWNER@", ["Owner"]),
            ("teammate", ["Teammate"]),
            ("%", []),
            ("_____", []),
            ("nobody", []),
        ],
    )
    async def test_search(self, client: httpx.AsyncClient, people: People, search: str, found: list[str]) -> None:
        assert (await client.post("/api/staff", json=HOA)).status_code == 201
        answer = await client.get("/api/staff", params={"search": search})
        assert [one["name"] for one in answer.json()["items"]] == found
        assert answer.json()["total"] == len(found)

    async def test_filters_narrow(self, client: httpx.AsyncClient, people: People, owner_db: Database) -> None:
        async with owner_db.transaction() as connection:
            suspended = update(Staff).where(Staff.id == people.teammate.id).values(suspended_at=clock.now())
            await connection.execute(suspended)
            branch = (await connection.execute(select(Team.id).where(Team.name == "Bình Dương"))).scalar_one()
        assert await names(client, suspended=True) == ["Teammate"]
        assert "Teammate" not in await names(client, suspended=False)
        assert "Teammate" in await names(client)
        assert await names(client, role="staff", suspended=False) == ["Outsider", "Owner"]
        assert await names(client, team_id=people.team_id) == ["Owner", "Teammate"]
        assert await names(client, team_id=branch) == ["Lead", "Owner", "Teammate"]
        assert await names(client, team_id=branch, role="staff", suspended=False, search="o") == ["Owner"]
        assert await names(client, team_id=2**63 - 1) == []

    async def test_pages_follow_each_other_without_a_hole(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        async with owner_db.transaction() as connection:
            for number in range(7):  # namesakes, too
                added = insert(Staff).values(
                    name="An", name_folded=fold("An"), email=f"an{number}@example.vn", role="staff", locale="vi",
                    color_scheme="auto", created_at=clock.now(),
                )  # fmt: skip
                await connection.execute(added)
        whole = (await client.get("/api/staff")).json()
        assert whole["total"] == 13 and whole["next"] is None
        ids: list[int] = []
        before: str | None = None
        while True:
            params = {"limit": 3, **({"before": before} if before else {})}
            page = (await client.get("/api/staff", params=params)).json()
            ids += [one["id"] for one in page["items"]]
            before = page["next"]
            if before is None:
                break
        assert ids == [one["id"] for one in whole["items"]]

    @pytest.mark.parametrize(
        "query", ["before=x", "limit=0", "limit=101", "role=owner", "team_id=0", "suspended=no-one"]
    )
    async def test_what_cannot_be_read_is_refused(self, client: httpx.AsyncClient, query: str) -> None:
        assert (await client.get(f"/api/staff?{query}")).status_code == 400

    async def test_who_may(self, signed_in: SignIn, people: People) -> None:
        for person, status in ((people.owner, 403), (people.lead, 403), (people.manager, 200), (people.admin, 200)):
            client = await signed_in(person)
            for path in ("/api/staff", f"/api/staff/{people.owner.id}", "/api/teams"):
                assert (await client.get(path)).status_code == status, (person.name, path)

    @pytest.mark.parametrize("id", [0, 999_999, 2**63])
    async def test_nobody_such(self, client: httpx.AsyncClient, id: int) -> None:
        assert (await client.get(f"/api/staff/{id}")).status_code == 404
        assert (await client.patch(f"/api/staff/{id}", json={"name": "X"})).status_code == 404
        assert (await client.patch(f"/api/staff/{id}", json={"teams": []})).status_code == 404
        assert (await client.post(f"/api/staff/{id}/password")).status_code == 404
        assert (await client.put(f"/api/staff/{id}/suspension")).status_code == 404
        assert (await client.delete(f"/api/staff/{id}/suspension")).status_code == 404


class TestWhoMayWrite:
    async def test_administrators_only(self, signed_in: SignIn, people: People) -> None:
        someone = f"/api/staff/{people.outsider.id}"
        team = f"/api/teams/{people.team_id}"
        for person in (people.owner, people.lead, people.manager):
            client = await signed_in(person)
            for answer in (
                await client.post("/api/staff", json=HOA),
                await client.patch(someone, json={"role": "admin"}),
                await client.post(f"{someone}/password"),
                await client.put(f"{someone}/suspension"),
                await client.delete(f"{someone}/suspension"),
                await client.post("/api/teams", json={"kind": "team", "name": "X"}),
                await client.patch(team, json={"name": "X"}),
                await client.delete(team),
            ):
                assert problem(answer) == (403, "not-permitted")


class TestAdd:
    async def test_they_sign_in_with_the_password_that_was_shown(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        teams = [{"team_id": people.team_id, "leads": True}, {"team_id": people.other_team_id}]
        answer = await client.post("/api/staff", json=HOA | {"role": "lead", "teams": teams})
        assert answer.status_code == 201
        added = answer.json()
        member = added["member"]
        assert (member["name"], member["phone"], member["email"], member["role"]) == (
            "Lê Thị Hoa",
            "+84912345678",
            None,
            "lead",
        )
        assert {(one["name"], one["leads"]) for one in member["teams"]} == {("Nhóm A", True), ("Nhóm B", False)}
        browser = await signed_in(None)
        form = {"login": "0912345678", "password": added["password"]}
        assert (await browser.post("/api/session", json=form)).json()["role"] == "lead"
        async with owner_db.transaction() as connection:
            stored = await connection.execute(text("SELECT password_hash FROM staff_credential"))
            assert not any(added["password"] in one for one in stored.scalars())
        assert added["password"] not in (await client.get(f"/api/staff/{member['id']}")).text

    @pytest.mark.parametrize(
        ("change", "paths"),
        [
            ({"name": " "}, ["name"]),
            ({"name": "\0"}, ["name"]),
            ({"name": "x" * 101, "login": "nobody"}, ["name", "login"]),
            ({"login": "nobody"}, ["login"]),
            ({"role": "owner"}, ["role"]),
            ({"teams": [{"team_id": 404}]}, ["teams"]),
            ({"teams": [{"team_id": 2**63}]}, ["teams"]),
            ({"teams": [{"team_id": -1}]}, ["teams"]),
            ({"suspended_at": None}, ["suspended_at"]),
        ],
    )
    async def test_a_form_that_is_not_right(
        self, client: httpx.AsyncClient, change: dict[str, object], paths: list[str]
    ) -> None:
        refused = await client.post("/api/staff", json=HOA | change)
        assert problem(refused) == (400, "invalid-input")
        assert [error["path"] for error in refused.json()["errors"]] == paths
        assert "Lê Thị Hoa" not in await names(client)

    async def test_a_team_twice(self, client: httpx.AsyncClient, people: People) -> None:
        twice = HOA | {"teams": [{"team_id": people.team_id}, {"team_id": people.team_id, "leads": True}]}
        assert problem(await client.post("/api/staff", json=twice)) == (400, "invalid-input")

    @pytest.mark.parametrize("login", ["OWNER@example.vn", "0912345678"])
    async def test_a_login_that_somebody_has(self, client: httpx.AsyncClient, login: str) -> None:
        assert (await client.post("/api/staff", json=HOA)).status_code == 201
        taken = await client.post("/api/staff", json=HOA | {"login": login})
        assert problem(taken) == (409, "login-taken")

    def test_passwords_are_ones_that_we_would_take(self) -> None:
        made = {make_password() for _ in range(200)}
        assert len(made) == 200
        assert [one for one in made if rules.password_faults(one, "hoa@example.vn")] == []


class TestChange:
    async def test_what_is_given_and_nothing_else(self, client: httpx.AsyncClient, people: People) -> None:
        path = f"/api/staff/{people.owner.id}"
        before = (await client.get(path)).json()
        renamed = (await client.patch(path, json={"name": " Đỗ An "})).json()
        assert renamed == before | {"name": "Đỗ An"}
        assert await names(client, search="do an") == ["Đỗ An"]
        promoted = (await client.patch(path, json={"role": "lead"})).json()
        assert promoted == renamed | {"role": "lead"}
        moved = await client.patch(path, json={"teams": [{"team_id": people.other_team_id, "leads": True}]})
        assert moved.json() == promoted | {
            "teams": [{"team_id": people.other_team_id, "name": "Nhóm B", "leads": True}]
        }
        assert (await client.patch(path, json={})).json() == moved.json()
        assert (await client.patch(path, json={"teams": []})).json()["teams"] == []

    async def test_a_change_of_role_counts_at_the_next_request(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        theirs = await signed_in(people.owner)
        assert (await theirs.get("/api/staff")).status_code == 403
        await client.patch(f"/api/staff/{people.owner.id}", json={"role": "manager"})
        assert (await theirs.get("/api/staff")).status_code == 200

    @pytest.mark.parametrize(
        "change", [{"name": ""}, {"role": None}, {"role": "x"}, {"teams": [{"team_id": 404}]}, {"email": "a@b.vn"}]
    )
    async def test_refused(self, client: httpx.AsyncClient, people: People, change: dict[str, object]) -> None:
        path = f"/api/staff/{people.owner.id}"
        before = (await client.get(path)).json()
        assert problem(await client.patch(path, json=change)) == (400, "invalid-input")
        assert (await client.get(path)).json() == before

    async def test_the_last_administrator_stays_one(self, client: httpx.AsyncClient, people: People) -> None:
        path = f"/api/staff/{people.admin.id}"
        refused = await client.patch(path, json={"role": "staff", "name": "Khác"})
        assert problem(refused) == (409, "last-admin")
        assert (await client.get(path)).json()["name"] == "Admin"
        assert (await client.patch(path, json={"role": "admin", "name": "Khác"})).status_code == 200
        await client.patch(f"/api/staff/{people.owner.id}", json={"role": "admin"})
        assert (await client.patch(path, json={"role": "manager"})).json()["role"] == "manager"

    async def test_a_suspended_administrator_does_not_count(self, client: httpx.AsyncClient, people: People) -> None:
        await client.patch(f"/api/staff/{people.owner.id}", json={"role": "admin"})
        await client.put(f"/api/staff/{people.owner.id}/suspension")
        refused = await client.patch(f"/api/staff/{people.admin.id}", json={"role": "staff"})
        assert problem(refused) == (409, "last-admin")


class TestPassword:
    async def test_the_new_one_counts_and_nobody_stays_signed_in(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        theirs = await signed_in(people.owner)
        renewed = await client.post(f"/api/staff/{people.owner.id}/password")
        assert renewed.status_code == 201
        assert (await theirs.get("/api/session")).status_code == 401
        browser = await signed_in(None)
        old = {"login": people.owner.login, "password": PASSWORD}
        assert (await browser.post("/api/session", json=old)).status_code == 401
        new = {"login": people.owner.login, "password": renewed.json()["password"]}
        assert (await browser.post("/api/session", json=new)).status_code == 201
        assert (await client.get("/api/session")).status_code == 200

    async def test_not_one_s_own(self, client: httpx.AsyncClient, people: People) -> None:
        refused = await client.post(f"/api/staff/{people.admin.id}/password")
        assert problem(refused) == (409, "not-on-oneself")
        assert (await client.get("/api/session")).status_code == 200


class TestSuspension:
    async def test_ends_every_session_and_keeps_them_out(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, owner_db: Database
    ) -> None:
        browsers = [await signed_in(people.owner) for _ in range(2)]
        bystander = await signed_in(people.teammate)
        path = f"/api/staff/{people.owner.id}/suspension"
        suspended = (await client.put(path)).json()
        assert suspended["suspended_at"] is not None and suspended["last_seen_at"] is None
        for browser in browsers:
            assert (await browser.get("/api/session")).status_code == 401
        assert (await bystander.get("/api/session")).status_code == 200
        async with owner_db.transaction() as connection:
            left = select(Session.staff_id).where(Session.staff_id == people.owner.id)
            assert (await connection.execute(left)).all() == []
        form = {"login": people.owner.login, "password": PASSWORD}
        assert problem(await (await signed_in(None)).post("/api/session", json=form)) == (401, "sign-in-failed")

    async def test_twice_is_since_the_first_time(
        self, client: httpx.AsyncClient, people: People, move_clock: MoveClock
    ) -> None:
        path = f"/api/staff/{people.owner.id}/suspension"
        first = (await client.put(path)).json()["suspended_at"]
        await move_clock(300)
        assert (await client.put(path)).json()["suspended_at"] == first

    async def test_brought_back_they_sign_in_as_before(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        path = f"/api/staff/{people.owner.id}/suspension"
        theirs = await signed_in(people.owner)
        before = (await client.get(f"/api/staff/{people.owner.id}")).json()
        await client.put(path)
        back = await client.delete(path)
        assert back.json() == before | {"last_seen_at": None}
        assert (await theirs.get("/api/session")).status_code == 401, "what ended stays ended"
        form = {"login": people.owner.login, "password": PASSWORD}
        assert (await theirs.post("/api/session", json=form)).status_code == 201
        assert (await client.delete(path)).status_code == 200

    async def test_not_oneself(self, client: httpx.AsyncClient, people: People) -> None:
        await client.patch(f"/api/staff/{people.owner.id}", json={"role": "admin"})
        refused = await client.put(f"/api/staff/{people.admin.id}/suspension")
        assert problem(refused) == (409, "not-on-oneself")
        assert (await client.get("/api/session")).status_code == 200

    async def test_two_who_suspend_each_other_do_not_both_succeed(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        await client.patch(f"/api/staff/{people.owner.id}", json={"role": "admin"})
        other = await signed_in(people.owner)
        answers = await asyncio.gather(
            client.put(f"/api/staff/{people.owner.id}/suspension"),
            other.put(f"/api/staff/{people.admin.id}/suspension"),
        )
        statuses = sorted(answer.status_code for answer in answers)
        # The second either waited for the first and found itself the last, or was signed out before it began.
        assert statuses in ([200, 401], [200, 409])


class TestWords:
    async def test_every_refusal_speaks_both_languages(self, client: httpx.AsyncClient, people: People) -> None:
        path = f"/api/staff/{people.admin.id}"
        assert (await client.patch(path, json={"role": "lead"})).json()["title"] == "Đây là người quản trị cuối cùng"
        await client.patch("/api/session", json={"locale": "en"})
        assert (await client.patch(path, json={"role": "lead"})).json()["title"] == "This is the last administrator"
