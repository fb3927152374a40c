import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.oa import OA, at, connect_oa, said
from tests.support.people import People


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)


@pytest.fixture
async def conversation(oa: OA, people: People) -> int:
    """Of a customer of `owner`."""
    await oa.take(said("lan", "m1", at(0)))
    await oa.value("UPDATE contact SET custodian_id = :owner, name = 'Lan' RETURNING id", owner=people.owner.id)
    return await oa.value("SELECT id FROM conversation")
