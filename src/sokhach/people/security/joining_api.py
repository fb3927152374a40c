"""Inviting people and forgotten passwords, over HTTP. Who follows a link is not signed in yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State as AppState
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, Parameter
from msgspec import Meta

from sokhach.core.actor import Permission, Role
from sokhach.core.database import Database
from sokhach.core.problems import locale_of, not_found
from sokhach.core.web import Connection, CurrentActor, OurSettings, client_address
from sokhach.people import staff_queries
from sokhach.people.access import require_sudo
from sokhach.people.api import Me, signed_in
from sokhach.people.passwords import PasswordHasher
from sokhach.people.rules import LARGEST_ID
from sokhach.people.security import invitations, passwords
from sokhach.people.security.invitations import Invited
from sokhach.people.staff_api import StaffTeamChoice
from sokhach.people.staff_queries import RoleName, StaffMember
from sokhach.people.teams import Membership

AnyRequest = Request[Any, Any, AppState]
Hasher = NamedDependency[PasswordHasher]
Side = NamedDependency[Database]
Text = Annotated[str, Meta(max_length=1000)]
Token = Annotated[str, Parameter(max_length=1000)]
MANAGE = Permission.STAFF_MANAGE


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`login` is an e-mail address or a phone number."""

    name: Text
    login: Text
    role: RoleName
    teams: Annotated[Sequence[StaffTeamChoice], Meta(max_length=100)] = ()


class InvitedStaffMember(msgspec.Struct, frozen=True, kw_only=True):
    """`link` is told here and nowhere else; `mailed`: it is on its way by e-mail, too."""

    member: StaffMember
    link: str
    mailed: bool


class InvitationView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    login: str
    invited_by: str | None
    expires_at: datetime


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`recording_confirmed` must be true: the person knows that chats at work are recorded."""

    token: Text
    password: Text
    recording_confirmed: bool


class ResetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    login: Text


class ResetState(msgspec.Struct, frozen=True):
    """Whether links go out by e-mail; else an administrator hands them over."""

    by_mail: bool


class ResetConfirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Text
    password: Text


class ResetLink(msgspec.Struct, frozen=True):
    """Told here and nowhere else."""

    link: str


@post("/api/staff/invitations", access=MANAGE, operation_id="InviteStaffMember")
async def invite(
    data: JSONBody[NewInvitation],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
    settings: OurSettings,
) -> InvitedStaffMember:
    """Adds somebody who chooses their password themselves, by a link that is good for seven days."""
    if data.role == "admin":
        require_sudo(request.scope)
    invited = await invitations.invite(
        connection,
        settings,
        actor,
        name=data.name,
        login=data.login,
        role=Role(data.role),
        memberships=[Membership(one.team_id, one.leads) for one in data.teams],
        locale=locale_of(request),
    )
    return await _invited(connection, invited)


@post("/api/staff/{staff_id:int}/invitation", access=MANAGE, operation_id="InviteStaffMemberAgain")
async def invite_again(
    staff_id: FromPath[int], actor: CurrentActor, connection: Connection, settings: OurSettings
) -> InvitedStaffMember:
    """A new link; the old one opens nothing any more."""
    return await _invited(connection, await invitations.invite_again(connection, settings, actor, _id(staff_id)))


@post("/api/staff/{staff_id:int}/password-reset", access=MANAGE, sudo=True, operation_id="MakePasswordReset")
async def make_reset(
    staff_id: FromPath[int], actor: CurrentActor, connection: Connection, settings: OurSettings
) -> ResetLink:
    """A link, good for a day, by which they choose a new password: to be handed over."""
    return ResetLink(await passwords.reset_by_hand(connection, settings, actor, _id(staff_id)))


@get("/api/invitation", access="public", operation_id="GetInvitation")
async def get_invitation(token: Token, connection: Connection) -> InvitationView:
    """Who is invited, and by whom."""
    found = await invitations.look_at(connection, token)
    return InvitationView(**found._asdict())


@post("/api/invitation", access="public", operation_id="AcceptInvitation")
async def accept_invitation(
    data: JSONBody[Acceptance], request: AnyRequest, connection: Connection, hasher: Hasher, settings: OurSettings
) -> Response[Me]:
    """Sets the password, and signs in."""
    staff_id = await invitations.accept(
        connection,
        hasher,
        token=data.token,
        password=data.password,
        recording_confirmed=data.recording_confirmed,
    )
    return await signed_in(request, connection, staff_id, settings)


@get("/api/password-reset", access="public", operation_id="GetPasswordReset")
async def get_reset_state(settings: OurSettings) -> ResetState:
    """How somebody who forgot their password gets a link."""
    return ResetState(bool(settings.smtp_url))


@post("/api/password-reset", access="public", operation_id="RequestPasswordReset", status_code=202)
async def request_reset(data: JSONBody[ResetRequest], request: AnyRequest, side: Side, settings: OurSettings) -> None:
    """Sends a link by e-mail, if somebody has this address. The answer is the same for everybody."""
    await passwords.ask_for_reset(side, settings, data.login, client_address(request))


@post("/api/password-reset/confirm", access="public", operation_id="ResetPassword", status_code=204)
async def reset_password(data: JSONBody[ResetConfirmation], connection: Connection, hasher: Hasher) -> None:
    """Sets the password; every browser of theirs is signed out."""
    await passwords.reset(connection, hasher, token=data.token, password=data.password)


async def _invited(connection: Connection, invited: Invited) -> InvitedStaffMember:
    member = await staff_queries.staff_member(connection, invited.staff_id)
    if member is None:
        raise not_found()
    return InvitedStaffMember(member=member, link=invited.link, mailed=invited.mailed)


def _id(staff_id: int) -> int:
    if staff_id > LARGEST_ID:
        raise not_found()
    return staff_id


routes = [
    invite,
    invite_again,
    make_reset,
    get_invitation,
    accept_invitation,
    get_reset_state,
    request_reset,
    reset_password,
]
