"""What every request has: an id, one transaction at most, headers that keep browsers safe, and one line in the log."""

import asyncio
import ipaddress
import secrets
import time
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, cast

import structlog
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send, WebSocketReceiveMessage
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Actor
from sokhach.core.config import Settings
from sokhach.core.database import Database, woken

log = structlog.get_logger()

AnyConnection = ASGIConnection[Any, Any, Any, Any]

# What a handler may ask for, by these names: `connection: Connection`, `actor: CurrentActor`, `settings: OurSettings`.
Connection = NamedDependency[AsyncConnection]
CurrentActor = NamedDependency[Actor]
OurSettings = NamedDependency[Settings]

# These are asked for all the time; they are worth a line only when something is wrong.
QUIET = ("/hooks/", "/healthz", "/readyz", "/metrics", "/assets/")


class UnitOfWork:
    """The one transaction of a request: begun when first needed, committed before the answer leaves. What it has for
    the worker's loops they are told after that."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._context: AbstractAsyncContextManager[AsyncConnection] | None = None
        self._connection: AsyncConnection | None = None
        self._wakes: frozenset[str] = frozenset()

    @property
    def begun(self) -> bool:
        return self._connection is not None

    async def begin(self) -> AsyncConnection:
        """The request's connection, in its transaction."""
        if self._connection is None:
            context = self._database.transaction()
            self._connection = await context.__aenter__()
            self._context = context
        return self._connection

    async def commit(self) -> None:
        """Raises what the database says against it; then nothing has happened."""
        context, connection, self._context, self._connection = self._context, self._connection, None, None
        if context is not None and connection is not None:
            wakes = woken(connection)
            await context.__aexit__(None, None, None)
            self._wakes |= wakes

    async def wake_loops(self) -> None:
        """If anything that was committed marked them."""
        if wakes := self._wakes:
            self._wakes = frozenset()
            await self._database.wake_loops(wakes)

    async def roll_back(self) -> None:
        context, connection, self._context, self._connection = self._context, self._connection, None, None
        if context is not None and connection is not None:
            # A connection that is gone has rolled back by itself.
            with suppress(SQLAlchemyError):
                await context.__aexit__(_RollBack, _RollBack(), None)


class _RollBack(Exception):
    """Leaves a transaction without committing it."""


def state_of(scope: Scope) -> dict[str, Any]:
    """What middleware and guards have found out about a request."""
    return scope["state"]


def held_by(scope: Scope) -> State:
    """What the application that answers works with: its databases, settings, storage and the like."""
    return scope["litestar_app"].state


def settings_of(scope: Scope) -> Settings:
    return cast("Settings", held_by(scope).settings)


def unit_of(scope: Scope) -> UnitOfWork:
    return cast("UnitOfWork", state_of(scope)["unit_of_work"])


class UnitOfWorkMiddleware:
    """Gives each request a `UnitOfWork`, and ends it before the first byte of the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        unit = UnitOfWork(held_by(scope).web_database)
        state_of(scope)["unit_of_work"] = unit

        async def commit_then_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                await unit.commit()
            await send(message)
            if message["type"] == "http.response.body" and not message["more_body"]:
                await unit.wake_loops()

        try:
            await self._app(scope, receive, commit_then_send)
        finally:
            await unit.roll_back()
            await unit.wake_loops()


async def roll_back_on_error(_error: Exception, scope: Scope) -> None:
    """For Litestar's `after_exception`: the answer that tells of an error must not commit what came before it."""
    unit = cast("UnitOfWork | None", state_of(scope).get("unit_of_work"))
    if unit is not None:
        await unit.roll_back()


class Edge:
    """Outermost: request id, safety headers, one log line. Never query strings, bodies or cookies. An answer that has
    such a header of its own knows better."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        # Customers' words belong in no cache.
        self._private = [*self._headers, (b"cache-control", b"no-store")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = secrets.token_hex(8)
        started = time.perf_counter()
        status = 0
        body = Body(receive)

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if status >= 400:
                    await body.drain()
                own = list(message.get("headers", ()))
                named = {name for name, _ in own}
                ours = self._private if scope["path"].startswith("/api/") else self._headers
                message["headers"] = [
                    *own,
                    *(header for header in ours if header[0] not in named),
                    (b"x-request-id", request_id.encode("ascii")),
                ]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, body, send_with_headers)
            finally:
                _log_line(scope, status, time.perf_counter() - started)


class Body:
    """What a client sends. One that is refused before it has sent all is heard out: a connection closed meanwhile is
    reset, and the refusal lost."""

    MOST_BYTES = 32_000_000
    SECONDS = 5

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._ended = False

    async def __call__(self) -> HTTPReceiveMessage | WebSocketReceiveMessage:
        message = await self._receive()
        if message["type"] != "http.request" or not message["more_body"]:
            self._ended = True
        return message

    async def drain(self) -> None:
        size = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(self.SECONDS):
                while not self._ended and size < self.MOST_BYTES:
                    message = await self()
                    size += len(message["body"]) if message["type"] == "http.request" else 0


def _log_line(scope: Scope, status: int, seconds: float) -> None:
    path = scope["path"]
    write = log.debug if status < 400 and path.startswith(QUIET) else log.info
    fields: dict[str, Any] = {"path": path, "status": status, "duration_ms": round(seconds * 1000, 1)}
    if scope["type"] == "http":
        fields["method"] = scope["method"]
    if staff_id := state_of(scope).get("staff_id"):
        fields["staff_id"] = staff_id
    write("request" if scope["type"] == "http" else "socket", **fields)


def client_address(connection: AnyConnection) -> str:
    """The address that a request comes from. A proxy on this machine is believed: it appends whom it serves."""
    peer = connection.client.host if connection.client else "127.0.0.1"
    if not is_loopback(peer):
        return peer
    named = connection.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return peer


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_local(connection: AnyConnection) -> bool:
    """Whether the caller is on this machine, and not somebody whom a proxy here serves."""
    forwarded = {"forwarded", "x-forwarded-for", "x-real-ip"} & set(connection.headers.keys())
    return not forwarded and connection.client is not None and is_loopback(connection.client.host)
