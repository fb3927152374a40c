"""Personal accounts over HTTP. Who looks after accounts sees all; a holder sees and brings back their own."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from sokhach.channels.zalo_personal import beginning, proxies, queries, service
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.host.errands import OPERATIONS, request_of
from sokhach.channels.zalo_personal.host.rules import State
from sokhach.channels.zalo_personal.queries import PersonalCallView, PersonalConsent, PersonalLogin
from sokhach.channels.zalo_personal.service import Action, ActionOutcome, Sim
from sokhach.channels.zalo_personal.views import PersonalAccountDetail, PersonalAccountList
from sokhach.core import clock
from sokhach.core.actor import Permission, Role
from sokhach.core.crypto import Vault
from sokhach.core.problems import Fault, InvalidInput, Problem, locale_of, not_found
from sokhach.core.web import Connection, CurrentActor, OurSettings
from sokhach.customers.rules import phone_of

AnyRequest = Request[Any, Any, Any]
LARGEST_ID = 2**63 - 1
MOST_AT_ONCE = 500
MANAGE = Permission.CHANNEL_ACCOUNT_MANAGE

Id = Annotated[int, Meta(ge=1, le=LARGEST_ID)]
AccountId = FromPath[int]
Proxy = Annotated[str, Meta(max_length=500, description="A web proxy, such as http://user:password@host:3128.")]
SearchText = Annotated[str, QueryParameter(max_length=200, description="Part of a name, number, or holder's name.")]
HolderId = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID, description="Accounts of this person.")]
OfState = Annotated[State | None, QueryParameter(name="state", description="Accounts in this state.")]


class NewPersonalLogin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`account_id`: to bring back a known account, which keeps its holder and SIM; another person's scan is refused.
    `consent`: the holder agreed to the words of `/api/personal-consent`."""

    holder_id: Id
    sim: Sim
    account_id: Id | None = None
    consent: Literal[True]
    proxy: Proxy | None = None


class PersonalActionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`stop` ends the session, and sends nothing; `start` connects it again; `return` takes the session back after
    somebody else took it."""

    ids: Annotated[list[Id], Meta(min_length=1, max_length=MOST_AT_ONCE)]
    action: Action


class PersonalAccountChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`proxy` null leaves it as it is, "" takes it away; with another one the session begins anew."""

    holder_id: Id
    sim: Sim
    proxy: Proxy | None = None


class PersonalSwitchRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stopped: bool


class PersonalCallRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`find_phone {phone}` (as people write it), `friend_request {uid, text}`."""

    op: Literal["find_phone", "friend_request"]
    arguments: dict[str, str]


class AskedCall(msgspec.Struct, frozen=True):
    id: int


@get("/api/personal-accounts", access="signed-in", operation_id="ListPersonalAccounts")
async def list_personal_accounts(
    request: AnyRequest,
    connection: Connection,
    settings: OurSettings,
    in_state: OfState = None,
    holder_id: HolderId = None,
    search: SearchText = "",
) -> PersonalAccountList:
    """The accounts that the caller looks after or holds, by name."""
    return await queries.account_list(
        connection, settings, locale_of(request), state=in_state, holder_id=holder_id, search=search
    )


@get("/api/personal-accounts/{account_id:int}", access="signed-in", operation_id="GetPersonalAccount")
async def get_personal_account(
    request: AnyRequest, connection: Connection, settings: OurSettings, account_id: AccountId
) -> PersonalAccountDetail:
    """One account with its connections, gaps, and frames that could not be read."""
    found = await queries.account_detail(connection, settings, locale_of(request), _id(account_id))
    if found is None:
        raise not_found()
    return found


@put("/api/personal-accounts/{account_id:int}", access=MANAGE, sudo=True, operation_id="ChangePersonalAccount")
async def change_personal_account(
    data: JSONBody[PersonalAccountChange],
    request: AnyRequest,
    connection: Connection,
    settings: OurSettings,
    account_id: AccountId,
) -> PersonalAccountDetail:
    """Says whose the account is, what kind of SIM it is on, and by which proxy it goes out. Another holder of a staff's
    own SIM ends its marks, and sees nothing private before they logged in by QR; it becomes the company's by a login of
    its holder only (`holder-must-agree`)."""
    await proxies.check(data.proxy, inner=settings.proxy_inside)
    await service.change(
        connection,
        Sealing(Vault(settings.keys)),
        _id(account_id),
        holder_id=data.holder_id,
        sim=data.sim,
        proxy=data.proxy,
        now=clock.now(),
    )
    found = await queries.account_detail(connection, settings, locale_of(request), account_id)
    if found is None:
        raise not_found()
    return found


@post("/api/personal-accounts/actions", access="signed-in", operation_id="ActOnPersonalAccounts", status_code=200)
async def act_on_personal_accounts(
    data: JSONBody[PersonalActionRequest], request: AnyRequest, connection: Connection, actor: CurrentActor
) -> ActionOutcome:
    """Starts, stops or brings back many accounts at once. Holders may bring back their own."""
    return await service.act(connection, actor, data.ids, data.action, locale_of(request), clock.now())


@put("/api/personal-switch", access=MANAGE, sudo=True, operation_id="TurnPersonalSwitch", status_code=204)
async def turn_personal_switch(
    data: JSONBody[PersonalSwitchRequest], connection: Connection, actor: CurrentActor
) -> None:
    """Stops everything that goes out by personal accounts, or lets it go again. Sessions go on, and so does what comes
    in; messages wait."""
    await service.turn_switch(connection, actor, stopped=data.stopped, now=clock.now())


@get("/api/personal-consent", access="signed-in", operation_id="GetPersonalConsent")
async def get_personal_consent(request: AnyRequest, connection: Connection, actor: CurrentActor) -> PersonalConsent:
    """What a holder is told and agrees to before their account is connected."""
    return await queries.consent_view(connection, actor.staff_id, locale_of(request))


@post("/api/personal-logins", access="signed-in", operation_id="BeginPersonalLogin")
async def begin_personal_login(
    data: JSONBody[NewPersonalLogin],
    request: AnyRequest,
    connection: Connection,
    actor: CurrentActor,
    settings: OurSettings,
) -> PersonalLogin:
    """Asks for a code to scan. It comes to the login within seconds; browsers are told. Administrators connect the
    accounts of all, others their own."""
    if actor.role == Role.AUDITOR:
        raise Problem("not-permitted", 403)
    # Who may not give one is refused for that, below.
    if actor.may(MANAGE):
        await proxies.check(data.proxy, inner=settings.proxy_inside)
    login_id = await service.ask_login(
        connection,
        Sealing(Vault(settings.keys)),
        actor,
        holder_id=data.holder_id,
        sim=data.sim,
        account_id=data.account_id,
        proxy=data.proxy or None,
        locale=locale_of(request),
        now=clock.now(),
    )
    return await _login(request, connection, login_id)


@get("/api/personal-logins/{login_id:int}", access="signed-in", operation_id="GetPersonalLogin")
async def get_personal_login(request: AnyRequest, connection: Connection, login_id: FromPath[int]) -> PersonalLogin:
    """For who asked for it, and administrators: whoever has the image can log in."""
    return await _login(request, connection, _id(login_id))


@post("/api/personal-logins/{login_id:int}/renewal", access="signed-in", operation_id="RenewPersonalLogin")
async def renew_personal_login(request: AnyRequest, connection: Connection, login_id: FromPath[int]) -> PersonalLogin:
    """A new code in place of one that expired or was declined."""
    await service.renew_login(connection, _id(login_id), clock.now())
    return await _login(request, connection, login_id)


@delete("/api/personal-logins/{login_id:int}", access="signed-in", operation_id="AbortPersonalLogin")
async def abort_personal_login(connection: Connection, login_id: FromPath[int]) -> None:
    """The code is good for nothing any more."""
    await service.abort_login(connection, _id(login_id), clock.now())


@post("/api/personal-accounts/{account_id:int}/calls", access="signed-in", operation_id="AskPersonalAccount")
async def ask_personal_account(
    data: JSONBody[PersonalCallRequest], connection: Connection, actor: CurrentActor, account_id: AccountId
) -> AskedCall:
    """Has the account do something at Zalo. What came of it is read by the call's id."""
    if actor.role == Role.AUDITOR:
        raise Problem("not-permitted", 403)
    given = dict(data.arguments)
    try:
        if data.op == "find_phone":
            given["phone"] = _as_zalo_has_it(given.get("phone", ""))
        request_of(_id(account_id), data.op, given)
    except msgspec.ValidationError as error:
        raise InvalidInput([Fault("arguments", "form")]) from error
    kept = {name: given[name] for name in OPERATIONS[data.op].__struct_fields__ if name in given}
    return AskedCall(await service.ask_call(connection, actor, account_id, data.op, kept, clock.now()))


@get("/api/personal-calls/{call_id:int}", access="signed-in", operation_id="GetPersonalCall")
async def get_personal_call(request: AnyRequest, connection: Connection, call_id: FromPath[int]) -> PersonalCallView:
    """For who asked, and administrators."""
    found = await queries.call_view(connection, _id(call_id), locale_of(request))
    if found is None:
        raise not_found()
    return found


@post("/api/personal-calls/{call_id:int}/conversation", access="signed-in", operation_id="BeginConversation")
async def begin_conversation(connection: Connection, actor: CurrentActor, call_id: FromPath[int]) -> AskedCall:
    """A conversation with whom that call (`find_phone`) found; nothing is sent. What the new call answers has the
    conversation's id. On a staff's own SIM the holder makes the person work by it, and nobody else can."""
    if actor.role == Role.AUDITOR:
        raise Problem("not-permitted", 403)
    return AskedCall(await beginning.ask(connection, actor, _id(call_id), clock.now()))


async def _login(request: AnyRequest, connection: Connection, login_id: int) -> PersonalLogin:
    found = await queries.login_view(connection, login_id, locale_of(request))
    if found is None:
        raise not_found()
    return found


def _as_zalo_has_it(phone: str) -> str:
    """With the country's code and without a plus, however it was written. Raises `msgspec.ValidationError`."""
    number = phone_of(phone)
    if number is None:
        raise msgspec.ValidationError("no phone number")
    return number.removeprefix("+")


def _id(given: int) -> int:
    if given > LARGEST_ID:
        raise not_found()
    return given


routes = [
    list_personal_accounts,
    get_personal_account,
    change_personal_account,
    act_on_personal_accounts,
    turn_personal_switch,
    get_personal_consent,
    begin_personal_login,
    get_personal_login,
    renew_personal_login,
    abort_personal_login,
    ask_personal_account,
    get_personal_call,
    begin_conversation,
]
