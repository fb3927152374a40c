"""The database itself keeps each person's secrets theirs, whatever the web process tries."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sokhach.core.actor import Actor
from sokhach.core.database import Database
from tests.support.people import People

SECRETS = (
    "SELECT sealed FROM totp",
    "SELECT token_hash FROM staff_link",
    "SELECT token_hash FROM api_token",
    "SELECT * FROM api_token",
    "SELECT sealed FROM mail",
    "UPDATE api_token SET scopes = ARRAY['staff:read']",
    "UPDATE api_token SET expires_at = now()",
    "UPDATE api_token SET staff_id = 1",
    "DELETE FROM api_token",
    "DELETE FROM security_policy",
    "UPDATE mail SET due_at = now()",
    "UPDATE staff SET recording_confirmed_at = now()",
)
# Each touches somebody else's row, or what only an administrator may.
OTHERS = (
    "UPDATE api_token SET revoked_at = now()",
    "INSERT INTO api_token (staff_id, name, token_hash, hint, scopes, created_at, expires_at)"
    " VALUES ({other}, 'x', 'y', 'x', ARRAY['x'], now(), now())",
    "UPDATE totp SET confirmed_at = NULL",
    "DELETE FROM totp",
    "INSERT INTO totp (staff_id, sealed, created_at) VALUES ({other} + 1, 'x', now())",
    "DELETE FROM recovery_code",
    "INSERT INTO recovery_code (staff_id, code_hash) VALUES ({other}, 'y')",
    "DELETE FROM staff_link",
    "INSERT INTO staff_link (staff_id, kind, token_hash, created_at, expires_at)"
    " VALUES ({other}, 'password_reset', 'y', now(), now())",
    "UPDATE security_policy SET totp_roles = ARRAY['staff']",
)


@pytest.fixture
async def secrets(owner_db: Database, people: People) -> AsyncIterator[None]:
    """Of the outsider."""
    async with owner_db.transaction() as connection:
        for statement in (
            "INSERT INTO staff_link (staff_id, kind, token_hash, created_at, expires_at)"
            " VALUES (:id, 'invitation', 'x', now(), now() + interval '1 day')",
            "INSERT INTO totp (staff_id, sealed, created_at, confirmed_at) VALUES (:id, 'x', now(), now())",
            "INSERT INTO recovery_code (staff_id, code_hash) VALUES (:id, 'x')",
            "INSERT INTO api_token (staff_id, name, token_hash, hint, scopes, created_at, expires_at)"
            " VALUES (:id, 'x', 'x', 'x', ARRAY['x'], now(), now() + interval '1 day')",
        ):
            await connection.execute(text(statement), {"id": people.outsider.id})
    yield


async def tried(web: Database, actor: Actor | None, statement: str) -> int:
    """How many rows it changed; -1: it was refused."""
    try:
        async with web.transaction(actor) as connection:
            return (await connection.execute(text(statement))).rowcount
    except ProgrammingError as error:
        assert "row-level security" in str(error) or "InsufficientPrivilege" in str(error)
        return -1


@pytest.mark.usefixtures("secrets")
class TestWalls:
    async def test_secrets_are_read_and_bent_by_nobody(self, web_db: Database, people: People) -> None:
        for statement in SECRETS:
            assert await tried(web_db, people.admin.actor, statement) == -1, statement

    @pytest.mark.parametrize("name", [None, "owner", "lead", "manager"])
    async def test_nobody_touches_what_is_anothers(self, web_db: Database, people: People, name: str | None) -> None:
        actor = people.named(name).actor if name else None
        for statement in OTHERS:
            changed = await tried(web_db, actor, statement.format(other=people.outsider.id))
            assert changed in (0, -1), statement

    @pytest.mark.parametrize("name", ["owner", "manager"])
    async def test_nor_lists_it(self, web_db: Database, people: People, name: str) -> None:
        async with web_db.transaction(people.named(name).actor) as connection:
            for table in ("api_token", "recovery_code"):
                assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0, table

    async def test_a_password_is_set_for_oneself_only(
        self, web_db: Database, owner_db: Database, people: People
    ) -> None:
        set_it = text("SELECT set_own_password('new', now())")
        async with web_db.transaction() as connection:
            await connection.execute(set_it)
        async with web_db.transaction(people.owner.actor) as connection:
            await connection.execute(set_it)
        async with owner_db.transaction() as connection:
            changed = await connection.execute(
                text("SELECT staff_id FROM staff_credential WHERE password_hash = 'new'")
            )
            assert list(changed.scalars()) == [people.owner.id]
