"""The way out that people give an account: a web proxy, and none of the company's own network."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence

import httpcore
import httpx

from sokhach.core import outgoing
from sokhach.core.problems import Fault, InvalidInput

LAST_PORT = 65_535
RESOLVED_WITHIN_SECONDS = 2.0
_FORM = re.compile(r"https?://[^/\s?#]+/?", re.IGNORECASE)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def check(proxy: str | None, *, inner: bool, resolve: Resolve = outgoing.resolve) -> None:
    """`inner`: it may be in the company's own network. A name that nobody can resolve now may be one later. Raises
    `InvalidInput`."""
    if not proxy:
        return
    try:
        host, port = outgoing.host_port(proxy)
    except httpx.InvalidURL:
        host, port = "", 0
    if not host or not 0 < port <= LAST_PORT or not _FORM.fullmatch(proxy):
        raise InvalidInput([Fault("proxy", "proxy-form")])
    if inner:
        return
    try:
        async with asyncio.timeout(RESOLVED_WITHIN_SECONDS):
            addresses = await resolve(host, port)
    except (httpcore.ConnectError, TimeoutError):
        return
    if not all(map(outgoing.is_public, addresses)):
        raise InvalidInput([Fault("proxy", "proxy-inner")])
