import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from sokhach.sandbox.sender import Sender, SendError
from tests.sandbox.harness import free_port

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@asynccontextmanager
async def server(answer: Callable[[int], bytes], *, close: bool = False) -> AsyncIterator[tuple[str, list[int]]]:
    """Answers each request with raw bytes; gives its address and, per request, the number of its connection."""
    requests: list[int] = []
    connections: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        number = len(connections)
        length = 0
        while await reader.readline():
            while (line := await reader.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            await reader.readexactly(length)
            requests.append(number)
            writer.write(answer(len(requests)))
            if close:
                break
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/hook?x=1", requests
    listening.close()
    for writer in connections:
        writer.close()


class TestPost:
    async def test_keeps_the_connection(self) -> None:
        sender = Sender()
        async with server(lambda _: OK) as (url, requests):
            assert [await sender.post(url, {"A": "b"}, b"body") for _ in range(3)] == [200] * 3
            assert requests == [1, 1, 1]
        sender.close()

    async def test_connects_anew_after_the_server_closed(self) -> None:
        sender = Sender()
        async with server(lambda _: OK, close=True) as (url, requests):
            for _ in range(2):
                assert await sender.post(url, {}, b"") == 200
                await asyncio.sleep(0.01)
            assert requests == [1, 2]
        sender.close()

    async def test_follows_no_redirect(self) -> None:
        sender = Sender()
        found = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        async with server(lambda _: found) as (url, requests):
            assert await sender.post(url, {}, b"") == 302
            assert len(requests) == 1
        sender.close()

    @pytest.mark.parametrize("answer", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"])
    async def test_unreadable_answer(self, answer: bytes) -> None:
        sender = Sender()
        async with server(lambda _: answer, close=True) as (url, _):
            with pytest.raises(SendError):
                await sender.post(url, {}, b"")

    async def test_goes_on_after_a_broken_answer(self) -> None:
        sender = Sender()
        async with server(lambda number: b"garbage\r\n\r\n" if number == 1 else OK) as (url, requests):
            with pytest.raises(SendError):
                await sender.post(url, {}, b"")
            assert await sender.post(url, {}, b"") == 200
            assert requests == [1, 2]
        sender.close()

    @pytest.mark.parametrize("url", ["", "ftp://127.0.0.1/x", "http:///x", "http://127.0.0.1:{port}/"])
    async def test_nobody_there(self, url: str) -> None:
        with pytest.raises(SendError):
            await Sender().post(url.format(port=free_port()), {}, b"")
