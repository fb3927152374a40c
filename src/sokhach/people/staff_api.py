"""Who works here, over HTTP. Beside `api.py`, where everybody's own session is."""

from collections.abc import Sequence
from typing import Annotated

import msgspec
from litestar import Request, delete, get, patch, post, put
from litestar.datastructures import State as AppState
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Permission, Role
from sokhach.core.paging import InvalidCursorError
from sokhach.core.problems import Fault, InvalidInput, Problem, locale_of, not_found
from sokhach.core.web import Connection, CurrentActor
from sokhach.people import staff, staff_queries
from sokhach.people.access import require_sudo
from sokhach.people.passwords import PasswordHasher
from sokhach.people.rules import LARGEST_ID
from sokhach.people.staff_queries import RoleName, StaffMember, StaffPage
from sokhach.people.teams import Membership

AnyRequest = Request[object, object, AppState]
Hasher = NamedDependency[PasswordHasher]
Text = Annotated[str, Meta(max_length=1000)]
Search = Annotated[str, QueryParameter(max_length=200, description="Part of a name, e-mail address or phone number.")]
TeamId = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID, description="This team and those below it.")]
Suspended = Annotated[bool | None, QueryParameter(description="Those only who are, or are not; without it all.")]
Confirmed = Annotated[
    bool | None, QueryParameter(description="Those only who confirmed that work chats are recorded, or have not.")
]
Before = Annotated[str | None, QueryParameter(max_length=64, description="`next` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Rows a page.")]


class StaffTeamChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`leads` counts while the person's role is `lead`."""

    team_id: int
    leads: bool = False


Teams = Annotated[Sequence[StaffTeamChoice], Meta(max_length=100)]


class NewStaffMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`login` is an e-mail address or a phone number."""

    name: Text
    login: Text
    role: RoleName
    teams: Teams = ()


class StaffMemberChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is given changes; `teams` are all that the person belongs to from now on."""

    name: Text | UnsetType = UNSET
    role: RoleName | UnsetType = UNSET
    teams: Teams | UnsetType = UNSET


class AddedStaffMember(msgspec.Struct, frozen=True, kw_only=True):
    """`password` is told here and nowhere else."""

    member: StaffMember
    password: str


class NewPassword(msgspec.Struct, frozen=True):
    """Told here and nowhere else."""

    password: str


@get("/api/staff", access=Permission.STAFF_READ, operation_id="ListStaff")
async def list_staff(
    connection: Connection,
    search: Search = "",
    role: FromQuery[RoleName | None] = None,
    team_id: TeamId = None,
    suspended: Suspended = None,
    recording_confirmed: Confirmed = None,
    before: Before = None,
    limit: Limit = 50,
) -> StaffPage:
    """Who works here, by name."""
    if "\0" in search:
        raise InvalidInput([Fault("search", "nul")])
    try:
        return await staff_queries.list_staff(
            connection,
            search=search,
            role=role,
            team_id=team_id,
            suspended=suspended,
            recording_confirmed=recording_confirmed,
            before=before,
            limit=limit,
        )
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@get("/api/staff/{staff_id:int}", access=Permission.STAFF_READ, operation_id="GetStaffMember")
async def get_staff_member(connection: Connection, staff_id: FromPath[int]) -> StaffMember:
    """One of them."""
    return await _member(connection, _id(staff_id))


@post("/api/staff", access=Permission.STAFF_MANAGE, operation_id="AddStaffMember")
async def add_staff_member(
    data: JSONBody[NewStaffMember], request: AnyRequest, connection: Connection, hasher: Hasher
) -> AddedStaffMember:
    """Adds somebody, with a password that we make. A new administrator asks for sudo."""
    if data.role == "admin":
        require_sudo(request.scope)
    staff_id, password = await staff.add(
        connection,
        hasher,
        name=data.name,
        login=data.login,
        role=Role(data.role),
        memberships=_memberships(data.teams),
        locale=locale_of(request),
    )
    return AddedStaffMember(member=await _member(connection, staff_id), password=password)


@patch("/api/staff/{staff_id:int}", access=Permission.STAFF_MANAGE, operation_id="UpdateStaffMember")
async def update_staff_member(
    staff_id: FromPath[int], data: JSONBody[StaffMemberChange], request: AnyRequest, connection: Connection
) -> StaffMember:
    """Changes name, role, teams: those that are given. A role asks for sudo."""
    if data.role is not UNSET:
        require_sudo(request.scope)
    await staff.change(
        connection,
        _id(staff_id),
        name=None if data.name is UNSET else data.name,
        role=None if data.role is UNSET else Role(data.role),
        memberships=None if data.teams is UNSET else _memberships(data.teams),
    )
    return await _member(connection, staff_id)


@post(
    "/api/staff/{staff_id:int}/password", access=Permission.STAFF_MANAGE, sudo=True, operation_id="RenewStaffPassword"
)
async def renew_staff_password(
    staff_id: FromPath[int], actor: CurrentActor, connection: Connection, hasher: Hasher
) -> NewPassword:
    """Makes a new password; every browser of theirs is signed out."""
    return NewPassword(await staff.renew_password(connection, hasher, actor, _id(staff_id)))


@put(
    "/api/staff/{staff_id:int}/suspension", access=Permission.STAFF_MANAGE, sudo=True, operation_id="SuspendStaffMember"
)
async def suspend_staff_member(staff_id: FromPath[int], actor: CurrentActor, connection: Connection) -> StaffMember:
    """Signs them out everywhere at once; they cannot sign in until they are brought back."""
    await staff.suspend(connection, actor, _id(staff_id))
    return await _member(connection, staff_id)


@delete(
    "/api/staff/{staff_id:int}/suspension",
    access=Permission.STAFF_MANAGE,
    operation_id="ReinstateStaffMember",
    status_code=200,
)
async def reinstate_staff_member(staff_id: FromPath[int], connection: Connection) -> StaffMember:
    """They may sign in again, with the password that they had."""
    await staff.reinstate(connection, _id(staff_id))
    return await _member(connection, staff_id)


def _memberships(teams: Sequence[StaffTeamChoice]) -> list[Membership]:
    return [Membership(one.team_id, one.leads) for one in teams]


async def _member(connection: AsyncConnection, staff_id: int) -> StaffMember:
    found = await staff_queries.staff_member(connection, staff_id)
    if found is None:
        raise not_found()
    return found


def _id(staff_id: int) -> int:
    if staff_id > LARGEST_ID:
        raise not_found()
    return staff_id


routes = [
    list_staff,
    get_staff_member,
    add_staff_member,
    update_staff_member,
    renew_staff_password,
    suspend_staff_member,
    reinstate_staff_member,
]
