"""Fetches one file from a channel's servers. The address comes from outside, and whoever answers may mean harm."""

import asyncio
from collections.abc import Iterable
from hashlib import sha256
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import NamedTuple

import httpx

from sokhach.conversations.media.sniffing import HEAD_BYTES
from sokhach.core.outgoing import ForbiddenAddressError, guarded_client

TIMEOUT = httpx.Timeout(15, connect=10, pool=30)
WHOLE_SECONDS = 300
"""A server that drips a byte now and then is given up after that."""
_GONE = frozenset({400, 401, 403, 404, 405, 406, 410, 451})
_HEADERS = {"accept": "*/*", "accept-encoding": "identity", "user-agent": "SoKhach"}


class RefusedError(Exception):
    """We do not want it, now and later. `reason` is a key of the catalogue (`media.<reason>`)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GoneError(Exception):
    """The server says that there is no such thing (any more), or gives something else in its place. Servers err, so it
    is worth a few more tries. `reason` as in `RefusedError`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreachableError(Exception):
    """Nobody knows: no answer, half an answer, or the server is in trouble. Worth trying again."""


class Fetched(NamedTuple):
    size_bytes: int
    sha256: bytes
    head: bytes
    """The first `HEAD_BYTES`."""


def new_client(platforms: Iterable[str] = ()) -> httpx.AsyncClient:
    """A client for addresses that customers send: it reaches the open internet and `platforms`, follows a few redirects
    under the same rules, and never says who we are: no cookie, no password, whatever an answer or address asks for."""
    client = guarded_client(platforms, timeout=TIMEOUT, follow=True)
    client.headers = httpx.Headers(_HEADERS)
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    client.event_hooks = {"request": [_plain_only]}
    return client


async def fetch(client: httpx.AsyncClient, url: str, into: Path, *, most_bytes: int) -> Fetched:
    """Writes what stands at `url` into a file, piece by piece, at most `most_bytes`.

    Raises `RefusedError`, `GoneError` or `UnreachableError`; the file then holds a part of it or nothing.
    """
    try:
        request = client.build_request("GET", url)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError("bad-link") from error
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            response = await client.send(request, stream=True)
            try:
                _check(response, most_bytes)
                return await _write(response, into, most_bytes)
            finally:
                await response.aclose()
    except ForbiddenAddressError as error:
        raise RefusedError("forbidden-address") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects) as error:
        raise RefusedError("bad-link") from error
    except (httpx.HTTPError, TimeoutError) as error:
        raise UnreachableError(type(error).__name__) from error


async def _plain_only(request: httpx.Request) -> None:
    """Each request, those after a redirect as well. A password in an address becomes a header before we see it."""
    if request.url.scheme not in {"http", "https"} or not request.url.host or request.url.userinfo:
        raise RefusedError("bad-link")
    for header in ("authorization", "cookie", "referer"):
        request.headers.pop(header, None)


def _check(response: httpx.Response, most_bytes: int) -> None:
    status = response.status_code
    if status in _GONE:
        raise GoneError("link-expired")
    if status != 200:
        raise UnreachableError(f"status {status}")
    # Unpacked, a few bytes may be millions. Nobody was asked to pack.
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise UnreachableError("packed")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most_bytes:
        raise RefusedError("too-large")


async def _write(response: httpx.Response, into: Path, most_bytes: int) -> Fetched:
    size, digest, head = 0, sha256(), bytearray()
    with into.open("wb") as file:
        async for piece in response.aiter_raw():
            size += len(piece)
            if size > most_bytes:
                raise RefusedError("too-large")
            digest.update(piece)
            if len(head) < HEAD_BYTES:
                head += piece[: HEAD_BYTES - len(head)]
            file.write(piece)
    if size == 0:
        raise GoneError("empty")
    return Fetched(size, digest.digest(), bytes(head))
