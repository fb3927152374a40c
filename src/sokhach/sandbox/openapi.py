"""The OA OpenAPI: sending, people, history, the account itself (reference §1.2–1.8)."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.accounts import App, Customer, OfficialAccount
from sokhach.sandbox.edge import AnyRequest, Reply, fault_after, fault_before, json_reply
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import send_cs
from sokhach.sandbox.threads import Message
from sokhach.sandbox.world import World

T = TypeVar("T")

MAX_PAGE = 10
VIETNAM = timezone(timedelta(hours=7))

HISTORY_TYPES = {"image": "photo", "gif": "GIF", "audio": "voice", "business_card": "link"}
"""History names some kinds otherwise than the webhooks do."""


class Caller(msgspec.Struct):
    app: App
    oa: OfficialAccount


class UserQuery(msgspec.Struct):
    user_id: str


class PageQuery(msgspec.Struct):
    offset: int
    count: int


class ThreadQuery(PageQuery):
    """v2 samples show `user_id` as a number, so both forms are taken here."""

    user_id: str | int


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
    if not app.active:
        raise Refusal(-209, "App is not active")
    oa = world.accounts.oa(grant.oa_id)
    if not oa.enabled:
        raise Refusal(-204, "Official Account is disabled")
    return Caller(app, oa)


def _limit(world: World, caller: Caller) -> tuple[dict[str, str], Refusal | None]:
    """Count the call against the app and the official account; the headers tell of the tighter of the two."""
    limits = [(f"app:{caller.app.app_id}", "Application", caller.app.rate_limit_per_minute)]
    if caller.oa.rate_limit_per_minute is not None:
        limits.append((f"oa:{caller.oa.oa_id}", "Official Account", caller.oa.rate_limit_per_minute))
    left, owner, limit = min((world.limits.take(key, limit), owner, limit) for key, owner, limit in limits)
    headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(max(left, 0))}
    over = Refusal(-32, f"{owner} has reached the maximum number of API calls") if left < 0 else None
    return headers, over


def _query(request: AnyRequest, into: type[T]) -> T:
    """The one query parameter `data`, URL-encoded JSON."""
    raw = request.query_params.get("data")
    if raw is None:
        raise invalid("data")
    try:
        return msgspec.json.decode(raw, type=into)
    except msgspec.DecodeError as error:
        raise invalid("data") from error


def _known(world: World, caller: Caller, user_id: str) -> Customer:
    """Someone who has met this official account; others do not exist for it."""
    customer = world.accounts.find_customer(caller.oa.oa_id, user_id)
    if customer is None or customer.last_interaction_ms is None:
        raise invalid("user_id")
    return customer


def _page(query: PageQuery) -> None:
    if query.offset < 0:
        raise invalid("offset")
    if not 1 <= query.count <= MAX_PAGE:
        raise Refusal(-210, f"count is over the limit of {MAX_PAGE}")


@post("/v3.0/oa/message/cs", status_code=200)
async def message_cs(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> Accepted:
        message, echo, allowed = send_cs(world, caller.app.app_id, caller.oa, body)
        data = {"message_id": message.msg_id, "user_id": message.user_id, "sent_time": str(message.time_ms)}
        return Accepted(data | {"quota": allowed.quota}, echo, message.user_id)

    return await call(world, request, act)


@post("/v2.0/oa/message", status_code=200)
async def message_v2(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> None:
        raise Refusal(-240, "MessageV2 API has been shut down, please use MessageV3 API")

    return await call(world, request, act)


@get("/v3.0/oa/user/detail")
async def user_detail(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        customer = _known(world, caller, _query(request, UserQuery).user_id)
        return _profile(world, customer)

    return await call(world, request, act)


@get("/v2.0/oa/conversation")
async def conversation(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> list[dict[str, Any]]:
        query = _query(request, ThreadQuery)
        _page(query)
        customer = _known(world, caller, str(query.user_id))
        messages = world.threads.thread(caller.oa.oa_id, customer.user_id, offset=query.offset, count=query.count)
        return [_history(world, caller.oa, customer, message) for message in messages]

    return await call(world, request, act)


@get("/v2.0/oa/listrecentchat")
async def list_recent_chat(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> list[dict[str, Any]]:
        query = _query(request, PageQuery)
        _page(query)
        messages = world.threads.recent(caller.oa.oa_id, offset=query.offset, count=query.count)
        return [
            _history(world, caller.oa, world.accounts.customer(caller.oa.oa_id, message.user_id), message)
            for message in messages
        ]

    return await call(world, request, act)


@get("/v2.0/oa/getoa")
async def get_oa(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        oa = caller.oa
        return {
            "oaid": oa.oa_id,
            "name": oa.name,
            "description": oa.description,
            "oa_alias": "",
            "is_verified": True,
            "oa_type": 2,
            "cate_name": "Cửa hàng",
            "num_follower": world.accounts.count_followers(oa.oa_id),
            "avatar": world.media.avatar_url(oa.oa_id, 240),
            "cover": "",
            "package_name": "Nâng cao",
            "package_valid_through_date": "31/12/2099",
            "package_auto_renew_date": "",
            "linked_ZCA": "",
        }

    return await call(world, request, act)


def _profile(world: World, customer: Customer) -> dict[str, Any]:
    seen_at = datetime.fromtimestamp((customer.last_interaction_ms or 0) / 1000, UTC).astimezone(VIETNAM)
    sizes = {str(size): world.media.avatar_url(customer.user_id, size) for size in (120, 240)}
    profile: dict[str, Any] = {
        "user_id": customer.user_id,
        "user_id_by_app": customer.user_id_by_app,
        "user_external_id": "",
        "display_name": customer.display_name,
        "user_alias": "",
        "is_sensitive": False,
        "user_last_interaction_date": seen_at.strftime("%d/%m/%Y"),
        "user_is_follower": customer.follows,
        "avatar": sizes["240"],
        "avatars": sizes,
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": [], "tag_names": []},
    }
    if customer.shared_phone is not None:
        profile["shared_info"] = {
            "address": "", "city": "", "district": "", "phone": customer.shared_phone, "name": customer.display_name,
        }  # fmt: skip
    return profile


def _history(world: World, oa: OfficialAccount, customer: Customer, message: Message) -> dict[str, Any]:
    shop = {"id": oa.oa_id, "display_name": oa.name, "avatar": world.media.avatar_url(oa.oa_id, 120)}
    user_avatar = world.media.avatar_url(customer.user_id, 120)
    user = {"id": customer.user_id, "display_name": customer.display_name, "avatar": user_avatar}
    sender, recipient = (user, shop) if message.src else (shop, user)
    item: dict[str, Any] = {
        "src": message.src,
        "time": message.time_ms,
        "type": HISTORY_TYPES.get(message.type, message.type),
        "message": message.text or "",
        "message_id": message.msg_id,
    }
    item |= {f"from_{name}": value for name, value in sender.items()}
    item |= {f"to_{name}": value for name, value in recipient.items()}
    return item | _history_media(message)


def _history_media(message: Message) -> dict[str, Any]:
    payload = message.payload()
    media: dict[str, Any] = {}
    if "url" in payload:
        media["url"] = payload["url"]
    if payload.get("thumbnail"):
        media["thumb"] = payload["thumbnail"]
    if payload.get("description"):
        media["description"] = payload["description"]
    if "coordinates" in payload:
        media["location"] = payload["coordinates"]
    return media


router = Router("/", route_handlers=[message_cs, message_v2, user_detail, conversation, list_recent_chat, get_oa])
