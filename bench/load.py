"""A small HTTP/1.1 load generator: one process, kept-alive connections, requests made beforehand."""

import asyncio
import time
from collections.abc import Sequence

Signed = tuple[bytes, str]
HEAD = (
    "POST /hooks/zalo-oa HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    "x-zevent-signature: {}\r\ncontent-length: {}\r\n\r\n"
)


def closed_loop(port: int, requests: Sequence[Signed], *, connections: int, seconds: float) -> int:
    """Each connection sends its next request as soon as the last is answered. Returns how many were answered 200."""
    return asyncio.run(_closed(port, requests, connections, seconds))


def open_loop(port: int, requests: Sequence[Signed], *, per_second: float, seconds: float) -> list[float]:
    """Sends at a steady rate whatever the answers do; seconds from the moment a request was due to its answer."""
    return asyncio.run(_open(port, requests, per_second, seconds))


async def _closed(port: int, requests: Sequence[Signed], connections: int, seconds: float) -> int:
    queue = iter(requests)
    ends = time.perf_counter() + seconds
    answered = 0

    async def one() -> None:
        nonlocal answered
        line = await Line.open(port)
        while time.perf_counter() < ends and (request := next(queue, None)) is not None:
            await line.post(*request)
            answered += 1
        line.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return answered


async def _open(port: int, requests: Sequence[Signed], per_second: float, seconds: float) -> list[float]:
    free = [await Line.open(port) for _ in range(64)]
    lines = list(free)
    latencies: list[float] = []
    tasks: set[asyncio.Task[None]] = set()
    began = time.perf_counter()

    async def one(due: float, request: Signed) -> None:
        line = free.pop() if free else await Line.open(port)
        if line not in lines:
            lines.append(line)
        await line.post(*request)
        latencies.append(time.perf_counter() - due)
        free.append(line)

    for number, request in enumerate(requests):
        due = began + number / per_second
        if due - began > seconds:
            break
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(one(due, request))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    for line in lines:
        line.close()
    return latencies


class Line:
    """One connection to the gateway."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, body: bytes, signature: str) -> None:
        self._writer.write(HEAD.format(signature, len(body)).encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"refused: {head[:200]!r}")
        length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
        if size := int(length.split(b":")[1]):
            await self._reader.readexactly(size)

    def close(self) -> None:
        self._writer.close()
