from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.sandbox.harness import Receiver, SandboxProcess, Shop, client, receiver


@pytest.fixture(scope="session")
def sandbox() -> Iterator[SandboxProcess]:
    """One process for all: each test has an official account of its own, and the clock only moves forward."""
    process = SandboxProcess(None)
    yield process
    code, errors = process.stop()
    assert (code, errors) == (0, "")


@pytest.fixture
async def http(sandbox: SandboxProcess) -> AsyncIterator[httpx.AsyncClient]:
    async with client(sandbox.url) as opened:
        yield opened
        await opened.delete("/control/faults")
        await opened.post("/control/clock", json={"ladder_scale": 1})


@pytest.fixture
async def heard() -> AsyncIterator[Receiver]:
    async with receiver() as running:
        yield running


@pytest.fixture
async def shop(http: httpx.AsyncClient, heard: Receiver) -> Shop:
    opened = Shop(http, heard.url)
    await opened.open()
    return opened
