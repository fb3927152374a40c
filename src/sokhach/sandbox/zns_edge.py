"""Every call to the template-message host passes here: method, faults, token, app, official account, rate."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

import msgspec
from litestar.enums import HttpMethod

from sokhach.sandbox.accounts import App, OfficialAccount
from sokhach.sandbox.edge import AnyRequest, Reply, fault_after, fault_before, json_reply
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.tokens import Grant
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_records import ZnsAccount

METHODS = (HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)
"""All are routed, so that a wrong one is refused in Zalo's way."""


class ZnsCaller(msgspec.Struct):
    """Whom a call speaks for, and its standing."""

    app: App
    oa: OfficialAccount
    account: ZnsAccount


class Bare(msgspec.Struct):
    """An answer whose fields stand beside `error`."""

    fields: dict[str, Any]


Act = Callable[[ZnsCaller], Any]


async def zns_call(world: World, request: AnyRequest, method: str, act: Act) -> Reply:
    """Faults, token, limits, then `act`, whose result becomes `data`."""
    token = request.headers.get("access_token", "")
    owner = world.tokens.owner(token)
    scope = _scope(request, owner)
    early = await fault_before(world, scope)
    if early is not None:
        return early
    _revoke_by_fault(world, scope)
    headers: dict[str, str] = {}
    try:
        if request.method != method:
            raise Refusal(-106, "Method unsupported")
        caller = _authorise(world, request, token)
        headers = _limit(world, caller)
        result = act(caller)
    except Refusal as refusal:
        return json_reply({"error": refusal.code, "message": refusal.message}, headers)
    fault_after(world, request, scope, (FaultKind.API_LOST_REPLY,))
    body = result.fields if isinstance(result, Bare) else {"data": result}
    return json_reply({"error": 0, "message": "Success", **body}, headers)


def may_send(caller: ZnsCaller) -> None:
    """The standing that sending, and making templates, needs."""
    if not caller.app.api_registered:
        raise Refusal(-138, "App does not have permission to use this feature")
    if not caller.account.extension_granted:
        raise Refusal(-1381, "OA has not granted the Extension ZCA permission")
    if not caller.oa.verified or not caller.oa.package_name:
        raise Refusal(-135, "OA does not have permission to send ZNS")
    if caller.account.blocked:
        raise Refusal(-1351, "OA is blocked from sending ZNS")
    if not caller.oa.zca_linked:
        raise Refusal(-136, "OA must be connected with a ZCA")


def decode(body: bytes) -> dict[str, Any]:
    """The JSON object of a call."""
    if not body.strip():
        raise Refusal(-121, "Body data empty")
    try:
        decoded = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(-122, "Body request is not valid JSON") from error
    if not isinstance(decoded, dict):
        raise Refusal(-122, "Body request is not a JSON object")
    if not decoded:
        raise Refusal(-121, "Body data empty")
    return {str(name): value for name, value in decoded.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _scope(request: AnyRequest, owner: Grant | None) -> Scope:
    app_id, oa_id = (None, None) if owner is None else (owner.app_id, owner.oa_id)
    return Scope(app_id=app_id, oa_id=oa_id, path=request.url.path)


def _revoke_by_fault(world: World, scope: Scope) -> None:
    fault = world.faults.strike(FaultKind.TOKEN_REVOCATION, scope) if scope.oa_id else None
    if fault is not None and scope.oa_id is not None:
        world.tokens.revoke(scope.oa_id, refresh_too=fault.order.refresh_too)


def _authorise(world: World, request: AnyRequest, token: str) -> ZnsCaller:
    grant = world.tokens.grant(token)
    if grant is None:
        raise Refusal(-124, "Access token invalid")
    app = world.accounts.app(grant.app_id)
    if app.removed:
        raise Refusal(-102, "Application not existed")
    proof = request.headers.get("appsecret_proof")
    if proof is not None and proof != hmac.new(app.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest():
        raise Refusal(-1241, "appsecret_proof invalid")
    if not app.active:
        raise Refusal(-103, "Application not activated")
    oa = world.accounts.oa(grant.oa_id)
    if oa.app_id != app.app_id:
        raise Refusal(-105, "Application not link to any OA")
    if not oa.enabled or not oa.exists_at_zalo:
        raise Refusal(-125, "Official Account ID invalid")
    return ZnsCaller(app, oa, world.zns.records.account(oa.oa_id))


def _limit(world: World, caller: ZnsCaller) -> dict[str, str]:
    """The app's calls per minute; those of the official account are not counted here."""
    limit = caller.app.rate_limit_per_minute
    left = world.limits.take(f"app:{caller.app.app_id}", limit)
    if left < 0:
        raise Refusal(-32, "Your application reached limit call api")
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(left)}
