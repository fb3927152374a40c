"""A browser's realtime line, spoken in ASGI, and the sequencer that gives it something to hear."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol, cast

import pytest
from litestar import Litestar

from sokhach.core.database import Database, Urls, dsn
from sokhach.core.realtime.sequencer import Sequencer
from tests.support.people import Person, add_session


class Line:
    """A browser's socket. `sent` are the words it got, as JSON."""

    def __init__(self, app: Litestar, cookie: str) -> None:
        self._app = app
        self._cookie = cookie
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[str] = []
        self.code: int | None = None
        self.open = asyncio.Event()
        self.closed = asyncio.Event()
        self._news = asyncio.Event()

    async def run(self) -> None:
        self._in.put_nowait({"type": "websocket.connect"})
        scope = {
            "type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws",
            "path": "/api/realtime", "raw_path": b"/api/realtime", "query_string": b"", "root_path": "",
            "headers": [(b"host", b"127.0.0.1"), (b"cookie", f"sokhach_session={self._cookie}".encode())],
            "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8686), "subprotocols": [], "state": {},
            "extensions": {},
        }  # fmt: skip
        await self._app(cast("Any", scope), cast("Any", self._in.get), cast("Any", self._send))

    def heard(self) -> list[tuple[str, int | None]]:
        """(kind, conversation) of every event so far."""
        words = [json.loads(word) for word in self.sent]
        return [
            (event["kind"], event.get("conversation_id"))
            for word in words
            if word["type"] == "events"
            for event in word["events"]
        ]

    async def hears(self, kind: str, conversation_id: int, seconds: float = 1.0) -> None:
        """Within so many seconds."""
        async with asyncio.timeout(seconds):
            while (kind, conversation_id) not in self.heard():
                self._news.clear()
                await self._news.wait()

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            self.sent.append(message["text"])
            self.open.set()
            self._news.set()
        elif message["type"] == "websocket.close":
            self.code = self.code or message["code"]
            self.closed.set()
            self._in.put_nowait({"type": "websocket.disconnect", "code": self.code})


class OpenLine(Protocol):
    async def __call__(self, person: Person) -> Line: ...


@pytest.fixture
async def lines(app: Litestar, owner_db: Database) -> AsyncIterator[OpenLine]:
    tasks: list[asyncio.Task[None]] = []

    async def open_line(person: Person) -> Line:
        line = Line(app, await add_session(owner_db, person.id))
        tasks.append(asyncio.create_task(line.run()))
        await asyncio.wait_for(line.open.wait(), 5)
        return line

    yield open_line
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def sequencer(database_urls: Urls) -> AsyncIterator[Sequencer]:
    made = Sequencer(dsn(database_urls.owner))
    yield made
    await made.close()


async def drain(sequencer: Sequencer) -> None:
    """Everything that was announced gets its position."""
    while await sequencer.step():
        pass


def kinds(heard: Sequence[tuple[str, int | None]], conversation_id: int) -> list[str]:
    return [kind for kind, of in heard if of == conversation_id]
