"""Fixtures of the tests that talk to the simulated Zalo; imported by the conftest of each folder that needs them."""

from collections.abc import AsyncIterator, Iterator

import msgspec
import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.people import People
from tests.support.zalo import Desk, SimulatedZalo, simulated_zalo


@pytest.fixture(scope="session")
def running_zalo() -> Iterator[SimulatedZalo]:
    with simulated_zalo() as zalo:
        yield zalo


@pytest.fixture
def zalo(running_zalo: SimulatedZalo) -> Iterator[SimulatedZalo]:
    yield running_zalo
    running_zalo.clear_faults()


@pytest.fixture
def zalo_settings(settings: Settings, zalo: SimulatedZalo) -> Settings:
    return msgspec.structs.replace(
        settings, zalo_oauth_url=zalo.base_url, zalo_openapi_url=zalo.base_url, zalo_zns_url=zalo.base_url
    )


@pytest.fixture
async def desk(zalo: SimulatedZalo, zalo_settings: Settings, owner_db: Database, people: People) -> AsyncIterator[Desk]:
    opened = Desk(zalo, zalo_settings, owner_db, people.owner)
    await opened.open()
    yield opened
    await opened.close()
