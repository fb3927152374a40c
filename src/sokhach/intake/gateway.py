"""The door for webhooks: verify on the raw bytes, put on disk, answer 200. Nothing is understood here."""

import asyncio
import time
import zlib
from collections.abc import Mapping, Sequence

import msgspec
import structlog
from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.exceptions import ClientException
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sokhach.channels.connector import LANES
from sokhach.channels.zalo_oa import signature, webhook
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.channels.zalo_oa.webhook import KnownAccount
from sokhach.core import clock
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.database import Database
from sokhach.core.problems import Problem
from sokhach.core.telemetry import WEBHOOKS
from sokhach.intake.journal import Entry, JournalUnavailableError, JournalWriter

log = structlog.get_logger()

CHANNEL = "zalo_oa"
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


@post("/hooks/zalo-oa", status_code=200, opt={"access": "public"}, include_in_schema=False)
async def receive_zalo_oa(request: Request[object, object, State]) -> Response[bytes]:
    """Answers 200 only when the payload is on disk; 401, 404 and 413 for what is not Zalo's or not ours; 503 when the
    store is out of reach, so that Zalo comes again."""
    try:
        body = await request.body()
    except ClientException:
        WEBHOOKS.labels(CHANNEL, "too_large").inc()
        raise
    outcome = await _take(request.app.state, body, request.headers.get(signature.HEADER, ""))
    WEBHOOKS.labels(CHANNEL, outcome.replace("-", "_")).inc()
    if outcome != "accepted":
        log.warning("webhook_refused", channel=CHANNEL, reason=outcome, size=len(body))
        raise Problem(f"webhook-{outcome}", _STATUS[outcome])
    return Response(content=b"", status_code=200, media_type="text/plain")


_STATUS = {"unreadable": 400, "unknown-account": 404, "bad-signature": 401, "unavailable": 503}


async def _take(state: State, body: bytes, header: str) -> str:
    directory: Directory = state.directory
    journal: JournalWriter = state.journal
    seen = webhook.peek(body)
    if seen is None:
        return "unreadable"
    try:
        known = await directory.find(seen.ids)
        if known is None:
            return "unknown-account"
        if known.credentials is None:
            # The account is ours and the mistake too: Zalo shall come again once the key is back.
            return "unavailable"
        if not webhook.verified(known, known.credentials, seen, body, header):
            return "bad-signature"
        lane = lane_of(known.account_id, webhook.thread_of(known, seen))
        entry = Entry(known.account_id, lane, "webhook", clock.now(), body)
        await asyncio.wait_for(journal.append(entry), ANSWER_WITHIN_SECONDS)
    except (JournalUnavailableError, TimeoutError, SQLAlchemyError):
        return "unavailable"
    return "accepted"


routes = [receive_zalo_oa]
