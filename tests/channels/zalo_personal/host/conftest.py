import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.fake_zalo import Bench, FakeZalo


@pytest.fixture
async def bench(owner_db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    zalo = FakeZalo()
    # The path of a socket may have no more than 108 bytes.
    with tempfile.TemporaryDirectory(prefix="zalo-") as folder:
        path = Path(folder, "zalo")
        monkeypatch.setenv("FAKE_ZALO", str(path))
        async with zalo.listening(path):
            yield Bench(owner_db, settings, zalo)
