"""A browser's line to the realtime route, written by hand: what it is told, and no more."""

import asyncio
import base64
import json
import os
import struct
from collections.abc import AsyncGenerator
from typing import Any


async def words(port: int, session: str, cursor: int | None = None) -> AsyncGenerator[dict[str, Any]]:
    """Each word of the server, from its hello on. Pings are left unanswered. Raises `ConnectionError` when the server
    refuses or closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        query = "" if cursor is None else f"?cursor={cursor}"
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET /api/realtime{query} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nupgrade: websocket\r\n"
            f"connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: {key}\r\n"
            f"cookie: sokhach_session={session}\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.split(b"\r\n")[0].decode())
        while True:
            yield json.loads(await _read_frame(reader))
    finally:
        writer.close()


async def _read_frame(reader: asyncio.StreamReader) -> bytes:
    """One text frame from a server (unmasked, unbroken)."""
    while True:
        first, second = await reader.readexactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", await reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await reader.readexactly(8))
        payload = await reader.readexactly(size)
        if first & 0x0F == 8:
            raise ConnectionError(f"closed: {payload!r}")
        if first & 0x0F == 1:
            return payload
