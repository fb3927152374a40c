"""The control API of Zalo Web, part one: people, groups, what they say, and sign-in by QR."""

import base64
from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.media import Given, content_type_of
from sokhach.sandbox.web.control_machine import handlers
from sokhach.sandbox.web.groups import WebGroup
from sokhach.sandbox.web.login import QrLogin
from sokhach.sandbox.web.messages import Mention
from sokhach.sandbox.web.state import shown
from sokhach.sandbox.web.users import WebUser
from sokhach.sandbox.world import World


class UserOrder(Order):
    name: str
    phone: str | None = None
    uid: str | None = None
    avatar: str | None = None


class FriendshipOrder(Order):
    """`alias` is what `a` calls `b`. `remove` ends the friendship; `blocks`: `a` blocks `b` from now on, or no more."""

    a: str
    b: str
    alias: str | None = None
    remove: bool = False
    blocks: bool | None = None


class RequestOrder(Order):
    """`answer`: `accept`, `reject` (by the one who was asked), `undo` (by the one who asked); None = ask."""

    from_uid: str
    to_uid: str
    message: str = "Kết bạn với mình nhé"
    answer: str | None = None


class GroupOrder(Order):
    name: str
    creator: str
    members: list[str] = []
    gid: str | None = None
    approval: bool = False


class GroupChange(Order):
    """What `actor` does: new name, people who come, go, or become administrators or not."""

    actor: str
    name: str | None = None
    join: list[str] = []
    leave: list[str] = []
    remove: list[str] = []
    add_admin: list[str] = []
    remove_admin: list[str] = []


class MessageOrder(Order):
    """`to`: a user, or with `group` a group. `file` names a sample, or the person of a card; `content_base64` brings
    bytes, called `name`. `quote`: the id of a message of the thread. `by_phone` is for an account's own staff."""

    from_uid: str
    to: str
    group: bool = False
    kind: str = "text"
    text: str | None = None
    file: str | None = None
    content_base64: str | None = None
    name: str | None = None
    quote: str | None = None
    mentions: list[Mention] = []
    by_phone: bool = False


class ThingOrder(Order):
    """Something a person does to a message or in a thread."""

    uid: str
    msg_id: str | None = None
    to: str | None = None
    group: bool = False
    icon: str = "/-heart"


class LabelOrder(Order):
    """Made on the account's phone. `conversations`: uids, and groups as `g<gid>`; absent labels are made."""

    uid: str
    text: str
    conversations: list[str] = []
    color: str = "#0068ff"
    emoji: str = ""
    remove: bool = False


class QrOrder(Order):
    """`code` is the code or the text of the picture; without one the newest code is meant."""

    code: str | None = None
    uid: str | None = None


@post("/users")
async def save_user(data: UserOrder, world: World) -> WebUser:
    return world.web.users.create(name=data.name, phone=data.phone, uid=data.uid, avatar=data.avatar)


@get("/users")
async def list_users(world: World) -> list[WebUser]:
    return world.web.users.all()


@patch("/users/{uid:str}")
async def change_user(uid: str, data: dict[str, Any], world: World) -> WebUser:
    """Any of `name, phone_on, accepts_strangers, findable, auto_seen_ms, strangers_per_day`."""
    known = {"name", "phone_on", "accepts_strangers", "findable", "auto_seen_ms", "strangers_per_day"}
    if set(data) - known:
        raise ControlError(f"cannot change {', '.join(sorted(set(data) - known))}")
    try:
        changed = msgspec.convert(msgspec.structs.asdict(world.web.users.user(uid)) | data, WebUser)
    except msgspec.ValidationError as error:
        raise ControlError(str(error)) from error
    world.web.users.save(changed)
    return changed


@post("/friendships")
async def befriend(data: FriendshipOrder, world: World) -> dict[str, bool]:
    relations = world.web.relations
    if data.blocks is not None:
        relations.block(data.a, data.b, blocks=data.blocks)
        return {"friends": world.web.users.are_friends(data.a, data.b)}
    if data.remove:
        relations.unfriend(data.a, data.b)
    else:
        relations.befriend(data.a, data.b)
        if data.alias is not None:
            world.web.users.set_alias(data.a, data.b, data.alias)
    return {"friends": not data.remove}


@post("/requests")
async def ask(data: RequestOrder, world: World) -> dict[str, bool]:
    relations = world.web.relations
    deeds = {"accept": relations.accept, "reject": relations.reject, "undo": relations.undo}
    if data.answer is None:
        relations.ask(data.from_uid, data.to_uid, data.message)
    elif data.answer not in deeds:
        raise ControlError("`answer` is accept, reject or undo")
    elif world.web.users.request(data.from_uid, data.to_uid) is None:
        raise NotFoundError("there is no such request")
    else:
        deeds[data.answer](data.from_uid, data.to_uid)
    return {"friends": world.web.users.are_friends(data.from_uid, data.to_uid)}


@post("/groups")
async def make_group(data: GroupOrder, world: World) -> WebGroup:
    group = world.web.club.create(data.name, data.creator, data.members, data.gid)
    if data.approval:
        world.web.groups.set_approval(group.gid, approval=True)
    return world.web.groups.group(group.gid)


@patch("/groups/{gid:str}")
async def change_group(gid: str, data: GroupChange, world: World) -> WebGroup:
    club = world.web.club
    if data.name is not None:
        club.rename(gid, data.name, data.actor)
    if data.join:
        club.join(gid, data.join, data.actor)
    for uid in data.leave:
        club.leave(gid, uid)
    if data.remove:
        club.remove(gid, data.remove, data.actor)
    for uid in data.add_admin:
        club.set_admin(gid, uid, data.actor, admin=True)
    for uid in data.remove_admin:
        club.set_admin(gid, uid, data.actor, admin=False)
    return world.web.groups.group(gid)


@post("/messages")
async def say(data: MessageOrder, world: World) -> dict[str, str]:
    try:
        msg_id = world.web.talk.say(
            data.from_uid, data.to, group=data.group, kind=data.kind, text=data.text, file=_file(data),
            quote=data.quote, mentions=data.mentions, by_phone=data.by_phone,
        )  # fmt: skip
    except KeyError as error:
        raise ControlError(f"unknown kind or sample {error}") from error
    message = world.web.archive.message(msg_id)
    return {"msg_id": msg_id, "cli_msg_id": message.cli_msg_id, "time": str(message.ts_ms)}


def _file(order: MessageOrder) -> Given | str | None:
    if order.content_base64 is None:
        return order.file
    name = order.name or "tep-dinh-kem"
    try:
        content = base64.b64decode(order.content_base64, validate=True)
    except ValueError as error:
        raise ControlError("`content_base64` is not base64") from error
    return Given(name, content_type_of(name), content)


@post("/recalls")
async def recall(data: ThingOrder, world: World) -> dict[str, str]:
    message = world.web.talk.recall(data.uid, _message(data))
    return {"msg_id": str(message.msg_id)}


@post("/reactions")
async def react(data: ThingOrder, world: World) -> dict[str, str]:
    return {"event_id": str(world.web.talk.react(data.uid, _message(data), data.icon))}


@post("/seen")
async def seen(data: ThingOrder, world: World) -> dict[str, list[str]]:
    return {"msg_ids": world.web.talk.seen(data.uid, _thread(data), group=data.group)}


@post("/typing")
async def typing(data: ThingOrder, world: World) -> dict[str, bool]:
    world.web.talk.typing(data.uid, _thread(data), group=data.group)
    return {"told": True}


@post("/labels")
async def label(data: LabelOrder, world: World) -> dict[str, int]:
    world.web.users.user(data.uid)
    version = world.web.labels.put(
        data.uid, data.text, data.conversations, color=data.color, emoji=data.emoji, remove=data.remove
    )
    return {"version": version}


def _message(order: ThingOrder) -> str:
    if order.msg_id is None:
        raise ControlError("give `msg_id`")
    return order.msg_id


def _thread(order: ThingOrder) -> str:
    if order.to is None:
        raise ControlError("give `to`, the thread")
    return order.to


# Sign-in by QR


@get("/qr")
async def open_codes(world: World) -> list[QrLogin]:
    return world.web.logins.open_codes()


@post("/qr/scan")
async def scan(data: QrOrder, world: World) -> QrLogin:
    if data.uid is None:
        raise ControlError("give `uid`, the account that scans")
    return world.web.logins.scan(_code(data, world), data.uid)


@post("/qr/confirm")
async def confirm(data: QrOrder, world: World) -> QrLogin:
    return world.web.logins.confirm(_code(data, world))


@post("/qr/decline")
async def decline(data: QrOrder, world: World) -> QrLogin:
    return world.web.logins.decline(_code(data, world))


def _code(order: QrOrder, world: World) -> str:
    newest = world.web.logins.open_codes()
    if order.code is None and not newest:
        raise NotFoundError("no code is shown")
    return order.code or newest[0].code


@get("/state")
async def state(world: World, uid: str) -> dict[str, Any]:
    return shown(world.web, uid)


@delete("/data", status_code=200)
async def forget(world: World) -> dict[str, bool]:
    """A platform without anybody."""
    world.web.forget()
    return {"empty": True}


router = Router(
    "/control/web",
    route_handlers=[
        save_user, list_users, change_user, befriend, ask, make_group, change_group, say, recall, react, seen, typing,
        label, open_codes, scan, confirm, decline, state, forget, *handlers,
    ],
)  # fmt: skip
