"""Access tokens that are always fresh, though a refresh token works once and losing its answer costs the connection.

One renewal per OA at a time over all processes (a session lock in the database, which no time-out can outlive); tokens
are read again under the lock; the new pair is committed before anybody uses it.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import msgspec
import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.zalo_oa import credentials as sealing
from sokhach.channels.zalo_oa.client import NoAnswerError, NotReachedError, RefusedError
from sokhach.channels.zalo_oa.credentials import Credentials, Tokens
from sokhach.channels.zalo_oa.oauth import ZaloOAuth
from sokhach.core import clock
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.database import Database, dsn

log = structlog.get_logger()

T = TypeVar("T")

LOCK_SPACE = 7101
"""First key of the advisory lock; the second is the account."""
RENEW_AHEAD = timedelta(hours=5)
IDLE_LONGEST = timedelta(days=1)
"""An OA that sends nothing is renewed so often, far within the refresh token's three months."""
SPARE = timedelta(seconds=60)
"""A token that ends sooner is not used any more."""
ASK_AGAIN_AFTER = timedelta(minutes=10)
"""After a refusal: soon enough to notice a mistake of Zalo's, seldom enough to be no nuisance."""
UNANSWERED_RETRY_SECONDS = 30.0
SAVE_DELAYS_SECONDS = (0.1, 0.5, 1, 2, 5, 10, 20, 30)
RENEWALS_AT_ONCE = 4
WAIT_SECONDS = 12.0
"""A message waits so long for a token, then it is tried again later. The renewal goes on."""


class Access(NamedTuple):
    """What a call needs."""

    token: str
    app_id: str


class _Stored(NamedTuple):
    credentials: Credentials
    tokens: Tokens | None


class TokenKeeper:
    """The tokens of all OAs, kept in `channel_account.tokens`."""

    def __init__(self, database: Database, vault: Vault, oauth: ZaloOAuth) -> None:
        self._database = database
        self._vault = vault
        self._oauth = oauth
        self._local: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: set[asyncio.Task[Access]] = set()
        self._slots = asyncio.Semaphore(RENEWALS_AT_ONCE)

    async def access(self, account_id: int) -> Access:
        """A token that will do for a call now. Raises `SendRefusedError`."""
        stored = await self._read(account_id)
        tokens = stored.tokens
        if tokens is None or tokens.expires_at - clock.now() <= SPARE:
            return await self.renew(account_id)
        return Access(tokens.access_token, stored.credentials.app_id)

    async def renew(self, account_id: int, *, rejected: str | None = None, ahead: timedelta = SPARE) -> Access:
        """Renews what Zalo `rejected`, or what ends within `ahead`; somebody else's renewal will do as well.

        Raises `SendRefusedError`; with `account_down` when no usable access token is left.
        """
        # A renewal that has begun is finished even when its caller is cancelled: its answer cannot be had twice.
        task = asyncio.create_task(self._renew_alone(account_id, rejected, ahead))
        self._running.add(task)
        task.add_done_callback(self._finished)
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.shield(task)
        except TimeoutError as error:
            raise SendRefusedError("platform-busy", "the renewal takes long", retry_after_seconds=10) from error

    async def close(self) -> None:
        """Waits for renewals that have begun."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _finished(self, task: asyncio.Task[Access]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # its caller may be gone; what went wrong is logged and stored already

    async def _renew_alone(self, account_id: int, rejected: str | None, ahead: timedelta) -> Access:
        async with self._local[account_id], self._slots, token_lock(self._database.url, account_id):
            stored = await self._read(account_id)
            tokens = stored.tokens
            if tokens is None:
                raise SendRefusedError("account-not-connected", "no tokens", account_down=True)
            if tokens.access_token != rejected and tokens.expires_at - clock.now() > ahead:
                return Access(tokens.access_token, stored.credentials.app_id)
            renewed = await self._renew(account_id, stored.credentials, tokens, rejected)
            return Access(renewed.access_token, stored.credentials.app_id)

    async def adopt(self, account_id: int, refresh_token: str, check: Callable[[Access], Awaitable[T]]) -> T:
        """Takes a refresh token that an admin of the OA obtained, if `check` does not raise; until then what is stored
        stays. Here alone a pair is used before it is kept: another OA's must never be, and the admin can obtain a new
        one. Returns what `check` did.

        Raises `RefusedError`, `NotReachedError`, `NoAnswerError` (the token may be spent: obtain another).
        """
        async with token_lock(self._database.url, account_id):
            stored = await self._read(account_id)
            tokens = await self._oauth.renew(stored.credentials, refresh_token, clock.now())
            checked = await check(Access(tokens.access_token, stored.credentials.app_id))
            await self._save(account_id, tokens, authorised_at=clock.now())
            return checked

    async def due_at(self, account_id: int) -> datetime | None:
        """When the tokens are to be renewed; None: there are none."""
        tokens = (await self._read(account_id)).tokens
        return renewal_due(tokens, clock.now()) if tokens else None

    async def _renew(self, account_id: int, credentials: Credentials, tokens: Tokens, rejected: str | None) -> Tokens:
        now = clock.now()
        usable = tokens.access_token != rejected and tokens.expires_at - now > SPARE
        if tokens.refused_at and now - tokens.refused_at < ASK_AGAIN_AFTER:
            raise _lost(tokens, "refused before", usable)
        # Written down before the call: should its answer be lost, we know that the refresh token may be spent.
        begun = msgspec.structs.replace(tokens, renewing_since=tokens.renewing_since or now)
        await self._save(account_id, begun)
        try:
            renewed = await self._oauth.renew(credentials, tokens.refresh_token, now)
        except NotReachedError as error:
            await self._save(account_id, tokens)
            raise SendRefusedError(
                "platform-busy", str(error), retry_after_seconds=error.retry_after_seconds
            ) from error
        except NoAnswerError as error:
            log.warning("token_renewal_unanswered", account=account_id, error=str(error))
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=UNANSWERED_RETRY_SECONDS) from error
        except RefusedError as error:
            log.error("token_renewal_refused", account=account_id, zalo_code=error.code)
            await self._save(account_id, msgspec.structs.replace(tokens, refused_at=now))
            raise _lost(tokens, str(error), usable) from error
        await self._save(account_id, renewed)
        log.info("token_renewed", account=account_id, expires_at=renewed.expires_at.isoformat())
        return renewed

    async def _read(self, account_id: int) -> _Stored:
        async with self._database.transaction() as connection:
            row = (
                await connection.execute(
                    text("SELECT credentials, tokens FROM channel_account WHERE id = :id"), {"id": account_id}
                )
            ).one()
        try:
            credentials = sealing.open_credentials(self._vault, row.credentials)
            tokens = sealing.open_tokens(self._vault, row.tokens) if row.tokens is not None else None
        except (UndecipherableError, msgspec.DecodeError) as error:
            raise SendRefusedError("undecipherable", "the secret key has changed", account_down=True) from error
        return _Stored(credentials, tokens)

    async def _save(self, account_id: int, tokens: Tokens, *, authorised_at: datetime | None = None) -> None:
        """Commits by itself. A pair that Zalo just gave exists nowhere else, so a restarting database is waited for."""
        sealed = sealing.seal(self._vault, tokens)
        for delay in SAVE_DELAYS_SECONDS:
            try:
                return await self._write(account_id, tokens, sealed, authorised_at)
            except (DBAPIError, OSError) as error:
                log.warning("token_save_failed", account=account_id, error=type(error).__name__)
                await asyncio.sleep(delay)
        return await self._write(account_id, tokens, sealed, authorised_at)

    async def _write(self, account_id: int, tokens: Tokens, sealed: bytes, authorised_at: datetime | None) -> None:
        async with self._database.side_transaction() as connection:
            await connection.execute(
                text(
                    "UPDATE channel_account SET tokens = :tokens, refresh_due_at = :due,"
                    " authorised_at = coalesce(CAST(:authorised AS timestamptz), authorised_at) WHERE id = :id"
                ),
                {
                    "tokens": sealed,
                    "due": renewal_due(tokens, clock.now()),
                    "authorised": authorised_at,
                    "id": account_id,
                },
            )


@asynccontextmanager
async def token_lock(url: URL, account_id: int) -> AsyncGenerator[None]:
    """Whoever writes an account's tokens holds it, by a connection of its own: it ends with us, not with a time-out,
    and holds no transaction open. Raises `SendRefusedError`."""
    try:
        connection = await psycopg.AsyncConnection.connect(dsn(url), autocommit=True, connect_timeout=5)
    except psycopg.Error as error:
        raise SendRefusedError("platform-busy", "no lock", retry_after_seconds=5) from error
    async with connection:
        await connection.execute("SELECT pg_advisory_lock(%s, %s)", (LOCK_SPACE, account_id))
        yield


def renewal_due(tokens: Tokens, now: datetime) -> datetime:
    """When to renew: 5 h before the end, daily at the latest, and after a failure in a while."""
    if tokens.refused_at:
        return tokens.refused_at + ASK_AGAIN_AFTER
    if tokens.renewing_since:
        return now + timedelta(seconds=UNANSWERED_RETRY_SECONDS)
    return min(tokens.expires_at - RENEW_AHEAD, now + IDLE_LONGEST)


def _lost(tokens: Tokens, detail: str, usable: bool) -> SendRefusedError:
    """A refresh token that is refused after an unanswered renewal was spent by it: the pair is lost. Else Zalo, or the
    OA's admin, took the permission back. Either way the OA must be connected again."""
    reason = "account-not-connected" if tokens.renewing_since else "token"
    return SendRefusedError(reason, detail, account_down=not usable)
