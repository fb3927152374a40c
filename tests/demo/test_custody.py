"""Customers go to who served them while what comes in holds some of them."""

import pytest
from sqlalchemy import text

from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.demo import custody
from sokhach.demo.state import Known
from tests.support.oa import OA, at, connect_oa, said
from tests.support.people import People

ANSWERED = "UPDATE turn SET closed_at = :at, close_reason = 'answered', answered_by = :staff RETURNING id"


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)


@pytest.mark.parametrize("table", ["conversation", "contact"])
async def test_nobody_is_waited_for(oa: OA, owner_db: Database, people: People, table: str) -> None:
    """Whoever waits for one customer while they have another would be waited for in a ring."""
    await oa.take(*(said(f"90{n:02}", f"m{n}", at(n)) for n in range(20)))
    await oa.rows(ANSWERED, at=at(60), staff=people.owner.id)
    known = Known("preparing", 0, [oa.account_id], [], [], None, None)

    async def share_out() -> int:
        async with owner_db.transaction() as connection:
            await connection.execute(text("SET LOCAL lock_timeout = '1s'"))
            return await custody.share_out(connection, known)

    wanted = await oa.value("SELECT count(*) FROM contact WHERE id % :n <> 0", n=custody.POOL_ONE_IN)
    async with owner_db.transaction() as connection:
        held = f"SELECT FROM {table} WHERE id % 5 = 1 FOR NO KEY UPDATE"
        await connection.execute(text(held))
        left = await share_out()
        assert 0 < left < wanted
        assert await oa.value("SELECT count(custodian_id) FROM contact") == wanted - left
    assert await share_out() == 0
    rows = await oa.rows(
        "SELECT count(k.custodian_id) AS given, count(*) FILTER (WHERE c.custodian_id IS DISTINCT FROM k.custodian_id)"
        " AS torn, (SELECT count(*) FROM custody_change) AS noted"
        " FROM contact k JOIN conversation c ON c.contact_id = k.id"
    )
    assert [tuple(row.values()) for row in rows] == [(wanted, 0, wanted)]
