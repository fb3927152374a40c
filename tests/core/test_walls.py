"""The database itself keeps what each role and each person may touch."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import delivery, queries, service
from sokhach.conversations.media import service as media
from sokhach.conversations.media.service import Noted
from sokhach.conversations.queries import View
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.config import Settings
from sokhach.core.database import Database, Urls, acting_as, dsn
from tests.support.oa import OA, OA_ID, at, connect_oa, echoed, ms, received, said
from tests.support.people import People, Person

# What the web process may read without an actor, because nothing of it is a customer's: settings of the company, its
# staff, ids of what changed. A new table is not among them: it needs a policy, or no grant at all.
OPEN = frozenset(
    {
        "alembic_version",
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
        "sign_in_attempt",
        "staff",
        "staff_credential",
        "staff_team",
        "team",
    }
)
# Who looks after the conversation with each customer: (custodian, assignee).
LOOKED_AFTER: dict[str, tuple[str | None, str | None]] = {
    "of-owner": ("owner", None),
    "of-teammate": ("teammate", None),
    "of-outsider": ("outsider", None),
    "of-outsider-done-by-owner": ("outsider", "owner"),
    "of-lead": ("lead", None),
    "of-nobody-done-by-teammate": (None, "teammate"),
    "of-nobody": (None, None),
}
POOL = {"of-nobody"}
SEEN_BY: dict[str, set[str]] = {
    "owner": {"of-owner", "of-outsider-done-by-owner"} | POOL,
    "teammate": {"of-teammate", "of-nobody-done-by-teammate"} | POOL,
    "outsider": {"of-outsider", "of-outsider-done-by-owner"} | POOL,
    "lead": {"of-lead", "of-owner", "of-teammate", "of-outsider-done-by-owner", "of-nobody-done-by-teammate"} | POOL,
    "manager": set(LOOKED_AFTER),
    "admin": set(LOOKED_AFTER),
}

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
    "SELECT source_url FROM media",
    "DELETE FROM media",
    "SELECT * FROM access_log",
    "SELECT * FROM message_receipt",
    "SELECT * FROM event_retry",
    "SELECT * FROM channel_asset",
    "UPDATE channel_template SET name = 'x'",
    "UPDATE channel_quota SET remain = 9",
    "UPDATE outgoing_reaction SET icon = 'x'",
    "UPDATE message SET body = ''",
    "DELETE FROM message",
    "DELETE FROM conversation",
    "UPDATE contact SET name = 'x'",
    "INSERT INTO journal (account_id, lane, source, received_at, payload) VALUES (1, 0, 'webhook', now(), '')",
    "ALTER TABLE message DISABLE ROW LEVEL SECURITY",
    "SET ROLE sokhach_owner",
    "CREATE TABLE loot (body text)",
)
VIEWS: dict[View, str] = {
    "all": "true",
    "open": "episode_open",
    "mine": "custodian_id = {me} OR assignee_id = {me}",
    "waiting": "waiting_since IS NOT NULL",
}


class Office:
    """A company in which everybody has customers, and a group."""

    def __init__(self, oa: OA, web: Database, people: People) -> None:
        self.oa = oa
        self.web = web
        self.people = people

    async def open(self) -> None:
        for number, customer in enumerate(LOOKED_AFTER):
            await self.oa.take(
                said(customer, f"{customer}-1", at(number), f"Chào shop, {customer}"),
                echoed(customer, f"{customer}-2", at(10 + number), admin="77"),
                received(customer, f"{customer}-2", at(20 + number)),
            )
        in_group = said("of-nobody", "group-1", at(60)) | {
            "event_name": "user_send_group_text",
            "recipient": {"id": "group"},
        }
        await self.oa.take(in_group, b"{", *_told_of_customers())
        async with self.oa.database.transaction() as connection:
            await _assign(connection, self.people)
            await connection.execute(_AUTHORIZATION, {"staff": self.people.admin.id, "at": at(0)})
            await connection.execute(_GAPS, {"account": self.oa.account_id, "at": at(0)})
        # Somebody has read, answered, closed; somebody's answer waits; a handler has failed.
        for customer in LOOKED_AFTER:
            await self._serve(customer)

    async def _serve(self, customer: str) -> None:
        conversation_id = await self.conversation(customer)
        async with self.oa.database.transaction() as connection:
            message_id, _ = await delivery.add_outgoing(
                connection,
                conversation_id=conversation_id,
                staff_id=self.people.admin.id,
                client_id=uuid4(),
                text="Dạ",
                now=at(70),
            )
            await connection.execute(
                text(
                    "INSERT INTO outbox (message_id, conversation_id, account_id, attempts, created_at, due_at)"
                    " VALUES (:message, :conversation, :account, 0, :at, :at)"
                ),
                {"message": message_id, "conversation": conversation_id, "account": self.oa.account_id, "at": at(70)},
            )
            assert await service.resolve(connection, self.people.admin.actor, conversation_id, None, at(80))
            await connection.execute(_ACCESS, {"staff": self.people.admin.id, "id": conversation_id, "at": at(0)})
            await connection.execute(_RETRY, {"at": at(0)})
            sends = {"id": conversation_id, "staff": self.people.admin.id, "at": at(0)}
            for statement in _SENDS:
                await connection.execute(text(statement), sends)
            await media.note(connection, [Noted(message_id, conversation_id, [{"type": "image"}])], at(70))

    async def conversation(self, customer: str) -> int:
        return await self.oa.value("SELECT id FROM conversation WHERE thread_key = :key", key=customer)

    async def messages(self, customer: str) -> list[int]:
        rows = await self.oa.rows(
            "SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.thread_key = :key"
            " ORDER BY m.id",
            key=customer,
        )
        return [row["id"] for row in rows]

    async def read(self, who: Person, ids: Sequence[int], seconds: float = 0) -> dict[int, str | None]:
        async with self.web.transaction(who.actor) as connection:
            rows = await connection.execute(
                text("SELECT id, body FROM read_messages(:ids, :at)"), {"ids": list(ids), "at": at(seconds)}
            )
            return {row.id: row.body for row in rows}

    async def reads(self) -> list[tuple[int, int]]:
        """Who was written down as a reader of which conversation, the admin apart."""
        rows = await self.oa.rows(
            "SELECT staff_id, conversation_id FROM access_log WHERE staff_id <> :admin ORDER BY period, staff_id",
            admin=self.people.admin.id,
        )
        return [(row["staff_id"], row["conversation_id"]) for row in rows]


@pytest.fixture
async def office(settings: Settings, owner_db: Database, web_db: Database, people: People) -> AsyncIterator[Office]:
    opened = Office(await connect_oa(settings, owner_db), web_db, people)
    await opened.open()
    yield opened


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
                assert await _count(connection, table) == 0, table

    async def test_nor_after_somebody_else_used_the_connection(self, office: Office, database_urls: Urls) -> None:
        one_connection = Database(database_urls.web, size=1)
        async with one_connection.transaction(office.people.admin.actor) as connection:
            assert await _count(connection, "conversation") > 0
        async with one_connection.transaction() as connection:
            assert await _count(connection, "conversation") == 0
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
        for table in ("message", "journal"):
            for statement in (f"UPDATE {table} SET received_at = received_at", f"DELETE FROM {table}"):
                with pytest.raises(DBAPIError, match="append-only"):
                    async with office.oa.database.transaction() as connection:
                        await connection.exec_driver_sql(statement)


class TestActors:
    @pytest.mark.parametrize("name", sorted(SEEN_BY))
    async def test_sees_the_conversations_that_are_theirs_and_their_rows(self, office: Office, name: str) -> None:
        everywhere = await office.oa.rows("SELECT id, thread_key FROM conversation")
        theirs = {row["id"] for row in everywhere if row["thread_key"] in SEEN_BY[name] or row["thread_key"] == "group"}
        actor = office.people.named(name).actor
        async with office.web.transaction(actor) as connection:
            assert await _ids(connection, "SELECT id FROM conversation") == theirs
            assert await queries.visible_among(connection, [row["id"] for row in everywhere]) == theirs
            for table in ("episode", "turn", "message", "delivery", "outbox", "resolution", "media"):
                sql = f"SELECT DISTINCT conversation_id FROM {table}"
                all_of_it = {row["conversation_id"] for row in await office.oa.rows(sql)}
                assert await _ids(connection, sql) == theirs & all_of_it, table
            people = "SELECT external_id FROM contact_identity"
            assert await _ids(connection, people) == SEEN_BY[name]
            assert await _count(connection, "contact") == len(SEEN_BY[name])
            aliases = "SELECT DISTINCT replace(external_id, '-2', '') FROM message_alias"
            assert await _ids(connection, aliases) == SEEN_BY[name]

    async def test_lists_are_what_the_wall_shows_and_nothing_twice(self, office: Office) -> None:
        """The paths along the wall, a branch each, and the wall are one rule."""
        again = ("of-owner", "of-outsider-done-by-owner", "of-nobody", "of-nobody-done-by-teammate")
        await office.oa.take(*(said(customer, f"{customer}-9", at(90 + n)) for n, customer in enumerate(again)))
        for name in SEEN_BY:
            person = office.people.named(name)
            for view, condition in VIEWS.items():
                listed = await _listed(office.web, person.actor, view)
                assert len(listed) == len(set(listed))
                async with office.web.transaction(person.actor) as connection:
                    rule = condition.format(me=person.id)
                    assert set(listed) == await _ids(connection, f"SELECT id FROM conversation WHERE {rule}")

    @pytest.mark.parametrize("name", sorted(SEEN_BY))
    async def test_what_belongs_to_customers_and_threads_goes_with_them(self, office: Office, name: str) -> None:
        async with office.web.transaction(office.people.named(name).actor) as connection:
            assert await _ids(connection, "SELECT thread_key FROM reaction") == SEEN_BY[name]
            tagged = "SELECT i.external_id FROM tagged t JOIN contact_identity i USING (contact_id)"
            assert await _ids(connection, tagged) == SEEN_BY[name]
            assert await _count(connection, "contact_tag") == len(SEEN_BY[name])
            said_to_templates = "SELECT message_external_id FROM channel_event WHERE name = 'user_feedback'"
            answers = {f"{customer}-2" for customer in SEEN_BY[name]}
            assert await _ids(connection, said_to_templates) == answers

    async def test_the_log_and_requests_about_data_are_for_the_management(self, office: Office) -> None:
        for name in SEEN_BY:
            management = name in {"manager", "admin"}
            async with office.web.transaction(office.people.named(name).actor) as connection:
                log = "SELECT name FROM channel_event WHERE message_external_id IS NULL"
                assert await _ids(connection, log) == ({"change_template_quality"} if management else set()), name
                assert await _count(connection, "privacy_request") == (1 if management else 0), name

    async def test_only_admins_close_a_request_about_data(self, office: Office) -> None:
        closing = text("UPDATE privacy_request SET closed_at = :at, closed_by = :staff")
        for name, closed in (("owner", 0), ("manager", 0), ("admin", 1)):
            person = office.people.named(name)
            async with office.web.transaction(person.actor) as connection:
                done = await connection.execute(closing, {"at": at(0), "staff": person.id})
                assert done.rowcount == closed, name

    async def test_nobody_tags_whom_they_do_not_see_nor_in_a_channels_name(self, office: Office) -> None:
        contact = "SELECT contact_id FROM contact_identity WHERE external_id = 'of-outsider'"
        values = {"contact": await office.oa.value(contact), "tag": await office.oa.value("SELECT id FROM tag")}
        values |= {"at": at(0), "staff": office.people.owner.id, "account": office.oa.account_id}
        for person, columns, whose in (
            (office.people.owner, "changed_by", ":staff"),
            (office.people.outsider, "account_id", ":account"),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"):
                async with office.web.transaction(person.actor) as connection:
                    await connection.execute(
                        text(
                            f"INSERT INTO contact_tag (contact_id, tag_id, present, changed_at, {columns})"
                            f" VALUES (:contact, :tag, true, :at, {whose})"
                        ),
                        values,
                    )

    async def test_quarantine_is_for_admins(self, office: Office) -> None:
        for name in SEEN_BY:
            async with office.web.transaction(office.people.named(name).actor) as connection:
                assert await _count(connection, "quarantine") == (1 if name == "admin" else 0), name
                queued = await connection.execute(text("SELECT retry_quarantine(NULL)"))
                assert queued.scalar_one() == (1 if name == "admin" else 0), name

    async def test_a_worker_that_acts_for_a_person_sees_no_more(self, office: Office) -> None:
        async with office.oa.database.transaction() as connection:
            async with acting_as(connection, office.people.owner.actor):
                assert await _count(connection, "contact") == len(SEEN_BY["owner"])
            assert await _count(connection, "contact") == len(LOOKED_AFTER)

    async def test_custody_of_a_customer_moves_their_conversations(self, office: Office) -> None:
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text(
                    "UPDATE contact SET custodian_id = :outsider FROM contact_identity i"
                    " WHERE i.contact_id = contact.id AND i.external_id = 'of-owner'"
                ),
                {"outsider": office.people.outsider.id},
            )
        conversation_id = await office.conversation("of-owner")
        for person, sees in ((office.people.owner, False), (office.people.outsider, True)):
            async with office.web.transaction(person.actor) as connection:
                assert (await queries.visible_among(connection, [conversation_id]) != set()) is sees


class TestReading:
    async def test_gives_words_and_writes_down_who_read(self, office: Office) -> None:
        ids = await office.messages("of-owner")
        words = await office.read(office.people.owner, ids)
        assert words[ids[0]] == "Chào shop, of-owner"
        assert set(words) == set(ids)
        assert await office.reads() == [(office.people.owner.id, await office.conversation("of-owner"))]

    async def test_once_in_five_minutes_for_each_reader_and_conversation(self, office: Office) -> None:
        owner, lead = office.people.owner, office.people.lead
        ours, theirs = await office.messages("of-owner"), await office.messages("of-nobody")
        # The periods begin at whole five minutes.
        for seconds in (0, 1, 299):
            await office.read(owner, ours[:1], seconds)
        await office.read(owner, ours, 300)
        await office.read(lead, ours, 10)
        await office.read(owner, [*ours, *theirs], 20)
        first, second = await office.conversation("of-owner"), await office.conversation("of-nobody")
        assert sorted(await office.reads()) == sorted(
            [(owner.id, first), (owner.id, first), (lead.id, first), (owner.id, second)]
        )

    async def test_an_outsider_gets_nothing_and_leaves_no_trace(self, office: Office) -> None:
        ids = await office.messages("of-owner")
        outsider = office.people.outsider
        assert await office.read(outsider, ids) == {}
        async with office.web.transaction(outsider.actor) as connection:
            rows = await connection.execute(text("SELECT * FROM preview_messages(:ids)"), {"ids": ids})
            assert rows.all() == []
        assert await office.reads() == []

    async def test_only_what_may_be_read_is_read_of_a_mixed_lot(self, office: Office) -> None:
        ours, theirs = await office.messages("of-owner"), await office.messages("of-outsider")
        assert set(await office.read(office.people.owner, [*theirs, *ours])) == set(ours)
        assert await office.reads() == [(office.people.owner.id, await office.conversation("of-owner"))]

    async def test_a_preview_is_no_reading(self, office: Office) -> None:
        ids = await office.messages("of-owner")
        async with office.web.transaction(office.people.owner.actor) as connection:
            rows = await connection.execute(text("SELECT id, preview FROM preview_messages(:ids)"), {"ids": ids})
            assert {row.id: row.preview for row in rows}[ids[0]] == "Chào shop, of-owner"
        assert await office.reads() == []

    async def test_what_is_rolled_back_is_neither_delivered_nor_written_down(self, office: Office) -> None:
        """The words leave with the commit, so the reader is written down whenever they do."""
        ids = await office.messages("of-owner")
        with pytest.raises(ZeroDivisionError):
            async with office.web.transaction(office.people.owner.actor) as connection:
                await connection.execute(
                    text("SELECT * FROM read_messages(:ids, :at)"), {"ids": ids, "at": clock.now() + timedelta()}
                )
                _ = 1 // 0
        assert await office.reads() == []


def _told_of_customers() -> list[dict[str, Any]]:
    """Each put a reaction on our message and stars on it, all carry a tag; one wants their data deleted."""
    told: list[dict[str, Any]] = []
    for customer in LOOKED_AFTER:
        about = received(customer, f"{customer}-2", at(30))
        told.append(
            about
            | {
                "event_name": "user_reacted_message",
                "sender": about["recipient"],
                "recipient": about["sender"],
                "message": {"msg_id": f"{customer}-2", "react_icon": "/-heart"},
            }
        )
        told.append({"event_name": "user_feedback", "oa_id": OA_ID, "timestamp": about["timestamp"],
                     "message": {"msg_id": f"{customer}-2", "rate": 5}})  # fmt: skip
    flat = {"oa_id": OA_ID, "timestamp": ms(at(40))}
    tag = {"name": "VIP", "user_ids": list(LOOKED_AFTER)}
    return [
        *told,
        flat | {"event_name": "add_user_to_tag", "tag": tag},
        flat | {"event_name": "user_withdraw", "user_id": "of-owner"},
        flat | {"event_name": "change_template_quality", "template_id": "1", "quality": "LOW"},
    ]


async def _assign(connection: AsyncConnection, people: People) -> None:
    for customer, (custodian, assignee) in LOOKED_AFTER.items():
        values = {
            "customer": customer,
            "custodian": people.named(custodian).id if custodian else None,
            "assignee": people.named(assignee).id if assignee else None,
        }
        await connection.execute(
            text(
                "UPDATE contact SET custodian_id = CAST(:custodian AS bigint) FROM contact_identity i"
                " WHERE i.contact_id = contact.id AND i.external_id = :customer"
            ),
            values,
        )
        await connection.execute(
            text("UPDATE conversation SET assignee_id = CAST(:assignee AS bigint) WHERE thread_key = :customer"), values
        )


async def _listed(web: Database, actor: Actor, view: View) -> list[int]:
    """All pages, three rows each."""
    found: list[int] = []
    before: str | None = None
    while True:
        async with web.transaction(actor) as connection:
            page = await queries.list_conversations(connection, actor, view=view, before=before, limit=3)
        found += [row.id for row in page.items]
        before = page.next
        if before is None:
            return found


async def _count(connection: AsyncConnection, table: str) -> int:
    """By a column that the web role may read."""
    return (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()


async def _ids(connection: AsyncConnection, statement: str) -> set[Any]:
    return set((await connection.execute(text(statement))).scalars())


_TABLES = "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
_READABLE = f"{_TABLES} AND has_any_column_privilege('sokhach_web', oid, 'SELECT')"
_WALLED = f"{_TABLES} AND relrowsecurity"
_ACCESS = text(
    "INSERT INTO access_log (staff_id, conversation_id, period, read_at) VALUES (:staff, :id, :at, :at)"
    " ON CONFLICT DO NOTHING"
)
_AUTHORIZATION = text(
    "INSERT INTO channel_authorization (state_hash, channel, staff_id, sealed, expires_at)"
    " VALUES ('x', 'zalo_oa', :staff, 'x', :at)"
)
_GAPS = text(
    """
    WITH sweep AS (
        INSERT INTO channel_sweep (account_id, cause, since, until, state, found, added, list_offset, list_added,
            listed, attempts, due_at, created_at)
        VALUES (:account, 'asked', :at, :at, 'done', 0, 0, 0, 0, true, 0, :at, :at) RETURNING id
    )
    INSERT INTO gap (account_id, sweep_id, thread_key, from_at, until_at, reason, created_at)
    SELECT c.account_id, sweep.id, c.thread_key, :at, :at, 'refused', :at FROM sweep, conversation c
    """
)
# What sending leaves behind: limits and templates of the company, quotas and reactions of a thread.
_SENDS = (
    "INSERT INTO channel_limit (key, value, changed_by, changed_at)"
    " VALUES ('zalo_oa.buttons', 4, :staff, :at) ON CONFLICT DO NOTHING",
    "INSERT INTO channel_template (account_id, template_id, name, status, via, params, synced_at)"
    " SELECT account_id, '7', 'Đơn hàng', 'ENABLE', '[]', '[]', :at FROM conversation WHERE id = :id"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO channel_template_sync (account_id, due_at, attempts)"
    " SELECT account_id, :at, 0 FROM conversation WHERE id = :id ON CONFLICT DO NOTHING",
    "INSERT INTO channel_quota (account_id, thread_key, kind, remain, total, noted_at)"
    " SELECT account_id, thread_key, 'reply', 8, 8, :at FROM conversation WHERE id = :id",
    "INSERT INTO outgoing_reaction (message_id, conversation_id, account_id, staff_id, external_id, icon, state,"
    " attempts, created_at, due_at, changed_at)"
    " SELECT m.id, c.id, c.account_id, :staff, m.external_id, '/-heart', 'queued', 0, :at, :at, :at"
    " FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE c.id = :id AND m.direction = 'in'",
)
_RETRY = text(
    "INSERT INTO event_retry (handler, event_type, events, attempts, last_error, created_at, next_attempt_at)"
    " VALUES ('h', 'E', '[]', 1, 'x', :at, :at)"
)
