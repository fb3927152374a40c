"""The control API of the template-message host: standing, templates, phones, and what people do."""

from typing import Any, Literal

import msgspec
from litestar import Router, get, patch, post, put

from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_data import PARAM_LENGTHS
from sokhach.sandbox.zns_records import (
    Quality,
    Status,
    Tag,
    TemplateButton,
    TemplateParam,
    ZnsAccount,
    ZnsMessage,
    ZnsPhone,
    ZnsTemplate,
    phone_hash,
)
from sokhach.sandbox.zns_samples import SAMPLES
from sokhach.sandbox.zns_sending import PHONE


class TemplateOrder(Order):
    """A template that somebody made in Zalo's own tools. `created_ms` null = now; `app_id` null = the account's app."""

    name: str
    text: str = ""
    params: list[TemplateParam] = []
    buttons: list[TemplateButton] = []
    app_id: str | None = None
    created_ms: int | None = None
    status: Status = "ENABLE"
    quality: Quality = "HIGH"
    type: int = 1
    tag: Tag = "IN_TRANSACTION"
    price_dong: int = 200
    price_uid_dong: int = 140
    night: bool = True
    daily_limit: int | None = None
    journey: str | None = None
    quick_reply: bool = False


class TemplateChange(Order):
    """What Zalo decides about a template; absent = unchanged."""

    status: Status | None = None
    reason: str | None = None
    quality: Quality | None = None
    night: bool | None = None
    daily_limit: int | msgspec.UnsetType | None = msgspec.UNSET


class FeedbackOrder(Order):
    rate: int
    note: str = ""
    feedbacks: list[str] = []
    option: str = "five_emotions"


class ResponseOrder(Order):
    data: str
    button_type: str = "response"


class JourneyOrder(Order):
    event: Literal["acknowledged", "time_out"]


@get("/oas/{oa_id:str}/zns")
async def read_account(oa_id: str, world: World) -> ZnsAccount:
    world.accounts.oa(oa_id)
    return world.zns.records.account(oa_id)


@patch("/oas/{oa_id:str}/zns")
async def change_account(oa_id: str, data: dict[str, Any], world: World) -> ZnsAccount:
    world.accounts.oa(oa_id)
    fields = msgspec.structs.asdict(world.zns.records.account(oa_id)) | data
    try:
        account = msgspec.convert(fields, ZnsAccount)
    except msgspec.ValidationError as error:
        raise ControlError(str(error)) from error
    world.zns.change_account(oa_id, account)
    return account


@post("/oas/{oa_id:str}/zns/samples")
async def make_samples(oa_id: str, world: World) -> dict[str, list[ZnsTemplate]]:
    """The same call again gives those that are there."""
    oa = world.accounts.oa(oa_id)
    there = {template.name: template for template in world.zns.records.templates(oa_id)}
    made = [
        there.get(sample.name) or _keep(world, sample.owned(
            template_id=world.zns.records.new_template_id(), oa_id=oa_id, app_id=oa.app_id,
            created_ms=world.clock.now_ms(),
        ))
        for sample in SAMPLES
    ]  # fmt: skip
    return {"items": made}


@post("/oas/{oa_id:str}/zns/templates")
async def add_template(oa_id: str, data: TemplateOrder, world: World) -> ZnsTemplate:
    oa = world.accounts.oa(oa_id)
    if any(param.type not in PARAM_LENGTHS for param in data.params):
        raise ControlError("types of parameters are 1 to 15")
    fields = msgspec.structs.asdict(data) | {
        "template_id": world.zns.records.new_template_id(),
        "oa_id": oa_id,
        "app_id": data.app_id or oa.app_id,
        "created_ms": world.clock.now_ms() if data.created_ms is None else data.created_ms,
    }
    return _keep(world, msgspec.convert(fields, ZnsTemplate))


def _keep(world: World, template: ZnsTemplate) -> ZnsTemplate:
    world.zns.records.save_template(template)
    return template


@get("/oas/{oa_id:str}/zns/templates")
async def list_templates(oa_id: str, world: World) -> dict[str, list[ZnsTemplate]]:
    return {"items": world.zns.records.templates(oa_id)}


@patch("/oas/{oa_id:str}/zns/templates/{template_id:str}")
async def change_template(oa_id: str, template_id: str, data: TemplateChange, world: World) -> ZnsTemplate:
    before = world.zns.records.template(oa_id, template_id)
    given = {
        name: value for name, value in msgspec.structs.asdict(data).items() if value not in (None, msgspec.UNSET)
    } | ({"daily_limit": data.daily_limit} if data.daily_limit is None else {})
    after = msgspec.structs.replace(before, **given)
    world.zns.change_template(before, after)
    return after


@put("/oas/{oa_id:str}/zns/phones/{phone:str}")
async def set_phone(oa_id: str, phone: str, data: ZnsPhone, world: World) -> ZnsPhone:
    """Replaces all that is known of a number, `84…`."""
    world.accounts.oa(oa_id)
    world.zns.change_phone(oa_id, _hash(phone), data)
    return data


@get("/oas/{oa_id:str}/zns/phones/{phone:str}")
async def get_phone(oa_id: str, phone: str, world: World) -> ZnsPhone:
    return world.zns.records.phone(oa_id, _hash(phone))


@get("/oas/{oa_id:str}/zns/messages")
async def list_messages(oa_id: str, world: World, phone: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """All that were accepted, oldest first; `phone` for one number."""
    hashed = None if phone is None else _hash(phone)
    return {"items": [_describe(message) for message in world.zns.records.messages(oa_id, hashed)]}


@post("/oas/{oa_id:str}/zns/messages/{msg_id:str}/feedback")
async def gives_feedback(oa_id: str, msg_id: str, data: FeedbackOrder, world: World) -> dict[str, str]:
    if not 1 <= data.rate <= 5:
        raise ControlError("`rate` is 1 to 5")
    message = _delivered(world, oa_id, msg_id)
    world.zns.rate(message, rate=data.rate, note=data.note, feedbacks=data.feedbacks, option=data.option)
    return {"msg_id": msg_id}


@post("/oas/{oa_id:str}/zns/messages/{msg_id:str}/response")
async def taps_response(oa_id: str, msg_id: str, data: ResponseOrder, world: World) -> dict[str, str]:
    world.zns.respond(_delivered(world, oa_id, msg_id), data=data.data, button_type=data.button_type)
    return {"msg_id": msg_id}


@post("/oas/{oa_id:str}/zns/messages/{msg_id:str}/journey")
async def journey_event(oa_id: str, msg_id: str, data: JourneyOrder, world: World) -> dict[str, str]:
    message = world.zns.records.message(oa_id, msg_id)
    if message.journey_id is None:
        raise ControlError("this message belongs to no journey")
    world.zns.tell_of_journey(message, acknowledged=data.event == "acknowledged")
    return {"journey_id": message.journey_id}


def _delivered(world: World, oa_id: str, msg_id: str) -> ZnsMessage:
    message = world.zns.records.message(oa_id, msg_id)
    if message.delivered_ms is None:
        raise ControlError("the message has not reached the phone")
    return message


def _hash(phone: str) -> str:
    match = PHONE.fullmatch(phone)
    if match is None:
        raise ControlError("a phone number is 84 and 9 or 10 digits")
    return phone_hash(match[1])


def _describe(message: ZnsMessage) -> dict[str, Any]:
    return msgspec.structs.asdict(message) | {"data": msgspec.json.decode(message.data)}


router = Router(
    "/control",
    route_handlers=[
        read_account, change_account, make_samples, add_template, list_templates, change_template, set_phone,
        get_phone, list_messages, gives_feedback, taps_response, journey_event,
    ],
)  # fmt: skip
