"""The control API, part two: customers and what they do, and the people behind Zalo's own tools."""

from typing import Any

import msgspec
from litestar import Router, get, patch, post

from sokhach.sandbox.accounts import Customer, new_message_id
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.records import Message
from sokhach.sandbox.threads import InboundMessage
from sokhach.sandbox.world import World


class UserOrder(Order):
    name: str
    user_id: str | None = None
    auto_seen_ms: int | None = None


class UserChange(Order):
    name: str | None = None
    phone_on: bool | None = None
    auto_seen_ms: int | msgspec.UnsetType | None = msgspec.UNSET
    off_zalo: bool | None = None
    refuses_messages: bool | None = None
    receive_quota_out: bool | None = None
    blocks_invitations: bool | None = None
    shared_phone: str | msgspec.UnsetType | None = msgspec.UNSET


class PressOrder(Order):
    msg_id: str
    index: int = 0


class AdminMessageOrder(Order):
    user_id: str
    admin_id: str
    text: str | None = None
    type: str = "text"
    quote_msg_id: str | None = None


class ReactionOrder(Order):
    msg_id: str
    react_icon: str = "/-heart"


def profile(world: World, customer: Customer) -> dict[str, Any]:
    avatar = world.media.avatar_url(customer.user_id, 240)
    return msgspec.structs.asdict(customer) | {"avatar": avatar, "tags": world.tags.of_customer(customer)}


@post("/oas/{oa_id:str}/users")
async def add_user(oa_id: str, data: UserOrder, world: World) -> dict[str, Any]:
    now = world.clock.now_ms()
    customer = world.accounts.add_customer(
        oa_id, data.name, now_ms=now, user_id=data.user_id, auto_seen_ms=data.auto_seen_ms
    )
    return profile(world, customer)


@get("/oas/{oa_id:str}/users")
async def list_users(oa_id: str, world: World, limit: int = 1000) -> dict[str, Any]:
    return {"items": [profile(world, customer) for customer in world.accounts.customers(oa_id, limit)]}


@get("/oas/{oa_id:str}/users/{user_id:str}")
async def get_user(oa_id: str, user_id: str, world: World) -> dict[str, Any]:
    return profile(world, world.accounts.customer(oa_id, user_id))


@patch("/oas/{oa_id:str}/users/{user_id:str}")
async def change_user(oa_id: str, user_id: str, data: UserChange, world: World) -> dict[str, Any]:
    customer = world.accounts.customer(oa_id, user_id)
    if data.name is not None:
        customer.display_name = data.name
    if data.auto_seen_ms is not msgspec.UNSET:
        customer.auto_seen_ms = data.auto_seen_ms
    if data.shared_phone is not msgspec.UNSET:
        customer.shared_phone = data.shared_phone
    for flag in ("off_zalo", "refuses_messages", "receive_quota_out", "blocks_invitations"):
        if (value := getattr(data, flag)) is not None:
            setattr(customer, flag, value)
    world.accounts.save_customer(customer)
    if data.phone_on is not None:
        world.phones.switch(customer, on=data.phone_on)
    return profile(world, world.accounts.customer(oa_id, user_id))


@post("/oas/{oa_id:str}/users/{user_id:str}/messages")
async def user_writes(oa_id: str, user_id: str, data: InboundMessage, world: World) -> dict[str, Any]:
    return write(world, world.accounts.customer(oa_id, user_id), data)


def write(world: World, customer: Customer, sent: InboundMessage) -> dict[str, Any]:
    """A message of the customer; `ControlError` when there is no such kind or file."""
    if sent.type == "text" and sent.text is None:
        raise ControlError("a text needs `text`")
    if sent.type != "text" and sent.type not in world.media.kinds():
        raise ControlError(f"unknown type {sent.type}")
    try:
        message = world.threads.receive(customer, sent)
    except KeyError as error:
        raise ControlError(f"unknown variant {error.args[0]}") from error
    except ValueError as error:
        raise ControlError("`content_base64` is not base64") from error
    return {"msg_id": message.msg_id, "time": message.time_ms}


@get("/oas/{oa_id:str}/users/{user_id:str}/messages")
async def phone_shows(oa_id: str, user_id: str, world: World) -> list[dict[str, Any]]:
    customer = world.accounts.customer(oa_id, user_id)
    return [_shown(world, message) for message in world.threads.on_phone(customer)]


def _shown(world: World, message: Message) -> dict[str, Any]:
    """`extra` is what only the phone draws: buttons, the form that asks for details."""
    return {
        "msg_id": message.msg_id,
        "src": message.src,
        "type": message.type,
        "text": message.text,
        "time": message.time_ms,
        "seen": message.seen_ms is not None,
        "received": message.received_ms is not None,
        "quote_msg_id": message.quote_msg_id,
        "admin_id": message.admin_id,
        "payload": message.payload() or None,
        "attachments": message.attachments(),
        "extra": message.extra,
        "reactions": world.threads.reactions(message.msg_id, src=0),
        "own_reactions": world.threads.reactions(message.msg_id, src=1),
    }


class FollowOrder(Order):
    source: str = "oa_profile"


@post("/oas/{oa_id:str}/users/{user_id:str}/follow")
async def follow(oa_id: str, user_id: str, world: World, data: FollowOrder | None = None) -> dict[str, bool]:
    source = (data or FollowOrder()).source
    world.threads.follow(world.accounts.customer(oa_id, user_id), follows=True, source=source)
    return {"follows": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/unfollow")
async def unfollow(oa_id: str, user_id: str, world: World) -> dict[str, bool]:
    world.threads.follow(world.accounts.customer(oa_id, user_id), follows=False)
    return {"follows": False}


@post("/oas/{oa_id:str}/users/{user_id:str}/chatnow")
async def click_chat_now(oa_id: str, user_id: str, world: World) -> dict[str, bool]:
    world.threads.click_chat_now(world.accounts.customer(oa_id, user_id))
    return {"clicked": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/seen")
async def opens_chat(oa_id: str, user_id: str, world: World) -> dict[str, list[str]]:
    customer = world.accounts.customer(oa_id, user_id)
    if not customer.phone_on:
        raise ControlError("the phone is off")
    return {"msg_ids": world.phones.open_chat(customer)}


@post("/oas/{oa_id:str}/users/{user_id:str}/reactions")
async def reacts(oa_id: str, user_id: str, data: ReactionOrder, world: World) -> dict[str, str]:
    world.threads.react(world.accounts.customer(oa_id, user_id), data.msg_id, data.react_icon)
    return {"msg_id": data.msg_id}


@post("/oas/{oa_id:str}/users/{user_id:str}/buttons")
async def presses_button(oa_id: str, user_id: str, data: PressOrder, world: World) -> dict[str, Any]:
    """A button that asks comes back as an ordinary text; one that opens something tells the account nothing."""
    return press(world, world.accounts.customer(oa_id, user_id), data)


def press(world: World, customer: Customer, data: PressOrder) -> dict[str, Any]:
    """`{msg_id}` of the text that it sends, or what it opens."""
    message = world.threads.find(customer.oa_id, data.msg_id)
    buttons: list[dict[str, Any]] = message.extra.get("buttons", []) if message is not None else []
    if message is None or message.user_id != customer.user_id or not 0 <= data.index < len(buttons):
        raise ControlError("no such button on this phone")
    button = buttons[data.index]
    if not button["type"].startswith("oa.query."):
        return {"msg_id": None, "opened": button["payload"]}
    return write(world, customer, InboundMessage(text=button["payload"]))


@post("/oas/{oa_id:str}/admin-messages")
async def admin_writes(oa_id: str, data: AdminMessageOrder, world: World) -> dict[str, Any]:
    """Answered in Zalo's own tools: words, or one of what customers can send."""
    customer = world.accounts.customer(oa_id, data.user_id)
    oa = world.accounts.oa(oa_id)
    if data.type == "text" and data.text is None:
        raise ControlError("a text needs `text`")
    if data.type not in ("text", "image", "gif", "sticker", "file"):
        raise ControlError(f"unknown type {data.type}")
    sent = InboundMessage(type=data.type, text=data.text, quote_msg_id=data.quote_msg_id)
    draft = world.threads.draft_of(oa, sent)
    message, _ = world.threads.send(oa, customer, draft, admin_id=data.admin_id)
    return {"msg_id": message.msg_id, "time": message.time_ms}


@post("/oas/{oa_id:str}/anonymous")
async def visits_widget(oa_id: str, world: World) -> dict[str, str]:
    """Somebody opens the chat widget on the company's web page."""
    visitor = world.accounts.add_customer(
        oa_id, "Khách ẩn danh", now_ms=world.clock.now_ms(), conversation_id=new_message_id()
    )
    return {"anonymous_id": visitor.user_id, "conversation_id": visitor.conversation_id or ""}


@post("/oas/{oa_id:str}/anonymous/{anonymous_id:str}/messages")
async def visitor_writes(oa_id: str, anonymous_id: str, data: InboundMessage, world: World) -> dict[str, Any]:
    if data.type not in ("text", "image", "file", "sticker"):
        raise ControlError("the widget sends text, image, file and sticker")
    return write(world, world.accounts.customer(oa_id, anonymous_id), data)


router = Router(
    "/control",
    route_handlers=[
        add_user, list_users, get_user, change_user, user_writes, phone_shows, follow, unfollow, click_chat_now,
        opens_chat, reacts, presses_button, admin_writes, visits_widget, visitor_writes,
    ],
)  # fmt: skip
