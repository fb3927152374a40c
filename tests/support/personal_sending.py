"""A personal account by which something is sent: the desk, with a sender of its own, answers of the simulated platform
to choose, and conversations to write in."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar, cast
from uuid import uuid4

import msgspec
from sqlalchemy import text

from sokhach.channels.connector import Account
from sokhach.channels.zalo_personal.calls import CallFailedError, NotHeldError
from sokhach.channels.zalo_personal.cap_service import Caps
from sokhach.channels.zalo_personal.connector import ZaloPersonal
from sokhach.channels.zalo_personal.protocol import AccountRequest, Label, Labels, React, Seen, Send, SetLabels, Undo
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.storage import Storage
from sokhach.dispatch import service
from sokhach.dispatch.composing import Said
from sokhach.dispatch.sender import Sender
from tests.support.people import Person
from tests.support.personal import OWN, PersonalDesk, add_personal_account

T = TypeVar("T")
LAN = "200000000000000001"
GROUP = "900000000000000001"


class SendingDesk(PersonalDesk):
    """`answers`: what the next sends meet, in order: an error, or a function of the request that may raise one, or
    tells Zalo's answer later; when there is none, Zalo takes it. `echo`: what it took comes back by the socket."""

    person: Person
    settings: Settings

    def ready(self, settings: Settings, person: Person) -> None:
        self.settings = settings
        self.person = person
        self.sent: list[Send] = []
        self.answers: deque[CallFailedError | Callable[[Send], Awaitable[Any] | None]] = deque()
        self.echo = True
        self.labels: list[Label] = []
        self.version = 1
        self.before_writing: Callable[[], None] | None = None
        self.stopped = False
        self.connector = ZaloPersonal(self.database, self, self.gate)
        self.sender = self.another_sender()

    @property
    def account(self) -> Account:
        return Account(id=self.account_id, channel="zalo_personal", external_id=OWN, name="Số của An")

    def another_sender(self) -> Sender:
        storage = Storage.of(self.settings)
        gates = {"zalo_personal": Caps(self.settings.timezone)}
        return Sender(self.database, {"zalo_personal": self.connector}, storage, gates=gates)

    def sending(self) -> frozenset[int]:
        return frozenset() if self.stopped else self.held()

    def asked(self, kind: type[T]) -> list[T]:
        return [one for one in self.zalo.asked if isinstance(one, kind)]

    async def call(self, request: AccountRequest, answer: type[T]) -> T:
        if isinstance(request, Send | Undo | React | Seen | Labels | SetLabels):
            self.zalo.asked.append(request)
            if not self.online:
                raise NotHeldError(self.account_id)
            data = await self._answer(request)
            return cast("T", msgspec.json.decode(msgspec.json.encode(data), type=answer))
        return await super().call(request, answer)

    async def _answer(self, request: AccountRequest) -> Any:
        match request:
            case Send():
                if self.answers:
                    found = self.answers.popleft()
                    if isinstance(found, CallFailedError):
                        raise found
                    told = found(request)
                    if told is not None and (answer := await told) is not None:
                        return answer
                return await self.take(request)
            case Labels():
                return {"labels": self.labels, "version": self.version}
            case SetLabels(labels=labels, version=version):
                if self.before_writing:
                    change, self.before_writing = self.before_writing, None
                    change()
                if version != self.version:
                    raise CallFailedError("api", "version", code=1)
                self.labels, self.version = list(labels), version + 1
                return None
            case _:
                return None

    async def take(self, request: Send) -> dict[str, str]:
        """The platform has it."""
        self.sent.append(request)
        item = self.zalo.say(request.thread, request.text or "", clock.now(), own=True, group=request.group)
        if self.echo:
            await self.hear(item)
        return {"msg_id": item["msgId"]}

    async def meet(self, uid: str = LAN, *, words: str = "Còn hàng không ạ", group: bool = False) -> int:
        """Somebody writes; returns the conversation."""
        await self.hear(self.zalo.say(GROUP if group else uid, words, clock.now(), group=group, by=uid))
        await self.drain()
        return await self.value(
            "SELECT id FROM conversation WHERE account_id = :id AND thread_key = :key", key=GROUP if group else uid
        )

    async def silent(self, conversation: int, hours: float | None) -> None:
        """The customer's last word is so long ago; None: there was none."""
        at = None if hours is None else clock.now() - timedelta(hours=hours)
        await self.run("UPDATE conversation SET last_inbound_at = :at WHERE id = :one", at=at, one=conversation)

    async def write(self, words: str, conversation: int, **said: Any) -> int:
        async with self.database.transaction() as connection:
            ids, _ = await service.send(
                connection, self.person.actor, conversation, uuid4(), Said(text=words, **said), clock.now()
            )
        return ids[-1]

    async def work(self, steps: int = 3) -> None:
        for _ in range(steps):
            await self.sender.step()
            await self.sender.drain()
            await self.drain()

    async def soon(self) -> None:
        """As if what waits had waited long enough."""
        await self.run("UPDATE outbox SET due_at = :now", now=clock.now())
        await self.run("UPDATE personal_pace SET next_at = NULL, next_stranger_at = NULL")

    async def delivery(self, message_id: int) -> tuple[str, str | None]:
        [row] = await self.rows("SELECT state, reason FROM delivery WHERE message_id = :one", one=message_id)
        return row["state"], row["reason"]

    async def value(self, statement: str, **values: object) -> Any:
        rows = await self.rows(statement, **values)
        return next(iter(rows[0].values())) if rows else None

    async def limit(self, key: str, value: int) -> None:
        await self.run(
            "INSERT INTO channel_limit (key, value, changed_by, changed_at) VALUES (:key, :value, :staff, :now)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key=f"zalo_personal.{key}",
            value=value,
            staff=self.person.id,
            now=clock.now(),
        )


async def sending_desk(database: Database, settings: Settings, person: Person, *, sim: str = "company") -> SendingDesk:
    """Pauses and quiet hours are off: what a test is about it turns on."""
    account = await add_personal_account(database, settings, person.id, sim=sim)
    desk = SendingDesk(database, settings, account.account_id)
    desk.ready(settings, person)
    await desk.connect()
    await desk.run("UPDATE personal_account SET warm_from = :at", at=clock.now() - timedelta(days=60))
    for key, value in (("gap_seconds", 0), ("stranger_gap_seconds", 0), ("quiet_from", 7), ("quiet_until", 7)):
        await desk.limit(key, value)
    return desk


async def count(database: Database, statement: str) -> int:
    async with database.transaction() as connection:
        return (await connection.execute(text(statement))).scalar_one()
