"""Calls to the outside. Whatever address we are given, no call reaches the company's own network.

The guard stands where connections are made, so names that resolve to inner addresses, redirects to them and odd
spellings of them all meet it, and what was checked is what is connected to.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import cast

import httpcore
import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
HostPort = tuple[str, int]

# IPv6 ranges that carry an IPv4 address, and where in it that address stands (bits from the right).
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("64:ff9b:1::/48"), 0),
    (IPv6Network("2002::/16"), 80),
)
_TEREDO = IPv6Network("2001::/32")
_SITE_LOCAL = IPv6Network("fec0::/10")


class ForbiddenAddressError(httpx.ConnectError):
    """The name leads to an address that we do not call. Nothing was sent."""


def is_public(address: str) -> bool:
    """Whether `address` (no name) belongs to the open internet. False as well for what is no address at all."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        inner = _carried(parsed)
        if inner is not None:
            return is_public(str(inner))
        if parsed in _TEREDO or parsed in _SITE_LOCAL:
            return False
    return parsed.is_global and not parsed.is_multicast


def host_port(url: str) -> HostPort:
    """The host and port that `url` names; the port of its scheme when it names none."""
    parsed = httpx.URL(url)
    return parsed.host.rstrip(".").lower(), parsed.port or (443 if parsed.scheme == "https" else 80)


def guarded_client(platforms: Iterable[str] = (), *, timeout: httpx.Timeout, follow: bool = False) -> httpx.AsyncClient:
    """A client that refuses private, loopback, link-local, multicast and reserved addresses.

    `platforms` are the configured URLs of a connector: exactly their hosts and ports are exempt. Proxies of the
    environment are not used, for they would connect in our place. `follow` follows redirects, each of them checked.
    """
    return httpx.AsyncClient(
        transport=GuardedTransport(frozenset(map(host_port, platforms))),
        timeout=timeout,
        follow_redirects=follow,
        max_redirects=3,
        trust_env=False,
    )


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of `host`, best first. Raises `httpcore.ConnectError`."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"cannot resolve {host}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to public addresses, and to the exempt hosts and ports."""

    def __init__(
        self,
        exempt: frozenset[HostPort],
        resolver: Resolve = resolve,
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._exempt = exempt
        self._resolve = resolver
        self._backend = backend or cast(httpcore.AsyncNetworkBackend, httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (the shape of httpcore's interface)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._addresses(host, port)
                return await self._first(addresses, port, timeout, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {host} in {timeout} s") from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise ForbiddenAddressError("calls to the outside do not use sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        addresses = await self._resolve(host.strip("[]"), port)
        if (host.rstrip(".").lower(), port) in self._exempt:
            return addresses
        # One inner address among public ones is no accident: the whole name is refused.
        if not addresses or not all(map(is_public, addresses)):
            raise ForbiddenAddressError(f"{host}:{port} is not on the open internet")
        return addresses

    async def _first(
        self,
        addresses: Sequence[str],
        port: int,
        timeout: float | None,  # noqa: ASYNC109
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx over a `GuardedBackend`. TLS and the Host header keep the name; only the connection uses the address."""

    def __init__(self, exempt: frozenset[HostPort], resolver: Resolve = resolve) -> None:
        context = _trusting()
        super().__init__(verify=context, trust_env=False)
        # httpx has no parameter for the network backend of its pool, httpcore does.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5,
            network_backend=GuardedBackend(exempt, resolver),
        )


@cache
def _trusting() -> ssl.SSLContext:
    """Trusts the authorities of the web. Reading their certificates takes longer than many a call: once is enough."""
    return httpx.create_ssl_context(trust_env=False)


def _carried(address: IPv6Address) -> IPv4Address | None:
    value = int(address)
    for network, shift in _CARRIERS:
        if address in network and value > 1:  # ::1 and :: are what they are
            return IPv4Address((value >> shift) & 0xFFFFFFFF)
    return None
