"""History: the only way back to what no webhook told (reference §1.6)."""

from typing import Any

import msgspec
from litestar import Router, get

from sokhach.sandbox.accounts import Customer, OfficialAccount
from sokhach.sandbox.api.gate import Caller, call, known, page, query
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.records import Message
from sokhach.sandbox.world import World

MAX_PAGE = 10

HISTORY_TYPES = {
    "image": "photo",
    "gif": "GIF",
    "audio": "voice",
    "business_card": "link",
    "list": "links",
    "template": "text",
}
"""History names some kinds otherwise than the webhooks do."""


class PageQuery(msgspec.Struct):
    offset: int
    count: int


class ThreadQuery(PageQuery):
    """v2 samples show `user_id` as a number, so both forms are taken here."""

    user_id: str | int


@get("/v2.0/oa/conversation")
async def conversation(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> list[dict[str, Any]]:
        wanted = query(request, ThreadQuery)
        page(wanted.offset, wanted.count, most=MAX_PAGE)
        customer = known(world, caller, str(wanted.user_id))
        messages = world.threads.thread(caller.oa.oa_id, customer.user_id, offset=wanted.offset, count=wanted.count)
        return [_history(world, caller.oa, customer, message) for message in messages]

    return await call(world, request, act)


@get("/v2.0/oa/listrecentchat")
async def list_recent_chat(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> list[dict[str, Any]]:
        wanted = query(request, PageQuery)
        page(wanted.offset, wanted.count, most=MAX_PAGE)
        messages = world.threads.recent(caller.oa.oa_id, offset=wanted.offset, count=wanted.count)
        return [
            _history(world, caller.oa, world.accounts.customer(caller.oa.oa_id, message.user_id), message)
            for message in messages
        ]

    return await call(world, request, act)


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
    if message.type == "list":
        media["links"] = [attachment.payload for attachment in message.attachments()]
    return media


router = Router("/", route_handlers=[conversation, list_recent_chat])
