import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.lines import lines, sequencer
from tests.visibility.company import Company, found

__all__ = ["lines", "sequencer"]


@pytest.fixture
async def company(settings: Settings, owner_db: Database) -> Company:
    return await found(settings, owner_db)
