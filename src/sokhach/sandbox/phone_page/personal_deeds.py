"""What a visitor does on a personal account's phone: a staff member's own, or that of somebody they talk to."""

import secrets
from typing import Annotated, Any

import msgspec
from litestar import Response, delete, post
from litestar.params import Parameter

from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.edge import AnyRequest, json_reply
from sokhach.sandbox.media import Given
from sokhach.sandbox.phone_page import uploads
from sokhach.sandbox.phone_page.deeds import LONGEST_NAME, NewCustomer
from sokhach.sandbox.phone_page.personal import ShownPerson, person
from sokhach.sandbox.web.contents import Content
from sokhach.sandbox.world import World

PERSON = "/personal/people/{uid:str}"
CHAT = f"{PERSON}/chats/{{thread:str}}"
SPOKEN = {"audio": "voice", "business_card": "card"}
"""Kinds that have another name in Zalo Web."""

REMOVE = "/-remove"


class SayOrder(Order):
    """As an official account's customer orders it. `payload` of a place: `coordinates`."""

    type: str = "text"
    text: Annotated[str, msgspec.Meta(max_length=4000)] | None = None
    quote_msg_id: str | None = None
    variant: str | None = None
    payload: dict[str, Any] | None = None


class IconOrder(Order):
    msg_id: str
    icon: str


class RecallOrder(Order):
    msg_id: str


class ShelfOrder(Order):
    """The thread has this label from now on, or no more."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    on: bool


class CodeOrder(Order):
    """The code itself, or all that the picture says."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


@post("/personal/people")
async def add_person(data: NewCustomer, world: World) -> ShownPerson:
    name = " ".join(data.name.split())[:LONGEST_NAME]
    if not name:
        raise ControlError("a person needs a name")
    phone = f"849{secrets.randbelow(10**8):08}"
    return person(world, world.web.users.create(name=name, phone=phone))


@post(f"{CHAT}/messages")
async def says(uid: str, thread: str, data: SayOrder, world: World, group: bool = False) -> dict[str, str]:
    if data.type == "text" and not (data.text or "").strip():
        raise ControlError("a text needs words")
    try:
        content = _content(world, uid, data)
    except KeyError as error:
        raise ControlError(f"unknown kind or sample {error}") from error
    return _post(world, uid, thread, content, group=group, quote=data.quote_msg_id)


@post(f"{CHAT}/uploads")
async def says_with_file(
    uid: str,
    thread: str,
    request: AnyRequest,
    world: World,
    name: Annotated[str, Parameter(max_length=200)],
    group: bool = False,
) -> Response[bytes]:
    """The file itself is the body."""
    content = await request.body()
    if not content or len(content) > uploads.MOST_BYTES:
        raise ControlError("a file has between 1 byte and 25 MB")
    kind, given = uploads.taken(name, content)
    made = world.web.talk.content(SPOKEN.get(kind, kind), None, Given(given.name, given.content_type, given.content))
    answer = json_reply(_post(world, uid, thread, made, group=group))
    answer.status_code = 201
    return answer


@post(f"{CHAT}/seen")
async def opens(uid: str, thread: str, world: World, group: bool = False) -> dict[str, int]:
    world.web.users.user(uid)
    return {"seen": len(world.web.talk.seen(uid, thread, group=group))}


@post(f"{CHAT}/typing")
async def types(uid: str, thread: str, world: World, group: bool = False) -> dict[str, bool]:
    world.takeovers.take(uid)
    world.web.talk.typing(uid, thread, group=group)
    return {"told": True}


@post(f"{CHAT}/labels")
async def labels(uid: str, thread: str, data: ShelfOrder, world: World, group: bool = False) -> dict[str, int]:
    world.web.users.user(uid)
    named = f"g{thread}" if group else thread
    known = next((one for one in world.web.labels.of(uid).labels if one.text == data.text), None)
    others = [one for one in (known.conversations if known else []) if one != named]
    return {
        "version": world.web.labels.put(
            uid,
            data.text,
            [*others, named] if data.on else others,
            color=known.color if known else "#0068ff",
            emoji=known.emoji if known else "",
        )
    }


@post(f"{PERSON}/reactions")
async def reacts(uid: str, data: IconOrder, world: World) -> dict[str, str]:
    """`/-remove` takes it away."""
    icon = "" if data.icon == REMOVE else data.icon
    return {"event_id": str(world.web.talk.react(uid, data.msg_id, icon))}


@post(f"{PERSON}/recalls")
async def recalls(uid: str, data: RecallOrder, world: World) -> dict[str, str]:
    return {"msg_id": str(world.web.talk.recall(uid, data.msg_id).msg_id)}


@post(f"{PERSON}/codes")
async def scans(uid: str, data: CodeOrder, world: World) -> dict[str, str]:
    login = world.web.logins.scan(data.code.strip(), uid)
    return {"code": login.code, "state": login.state}


@post(f"{PERSON}/codes/{{code:str}}")
async def confirms(uid: str, code: str, world: World) -> dict[str, str]:
    return {"state": world.web.logins.confirm(_own_code(world, uid, code)).state}


@delete(f"{PERSON}/codes/{{code:str}}", status_code=200)
async def declines(uid: str, code: str, world: World) -> dict[str, str]:
    return {"state": world.web.logins.decline(_own_code(world, uid, code)).state}


def _own_code(world: World, uid: str, code: str) -> str:
    """Only the phone that scanned it answers it."""
    if not any(one.code == code and one.uid == uid for one in world.web.logins.open_codes()):
        raise ControlError("this phone has not scanned the code")
    return code


def _content(world: World, uid: str, order: SayOrder) -> Content:
    kind, payload = SPOKEN.get(order.type, order.type), order.payload or {}
    point = payload.get("coordinates")
    if kind == "location" and isinstance(point, dict):
        at: dict[str, Any] = msgspec.convert(point, dict[str, Any])
        place = order.text or "Vị trí"
        return world.web.contents.location(str(at.get("latitude")), str(at.get("longitude")), place)
    if kind == "card":
        return world.web.talk.content("card", None, uid)
    if kind == "link":
        address = str(payload.get("url") or order.text or "")
        return world.web.contents.link(address, title=address, description="", words=order.text or address)
    return world.web.talk.content(kind, order.text, order.variant)


def _post(
    world: World, uid: str, thread: str, content: Content, *, group: bool, quote: str | None = None
) -> dict[str, str]:
    """Whoever speaks for a person keeps them from speaking by themselves, and has read what is there."""
    world.takeovers.take(uid)
    message = world.web.talk.post(uid, thread, content, group=group, quote=quote)
    world.web.talk.seen(uid, thread, group=group)
    return {"msg_id": str(message.msg_id)}


handlers = [
    add_person,
    says,
    says_with_file,
    opens,
    types,
    labels,
    reacts,
    recalls,
    scans,
    confirms,
    declines,
]
