"""The account itself: its page, and what is left of its quotas (reference §1.5)."""

from typing import Any

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.accounts import Customer, OfficialAccount
from sokhach.sandbox.api.gate import Caller, call, known
from sokhach.sandbox.days import day_text
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.quotas import REPLIES, QuotaAsset
from sokhach.sandbox.refusals import FREE_WINDOW_MS, REPLIES_PER_MESSAGE, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

PRODUCTS = ("cs", "transaction")
GROUP_PRODUCTS = ("gmf10", "gmf50", "gmf100", "gmf1000")
KINDS = ("sub_quota", "purchase_quota", "reward_quota")
OWNERS = ("OA", "APP")


class QuotaOrder(msgspec.Struct):
    """Of one person (`user_id`, with the old `type` or `message_id` as on v2), or of the account."""

    user_id: str | None = None
    message_id: str | None = None
    type: str | None = None
    quota_owner: str | None = None
    product_type: str | None = None
    quota_type: str | None = None


@get("/v2.0/oa/getoa")
async def get_oa(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        oa = caller.oa
        paid = bool(oa.package_name)
        return {
            "oaid": oa.oa_id,
            "name": oa.name,
            "description": oa.description,
            "oa_alias": oa.alias,
            "is_verified": oa.verified,
            "oa_type": oa.oa_type,
            "cate_name": oa.category,
            "num_follower": world.accounts.count_followers(oa.oa_id),
            "avatar": world.media.avatar_url(oa.oa_id, 240),
            "cover": world.media.cover_url(oa.oa_id),
            "package_name": oa.package_name,
            "package_valid_through_date": day_text(oa.package_until_ms) if paid else "",
            "package_auto_renew_date": "",
            "linked_ZCA": f"zca-{oa.oa_id}" if oa.zca_linked else "",
        }

    return await call(world, request, act)


@post("/v3.0/oa/quota/message", status_code=200)
async def message_quota(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> Any:
        order = decode(body, QuotaOrder)
        if order.user_id is not None:
            return _of_person(world, known(world, caller, order.user_id))
        return _of_account(world, caller.oa, order, PRODUCTS)

    return await call(world, request, act)


@post("/v3.0/oa/quota/group", status_code=200)
async def group_quota(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> Any:
        return _of_account(world, caller.oa, decode(body, QuotaOrder), GROUP_PRODUCTS)

    return await call(world, request, act)


@post("/v2.0/oa/quota/message", status_code=200)
async def message_quota_v2(request: AnyRequest, world: World) -> Reply:
    """`{type, remain, total}` of answers to one message, or of one kind of message to a person."""
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, QuotaOrder)
        if order.message_id is None:
            customer = known(world, caller, order.user_id or "")
            return {"type": order.type or "cs", "remain": _replies_left(world, customer), "total": REPLIES}
        message = world.threads.find(caller.oa.oa_id, order.message_id)
        if message is None or message.src != 1:
            raise invalid("message_id")
        old = world.clock.now_ms() - message.time_ms > FREE_WINDOW_MS
        left = 0 if old else REPLIES_PER_MESSAGE - message.replies
        return {"type": "reply", "remain": str(left), "total": str(REPLIES_PER_MESSAGE)}

    return await call(world, request, act)


def _of_person(world: World, customer: Customer) -> dict[str, Any]:
    """Promotions stopped on 2026-03-01: nothing is left of them."""
    none = {"daily_remain": "0", "daily_total": "0", "monthly_remain": "0", "monthly_total": "0"}
    return {
        "last_interaction": str(customer.last_interaction_ms),
        "cs_reply": {"remain": _replies_left(world, customer), "total": REPLIES},
        "promotion": none,
    }


def _replies_left(world: World, customer: Customer) -> str:
    inside = world.clock.now_ms() - (customer.last_interaction_ms or 0) <= FREE_WINDOW_MS
    return REPLIES if inside else "0"


def _of_account(world: World, oa: OfficialAccount, order: QuotaOrder, products: tuple[str, ...]) -> list[Any]:
    for value, allowed, field in (
        (order.quota_owner, OWNERS, "quota_owner"),
        (order.product_type, products, "product_type"),
        (order.quota_type, KINDS, "quota_type"),
    ):
        if value not in allowed:
            raise invalid(field)
    product = order.product_type or ""
    found = [
        _shown(asset)
        for asset in world.quotas.assets(oa.oa_id, product)
        if asset.owner == order.quota_owner and asset.quota_type == order.quota_type
    ]
    if product == "cs" and order.quota_type == "sub_quota" and order.quota_owner == "OA" and oa.package_name:
        found.insert(0, _package(oa))
    return found


def _package(oa: OfficialAccount) -> dict[str, Any]:
    return {
        "asset_id": f"package-{oa.oa_id}",
        "product_type": "cs",
        "quota_type": "sub_quota",
        "valid_through": day_text(oa.package_until_ms),
        "total": str(oa.sub_quota_total),
        "remain": str(oa.sub_quota_remain),
    }


def _shown(asset: QuotaAsset) -> dict[str, Any]:
    return {
        "asset_id": asset.asset_id,
        "product_type": asset.product_type,
        "quota_type": asset.quota_type,
        "valid_through": day_text(asset.valid_through_ms),
        "total": str(asset.total),
        "remain": str(asset.remain),
    }


router = Router("/", route_handlers=[get_oa, message_quota, group_quota, message_quota_v2])
