"""A small HTTP/1.1 load generator: one process, kept-alive connections, requests made beforehand. It shares the machine
with what it measures, so it does no more for an answer than to see that it is 200 and ended."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

import uvloop

Signed = tuple[bytes, str]
HEAD = (
    "POST /hooks/zalo-oa HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    "x-zevent-signature: {}\r\ncontent-length: {}\r\n\r\n"
)


def closed_loop(port: int, requests: Sequence[Signed], *, connections: int, seconds: float) -> int:
    """Each connection sends its next request as soon as the last is answered. Returns how many were answered 200."""
    return uvloop.run(_closed(port, [_written(*one) for one in requests], connections, seconds))


def open_loop(port: int, requests: Sequence[Signed], *, per_second: float, seconds: float) -> list[float]:
    """Sends at a steady rate whatever the answers do; seconds from the moment a request was due to its answer."""
    wanted = requests[: int(per_second * seconds) + 1]
    return uvloop.run(_open(port, [_written(*one) for one in wanted], per_second))


def _written(body: bytes, signature: str) -> bytes:
    return HEAD.format(signature, len(body)).encode() + body


async def _closed(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> int:
    queue = iter(requests)
    ends = time.perf_counter() + seconds
    answered = 0

    async def one() -> None:
        nonlocal answered
        line = await Line.open(port)
        while time.perf_counter() < ends and (request := next(queue, None)) is not None:
            await line.send(request)
            answered += 1
        line.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return answered


async def _open(port: int, requests: Sequence[bytes], per_second: float) -> list[float]:
    lines = [await Line.open(port) for _ in range(64)]
    free = list(lines)
    latencies: list[float] = []
    asked: list[asyncio.Future[None]] = []

    def answered(due: float, line: Line, _: object) -> None:
        latencies.append(time.perf_counter() - due)
        free.append(line)

    began = time.perf_counter()
    for number, request in enumerate(requests):
        due = began + number / per_second
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        if not free:
            lines.append(line := await Line.open(port))
            free.append(line)
        line = free.pop()
        asked.append(line.send(request))
        asked[-1].add_done_callback(partial(answered, due, line))
    await asyncio.gather(*asked)
    for line in lines:
        line.close()
    return latencies


class Line(asyncio.Protocol):
    """One connection to the gateway, for one request at a time. Its answers have no body when they are good."""

    _transport: asyncio.Transport
    _answer: asyncio.Future[None]

    def __init__(self) -> None:
        self._received = b""

    @classmethod
    async def open(cls, port: int) -> "Line":
        _, line = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return line

    def post(self, body: bytes, signature: str) -> asyncio.Future[None]:
        return self.send(_written(body, signature))

    def send(self, request: bytes) -> asyncio.Future[None]:
        """Done once it is answered 200. Raises `RuntimeError` for another answer, `ConnectionError` for none."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # pyright: ignore[reportAttributeAccessIssue]

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._received.endswith(b"\r\n\r\n") and self._received.startswith(b"HTTP/1.1 200"):
            self._answer.set_result(None)
        elif b"\r\n\r\n" in self._received:
            self._answer.set_exception(RuntimeError(f"refused: {self._received[:200]!r}"))
        else:
            return
        self._received = b""

    def connection_lost(self, exc: Exception | None) -> None:
        if "_answer" in self.__dict__ and not self._answer.done():
            self._answer.set_exception(ConnectionError("closed"))

    def close(self) -> None:
        self._transport.close()
