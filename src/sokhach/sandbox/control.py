"""The control API, part one: apps, official accounts, customers and what they do."""

import base64
from typing import Any

import msgspec
from litestar import Router, get, patch, post

from sokhach.sandbox.accounts import App, Customer, OfficialAccount
from sokhach.sandbox.bursts import BurstOrder
from sokhach.sandbox.faults import SignatureVariant
from sokhach.sandbox.oauth import consent
from sokhach.sandbox.threads import InboundMessage
from sokhach.sandbox.tokens import TokenPair
from sokhach.sandbox.world import World


class ControlError(Exception):
    """A control call that makes no sense; answered 400 with the text."""


class Order(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of the bodies below: an unknown field is a mistake of the caller."""


class AppOrder(Order):
    app_id: str
    app_secret: str
    oa_secret: str
    webhook_url: str | None = None
    active: bool = True
    callback_url: str | None = None
    code_challenge: str | None = None
    rate_limit_per_minute: int = 4000


class OaOrder(Order):
    oa_id: str
    app_id: str
    name: str
    description: str = ""
    enabled: bool = True
    rate_limit_per_minute: int | None = None
    sub_quota_total: int = 500


class ConsentOrder(Order):
    redirect_uri: str
    code_challenge: str | None = None
    state: str | None = None


class RevocationOrder(Order):
    refresh_too: bool = False


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
    shared_phone: str | msgspec.UnsetType | None = msgspec.UNSET


class AdminMessageOrder(Order):
    user_id: str
    text: str
    admin_id: str
    quote_msg_id: str | None = None


class ReactionOrder(Order):
    msg_id: str
    react_icon: str = "/-heart"


class EventOrder(Order):
    """Any event, signed as usual. `body_base64` with `timestamp` sends raw bytes that need not be JSON."""

    payload: dict[str, Any] | None = None
    body_base64: str | None = None
    timestamp: str = "0"
    signature: SignatureVariant = SignatureVariant.GOOD


@post("/apps")
async def save_app(data: AppOrder, world: World) -> App:
    app = msgspec.convert(msgspec.structs.asdict(data), App)
    world.accounts.save_app(app)
    return world.accounts.app(app.app_id)


@get("/apps")
async def list_apps(world: World) -> list[App]:
    return world.accounts.apps()


@post("/oas")
async def save_oa(data: OaOrder, world: World) -> OfficialAccount:
    fields = msgspec.structs.asdict(data) | {"sub_quota_remain": data.sub_quota_total}
    world.accounts.save_oa(msgspec.convert(fields, OfficialAccount))
    return world.accounts.oa(data.oa_id)


@get("/oas")
async def list_oas(world: World) -> list[OfficialAccount]:
    return world.accounts.oas()


@post("/oas/{oa_id:str}/token")
async def mint_token(oa_id: str, world: World) -> TokenPair:
    oa = world.accounts.oa(oa_id)
    return world.tokens.mint(oa.app_id, oa.oa_id)


@post("/oas/{oa_id:str}/consent")
async def give_consent(oa_id: str, data: ConsentOrder, world: World) -> dict[str, str]:
    app = world.accounts.app(world.accounts.oa(oa_id).app_id)
    location, code = consent(world, app, oa_id, data.redirect_uri, data.code_challenge, data.state)
    return {"location": location, "code": code, "oa_id": oa_id}


@post("/oas/{oa_id:str}/revocation")
async def revoke(oa_id: str, data: RevocationOrder, world: World) -> dict[str, int]:
    return {"revoked": world.tokens.revoke(oa_id, refresh_too=data.refresh_too)}


def profile(world: World, customer: Customer) -> dict[str, Any]:
    avatar = world.media.avatar_url(customer.user_id, 240)
    return msgspec.structs.asdict(customer) | {"avatar": avatar}


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
    if data.off_zalo is not None:
        customer.off_zalo = data.off_zalo
    if data.refuses_messages is not None:
        customer.refuses_messages = data.refuses_messages
    world.accounts.save_customer(customer)
    if data.phone_on is not None:
        world.phones.switch(customer, on=data.phone_on)
    return profile(world, world.accounts.customer(oa_id, user_id))


@post("/oas/{oa_id:str}/users/{user_id:str}/messages")
async def user_writes(oa_id: str, user_id: str, data: InboundMessage, world: World) -> dict[str, Any]:
    if data.type == "text" and data.text is None:
        raise ControlError("a text needs `text`")
    if data.type != "text" and data.type not in world.media.kinds():
        raise ControlError(f"unknown type {data.type}")
    message = world.threads.receive(world.accounts.customer(oa_id, user_id), data)
    return {"msg_id": message.msg_id, "time": message.time_ms}


@get("/oas/{oa_id:str}/users/{user_id:str}/messages")
async def phone_shows(oa_id: str, user_id: str, world: World) -> list[dict[str, Any]]:
    customer = world.accounts.customer(oa_id, user_id)
    return [
        {
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
        }
        for message in world.threads.on_phone(customer)
    ]


@post("/oas/{oa_id:str}/users/{user_id:str}/follow")
async def follow(oa_id: str, user_id: str, world: World) -> dict[str, bool]:
    world.threads.follow(world.accounts.customer(oa_id, user_id), follows=True)
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


@post("/oas/{oa_id:str}/admin-messages")
async def admin_writes(oa_id: str, data: AdminMessageOrder, world: World) -> dict[str, Any]:
    customer = world.accounts.customer(oa_id, data.user_id)
    message, _ = world.threads.send(
        world.accounts.oa(oa_id), customer, data.text, admin_id=data.admin_id, quote_msg_id=data.quote_msg_id
    )
    return {"msg_id": message.msg_id, "time": message.time_ms}


@post("/oas/{oa_id:str}/events")
async def send_event(oa_id: str, data: EventOrder, world: World) -> dict[str, list[int]]:
    oa = world.accounts.oa(oa_id)
    if data.body_base64 is None:
        if data.payload is None:
            raise ControlError("give `payload` or `body_base64`")
        body = msgspec.json.encode(data.payload)
        timestamp = str(data.payload.get("timestamp", data.timestamp))
    else:
        body, timestamp = _bytes(data.body_base64), data.timestamp
    event = str((data.payload or {}).get("event_name", "raw"))
    ids = world.webhooks.emit_bytes(
        oa.app_id, body, timestamp=timestamp, event_name=event, oa_id=oa_id, signature=data.signature
    )
    return {"webhook_ids": ids}


def _bytes(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ControlError("`body_base64` is not base64") from error


@post("/oas/{oa_id:str}/burst")
async def start_burst(oa_id: str, data: BurstOrder, world: World) -> dict[str, int]:
    return {"burst_id": world.bursts.start(oa_id, data)}


@get("/bursts/{burst_id:int}")
async def burst_report(burst_id: int, world: World) -> dict[str, Any]:
    return world.bursts.report(burst_id)


router = Router(
    "/control",
    route_handlers=[
        save_app, list_apps, save_oa, list_oas, mint_token, give_consent, revoke, add_user, list_users, get_user,
        change_user, user_writes, phone_shows, follow, unfollow, click_chat_now, opens_chat, reacts, admin_writes,
        send_event, start_burst, burst_report,
    ],
)  # fmt: skip
