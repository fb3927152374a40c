"""Group chats (GMF): reading them and speaking in them (reference §1.7)."""

from typing import Any, TypeVar

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.accounts import OfficialAccount
from sokhach.sandbox.api.gate import Caller, call, page
from sokhach.sandbox.api.groups import group_view
from sokhach.sandbox.api.history import HISTORY_TYPES
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.group_records import GroupMessage
from sokhach.sandbox.group_rules import check_account, group_of, live_group
from sokhach.sandbox.outgoing import Composer, OutgoingMessage
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

T = TypeVar("T")

MAX_PAGE = 10
MAX_LIST = 50
SPEAKABLE = ("text", "image", "gif", "sticker", "file")


class GroupRecipient(msgspec.Struct):
    group_id: str


class MessageOrder(msgspec.Struct):
    recipient: GroupRecipient
    message: OutgoingMessage


class GroupQuery(msgspec.Struct):
    group_id: str


class ListQuery(msgspec.Struct):
    offset: int = 0
    count: int = MAX_PAGE


class MembersQuery(ListQuery, kw_only=True):
    group_id: str


@post("/v3.0/oa/group/message", status_code=200)
async def group_message(request: AnyRequest, world: World) -> Reply:
    """Free of charge; mentions are text: `[@user_id]`, everyone `[@group_id]`."""
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        check_account(world, caller.oa)
        order = decode(body, MessageOrder)
        group = live_group(world, caller.oa, order.recipient.group_id)
        draft = Composer(world.media, caller.oa, world.clock.now_ms()).draft(order.message)
        if draft.type not in SPEAKABLE:
            raise Refusal(-233, "Message type is not supported")
        if order.message.quote_message_id is not msgspec.UNSET:
            if world.groups.find_message(group, order.message.quote_message_id) is None:
                raise invalid("quote_message_id")
            draft.quote_msg_id = order.message.quote_message_id
        message = world.groups.say(group, draft)
        return {"message_id": message.msg_id, "group_id": group.group_id, "sent_time": str(message.time_ms)}

    return await call(world, request, act)


@get("/v3.0/oa/group/getgroup")
async def get_group(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        check_account(world, caller.oa)
        return group_view(world, group_of(world, caller.oa, _query(request, GroupQuery).group_id))

    return await call(world, request, act)


@get("/v3.0/oa/group/getgroupsofoa")
async def get_groups(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        check_account(world, caller.oa)
        wanted = _query(request, ListQuery)
        page(wanted.offset, wanted.count, most=MAX_LIST)
        found = world.groups.groups(caller.oa.oa_id)
        shown = found[wanted.offset : wanted.offset + wanted.count]
        return {
            "total": len(found),
            "count": len(shown),
            "offset": wanted.offset,
            "groups": [group_view(world, group) for group in shown],
        }

    return await call(world, request, act)


@get("/v3.0/oa/group/listmember")
async def list_members(request: AnyRequest, world: World) -> Reply:
    return await _people(world, request, ("member", "admin"))


@get("/v3.0/oa/group/listpendinginvite")
async def list_pending(request: AnyRequest, world: World) -> Reply:
    return await _people(world, request, ("pending",))


async def _people(world: World, request: AnyRequest, states: tuple[str, ...]) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        check_account(world, caller.oa)
        wanted = _query(request, MembersQuery)
        page(wanted.offset, wanted.count, most=MAX_LIST)
        group = group_of(world, caller.oa, wanted.group_id)
        found = world.groups.members(group, *states)
        return {
            "total": len(found),
            "offset": wanted.offset,
            "members": [
                {
                    "user_id": member.user_id,
                    "display_name": world.accounts.customer(group.oa_id, member.user_id).display_name,
                    "avatar": world.media.avatar_url(member.user_id, 120),
                    "is_admin": member.state == "admin",
                }
                for member in found[wanted.offset : wanted.offset + wanted.count]
            ],
        }

    return await call(world, request, act)


@get("/v3.0/oa/group/listrecentchat")
async def recent_groups(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> list[dict[str, Any]]:
        check_account(world, caller.oa)
        wanted = _query(request, ListQuery)
        page(wanted.offset, wanted.count, most=MAX_PAGE)
        messages = world.groups.recent(caller.oa.oa_id, offset=wanted.offset, count=wanted.count)
        return [_history(world, caller.oa, message) for message in messages]

    return await call(world, request, act)


@get("/v3.0/oa/group/conversation")
async def group_conversation(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> list[dict[str, Any]]:
        check_account(world, caller.oa)
        wanted = _query(request, MembersQuery)
        page(wanted.offset, wanted.count, most=MAX_PAGE)
        group = group_of(world, caller.oa, wanted.group_id)
        messages = world.groups.thread(group, offset=wanted.offset, count=wanted.count)
        return [_history(world, caller.oa, message) for message in messages]

    return await call(world, request, act)


def _query(request: AnyRequest, into: type[T]) -> T:
    """Plain query parameters, or the one parameter `data` of the other calls: sources show both."""
    raw = request.query_params.get("data")
    try:
        if raw is not None:
            return msgspec.json.decode(raw, type=into)
        return msgspec.convert(dict(request.query_params), into, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(str(error).rpartition("`$")[2].strip("`.") or "data") from error
    except msgspec.DecodeError as error:
        raise invalid("data") from error


def _history(world: World, oa: OfficialAccount, message: GroupMessage) -> dict[str, Any]:
    ours = message.sender_id == oa.oa_id
    name = oa.name if ours else world.accounts.customer(oa.oa_id, message.sender_id).display_name
    payload = next((attachment.payload for attachment in message.attachments), dict[str, Any]())
    item: dict[str, Any] = {
        "src": 0 if ours else 1,
        "time": message.time_ms,
        "type": HISTORY_TYPES.get(message.type, message.type),
        "message": message.text or "",
        "message_id": message.msg_id,
        "group_id": message.group_id,
        "from_id": message.sender_id,
        "from_display_name": name,
        "from_avatar": world.media.avatar_url(message.sender_id, 120),
    }
    if payload.get("url"):
        item["url"] = payload["url"]
    if payload.get("thumbnail"):
        item["thumb"] = payload["thumbnail"]
    return item


router = Router(
    "/",
    route_handlers=[
        group_message, get_group, get_groups, list_members, list_pending, recent_groups, group_conversation,
    ],
)  # fmt: skip
