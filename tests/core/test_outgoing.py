"""The SSRF guard: what it refuses, what it lets through, and that it connects to what it checked."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpcore
import httpx
import pytest

from sokhach.core import outgoing
from sokhach.core.outgoing import ForbiddenAddressError, GuardedBackend, GuardedTransport, guarded_client, is_public

TIMEOUT = httpx.Timeout(2)


@pytest.fixture
async def server() -> AsyncIterator[int]:
    """The port of a server on 127.0.0.1 that answers 200, or redirects to where the path says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        target = head.split(" ")[1].removeprefix("/to/")
        status = b"200 OK" if target == "/" else b"302 Found\r\nlocation: " + target.encode()
        writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield listening.sockets[0].getsockname()[1]
    listening.close()


class Recorder(httpcore.AsyncNetworkBackend):
    """Writes down where a connection would have gone."""

    def __init__(self) -> None:
        self.went_to: list[str] = []

    async def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        self.went_to.append(f"{host}:{port}")
        return httpcore.AsyncMockStream([])


class TestIsPublic:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::192.168.0.1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "localhost",
            "",
        ],
    )
    def test_inner_and_odd_addresses_are_not(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize(
        "address",
        ["8.8.8.8", "118.69.123.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"],
    )
    def test_addresses_of_the_open_internet_are(self, address: str) -> None:
        assert is_public(address)


class TestGuardedBackend:
    def backend(self, addresses: Sequence[str], exempt: frozenset[outgoing.HostPort] = frozenset()) -> GuardedBackend:
        async def resolve(_host: str, _port: int) -> Sequence[str]:
            return addresses

        self.recorder = Recorder()
        return GuardedBackend(exempt, resolve, self.recorder)

    async def test_connects_to_the_very_address_that_it_checked(self) -> None:
        await self.backend(["203.119.8.111"]).connect_tcp("openapi.zalo.me", 443)
        assert self.recorder.went_to == ["203.119.8.111:443"]

    @pytest.mark.parametrize(
        "addresses", [["10.0.0.5"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:169.254.169.254"], []]
    )
    async def test_refuses_a_name_that_leads_inside(self, addresses: list[str]) -> None:
        with pytest.raises(ForbiddenAddressError):
            await self.backend(addresses).connect_tcp("innocent.example", 443)
        assert self.recorder.went_to == []

    async def test_exempts_the_host_and_port_of_a_platform_and_nothing_else(self) -> None:
        backend = self.backend(["127.0.0.1"], frozenset({("sandbox", 8687)}))
        await backend.connect_tcp("Sandbox.", 8687)
        assert self.recorder.went_to == ["127.0.0.1:8687"]
        for host, port in (("sandbox", 8686), ("other", 8687), ("127.0.0.1", 8687)):
            with pytest.raises(ForbiddenAddressError):
                await backend.connect_tcp(host, port)

    async def test_tries_the_next_address_when_one_does_not_answer(self) -> None:
        class FirstFails(Recorder):
            async def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
                await super().connect_tcp(host, port)
                if len(self.went_to) == 1:
                    raise httpcore.ConnectError
                return httpcore.AsyncMockStream([])

        async def resolve(_host: str, _port: int) -> Sequence[str]:
            return ["8.8.8.8", "8.8.4.4"]

        recorder = FirstFails()
        await GuardedBackend(frozenset(), resolve, recorder).connect_tcp("example.com", 443)
        assert recorder.went_to == ["8.8.8.8:443", "8.8.4.4:443"]

    async def test_a_slow_resolver_counts_as_slow_to_connect(self) -> None:
        async def resolve(_host: str, _port: int) -> Sequence[str]:
            await asyncio.sleep(5)
            return []

        with pytest.raises(httpcore.ConnectTimeout):
            await GuardedBackend(frozenset(), resolve, Recorder()).connect_tcp("example.com", 443, timeout=0.05)

    async def test_refuses_sockets_of_this_machine(self) -> None:
        with pytest.raises(ForbiddenAddressError):
            await self.backend([]).connect_unix_socket("/run/postgresql")


class TestClient:
    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0", "2130706433", "0x7f000001", "127.1", "0.0.0.0"],
    )
    async def test_refuses_this_machine_however_it_is_spelt(self, host: str, server: int) -> None:
        async with guarded_client(timeout=TIMEOUT) as client:
            with pytest.raises(httpx.ConnectError) as refused:
                await client.get(f"http://{host}:{server}/")
        assert isinstance(refused.value, ForbiddenAddressError)

    async def test_calls_the_configured_platform(self, server: int) -> None:
        async with guarded_client([f"http://127.0.0.1:{server}"], timeout=TIMEOUT) as client:
            assert (await client.get(f"http://127.0.0.1:{server}/")).status_code == 200

    async def test_checks_a_redirect_anew(self, server: int) -> None:
        platform = f"http://127.0.0.1:{server}"
        async with guarded_client([platform], timeout=TIMEOUT, follow=True) as client:
            assert (await client.get(f"{platform}/to//")).status_code == 200
            with pytest.raises(ForbiddenAddressError):
                await client.get(f"{platform}/to/http://localhost:{server}/")

    async def test_does_not_follow_redirects_unless_told(self, server: int) -> None:
        async with guarded_client([f"http://127.0.0.1:{server}"], timeout=TIMEOUT) as client:
            answer = await client.get(f"http://127.0.0.1:{server}/to/http://10.0.0.1/")
        assert answer.status_code == 302

    async def test_does_not_use_a_proxy_of_the_environment(self, server: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server}")
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{server}")
        async with guarded_client(timeout=TIMEOUT) as client:
            with pytest.raises(ForbiddenAddressError):
                await client.get("http://10.0.0.1/")

    async def test_keeps_the_name_in_the_host_header(self) -> None:
        heard: list[bytes] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            writer.close()

        async def resolve(_host: str, _port: int) -> Sequence[str]:
            return ["127.0.0.1"]

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        transport = GuardedTransport(frozenset({("zalo.example", port)}), resolve)
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get(f"http://zalo.example:{port}/")
        listening.close()
        assert f"host: zalo.example:{port}".encode() in heard[0].lower()

    async def test_an_unknown_name_is_a_failure_to_connect(self) -> None:
        async with guarded_client(timeout=TIMEOUT) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get("http://no-such-name.invalid/")
