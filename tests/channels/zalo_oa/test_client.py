"""Every way in which a call can end, and on which side of the doubt it falls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from sokhach.channels.zalo_oa import client as module
from sokhach.channels.zalo_oa.client import (
    NoAnswerError,
    NotReachedError,
    RateLimitedError,
    RefusedError,
    ZaloClient,
)
from sokhach.core.outgoing import guarded_client
from tests.support.zalo import free_port

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def zalo_that(handler: Handler, *, read_seconds: float = 2) -> AsyncIterator[ZaloClient]:
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = ZaloClient(url, guarded_client([url], timeout=httpx.Timeout(2, read=read_seconds)))
    try:
        yield client
    finally:
        await client.close()
        server.close()


def answers(body: bytes, *, status: str = "200 OK", headers: str = "") -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n{headers}\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    return handler


async def call(client: ZaloClient) -> module.Answer:
    return await client.post("app", "/v3.0/oa/message/cs", "token", {"message": {"text": "Dạ"}})


class TestAnswer:
    async def test_data_of_a_success(self) -> None:
        async with zalo_that(answers(b'{"data":{"message_id":"1"},"error":0,"message":"Success"}')) as client:
            assert bytes((await call(client)).data) == b'{"message_id":"1"}'

    async def test_error_as_a_string(self) -> None:
        async with zalo_that(answers(b'{"error":"-216","message":"Access token is invalid"}')) as client:
            with pytest.raises(RefusedError) as refused:
                await call(client)
        assert refused.value.code == -216

    @pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "401 Unauthorized"])
    async def test_an_error_code_is_a_refusal_whatever_the_status(self, status: str) -> None:
        async with zalo_that(answers(b'{"error":-230,"message":"no"}', status=status)) as client:
            with pytest.raises(RefusedError):
                await call(client)

    @pytest.mark.parametrize(
        ("status", "body"),
        [
            ("500 Internal Server Error", b'{"error":-200,"message":"no"}'),
            ("502 Bad Gateway", b"<html>"),
            ("503 Service Unavailable", b""),
            ("200 OK", b"<html><body>maintenance</body></html>"),
            ("200 OK", b""),
            ("200 OK", b"{"),
            ("200 OK", b"[]"),
            ("200 OK", b'{"data":{}}'),
            ("200 OK", b'{"error":null}'),
            ("200 OK", b"\xff\xfe"),
            ("302 Found", b""),
            ("404 Not Found", b"<html>"),
        ],
    )
    async def test_what_cannot_be_read_is_no_answer(self, status: str, body: bytes) -> None:
        async with zalo_that(answers(body, status=status)) as client:
            with pytest.raises(NoAnswerError):
                await call(client)

    async def test_an_endless_answer_is_cut_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "BODY_BYTES", 1000)
        async with zalo_that(answers(b'{"error":0,"data":"' + b"x" * 2000 + b'"}')) as client:
            with pytest.raises(NoAnswerError):
                await call(client)


class TestConnection:
    async def test_refused_means_not_reached(self) -> None:
        url = f"http://127.0.0.1:{free_port()}"
        client = ZaloClient(url)
        with pytest.raises(NotReachedError):
            await call(client)
        await client.close()

    async def test_unknown_host_means_not_reached(self) -> None:
        client = ZaloClient("https://no-such-name.invalid")
        with pytest.raises(NotReachedError):
            await call(client)
        await client.close()

    async def test_inner_address_means_not_reached(self) -> None:
        client = ZaloClient("http://127.0.0.1:1", guarded_client(timeout=httpx.Timeout(1)))
        with pytest.raises(NotReachedError):
            await call(client)
        await client.close()

    async def test_closed_without_a_word_is_no_answer(self) -> None:
        async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.close()

        async with zalo_that(hangs_up) as client:
            with pytest.raises(NoAnswerError):
                await call(client)

    async def test_reset_is_no_answer(self) -> None:
        async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.transport.abort()

        async with zalo_that(resets) as client:
            with pytest.raises(NoAnswerError):
                await call(client)

    async def test_silence_is_no_answer(self) -> None:
        async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            await reader.read()

        async with zalo_that(silent, read_seconds=0.1) as client:
            with pytest.raises(NoAnswerError):
                await call(client)

    async def test_half_an_answer_is_no_answer(self) -> None:
        async def halves(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"error":0')
            await writer.drain()
            writer.close()

        async with zalo_that(halves) as client:
            with pytest.raises(NoAnswerError):
                await call(client)

    async def test_a_drip_is_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "CALL_SECONDS", 0.3)

        async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n")
            for _ in range(100):
                writer.write(b" ")
                await asyncio.sleep(0.05)

        async with zalo_that(drips) as client:
            with pytest.raises(NoAnswerError):
                await call(client)


class TestRate:
    async def test_over_the_rate_all_calls_of_the_app_pause(self) -> None:
        async with zalo_that(answers(b'{"error":-32,"message":"too many"}')) as client:
            with pytest.raises(RefusedError):
                await call(client)
            with pytest.raises(RateLimitedError) as paused:
                await call(client)
            assert 0 < paused.value.retry_after_seconds <= module.PAUSE_LIMITED_SECONDS
            with pytest.raises(RefusedError):
                await client.get("another app", "/v2.0/oa/getoa", "token", None)

    async def test_pauses_before_the_limit_when_zalo_says_that_nothing_remains(self) -> None:
        ok = answers(b'{"error":0,"data":{}}', headers="X-RateLimit-Limit: 10\r\nX-RateLimit-Remain: 0\r\n")
        async with zalo_that(ok) as client:
            await call(client)
            with pytest.raises(RateLimitedError):
                await call(client)

    async def test_http_429_is_a_refusal_at_the_door(self) -> None:
        async with zalo_that(answers(b"slow down", status="429 Too Many Requests")) as client:
            with pytest.raises(RateLimitedError):
                await call(client)
