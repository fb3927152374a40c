"""A WebSocket client of the self-test's own (RFC 6455), and Zalo Web's frames on it (reference §4.4)."""

import asyncio
import base64
import contextlib
import json
import os
import struct
import zlib
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
ABNORMAL = 1006
REFUSED = -1
"""In place of a close code: the socket never opened."""

PATIENCE_SECONDS = 10.0


class Heard(msgspec.Struct):
    """`data`: the opened content; None when it cannot be opened. `mode`: how it was encrypted."""

    cmd: int
    sub: int
    mode: int | None
    data: dict[str, Any] | None


class Line:
    """`close_code` once the other side is gone, else None."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.frames: list[Heard] = []
        self.pongs = 0
        self.close_code: int | None = None
        self._key = b""
        self._changed = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, url: str, headers: dict[str, str]) -> Self:
        """A refused one is closed with `REFUSED` at once."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        line = cls(reader, writer)
        fields = {
            "Host": parts.netloc, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        }  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in (fields | headers).items())
        writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\n{lines}\r\n".encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            head = b""
        if b" 101 " not in head.split(b"\r\n")[0]:
            line.close_code = REFUSED
            writer.close()
            return line
        line._listener = asyncio.create_task(line._listen())
        return line

    async def close(self) -> None:
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
        with contextlib.suppress(Exception):
            self._writer.close()

    # Speaking

    def send(self, cmd: int, sub: int, body: dict[str, Any]) -> None:
        self._write(BINARY, struct.pack("<BHB", 1, cmd, sub) + json.dumps(body).encode())

    def send_raw(self, content: bytes) -> None:
        self._write(BINARY, content)

    def ping(self) -> None:
        self._write(PING, b"?")

    def _write(self, kind: int, content: bytes) -> None:
        mask = os.urandom(4)
        length = len(content)
        size = bytes([0x80 | length]) if length < 126 else bytes([0x80 | 126]) + struct.pack(">H", length)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))
        self._writer.write(bytes([0x80 | kind]) + size + mask + masked)

    # Hearing

    async def wait(self, cmd: int, count: int = 1, seconds: float = PATIENCE_SECONDS) -> list[Heard]:
        """The frames of a command so far, at least so many."""
        await self._until(lambda: len(self.of(cmd)) >= count, seconds)
        return self.of(cmd)

    async def items(self, cmd: int, listing: str, count: int = 1, seconds: float = PATIENCE_SECONDS) -> list[Any]:
        await self._until(lambda: len(self._items(cmd, listing)) >= count, seconds)
        return self._items(cmd, listing)

    async def closed(self, seconds: float = PATIENCE_SECONDS) -> int:
        await self._until(lambda: self.close_code is not None, seconds)
        assert self.close_code is not None
        return self.close_code

    def of(self, cmd: int) -> list[Heard]:
        return [heard for heard in self.frames if heard.cmd == cmd]

    def _items(self, cmd: int, listing: str) -> list[Any]:
        return [item for heard in self.of(cmd) if heard.data is not None for item in heard.data.get(listing, [])]

    async def _until(self, done: Any, seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while not done():
                self._changed.clear()
                await self._changed.wait()

    async def _listen(self) -> None:
        code = ABNORMAL
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind, content = await self._frame()
                if kind == CLOSE:
                    code = struct.unpack(">H", content[:2])[0] if len(content) >= 2 else 1005
                    break
                if kind == PONG:
                    self.pongs += 1
                elif kind == PING:
                    self._write(PONG, content)
                elif kind == BINARY:
                    self.frames.append(self._heard(content))
                self._changed.set()
        self.close_code = code
        self._changed.set()
        self._writer.close()

    async def _frame(self) -> tuple[int, bytes]:
        first, second = await self._reader.readexactly(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack(">H", await self._reader.readexactly(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", await self._reader.readexactly(8))[0]
        return first & 0x0F, await self._reader.readexactly(length)

    def _heard(self, raw: bytes) -> Heard:
        version, cmd, sub = struct.unpack("<BHB", raw[:4])
        assert version == 1
        body = json.loads(raw[4:])
        if (cmd, sub) == (1, 1):
            self._key = base64.b64decode(body["key"])
            return Heard(cmd, sub, None, body)
        if "encrypt" not in body:
            return Heard(cmd, sub, None, body)
        opened = open_event(self._key, body["encrypt"], body["data"])
        return Heard(cmd, sub, body["encrypt"], None if opened is None else opened["data"])


def open_event(key: bytes, mode: int, data: str) -> dict[str, Any] | None:
    """Reference §4.4; None when the key does not fit."""
    if mode == 0:
        return json.loads(data)
    body = base64.b64decode(data if mode == 1 else unquote(data))
    if mode in (2, 3):
        try:
            body = AESGCM(key).decrypt(body[:16], body[32:], body[16:32])
        except InvalidTag:
            return None
    return json.loads(body if mode == 3 else zlib.decompress(body))
