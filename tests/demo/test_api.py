"""The page of the demo over HTTP."""

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sokhach.core.database import Database
from tests.conftest import SignIn
from tests.core.walls.office import Office
from tests.demo.test_clearing import execute
from tests.support.people import People


@pytest.fixture
async def admin(signed_in: SignIn, people: People) -> httpx.AsyncClient:
    return await signed_in(people.admin)


class TestGet:
    async def test_there_never_was_one(self, admin: httpx.AsyncClient) -> None:
        shown = (await admin.get("/api/demo")).json()
        assert (shown["state"], shown["accounts"], shown["message_count"]) == ("none", [], 0)

    async def test_says_what_there_is(self, office: Office, admin: httpx.AsyncClient, people: People) -> None:
        await execute(office.oa.database, "UPDATE demo SET staff_ids = :staff", staff=[people.owner.id, people.lead.id])
        shown = (await admin.get("/api/demo")).json()
        assert shown["state"] == "running"
        [account] = shown["accounts"]
        # The settings point to the real Zalo.
        assert (account["id"], account["phone_url"]) == (office.oa.account_id, None)
        assert shown["staff_count"] == 2
        counted = {
            "conversation_count": "SELECT count(*) FROM conversation",
            "message_count": "SELECT sum(message_count)::bigint FROM conversation",
            "contact_count": "SELECT count(DISTINCT contact_id) FROM contact_identity WHERE account_id IS NOT NULL",
        }
        for name, statement in counted.items():
            assert shown[name] == await office.oa.value(statement) > 0, name


class TestClear:
    async def test_is_asked_for_once_and_by_whom(
        self, office: Office, admin: httpx.AsyncClient, people: People
    ) -> None:
        answer = await admin.post("/api/demo/clearance")
        assert answer.status_code == 202
        assert answer.json()["state"] == "clearing"
        [row] = await office.oa.rows("SELECT state, requested_by, requested_at FROM demo")
        assert (row["state"], row["requested_by"]) == ("clearing", people.admin.id)
        assert row["requested_at"] is not None
        again = await admin.post("/api/demo/clearance")
        assert (again.status_code, again.json()["type"]) == (409, "urn:sokhach:problem:no-demo")

    async def test_there_is_none(self, admin: httpx.AsyncClient) -> None:
        answer = await admin.post("/api/demo/clearance")
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:sokhach:problem:no-demo")

    @pytest.mark.parametrize("name", ["manager", "lead", "owner", "outsider"])
    async def test_only_administrators_see_or_clear_it(
        self, office: Office, signed_in: SignIn, people: People, name: str
    ) -> None:
        client = await signed_in(people.named(name))
        assert (await client.get("/api/demo")).status_code == 403
        assert (await client.post("/api/demo/clearance")).status_code == 403
        assert await office.oa.value("SELECT state FROM demo") == "running"

    async def test_the_wall_stands_behind_the_guard(self, office: Office, web_db: Database, people: People) -> None:
        """Not even an administrator's transaction may say what belongs to it, or ask in another's name."""

        for statement in (
            "UPDATE demo SET account_ids = '{9}'",
            f"UPDATE demo SET state = 'clearing', requested_by = {people.owner.id}",
            "UPDATE demo SET state = 'cleared'",
            "DELETE FROM demo",
        ):
            with pytest.raises(ProgrammingError):
                async with web_db.transaction(people.admin.actor) as connection:
                    await connection.execute(text(statement))
        async with web_db.transaction(people.manager.actor) as connection:
            assert (await connection.execute(text("SELECT count(*) FROM demo"))).scalar_one() == 0
