"""A lean HTTP/1.1 POST over h11 and asyncio, for webhooks.

httpx costs 1.3 to 4 ms of processor time per request, this 0.25 (measured on the same machine): a load source must
not eat the core on which the receiver is measured.
"""

import asyncio
import ssl
from urllib.parse import urlsplit

import h11


class SendError(Exception):
    """No HTTP answer: refused, reset, unreadable. The text says which."""


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.CLIENT)

    @property
    def usable(self) -> bool:
        return self._http.our_state is h11.IDLE and not self._reader.at_eof() and not self._writer.is_closing()

    async def post(self, target: str, headers: list[tuple[str, str]], body: bytes) -> int:
        """Status of the whole answer."""
        http = self._http
        request = h11.Request(method="POST", target=target, headers=headers)
        parts = [http.send(request), http.send(h11.Data(data=body)), http.send(h11.EndOfMessage())]
        self._writer.write(b"".join(part for part in parts if part))
        status = await self._answer()
        if http.our_state is h11.DONE and http.their_state is h11.DONE:
            http.start_next_cycle()
        return status

    async def _answer(self) -> int:
        status = 0
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                self._http.receive_data(await self._reader.read(65_536))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
                return status

    def close(self) -> None:
        self._writer.close()


class Sender:
    """Keeps idle connections per origin. Follows no redirect, knows no proxy."""

    def __init__(self) -> None:
        self._idle: dict[str, list[Connection]] = {}
        self._tls: ssl.SSLContext | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """HTTP status of the answer; raises `SendError`. The time limit is the caller's."""
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [("Host", parts.netloc), ("Content-Length", str(len(body))), *headers.items()]
        connection: Connection | None = None
        try:
            connection = self._reuse(parts.netloc) or await self._connect(parts.scheme, parts.hostname, parts.port)
            status = await connection.post(target, lines, body)
        except (OSError, ValueError, h11.ProtocolError) as error:
            raise SendError(f"{type(error).__name__}: {error}") from error
        else:
            if connection.usable:
                self._idle.setdefault(parts.netloc, []).append(connection)
                connection = None
            return status
        finally:
            if connection is not None:
                connection.close()

    def close(self) -> None:
        for connection in (connection for idle in self._idle.values() for connection in idle):
            connection.close()
        self._idle.clear()

    def _reuse(self, netloc: str) -> Connection | None:
        idle = self._idle.get(netloc, [])
        while idle:
            connection = idle.pop()
            if connection.usable:
                return connection
            connection.close()
        return None

    async def _connect(self, scheme: str, host: str | None, port: int | None) -> Connection:
        if scheme not in ("http", "https") or host is None:
            raise ValueError("not an http(s) address")
        if scheme == "http":
            return Connection(*await asyncio.open_connection(host, port or 80))
        self._tls = self._tls or ssl.create_default_context()
        return Connection(*await asyncio.open_connection(host, port or 443, ssl=self._tls))
