"""Channel accounts over HTTP."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
import structlog
from litestar import Request, Response, get, post, put
from litestar.params import FromPath, JSONBody, Parameter, QueryParameter
from litestar.response import Redirect
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import connections, details, pools, queries, service
from sokhach.channels import log as account_log
from sokhach.channels.details import ChannelAccountDetail, Pool
from sokhach.channels.log import LogPage
from sokhach.channels.queries import ChannelAccount
from sokhach.channels.upkeep import sweeps
from sokhach.channels.zalo_oa.consent import ConsentError, refused_by_page
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core import clock
from sokhach.core.actor import Actor, Permission
from sokhach.core.audit import AuditAction, record
from sokhach.core.config import Settings
from sokhach.core.crypto import hash_token
from sokhach.core.database import set_actor
from sokhach.core.paging import InvalidCursorError
from sokhach.core.problems import Fault, InvalidInput, Problem, locale_of, not_found
from sokhach.core.web import Connection, CurrentActor, OurSettings, unit_of
from sokhach.people import queries as people
from sokhach.people.access import COOKIE

log = structlog.get_logger()

AnyRequest = Request[Any, Any, Any]
LARGEST_ID = 2**63 - 1
Secret = Annotated[str, Meta(max_length=200)]
AccountId = FromPath[int]
QueryText = Annotated[str, Parameter(max_length=2000)]

READ = Permission.CHANNEL_ACCOUNT_READ
MANAGE = Permission.CHANNEL_ACCOUNT_MANAGE


class ChannelAccountList(msgspec.Struct, frozen=True):
    items: Sequence[ChannelAccount]


class ConnectionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of an app at developers.zalo.me: its id, its secret, and the OA secret key of its webhook page."""

    app_id: Secret
    app_secret: Secret
    oa_secret: Secret


class ConnectionLink(msgspec.Struct, frozen=True, kw_only=True):
    """The person is to open `authorize_url` within ten minutes. Where the app has its callback and challenge saved in
    Zalo's developer console, `redirect_uri` and `code_challenge` are what has to stand there; `webhook_url` has to in
    any case."""

    authorize_url: str
    redirect_uri: str
    code_challenge: str
    webhook_url: str


class SweepRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: datetime


class PoolRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`team_id` goes with `team` only."""

    pool: Pool
    team_id: Annotated[int, Meta(ge=1, le=LARGEST_ID)] | None = None


@get("/api/channel-accounts", access=READ, operation_id="ListChannelAccounts")
async def list_channel_accounts(request: AnyRequest, connection: Connection) -> ChannelAccountList:
    """All channel accounts with their health and tallies."""
    return ChannelAccountList(await queries.account_views(connection, locale_of(request)))


@get("/api/channel-accounts/{account_id:int}", access=READ, operation_id="GetChannelAccount")
async def get_channel_account(
    request: AnyRequest, connection: Connection, settings: OurSettings, account_id: AccountId
) -> ChannelAccountDetail:
    """One account: its page, quotas, tags, sweeps and gaps."""
    return await _detail(request, connection, settings, account_id)


@post("/api/channel-accounts/zalo-oa/connections", access=MANAGE, operation_id="ConnectZaloOA")
async def connect_zalo_oa(
    data: JSONBody[ConnectionRequest], connection: Connection, actor: CurrentActor, settings: OurSettings
) -> ConnectionLink:
    """Begins to connect an OA. Which one is chosen on Zalo's page, from which the browser comes back here."""
    given = Credentials(
        app_id=data.app_id.strip(), app_secret=data.app_secret.strip(), oa_secret=data.oa_secret.strip()
    )
    faults = [Fault(name, "blank") for name, value in msgspec.structs.asdict(given).items() if not value]
    if given.app_id and not re.fullmatch("[0-9]{1,30}", given.app_id):
        faults.append(Fault("app_id", "form"))
    # The app's secret goes out in a header, which holds nothing else.
    if given.app_secret and not re.fullmatch("[!-~]+", given.app_secret):
        faults.append(Fault("app_secret", "form"))
    if faults:
        raise InvalidInput(faults)
    return ConnectionLink(**(await connections.begin(connection, settings, actor, given))._asdict())


@post("/api/channel-accounts/{account_id:int}/reconnection", access=MANAGE, operation_id="ReconnectChannelAccount")
async def reconnect(
    connection: Connection, actor: CurrentActor, settings: OurSettings, account_id: AccountId
) -> ConnectionLink:
    """Begins to connect a known account again, with the credentials that are stored."""
    try:
        credentials = await connections.stored_credentials(connection, settings, _id(account_id))
    except ConsentError as error:
        raise Problem(error.slug, 409) from error
    if credentials is None:
        raise not_found()
    return ConnectionLink(**(await connections.begin(connection, settings, actor, credentials, account_id))._asdict())


@get("/api/channel-accounts/zalo-oa/callback", access="public", include_in_schema=False)
async def finish_zalo_oa(
    request: AnyRequest,
    settings: OurSettings,
    code: QueryText = "",
    oa_id: QueryText = "",
    oauth_state: Annotated[str, QueryParameter(name="state", max_length=200)] = "",
    error: QueryText = "",
) -> Response[Any]:
    """Zalo's page sends the browser here. Whoever comes must be who began, signed in, with the state of that time."""
    try:
        account_id = await _finish(request, settings, code, oa_id, oauth_state, error)
    except ConsentError as refused:
        log.warning("connection_failed", reason=refused.slug, detail=str(refused))
        await unit_of(request.scope).roll_back()
        return Redirect(f"/channel-accounts?problem={refused.slug}", status_code=302)
    return Redirect(f"/channel-accounts/{account_id}?connected=true", status_code=302)


async def _finish(request: AnyRequest, settings: Settings, code: str, oa_id: str, state: str, error: str) -> int:
    """Three transactions: the state is used up whatever comes of it, and none is open while Zalo is called."""
    unit = unit_of(request.scope)
    connection = await unit.begin()
    actor = await _admin(request, connection)

    async def begin() -> AsyncConnection:
        begun = await unit.begin()
        await set_actor(begun, actor)
        return begun

    returned = await connections.come_back(await begin(), settings, state)
    await unit.commit()
    if error or not code:
        raise ConsentError(refused_by_page(error), error[:100])
    found = await connections.granted(settings, returned, code, oa_id)
    return await connections.store(settings, returned.begun.credentials, found, begin, unit.commit)


async def _admin(request: AnyRequest, connection: AsyncConnection) -> Actor:
    caller = await people.caller_of(connection, hash_token(request.cookies.get(COOKIE, "")), clock.now())
    if caller is None:
        raise ConsentError("not-signed-in")
    if caller.lacks_second_factor or not caller.actor.may(MANAGE):
        raise ConsentError("not-permitted")
    return caller.actor


@post("/api/channel-accounts/{account_id:int}/refresh", access=MANAGE, operation_id="RefreshChannelAccount")
async def refresh(
    request: AnyRequest, connection: Connection, settings: OurSettings, account_id: AccountId
) -> ChannelAccountDetail:
    """The platform is asked about the account's page, quotas and tags at once. What it says comes by the realtime
    route; the answer is what is known now."""
    detail = await _detail(request, connection, settings, account_id)
    await service.ask_for_page(connection, account_id, clock.now())
    return detail


@post(
    "/api/channel-accounts/{account_id:int}/sweeps", access=MANAGE, operation_id="SweepChannelAccount", status_code=202
)
async def sweep(
    data: JSONBody[SweepRequest],
    request: AnyRequest,
    connection: Connection,
    actor: CurrentActor,
    settings: OurSettings,
    account_id: AccountId,
) -> ChannelAccountDetail:
    """Reads the platform's history from `since` (at most 90 days back); what is not here yet comes in."""
    now = clock.now()
    if data.since.tzinfo is None:
        raise InvalidInput([Fault("since", "form")])
    if data.since >= now:
        raise InvalidInput([Fault("since", "in-future")])
    if data.since < now - sweeps.FURTHEST:
        raise InvalidInput([Fault("since", "too-long-ago", sweeps.FURTHEST.days)])
    await _detail(request, connection, settings, account_id)
    await sweeps.ask(connection, account_id, "asked", data.since, now, staff_id=actor.staff_id)
    await record(connection, AuditAction.CHANNEL_ACCOUNT_SWEEP, account_id, after={"since": data.since})
    return await _detail(request, connection, settings, account_id)


@put("/api/channel-accounts/{account_id:int}/pool", access=MANAGE, operation_id="SetChannelAccountPool")
async def set_pool(
    data: JSONBody[PoolRequest],
    request: AnyRequest,
    connection: Connection,
    settings: OurSettings,
    account_id: AccountId,
) -> ChannelAccountDetail:
    """Says who sees and may claim the account's conversations that nobody has: everybody, those of one team and of the
    teams below it, or nobody but the management."""
    await pools.set_pool(connection, _id(account_id), data.pool, data.team_id)
    return await _detail(request, connection, settings, account_id)


@get("/api/channel-accounts/{account_id:int}/log", access=READ, operation_id="ListChannelLog")
async def list_log(
    request: AnyRequest,
    connection: Connection,
    account_id: AccountId,
    before: Annotated[str | None, QueryParameter(max_length=64, description="`next` of the page before.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100, description="Entries a page.")] = 50,
) -> LogPage:
    """What the channel told of the account itself, newest first."""
    try:
        return await account_log.page(connection, _id(account_id), locale_of(request), before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


async def _detail(
    request: AnyRequest, connection: AsyncConnection, settings: Settings, account_id: int
) -> ChannelAccountDetail:
    found = await details.detail_of(connection, settings, _id(account_id), locale_of(request))
    if found is None:
        raise not_found()
    return found


def _id(account_id: int) -> int:
    if account_id > LARGEST_ID:
        raise not_found()
    return account_id


routes = [
    list_channel_accounts,
    get_channel_account,
    connect_zalo_oa,
    reconnect,
    finish_zalo_oa,
    refresh,
    sweep,
    set_pool,
    list_log,
]
