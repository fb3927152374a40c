import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.intake.importing.files import Office
from tests.support.people import People


@pytest.fixture
def office(settings: Settings, owner_db: Database, web_db: Database, people: People) -> Office:
    return Office(settings, owner_db, web_db, people)
