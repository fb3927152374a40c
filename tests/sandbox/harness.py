"""The sandbox as a process of its own, a receiver of its webhooks, and a shop that uses both."""

import asyncio
import contextlib
import hashlib
import json
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SandboxProcess:
    def __init__(self, folder: Path | None, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        data = [] if folder is None else ["--data", str(folder)]
        command = [sys.executable, "-m", "sokhach.sandbox", "--port", str(self.port), *data]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.first_line = self.process.stdout.readline().strip()
        if not self.first_line:
            raise RuntimeError(self.process.communicate()[1])

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Exit code, and what was written to stderr."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=10)
        return self.process.returncode, errors


@dataclass
class Delivery:
    headers: dict[str, str]
    body: bytes

    @property
    def payload(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def event(self) -> str:
        return self.payload["event_name"]


@dataclass
class Receiver:
    """A webhook endpoint that keeps everything it was sent, raw. `answer` chooses the status; None never answers."""

    port: int = 0
    answer: Callable[[Delivery], int | None] = lambda _: 200
    deliveries: list[Delivery] = field(default_factory=list[Delivery])
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def of(self, *events: str) -> list[Delivery]:
        return [delivery for delivery in self.deliveries if delivery.event in events]

    async def wait_for(self, count: int, *events: str, seconds: float = 5) -> list[Delivery]:
        """At least `count` deliveries, of the given events if any are given."""
        async with asyncio.timeout(seconds):
            while len(found := self.of(*events) if events else self.deliveries) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return list(found)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                delivery = await self._read(reader)
                self.deliveries.append(delivery)
                self._arrived.set()
                status = self.answer(delivery)
                if status is None:
                    await asyncio.sleep(30)
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Delivery:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        return Delivery(headers, await reader.readexactly(int(headers["content-length"])))


def client(url: str) -> httpx.AsyncClient:
    """Without certificates, whose loading would take longer than most of these tests."""
    return httpx.AsyncClient(base_url=url, trust_env=False, verify=False, timeout=10)


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    heard = Receiver()
    connections: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await heard.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    heard.port = server.sockets[0].getsockname()[1]
    yield heard
    server.close()
    for task in connections:
        task.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


class Shop:
    """An app with one official account at the sandbox, and a token for it."""

    def __init__(self, http: httpx.AsyncClient, webhook_url: str | None) -> None:
        self.http = http
        self.webhook_url = webhook_url
        self.app_id = str(10**18 + secrets.randbelow(10**18))
        self.oa_id = str(10**18 + secrets.randbelow(10**18))
        self.app_secret = "app-secret"
        self.oa_secret = "oa-secret"
        self.token = ""
        self.refresh_token = ""

    async def open(self, **app: Any) -> None:
        await self.order(
            "/apps", app_id=self.app_id, app_secret=self.app_secret, oa_secret=self.oa_secret,
            webhook_url=self.webhook_url, **app,
        )  # fmt: skip
        await self.order("/oas", oa_id=self.oa_id, app_id=self.app_id, name="Chăn Ga Mộc An")
        await self.new_token()

    async def new_token(self) -> None:
        pair = await self.order(f"/oas/{self.oa_id}/token")
        self.token, self.refresh_token = pair["access_token"], pair["refresh_token"]

    async def order(self, path: str, **body: Any) -> Any:
        answer = await self.http.post(f"/control{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def fault(self, kind: str, **parameters: Any) -> int:
        scope = {"oa_id": self.oa_id} | parameters.pop("scope", {})
        return (await self.order("/faults", kind=kind, scope=scope, **parameters))["id"]

    async def read(self, path: str, **query: Any) -> Any:
        answer = await self.http.get(f"/control{path}", params=query)
        assert answer.is_success, answer.text
        return answer.json()

    async def customer(self, name: str = "Nguyễn Thị Lan", *, wrote: bool = True) -> str:
        user_id = (await self.order(f"/oas/{self.oa_id}/users", name=name))["user_id"]
        if wrote:
            await self.hears(user_id, "Shop ơi")
        return user_id

    async def hears(self, user_id: str, text: str | None = None, **message: Any) -> str:
        body = {"type": "text", "text": text} | message
        return (await self.order(f"/oas/{self.oa_id}/users/{user_id}/messages", **body))["msg_id"]

    async def does(self, user_id: str, deed: str) -> Any:
        return await self.order(f"/oas/{self.oa_id}/users/{user_id}/{deed}")

    async def change(self, user_id: str, **change: Any) -> Any:
        answer = await self.http.patch(f"/control/oas/{self.oa_id}/users/{user_id}", json=change)
        assert answer.is_success, answer.text
        return answer.json()

    async def phone(self, user_id: str) -> list[dict[str, Any]]:
        return await self.read(f"/oas/{self.oa_id}/users/{user_id}/messages")

    async def advance(self, seconds: float) -> None:
        await self.order("/clock", advance_seconds=seconds)

    async def raw_send(self, body: Any, **headers: str) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"access_token": self.token, "content-type": "application/json"} | headers
        return await self.http.post("/v3.0/oa/message/cs", content=content, headers=given)

    async def send(self, user_id: str, text: str = "Dạ shop nghe", **message: Any) -> dict[str, Any]:
        answer = await self.raw_send({"recipient": {"user_id": user_id}, "message": {"text": text} | message})
        assert answer.status_code == 200
        return answer.json()

    async def call(self, path: str, body: Any, **headers: str) -> dict[str, Any]:
        """A POST to the OpenAPI."""
        answer = await self.http.post(path, json=body, headers={"access_token": self.token} | headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def upload(self, kind: str, name: str, content: bytes) -> dict[str, Any]:
        headers = {"access_token": self.token}
        answer = await self.http.post(f"/v2.0/oa/upload/{kind}", files={"file": (name, content)}, headers=headers)
        assert answer.status_code == 200
        return answer.json()

    async def form(self, user_id: str, payload: Any, type: str = "template", **message: Any) -> dict[str, Any]:
        """A message with an attachment."""
        attachment = {"type": type, "payload": payload}
        body = {"recipient": {"user_id": user_id}, "message": {"attachment": attachment} | message}
        return (await self.raw_send(body)).json()

    async def alter(self, **change: Any) -> Any:
        """Change the official account."""
        answer = await self.http.patch(f"/control/oas/{self.oa_id}", json=change)
        assert answer.is_success, answer.text
        return answer.json()

    async def get(self, path: str, **data: Any) -> dict[str, Any]:
        query = {"data": json.dumps(data)}
        answer = await self.http.get(path, params=query, headers={"access_token": self.token})
        assert answer.status_code == 200
        return answer.json()

    async def oauth(self, *, secret: str | None = None, **form: str) -> dict[str, Any]:
        headers = {"secret_key": self.app_secret if secret is None else secret}
        answer = await self.http.post("/v4/oa/access_token", data={"app_id": self.app_id} | form, headers=headers)
        assert answer.status_code == 200
        return answer.json()

    async def refresh(self, refresh_token: str) -> dict[str, Any]:
        return await self.oauth(refresh_token=refresh_token, grant_type="refresh_token")

    def expected_signature(self, delivery: Delivery) -> str:
        joined = self.app_id.encode() + delivery.body + (delivery.payload["timestamp"] + self.oa_secret).encode()
        return "mac=" + hashlib.sha256(joined).hexdigest()
