"""What is new, told while the page is open: it reads again what it shows.

The store is looked at several times a second instead of being told by everyone who writes: whatever changes a chat is
seen, and nobody needs to know of this page.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

from litestar import get
from litestar.response import Stream

from sokhach.sandbox.edge import AnyRequest
from sokhach.sandbox.phone_page import personal
from sokhach.sandbox.phone_page.threads import state_of_thread
from sokhach.sandbox.world import World

LOOK_SECONDS = 0.15
BEAT_SECONDS = 10
"""The page takes twice and a half of this in silence for a dead line."""

Look = Callable[[], tuple[Any, ...]]

HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


@get("/stream")
async def stream(request: AnyRequest, world: World, oa_id: str | None = None, user_id: str | None = None) -> Stream:
    """Events without content: `open`, `thread` (of the customer given), `list` (of anybody), `beat`."""
    if oa_id is not None and user_id is not None:
        world.accounts.customer(oa_id, user_id)
    return _told(request, world, lambda: _thread(world, oa_id, user_id), lambda: _everybody(world))


@get("/personal/people/{uid:str}/stream")
async def personal_stream(
    request: AnyRequest, world: World, uid: str, thread: str | None = None, group: bool = False
) -> Stream:
    """The same of a personal account's phone: `thread` is the one given, `list` all of them and the codes."""
    world.web.users.user(uid)

    def chat() -> tuple[Any, ...]:
        return () if thread is None else personal.state_of_chat(world, uid, thread, group=group)

    return _told(request, world, chat, lambda: personal.state_of_phone(world, uid))


@get("/personal/stream")
async def people_stream(request: AnyRequest, world: World) -> Stream:
    """Who is there, before one is chosen."""
    return _told(request, world, lambda: (), lambda: personal.state_of_people(world))


def _told(request: AnyRequest, world: World, thread: Look, everybody: Look) -> Stream:
    events = _events(world, thread, everybody, lambda: request.app.state.stopping)
    return Stream(events, media_type="text/event-stream", headers=HEADERS)


async def _events(world: World, look: Look, look_around: Look, stopping: Callable[[], bool]) -> AsyncGenerator[bytes]:
    thread, everybody = look(), look_around()
    writes = _writes(world)
    yield _event("open")
    silent = 0.0
    while not stopping():
        await asyncio.sleep(LOOK_SECONDS)
        silent += LOOK_SECONDS
        news: list[bytes] = []
        if (now := _writes(world)) != writes:
            writes = now
            if (fresh := look()) != thread:
                thread = fresh
                news.append(_event("thread"))
            if (fresh := look_around()) != everybody:
                everybody = fresh
                news.append(_event("list"))
        if not news and silent >= BEAT_SECONDS:
            news.append(_event("beat"))
        for one in news:
            silent = 0.0
            yield one


def _event(name: str) -> bytes:
    return f"event: {name}\ndata: {{}}\n\n".encode()


def _writes(world: World) -> tuple[Any, ...]:
    """Moves with every write of this process, and with what it keeps in memory."""
    changes = world.store.value("SELECT total_changes()"), world.takeovers.changes
    return *changes, personal.outside_the_store(world)


def _thread(world: World, oa_id: str | None, user_id: str | None) -> tuple[Any, ...]:
    if oa_id is None or user_id is None:
        return ()
    customer = world.accounts.find_customer(oa_id, user_id)
    return () if customer is None else state_of_thread(world, customer)


def _everybody(world: World) -> tuple[Any, ...]:
    return (
        world.store.value("SELECT max(seq) FROM message"),
        world.store.value("SELECT count(*) FROM customer"),
        world.takeovers.changes,
    )


handlers = [stream, personal_stream, people_stream]
