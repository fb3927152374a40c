"""Names that come in for many customers at once."""

import asyncio

from sqlalchemy import text

from sokhach.core.database import Database
from sokhach.customers import service
from tests.support.oa import OA, at, said

HELD = text("UPDATE contact SET name = name WHERE id = :id")


async def test_customers_are_held_in_one_order(oa: OA, owner_db: Database) -> None:
    """Somebody who has the first and comes for the second does not find it held by whoever waits for the first."""
    await oa.take(*(said(f"20000000000000000{20 - n}", f"m-{n}", at(n)) for n in range(8)))
    people = await oa.rows("SELECT id, contact_id FROM contact_identity WHERE kind = 'channel' ORDER BY contact_id")
    named = [service.profile_seen(one["id"], f"Khách {one['id']}", None, at(60)) for one in reversed(people)]

    async def rename() -> list[int]:
        async with owner_db.transaction() as connection:
            return await service.apply_profiles(connection, named)

    async with owner_db.transaction() as connection:
        await connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        await connection.execute(HELD, {"id": people[0]["contact_id"]})
        renaming = asyncio.create_task(rename())
        await asyncio.sleep(0.5)
        for one in people[1:]:
            await connection.execute(HELD, {"id": one["contact_id"]})
        assert not renaming.done()
    assert sorted(await renaming) == [one["contact_id"] for one in people]
