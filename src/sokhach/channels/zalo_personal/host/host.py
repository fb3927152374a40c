"""Holds the sessions of personal accounts: takes those that nobody holds, connects them, writes down what becomes of
them. What is true of a session is kept in memory until it is written: a database that is away delays it, no more."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import NoneType
from typing import Protocol

import msgspec
import psutil
import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from sokhach.channels.zalo_personal import protocol
from sokhach.channels.zalo_personal.calls import CallFailedError, NotHeldError, T
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.host import rules, store
from sokhach.channels.zalo_personal.host.capture import Capture
from sokhach.channels.zalo_personal.host.rules import After, Pace
from sokhach.channels.zalo_personal.host.session import Session, Taken
from sokhach.channels.zalo_personal.host.shards import Shards
from sokhach.channels.zalo_personal.host.sidecar import Sidecar
from sokhach.channels.zalo_personal.protocol import AccountRequest, ItemEvent
from sokhach.core import clock
from sokhach.core.chance import chance
from sokhach.core.crypto import UndecipherableError
from sokhach.core.database import Database
from sokhach.core.tasks import end

log = structlog.get_logger()

TAKEN_AT_ONCE = 50
STARTS_AT_ONCE = 8
READY_SECONDS = 20.0
ONLINE_WITHIN_SECONDS = 60.0
KEEP_ALIVE_SECONDS = 300.0
STOP_SECONDS = 5.0
LAST_WRITES_SECONDS = 5.0
TYPING_COMMAND = 602
SENDING = (protocol.Send, protocol.React, protocol.Seen, protocol.Typing, protocol.FriendRequest)
"""What the switch for all accounts stops. A recall takes back, and goes."""


class Logins(Protocol):
    def hear(self, sidecar: Sidecar, event: protocol.QrEvent) -> None: ...

    def gone(self, sidecar: Sidecar) -> None: ...


class Prepare(Protocol):
    """Reads what of an account may be kept, before its session begins."""

    async def load(self, account_id: int) -> None: ...


class Host:
    """`Calls` of this worker. `logins` hears of QR codes, `typing` of people who write just now."""

    def __init__(
        self,
        database: Database,
        sealing: Sealing,
        capture: Capture,
        prepare: Prepare,
        *,
        command: Sequence[str],
        environment: Mapping[str, str],
        accounts: int,
        memory_bytes: int,
        changed: Callable[[], None],
        pace: Pace | None = None,
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.shards = Shards(command, environment, accounts=accounts, heard=self._heard, gone=self._gone)
        self.logins: Logins | None = None
        self.typing: Callable[[ItemEvent], None] | None = None
        self._database = database
        self._sealing = sealing
        self._capture = capture
        self._prepare = prepare
        self._memory_bytes = memory_bytes
        self._changed = changed
        self._pace = pace or Pace()
        self._sessions: dict[int, Session] = {}
        self._starts = asyncio.Semaphore(STARTS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewed = float("-inf")
        self._lease_until = float("-inf")
        self._stopped = True
        self._looked_for_dead = False

    # Calls.

    def holds(self, account_id: int) -> bool:
        session = self._sessions.get(account_id)
        return session is not None and self._online(session)

    def held(self) -> frozenset[int]:
        return frozenset(account_id for account_id, session in self._sessions.items() if self._online(session))

    def sending(self) -> frozenset[int]:
        return frozenset() if self._stopped else self.held()

    async def call(self, request: AccountRequest, answer: type[T]) -> T:
        session = self._sessions.get(request.account)
        if session is None or session.sidecar is None or not self._online(session):
            raise NotHeldError(request.account)
        if self._stopped and isinstance(request, SENDING):
            raise NotHeldError(request.account)
        try:
            reply = await session.sidecar.request(request)
        except CallFailedError as error:
            if rules.says_expired(error):
                self._end(session, rules.EXPIRED, code=error.code)
                self._spawn(self._ask_to_stop(session))
            raise
        try:
            if isinstance(request, protocol.Old):
                await self._capture.settled()  # its items came before the answer; whoever asked may count on them
            return None if answer is NoneType else msgspec.json.decode(reply.data, type=answer)  # pyright: ignore[reportReturnType]
        except msgspec.DecodeError as error:
            raise CallFailedError("bad-reply", str(error)) from error

    def _online(self, session: Session) -> bool:
        return session.phase == "online" and time.monotonic() < self._lease_until

    # The loop.

    async def step(self) -> int:
        """Writes down what changed, renews leases, obeys orders, takes what is due. Returns how much there was."""
        now = clock.now()
        self._judge()
        saved = await self._save()
        if time.monotonic() - self._renewed >= store.RENEWED_EVERY_SECONDS:
            await self._renew()
        async with self._database.transaction() as connection:
            if not self._looked_for_dead:
                await store.expire(connection, _dead(await store.holders(connection)), now)
                self._looked_for_dead = True
            self._stopped = await store.sending_stopped(connection)
            ordered = await store.orders(connection, self.name)
            taken = await store.take(connection, self.name, self._sessions, TAKEN_AT_ONCE, now)
        for session in list(self._sessions.values()):
            order = ordered.get(session.account_id)
            if order is not None and not session.ended:
                if not order.wanted:
                    self._stop(session, rules.STOPPED)
                elif order.revision != session.taken.revision:
                    self._stop(session, rules.MOVED)
        for one in taken:
            self._begin(one)
        return saved + len(taken)

    async def close(self) -> None:
        """Gives everything back, so that another worker goes on at once."""
        for session in self._sessions.values():
            self._end(session, rules.RESTARTED)
        await self.shards.close()
        await end(self._tasks)
        try:
            async with asyncio.timeout(LAST_WRITES_SECONDS):
                await self._capture.settled()
                await self._save()
                async with self._database.transaction() as connection:
                    await store.release(connection, self.name)
        except (TimeoutError, SQLAlchemyError, psycopg.Error, OSError) as error:
            log.warning("personal_not_written_at_the_end", error=type(error).__name__)

    def _begin(self, taken: Taken) -> None:
        session = self._sessions[taken.account_id] = Session(taken, clock.now())
        self._renewed = float("-inf")  # soon, for all together
        self._spawn(self._start(session))

    async def _start(self, session: Session) -> None:
        async with self._starts:
            if session.ended:
                return
            sidecar = session.sidecar = self.shards.place(self._sessions.values(), session.shard)
            session.shard = sidecar.number
            try:
                await self._log_in(session, sidecar)
            except CallFailedError as error:
                log.warning("personal_login_refused", account=session.account_id, kind=error.kind, code=error.code)
                self._end(session, rules.after_refusal(error), code=error.code)
            except UndecipherableError:
                log.error("credentials_undecipherable", account=session.account_id)
                self._end(session, rules.UNDECIPHERABLE)
            except Exception:  # one account's trouble is not the others'
                log.exception("personal_session_failed", account=session.account_id)
                self._end(session, rules.NEVER_ONLINE)

    async def _log_in(self, session: Session, sidecar: Sidecar) -> None:
        if not await sidecar.wait_ready(READY_SECONDS):
            raise CallFailedError("closed", "the sidecar does not come up", not_sent=True)
        await self._prepare.load(session.account_id)
        start = protocol.Start(
            account=session.account_id,
            credentials=self._sealing.open(session.taken.credentials),
            proxy=self._sealing.open_proxy(session.taken.proxy),
        )
        if session.phase == "waiting":
            session.enter("starting", clock.now())
        reply = await sidecar.request(start)
        try:
            started = msgspec.json.decode(reply.data, type=protocol.StartReply)
        except msgspec.DecodeError as error:
            raise CallFailedError("bad-reply", str(error)) from error
        if session.ended:  # somebody stopped it meanwhile
            await self._ask_to_stop(session)
            return
        if started.uid != session.own:
            self._stop(session, rules.OTHER_PERSON)
            return
        session.phone = started.phone
        session.dirty = True
        if session.phase == "starting":
            session.enter("started", clock.now())

    def _stop(self, session: Session, after: After) -> None:
        if not session.ended:
            self._end(session, after)
            self._spawn(self._ask_to_stop(session))

    async def _ask_to_stop(self, session: Session) -> None:
        if session.sidecar is not None:
            try:
                await session.sidecar.request(protocol.Stop(account=session.account_id), STOP_SECONDS)
            except CallFailedError as error:
                log.info("session_not_stopped", account=session.account_id, error=str(error))

    def _end(self, session: Session, after: After, *, code: int | None = None) -> None:
        session.end(after, clock.now(), code=code, pace=self._pace, chance=chance())
        self._changed()

    # What sidecars tell.

    async def _heard(self, sidecar: Sidecar, event: protocol.AnyEvent) -> None:
        match event:
            case protocol.ItemEvent():
                await self._item(event)
            case protocol.FrameEvent():
                if event.cmd == TYPING_COMMAND and event.why == "unreadable":
                    return
                log.warning("frame_unreadable", account=event.account, cmd=event.cmd, why=event.why)
                self._note_frame(event.account)
                await self._capture.frame(event)
            case protocol.StateEvent():
                self._state(sidecar, event)
            case protocol.CredentialsEvent():
                if (session := self._sessions.get(event.account)) is not None and session.sidecar is sidecar:
                    session.credentials = self._sealing.seal(event.credentials)
                    session.dirty = True
                    self._changed()
            case protocol.QrEvent():
                if self.logins is not None:
                    self.logins.hear(sidecar, event)
            case protocol.StatsEvent():
                sidecar.rss = event.rss
                self._hear_of(sidecar, event)
                if event.rss > self._memory_bytes and not any(one.draining for one in self.shards.sidecars):
                    sidecar.draining = True
                    self._spawn(self._drain(sidecar))

    async def _item(self, event: ItemEvent) -> None:
        self._note_frame(event.account)
        if event.cmd == TYPING_COMMAND:
            self._hear_typing(event)
            return
        if await self._capture.item(event) and (session := self._sessions.get(event.account)) is not None:
            session.last_item_at = clock.now()

    def _hear_typing(self, event: ItemEvent) -> None:
        """Kept nowhere, not even when nothing can be made of it."""
        if self.typing is None:
            return
        try:
            self.typing(event)
        except Exception as error:
            log.warning("typing_unreadable", account=event.account, error=type(error).__name__)

    def _hear_of(self, sidecar: Sidecar, event: protocol.StatsEvent) -> None:
        for one in event.accounts:
            session = self._sessions.get(one.account)
            if session is not None and session.sidecar is sidecar and one.heard_at is not None:
                session.hear(_company_time(one.heard_at))

    def _note_frame(self, account_id: int) -> None:
        if (session := self._sessions.get(account_id)) is not None:
            session.last_frame_at = clock.now()

    def _state(self, sidecar: Sidecar, event: protocol.StateEvent) -> None:
        session = self._sessions.get(event.account)
        if session is None or session.sidecar is not sidecar or session.ended:
            return
        match event.state:
            case "connecting":
                session.pending = event.conn
            case "online":
                session.online(event.conn, clock.now())
                log.info("personal_online", account=event.account, sidecar=sidecar.number)
                self._changed()
            case "closed" if session.is_of(event.conn):
                if event.heard_at is not None:
                    session.hear(_company_time(event.heard_at))
                log.warning("personal_closed", account=event.account, code=event.code, reason=event.reason)
                self._end(session, rules.after_close(event.code), code=event.code)
            case _:
                pass  # of a connection before this one

    def _gone(self, sidecar: Sidecar) -> None:
        for session in self._sessions.values():
            if session.sidecar is sidecar:
                self._end(session, rules.after_close(None))
        if self.logins is not None:
            self.logins.gone(sidecar)

    async def _drain(self, sidecar: Sidecar) -> None:
        """Its accounts move to where there is room; it is started again, and takes fewer from now on."""
        moving = [one for one in self._sessions.values() if one.sidecar is sidecar and not one.ended]
        log.warning("sidecar_drained", sidecar=sidecar.number, rss=sidecar.rss, accounts=len(moving))
        self.shards.shrink(sidecar, len(moving))
        for session in moving:
            session.shard = None
            self._end(session, rules.MOVED)
        await asyncio.gather(*(self._ask_to_stop(session) for session in moving))
        await sidecar.shut_down()

    # What is written down.

    def _judge(self) -> None:
        now = clock.now()
        for session in self._sessions.values():
            since = (now - session.phase_since).total_seconds()
            if session.phase == "started" and since > ONLINE_WITHIN_SECONDS:
                self._stop(session, rules.NEVER_ONLINE)
            elif session.phase == "online" and (now - session.kept_alive_at).total_seconds() > KEEP_ALIVE_SECONDS:
                session.kept_alive_at = now
                self._spawn(self._keep_alive(session))

    async def _keep_alive(self, session: Session) -> None:
        await asyncio.sleep(30 * chance())
        try:
            await self.call(protocol.KeepAlive(account=session.account_id), NoneType)
        except CallFailedError as error:
            log.info("keep_alive_failed", account=session.account_id, error=str(error))

    async def _save(self) -> int:
        dirty = [session for session in self._sessions.values() if session.dirty]
        for session in dirty:
            # What is written now; what comes in meanwhile makes it dirty again.
            session.dirty = False
            try:
                async with self._database.transaction() as connection:
                    written = session.written()
                    ours = await store.save(connection, self.name, session, clock.now())
            except BaseException:
                session.dirty = True
                raise
            session.forget(written)
            if session.ended and not session.dirty:
                self._drop(session)
            elif not ours:
                self._lose(session)
        return len(dirty)

    async def _renew(self) -> None:
        began = time.monotonic()
        sessions = [session for session in self._sessions.values() if not session.ended]
        async with self._database.transaction() as connection:
            held = await store.renew(connection, self.name, sessions, clock.now())
        self._renewed = time.monotonic()
        self._lease_until = began + store.LEASE.total_seconds()
        for session in sessions:
            if session.account_id not in held:
                self._lose(session)

    def _lose(self, session: Session) -> None:
        """Somebody else has it: nothing is written any more."""
        log.warning("personal_lease_lost", account=session.account_id)
        self._drop(session)
        session.enter("ended", clock.now())
        self._spawn(self._ask_to_stop(session))

    def _drop(self, session: Session) -> None:
        if self._sessions.get(session.account_id) is session:
            del self._sessions[session.account_id]

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _company_time(milliseconds: int) -> datetime:
    """What a sidecar says of this machine's clock."""
    return clock.from_milliseconds(milliseconds) + (clock.now() - datetime.now(UTC))


def _dead(names: Collection[str]) -> list[str]:
    """Workers of this machine that live no more: what they held need not wait for its lease to end."""
    here = f"{socket.gethostname()}:"
    return [
        name
        for name in names
        if name.startswith(here) and name.split(":")[1].isdigit() and not psutil.pid_exists(int(name.split(":")[1]))
    ]
