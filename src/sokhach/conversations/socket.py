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
from sokhach.core.web import held_by
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
    held = held_by(socket.scope)
    hub: Hub = held.hub
    database: Database = held.web_database
    await socket.accept()
    subscription = await hub.subscribe(actor_of(socket.scope), cursor)
    watch = asyncio.create_task(_watch(socket, database, subscription))
    tasks = [asyncio.create_task(_send(socket, subscription)), watch, asyncio.create_task(_listen(socket))]
    code = GOING_AWAY
    SOCKETS.inc()
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if watch.done() and watch.exception() is None:
            code = watch.result()
    finally:
        SOCKETS.dec()
        subscription.close()
        await end(tasks)
        # Not before: the server holds a close back for as long as somebody listens.
        with contextlib.suppress(Exception):
            await socket.close(code=code)


async def _send(socket: AnySocket, subscription: Subscription) -> None:
    async for word in subscription.stream():
        await socket.send_text(msgspec.json.encode(word).decode())


async def _watch(socket: AnySocket, database: Database, subscription: Subscription) -> int:
    """Keeps the line open, until its person was signed out or suspended, or may see something else: the code to close
    it with. Asks when the hub is told so, and in any case before the next ping; once at the beginning, for what
    happened before the hub knew of this line."""
    while True:
        caller = await read_caller(database, socket)
        if caller is None:
            return SIGNED_OUT
        if caller.lacks_second_factor or caller.actor != actor_of(socket.scope):
            return ACCESS_CHANGED
        if not await subscription.doubted(PING_SECONDS):
            await socket.send_text('{"type":"ping"}')


async def _listen(socket: AnySocket) -> None:
    """Browsers only answer pings; what counts is that the line closes."""
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()


routes = [follow]
