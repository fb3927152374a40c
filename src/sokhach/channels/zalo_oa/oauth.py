"""Zalo's OAuth v4 server: a code, or a refresh token, for a new pair."""

from datetime import datetime, timedelta

import httpx
import msgspec

from sokhach.channels.zalo_oa.client import (
    TIMEOUT,
    TOO_MANY_REQUESTS,
    NoAnswerError,
    NotReachedError,
    RefusedError,
    exchange,
)
from sokhach.channels.zalo_oa.credentials import Credentials, Tokens
from sokhach.core.outgoing import guarded_client

TOKEN_PATH = "/v4/oa/access_token"  # noqa: S105


class _Pair(msgspec.Struct):
    """`expires_in` comes as a string."""

    access_token: str
    refresh_token: str
    expires_in: int


class _Failure(msgspec.Struct):
    """OAuth errors have a shape of their own, sometimes with HTTP 200."""

    error: int
    error_name: str = ""
    error_reason: str = ""
    error_description: str = ""
    message: str = ""


class ZaloOAuth:
    def __init__(self, base_url: str, http: httpx.AsyncClient | None = None) -> None:
        self._base_url = base_url.rstrip("/")
        self._http = http or guarded_client([base_url], timeout=TIMEOUT)

    async def close(self) -> None:
        await self._http.aclose()

    async def renew(self, credentials: Credentials, refresh_token: str, now: datetime) -> Tokens:
        """A new pair; `refresh_token` is spent from then on.

        Raises `RefusedError` (the token is no good), `NotReachedError`, or `NoAnswerError` (it may be spent).
        """
        form = {"refresh_token": refresh_token, "app_id": credentials.app_id, "grant_type": "refresh_token"}
        return await self._pair(credentials, form, now)

    async def exchange(self, credentials: Credentials, code: str, verifier: str, now: datetime) -> Tokens:
        """The first pair, for the code that the consent page gave; the code is spent from then on.

        Raises `RefusedError`, `NotReachedError`, or `NoAnswerError`.
        """
        form = {
            "code": code,
            "app_id": credentials.app_id,
            "grant_type": "authorization_code",
            "code_verifier": verifier,
        }
        return await self._pair(credentials, form, now)

    async def _pair(self, credentials: Credentials, form: dict[str, str], now: datetime) -> Tokens:
        request = self._http.build_request(
            "POST", self._base_url + TOKEN_PATH, data=form, headers={"secret_key": credentials.app_secret}
        )
        response, body = await exchange(self._http, request)
        if response.status_code == TOO_MANY_REQUESTS:
            raise NotReachedError("HTTP 429", 60)
        if response.status_code >= 500:
            raise NoAnswerError(f"HTTP {response.status_code}")
        try:
            pair = msgspec.json.decode(body, type=_Pair, strict=False)
        except msgspec.DecodeError:
            raise _failure(response, body) from None
        return Tokens(
            access_token=pair.access_token,
            refresh_token=pair.refresh_token,
            expires_at=now + timedelta(seconds=max(pair.expires_in, 0)),
        )


def _failure(response: httpx.Response, body: bytes) -> RefusedError | NoAnswerError:
    try:
        found = msgspec.json.decode(body, type=_Failure, strict=False)
    except msgspec.DecodeError:
        return NoAnswerError(f"HTTP {response.status_code}, unreadable")
    if found.error == 0:
        return NoAnswerError("no error, and no tokens either")
    words = found.error_name or found.error_reason or found.error_description or found.message
    return RefusedError(found.error, words[:300])
