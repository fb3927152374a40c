"""The other end of `fake_sidecar`: a Zalo that a test holds in its hands, and a worker's host that talks to it."""

import asyncio
import contextlib
import itertools
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.host.capture import Journal
from sokhach.channels.zalo_personal.host.rules import Pace
from sokhach.channels.zalo_personal.host.running import Personal
from sokhach.channels.zalo_personal.protocol import Credentials
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.core.loops import run_all
from sokhach.core.tasks import end, run_together
from sokhach.intake.gateway import lane_of
from sokhach.worker import append

PROGRAM = Path(__file__).with_name("fake_sidecar.py")
QUICK = Pace(0.05, 0.05, 0.5)
Answer = Callable[[dict[str, Any]], Any]


class Failed(Exception):
    def __init__(self, kind: str, code: int | None = None, phase: str | None = None, message: str = "") -> None:
        super().__init__(kind)
        self.error = {"kind": kind, "code": code, "phase": phase, "message": message}


class Process:
    """A sidecar's process."""

    def __init__(self, zalo: "FakeZalo", pid: int, writer: asyncio.StreamWriter) -> None:
        self.zalo = zalo
        self.pid = pid
        self.accounts: dict[int, str] = {}
        """The connection of each."""
        self._writer = writer

    def write(self, line: dict[str, Any]) -> None:
        self._writer.write(json.dumps(line).encode() + b"\n")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


class FakeZalo:
    """`uids`: who an account is; `answers` of operations; `asked`: all requests so far."""

    def __init__(self) -> None:
        self.uids: dict[int, str] = {}
        self.asked: list[dict[str, Any]] = []
        self.processes: list[Process] = []
        self.answers: dict[str, Answer] = {}
        self.begun = 0
        self._conns = itertools.count(1)
        self._items = itertools.count(1)

    @asynccontextmanager
    async def listening(self, path: Path) -> AsyncIterator[None]:
        server = await asyncio.start_unix_server(self._serve, path)
        yield
        server.close()

    def process_of(self, account: int) -> Process:
        return next(one for one in self.processes if account in one.accounts)

    def item(self, account: int, item: dict[str, Any], *, cmd: int = 501, list: str | None = "msgs") -> None:
        process = self.process_of(account)
        process.write(
            {
                "ev": "item",
                "account": account,
                "conn": process.accounts[account],
                "n": next(self._items),
                "cmd": cmd,
                "sub": 0,
                "list": list,
                "own": self.uids[account],
                "at": round(clock.now().timestamp() * 1000),
                "item": item,
            }
        )

    def say(self, account: int, text: str, by: str = "2000000000000000002") -> None:
        number = next(self._items)
        item = {
            "msgId": f"70000000{number:05}",
            "cliMsgId": f"17000000{number:05}",
            "uidFrom": by,
            "idTo": "0",
            "dName": "Lan",
            "ts": str(round(clock.now().timestamp() * 1000)),
            "msgType": "webchat",
            "content": text,
        }
        self.item(account, item)

    def frame(self, account: int, why: str = "undecryptable", cmd: int = 501) -> None:
        process = self.process_of(account)
        event = {"ev": "frame", "account": account, "conn": process.accounts[account], "n": next(self._items)}
        process.write({**event, "cmd": cmd, "sub": 0, "why": why, "at": 1, "frame": "AAECAw=="})

    def close(self, account: int, code: int, reason: str = "", heard_at: int | None = None) -> None:
        process = self.process_of(account)
        conn = process.accounts.pop(account)
        process.write({"ev": "state", "account": account, "conn": conn, "state": "closed", "code": code,
                       "reason": reason, "heard_at": heard_at})  # fmt: skip

    def qr(self, login: int, step: str, **more: Any) -> None:
        self.processes[-1].write({"ev": "qr", "login": login, "step": step, **more})

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        process = Process(self, json.loads(await reader.readline())["pid"], writer)
        self.processes.append(process)
        try:
            while line := await reader.readline():
                self._answer(process, json.loads(line))
        except ConnectionError:
            pass
        finally:
            self.processes.remove(process)
            with contextlib.suppress(ConnectionError):
                writer.close()

    def _answer(self, process: Process, request: dict[str, Any]) -> None:
        self.asked.append(request)
        op = request["op"]
        after: list[dict[str, Any]] = []
        try:
            if op in self.answers:
                data = self.answers[op](request)
                if data is NotImplemented:
                    return
            else:
                data = self._usual(process, request, after)
        except Failed as failed:
            process.write({"re": request["id"], "ok": False, "error": failed.error})
            return
        if op == "start" and not after:
            self._go_online(process, request["account"], after)
        process.write({"re": request["id"], "ok": True, "data": data})
        for event in after:
            process.write(event)

    def _usual(self, process: Process, request: dict[str, Any], after: list[dict[str, Any]]) -> Any:
        match request["op"]:
            case "hello":
                return {"version": 1, "zca_js": "2.2.0", "pid": process.pid}
            case "start":
                self._go_online(process, request["account"], after)
                return {"uid": self.uids[request["account"]], "name": "Minh", "phone": "84900000001"}
            case "stop":
                conn = process.accounts.pop(request["account"], None)
                if conn is not None:
                    state = {"ev": "state", "account": request["account"], "conn": conn, "state": "closed"}
                    after.append({**state, "code": 1000, "reason": "stopped"})
                return None
            case "send":
                return {"msg_id": "7700000000001", "cli_msg_id": "1"}
            case _:
                return None

    def _go_online(self, process: Process, account: int, after: list[dict[str, Any]]) -> None:
        self.begun += 1
        conn = f"c{next(self._conns)}"
        process.accounts[account] = conn
        state = {"ev": "state", "account": account, "conn": conn}
        after += [{**state, "state": "connecting"}, {**state, "state": "online"}]


COOKIES = Credentials(imei="imei-1", cookie=[{"key": "zpsid", "value": "secret"}], user_agent="Test/1", language="vi")


class Bench:
    """A database with accounts, a Zalo, and hosts."""

    def __init__(self, database: Database, settings: Settings, zalo: FakeZalo) -> None:
        self.database = database
        self.settings = settings
        self.zalo = zalo

    async def account(self, holder_id: int, uid: str = "1000000000000000001", *, sim: str = "company") -> int:
        sealed = Sealing(Vault(self.settings.keys)).seal(COOKIES)
        values = {"uid": uid, "holder": holder_id, "now": clock.now(), "sealed": sealed, "sim": sim}
        async with self.database.transaction() as connection:
            account_id: int = (await connection.execute(_ACCOUNT, values)).scalar_one()
            await connection.execute(_PERSONAL, {**values, "id": account_id})
        self.zalo.uids[account_id] = uid
        return account_id

    def host(self, journal: Journal = append, **more: Any) -> Personal:
        command = [sys.executable, "-u", str(PROGRAM)]
        return Personal(self.database, self.settings, journal, lane_of, command=command, pace=QUICK, **more)

    @asynccontextmanager
    async def running(self, host: Personal) -> AsyncIterator[Personal]:
        """The host at work; it ends politely."""
        for loop in host.loops:  # a test waits for no rest
            loop._every_seconds = 0.05  # pyright: ignore[reportPrivateUsage]
        task = asyncio.create_task(run_together(host.run(), run_all(host.loops)))
        try:
            yield host
        finally:
            await end([task])
            await host.close()

    async def row(self, account_id: int) -> dict[str, Any]:
        sql = (
            "SELECT p.*, a.health, a.health_reason, a.name FROM personal_account p"
            " JOIN channel_account a ON a.id = p.account_id WHERE p.account_id = :id"
        )
        [found] = await self.rows(sql, id=account_id)
        return found

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            return [dict(row) for row in (await connection.execute(text(sql), values)).mappings()]

    async def run(self, sql: str, **values: Any) -> None:
        async with self.database.transaction() as connection:
            await connection.execute(text(sql), values)

    async def until(self, account_id: int, state: str) -> dict[str, Any]:
        async with asyncio.timeout(20):
            while (row := await self.row(account_id))["state"] != state:
                await asyncio.sleep(0.02)
        return row

    async def journalled(self, account_id: int) -> list[dict[str, Any]]:
        rows = await self.rows("SELECT payload FROM journal WHERE account_id = :id ORDER BY id", id=account_id)
        return [json.loads(row["payload"]) for row in rows]

    async def words(self, account_id: int) -> list[str]:
        return [one["item"]["content"] for one in await self.journalled(account_id) if "item" in one]


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


_ACCOUNT = text(
    "INSERT INTO channel_account (channel, external_id, name, credentials, health, health_since, created_at, holder_id,"
    " pool) VALUES ('zalo_personal', :uid, 'Minh', '', 'unknown', :now, :now, :holder, 'nobody') RETURNING id"
)
_PERSONAL = text(
    "INSERT INTO personal_account (account_id, sim, credentials, credentials_at, revision, state, state_since, wanted,"
    " warm_from, next_attempt_at, attempts)"
    " VALUES (:id, :sim, :sealed, :now, 1, 'connecting', :now, true, :now, :now, 0)"
)
