"""What tests share: one PostgreSQL a session, a database of one's own for each test, stock people, a signed-in client.

The caller of `client` is `owner`, unless the test says otherwise: `@pytest.mark.caller("outsider")`, or
`@pytest.mark.caller(None)` for somebody who is not signed in.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Protocol

import httpx
import hypothesis
import pytest
import structlog
from hypothesis import HealthCheck
from litestar import Litestar
from litestar.types import ASGIApp
from sqlalchemy import text

from sokhach.core import clock, telemetry
from sokhach.core.config import Settings
from sokhach.core.database import Database, Urls, urls
from tests.support.databases import TemplateDatabase
from tests.support.people import People, Person, add_people, add_session
from tests.support.postgres import TestCluster, start_test_cluster


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "caller(name): who `client` is signed in as; None: nobody")
    # How busy the machine is says nothing about us.
    hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis.settings.load_profile("patient")
    # As the product does: structlog's own way with an exception draws all its locals, which takes seconds.
    told = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level]
    shown = [telemetry.redact, telemetry.tell_error, structlog.dev.ConsoleRenderer(colors=False)]
    structlog.configure(processors=[*told, *shown])


@pytest.fixture(scope="session")
def cluster() -> Iterator[TestCluster]:
    running = start_test_cluster()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def template_database(cluster: TestCluster) -> Iterator[TemplateDatabase]:
    template = TemplateDatabase(cluster)
    yield template
    template.close()


@pytest.fixture
def settings(template_database: TemplateDatabase, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a Sổ Khách with a migrated, empty database of its own."""
    with template_database.copy() as name:
        yield template_database.settings(name, tmp_path)


@pytest.fixture
def database_urls(settings: Settings) -> Urls:
    return urls(settings)


@pytest.fixture
async def owner_db(database_urls: Urls) -> AsyncIterator[Database]:
    """As the worker: sees everything."""
    database = Database(database_urls.owner, size=4)
    yield database
    await database.close()


@pytest.fixture
async def web_db(database_urls: Urls) -> AsyncIterator[Database]:
    """As the web process: sees what the transaction's actor sees."""
    database = Database(database_urls.web, size=4)
    yield database
    await database.close()


@pytest.fixture
async def gateway_db(database_urls: Urls) -> AsyncIterator[Database]:
    """As the gateway: appends to the journal."""
    database = Database(database_urls.gateway, size=4)
    yield database
    await database.close()


@pytest.fixture
async def people(owner_db: Database) -> People:
    return await add_people(owner_db)


@pytest.fixture
def owner(people: People) -> Person:
    return people.owner


@pytest.fixture
def teammate(people: People) -> Person:
    return people.teammate


@pytest.fixture
def outsider(people: People) -> Person:
    return people.outsider


_BARE_APPS: dict[Any, tuple[Litestar, ASGIApp]] = {}


def _bare(settings: Settings) -> tuple[Litestar, ASGIApp]:
    """An application's routes are the same for most tests, and take longer to make than most tests."""
    from sokhach import app

    key = (app.api_routes, settings.keys, settings.base_url)
    if key not in _BARE_APPS:
        made = app.bare_app(settings)
        _BARE_APPS[key] = made, made.asgi_handler
    return _BARE_APPS[key]


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Litestar]:
    """The web process's application, started."""
    from sokhach.app import furnish

    application, routes = _bare(settings)
    furnish(application, routes, settings)
    started, ended = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        # One task for both ends: a lifespan holds cancel scopes.
        async with application.lifespan():
            started.set()
            await ended.wait()

    life = asyncio.create_task(live())
    await asyncio.wait([life, asyncio.create_task(started.wait())], return_when=asyncio.FIRST_COMPLETED)
    if life.done():
        await life
    yield application
    ended.set()
    await life


class MoveClock(Protocol):
    """Sets the company's clock `seconds` ahead of the real one, for this process and for all that follow the row."""

    async def __call__(self, seconds: float) -> None: ...


@pytest.fixture
def move_clock(owner_db: Database) -> MoveClock:
    async def move(seconds: float) -> None:
        async with owner_db.transaction() as connection:
            await connection.execute(text("UPDATE clock SET offset_seconds = :seconds"), {"seconds": seconds})
        clock.set_offset(seconds)

    return move


class SignIn(Protocol):
    """Opens a client signed in as a person (None: nobody); it is closed with the test."""

    async def __call__(self, person: Person | None) -> httpx.AsyncClient: ...


@pytest.fixture
async def signed_in(app: Litestar, settings: Settings, owner_db: Database) -> AsyncIterator[SignIn]:
    clients: list[httpx.AsyncClient] = []

    async def sign_in(person: Person | None) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 50_000)),  # pyright: ignore[reportArgumentType]
            base_url=settings.base_url,
        )
        clients.append(client)
        if person:
            client.cookies.set("sokhach_session", await add_session(owner_db, person.id))
        await client.get("/healthz")
        client.headers["x-csrftoken"] = client.cookies["csrftoken"]
        return client

    yield sign_in
    for client in clients:
        await client.aclose()


@pytest.fixture
async def client(signed_in: SignIn, people: People, request: pytest.FixtureRequest) -> httpx.AsyncClient:
    """The application over HTTP, called by `owner` or by whom the marker `caller` names."""
    marker = request.node.get_closest_marker("caller")
    name: str | None = marker.args[0] if marker else "owner"
    return await signed_in(people.named(name) if name else None)


@pytest.fixture(autouse=True)
def clock_in_place() -> Iterator[None]:
    """A test may move the clock (`move_clock`); the next one finds it where it was."""
    yield
    clock.set_offset(0)
