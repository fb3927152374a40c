import httpx
import pytest
from sqlalchemy import text

from sokhach.channels.zalo_personal.private.people import PeopleKeeper
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.conftest import SignIn
from tests.support.people import People
from tests.support.personal import PersonalDesk

ANNA, BINH, GROUP = "2000000000000000002", "2000000000000000003", "4000000000000000004"
NAMES = ("Anna Trần", "Bình Lê")


@pytest.fixture
async def desk(own_desk: PersonalDesk, owner_db: Database, settings: Settings) -> PersonalDesk:
    """`owner`'s own SIM, whose friends were read."""
    own_desk.zalo.friends = [
        {"userId": ANNA, "displayName": NAMES[0]},
        {"userId": BINH, "zaloName": NAMES[1]},
        {"displayName": "không có số"},
    ]
    own_desk.zalo.groups = {GROUP}
    await PeopleKeeper(owner_db, own_desk, settings).step()
    return own_desk


def path(desk: PersonalDesk, rest: str) -> str:
    return f"/api/personal-accounts/{desk.account_id}/{rest}"


async def hears(desk: PersonalDesk, thread: str, words: str) -> None:
    await desk.gate.step()
    await desk.hear(desk.zalo.say(thread, words, clock.now()))
    await desk.drain()


class TestListPeople:
    async def test_the_holder_chooses_by_name(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        found = (await client.get(path(desk, "people"))).json()
        assert found["readable"] is True
        assert found["read_at"] is not None
        assert [(one["name"], one["kind"], one["group"]) for one in found["items"]] == [
            ("Anna Trần", "private", False),
            ("Bình Lê", "private", False),
            (f"Nhóm {GROUP}", "private", True),
        ]
        [one] = (await client.get(path(desk, "people"), params={"search": "binh"})).json()["items"]
        assert one == {"id": BINH, "name": "Bình Lê", "group": False, "kind": "private"}

    @pytest.mark.parametrize("who", ["admin", "manager", "lead"])
    async def test_nobody_else_learns_whom(
        self, who: str, people: People, desk: PersonalDesk, signed_in: SignIn
    ) -> None:
        caller = await signed_in(people.named(who))
        answer = await caller.get(path(desk, "people"))
        assert answer.status_code == 200
        assert answer.json() == {"readable": False, "read_at": None, "items": []}

    @pytest.mark.caller("outsider")
    async def test_for_an_outsider_there_is_no_such_account(
        self, client: httpx.AsyncClient, desk: PersonalDesk
    ) -> None:
        for route in ("people", "private"):
            assert (await client.get(path(desk, route))).status_code == 404

    async def test_the_database_itself_shows_it_to_the_holder_alone(
        self, desk: PersonalDesk, web_db: Database, people: People
    ) -> None:
        for person in (people.admin, people.manager, people.lead, people.outsider):
            async with web_db.transaction(person.actor) as connection:
                assert (await connection.execute(text("SELECT account_id FROM private_people"))).all() == []
        async with web_db.transaction(people.owner.actor) as connection:
            assert len((await connection.execute(text("SELECT account_id FROM private_people"))).all()) == 1


class TestMarkPerson:
    async def test_work_is_captured_from_now_on_and_private_is_not(
        self, client: httpx.AsyncClient, desk: PersonalDesk
    ) -> None:
        await hears(desk, ANNA, "trước")
        answer = await client.put(path(desk, f"private/{ANNA}"), json={"kind": "work"})
        assert answer.status_code == 200
        [item] = answer.json()["items"]
        assert (item["name"], item["kind"], item["person"], item["contact_id"]) == ("Anna Trần", "work", ANNA, None)
        await hears(desk, ANNA, "trong")
        await client.put(path(desk, f"private/{ANNA}"), json={"kind": "private"})
        await hears(desk, ANNA, "sau")
        assert await desk.bodies() == ["trong"]
        view = (await client.get(path(desk, "private"))).json()
        assert (view["sim"], view["can_mark"], view["threads"], view["messages"]) == ("own", True, 1, 2)
        assert view["by_day"][-1]["messages"] == 2
        [item] = view["items"]
        assert item["kind"] == "private"
        assert item["by"]["name"]
        rows = await desk.rows("SELECT marked_by, ended_by FROM work_contact")
        assert rows[0]["marked_by"] == rows[0]["ended_by"] is not None

    async def test_marking_twice_is_once(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        for _ in range(2):
            await client.put(path(desk, f"private/{ANNA}"), json={"kind": "work"})
        assert len(await desk.rows("SELECT FROM work_contact")) == 1
        actions = await desk.rows("SELECT action, after FROM audit_log WHERE action LIKE 'personal_account:mark%'")
        assert [row["action"] for row in actions] == ["personal_account:mark_work"]

    async def test_a_group_too(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        await client.put(path(desk, f"private/{GROUP}"), json={"kind": "work", "group": True})
        await desk.gate.step()
        assert desk.gate.keeps(desk.account_id, GROUP, group=True)
        assert not desk.gate.keeps(desk.account_id, GROUP)

    @pytest.mark.caller("admin")
    async def test_it_is_the_holders_word_alone(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        answer = await client.put(path(desk, f"private/{ANNA}"), json={"kind": "work"})
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:sokhach:problem:not-the-holder"
        assert await desk.rows("SELECT FROM work_contact") == []

    async def test_a_company_number_captures_everything(
        self, client: httpx.AsyncClient, company_desk: PersonalDesk
    ) -> None:
        answer = await client.put(path(company_desk, f"private/{ANNA}"), json={"kind": "private"})
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:sokhach:problem:captures-everything"

    async def test_a_name_is_no_person(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        assert (await client.put(path(desk, "private/anna"), json={"kind": "work"})).status_code in {400, 404}


class TestReadPrivate:
    @pytest.mark.caller("manager")
    async def test_a_manager_sees_how_much_and_never_whom(self, client: httpx.AsyncClient, desk: PersonalDesk) -> None:
        await hears(desk, ANNA, "riêng một")
        await hears(desk, ANNA, "riêng hai")
        await hears(desk, BINH, "riêng ba")
        answer = await client.get(path(desk, "private"))
        view = answer.json()
        assert (view["threads"], view["messages"], view["items"], view["can_mark"]) == (2, 3, [], False)
        assert not any(word in answer.text for word in (ANNA, BINH, "riêng", *NAMES))

    async def test_stubs_themselves_are_behind_the_wall(
        self, desk: PersonalDesk, web_db: Database, people: People
    ) -> None:
        async with web_db.transaction(people.admin.actor) as connection:
            with pytest.raises(Exception, match="permission denied"):
                await connection.execute(text("SELECT count(*) FROM private_stub"))


class TestHandOver:
    """Nobody opens an own SIM by a word: not an administrator who makes themselves its holder."""

    async def put(self, client: httpx.AsyncClient, desk: PersonalDesk, holder: int, sim: str = "own") -> httpx.Response:
        body = {"holder_id": holder, "sim": sim, "proxy": None}
        return await client.put(f"/api/personal-accounts/{desk.account_id}", json=body)

    async def test_a_new_holder_is_shown_nobody_and_the_marks_end(
        self, desk: PersonalDesk, people: People, signed_in: SignIn, owner_db: Database, settings: Settings
    ) -> None:
        owner, admin = await signed_in(people.owner), await signed_in(people.admin)
        assert (await owner.put(path(desk, f"private/{ANNA}"), json={"kind": "work"})).status_code == 200
        assert (await self.put(admin, desk, people.admin.id)).status_code == 200
        assert await desk.rows("SELECT FROM private_people") == []
        [mark] = await desk.rows("SELECT ended_at, ended_by FROM work_contact")
        assert mark["ended_at"] is not None
        assert mark["ended_by"] == people.admin.id
        await hears(desk, ANNA, "riêng tư từ nay")
        assert await desk.bodies() == []
        for _ in range(2):  # nor when the list would be read anew
            answer = await admin.get(path(desk, "people"))
            assert answer.json() == {"readable": False, "read_at": None, "items": []}
            assert await PeopleKeeper(owner_db, desk, settings).step() == 0
        refused = await admin.put(path(desk, f"private/{ANNA}"), json={"kind": "work"})
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:sokhach:problem:holder-must-scan")
        assert (await admin.get(path(desk, "private"))).json()["can_mark"] is False
        # Back is as far: who it is shows by a login.
        assert (await self.put(admin, desk, people.owner.id)).status_code == 200
        assert (await owner.get(path(desk, "people"))).json()["readable"] is False

    async def test_by_whatever_way_it_is_handed_over(self, desk: PersonalDesk, people: People) -> None:
        await desk.run("UPDATE channel_account SET holder_id = :who WHERE id = :id", who=people.teammate.id)
        assert await desk.rows("SELECT FROM private_people") == []
        [row] = await desk.rows("SELECT handed_over_at FROM personal_account")
        assert row["handed_over_at"] is not None

    async def test_the_database_itself_shows_nothing_before_a_login(
        self, desk: PersonalDesk, web_db: Database, people: People
    ) -> None:
        await desk.run("UPDATE personal_account SET handed_over_at = now()")
        async with web_db.transaction(people.owner.actor) as connection:
            assert (await connection.execute(text("SELECT FROM private_people"))).all() == []
            await connection.execute(text("SELECT ask_for_people(:id, now())"), {"id": desk.account_id})
            mark = text("SELECT mark_work(:id, '2', false, true, NULL, now())")
            assert (await connection.execute(mark, {"id": desk.account_id})).scalar_one() is None

    async def test_it_becomes_the_companys_by_nobodys_word(
        self, desk: PersonalDesk, people: People, signed_in: SignIn, web_db: Database
    ) -> None:
        admin = await signed_in(people.admin)
        refused = await self.put(admin, desk, people.owner.id, "company")
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:sokhach:problem:holder-must-agree")
        assert "quét mã QR" in refused.json()["detail"]
        async with web_db.transaction(people.admin.actor) as connection:
            change = text("SELECT change_personal_account(:id, :holder, 'company', false, NULL)")
            values = {"id": desk.account_id, "holder": people.owner.id}
            assert (await connection.execute(change, values)).scalar_one() is False
        assert await desk.rows("SELECT sim FROM personal_account") == [{"sim": "own"}]

    async def test_a_change_asks_who_sits_there(self, desk: PersonalDesk, people: People, signed_in: SignIn) -> None:
        admin = await signed_in(people.admin)
        await desk.run("UPDATE session SET sudo_until = NULL, created_at = created_at - interval '1 day'")
        refused = await self.put(admin, desk, people.owner.id)
        assert refused.json()["type"].endswith("sudo-needed")
