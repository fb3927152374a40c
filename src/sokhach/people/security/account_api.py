"""Everybody's own account over HTTP: password, second factor, browsers, API tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.audit import AuditAction, record
from sokhach.core.crypto import Vault
from sokhach.core.problems import Problem, not_found
from sokhach.core.web import Connection, CurrentActor, OurSettings, client_address
from sokhach.people import queries
from sokhach.people.passwords import PasswordHasher
from sokhach.people.queries import Caller
from sokhach.people.rules import LARGEST_ID
from sokhach.people.security import devices, passwords, recording, second_factor, tokens
from sokhach.people.security.devices import Device
from sokhach.people.security.proof import Proof
from sokhach.people.security.tokens import Token

AnyRequest = Request[Any, Any, Any]
Hasher = NamedDependency[PasswordHasher]
OurProof = NamedDependency[Proof]
CurrentCaller = NamedDependency[Caller]
Text = Annotated[str, Meta(max_length=1000)]


class AccountSecurity(msgspec.Struct, frozen=True, kw_only=True):
    """`totp`: a second factor is in use; `totp_required`: their role asks for one."""

    totp: bool
    totp_required: bool
    recovery_codes_left: int
    recording_confirmed_at: datetime | None


class TotpSecret(msgspec.Struct, frozen=True, kw_only=True):
    """`uri` (otpauth://…) is for a QR code, `secret` for typing. Told here and nowhere else."""

    secret: str
    uri: str


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Text


class RecoveryCodes(msgspec.Struct, frozen=True):
    """Told here and nowhere else."""

    recovery_codes: Sequence[str]


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    current: Text
    password: Text


class SudoRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of the two."""

    password: Text | None = None
    code: Text | None = None


class DeviceList(msgspec.Struct, frozen=True):
    """Last seen first."""

    items: Sequence[Device]


class TokenList(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first. `scopes` are those that one's tokens may hold."""

    items: Sequence[Token]
    scopes: Sequence[str]


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`expires_at` a year ahead at most."""

    name: Text
    scopes: Annotated[Sequence[Text], Meta(max_length=100)]
    expires_at: datetime


class AddedToken(msgspec.Struct, frozen=True, kw_only=True):
    """`token` is told here and nowhere else."""

    id: int
    token: str


@get("/api/account/security", access="signed-in", without_second_factor=True, operation_id="GetAccountSecurity")
async def get_security(actor: CurrentActor, connection: Connection) -> AccountSecurity:
    """What protects one's account."""
    state = await second_factor.state_of(connection, actor)
    return AccountSecurity(**state._asdict())


@post("/api/account/totp", access="signed-in", without_second_factor=True, operation_id="BeginTotp")
async def begin_totp(actor: CurrentActor, connection: Connection, settings: OurSettings) -> TotpSecret:
    """Makes a secret for an authenticator app; it counts once a code of it was shown."""
    person = await queries.profile_of(connection, actor.staff_id)
    login = person.email or person.phone or ""
    made = await second_factor.begin(connection, Vault(settings.keys), actor, login)
    return TotpSecret(secret=made.secret, uri=made.uri)


@put("/api/account/totp", access="signed-in", without_second_factor=True, operation_id="ConfirmTotp")
async def confirm_totp(
    data: JSONBody[Code],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
    settings: OurSettings,
    proof: OurProof,
) -> RecoveryCodes:
    """Shows the first code: from now on signing in asks for one."""
    made = await second_factor.confirm(connection, Vault(settings.keys), actor, data.code)
    if made is None:
        await proof.note_wrong_code(actor.staff_id, client_address(request))
        raise Problem("code-wrong", 403)
    return RecoveryCodes(made)


@delete("/api/account/totp", access="signed-in", sudo=True, operation_id="RemoveTotp")
async def remove_totp(actor: CurrentActor, connection: Connection) -> None:
    """Signing in asks for the password only."""
    await second_factor.remove(connection, actor.staff_id)


@post("/api/account/recovery-codes", access="signed-in", sudo=True, operation_id="RenewRecoveryCodes")
async def renew_recovery_codes(actor: CurrentActor, connection: Connection) -> RecoveryCodes:
    """New codes; the old ones open nothing any more."""
    return RecoveryCodes(await second_factor.renew_codes(connection, actor))


@put("/api/account/password", access="signed-in", operation_id="ChangePassword", status_code=204)
async def change_password(
    data: JSONBody[PasswordChange],
    request: AnyRequest,
    actor: CurrentActor,
    caller: CurrentCaller,
    connection: Connection,
    hasher: Hasher,
    proof: OurProof,
) -> None:
    """Every other browser of theirs is signed out."""
    await passwords.change(
        connection,
        hasher,
        proof,
        actor,
        session_id=caller.session_id,
        current=data.current,
        password=data.password,
        address=client_address(request),
    )


@post("/api/session/sudo", access="signed-in", operation_id="BeginSudo", status_code=204)
async def begin_sudo(
    data: JSONBody[SudoRequest], request: AnyRequest, caller: CurrentCaller, connection: Connection, proof: OurProof
) -> None:
    """Proves again who sits before this browser: for ten minutes dangerous actions are open to them."""
    address = client_address(request)
    if data.code:
        await proof.code(caller.actor.staff_id, data.code, address)
    else:
        await proof.password(caller.actor.staff_id, data.password or "", address)
    if caller.session_id is not None:
        await devices.begin_sudo(connection, caller.session_id)


@get("/api/account/devices", access="signed-in", operation_id="ListDevices")
async def list_devices(caller: CurrentCaller, connection: Connection) -> DeviceList:
    """The browsers in which one is signed in."""
    return DeviceList(await devices.devices_of(connection, caller.actor.staff_id, caller.session_id))


@delete("/api/account/devices/{device_id:int}", access="signed-in", operation_id="EndDevice")
async def end_device(device_id: FromPath[int], actor: CurrentActor, connection: Connection) -> None:
    """Signs one of them out."""
    await devices.end(connection, actor.staff_id, _id(device_id))


@get("/api/account/tokens", access="signed-in", operation_id="ListTokens")
async def list_tokens(actor: CurrentActor, connection: Connection) -> TokenList:
    """One's API tokens, ended ones included."""
    return await _tokens(connection, actor)


@post("/api/account/tokens", access="signed-in", sudo=True, operation_id="AddToken")
async def add_token(data: JSONBody[NewToken], actor: CurrentActor, connection: Connection) -> AddedToken:
    """Makes a token with which a program acts for oneself."""
    token_id, token = await tokens.make(
        connection, actor, name=data.name, scopes=data.scopes, expires_at=data.expires_at
    )
    return AddedToken(id=token_id, token=token)


@delete("/api/account/tokens/{token_id:int}", access="signed-in", operation_id="RevokeToken")
async def revoke_token(token_id: FromPath[int], actor: CurrentActor, connection: Connection) -> None:
    """The program is shut out at once."""
    await tokens.revoke(connection, _id(token_id), actor.staff_id)


@post(
    "/api/account/recording-confirmation",
    access="signed-in",
    without_second_factor=True,
    operation_id="ConfirmRecording",
    status_code=204,
)
async def confirm_recording(actor: CurrentActor, connection: Connection) -> None:
    """The person knows that chats at work are recorded."""
    await recording.confirm(connection)
    await record(connection, AuditAction.ACCOUNT_CONFIRM_RECORDING, actor.staff_id)


async def _tokens(connection: AsyncConnection, actor: CurrentActor) -> TokenList:
    return TokenList(items=await tokens.tokens_of(connection, actor.staff_id), scopes=tokens.scopes_for(actor))


def _id(given: int) -> int:
    if given > LARGEST_ID:
        raise not_found()
    return given


routes = [
    get_security,
    begin_totp,
    confirm_totp,
    remove_totp,
    renew_recovery_codes,
    change_password,
    begin_sudo,
    list_devices,
    end_device,
    list_tokens,
    add_token,
    revoke_token,
    confirm_recording,
]
