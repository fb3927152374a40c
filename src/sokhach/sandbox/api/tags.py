"""Tags (reference §1.5)."""

from typing import Any

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.api.gate import Caller, call, known
from sokhach.sandbox.buttons import limited
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.refusals import invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

MAX_NAME = 60


class TagOrder(msgspec.Struct):
    user_id: str
    tag_name: str


class TagName(msgspec.Struct):
    tag_name: str


@post("/v2.0/oa/tag/tagfollower", status_code=200)
async def tag_follower(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, TagOrder)
        name = limited(order.tag_name, MAX_NAME, "tag_name")
        world.tags.add(known(world, caller, order.user_id), name)
        return {}

    return await call(world, request, act)


@post("/v2.0/oa/tag/rmfollowerfromtag", status_code=200)
async def untag_follower(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, TagOrder)
        customer = known(world, caller, order.user_id)
        if order.tag_name not in world.tags.of_account(caller.oa.oa_id):
            raise invalid("tag_name")
        world.tags.take(customer, order.tag_name)
        return {}

    return await call(world, request, act)


@post("/v2.0/oa/tag/rmtag", status_code=200)
async def remove_tag(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        if not world.tags.delete(caller.oa.oa_id, decode(body, TagName).tag_name):
            raise invalid("tag_name")
        return {}

    return await call(world, request, act)


@get("/v2.0/oa/tag/gettagsofoa")
async def tags_of_oa(request: AnyRequest, world: World) -> Reply:
    return await call(world, request, lambda caller: world.tags.of_account(caller.oa.oa_id))


router = Router("/", route_handlers=[tag_follower, untag_follower, remove_tag, tags_of_oa])
