import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.people import People
from tests.support.personal import OWN, PersonalDesk, add_personal_account
from tests.support.personal_office import office, platform, web

__all__ = ["company_desk", "office", "own_desk", "platform", "web"]


@pytest.fixture
async def company_desk(owner_db: Database, settings: Settings, people: People) -> PersonalDesk:
    """A company SIM that `owner` holds."""
    return await add_personal_account(owner_db, settings, people.owner.id)


@pytest.fixture
async def own_desk(owner_db: Database, settings: Settings, people: People) -> PersonalDesk:
    """`owner`'s own SIM."""
    return await add_personal_account(owner_db, settings, people.owner.id, sim="own", uid=OWN[:-1] + "9")
