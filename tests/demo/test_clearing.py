"""A cleared demo leaves nothing behind, takes nothing along, and whoever dies meanwhile is gone on from."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.storage import Storage, StorageError
from sokhach.demo import state
from sokhach.demo.clearing import Clearing
from tests.core.walls.office import Office
from tests.support.oa import OA_ID, at, connect_oa, echoed, received, said
from tests.support.people import People

# What is no customer's, and no part of a demo.
KEPT = frozenset(
    {
        "alembic_version",
        "audit_log",
        "channel_authorization",
        "channel_hour_mark",
        "channel_limit",
        "clock",
        "demo",
        "event_retry",
        "realtime_event",
        "realtime_position",
        "history_import",
        "personal_switch",
        "security_policy",
        "staff",
        "staff_credential",
    }
)
REAL_OA = "702211223344556677"
NOW = timedelta()


@pytest.fixture
def storage(settings: Settings) -> Storage:
    return Storage.of(settings)


async def belongs(office: Office, *, staff: Sequence[int] = (), teams: Sequence[int] = ()) -> None:
    """The people and teams of the demo that the office is."""
    await execute(
        office.oa.database,
        "UPDATE demo SET staff_ids = :staff, team_ids = :teams",
        staff=list(staff),
        teams=list(teams),
    )


async def ask(database: Database, staff_id: int | None = None) -> None:
    async with database.transaction() as connection:
        assert await state.ask_to_clear(connection, staff_id, clock.now())


async def clear(database: Database, storage: Storage, *, most_steps: int = 1000) -> None:
    """Each step by another worker."""
    for _ in range(most_steps):
        await Clearing(database, storage, None, settling=NOW).step()
        if await standing(database) == "cleared":
            return
    raise AssertionError("it does not come to an end")


async def standing(database: Database) -> str:
    async with database.transaction() as connection:
        known = await state.find(connection)
    assert known
    return known.state


async def execute(database: Database, statement: str, **values: Any) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(statement), values)


async def store_a_file(office: Office, storage: Storage) -> str:
    """Gives the office's first picture bytes; returns its key."""
    key = "ab/0123456789abcdef"
    await storage.put(key, b"bytes")
    await storage.put(f"{key}.webp", b"small")
    await execute(
        office.oa.database,
        "UPDATE media SET state = 'stored', due_at = NULL, content_type = 'image/png', size_bytes = 5, sha256 = 'x',"
        " storage_key = :key, stored_at = created_at WHERE id = (SELECT min(id) FROM media)",
        key=key,
    )
    return key


async def tables(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    async with database.transaction() as connection:
        names = await connection.execute(
            text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        )
        return {
            name: list(
                (await connection.execute(text(f'SELECT to_jsonb(t)::text FROM "{name}" t ORDER BY 1'))).scalars()
            )
            for name in names.scalars()
        }


class TestClearing:
    async def test_nothing_of_it_stays(self, office: Office, people: People, storage: Storage) -> None:
        database = office.oa.database
        key = await store_a_file(office, storage)
        await belongs(
            office,
            staff=[people.owner.id, people.teammate.id, people.outsider.id, people.lead.id, people.manager.id],
            teams=await office.oa.value("SELECT array_agg(id) FROM team"),
        )
        await ask(database, people.admin.id)
        await clear(database, storage)
        left = {name: rows for name, rows in (await tables(database)).items() if rows and name not in KEPT}
        assert left == {}
        assert await office.oa.value("SELECT array_agg(id) FROM staff") == [people.admin.id]
        for one in (key, f"{key}.webp"):
            with pytest.raises(StorageError):
                await storage.read(one)

    async def test_browsers_read_everything_anew(self, office: Office, people: People, storage: Storage) -> None:
        await ask(office.oa.database, people.admin.id)
        await clear(office.oa.database, storage)
        last = await office.oa.value("SELECT kind FROM realtime_event ORDER BY id DESC LIMIT 1")
        assert last == "everything.changed"
        assert await office.oa.value("SELECT count(*) FROM realtime_event WHERE conversation_id IS NOT NULL") == 0

    async def test_hours_shifts_and_leave_of_the_demo_go_and_those_of_the_company_stay(
        self, office: Office, people: People, storage: Storage
    ) -> None:
        gone, real = people.owner.id, people.outsider.id
        await belongs(office, staff=[gone, people.teammate.id], teams=[people.team_id])
        day = "INSERT INTO calendar_day (team_id, day, kind, name, intervals, changed_by, changed_at) VALUES"
        for statement in (
            "INSERT INTO calendar_week (week, changed_at) VALUES ('[]', :at)",
            "INSERT INTO calendar_week (team_id, week, changed_by, changed_at) VALUES (:team, '[]', :real, :at)",
            f"{day} (NULL, '2026-12-24', 'closed', 'Demo', '[]', :gone, :at)",
            f"{day} (NULL, '2026-12-25', 'closed', 'Thật', '[]', :real, :at)",
            "INSERT INTO shift (staff_id, from_at, until_at, created_by, created_at)"
            " SELECT id, :at, :later, :gone, :at FROM staff WHERE id IN (:gone, :real)",
            "INSERT INTO staff_leave (staff_id, from_at, until_at, deputy_id, note, created_by, created_at)"
            " SELECT id, :at, :later, :deputy, '', id, :at FROM staff WHERE id = :gone",
        ):
            values: dict[str, Any] = {"team": people.team_id, "gone": gone, "real": real, "deputy": people.teammate.id}
            await execute(office.oa.database, statement, **values, at=at(0), later=at(3600))
        await ask(office.oa.database, people.admin.id)
        await clear(office.oa.database, storage)
        assert await office.oa.value("SELECT count(*) FROM calendar_week") == 0
        assert await office.oa.value("SELECT array_agg(name) FROM calendar_day") == ["Thật"]
        assert await office.oa.value("SELECT array_agg(staff_id) FROM shift WHERE created_by IS NULL") == [real]
        assert await office.oa.value("SELECT count(*) FROM staff_leave") == 0

    async def test_what_is_not_of_it_stays_to_the_letter(
        self, settings: Settings, owner_db: Database, people: People, storage: Storage
    ) -> None:
        real = await connect_oa(settings, owner_db, oa_id=REAL_OA)
        await real.take(*_life(REAL_OA, "real"))
        before = await tables(owner_db)

        demo = await connect_oa(settings, owner_db)
        await demo.take(*_life(OA_ID, "demo"), b"{")
        hired = await _hire(owner_db)
        async with owner_db.transaction() as connection:
            await state.begin(connection, staff_ids=hired, team_ids=[], now=at(0))
            assert await state.add_account(connection, demo.account_id)
        await ask(owner_db, people.admin.id)
        await clear(owner_db, storage)
        after = await tables(owner_db)
        changed = {name for name in before if before[name] != after[name]}
        assert changed <= {"demo", "realtime_event", "realtime_position"}

    async def test_a_customer_whom_a_real_account_knows_stays(
        self, office: Office, settings: Settings, people: People, storage: Storage
    ) -> None:
        real = await connect_oa(settings, office.oa.database, oa_id=REAL_OA)
        await real.take(*_life(REAL_OA, "of-both"))
        contact = await real.value("SELECT contact_id FROM contact_identity WHERE external_id = 'of-owner'")
        for statement in (
            "UPDATE contact_identity SET contact_id = :contact WHERE account_id = :account",
            "UPDATE conversation SET contact_id = :contact WHERE account_id = :account",
            "DELETE FROM contact k WHERE NOT EXISTS (SELECT FROM contact_identity i WHERE i.contact_id = k.id)",
        ):
            await execute(office.oa.database, statement, contact=contact, account=real.account_id)
        await ask(office.oa.database, people.admin.id)
        await clear(office.oa.database, storage)
        assert await real.value("SELECT array_agg(id) FROM contact") == [contact]
        assert await real.value("SELECT array_agg(external_id) FROM contact_identity") == ["of-both"]
        assert await real.value("SELECT count(*) FROM message") == 2

    async def test_who_served_real_customers_is_suspended(
        self, office: Office, settings: Settings, people: People, storage: Storage
    ) -> None:
        real = await connect_oa(settings, office.oa.database, oa_id=REAL_OA)
        await real.take(*_life(REAL_OA, "real"))
        await execute(
            office.oa.database,
            "UPDATE conversation SET assignee_id = :staff WHERE account_id = :account",
            staff=people.owner.id,
            account=real.account_id,
        )
        await belongs(office, staff=[people.owner.id, people.teammate.id])
        await ask(office.oa.database, people.admin.id)
        await clear(office.oa.database, storage)
        rows = await real.rows("SELECT id, suspended_at IS NOT NULL AS suspended FROM staff")
        assert {row["id"]: row["suspended"] for row in rows}.items() >= {
            people.owner.id: True,
            people.admin.id: False,
        }.items()
        assert people.teammate.id not in {row["id"] for row in rows}
        assert await real.value("SELECT assignee_id FROM conversation") == people.owner.id

    async def test_a_real_account_whose_pool_is_a_team_of_it_is_nobodys(
        self, office: Office, settings: Settings, people: People, storage: Storage
    ) -> None:
        real = await connect_oa(settings, office.oa.database, oa_id=REAL_OA)
        await execute(
            office.oa.database,
            "UPDATE channel_account SET pool = 'team', pool_team_id = :team WHERE id = :id",
            team=people.team_id,
            id=real.account_id,
        )
        await belongs(office, teams=[people.team_id])
        await ask(office.oa.database, people.admin.id)
        await clear(office.oa.database, storage)
        assert await real.value("SELECT pool FROM channel_account") == "nobody"

    @pytest.mark.parametrize("other_admin", [True, False])
    async def test_nobody_is_locked_out(
        self, office: Office, people: People, storage: Storage, other_admin: bool
    ) -> None:
        staff = [people.manager.id, people.owner.id] + ([] if other_admin else [people.admin.id])
        await belongs(office, staff=staff)
        await ask(office.oa.database)
        await clear(office.oa.database, storage)
        admins = await office.oa.value("SELECT array_agg(id) FROM staff WHERE role = 'admin' AND suspended_at IS NULL")
        assert admins == [people.admin.id]

    async def test_a_worker_that_dies_at_any_instant_is_gone_on_from(
        self, office: Office, people: People, storage: Storage
    ) -> None:
        database = office.oa.database
        await store_a_file(office, storage)
        await ask(database, people.admin.id)
        for milliseconds in (1, 2, 3, 5, 8, 13, 21, 34):
            dying = asyncio.create_task(Clearing(database, storage, None, settling=NOW).step())
            await asyncio.wait([dying], timeout=milliseconds / 1000)
            dying.cancel()
            await asyncio.wait([dying])
        await clear(database, storage)
        assert await office.oa.value("SELECT count(*) FROM message") == 0
        assert await office.oa.value("SELECT count(*) FROM channel_account") == 0

    async def test_files_that_cannot_be_deleted_yet_are_not_forgotten(
        self, office: Office, people: People, storage: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = await store_a_file(office, storage)
        await ask(office.oa.database, people.admin.id)

        async def down(_keys: Sequence[str]) -> None:
            raise StorageError("down")

        with monkeypatch.context() as broken:
            broken.setattr(storage, "delete", down)
            with pytest.raises(StorageError):
                await Clearing(office.oa.database, storage, None, settling=NOW).step()
        assert await storage.read(key) == b"bytes"
        await clear(office.oa.database, storage)
        with pytest.raises(StorageError):
            await storage.read(key)

    async def test_waits_for_what_may_still_be_under_way(
        self, office: Office, people: People, storage: Storage
    ) -> None:
        database = office.oa.database
        await ask(database, people.admin.id)
        clearing = Clearing(database, storage, None, settling=timedelta(hours=1))
        while await clearing.step():
            pass
        assert await office.oa.value("SELECT count(*) FROM conversation") == 0
        assert await office.oa.value("SELECT count(*) FROM channel_account") == 1
        await office.oa.journal(said("late", "late-1", at(0)))
        await clear(database, storage)
        assert await office.oa.value("SELECT count(*) FROM journal") == 0

    async def test_waits_until_nobody_holds_its_personal_accounts(
        self, office: Office, people: People, storage: Storage
    ) -> None:
        database = office.oa.database
        await execute(
            database,
            "UPDATE personal_account SET wanted = true, state = 'online', held_by = 'a worker', held_until = :until",
            until=clock.now() + timedelta(seconds=20),
        )
        await ask(database, people.admin.id)
        for _ in range(50):
            await Clearing(database, storage, None, settling=NOW).step()
        assert await standing(database) == "clearing"
        assert await office.oa.value("SELECT count(*) FROM message") == 0
        assert await office.oa.value("SELECT array_agg(DISTINCT state || wanted::text) FROM personal_account") == [
            "stoppedfalse"
        ]
        await execute(database, "UPDATE personal_account SET held_by = NULL, held_until = NULL")
        await clear(database, storage)

    async def test_nothing_happens_unasked(self, office: Office, storage: Storage) -> None:
        before = await tables(office.oa.database)
        assert await Clearing(office.oa.database, storage, None, settling=NOW).step() == 0
        assert await tables(office.oa.database) == before


class TestAppendOnly:
    """Beside `tests/core/walls`: even while a demo is cleared, only its own rows can go."""

    async def test_real_words_cannot_be_deleted_meanwhile(
        self, office: Office, settings: Settings, people: People
    ) -> None:
        real = await connect_oa(settings, office.oa.database, oa_id=REAL_OA)
        await real.take(*_life(REAL_OA, "real"))
        await ask(office.oa.database, people.admin.id)
        for statement in (
            "DELETE FROM message WHERE external_id = 'real-1'",
            f"DELETE FROM journal WHERE account_id = {real.account_id}",
        ):
            with pytest.raises(DBAPIError, match="append-only"):
                await execute(office.oa.database, statement)
        for table in ("message", "journal"):
            with pytest.raises(DBAPIError, match="append-only"):
                await execute(office.oa.database, f"UPDATE {table} SET received_at = received_at")


def _life(oa_id: str, user: str) -> list[dict[str, Any]]:
    """A customer writes to an account, and is answered."""
    story = [
        said(user, f"{user}-1", at(0)),
        echoed(user, f"{user}-2", at(10), admin="77"),
        received(user, f"{user}-2", at(20)),
    ]
    return json.loads(json.dumps(story).replace(OA_ID, oa_id))


async def _hire(database: Database) -> list[int]:
    async with database.transaction() as connection:
        row = await connection.execute(
            text(
                "INSERT INTO staff (name, name_folded, email, role, locale, color_scheme, created_at)"
                " VALUES ('Bảy', 'bay', 'bay@minhlong.example', 'staff', 'vi', 'auto', :at) RETURNING id"
            ),
            {"at": at(0)},
        )
        return [row.scalar_one()]
