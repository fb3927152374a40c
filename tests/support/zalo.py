"""The simulated Zalo as a process of its own, and a company's desk that talks to it over HTTP."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

import httpx
import msgspec
from sqlalchemy import text

from sokhach.channels import service as accounts
from sokhach.channels.connector import Account
from sokhach.channels.zalo_oa import credentials as sealing
from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.channels.zalo_oa.credentials import Credentials, Tokens
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.core.storage import Storage
from sokhach.dispatch import reacting, service
from sokhach.dispatch.composing import Said
from sokhach.dispatch.sender import AT_ONCE, Sender
from sokhach.intake.gateway import lane_of
from sokhach.intake.pipeline import Pipeline
from sokhach.worker import event_bus
from tests.support.people import Person

SEND_PATH = "/v3.0/oa/message/cs"
HISTORY_PATH = "/v2.0/oa/conversation"
TOKEN_PATH = "/v4/oa/access_token"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SimulatedZalo:
    """The control API of a running sandbox."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._http = httpx.Client(base_url=base_url, timeout=10)

    def order(self, path: str, **body: Any) -> Any:
        answer = self._http.post(f"/control{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def put(self, path: str, **body: Any) -> Any:
        answer = self._http.put(f"/control{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def read(self, path: str) -> Any:
        answer = self._http.get(f"/control{path}")
        assert answer.is_success, answer.text
        return answer.json()

    def clear_faults(self) -> None:
        self._http.delete("/control/faults")

    def close(self) -> None:
        self._http.close()


@contextmanager
def simulated_zalo() -> Iterator[SimulatedZalo]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "sokhach.sandbox", "--port", str(port)], stdout=subprocess.PIPE, stderr=None
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"sandbox ready")
        zalo = SimulatedZalo(f"http://127.0.0.1:{port}")
        yield zalo
        zalo.close()
    finally:
        process.terminate()
        process.wait()


class Desk:
    """An OA connected to the simulated Zalo, a customer who wrote, and a staff member who answers."""

    def __init__(self, zalo: SimulatedZalo, settings: Settings, database: Database, person: Person) -> None:
        self.zalo = zalo
        self.settings = settings
        self.database = database
        self.person = person
        self.oa_id = str(10**17 + secrets.randbelow(10**17))
        self.app_id = str(10**17 + secrets.randbelow(10**17))
        self.account_id = 0
        self.user_id = ""
        self.conversation_id = 0
        self.vault = Vault(settings.keys)
        self.connector = ZaloOA.of(settings, database)
        self.storage = Storage.of(settings)
        self.sender = self.another_sender()
        self.pipeline = Pipeline(database, {"zalo_oa": self.connector}, event_bus())

    async def open(self) -> None:
        self.zalo.order("/apps", app_id=self.app_id, app_secret="app-secret", oa_secret="oa-secret")
        self.zalo.order("/oas", oa_id=self.oa_id, app_id=self.app_id, name="Chăn Ga Minh Long")
        credentials = Credentials(app_id=self.app_id, app_secret="app-secret", oa_secret="oa-secret")
        async with self.database.transaction() as connection:
            self.account_id = await accounts.add_account(
                connection,
                channel="zalo_oa",
                external_id=self.oa_id,
                name="Chăn Ga Minh Long",
                credentials=sealing.seal(self.vault, credentials),
                now=clock.now(),
            )
        await self.give_tokens()
        self.user_id, self.conversation_id = await self.meet("Nguyễn Thị Lan")

    async def close(self) -> None:
        await self.sender.drain()
        await self.connector.close()

    @property
    def account(self) -> Account:
        return Account(id=self.account_id, channel="zalo_oa", external_id=self.oa_id, name="Chăn Ga Minh Long")

    async def give_tokens(self, *, expires_in: float | None = None) -> Tokens:
        """Tokens that Zalo knows, stored as if they had just come, or to end in `expires_in` seconds."""
        pair = self.zalo.order(f"/oas/{self.oa_id}/token")
        seconds = float(pair["expires_in"]) if expires_in is None else expires_in
        tokens = Tokens(
            access_token=pair["access_token"],
            refresh_token=pair["refresh_token"],
            expires_at=clock.now() + timedelta(seconds=seconds),
        )
        await self.store_tokens(tokens)
        return tokens

    async def store_tokens(self, tokens: Tokens | None) -> None:
        await self.execute(
            "UPDATE channel_account SET tokens = :tokens, refresh_due_at = :due WHERE id = :id",
            tokens=sealing.seal(self.vault, tokens) if tokens else None,
            due=clock.now() + timedelta(hours=20) if tokens else None,
            id=self.account_id,
        )

    async def tokens(self) -> Tokens:
        return sealing.open_tokens(
            self.vault, await self.value("SELECT tokens FROM channel_account WHERE id = :id", id=self.account_id)
        )

    async def meet(self, name: str) -> tuple[str, int]:
        """A customer writes at Zalo, and what Zalo tells of it is applied here. Returns (user id, conversation id)."""
        user_id = self.zalo.order(f"/oas/{self.oa_id}/users", name=name)["user_id"]
        sent = self.zalo.order(f"/oas/{self.oa_id}/users/{user_id}/messages", type="text", text="Shop ơi!")
        await self.hear(
            {
                "app_id": self.app_id,
                "sender": {"id": user_id},
                "recipient": {"id": self.oa_id},
                "event_name": "user_send_text",
                "message": {"text": "Shop ơi!", "msg_id": sent["msg_id"]},
                "timestamp": str(sent["time"]),
            },
            user_id,
        )
        conversation_id = await self.value(
            "SELECT id FROM conversation WHERE account_id = :account AND thread_key = :key",
            account=self.account_id,
            key=user_id,
        )
        return user_id, conversation_id

    async def hear(self, payload: dict[str, Any], user_id: str) -> None:
        await self.execute(
            "INSERT INTO journal (account_id, lane, source, received_at, payload)"
            " VALUES (:account, :lane, 'webhook', :now, :payload)",
            account=self.account_id,
            lane=lane_of(self.account_id, user_id),
            now=clock.now(),
            payload=msgspec.json.encode(payload),
        )
        while await self.pipeline.step():
            pass

    def another_sender(self, connector: ZaloOA | None = None, *, at_once: int = AT_ONCE) -> Sender:
        """As of a second worker."""
        return Sender(self.database, {"zalo_oa": connector or self.connector}, self.storage, at_once=at_once)

    async def hear_echo(self, **instead: str) -> None:
        """What Zalo tells of the last message that the OA sent. `instead`: other `words`, `msg_id`, `timestamp`."""
        shown = self.zalo.read(f"/oas/{self.oa_id}/users/{self.user_id}/messages")
        last = [one for one in shown if one["src"] == 0][-1]
        message: dict[str, Any] = {"msg_id": instead.get("msg_id", last["msg_id"])}
        if last["text"]:
            message["text"] = last["text"]
        if last["type"] != "text":
            message["attachments"] = [{"type": last["type"], "payload": _payload(last["type"])}]
        await self.hear(
            {
                "app_id": self.app_id,
                "sender": {"id": self.oa_id},
                "recipient": {"id": self.user_id},
                "event_name": f"oa_send_{last['type']}",
                "message": message,
                "timestamp": instead.get("timestamp", str(last["time"])),
            },
            self.user_id,
        )

    async def settle(self, message_id: int, outcome: Literal["sent", "not_sent"]) -> None:
        """A staff member says what became of it."""
        async with self.database.transaction() as connection:
            await service.settle(connection, self.person.actor, message_id, outcome, clock.now())

    async def react(self, message_id: int, icon: str | None) -> None:
        async with self.database.transaction() as connection:
            await reacting.react(connection, self.person.actor, message_id, icon, clock.now())

    async def reconnect(self) -> None:
        """An administrator has given the permission again."""
        later(1)
        await self.give_tokens()
        async with self.database.transaction() as connection:
            await accounts.tokens_work(connection, self.account_id, clock.now())

    async def write(self, words: str, conversation_id: int | None = None) -> int:
        """A staff member answers; the message is queued."""
        [message_id] = await self.say(Said(text=words), conversation_id)
        return message_id

    async def say(self, said: Said, conversation_id: int | None = None) -> list[int]:
        """A staff member sends whatever it is; the messages are queued."""
        where = conversation_id or self.conversation_id
        async with self.database.transaction(self.person.actor) as connection:
            ids, _ = await service.send(connection, self.person.actor, where, uuid4(), said, clock.now())
        return ids

    async def work(self) -> None:
        """The worker does what is due now, to its end."""
        while await self.sender.step():
            await self.sender.drain()

    def phone(self, user_id: str | None = None) -> list[str]:
        """The texts from the OA that the customer's phone shows."""
        shown = self.zalo.read(f"/oas/{self.oa_id}/users/{user_id or self.user_id}/messages")
        return [message["text"] for message in shown if message["src"] == 0]

    def fault(self, kind: str, *, path: str | None = SEND_PATH, **more: Any) -> None:
        """Orders a fault of this OA. Calls by an OA are matched by its id; `path` narrows them."""
        scope = {"oa_id": self.oa_id} | ({"path": path} if path else {})
        self.zalo.order("/faults", kind=kind, scope=scope, **more)

    async def delivery(self, message_id: int) -> tuple[str, str | None]:
        row = await self.row("SELECT state, reason FROM delivery WHERE message_id = :id", id=message_id)
        return row["state"], row["reason"]

    async def health(self) -> tuple[str, str | None]:
        row = await self.row("SELECT health, health_reason FROM channel_account WHERE id = :id", id=self.account_id)
        return row["health"], row["health_reason"]

    async def in_outbox(self) -> list[int]:
        async with self.database.transaction() as connection:
            return list((await connection.execute(text("SELECT message_id FROM outbox ORDER BY 1"))).scalars())

    async def row(self, sql: str, **values: Any) -> dict[str, Any]:
        async with self.database.transaction() as connection:
            return dict((await connection.execute(text(sql), values)).mappings().one())

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            return [dict(row) for row in (await connection.execute(text(sql), values)).mappings()]

    async def value(self, sql: str, **values: Any) -> Any:
        async with self.database.transaction() as connection:
            return (await connection.execute(text(sql), values)).scalar_one()

    async def execute(self, sql: str, **values: Any) -> None:
        async with self.database.transaction() as connection:
            await connection.execute(text(sql), values)


def _payload(kind: str) -> dict[str, str]:
    link = "https://cdn.example/x"
    match kind:
        case "sticker":
            return {"id": "46625", "url": link}
        case "file":
            return {"url": link, "size": "15", "name": "bao-gia.pdf", "checksum": "0", "type": "pdf"}
        case "template":
            return {"zinstant_id": "1", "text": "", "link_url": link, "checksum": "0"}
        case _:
            return {"thumbnail": link, "url": link}


def wait_until(condition: Any, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


def later(seconds: float) -> datetime:
    """Moves this process's clock; the simulated Zalo keeps its own."""
    clock.set_offset((clock.now() - datetime.now(tz=clock.now().tzinfo)).total_seconds() + seconds)
    return clock.now()
