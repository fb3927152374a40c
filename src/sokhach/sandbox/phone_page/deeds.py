"""What a visitor does as a customer."""

import base64
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, patch, post
from litestar.params import Parameter

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.control_people import PressOrder, press, write
from sokhach.sandbox.edge import AnyRequest, json_reply
from sokhach.sandbox.phone_page import lists, templates, uploads
from sokhach.sandbox.phone_page.shown import ShownCustomer
from sokhach.sandbox.threads import InboundMessage
from sokhach.sandbox.world import World

PATH = "/oas/{oa_id:str}/customers/{user_id:str}"
LONGEST_NAME = 60

Text = Annotated[str, msgspec.Meta(max_length=200)]


class NewCustomer(Order):
    name: str


class MessageOrder(Order):
    """Words, a sticker or file by `variant`, or a `payload` of the visitor's choice (a place, a link)."""

    type: Literal["text", "image", "gif", "sticker", "link", "audio", "video", "location", "business_card", "file"] = (
        "text"
    )
    text: Annotated[str, msgspec.Meta(max_length=4000)] | None = None
    quote_msg_id: str | None = None
    variant: str | None = None
    payload: dict[str, Any] | None = None


class FollowOrder(Order):
    follows: bool


class ReactionOrder(Order):
    """`icon` as Zalo writes it; `/-remove` takes it away."""

    msg_id: str
    icon: str


class InfoOrder(Order):
    """The form that asks for details."""

    name: Text
    phone: Text
    city: Text = ""
    ward: Text = ""
    address: Text = ""


class CallOrder(Order):
    """A call to the account, over. `talk_ms` 0: nobody answered."""

    call_type: Literal["AUDIO", "VIDEO"] = "AUDIO"
    waiting_seconds: Annotated[int, msgspec.Meta(ge=0, le=600)] = 5
    talk_ms: Annotated[int, msgspec.Meta(ge=0, le=86_400_000)] = 0


class ConsentOrder(Order):
    answer: Literal["ALLOW", "DENY", "USER_BLOCKED"]


class FeedbackOrder(Order):
    msg_id: str
    rate: Annotated[int, msgspec.Meta(ge=1, le=5)]
    note: Text = ""


class SettingsOrder(Order):
    phone_on: bool | None = None
    refuses_messages: bool | None = None


class TakeoverOrder(Order):
    on: bool


@post("/oas/{oa_id:str}/customers")
async def add_customer(oa_id: str, data: NewCustomer, world: World) -> ShownCustomer:
    name = " ".join(data.name.split())[:LONGEST_NAME]
    if not name:
        raise ControlError("a customer needs a name")
    return lists.customer(world, world.accounts.add_customer(oa_id, name, now_ms=world.clock.now_ms()))


@post(f"{PATH}/messages")
async def sends(oa_id: str, user_id: str, data: MessageOrder, world: World) -> dict[str, Any]:
    if data.type == "text" and not (data.text or "").strip():
        raise ControlError("a text needs words")
    customer = _actor(world, oa_id, user_id)
    return write(world, customer, msgspec.convert(msgspec.structs.asdict(data), InboundMessage))


@post(f"{PATH}/uploads")
async def sends_file(
    oa_id: str,
    user_id: str,
    request: AnyRequest,
    world: World,
    name: Annotated[str, Parameter(max_length=200)],
    text: Annotated[str | None, Parameter(max_length=4000)] = None,
) -> Response[bytes]:
    """The file itself is the body."""
    content = await request.body()
    if not content or len(content) > uploads.MOST_BYTES:
        raise ControlError("a file has between 1 byte and 25 MB")
    kind, given = uploads.taken(name, content)
    order = InboundMessage(
        type=kind,
        text=text if kind in ("image", "gif") else None,
        content_base64=base64.b64encode(given.content).decode(),
        name=given.name,
        content_type=given.content_type,
    )
    answer = json_reply(write(world, _actor(world, oa_id, user_id), order))
    answer.status_code = 201
    return answer


@post(f"{PATH}/seen")
async def opens_chat(oa_id: str, user_id: str, world: World) -> dict[str, int]:
    """Nothing is seen on a phone that is off."""
    customer = world.accounts.customer(oa_id, user_id)
    return {"seen": len(world.phones.open_chat(customer)) if customer.phone_on else 0}


@post(f"{PATH}/follow")
async def follows(oa_id: str, user_id: str, data: FollowOrder, world: World) -> dict[str, bool]:
    world.threads.follow(world.accounts.customer(oa_id, user_id), follows=data.follows)
    return {"follows": data.follows}


@post(f"{PATH}/chat-now")
async def clicks_chat_now(oa_id: str, user_id: str, world: World) -> dict[str, bool]:
    world.threads.click_chat_now(world.accounts.customer(oa_id, user_id))
    return {"clicked": True}


@post(f"{PATH}/reactions")
async def reacts(oa_id: str, user_id: str, data: ReactionOrder, world: World) -> dict[str, str]:
    message = world.threads.find(oa_id, data.msg_id)
    if message is None or message.user_id != user_id:
        raise ControlError("no such message on this phone")
    world.threads.react(world.accounts.customer(oa_id, user_id), data.msg_id, data.icon)
    return {"msg_id": data.msg_id}


@post(f"{PATH}/buttons")
async def presses(oa_id: str, user_id: str, data: PressOrder, world: World) -> dict[str, Any]:
    return press(world, _actor(world, oa_id, user_id), data)


@post(f"{PATH}/info")
async def fills_in(oa_id: str, user_id: str, data: InfoOrder, world: World) -> dict[str, bool]:
    place = {"user_city": data.city, "user_ward": data.ward, "user_address": data.address}
    info = {"name": data.name, "phone": data.phone, "full_address": place}
    world.happenings.submit_info(_actor(world, oa_id, user_id), info)
    return {"submitted": True}


@post(f"{PATH}/calls")
async def calls(oa_id: str, user_id: str, data: CallOrder, world: World) -> dict[str, str]:
    call_id = world.happenings.call(
        world.accounts.customer(oa_id, user_id),
        inbound=True,
        call_type=data.call_type,
        waiting_seconds=data.waiting_seconds,
        talk_ms=data.talk_ms,
        status_code="0",
    )
    return {"call_id": call_id}


@post(f"{PATH}/call-consent")
async def answers_call_request(oa_id: str, user_id: str, data: ConsentOrder, world: World) -> dict[str, str]:
    phone = templates.phone_of(world.accounts.customer(oa_id, user_id))
    world.consents.answer(oa_id, phone or "", data.answer, 0)
    return {"answer": data.answer}


@post(f"{PATH}/withdrawal")
async def withdraws(oa_id: str, user_id: str, world: World) -> dict[str, bool]:
    """The person asks that their data be deleted."""
    world.happenings.tell_of_person(world.accounts.customer(oa_id, user_id), "user_withdraw")
    return {"told": True}


@post(f"{PATH}/feedback")
async def rates(oa_id: str, user_id: str, data: FeedbackOrder, world: World) -> dict[str, str]:
    """Stars for a template message that came to their number."""
    customer = world.accounts.customer(oa_id, user_id)
    if data.msg_id not in {one.msg_id for one in templates.by_phone(world, customer, since_ms=0)}:
        raise ControlError("no such message on this phone")
    message = world.zns.records.message(oa_id, data.msg_id)
    world.zns.rate(message, rate=data.rate, note=data.note, feedbacks=[], option="five_emotions")
    return {"msg_id": data.msg_id}


@patch(PATH)
async def changes_settings(oa_id: str, user_id: str, data: SettingsOrder, world: World) -> ShownCustomer:
    customer = world.accounts.customer(oa_id, user_id)
    if data.refuses_messages is not None:
        customer.refuses_messages = data.refuses_messages
        world.accounts.save_customer(customer)
    if data.phone_on is not None:
        world.phones.switch(customer, on=data.phone_on)
    return lists.customer(world, customer)


@post(f"{PATH}/takeover")
async def takes_over(oa_id: str, user_id: str, data: TakeoverOrder, world: World) -> dict[str, bool]:
    """The visitor writes for somebody who lives by themselves; said again while they are at it."""
    world.accounts.customer(oa_id, user_id)
    (world.takeovers.take if data.on else world.takeovers.release)(user_id)
    return {"taken": data.on}


def _actor(world: World, oa_id: str, user_id: str) -> Customer:
    """Whoever speaks for a customer keeps them from speaking by themselves."""
    customer = world.accounts.customer(oa_id, user_id)
    world.takeovers.take(user_id)
    return customer


handlers = [
    add_customer,
    sends,
    sends_file,
    opens_chat,
    follows,
    clicks_chat_now,
    reacts,
    presses,
    fills_in,
    calls,
    answers_call_request,
    withdraws,
    rates,
    changes_settings,
    takes_over,
]
