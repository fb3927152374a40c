"""The real sidecar, driven over its stdio, and the simulated Zalo Web it talks to."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
import msgspec

from sokhach.channels.zalo_personal import protocol
from sokhach.channels.zalo_personal.host.running import command_of
from sokhach.channels.zalo_personal.protocol import (
    AnyEvent,
    Credentials,
    ItemEvent,
    LoginQr,
    QrEvent,
    Reply,
    ReplyError,
    Request,
    Start,
    StateEvent,
)
from sokhach.core.config import Settings

USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
E = TypeVar("E", bound=AnyEvent)
T = TypeVar("T")


class Refused(Exception):
    def __init__(self, error: ReplyError) -> None:
        super().__init__(str(error))
        self.error = error


class Driver:
    """`events` is all that it has said so far; `said` what it wrote on standard error."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.events: list[AnyEvent] = []
        self.lines: list[bytes] = []
        self.said = b""
        self._changed = asyncio.Event()
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self._next = 0
        self._reading = asyncio.Event()
        self._reading.set()
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._read_errors())]

    def hold(self) -> None:
        """Reads nothing more, as a host that is busy."""
        self._reading.clear()

    def go_on(self) -> None:
        self._reading.set()

    async def ask(self, request: Request, answer: type[T] = object, seconds: float = 20) -> T:
        """Raises `Refused`."""
        self._next += 1
        request.id = self._next
        future = self._waiting[request.id] = asyncio.get_running_loop().create_future()
        self.write(protocol.encode(request))
        async with asyncio.timeout(seconds):
            reply = await future
        if not reply.ok:
            assert reply.error is not None
            raise Refused(reply.error)
        return msgspec.json.decode(reply.data, type=answer)

    def write(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)

    def of(self, kind: type[E], account: int | None = None) -> list[E]:
        return [
            event
            for event in self.events
            if isinstance(event, kind) and (account is None or getattr(event, "account", None) == account)
        ]

    def items(self, account: int, name: str | None = "") -> list[Any]:
        """What the items of the account say, in order, those under the name if one is given."""
        return [
            msgspec.json.decode(event.item) for event in self.of(ItemEvent, account) if name == "" or event.list == name
        ]

    async def wait(self, ready: Callable[[], T], seconds: float = 10) -> T:
        """Until it is true."""
        async with asyncio.timeout(seconds):
            while not (found := ready()):
                self._changed.clear()
                await self._changed.wait()
        return found

    async def state(self, account: int, state: str, seconds: float = 10) -> StateEvent:
        """The newest word on the account, once it is that state."""

        def newest() -> StateEvent | None:
            states = self.of(StateEvent, account)
            return states[-1] if states and states[-1].state == state else None

        found = await self.wait(newest, seconds)
        assert found is not None
        return found

    async def end(self) -> int:
        """Closes its standard input; gives its exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.go_on()
        async with asyncio.timeout(10):
            status = await self.process.wait()
            await asyncio.gather(*self._tasks)
        return status

    async def _read(self) -> None:
        stdout = self.process.stdout
        assert stdout is not None
        while line := await stdout.readline():
            await self._reading.wait()
            self.lines.append(line)
            told = protocol.decode(line)
            if isinstance(told, Reply):
                if (future := self._waiting.pop(told.re, None)) is not None:
                    future.set_result(told)
            else:
                self.events.append(told)
            self._changed.set()

    async def _read_errors(self) -> None:
        assert self.process.stderr is not None
        while chunk := await self.process.stderr.read(4096):
            self.said += chunk


@asynccontextmanager
async def sidecar(url: str, environment: Mapping[str, str] | None = None) -> AsyncIterator[Driver]:
    process = await asyncio.create_subprocess_exec(
        *command_of(Settings()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "ZALO_WEB_URL": url, **(environment or {})},
        limit=64 * 1024 * 1024,
    )
    driver = Driver(process)
    try:
        yield driver
        if process.returncode is None:
            assert await driver.end() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Web:
    """The platform's side: its control API. Everybody here is made for one test."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self._logins = 0

    async def order(self, method: str, where: str, /, **body: Any) -> Any:
        answer = await self.http.request(method, f"/control/web/{where}", json=body if method == "POST" else None)
        assert answer.is_success, f"{where}: {answer.status_code} {answer.text}"
        return answer.json()

    async def user(self, name: str, phone: str | None = None) -> str:
        user = await self.order("POST", "users", name=name, phone=phone)
        return user["uid"]

    async def friends(self, a: str, b: str) -> None:
        await self.order("POST", "friendships", a=a, b=b)

    async def say(self, from_uid: str, to: str, text: str | None = None, **more: Any) -> str:
        order = {"from_uid": from_uid, "to": to, "text": text, **more}
        return (await self.order("POST", "messages", **order))["msg_id"]

    async def fault(self, kind: str, /, **more: Any) -> int:
        return (await self.order("POST", "faults", kind=kind, **more))["id"]

    async def drop(self, uid: str, code: int) -> None:
        await self.order("POST", f"sessions/{uid}/drop", code=code)

    async def state(self, uid: str) -> dict[str, Any]:
        answer = await self.http.get("/control/web/state", params={"uid": uid})
        return answer.json()

    async def sign_in(self, driver: Driver, uid: str) -> Credentials:
        """By QR, scanned and confirmed on the phone."""
        self._logins += 1
        login = self._logins
        await driver.ask(LoginQr(login=login, user_agent=USER_AGENT))
        await qr(driver, login, "code")
        await self.order("POST", "qr/scan", uid=uid)
        await qr(driver, login, "scanned")
        await self.order("POST", "qr/confirm")
        done = await qr(driver, login, "done")
        assert done.credentials is not None
        assert done.uid == uid
        return done.credentials

    async def connect(self, driver: Driver, uid: str, account: int) -> Credentials:
        credentials = await self.sign_in(driver, uid)
        await driver.ask(Start(account=account, credentials=credentials))
        await driver.state(account, "online")
        return credentials


async def qr(driver: Driver, login: int, step: str) -> QrEvent:
    steps = await driver.wait(
        lambda: [event for event in driver.of(QrEvent) if event.login == login and event.step in (step, "failed")]
    )
    assert steps[-1].step == step, steps[-1].error
    return steps[-1]
