"""A Zalo Official Account as a channel."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

import httpx
import structlog
from sqlalchemy.exc import DBAPIError

from sokhach.channels import limit_service
from sokhach.channels.connector import (
    GROUP,
    Account,
    HistoryItem,
    Inbound,
    SendRefusedError,
    SendUncertainError,
    Source,
)
from sokhach.channels.limits import DEFAULT_LIMITS, Limits
from sokhach.channels.outgoing import Asset, Outgoing, OutgoingInfoRequest, OutgoingReaction, Sent, Template, Uploaded
from sokhach.channels.zalo_oa import inbound, outbound, requests, templates
from sokhach.channels.zalo_oa.client import (
    Answer,
    NoAnswerError,
    NotReachedError,
    RateLimitedError,
    RefusedError,
    ZaloClient,
)
from sokhach.channels.zalo_oa.errors import Where, lookup, reason_of
from sokhach.channels.zalo_oa.limits import HISTORY_PAGE, NIGHT_UNTIL, ZONE, asset_life
from sokhach.channels.zalo_oa.oauth import ZaloOAuth
from sokhach.channels.zalo_oa.outbound import OA
from sokhach.channels.zalo_oa.tokens import RENEW_AHEAD, Access, TokenKeeper
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database

log = structlog.get_logger()

HISTORY_PAGES = 5
REPEAT_SECONDS = 1.0
STORE_RETRY_SECONDS = 5.0
ASK_AGAIN_SECONDS = 5.0
"""After an answer that did not come to something that does no harm when it is done twice."""

Call = Callable[[Access], Awaitable[Answer]]


class ZaloOA:
    """Implements `Connector`. One per process; it has one HTTP client for each of Zalo's three hosts."""

    channel = "zalo_oa"

    def __init__(
        self,
        database: Database,
        vault: Vault,
        *,
        openapi_url: str,
        oauth_url: str,
        zns_url: str,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        self._database = database
        self._client = ZaloClient(openapi_url, http)
        self._zns = ZaloClient(zns_url, http)
        self._oauth = ZaloOAuth(oauth_url, http)
        self._tokens = TokenKeeper(database, vault, self._oauth)

    @classmethod
    def of(cls, settings: Settings, database: Database) -> "ZaloOA":
        """`database` as its owner: tokens are written."""
        return cls(
            database,
            Vault(settings.keys),
            openapi_url=settings.zalo_openapi_url,
            oauth_url=settings.zalo_oauth_url,
            zns_url=settings.zalo_zns_url,
        )

    async def close(self) -> None:
        await self._tokens.close()
        await self._client.close()
        await self._zns.close()
        await self._oauth.close()

    def parse(self, account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
        return inbound.parse(account, source, payload, received_at)

    async def send(self, account: Account, message: Outgoing) -> Sent:
        """To a person. Raises `SendRefusedError`, `SendUncertainError`."""
        limits = await self._limits()
        picture = await self._picture(account) if isinstance(message.content, OutgoingInfoRequest) else None
        request = requests.request_of(message, limits=limits, picture=picture)
        client = self._zns if request.where == "zns" else self._client

        async def post(access: Access) -> Answer:
            return await client.post(access.app_id, request.path, access.token, request.body)

        try:
            answer = await self._send(account, post, request.where, limits)
            named = not isinstance(message.content, OutgoingReaction)
            return outbound.to_sent(answer.data, clock.now(), named=named)
        except NoAnswerError as error:
            raise SendUncertainError(str(error)) from error

    async def upload(self, account: Account, asset: Asset, content: bytes) -> Uploaded:
        path = f"{outbound.UPLOAD_PATH}/{asset.kind}"
        limits = await self._limits()

        async def post(access: Access) -> Answer:
            return await self._client.upload(access.app_id, path, access.token, asset.name, content, asset.content_type)

        now = clock.now()
        try:
            answer = await self._send(account, post, "oa", limits)
            return Uploaded(external_id=outbound.to_upload_id(answer.data), expires_at=now + asset_life(limits))
        except NoAnswerError as error:
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=ASK_AGAIN_SECONDS) from error

    async def fetch_templates(self, account: Account) -> Sequence[Template]:
        try:
            return await self._templates(account)
        except NoAnswerError as error:
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=ASK_AGAIN_SECONDS) from error

    async def recent(self, account: Account, thread_key: str, since: datetime) -> Sequence[HistoryItem] | None:
        found: list[HistoryItem] = []
        try:
            for page in range(HISTORY_PAGES):
                items = await self._history(account, thread_key, page * HISTORY_PAGE)
                found += [item for item in items if item.sent_at >= since]
                if len(items) < HISTORY_PAGE or items[-1].sent_at < since:
                    return found
        except (SendRefusedError, NoAnswerError) as error:
            log.warning("history_unavailable", account=account.id, error=str(error))
            return None
        log.warning("history_too_long", account=account.id, pages=HISTORY_PAGES)
        return found

    async def fetch_profile(self, account: Account, person: str) -> bytes | None:
        async def get(access: Access) -> Answer:
            if person.startswith(GROUP):
                group = outbound.GroupQuery(person.removeprefix(GROUP))
                return await self._client.get(access.app_id, outbound.GROUP_PATH, access.token, group)
            query = outbound.PersonQuery(person)
            return await self._client.get(access.app_id, outbound.PERSON_PATH, access.token, query)

        try:
            return (await self._call(account, get)).raw
        except NoAnswerError as error:
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=30) from error
        except SendRefusedError as error:
            if error.retry_after_seconds is None and not error.account_down:
                return None
            raise

    async def refresh_tokens(self, account: Account) -> datetime | None:
        try:
            await self._tokens.renew(account.id, ahead=RENEW_AHEAD)
        except DBAPIError as error:
            raise _store_unreachable(error) from error
        return await self._tokens.due_at(account.id)

    async def adopt(self, account: Account, refresh_token: str) -> OA:
        """Takes a refresh token that the OA's admin obtained, after asking Zalo whose it is.

        Raises `OtherAccountError`, `RefusedError`, `NotReachedError`, `NoAnswerError`, or `SendRefusedError` when our
        own credentials cannot be read.
        """

        async def check(access: Access) -> OA:
            oa = outbound.to_oa((await self._client.get(access.app_id, outbound.OA_PATH, access.token, None)).data)
            if str(oa.oaid) != account.external_id:
                raise OtherAccountError(str(oa.oaid))
            return oa

        return await self._tokens.adopt(account.id, refresh_token, check)

    async def get(self, account: Account, path: str, query: object) -> Answer:
        """A call of the API with a fresh token; None: without a query. Raises `SendRefusedError`, `NoAnswerError`."""

        async def call(access: Access) -> Answer:
            return await self._client.get(access.app_id, path, access.token, query)

        return await self._call(account, call)

    async def post(self, account: Account, path: str, body: object) -> Answer:
        """The same, with JSON. When no answer came, nobody can tell whether the platform did what was asked."""

        async def call(access: Access) -> Answer:
            return await self._client.post(access.app_id, path, access.token, body)

        return await self._call(account, call)

    async def _history(self, account: Account, thread_key: str, offset: int) -> list[HistoryItem]:
        query = outbound.HistoryQuery(thread_key, offset, HISTORY_PAGE)

        async def get(access: Access) -> Answer:
            return await self._client.get(access.app_id, outbound.HISTORY_PATH, access.token, query)

        return outbound.to_history((await self._call(account, get)).data)

    async def _templates(self, account: Account) -> list[Template]:
        found: list[Template] = []
        for page in range(templates.MOST_PAGES):
            query: dict[str, str | int] = {"offset": page * templates.PAGE, "limit": templates.PAGE}
            listed = templates.to_list((await self._ask(account, templates.LIST_PATH, query)).data)
            for one in listed:
                if one.status != templates.ENABLED:
                    found.append(one)
                    continue
                detail = await self._ask(account, templates.DETAIL_PATH, {"template_id": one.template_id})
                found.append(templates.with_detail(one, detail.data))
            if len(listed) < templates.PAGE:
                break
        return found

    async def _ask(self, account: Account, path: str, query: Mapping[str, str | int]) -> Answer:
        async def get(access: Access) -> Answer:
            return await self._zns.ask(access.app_id, path, access.token, query)

        return await self._call(account, get, "zns")

    async def _picture(self, account: Account) -> str | None:
        """An address of the OA's own picture that everybody can open."""

        async def get(access: Access) -> Answer:
            return await self._client.get(access.app_id, outbound.OA_PATH, access.token, None)

        try:
            oa = outbound.to_oa((await self._call(account, get)).data)
        except NoAnswerError as error:
            raise SendRefusedError("platform-busy", str(error), retry_after_seconds=ASK_AGAIN_SECONDS) from error
        return oa.cover or oa.avatar

    async def _limits(self) -> Limits:
        try:
            async with self._database.transaction() as connection:
                return await limit_service.load(connection)
        except (DBAPIError, OSError) as error:
            raise _store_unreachable(error) from error

    async def _send(self, account: Account, call: Call, where: Where, limits: Limits) -> Answer:
        """Zalo says of -200 that one more try is worth it. It is a refusal, so that nothing is sent twice."""
        try:
            return await self._call(account, call, where, limits)
        except _RepeatError:
            await asyncio.sleep(REPEAT_SECONDS)
            return await self._call(account, call, where, limits)

    async def _call(self, account: Account, call: Call, where: Where = "oa", limits: Limits = DEFAULT_LIMITS) -> Answer:
        """Calls with a fresh token, and once more with a newer one when Zalo rejects it.

        Raises `SendRefusedError`, or `NoAnswerError` when the request may have arrived.
        """
        try:
            access = await self._access(account)
            try:
                return await call(access)
            except RefusedError as error:
                if lookup(error.code, where).action != "renew":
                    raise
            return await call(await self._access(account, rejected=access.token))
        except RefusedError as error:
            raise refusal(error, clock.now(), where, limits) from error
        except NotReachedError as error:
            reason = "rate-limited" if isinstance(error, RateLimitedError) else "platform-busy"
            raise SendRefusedError(reason, str(error), retry_after_seconds=error.retry_after_seconds) from error

    async def _access(self, account: Account, rejected: str | None = None) -> Access:
        try:
            if rejected is None:
                return await self._tokens.access(account.id)
            return await self._tokens.renew(account.id, rejected=rejected)
        except (DBAPIError, OSError) as error:
            raise _store_unreachable(error) from error


class OtherAccountError(Exception):
    """The token belongs to another OA; the message is its id."""


class _RepeatError(SendRefusedError):
    """Refused, and worth exactly one more try at once."""


def refusal(
    error: RefusedError, now: datetime, where: Where = "oa", limits: Limits = DEFAULT_LIMITS
) -> SendRefusedError:
    """What a refusal of Zalo's means for the message."""
    known = lookup(error.code, where)
    reason = reason_of(known, error.message)
    if known.action == "once":
        return _RepeatError(reason, str(error))
    after = known.retry_after_seconds if known.action == "later" else None
    if known.action == "morning":
        after = _until_morning(now, limits)
    # A token that was renewed just now and is rejected all the same: the OA took the app's permission back.
    down = known.action in {"account", "renew"}
    return SendRefusedError(reason, str(error), retry_after_seconds=after, account_down=down)


def _until_morning(now: datetime, limits: Limits) -> float:
    local = now.astimezone(ZONE)
    morning = datetime.combine(local.date(), time(limits[NIGHT_UNTIL]), ZONE)
    if morning <= local:
        morning += timedelta(days=1)
    return (morning - local).total_seconds()


def _store_unreachable(error: Exception) -> SendRefusedError:
    return SendRefusedError("platform-busy", type(error).__name__, retry_after_seconds=STORE_RETRY_SECONDS)
