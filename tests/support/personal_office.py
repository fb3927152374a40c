"""A personal account on the whole way: a worker, the sidecar that is shipped, simulated Zalo Web. Its fixtures are
imported by the conftest of each folder that needs them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
import pytest

from sokhach.channels.zalo_personal.gaps import filling, reconciling
from sokhach.channels.zalo_personal.host import running
from sokhach.channels.zalo_personal.host.rules import Pace
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.tasks import end
from sokhach.worker import Worker
from tests.channels.zalo_personal.driving import Web
from tests.sandbox.harness import SandboxProcess, client
from tests.support.fake_zalo import Bench, FakeZalo

CUSTOMERS = 4
T = TypeVar("T")


@pytest.fixture(scope="module")
def platform() -> Iterator[SandboxProcess]:
    process = SandboxProcess(None)
    yield process
    process.stop()


@pytest.fixture
async def web(platform: SandboxProcess) -> AsyncIterator[Web]:
    async with client(platform.url) as http:
        web = Web(http)
        await web.order("POST", "settings", mode=-1, poll_seconds=1.0)
        yield web
        await http.delete("/control/web/faults")


class Office(Bench):
    """Whom an account talks with, at the platform and in the store."""

    def __init__(self, database: Database, settings: Settings, web: Web) -> None:
        super().__init__(database, settings, FakeZalo())
        self.web = web
        self.own = ""
        self.customers: list[str] = []
        self.sent = 0

    async def open(self) -> None:
        self.own = await self.web.user("Minh")
        for number in range(CUSTOMERS):
            customer = await self.web.user(f"Khách {number}")
            await self.web.friends(self.own, customer)
            self.customers.append(customer)

    async def sign_in(self, holder: int, account: int | None = None) -> int:
        rows = await self.rows(
            "INSERT INTO personal_login (account_id, holder_id, asked_by, sim, state, created_at, changed_at)"
            " VALUES (:account, :holder, :holder, 'company', 'asked', :now, :now) RETURNING id",
            account=account,
            holder=holder,
            now=clock.now(),
        )
        login = rows[0]["id"]
        await self._step(login, "code")
        await self.web.order("POST", "qr/scan", uid=self.own)
        await self._step(login, "scanned")
        await self.web.order("POST", "qr/confirm")
        row = await self._step(login, "done")
        await self.until(row["account_id"], "online")
        return row["account_id"]

    async def say(self, count: int) -> None:
        for _ in range(count):
            self.sent += 1
            await self.web.say(self.customers[self.sent % CUSTOMERS], self.own, f"tin {self.sent}")

    async def arrived(self, count: int, seconds: float = 60) -> list[str]:
        """What customers said, as it stands in the store; each once."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            rows = await self.rows("SELECT body FROM message WHERE direction = 'in' AND kind = 'text' ORDER BY id")
            if len(rows) >= count or asyncio.get_running_loop().time() > deadline:
                return [row["body"] for row in rows]
            await asyncio.sleep(0.1)

    async def whole(self, seconds: float = 60) -> None:
        words = await self.arrived(self.sent, seconds)
        assert sorted(words) == sorted(f"tin {number + 1}" for number in range(self.sent))

    async def _step(self, login: int, state: str) -> dict[str, Any]:
        async with asyncio.timeout(40):
            while True:
                [row] = await self.rows("SELECT state, account_id, error FROM personal_login WHERE id = :id", id=login)
                assert row["state"] != "failed", row["error"]
                if row["state"] == state:
                    return row
                await asyncio.sleep(0.05)


@pytest.fixture
async def office(owner_db: Database, settings: Settings, platform: SandboxProcess, web: Web) -> Office:
    opened = Office(
        owner_db, msgspec.structs.replace(settings, zalo_web_url=platform.url, zalo_openapi_url=platform.url), web
    )
    await opened.open()
    return opened


@asynccontextmanager
async def working(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Worker]:
    monkeypatch.setattr(running, "Pace", lambda: Pace(0.2, 0.2, 2.0))
    worker = Worker(settings)
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await end([task])


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "SOKHACH_DATA_DIR": str(settings.data_dir),
        "SOKHACH_DATABASE_URL": settings.database_url,
        "SOKHACH_SECRET_KEY": settings.secret_key,
        "SOKHACH_ZALO_WEB_URL": settings.zalo_web_url,
    }
    return subprocess.Popen([sys.executable, "-m", "sokhach", "worker"], env=environment)


def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is missing: every second, not every five minutes."""
    for name in ("EVERY", "BUSY_EVERY", "COUNTED_EVERY", "SOON", "ON_ITS_WAY", "GIVEN_UP"):
        monkeypatch.setattr(reconciling, name, timedelta(seconds=1))
    monkeypatch.setattr(filling, "SETTLING", timedelta(seconds=1))


async def until_true(check: Callable[[], Awaitable[T]], seconds: float = 60) -> T:
    """What `check` says once it says something."""
    async with asyncio.timeout(seconds):
        while not (found := await check()):
            await asyncio.sleep(0.2)
    return found
