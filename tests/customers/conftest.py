import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.oa import OA, connect_oa


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)
