"""The one WebSocket: tells a browser what changed among the conversations that its person sees. Ids only."""

import asyncio
import contextlib
from collections.abc import Collection, Sequence
from typing import Annotated, Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.params import Parameter

from sokhach.conversations import queries
from sokhach.core.actor import Actor
from sokhach.core.database import Database
from sokhach.core.realtime.hub import Hub, Subscription, Visible
from sokhach.core.tasks import end
from sokhach.core.telemetry import SOCKETS
from sokhach.people.access import SIGNED_OUT, actor_of, read_caller

PING_SECONDS = 20.0
GOING_AWAY = 1001
# Whoever sees more or less than before comes back as who they are now, and reads everything anew.
ACCESS_CHANGED = 4402

AnySocket = WebSocket[Any, Any, Any]


def visible_by(database: Database) -> Visible:
    """The hub's question, asked as each actor."""

    async def visible(actors: Sequence[Actor], ids: Collection[int]) -> list[set[int]]:
        if not ids:
            return [set() for _ in actors]
        async with database.transaction() as connection:
            return await queries.visible_to_each(connection, actors, ids)

    return visible


@websocket("/api/realtime", access="signed-in")
async def follow(socket: AnySocket, cursor: Annotated[int | None, Parameter(ge=0)] = None) -> None:
    """Sends hello, what was missed since `cursor`, then events and pings, until the browser leaves or is signed out."""
    hub: Hub = socket.app.state.hub
    database: Database = socket.app.state.web_database
    await socket.accept()
    subscription = await hub.subscribe(actor_of(socket.scope), cursor)
    tasks = [
        asyncio.create_task(_send(socket, subscription)),
        asyncio.create_task(_ping(socket, database, subscription)),
        asyncio.create_task(_listen(socket)),
    ]
    SOCKETS.inc()
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        SOCKETS.dec()
        subscription.close()
        await end(tasks)
        with contextlib.suppress(Exception):
            await socket.close(code=GOING_AWAY)


async def _send(socket: AnySocket, subscription: Subscription) -> None:
    async for word in subscription.stream():
        await socket.send_text(msgspec.json.encode(word).decode())


async def _ping(socket: AnySocket, database: Database, subscription: Subscription) -> None:
    """Keeps the line open, and ends it for whoever was signed out or suspended meanwhile: when the hub is told of it,
    else before the next ping. Asks once at the beginning, for what happened before the hub knew of this line."""
    while True:
        caller = await read_caller(database, socket)
        if caller is None or caller.actor != actor_of(socket.scope):
            await socket.close(code=SIGNED_OUT if caller is None else ACCESS_CHANGED)
            return
        if not await subscription.doubted(PING_SECONDS):
            await socket.send_text('{"type":"ping"}')


async def _listen(socket: AnySocket) -> None:
    """Browsers only answer pings; what counts is that the line closes."""
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()


routes = [follow]
