"""What administrators look after for everybody: browsers, API tokens, second factors."""

from collections.abc import Sequence

import msgspec
from litestar import delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from sokhach.core.actor import Permission, Role
from sokhach.core.problems import not_found
from sokhach.core.web import Connection, CurrentActor
from sokhach.people.queries import Caller
from sokhach.people.rules import LARGEST_ID
from sokhach.people.security import devices, second_factor, tokens
from sokhach.people.security.account_api import DeviceList
from sokhach.people.security.tokens import Token
from sokhach.people.staff_queries import RoleName

MANAGE = Permission.STAFF_MANAGE
CurrentCaller = NamedDependency[Caller]


class AllTokens(msgspec.Struct, frozen=True):
    """Newest first."""

    items: Sequence[Token]


class SecurityPolicyView(msgspec.Struct, frozen=True):
    """`totp_roles`: who needs a second factor."""

    totp_roles: Sequence[RoleName]


class SecurityPolicyChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    totp_roles: Sequence[RoleName]


@get("/api/staff/{staff_id:int}/devices", access=MANAGE, operation_id="ListStaffDevices")
async def list_devices(staff_id: FromPath[int], caller: CurrentCaller, connection: Connection) -> DeviceList:
    """The browsers in which somebody is signed in."""
    return DeviceList(await devices.devices_of(connection, _id(staff_id), caller.session_id))


@delete("/api/staff/{staff_id:int}/devices/{device_id:int}", access=MANAGE, operation_id="EndStaffDevice")
async def end_device(staff_id: FromPath[int], device_id: FromPath[int], connection: Connection) -> None:
    """Signs one of them out."""
    await devices.end(connection, _id(staff_id), _id(device_id))


@delete("/api/staff/{staff_id:int}/second-factor", access=MANAGE, sudo=True, operation_id="RemoveStaffSecondFactor")
async def remove_second_factor(staff_id: FromPath[int], connection: Connection) -> None:
    """For somebody who has lost theirs: they sign in with the password, and set it up anew."""
    await second_factor.remove(connection, _id(staff_id))


@get("/api/api-tokens", access=MANAGE, operation_id="ListAllTokens")
async def list_all_tokens(connection: Connection) -> AllTokens:
    """The API tokens of everybody, ended ones included."""
    return AllTokens(await tokens.tokens_of(connection, None))


@delete("/api/api-tokens/{token_id:int}", access=MANAGE, operation_id="RevokeAnyToken")
async def revoke_any_token(token_id: FromPath[int], connection: Connection) -> None:
    """The program is shut out at once."""
    await tokens.revoke(connection, _id(token_id), None)


@get("/api/security-policy", access=Permission.SECURITY_POLICY_MANAGE, operation_id="GetSecurityPolicy")
async def get_policy(connection: Connection) -> SecurityPolicyView:
    """What the company asks of everybody."""
    return SecurityPolicyView([Role(role).value for role in await second_factor.totp_roles(connection)])


@put("/api/security-policy", access=Permission.SECURITY_POLICY_MANAGE, sudo=True, operation_id="ChangeSecurityPolicy")
async def change_policy(
    data: JSONBody[SecurityPolicyChange], actor: CurrentActor, connection: Connection
) -> SecurityPolicyView:
    """Who has no second factor and needs one sets it up before anything else."""
    await second_factor.set_totp_roles(connection, actor, {Role(role) for role in data.totp_roles})
    return SecurityPolicyView([Role(role).value for role in await second_factor.totp_roles(connection)])


def _id(given: int) -> int:
    if given > LARGEST_ID:
        raise not_found()
    return given


routes = [
    list_devices,
    end_device,
    remove_second_factor,
    list_all_tokens,
    revoke_any_token,
    get_policy,
    change_policy,
]
