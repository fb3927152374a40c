"""The door for webhooks: verify on the raw bytes, put on disk, answer 200. Nothing is understood here.

It stands before the application: what Litestar does for a request costs more than all that is done here.
"""

import asyncio
import time
import zlib
from collections.abc import Mapping, Sequence

import msgspec
import structlog
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sokhach.channels.connector import LANES
from sokhach.channels.zalo_oa import signature, webhook
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.channels.zalo_oa.webhook import KnownAccount
from sokhach.core import clock
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.database import Database
from sokhach.core.problems import MAX_BODY_BYTES, Problem, body_too_large, incident, send_problem
from sokhach.core.telemetry import WEBHOOKS
from sokhach.core.web import Body
from sokhach.intake.journal import Entry, JournalUnavailableError, JournalWriter

log = structlog.get_logger()

CHANNEL = "zalo_oa"
PATH = "/hooks/zalo-oa"
# Zalo gives up after 2 s and counts it as a failure.
ANSWER_WITHIN_SECONDS = 1.8
KEEP_SECONDS = 10.0
MISS_SECONDS = 0.5


def lane_of(account_id: int, thread_key: str) -> int:
    """All payloads of one thread share a lane, whatever process receives them."""
    return zlib.crc32(f"{account_id}:{thread_key}".encode()) % LANES


class Directory:
    """The connected OAs by their ids, read again every few seconds, and sooner when an unknown one knocks."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._known: Mapping[str, KnownAccount] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def find(self, ids: Sequence[str]) -> KnownAccount | None:
        await self._read_if_older(KEEP_SECONDS)
        found = self._among(ids)
        if found is None:
            await self._read_if_older(MISS_SECONDS)
            found = self._among(ids)
        return found

    def _among(self, ids: Sequence[str]) -> KnownAccount | None:
        return next((self._known[one] for one in ids if one in self._known), None)

    async def _read_if_older(self, seconds: float) -> None:
        if time.monotonic() - self._read_at < seconds:
            return
        async with self._reading:
            if time.monotonic() - self._read_at >= seconds:
                self._known = await self._read()
                self._read_at = time.monotonic()

    async def _read(self) -> Mapping[str, KnownAccount]:
        known: dict[str, KnownAccount] = {}
        async with self._database.transaction() as connection:
            rows = await connection.execute(
                text("SELECT id, external_id, credentials FROM channel_account WHERE channel = :channel"),
                {"channel": CHANNEL},
            )
            for row in rows:
                known[row.external_id] = KnownAccount(row.id, row.external_id, self._open(row.id, row.credentials))
        return known

    def _open(self, account_id: int, sealed: bytes) -> Credentials | None:
        try:
            return msgspec.json.decode(self._vault.open(sealed), type=Credentials)
        except (UndecipherableError, msgspec.DecodeError):
            log.error("credentials_undecipherable", account=account_id)
            return None


class Gateway:
    """Public: whoever calls is known by the signature. Answers 200 only when the payload is on disk; 401, 404 and 413
    for what is not Zalo's or not ours; 503 when the store is out of reach, so that Zalo comes again."""

    def __init__(self, app: ASGIApp, directory: Directory, journal: JournalWriter) -> None:
        self._app = app
        self._directory = directory
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        if scope["method"] != "POST":
            await send_problem(scope, send, Problem("method-not-allowed", 405, headers={"allow": "POST"}))
            return
        headers = dict(scope["headers"])
        receive = Body(receive)
        body = await _read(receive, headers)
        outcome = "too-large" if body is None else await self._outcome(body, headers.get(_SIGNATURE, b""))
        WEBHOOKS.labels(CHANNEL, outcome.replace("-", "_")).inc()
        if outcome == "accepted":
            await send({"type": "http.response.start", "status": 200, "headers": _EMPTY})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await receive.drain()
        log.warning("webhook_refused", channel=CHANNEL, reason=outcome, size=None if body is None else len(body))
        await send_problem(scope, send, _problem(outcome))

    async def _outcome(self, body: bytes, header: bytes) -> str:
        try:
            return await self._take(body, header.decode("latin-1"))
        except (JournalUnavailableError, TimeoutError, SQLAlchemyError):
            return "unavailable"
        except Exception as error:
            incident("POST", PATH, error)
            return "unavailable"

    async def _take(self, body: bytes, header: str) -> str:
        seen = webhook.peek(body)
        if seen is None:
            return "unreadable"
        known = await self._directory.find(seen.ids)
        if known is None:
            return "unknown-account"
        if known.credentials is None:
            # The account is ours and the mistake too: Zalo shall come again once the key is back.
            return "unavailable"
        if not webhook.verified(known, known.credentials, seen, body, header):
            return "bad-signature"
        lane = lane_of(known.account_id, webhook.thread_of(known, seen))
        entry = Entry(known.account_id, lane, "webhook", clock.now(), body)
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
            await self._journal.append(entry)
        return "accepted"


_SIGNATURE = signature.HEADER.lower().encode("latin-1")
_EMPTY = [(b"content-type", b"text/plain"), (b"content-length", b"0")]
_STATUS = {"unreadable": 400, "unknown-account": 404, "bad-signature": 401, "unavailable": 503}


def _problem(outcome: str) -> Problem:
    return body_too_large() if outcome == "too-large" else Problem(f"webhook-{outcome}", _STATUS[outcome])


async def _read(receive: Receive, headers: Mapping[bytes, bytes]) -> bytes | None:
    """The body; None when it is larger than any webhook. One that breaks off is what there was of it: its signature
    does not hold."""
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > MAX_BODY_BYTES:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message["body"])
        size += len(message["body"])
        if size > MAX_BODY_BYTES:
            return None
        if not message["more_body"]:
            return b"".join(parts)
