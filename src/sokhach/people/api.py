"""The first owner, signing in and out, and one's own preferences, over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import PERMISSIONS, Permission, Role
from sokhach.core.audit import AuditAction, record
from sokhach.core.config import Settings
from sokhach.core.problems import locale_of
from sokhach.core.web import Connection, CurrentActor, OurSettings, client_address, unit_of
from sokhach.people import queries, service
from sokhach.people.access import COOKIE
from sokhach.people.passwords import PasswordHasher
from sokhach.people.rules import staff_code
from sokhach.people.security import links, recording
from sokhach.people.security.proof import Proof
from sokhach.people.service import SignIn

# Browsers cap it; when a session really ends is the store's business.
COOKIE_SECONDS = 400 * 24 * 3600

AnyRequest = Request[Any, Any, Any]
Hasher = NamedDependency[PasswordHasher]
SignInGate = NamedDependency[SignIn]
OurProof = NamedDependency[Proof]
Text = Annotated[str, Meta(max_length=1000)]


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in person. `needs_second_factor`: their role asks for one, and until it is set up nothing else is
    open to them. `recording_confirmed`: that work chats are recorded, in its present wording."""

    id: int
    code: str
    name: str
    email: str | None
    phone: str | None
    role: Literal["staff", "lead", "manager", "admin", "auditor"]
    locale: Literal["vi", "en"]
    color_scheme: Literal["auto", "light", "dark"]
    timezone: str
    permissions: list[str]
    needs_second_factor: bool
    recording_confirmed: bool


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    code: str
    name: str


class ColleagueList(msgspec.Struct, frozen=True):
    items: Sequence[Colleague]


class SetupState(msgspec.Struct, frozen=True):
    needs_owner: bool


class SetupRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`token` is the one-time code of the link that `sokhach run` prints; `login` an e-mail address or phone number."""

    token: Text
    name: Text
    login: Text
    password: Text


class SignInRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`login` is an e-mail address or a phone number; `code` of a second factor, or a recovery code."""

    login: Text
    password: Text
    code: Text | None = None


class PreferencesRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    locale: Literal["vi", "en"] | UnsetType = UNSET
    color_scheme: Literal["auto", "light", "dark"] | UnsetType = UNSET


@get("/api/setup", access="public", operation_id="GetSetup")
async def get_setup(connection: Connection) -> SetupState:
    """Whether the first owner is still to be made."""
    return SetupState(not await queries.anybody_works_here(connection))


@post("/api/setup", access="public", operation_id="Setup")
async def set_up(
    data: JSONBody[SetupRequest],
    request: AnyRequest,
    connection: Connection,
    hasher: Hasher,
    settings: OurSettings,
) -> Response[Me]:
    """Makes the first owner, an administrator, and signs them in."""
    await service.use_setup_code(connection, data.token)
    staff_id = await service.create_admin(
        connection, hasher, name=data.name, login=data.login, password=data.password, locale=locale_of(request)
    )
    after = {"name": data.name.strip(), "role": Role.ADMIN.value}
    await record(connection, AuditAction.STAFF_ADD, staff_id, after=after, staff_id=staff_id)
    # The page on which an owner is made says so.
    await links.act_as_oneself(connection, staff_id)
    await recording.confirm(connection)
    return await signed_in(request, connection, staff_id, settings)


@post("/api/session", access="public", operation_id="SignIn")
async def sign_in(
    data: JSONBody[SignInRequest], request: AnyRequest, sign_in_gate: SignInGate, proof: OurProof, settings: OurSettings
) -> Response[Me]:
    """Signs in; an earlier session of this browser ends. Who has a second factor is refused with
    `second-factor-needed`, and comes again with `code`."""
    address = client_address(request)
    staff_id = await sign_in_gate.recognise(data.login, data.password, address)
    await proof.second_factor(staff_id, data.code, address)
    connection = await unit_of(request.scope).begin()
    return await signed_in(request, connection, staff_id, settings)


@get("/api/session", access="signed-in", without_second_factor=True, operation_id="GetSession")
async def get_session(actor: CurrentActor, connection: Connection, settings: OurSettings) -> Me:
    """The signed-in person."""
    return await _me(connection, actor.staff_id, settings)


@patch("/api/session", access="signed-in", without_second_factor=True, operation_id="UpdatePreferences")
async def update_preferences(
    data: JSONBody[PreferencesRequest], actor: CurrentActor, connection: Connection, settings: OurSettings
) -> Me:
    """Changes one's own preferences: those that are given."""
    await service.set_preferences(
        connection,
        locale=None if data.locale is UNSET else data.locale,
        color_scheme=None if data.color_scheme is UNSET else data.color_scheme,
    )
    return await _me(connection, actor.staff_id, settings)


@get("/api/colleagues", access=Permission.STAFF_READ, operation_id="ListColleagues")
async def list_colleagues(connection: Connection) -> ColleagueList:
    """Everybody who works here and is not suspended, by name: to choose from."""
    found = await queries.colleagues(connection)
    return ColleagueList([Colleague(id=one.id, code=staff_code(one.id), name=one.name) for one in found])


@delete("/api/session", access="signed-in", without_second_factor=True, operation_id="SignOut")
async def sign_out(request: AnyRequest, connection: Connection) -> Response[None]:
    """Ends the session of this browser."""
    await service.close_session(connection, request.cookies[COOKIE])
    response = Response(None)
    response.delete_cookie(COOKIE)
    return response


async def signed_in(
    request: AnyRequest, connection: AsyncConnection, staff_id: int, settings: Settings
) -> Response[Me]:
    """A new session for somebody who has proved who they are."""
    if previous := request.cookies.get(COOKIE):
        await service.close_session(connection, previous)
    token = await service.open_session(
        connection,
        staff_id,
        days=settings.session_days,
        address=client_address(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    cookie = Cookie(
        key=COOKIE,
        value=token,
        httponly=True,
        samesite="lax",
        secure=settings.base_url.startswith("https://"),
        max_age=COOKIE_SECONDS,
    )
    return Response(await _me(connection, staff_id, settings), cookies=[cookie])


async def _me(connection: AsyncConnection, staff_id: int, settings: Settings) -> Me:
    profile = await queries.profile_of(connection, staff_id)
    caller = await queries.caller_by_id(connection, staff_id)
    return Me(
        id=profile.id,
        code=staff_code(profile.id),
        name=profile.name,
        email=profile.email,
        phone=profile.phone,
        role=profile.role.value,
        locale=profile.locale,
        color_scheme=profile.color_scheme,
        timezone=settings.company_timezone,
        permissions=sorted(PERMISSIONS[profile.role]),
        needs_second_factor=caller is not None and caller.lacks_second_factor,
        recording_confirmed=profile.recording_version == recording.VERSION,
    )


routes = [get_setup, set_up, sign_in, get_session, update_preferences, sign_out, list_colleagues]
