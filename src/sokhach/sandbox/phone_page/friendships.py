"""Friendship on a personal account's phone: who asks, who was asked, and the answers."""

from typing import Annotated, Any

import msgspec
from litestar import delete, post

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.phone_page.shown import local
from sokhach.sandbox.web.users import FriendRequest
from sokhach.sandbox.world import World

REQUEST = "/personal/people/{uid:str}/requests/{other:str}"


class ShownRequest(msgspec.Struct):
    """An open one. `ours`: sent by the phone's own person, to `uid`."""

    uid: str
    name: str
    avatar: str
    ours: bool
    message: str
    time: int


class AskOrder(Order):
    message: Annotated[str, msgspec.Meta(max_length=150)] = ""


def received(world: World, uid: str) -> list[ShownRequest]:
    """The newest first."""
    return [_shown(world, uid, one) for one in reversed(world.web.users.requests_to(uid))]


def between(world: World, uid: str, other: str) -> ShownRequest | None:
    users = world.web.users
    found = users.request(other, uid) or users.request(uid, other)
    return None if found is None else _shown(world, uid, found)


def state_of(world: World, uid: str) -> tuple[Any, ...]:
    """Differs whenever somebody asks, is answered, or ends a friendship."""
    requests = "SELECT count(*) + total(at_ms) FROM web_request WHERE from_uid = ? OR to_uid = ?"
    friends = "SELECT count(*) + total(since_ms) FROM web_friend WHERE uid = ?"
    return world.store.value(requests, (uid, uid)), world.store.value(friends, (uid,))


@post(REQUEST)
async def asks(uid: str, other: str, data: AskOrder, world: World) -> dict[str, bool]:
    """Who has been asked by the other one accepts by it. A second press of the button asks no second time."""
    users = world.web.users
    users.need(uid, other)
    if uid == other:
        raise ControlError("nobody is a friend of themselves")
    if users.request(other, uid) is not None:
        world.web.relations.accept(other, uid)
    elif not users.are_friends(uid, other) and users.request(uid, other) is None:
        if users.blocks(other, uid):
            raise ControlError("this person takes nothing from you")
        world.web.relations.ask(uid, other, data.message)
    return {"friends": users.are_friends(uid, other)}


@post(f"{REQUEST}/accept")
async def accepts(uid: str, other: str, world: World) -> dict[str, bool]:
    users = world.web.users
    if users.request(other, uid) is not None:
        world.web.relations.accept(other, uid)
    elif not users.are_friends(uid, other):
        raise NotFoundError("no such request")
    return {"friends": True}


@delete(REQUEST, status_code=200)
async def ends(uid: str, other: str, world: World) -> dict[str, bool]:
    """Declines theirs, or takes back the own one."""
    if world.web.users.request(other, uid) is not None:
        world.web.relations.reject(other, uid)
    elif world.web.users.request(uid, other) is not None:
        world.web.relations.undo(uid, other)
    else:
        raise NotFoundError("no such request")
    return {"friends": False}


def _shown(world: World, uid: str, request: FriendRequest) -> ShownRequest:
    ours = request.from_uid == uid
    other = world.web.users.user(request.to_uid if ours else request.from_uid)
    return ShownRequest(other.uid, other.name, local(world, other.avatar), ours, request.message, request.at_ms)


handlers = [asks, accepts, ends]
