"""Group chats (GMF): making and managing them (reference §1.7)."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Router, post

from sokhach.sandbox.api.gate import Caller, call
from sokhach.sandbox.buttons import limited
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.group_records import Group
from sokhach.sandbox.group_rules import (
    check_account,
    check_invited,
    check_room,
    check_states,
    free_asset,
    group_of,
    live_group,
)
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

MAX_NAME = 100
MAX_DESCRIPTION = 500


class CreateOrder(msgspec.Struct):
    group_name: str
    asset_id: str
    member_user_ids: list[str]
    group_description: str = ""


class InfoOrder(msgspec.Struct):
    group_id: str
    group_name: str | None = None
    group_description: str | None = None
    group_avatar: str | None = None


class AssetOrder(msgspec.Struct):
    group_id: str
    asset_id: str


class PeopleOrder(msgspec.Struct):
    group_id: str
    member_user_ids: list[str]


class GroupOrder(msgspec.Struct):
    group_id: str


@post("/v3.0/oa/group/creategroupwithoa", status_code=200)
async def create_group(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller, body: bytes) -> dict[str, Any]:
        order = decode(body, CreateOrder)
        name = limited(order.group_name, MAX_NAME, "group_name")
        _description(order.group_description)
        asset = free_asset(world, caller.oa, order.asset_id)
        users = check_invited(world, caller.oa, order.member_user_ids)
        check_room(asset, len(users))
        group = world.groups.create(caller.oa.oa_id, name, order.group_description, asset.asset_id, users)
        return group_view(world, group)

    return await _act(world, request, act)


@post("/v3.0/oa/group/updateinfo", status_code=200)
async def update_info(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller, body: bytes) -> dict[str, Any]:
        order = decode(body, InfoOrder)
        group = live_group(world, caller.oa, order.group_id)
        if order.group_name is not None:
            group.name = limited(order.group_name, MAX_NAME, "group_name")
        if order.group_description is not None:
            group.description = _description(order.group_description)
        if order.group_avatar is not None:
            group.avatar = order.group_avatar
        world.groups.update(group)
        return group_view(world, group)

    return await _act(world, request, act)


@post("/v3.0/oa/group/updateasset", status_code=200)
async def update_asset(request: AnyRequest, world: World) -> Reply:
    """Revives a group whose asset ended, or gives it more room."""

    def act(caller: Caller, body: bytes) -> dict[str, Any]:
        order = decode(body, AssetOrder)
        group = group_of(world, caller.oa, order.group_id)
        asset = free_asset(world, caller.oa, order.asset_id)
        check_room(asset, len(world.groups.members(group)))
        world.groups.change_asset(group, asset.asset_id)
        return group_view(world, group)

    return await _act(world, request, act)


@post("/v3.0/oa/group/invite", status_code=200)
async def invite(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller, body: bytes) -> dict[str, Any]:
        order = decode(body, PeopleOrder)
        group = live_group(world, caller.oa, order.group_id)
        users = check_invited(world, caller.oa, order.member_user_ids)
        asset = world.quotas.asset(caller.oa.oa_id, group.asset_id)
        fresh = [user_id for user_id in users if world.groups.state_of(group, user_id) not in ("member", "admin")]
        check_room(asset, len(world.groups.members(group)) + len(fresh))
        if fresh:
            world.groups.change_members(group, fresh, "member", "user_join_group")
        return {}

    return await _act(world, request, act)


@post("/v3.0/oa/group/acceptpendinginvite", status_code=200)
async def accept_pending(request: AnyRequest, world: World) -> Reply:
    return await _change(world, request, ("pending",), "member", "accept_request_join_group")


@post("/v3.0/oa/group/rejectpendinginvite", status_code=200)
async def reject_pending(request: AnyRequest, world: World) -> Reply:
    return await _change(world, request, ("pending",), None, "reject_request_join_group")


@post("/v3.0/oa/group/addadmins", status_code=200)
async def add_admins(request: AnyRequest, world: World) -> Reply:
    return await _change(world, request, ("member",), "admin", "add_group_admin")


@post("/v3.0/oa/group/removeadmins", status_code=200)
async def remove_admins(request: AnyRequest, world: World) -> Reply:
    return await _change(world, request, ("admin",), "member", "remove_group_admin")


@post("/v3.0/oa/group/removemembers", status_code=200)
async def remove_members(request: AnyRequest, world: World) -> Reply:
    return await _change(world, request, ("member", "admin"), None, "user_out_group")


@post("/v3.0/oa/group/delete", status_code=200)
async def delete_group(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller, body: bytes) -> dict[str, Any]:
        world.groups.delete(group_of(world, caller.oa, decode(body, GroupOrder).group_id))
        return {}

    return await _act(world, request, act)


async def _act(world: World, request: AnyRequest, act: Callable[[Caller, bytes], Any]) -> Reply:
    body = await request.body()

    def checked(caller: Caller) -> Any:
        check_account(world, caller.oa)
        return act(caller, body)

    return await call(world, request, checked)


async def _change(world: World, request: AnyRequest, before: tuple[str, ...], after: str | None, event: str) -> Reply:
    """Members in one state get another, or go."""

    def act(caller: Caller, body: bytes) -> dict[str, Any]:
        order = decode(body, PeopleOrder)
        group = live_group(world, caller.oa, order.group_id)
        users = check_states(world, group, order.member_user_ids, *before)
        if before == ("pending",) and after is not None:
            asset = world.quotas.asset(caller.oa.oa_id, group.asset_id)
            check_room(asset, len(world.groups.members(group)) + len(users))
        world.groups.change_members(group, users, after, event)
        return {}

    return await _act(world, request, act)


def _description(text: str) -> str:
    return limited(text, MAX_DESCRIPTION, "group_description") if text else text


def group_view(world: World, group: Group) -> dict[str, Any]:
    asset = world.quotas.asset(group.oa_id, group.asset_id)
    running = asset is not None and not asset.disabled and asset.valid_through_ms > world.clock.now_ms()
    return {
        "group_id": group.group_id,
        "group_name": group.name,
        "group_description": group.description,
        "group_link": f"https://zalo.me/g/{group.group_id[:10]}",
        "avatar": group.avatar,
        "status": "enabled" if running else "disabled",
        "total_member": len(world.groups.members(group)),
        "asset_id": group.asset_id,
        "asset_type": "" if asset is None else asset.product_type,
    }


router = Router(
    "/",
    route_handlers=[
        create_group, update_info, update_asset, invite, accept_pending, reject_pending, add_admins, remove_admins,
        remove_members, delete_group,
    ],
)  # fmt: skip
