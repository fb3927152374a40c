from datetime import timedelta

from sokhach.core import clock, housekeeping
from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.people import People
from tests.support.personal_sending import sending_desk


async def test_what_personal_accounts_used_and_asked_is_not_kept_for_ever(
    owner_db: Database, settings: Settings, people: People
) -> None:
    desk = await sending_desk(owner_db, settings, people.owner)
    now = clock.now()
    for days in (0, 39, 42):
        await desk.run(
            "INSERT INTO personal_cap_use (account_id, day, cap, used) VALUES (:id, CAST(:at AS date), 'words:ab', 1)",
            at=now - timedelta(days=days),
        )
    for op, state, days in (
        ("find_phone", "done", 6),
        ("find_phone", "done", 8),
        ("find_phone", "failed", 8),
        ("find_phone", "asked", 8),
        ("friend_request", "done", 8),
        ("friend_request", "done", 41),
    ):
        await desk.run(
            "INSERT INTO personal_call (account_id, asked_by, op, arguments, state, created_at, changed_at)"
            " VALUES (:id, :by, :op, '{}', :state, :at, :at)",
            by=people.owner.id,
            op=op,
            state=state,
            at=now - timedelta(days=days),
        )
    await housekeeping.step(owner_db)
    assert await desk.value("SELECT count(*) FROM personal_cap_use WHERE cap = 'words:ab'") == 2
    left = await desk.rows("SELECT op, state FROM personal_call ORDER BY id")
    assert [(row["op"], row["state"]) for row in left] == [
        ("find_phone", "done"),
        ("find_phone", "asked"),
        ("friend_request", "done"),
    ]
