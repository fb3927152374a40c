import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.oa import OA, connect_oa
from tests.support.zalo_fixtures import desk, running_zalo, zalo, zalo_settings

__all__ = ["desk", "running_zalo", "zalo", "zalo_settings"]


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)
