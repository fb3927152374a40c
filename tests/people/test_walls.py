"""The database itself lets only administrators write who works here, whatever the web process tries."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from sokhach.core.actor import Actor
from sokhach.core.database import Database
from tests.support.people import People

ADD_STAFF = (
    "INSERT INTO staff (name, name_folded, email, role, locale, color_scheme, created_at)"
    " VALUES ('X', 'x', 'x@example.vn', '{role}', 'vi', 'auto', now())"
)
# Each touches somebody else's row. What an UPDATE or DELETE may not see, it does not find: no row changes.
WRITES = (
    ADD_STAFF.format(role="staff"),
    ADD_STAFF.format(role="admin"),
    "UPDATE staff SET role = 'admin' WHERE email = 'outsider@example.vn'",
    "UPDATE staff SET name = 'X' WHERE email = 'outsider@example.vn'",
    "UPDATE staff SET suspended_at = now() WHERE email = 'outsider@example.vn'",
    "UPDATE staff_credential SET password_hash = 'x'",
    "INSERT INTO staff_team (staff_id, team_id, leads) SELECT s.id, t.id, true FROM staff s, team t"
    " WHERE s.email = 'outsider@example.vn' AND t.name = 'Bình Dương'",
    "UPDATE staff_team SET leads = true",
    "DELETE FROM staff_team",
    "INSERT INTO team (kind, name) VALUES ('team', 'X')",
    "UPDATE team SET name = 'X'",
    "UPDATE team SET parent_id = NULL",
    "DELETE FROM team WHERE name = 'Trống'",
)
# Not even administrators: who somebody is stays.
NEVER = (
    "UPDATE staff SET id = DEFAULT",
    "UPDATE staff SET email = 'x@example.vn' WHERE email = 'outsider@example.vn'",
    "UPDATE staff SET phone = '+84912345678'",
    "UPDATE staff SET created_at = now()",
    "UPDATE staff SET locale = 'en'",
    "DELETE FROM staff",
    "UPDATE staff_credential SET staff_id = 1",
    "DELETE FROM staff_credential",
    "UPDATE staff_team SET staff_id = 1",
    "UPDATE team SET kind = 'branch'",
    "ALTER TABLE staff DISABLE ROW LEVEL SECURITY",
    "DROP POLICY changes ON staff",
)


async def changed(web: Database, actor: Actor | None, statement: str) -> int:
    """How many rows it changed; -1: it was refused."""
    try:
        async with web.transaction(actor) as connection:
            return (await connection.execute(text(statement))).rowcount
    except ProgrammingError as error:
        assert "row-level security" in str(error) or "InsufficientPrivilege" in str(error)
        return -1


@pytest.fixture
async def empty_team(people: People, owner_db: Database) -> None:
    async with owner_db.transaction() as connection:
        await connection.execute(text("INSERT INTO team (kind, name) VALUES ('team', 'Trống')"))


@pytest.mark.usefixtures("empty_team")
class TestWriting:
    @pytest.mark.parametrize("name", ["owner", "lead", "manager", None])
    async def test_others_write_nothing(self, people: People, web_db: Database, name: str | None) -> None:
        actor = people.named(name).actor if name else None
        done = {statement: await changed(web_db, actor, statement) for statement in WRITES}
        assert {statement: rows for statement, rows in done.items() if rows > 0} == {}

    async def test_nor_does_one_raise_oneself(self, people: People, web_db: Database) -> None:
        for assignment in ("role = 'admin'", "name = 'X'", "suspended_at = NULL"):
            statement = f"UPDATE staff SET {assignment} WHERE id = {people.owner.id}"
            assert await changed(web_db, people.owner.actor, statement) == 0
        mine = f"UPDATE staff_credential SET password_hash = 'x' WHERE staff_id = {people.owner.id}"
        assert await changed(web_db, people.owner.actor, mine) == 0

    @pytest.mark.parametrize("statement", WRITES)
    async def test_administrators_do(self, people: People, web_db: Database, statement: str) -> None:
        assert await changed(web_db, people.admin.actor, statement) > 0

    @pytest.mark.parametrize("statement", NEVER)
    async def test_even_they_leave_who_somebody_is(self, people: People, web_db: Database, statement: str) -> None:
        assert await changed(web_db, people.admin.actor, statement) == -1

    async def test_a_team_with_people_cannot_go(self, people: People, web_db: Database) -> None:
        with pytest.raises(IntegrityError):
            async with web_db.transaction(people.admin.actor) as connection:
                await connection.execute(text("DELETE FROM team WHERE name = 'Nhóm A'"))


class TestFirstOwner:
    async def test_is_an_administrator_and_the_first(self, web_db: Database) -> None:
        assert await changed(web_db, None, ADD_STAFF.format(role="staff")) == -1
        assert await changed(web_db, None, ADD_STAFF.format(role="admin")) == 1
        credential = (
            "INSERT INTO staff_credential (staff_id, password_hash, changed_at) SELECT min(id), 'x', now() FROM staff"
        )
        assert await changed(web_db, None, credential) == 1
        another = ADD_STAFF.format(role="admin").replace("x@example.vn", "y@example.vn")
        assert await changed(web_db, None, another) == -1
        assert await changed(web_db, None, credential.replace("min(id)", "max(id) + 1")) == -1


class TestPreferences:
    async def test_one_s_own_and_nobody_s_without_an_actor(self, people: People, web_db: Database) -> None:
        call = text("SELECT set_own_preferences('en', NULL)")
        async with web_db.transaction(people.owner.actor) as connection:
            await connection.execute(call)
        async with web_db.transaction() as connection:
            await connection.execute(call)
        async with web_db.transaction() as connection:
            english = await connection.execute(text("SELECT id FROM staff WHERE locale = 'en'"))
            assert english.scalars().all() == [people.owner.id]

    async def test_only_what_there_is_to_choose(self, people: People, web_db: Database) -> None:
        with pytest.raises(DBAPIError):
            async with web_db.transaction(people.owner.actor) as connection:
                await connection.execute(text("SELECT set_own_preferences('fr', NULL)"))
