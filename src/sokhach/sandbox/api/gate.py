"""The gate of the OA OpenAPI: faults, token, state of app and account, rate, then the call (reference §1.2)."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from sokhach.sandbox.accounts import App, Customer, OfficialAccount
from sokhach.sandbox.edge import AnyRequest, Reply, fault_after, fault_before, json_reply
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.world import World

T = TypeVar("T")


class Caller(msgspec.Struct):
    app: App
    oa: OfficialAccount


class Accepted(msgspec.Struct):
    """A sent message: the reply, and the echo webhooks that it caused."""

    data: dict[str, Any]
    echo: list[int]
    user_id: str


async def call(world: World, request: AnyRequest, act: Callable[[Caller], Any]) -> Reply:
    """Faults, token, limits, then `act`, whose result becomes `data`."""
    token = request.headers.get("access_token", "")
    scope = _scope(world, request, token)
    early = await fault_before(world, scope)
    if early is not None:
        return early
    _revoke_by_fault(world, scope)
    headers: dict[str, str] = {}
    try:
        caller = _authorise(world, request, token)
        headers, over = _limit(world, caller)
        if over is not None:
            raise over
        data = act(caller)
        if isinstance(data, Accepted):
            await _echo_before_reply(world, scope, data)
            data = data.data
    except Refusal as refusal:
        return json_reply({"error": refusal.code, "message": refusal.message}, headers)
    fault_after(world, request, scope, (FaultKind.API_LOST_REPLY,))
    return json_reply({"data": data, "error": 0, "message": "Success"}, headers)


def _scope(world: World, request: AnyRequest, token: str) -> Scope:
    owner = world.tokens.owner(token)
    return Scope(
        app_id=None if owner is None else owner.app_id,
        oa_id=None if owner is None else owner.oa_id,
        path=request.url.path,
    )


def _revoke_by_fault(world: World, scope: Scope) -> None:
    fault = world.faults.strike(FaultKind.TOKEN_REVOCATION, scope) if scope.oa_id else None
    if fault is not None and scope.oa_id is not None:
        world.tokens.revoke(scope.oa_id, refresh_too=fault.order.refresh_too)


async def _echo_before_reply(world: World, scope: Scope, accepted: Accepted) -> None:
    if world.faults.strike(FaultKind.ECHO_FIRST, msgspec.structs.replace(scope, user_id=accepted.user_id)):
        await world.webhooks.deliver_now(accepted.echo)


def _authorise(world: World, request: AnyRequest, token: str) -> Caller:
    grant = world.tokens.grant(token)
    if grant is None:
        if world.tokens.known(token):
            raise Refusal(-220, "Access token has expired or has been removed")
        raise Refusal(-216, "Access token is invalid")
    app = world.accounts.app(grant.app_id)
    proof = request.headers.get("appsecret_proof")
    if proof is not None and proof != hmac.new(app.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest():
        raise Refusal(-242, "appsecret_proof is invalid")
    _check_app(app)
    oa = world.accounts.oa(grant.oa_id)
    _check_account(oa, request.url.path)
    return Caller(app, oa)


def _check_app(app: App) -> None:
    if app.removed:
        raise Refusal(-219, "App has been removed or disabled")
    if not app.active:
        raise Refusal(-209, "App is not active")
    if not app.api_registered:
        raise Refusal(-212, "App has not registered this API")


def _check_account(oa: OfficialAccount, path: str) -> None:
    if not oa.exists_at_zalo:
        raise Refusal(-205, "Official Account does not exist")
    if not oa.enabled:
        raise Refusal(-204, "Official Account is disabled")
    if api_group(path) in oa.refused_apis:
        raise Refusal(-223, "OA has not granted this API to the app")


def api_group(path: str) -> str:
    """The word after `/oa/`: message, upload, user, tag, quota, conversation, getoa, group, article …"""
    return path.removeprefix("/v2.0/").removeprefix("/v3.0/").removeprefix("oa/").partition("/")[0]


def _limit(world: World, caller: Caller) -> tuple[dict[str, str], Refusal | None]:
    """Count the call against the app and the official account; the headers tell of the tighter of the two."""
    limits = [(f"app:{caller.app.app_id}", "Application", caller.app.rate_limit_per_minute)]
    if caller.oa.rate_limit_per_minute is not None:
        limits.append((f"oa:{caller.oa.oa_id}", "Official Account", caller.oa.rate_limit_per_minute))
    left, owner, limit = min((world.limits.take(key, limit), owner, limit) for key, owner, limit in limits)
    headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(max(left, 0))}
    over = Refusal(-32, f"{owner} has reached the maximum number of API calls") if left < 0 else None
    return headers, over


def query(request: AnyRequest, into: type[T]) -> T:
    """The one query parameter `data`, URL-encoded JSON."""
    raw = request.query_params.get("data")
    if raw is None:
        raise invalid("data")
    try:
        return msgspec.json.decode(raw, type=into)
    except msgspec.DecodeError as error:
        raise invalid("data") from error


def known(world: World, caller: Caller, user_id: str) -> Customer:
    """Someone who has met this official account; others do not exist for it."""
    customer = world.accounts.find_customer(caller.oa.oa_id, user_id)
    if customer is None or customer.anonymous or customer.last_interaction_ms is None:
        raise invalid("user_id")
    return customer


def page(offset: int, count: int, *, most: int, furthest: int | None = None) -> None:
    if offset < 0:
        raise invalid("offset")
    if furthest is not None and offset > furthest:
        raise Refusal(-210, f"offset is over the limit of {furthest}")
    if not 1 <= count <= most:
        raise Refusal(-210, f"count is over the limit of {most}")
