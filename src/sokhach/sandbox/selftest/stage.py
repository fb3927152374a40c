"""What the clauses of §2.1 are checked with: a webhook endpoint, and a scene in front of it."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec

from sokhach.sandbox.selftest.shop import OA_SECRET, Shop, new_phone

PATIENCE_SECONDS = 15.0
QUIET_SECONDS = 0.3
"""How long nothing must come before it counts as nothing."""


class Delivery(msgspec.Struct):
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def fields(self) -> dict[str, Any]:
        return msgspec.json.decode(self.body, type=dict[str, Any])

    @property
    def event(self) -> str:
        return str(self.fields["event_name"])


class Receiver:
    """A webhook endpoint. `status` is its answer, `delay` the seconds before it."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.status = 200
        self.delay = 0.0
        self.url = ""
        self._arrived = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
                pairs = (line.partition(":") for line in head if line)
                headers = {name.lower(): value.strip() for name, _, value in pairs}
                body = await reader.readexactly(int(headers["content-length"]))
                self.deliveries.append(Delivery(headers, body, asyncio.get_running_loop().time()))
                self._arrived.set()
                await asyncio.sleep(self.delay)
                writer.write(f"HTTP/1.1 {self.status} -\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()

    async def wait_for(self, count: int) -> list[Delivery]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.deliveries) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.deliveries

    async def stays_at(self, count: int) -> bool:
        await asyncio.sleep(QUIET_SECONDS)
        return len(self.deliveries) == count


class Scene(msgspec.Struct):
    """One app, one account, one customer, one endpoint."""

    shop: Shop
    heard: Receiver
    user: str

    async def says(self, text: str = "Shop ơi") -> str:
        return await self.shop.hears(self.user, text)

    async def deliveries(self) -> list[dict[str, Any]]:
        return (await self.shop.control("GET", f"/webhooks?app_id={self.shop.app_id}"))["items"]

    async def settled(self, attempts: int, state: str) -> bool:
        """Whether the only delivery gets there."""
        for _ in range(int(PATIENCE_SECONDS * 50)):
            (item,) = await self.deliveries()
            if (item["attempts"], item["state"]) == (attempts, state):
                return True
            await asyncio.sleep(0.02)
        return False

    async def switched_on(self) -> bool:
        apps = (await self.shop.control("GET", "/webhooks?limit=1"))["apps"]
        return next(app["enabled"] for app in apps if app["app_id"] == self.shop.app_id)

    async def advance(self, seconds: float) -> None:
        await self.shop.control("POST", "/clock", {"advance_seconds": seconds})

    def good_mac(self, delivery: Delivery) -> str:
        timestamp = str(delivery.fields["timestamp"])
        joined = self.shop.app_id.encode() + delivery.body + timestamp.encode() + OA_SECRET.encode()
        return "mac=" + hashlib.sha256(joined).hexdigest()

    async def forged(self, variant: str) -> str | None:
        """Signature header of an event that was ordered with this signature."""
        payload: dict[str, Any] = {
            "app_id": self.shop.app_id,
            "event_name": "user_send_text",
            "timestamp": "1",
            "message": {},
        }
        await self.shop.of_oa("POST", "/events", payload=payload, signature=variant)
        return (await self.heard.wait_for(1))[-1].headers.get("x-zevent-signature")


@asynccontextmanager
async def scene(http: httpx.AsyncClient) -> AsyncGenerator[Scene]:
    heard = Receiver()
    open_connections: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_connections.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await heard.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    heard.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    shop = await Shop(http).open(heard.url)
    try:
        yield Scene(shop, heard, await shop.customer(wrote=False))
    finally:
        server.close()
        for task in open_connections:
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)


async def send_template(prepared: Scene) -> None:
    """A template message to an ordinary number."""
    await prepared.shop.with_templates()
    await prepared.shop.standing(delivery_ms=20)
    await prepared.shop.sends(new_phone())
