"""The browsers of one web process: follows the sequenced events and hands each person those that they may see."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sokhach.core.actor import Actor, Permission
from sokhach.core.database import Database, dsn
from sokhach.core.realtime.announce import ACCESS_CHANGED, CHANNEL, CONVERSATION_HIDDEN, Passing
from sokhach.core.realtime.listener import Listener
from sokhach.core.tasks import run_together

log = structlog.get_logger()

# Gives for each actor which of these conversations they see.
Visible = Callable[[Sequence[Actor], Collection[int]], Awaitable[Sequence[set[int]]]]

PAGE = 1000
MOST_REPLAYED = 5000
LOOK_SECONDS = 1.0
MOST_PASSING = 500
"""Of what is true for a moment, waiting to be told; more is not worth the while."""


class Told(msgspec.Struct, frozen=True, kw_only=True, rename={"position": "seq"}, omit_defaults=True):
    """One event as a browser gets it; the payload's ids stand beside it."""

    position: int
    kind: str
    conversation_id: int | None = None
    message_id: int | None = None
    message_ids: list[int] | None = None
    id: int | None = None


class Hello(msgspec.Struct, frozen=True, kw_only=True, tag="hello"):
    """First word: where the stream stands. `reset`: too much was missed to tell, read everything anew."""

    cursor: int
    reset: bool


class Events(msgspec.Struct, frozen=True, kw_only=True, tag="events"):
    cursor: int
    events: Sequence[Told | Passing]


class _Sequenced(msgspec.Struct, frozen=True):
    told: Told
    permission: str | None
    staff_id: int | None
    lost_by: frozenset[int]
    pool: int | None


class Hub:
    def __init__(self, database: Database, visible: Visible) -> None:
        self._database = database
        self._visible = visible
        self._subscribers: set[Subscription] = set()
        self._position = 0
        self._news = asyncio.Event()
        self._passing: asyncio.Queue[Passing] = asyncio.Queue(MOST_PASSING)
        self._listener = Listener(dsn(database.url), CHANNEL, self._hear)
        self._ready = asyncio.Event()

    async def run(self) -> None:
        """Follows for ever. A lost database is waited for: the cursor says what was missed."""
        await run_together(self._listener.run(), self._follow(), self._pass_on())

    async def subscribe(self, actor: Actor, cursor: int | None) -> "Subscription":
        """Starts at `cursor`, or now when it is None."""
        await self._ready.wait()
        subscription = Subscription(self, actor, self._position)
        self._subscribers.add(subscription)
        try:
            subscription.hello, subscription.missed = await self._missed(actor, cursor, subscription.since)
        except BaseException:
            self._subscribers.discard(subscription)
            raise
        return subscription

    def unsubscribe(self, subscription: "Subscription") -> None:
        self._subscribers.discard(subscription)

    async def _missed(self, actor: Actor, cursor: int | None, until: int) -> tuple[Hello, list[Told]]:
        if cursor is None or cursor == until:
            return Hello(cursor=until, reset=False), []
        async with self._database.transaction() as connection:
            oldest = (await connection.execute(text("SELECT min(position) FROM realtime_event"))).scalar_one()
        forgotten = oldest is not None and cursor < oldest - 1
        if cursor > until or until - cursor > MOST_REPLAYED or forgotten or oldest is None:
            return Hello(cursor=until, reset=True), []
        events: list[_Sequenced] = []
        at = cursor
        while at < until:
            page = await self._read(at, until)
            if not page:
                break
            events += page
            at = page[-1].told.position
        [seen] = await self._visible(
            [actor], {e.told.conversation_id for e in events if e.told.conversation_id is not None}
        )
        return Hello(cursor=until, reset=False), [e.told for e in events if _may_hear(actor, e, seen)]

    async def _follow(self) -> None:
        while True:
            try:
                if not self._ready.is_set():
                    await self._start()
                while page := await self._read(self._position, None):
                    await self._broadcast(page)
            except (SQLAlchemyError, OSError) as error:
                log.warning("realtime_follow_failed", error=type(error).__name__)
                await asyncio.sleep(LOOK_SECONDS)
            # A browser waits for a notification; the look at the clock is for one that got lost.
            try:
                await asyncio.wait_for(self._news.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue
            self._news.clear()

    def _hear(self, payload: str) -> None:
        """That there are news, or, with words, what is said in passing and stored nowhere."""
        if not payload:
            self._news.set()
            return
        with suppress(msgspec.DecodeError, asyncio.QueueFull):
            self._passing.put_nowait(msgspec.json.decode(payload, type=Passing))

    async def _pass_on(self) -> None:
        """What nobody can be told now is not told at all."""
        while True:
            waiting = [await self._passing.get()]
            while not self._passing.empty():
                waiting.append(self._passing.get_nowait())
            subscribers = list(self._subscribers)
            actors = {one.actor.visibility_key: one.actor for one in subscribers}
            try:
                found = await self._visible(list(actors.values()), {one.conversation_id for one in waiting})
            except (SQLAlchemyError, OSError) as error:
                log.warning("realtime_passing_failed", error=type(error).__name__)
                continue
            seen = dict(zip(actors, found, strict=True))
            for one in subscribers:
                one.mention([told for told in waiting if told.conversation_id in seen[one.actor.visibility_key]])

    async def _start(self) -> None:
        async with self._database.transaction() as connection:
            self._position = (await connection.execute(text("SELECT position FROM realtime_position"))).scalar_one()
        self._ready.set()

    async def _read(self, after: int, until: int | None) -> Sequence[_Sequenced]:
        async with self._database.transaction() as connection:
            rows = await connection.execute(
                text(
                    "SELECT position, kind, conversation_id, payload FROM realtime_event"
                    " WHERE position > :after AND position <= :until ORDER BY position LIMIT :page"
                ),
                {"after": after, "until": until if until is not None else 2**62, "page": PAGE},
            )
            return [_sequenced(row) for row in rows]

    async def _broadcast(self, page: Sequence[_Sequenced]) -> None:
        """One question to the database for all browsers, in which people who see the same stand once."""
        conversations = {e.told.conversation_id for e in page if e.told.conversation_id is not None}
        seen: dict[object, set[int]] = {}
        # Somebody may join while the others are asked for.
        while asked := {
            s.actor.visibility_key: s.actor for s in self._subscribers if s.actor.visibility_key not in seen
        }:
            seen |= zip(asked, await self._visible(list(asked.values()), conversations), strict=True)
        # From here on nobody can join: whoever came while we asked hears this page too, whoever comes later reads it.
        for subscription in list(self._subscribers):
            mine = seen[subscription.actor.visibility_key]
            told = [e.told for e in page if _may_hear(subscription.actor, e, mine)]
            subscription.put(Events(cursor=page[-1].told.position, events=told))
            if any(_is_doubt(subscription.actor, e) for e in page):
                subscription.doubt()
        self._position = page[-1].told.position


class Subscription:
    """One browser's stream. One that does not keep up is ended; it comes back by its cursor."""

    MOST_WAITING = 1000

    def __init__(self, hub: Hub, actor: Actor, since: int) -> None:
        self.actor = actor
        self.since = since
        self.hello = Hello(cursor=since, reset=False)
        self.missed: list[Told] = []
        self._hub = hub
        self._waiting: asyncio.Queue[Events | None] = asyncio.Queue()
        self._doubt = asyncio.Event()

    def put(self, events: Events) -> None:
        if not events.events or events.cursor <= self.since:
            return
        if self._waiting.qsize() >= self.MOST_WAITING:
            self._hub.unsubscribe(self)
            self._waiting.put_nowait(None)
        else:
            self._waiting.put_nowait(events)

    def mention(self, passing: Sequence[Passing]) -> None:
        """The cursor stays where it is: it was given with what came before."""
        if passing and self._waiting.qsize() < self.MOST_WAITING:
            self._waiting.put_nowait(Events(cursor=self.since, events=passing))

    def doubt(self) -> None:
        """Its person may have been suspended, or may see something else from now on."""
        self._doubt.set()

    async def doubted(self, seconds: float) -> bool:
        """Waits for a doubt, so many seconds at most; whether there was one."""
        try:
            await asyncio.wait_for(self._doubt.wait(), seconds)
        except TimeoutError:
            return False
        self._doubt.clear()
        return True

    async def stream(self) -> AsyncIterator[Hello | Events]:
        """Hello, what was missed, then what happens; ends when the browser is too slow."""
        yield self.hello
        if self.missed:
            yield Events(cursor=self.since, events=self.missed)
        while (events := await self._waiting.get()) is not None:
            yield events

    def close(self) -> None:
        self._hub.unsubscribe(self)
        self._waiting.put_nowait(None)


def _sequenced(row: Any) -> _Sequenced:
    payload: dict[str, Any] = row.payload
    told = Told(
        position=row.position,
        kind=row.kind,
        conversation_id=row.conversation_id,
        message_id=payload.get("message_id"),
        message_ids=payload.get("message_ids"),
        id=payload.get("id"),
    )
    return _Sequenced(
        told,
        payload.get("permission"),
        payload.get("staff_id"),
        frozenset(payload.get("lost_by") or ()),
        payload.get("pool"),
    )


def _may_hear(actor: Actor, event: _Sequenced, seen: set[int]) -> bool:
    if event.told.kind == CONVERSATION_HIDDEN:
        lost = not event.lost_by.isdisjoint(actor.scope_staff) or event.pool in actor.pool_accounts
        return lost and event.told.conversation_id not in seen
    if event.told.conversation_id is not None:
        return event.told.conversation_id in seen
    if event.told.kind == ACCESS_CHANGED:
        return False
    if event.staff_id is not None and event.staff_id == actor.staff_id:
        return True
    return event.permission is None or actor.may(Permission(event.permission))


def _is_doubt(actor: Actor, event: _Sequenced) -> bool:
    return event.told.kind == ACCESS_CHANGED and event.staff_id in {None, actor.staff_id}
