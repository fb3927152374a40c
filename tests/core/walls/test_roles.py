"""The database itself keeps what each of its roles may touch, whoever acts."""

from contextlib import suppress

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from sokhach.core.database import Database, Urls, dsn
from tests.core.walls.office import Office, count
from tests.support.oa import at

# What the web process may read without an actor, because nothing of it is a customer's: settings of the company, its
# staff, ids of what changed. A new table is not among them: it needs a policy, or no grant at all.
OPEN = frozenset(
    {
        "alembic_version",
        "calendar_day",
        "calendar_week",
        "channel_account",
        "channel_hour",
        "channel_profile",
        "channel_tag",
        "channel_tally",
        "channel_watch",
        "clock",
        "heartbeat",
        "realtime_event",
        "realtime_position",
        "session",
        "setup_code",
        "shift",
        "sign_in_attempt",
        "staff",
        "staff_credential",
        "staff_leave",
        "staff_team",
        "team",
    }
)
# To the web process.
FORBIDDEN = (
    "SELECT body FROM message",
    "SELECT content FROM message",
    "SELECT salt FROM message",
    "SELECT * FROM message",
    "SELECT to_jsonb(message) FROM message",
    "SELECT 1 FROM message WHERE body = 'Dạ'",
    "COPY message (body) TO STDOUT",
    "SELECT payload FROM journal",
    "SELECT * FROM journal_pending",
    "SELECT storage_key FROM media",
    "SELECT details FROM contact_identity",
    "SELECT * FROM sight",
    "UPDATE channel_account SET pool = 'nobody'",
    "SELECT source_url FROM media",
    "DELETE FROM media",
    "UPDATE conversation SET custodian_id = 1",
    "UPDATE conversation SET assignee_id = 1",
    "UPDATE contact SET custodian_id = 1",
    "UPDATE conversation_grant SET until = NULL",
    "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, note)"
    " VALUES (1, 1, 'mention', 1, now(), '')",
    "INSERT INTO custody_change (conversation_id, kind, at, note) VALUES (1, 'assign', now(), '')",
    "SELECT custody_move(1, NULL, 1, 'transfer', '', now())",
    "SELECT text FROM note",
    "SELECT * FROM note",
    "UPDATE note SET deleted_at = now()",
    "INSERT INTO note (conversation_id, author_id, text, created_at) VALUES (1, 1, '', now())",
    "SELECT * FROM message_receipt",
    "DELETE FROM message_recall",
    "UPDATE message_recall SET at = now()",
    "SELECT * FROM event_retry",
    "SELECT * FROM channel_asset",
    "UPDATE channel_template SET name = 'x'",
    "UPDATE channel_quota SET remain = 9",
    "UPDATE outgoing_reaction SET icon = 'x'",
    "UPDATE outgoing_recall SET message_id = 1",
    "DELETE FROM outgoing_recall",
    "UPDATE personal_cap_use SET used = 0",
    "UPDATE personal_pace SET next_at = NULL",
    "INSERT INTO personal_friend (account_id, external_id, noted_at) VALUES (1, 'x', now())",
    "UPDATE personal_signal SET told_at = now()",
    "SELECT * FROM personal_directory",
    "SELECT * FROM sticker",
    "UPDATE message SET body = ''",
    "DELETE FROM message",
    "SELECT undo_import(1, 5)",
    "SELECT take_imported(ARRAY[1])",
    "SELECT give_way(ARRAY[1], ARRAY[2])",
    "DELETE FROM history_import",
    "SELECT * FROM message_import",
    "SELECT credentials FROM personal_account",
    "SELECT proxy FROM personal_account",
    "SELECT * FROM personal_account",
    "SELECT proxy FROM personal_login",
    "UPDATE personal_account SET wanted = false",
    "UPDATE personal_login SET uid = '1'",
    "UPDATE personal_consent SET at = now()",
    "DELETE FROM personal_consent",
    "UPDATE frame_tally SET count = 0",
    "DELETE FROM conversation",
    "UPDATE contact SET name = 'x'",
    "INSERT INTO journal (account_id, lane, source, received_at, payload) VALUES (1, 0, 'webhook', now(), '')",
    "ALTER TABLE message DISABLE ROW LEVEL SECURITY",
    "SET ROLE sokhach_owner",
    "CREATE TABLE loot (body text)",
)
_TABLES = "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
_READABLE = f"{_TABLES} AND has_any_column_privilege('sokhach_web', oid, 'SELECT')"
_WALLED = f"{_TABLES} AND relrowsecurity"


class TestWithoutActor:
    async def test_every_table_is_open_on_purpose_or_behind_a_wall(self, office: Office) -> None:
        readable = {row["name"] for row in await office.oa.rows(_READABLE)}
        assert readable >= OPEN, "no longer readable: take it off the list"
        walled = {row["name"] for row in await office.oa.rows(_WALLED)}
        assert readable - OPEN <= walled

    async def test_sees_no_row_of_any_customer(self, office: Office) -> None:
        tables = {row["name"] for row in await office.oa.rows(_READABLE)} - OPEN
        for table in sorted(tables):
            assert await office.oa.value(f"SELECT count(*) FROM {table}") > 0, f"{table}: the office has none to hide"
            async with office.web.transaction() as connection:
                assert await count(connection, table) == 0, table

    async def test_nor_after_somebody_else_used_the_connection(self, office: Office, database_urls: Urls) -> None:
        one_connection = Database(database_urls.web, size=1)
        async with one_connection.transaction(office.people.admin.actor) as connection:
            assert await count(connection, "conversation") > 0
        async with one_connection.transaction() as connection:
            assert await count(connection, "conversation") == 0
        await one_connection.close()

    async def test_reads_and_previews_nothing(self, office: Office) -> None:
        ids = await office.messages("of-nobody")
        for function in ("read_messages(:ids, :at)", "preview_messages(:ids)"):
            with suppress(DBAPIError):
                async with office.web.transaction() as connection:
                    rows = await connection.execute(text(f"SELECT * FROM {function}"), {"ids": ids, "at": at(0)})
                    assert rows.all() == []


class TestWebRole:
    async def test_may_not_even_as_admin(self, office: Office) -> None:
        for statement in FORBIDDEN:
            with pytest.raises(ProgrammingError, match=r"InsufficientPrivilege"):
                async with office.web.transaction(office.people.admin.actor) as connection:
                    await connection.exec_driver_sql(statement)

    async def test_cannot_write_where_it_cannot_see(self, office: Office) -> None:
        conversation_id = await office.conversation("of-outsider")
        async with office.web.transaction(office.people.owner.actor) as connection:
            changed = await connection.execute(
                text("UPDATE conversation SET unread_count = 9 WHERE id = :id"), {"id": conversation_id}
            )
            assert changed.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with office.web.transaction(office.people.owner.actor) as connection:
                await connection.execute(
                    text(
                        "INSERT INTO resolution (conversation_id, staff_id, seen_until, resolved_at)"
                        " VALUES (:id, :staff, :at, :at)"
                    ),
                    {"id": conversation_id, "staff": office.people.owner.id, "at": at(0)},
                )


class TestGatewayRole:
    async def test_appends_to_the_journal(self, office: Office, database_urls: Urls) -> None:
        before = await office.oa.value("SELECT count(*) FROM journal_pending")
        columns = "(account_id, lane, source, received_at, payload)"
        async with (
            await psycopg.AsyncConnection.connect(dsn(database_urls.gateway)) as connection,
            connection.cursor().copy(f"COPY journal {columns} FROM STDIN".encode()) as copy,
        ):
            await copy.write_row((office.oa.account_id, 3, "webhook", at(0), b"{}"))
        assert await office.oa.value("SELECT count(*) FROM journal_pending") == before + 1

    async def test_can_do_nothing_else(self, office: Office, database_urls: Urls) -> None:
        tables = [row["name"] for row in await office.oa.rows(_TABLES)]
        assert len(tables) > 25
        async with await psycopg.AsyncConnection.connect(dsn(database_urls.gateway), autocommit=True) as connection:
            for table in tables:
                name = sql.Identifier(table)
                for statement in ("SELECT FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"):
                    if table == "journal" and statement.startswith("INSERT"):
                        continue
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        await connection.execute(sql.SQL(statement).format(name))  # pyright: ignore[reportArgumentType]
            for call in ("read_messages('{1}', now())", "preview_messages('{1}')", "retry_quarantine(NULL)"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    await connection.execute(f"SELECT * FROM {call}".encode())


class TestAppendOnly:
    async def test_even_for_the_owner(self, office: Office) -> None:
        tables = {"message": "received_at", "journal": "received_at", "custody_change": "at", "note": "created_at"}
        for table, column in tables.items():
            for statement in (f"UPDATE {table} SET {column} = {column} + interval '1 s'", f"DELETE FROM {table}"):
                with pytest.raises(DBAPIError, match="append-only"):
                    async with office.oa.database.transaction() as connection:
                        await connection.exec_driver_sql(statement)
