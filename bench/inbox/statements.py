"""`list_statements`: what a request for a page of the list asks the database, BEGIN and COMMIT included.

Counted in this process, which runs the application once more: what followers ask meanwhile is not counted.
"""

import asyncio
import logging
from collections.abc import Mapping

import httpx
import structlog
from litestar import Litestar
from tests.support.statements import listen, recorded

from bench.inbox.office import Office
from bench.inbox.reading import VIEWS
from bench.support import say
from sokhach.app import create_app


def measure(office: Office) -> Mapping[str, float]:
    """The most over everybody's views and pages of 1, 20 and 100."""
    return {"list_statements": asyncio.run(_measure(office))}


async def _measure(office: Office) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    app = create_app(office.settings)
    most: list[str] = []
    listen(app.state.web_database.engine)
    for person in office.people:
        for view in VIEWS:
            for limit in (1, 20, 100):
                path = f"/api/conversations?view={view}&limit={limit}"
                most = max(most, await _statements_of(app, path, person.session), key=len)
    await app.state.web_database.close()
    for statement in most:
        say(f"  {statement[:100]}")
    return len(most)


async def _statements_of(app: Litestar, path: str, session: str) -> list[str]:
    transport = httpx.ASGITransport(app)  # pyright: ignore[reportArgumentType]
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        client.cookies.set("sokhach_session", session)
        with recorded() as statements:
            (await client.get(path)).raise_for_status()
    return statements
