"""The demo company comes to life: over a real PostgreSQL, and a simulated Zalo over HTTP."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from sokhach.core import clock
from sokhach.core.crypto import hash_token
from sokhach.core.database import Database
from sokhach.demo import state
from sokhach.demo.company import ANH, BAO, DUYEN, HUNG, HUY, LAN, LINH, OAS, STAFF, TEAMS, TRUC, TUAN, Person
from sokhach.demo.custody import NOTES
from sokhach.people import queries
from sokhach.people.calendar import queries as calendar
from tests.demo.conftest import DAYS, Start
from tests.support.people import add_session
from tests.support.zalo import SimulatedZalo

# All that a start may change.
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"


async def value(database: Database, statement: str, **values: Any) -> Any:
    async with database.transaction() as connection:
        return (await connection.execute(text(statement), values)).scalar_one()


async def rows(database: Database, statement: str, **values: Any) -> list[Any]:
    async with database.transaction() as connection:
        return list((await connection.execute(text(statement), values)).all())


async def counts(database: Database) -> dict[str, int]:
    names = [row.relname for row in await rows(database, _TABLES)]
    return {name: await value(database, f'SELECT count(*) FROM "{name}"') for name in names}


async def seen_by(database: Database, person: Person) -> set[str]:
    """The logins of those whose customers a person sees."""
    staff_id = await value(database, "SELECT id FROM staff WHERE email = :login", login=person.login)
    token = await add_session(database, staff_id)
    async with database.transaction() as connection:
        caller = await queries.caller_of(connection, hash_token(token), clock.now())
    assert caller
    found = await rows(database, "SELECT email FROM staff WHERE id = ANY (:ids)", ids=list(caller.actor.scope_staff))
    return {row.email for row in found}


class DiedError(Exception):
    """In the middle of it."""


class TestCompany:
    async def test_people_work_in_their_teams(self, start: Start, owner_db: Database) -> None:
        assert await start(days=0)
        assert await value(owner_db, "SELECT count(*) FROM staff") == len(STAFF) == 12
        assert await value(owner_db, "SELECT count(DISTINCT role) FROM staff") == 4
        branches = await rows(owner_db, "SELECT name FROM team WHERE parent_id IS NULL AND kind = 'branch'")
        assert len(branches) == 3
        assert await value(owner_db, "SELECT count(*) FROM team") == len(TEAMS)

    async def test_has_hours_shifts_and_somebody_who_is_away(self, start: Start, owner_db: Database) -> None:
        assert await start(days=0)
        now = clock.now()
        async with owner_db.transaction() as connection:
            calendars = await calendar.calendars(connection, "Asia/Ho_Chi_Minh")
            staff_ids = {row.email: row.id for row in await connection.execute(text("SELECT id, email FROM staff"))}
            assert await calendar.acting_deputy(connection, staff_ids[DUYEN.login], now) == staff_ids[BAO.login]
        team = await value(owner_db, "SELECT id FROM team WHERE name = 'Đào tạo và bảo hiểm'")
        evening = datetime(2026, 12, 1, 13, tzinfo=UTC)  # 20:00 in Việt Nam
        assert calendars.of(team).is_open(evening) and not calendars.of(None).is_open(evening)
        assert await value(owner_db, "SELECT count(DISTINCT staff_id) FROM shift WHERE until_at > :now", now=now) == 4
        assert await seen_by(owner_db, BAO) == {BAO.login, DUYEN.login}

    async def test_a_lead_sees_their_branch_and_no_other(self, start: Start, owner_db: Database) -> None:
        await start(days=0)
        assert await seen_by(owner_db, TRUC) == {one.login for one in (TRUC, LAN, HUY)}
        assert {TUAN.login, HUNG.login} <= await seen_by(owner_db, HUNG)
        assert DUYEN.login in await seen_by(owner_db, ANH)
        assert await seen_by(owner_db, LAN) == {LAN.login}

    async def test_both_accounts_are_connected_and_their_colleagues_known(
        self, start: Start, owner_db: Database
    ) -> None:
        await start(days=0)
        found = await rows(
            owner_db,
            "SELECT external_id, name, health, tokens IS NOT NULL AS authorised FROM channel_account ORDER BY id",
        )
        assert [tuple(row) for row in found] == [(oa.oa_id, oa.name, "ok", True) for oa in OAS]
        known = await rows(
            owner_db,
            "SELECT c.external_id AS oa, a.external_id, s.email FROM channel_admin a"
            " JOIN channel_account c ON c.id = a.account_id JOIN staff s ON s.id = a.staff_id",
        )
        assert {tuple(row) for row in known} == {
            (oa.oa_id, one.zalo_id, one.login) for oa in OAS for one, _ in oa.colleagues
        }

    async def test_customers_write_now(self, start: Start, zalo: SimulatedZalo) -> None:
        await start(days=0)
        running = {one["oa_id"]: one for one in zalo.read("/demo") if one["running"]}
        assert set(running) == {oa.oa_id for oa in OAS}
        assert sum(one["messages_per_minute"] for one in running.values()) == pytest.approx(1.8, abs=0.5)


class TestHistory:
    async def test_comes_out_as_it_went_in(self, start: Start, owner_db: Database, zalo: SimulatedZalo) -> None:
        await start()
        for oa in OAS:
            ours = await rows(
                owner_db,
                "SELECT m.external_id, m.sent_at FROM message m JOIN conversation c ON c.id = m.conversation_id"
                " JOIN channel_account a ON a.id = c.account_id WHERE a.external_id = :oa AND m.kind <> 'event'",
                oa=oa.oa_id,
            )
            until = max(row.sent_at for row in ours).timestamp() * 1000
            theirs = [
                message["msg_id"]
                for user in zalo.read(f"/oas/{oa.oa_id}/users")["items"]
                for message in zalo.read(f"/oas/{oa.oa_id}/users/{user['user_id']}/messages")
                if message["time"] <= until
            ]
            assert len(theirs) > 100
            assert sorted(row.external_id for row in ours) == sorted(theirs)
        assert await value(owner_db, "SELECT count(*) FROM quarantine") == 0
        assert await value(owner_db, "SELECT state FROM demo") == "running"
        await self._reads_as_life(owner_db)

    async def _reads_as_life(self, database: Database) -> None:
        """Clocks, counters, custody: one history for all of it, for it takes a while."""
        late = "SELECT count(*) FROM message WHERE received_at - sent_at NOT BETWEEN '0 s' AND '1 s'"
        assert await value(database, late) == 0
        days = "SELECT count(DISTINCT date(sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')) FROM message"
        assert await value(database, days) in (DAYS, DAYS + 1)
        by_whom = await rows(
            database,
            "SELECT DISTINCT a.external_id AS oa, s.email FROM turn t JOIN conversation c ON c.id = t.conversation_id"
            " JOIN channel_account a ON a.id = c.account_id LEFT JOIN staff s ON s.id = t.answered_by"
            " WHERE t.close_reason = 'answered'",
        )
        assert {tuple(row) for row in by_whom} <= {(oa.oa_id, one.login) for oa in OAS for one, _ in oa.colleagues}
        assert {row.oa for row in by_whom} == {oa.oa_id for oa in OAS}
        unread = "SELECT count(*) FROM conversation WHERE unread_count > 0 AND waiting_since IS NULL"
        assert await value(database, unread) == 0
        custody = (
            await rows(
                database,
                "SELECT count(*) AS whole, count(k.custodian_id) AS held,"
                " count(*) FILTER (WHERE c.custodian_id IS DISTINCT FROM k.custodian_id) AS torn"
                " FROM contact k JOIN conversation c ON c.contact_id = k.id",
            )
        )[0]
        assert custody.torn == 0
        assert custody.whole * 0.6 < custody.held < custody.whole
        ledger = "SELECT count(DISTINCT contact_id) FROM custody_change"
        assert await value(database, ledger) == await value(database, "SELECT count(custodian_id) FROM contact")
        # In so few days not everybody need have served somebody.
        first = "SELECT DISTINCT s.email FROM custody_change x JOIN staff s ON s.id = x.to_id WHERE x.from_id IS NULL"
        serving = {row.email for row in await rows(database, first)}
        assert len(serving) >= 4
        moved = "SELECT count(*) FROM custody_change WHERE from_id IS NOT NULL AND by_id IS NOT NULL"
        assert await value(database, moved) == (TUAN.login in serving)
        mentions = sum(author.login in serving for author, _, _ in NOTES)
        assert await value(database, "SELECT count(*) FROM note JOIN note_mention ON note_id = note.id") == mentions
        kinds = await rows(database, "SELECT kind, count(*) FROM conversation_grant GROUP BY 1 ORDER BY 1")
        shared = [("share", 1)] if LINH.login in serving else []
        assert [tuple(row) for row in kinds] == [("mention", mentions), *shared]

    async def test_again_changes_nothing(self, start: Start, owner_db: Database) -> None:
        await start()
        before = await counts(owner_db)
        await start()
        after = await counts(owner_db)
        assert {name for name in before if before[name] != after[name]} <= {"realtime_event", "channel_sweep"}

    async def test_an_interrupted_one_is_there_once(
        self, start: Start, owner_db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def dies(*_: object) -> bool:
            raise DiedError

        with monkeypatch.context() as broken:
            broken.setattr(state, "note_history", dies)
            with pytest.raises(DiedError):
                await start()
        assert await value(owner_db, "SELECT count(*) FROM journal") == 0
        assert await value(owner_db, "SELECT state FROM demo") == "preparing"
        await start()
        told = await value(owner_db, "SELECT history_count FROM demo")
        assert await value(owner_db, "SELECT count(*) FROM journal") == told > 100

    async def test_is_not_written_into_a_demo_that_is_being_cleared(
        self, start: Start, owner_db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note = state.note_history

        async def too_late(connection: Any, count: int) -> bool:
            async with owner_db.transaction() as other:
                assert await state.ask_to_clear(other, None, clock.now())
            return await note(connection, count)

        monkeypatch.setattr(state, "note_history", too_late)
        await start()
        assert await value(owner_db, "SELECT count(*) FROM journal") == 0
        assert await value(owner_db, "SELECT state FROM demo") == "clearing"


class TestCleared:
    async def test_comes_back_only_when_asked_for(self, start: Start, owner_db: Database) -> None:
        await start(days=0)
        await value(owner_db, "UPDATE demo SET state = 'cleared' RETURNING 1")
        assert await start(days=0) is None
        assert await value(owner_db, "SELECT state FROM demo") == "cleared"
        assert await start(days=0, again=True)
        assert await value(owner_db, "SELECT state FROM demo") == "running"

    async def test_keeps_the_password(self, start: Start, owner_db: Database) -> None:
        first = await start(days=0)
        second = await start(days=0)
        assert first
        assert second
        assert first.password == second.password
        mode = (start.settings.data_dir / "demo.json").stat().st_mode & 0o777
        assert mode == 0o600
