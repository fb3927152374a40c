"""The database itself keeps what each person sees and may change."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sokhach.conversations import queries
from sokhach.conversations.queries import View
from sokhach.core.actor import Actor
from sokhach.core.database import Database, acting_as
from tests.core.walls.office import LOOKED_AFTER, Office, count, ids
from tests.support.oa import at, said

POOL = {"of-nobody"}
SEEN_BY: dict[str, set[str]] = {
    "owner": {"of-owner", "of-outsider-done-by-owner"} | POOL,
    "teammate": {"of-teammate", "of-nobody-done-by-teammate"} | POOL,
    "outsider": {"of-outsider", "of-outsider-done-by-owner"} | POOL,
    "lead": {"of-lead", "of-owner", "of-teammate", "of-outsider-done-by-owner", "of-nobody-done-by-teammate"} | POOL,
    "manager": set(LOOKED_AFTER),
    "admin": set(LOOKED_AFTER),
}
VIEWS: dict[View, str] = {
    "all": "true",
    "open": "episode_open",
    "mine": "custodian_id = {me} OR assignee_id = {me}",
    "waiting": "waiting_since IS NOT NULL",
}


class TestActors:
    @pytest.mark.parametrize("name", sorted(SEEN_BY))
    async def test_sees_the_conversations_that_are_theirs_and_their_rows(self, office: Office, name: str) -> None:
        everywhere = await office.oa.rows("SELECT id, thread_key FROM conversation")
        theirs = {row["id"] for row in everywhere if row["thread_key"] in SEEN_BY[name] or row["thread_key"] == "group"}
        actor = office.people.named(name).actor
        async with office.web.transaction(actor) as connection:
            assert await ids(connection, "SELECT id FROM conversation") == theirs
            assert await queries.visible_among(connection, [row["id"] for row in everywhere]) == theirs
            for table in ("episode", "turn", "message", "delivery", "outbox", "resolution", "media"):
                sql = f"SELECT DISTINCT conversation_id FROM {table}"
                all_of_it = {row["conversation_id"] for row in await office.oa.rows(sql)}
                assert await ids(connection, sql) == theirs & all_of_it, table
            people = "SELECT external_id FROM contact_identity"
            assert await ids(connection, people) == SEEN_BY[name]
            assert await count(connection, "contact") == len(SEEN_BY[name])
            aliases = "SELECT DISTINCT replace(external_id, '-2', '') FROM message_alias"
            assert await ids(connection, aliases) == SEEN_BY[name]

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
                    assert set(listed) == await ids(connection, f"SELECT id FROM conversation WHERE {rule}")

    @pytest.mark.parametrize("name", sorted(SEEN_BY))
    async def test_counts_are_what_the_wall_shows(
        self, office: Office, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        again = ("of-owner", "of-outsider-done-by-owner", "of-nobody", "of-nobody-done-by-teammate")
        await office.oa.take(*(said(customer, f"{customer}-9", at(90 + n)) for n, customer in enumerate(again)))
        person = office.people.named(name)
        rules = {"open": VIEWS["open"], "mine": f"episode_open AND ({VIEWS['mine']})", "waiting": VIEWS["waiting"]}
        async with office.web.transaction(person.actor) as connection:
            seen = {
                view: len(await ids(connection, f"SELECT id FROM conversation WHERE {rule.format(me=person.id)}"))
                for view, rule in rules.items()
            }
            counts = await queries.count_conversations(connection, person.actor)
            assert {view: getattr(counts, view) for view in rules} == seen
            monkeypatch.setattr(queries, "MOST_COUNTED", 2)
            counts = await queries.count_conversations(connection, person.actor)
            assert {view: getattr(counts, view) for view in rules} == {view: min(2, n) for view, n in seen.items()}

    async def test_many_asked_for_at_once_are_each_asked_for(self, office: Office) -> None:
        everywhere = [row["id"] for row in await office.oa.rows("SELECT id FROM conversation")]
        actors = [office.people.named(name).actor for name in SEEN_BY]
        async with office.web.transaction() as connection:
            told = await queries.visible_to_each(connection, actors, everywhere)
            assert await count(connection, "conversation") == 0
        for actor, theirs in zip(actors, told, strict=True):
            async with office.web.transaction(actor) as connection:
                assert theirs == await ids(connection, "SELECT id FROM conversation")

    @pytest.mark.parametrize("name", sorted(SEEN_BY))
    async def test_what_belongs_to_customers_and_threads_goes_with_them(self, office: Office, name: str) -> None:
        async with office.web.transaction(office.people.named(name).actor) as connection:
            assert await ids(connection, "SELECT thread_key FROM reaction") == SEEN_BY[name]
            assert await ids(connection, "SELECT thread_key FROM message_recall") == SEEN_BY[name]
            known = SEEN_BY[name] - (set() if name in {"manager", "admin"} else POOL)
            tagged = "SELECT i.external_id FROM tagged t JOIN contact_identity i USING (contact_id)"
            assert await ids(connection, tagged) == known
            assert await count(connection, "contact_tag") == len(known)
            said_to_templates = "SELECT message_external_id FROM channel_event WHERE name = 'user_feedback'"
            answers = {f"{customer}-2" for customer in SEEN_BY[name]}
            assert await ids(connection, said_to_templates) == answers

    async def test_the_log_and_requests_about_data_are_for_the_management(self, office: Office) -> None:
        for name in SEEN_BY:
            management = name in {"manager", "admin"}
            async with office.web.transaction(office.people.named(name).actor) as connection:
                log = "SELECT name FROM channel_event WHERE message_external_id IS NULL"
                assert await ids(connection, log) == ({"change_template_quality"} if management else set()), name
                assert await count(connection, "privacy_request") == (1 if management else 0), name

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
                assert await count(connection, "quarantine") == (1 if name == "admin" else 0), name
                queued = await connection.execute(text("SELECT retry_quarantine(NULL)"))
                assert queued.scalar_one() == (1 if name == "admin" else 0), name

    async def test_a_worker_that_acts_for_a_person_sees_no_more(self, office: Office) -> None:
        async with office.oa.database.transaction() as connection:
            async with acting_as(connection, office.people.owner.actor):
                assert await count(connection, "contact") == len(SEEN_BY["owner"])
            assert await count(connection, "contact") == len(LOOKED_AFTER)

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
