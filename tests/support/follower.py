"""A browser's side of the realtime route: follows, loses its line, comes back by its cursor."""

import asyncio
import base64
import contextlib
import json
import os
import struct
from typing import Any

CONTINUES = 0x80


class Follower:
    """`heard` are the ids of all messages that it was told of; `resets` how often it had to read everything anew;
    `resumed` how often it came back."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._cookie = cookie
        self.cursor: int | None = None
        self.heard: set[int] = set()
        self.resets = 0
        self.resumed = 0

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ConnectionError):
                await self._follow()
            self.resumed += 1
            await asyncio.sleep(0.3)

    async def _follow(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            query = "" if self.cursor is None else f"?cursor={self.cursor}"
            key = base64.b64encode(os.urandom(16)).decode()
            writer.write(
                f"GET /api/realtime{query} HTTP/1.1\r\nhost: 127.0.0.1:{self._port}\r\nupgrade: websocket\r\n"
                f"connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: {key}\r\n"
                f"cookie: sokhach_session={self._cookie}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 101 " not in head.split(b"\r\n")[0]:
                raise ConnectionError(head.split(b"\r\n")[0].decode())
            while (word := await _read_frame(reader)) is not None:
                self._take(json.loads(word))
        finally:
            writer.close()

    def _take(self, word: dict[str, Any]) -> None:
        if word["type"] == "hello":
            self.resets += bool(word["reset"] and self.cursor is not None)
            self.cursor = word["cursor"] if self.cursor is None or word["reset"] else self.cursor
        elif word["type"] == "events":
            for event in word["events"]:
                self.heard.update(event.get("message_ids") or [])
            self.cursor = word["cursor"]


async def _read_frame(reader: asyncio.StreamReader) -> bytes | None:
    """One text frame from a server (unmasked, unbroken); None when the server closes. Pings are left unanswered."""
    while True:
        first, second = await reader.readexactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", await reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await reader.readexactly(8))
        payload = await reader.readexactly(size)
        match first & 0x0F:
            case 1:
                return payload
            case 8:
                return None
            case _:
                continue
