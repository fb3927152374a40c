"""Zalo's OA OpenAPI over HTTP: one call in, an envelope out, and no doubt about what is in doubt."""

import asyncio
from collections.abc import Mapping
from typing import Literal

import httpx
import msgspec

from sokhach.core.outgoing import guarded_client

TIMEOUT = httpx.Timeout(connect=5, read=12, write=10, pool=5)
CALL_SECONDS = 15.0
"""No call takes longer, however slowly the answer drips."""
UPLOAD_SECONDS = 40.0
"""Nor an upload, over whatever line."""
BODY_BYTES = 1_048_576
RATE_LIMITED = -32
TOO_MANY_REQUESTS = 429
PAUSE_LIMITED_SECONDS = 30.0
PAUSE_EMPTY_SECONDS = 5.0

Method = Literal["GET", "POST"]


class RefusedError(Exception):
    """Zalo answered with an error code: it surely did not do what we asked."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


class NotReachedError(Exception):
    """Zalo surely never got the request. Worth trying again in `retry_after_seconds`."""

    def __init__(self, detail: str, retry_after_seconds: float = 5.0) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class RateLimitedError(NotReachedError):
    """The app is at its call rate; the request was not sent, or was turned away at the door."""


class NoAnswerError(Exception):
    """The request may have reached Zalo, and no readable answer came."""


class Envelope(msgspec.Struct):
    """Every answer, whatever its HTTP status. `raw` is the body as it came."""

    error: int
    message: str = ""
    data: msgspec.Raw = msgspec.Raw()


class Answer(msgspec.Struct, frozen=True):
    data: msgspec.Raw
    raw: bytes


class ZaloClient:
    """All calls of one process to the OpenAPI. Knows no accounts: the caller brings the token."""

    def __init__(self, base_url: str, http: httpx.AsyncClient | None = None) -> None:
        self._base_url = base_url.rstrip("/")
        self._http = http or guarded_client([base_url], timeout=TIMEOUT)
        self._paused_until: dict[str, float] = {}

    async def close(self) -> None:
        await self._http.aclose()

    async def get(self, app_id: str, path: str, token: str, data: object) -> Answer:
        """A GET whose one query parameter is JSON. Raises `RefusedError`, `NotReachedError`, `NoAnswerError`."""
        request = self._http.build_request(
            "GET",
            self._base_url + path,
            params={"data": msgspec.json.encode(data).decode()} if data is not None else None,
            headers={"access_token": token},
        )
        return await self._call(app_id, request)

    async def post(self, app_id: str, path: str, token: str, body: object) -> Answer:
        """A POST of JSON. Raises `RefusedError`, `NotReachedError`, `NoAnswerError`."""
        request = self._http.build_request(
            "POST",
            self._base_url + path,
            content=msgspec.json.encode(body),
            headers={"access_token": token, "content-type": "application/json"},
        )
        return await self._call(app_id, request)

    async def ask(self, app_id: str, path: str, token: str, params: Mapping[str, str | int]) -> Answer:
        """A GET with plain query parameters. Raises `RefusedError`, `NotReachedError`, `NoAnswerError`."""
        request = self._http.build_request(
            "GET", self._base_url + path, params=dict(params), headers={"access_token": token}
        )
        return await self._call(app_id, request)

    async def upload(self, app_id: str, path: str, token: str, name: str, content: bytes, content_type: str) -> Answer:
        """A POST of one file, as field `file`. Raises `RefusedError`, `NotReachedError`, `NoAnswerError`."""
        request = self._http.build_request(
            "POST",
            self._base_url + path,
            files={"file": (name, content, content_type)},
            headers={"access_token": token},
        )
        return await self._call(app_id, request, UPLOAD_SECONDS)

    async def _call(self, app_id: str, request: httpx.Request, seconds: float = CALL_SECONDS) -> Answer:
        wait = self._paused_until.get(app_id, 0.0) - asyncio.get_running_loop().time()
        if wait > 0:
            raise RateLimitedError("the app is at its call rate", wait)
        response, body = await exchange(self._http, request, seconds)
        self._watch_rate(app_id, response.headers)
        if response.status_code == TOO_MANY_REQUESTS:
            self._pause(app_id, PAUSE_LIMITED_SECONDS)
            raise RateLimitedError("HTTP 429", PAUSE_LIMITED_SECONDS)
        if response.status_code >= 500:
            raise NoAnswerError(f"HTTP {response.status_code}")
        try:
            envelope = msgspec.json.decode(body, type=Envelope, strict=False)
        except msgspec.DecodeError as error:
            raise NoAnswerError(f"HTTP {response.status_code}, {_kind_of(response)}: {error}") from error
        if envelope.error == RATE_LIMITED:
            self._pause(app_id, PAUSE_LIMITED_SECONDS)
        if envelope.error != 0:
            raise RefusedError(envelope.error, envelope.message[:500])
        return Answer(envelope.data, body)

    def _watch_rate(self, app_id: str, headers: httpx.Headers) -> None:
        if headers.get("x-ratelimit-remain", "").strip() == "0":
            self._pause(app_id, PAUSE_EMPTY_SECONDS)

    def _pause(self, app_id: str, seconds: float) -> None:
        self._paused_until[app_id] = asyncio.get_running_loop().time() + seconds


async def exchange(
    http: httpx.AsyncClient, request: httpx.Request, seconds: float = CALL_SECONDS
) -> tuple[httpx.Response, bytes]:
    """Sends, and reads the whole answer. Raises `NotReachedError` or `NoAnswerError`, never anything of httpx."""
    try:
        async with asyncio.timeout(seconds):
            return await _exchange(http, request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
        raise NotReachedError(f"{type(error).__name__}: {error}") from error
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise NoAnswerError(f"{type(error).__name__}: {error}") from error


async def _exchange(http: httpx.AsyncClient, request: httpx.Request) -> tuple[httpx.Response, bytes]:
    response = await http.send(request, stream=True)
    try:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > BODY_BYTES:
                raise NoAnswerError(f"HTTP {response.status_code}, more than {BODY_BYTES} bytes")
        return response, bytes(body)
    finally:
        await response.aclose()


def _kind_of(response: httpx.Response) -> str:
    return response.headers.get("content-type", "no content type").partition(";")[0][:80]
