"""The control API, part five: what an account has bought, and what people do in its groups."""

from typing import Any

import msgspec
from litestar import Router, get, patch, post

from sokhach.sandbox.accounts import DAY_MS
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.quotas import QuotaAsset
from sokhach.sandbox.threads import InboundMessage
from sokhach.sandbox.world import World

DEEDS = {
    "join": ("member", "user_join_group"),
    "request": ("pending", "user_request_join_group"),
    "leave": (None, "user_out_group"),
}
PRODUCTS = ("cs", "transaction", "gmf10", "gmf50", "gmf100", "gmf1000")


class AssetOrder(Order):
    """`product_type` cs, transaction or gmf10 to gmf1000; `owner` OA or APP."""

    product_type: str
    quota_type: str = "purchase_quota"
    owner: str = "OA"
    total: int = 1
    valid_days: int = 30


class AssetChange(Order):
    disabled: bool | None = None
    remain: int | None = None


class GroupOrder(Order):
    """Made by an administrator in Zalo's own tools; without `asset_id` one is bought."""

    name: str
    members: list[str] = []
    asset_id: str | None = None


@post("/oas/{oa_id:str}/quota-assets")
async def buys_asset(oa_id: str, data: AssetOrder, world: World) -> QuotaAsset:
    return _buy(world, oa_id, data)


@get("/oas/{oa_id:str}/quota-assets")
async def list_assets(oa_id: str, world: World) -> list[QuotaAsset]:
    return [asset for product in PRODUCTS for asset in world.quotas.assets(oa_id, product)]


@patch("/oas/{oa_id:str}/quota-assets/{asset_id:str}")
async def change_asset(oa_id: str, asset_id: str, data: AssetChange, world: World) -> QuotaAsset:
    asset = world.quotas.asset(oa_id, asset_id)
    if asset is None:
        raise ControlError(f"no asset {asset_id}")
    asset.disabled = asset.disabled if data.disabled is None else data.disabled
    asset.remain = asset.remain if data.remain is None else data.remain
    return world.quotas.save_asset(asset)


@post("/oas/{oa_id:str}/groups")
async def creates_group(oa_id: str, data: GroupOrder, world: World) -> dict[str, str]:
    asset_id = data.asset_id or _buy(world, oa_id, AssetOrder(product_type="gmf100")).asset_id
    for user_id in data.members:
        world.accounts.customer(oa_id, user_id)
    return {"group_id": world.groups.create(oa_id, data.name, "", asset_id, data.members).group_id}


@get("/oas/{oa_id:str}/groups")
async def list_groups(oa_id: str, world: World) -> list[dict[str, Any]]:
    return [
        msgspec.structs.asdict(group)
        | {"members": [msgspec.structs.asdict(member) for member in world.groups.members(group, *STATES)]}
        for group in world.groups.groups(oa_id)
    ]


STATES = ("pending", "member", "admin")


@post("/oas/{oa_id:str}/groups/{group_id:str}/members/{user_id:str}/{deed:str}")
async def member_does(oa_id: str, group_id: str, user_id: str, deed: str, world: World) -> dict[str, str]:
    """join (by the link), request (to be let in), leave."""
    if deed not in DEEDS:
        raise ControlError("a member can join, request or leave")
    state, event = DEEDS[deed]
    user = world.accounts.customer(oa_id, user_id).user_id
    world.groups.change_members(world.groups.group(oa_id, group_id), [user], state, event)
    return {"event": event}


@post("/oas/{oa_id:str}/groups/{group_id:str}/members/{user_id:str}/messages")
async def member_writes(oa_id: str, group_id: str, user_id: str, data: InboundMessage, world: World) -> dict[str, Any]:
    group = world.groups.group(oa_id, group_id)
    if world.groups.state_of(group, user_id) not in ("member", "admin"):
        raise ControlError("not a member")
    if (data.type == "text" and data.text is None) or data.type not in {"text", *world.media.kinds()}:
        raise ControlError("a text needs `text`, and the other kinds are those of a customer")
    draft = world.threads.draft_of(world.accounts.oa(oa_id), data)
    message = world.groups.say(group, draft, customer=world.accounts.customer(oa_id, user_id))
    return {"msg_id": message.msg_id, "time": message.time_ms}


@get("/oas/{oa_id:str}/groups/{group_id:str}/messages")
async def group_shows(oa_id: str, group_id: str, world: World) -> list[dict[str, Any]]:
    """Oldest first, the last 1,000."""
    messages = world.groups.thread(world.groups.group(oa_id, group_id), offset=0, count=1000)
    return [msgspec.structs.asdict(message) for message in reversed(messages)]


@post("/oas/{oa_id:str}/groups/{group_id:str}/deletion")
async def deletes_group(oa_id: str, group_id: str, world: World) -> dict[str, bool]:
    world.groups.delete(world.groups.group(oa_id, group_id))
    return {"deleted": True}


def _buy(world: World, oa_id: str, order: AssetOrder) -> QuotaAsset:
    asset = QuotaAsset(
        asset_id="",
        oa_id=world.accounts.oa(oa_id).oa_id,
        owner=order.owner,
        product_type=order.product_type,
        quota_type=order.quota_type,
        valid_through_ms=world.clock.now_ms() + order.valid_days * DAY_MS,
        total=order.total,
        remain=order.total,
    )
    if order.product_type not in PRODUCTS or order.owner not in ("OA", "APP"):
        raise ControlError(f"`product_type` is one of {', '.join(PRODUCTS)}; `owner` OA or APP")
    return world.quotas.save_asset(asset)


router = Router(
    "/control",
    route_handlers=[
        buys_asset, list_assets, change_asset, creates_group, list_groups, member_does, member_writes, group_shows,
        deletes_group,
    ],
)  # fmt: skip
