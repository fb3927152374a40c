"""A demo over a simulated Zalo of its own session, applied by a pipeline as a worker has one."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import msgspec
import pytest

from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.demo.company import OAS
from sokhach.demo.preparing import Preparation, Prepared
from sokhach.demo.sandbox import Sandbox
from sokhach.intake.pipeline import Pipeline
from sokhach.worker import event_bus
from tests.core.walls.conftest import office
from tests.support.zalo import SimulatedZalo
from tests.support.zalo_fixtures import running_zalo, zalo, zalo_settings

__all__ = ["office", "running_zalo", "zalo", "zalo_settings"]

DAYS = 2


class Start:
    """A start of Sổ Khách with a demo, again and again."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database

    async def __call__(self, *, again: bool = False, days: int = DAYS) -> Prepared | None:
        """To the end: the history is applied, or there is none."""
        preparation = Preparation(msgspec.structs.replace(self.settings, demo_days=days), personal=False)
        working = asyncio.create_task(self._work())
        try:
            prepared = await preparation.open(again=again)
            if prepared is not None:
                await preparation.fill(lambda _: None)
            return prepared
        finally:
            working.cancel()
            await asyncio.wait([working])
            await preparation.close()

    async def _work(self) -> None:
        connector = ZaloOA.of(self.settings, self.database)
        pipeline = Pipeline(self.database, {"zalo_oa": connector}, event_bus())
        try:
            while True:
                await pipeline.step()
                await asyncio.sleep(0.1)
        finally:
            await connector.close()


@pytest.fixture
async def start(zalo_settings: Settings, owner_db: Database, zalo: SimulatedZalo) -> AsyncIterator[Start]:
    port = urlsplit(zalo.base_url).port
    yield Start(msgspec.structs.replace(zalo_settings, sandbox_port=port, port=1), owner_db)
    sandbox = Sandbox(zalo.base_url)
    await sandbox.silence([oa.oa_id for oa in OAS])
    await sandbox.close()
