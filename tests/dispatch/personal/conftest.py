import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.people import People
from tests.support.personal_office import office, platform, web
from tests.support.personal_sending import SendingDesk, sending_desk

__all__ = ["desk", "office", "platform", "web"]


@pytest.fixture
async def desk(owner_db: Database, settings: Settings, people: People) -> SendingDesk:
    return await sending_desk(owner_db, settings, people.owner)
