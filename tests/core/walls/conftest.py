from collections.abc import AsyncIterator

import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.core.walls.office import Office
from tests.support.oa import connect_oa
from tests.support.people import People


@pytest.fixture
async def office(settings: Settings, owner_db: Database, web_db: Database, people: People) -> AsyncIterator[Office]:
    opened = Office(await connect_oa(settings, owner_db), web_db, people)
    await opened.open()
    yield opened
