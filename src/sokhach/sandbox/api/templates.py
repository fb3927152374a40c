"""Templates by user id: what took the place of transaction and promotion messages (reference §1.3)."""

from typing import Any

import msgspec
from litestar import Router, post

from sokhach.sandbox.accounts import Customer, OfficialAccount, new_message_id
from sokhach.sandbox.api.gate import Accepted, Caller, call
from sokhach.sandbox.days import day_start_ms, is_night
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.media import checksum
from sokhach.sandbox.records import Attachment, Draft
from sokhach.sandbox.refusals import Refusal, check_reachable, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_data import check_data
from sokhach.sandbox.zns_records import ZnsTemplate

TOO_LONG = -1121
"""What the template host calls a value over its limit."""


class TemplateOrder(msgspec.Struct):
    user_id: str
    template_id: str
    template_data: dict[str, Any]


@post("/v3.0/oa/message/template", status_code=200)
async def message_template(request: AnyRequest, world: World) -> Reply:
    """No window: it reaches people who have been silent for long. Paid from the ZCA."""
    body = await request.body()

    def act(caller: Caller) -> Accepted:
        order = decode(body, TemplateOrder)
        oa = caller.oa
        template = _template(world, oa, order.template_id)
        values = _values(template, order.template_data)
        customer = _customer(world, oa, order.user_id)
        if template.tag == "PROMOTION" and is_night(world.clock.now_ms()):
            raise Refusal(-234, "Message cannot be sent at night (22:00-06:00)")
        daily = world.zns.records.account(oa.oa_id).daily_quota
        remain = daily - _sent_today(world, oa.oa_id)
        if remain <= 0:
            raise Refusal(-211, "Out of quota")
        world.quotas.check_wallet(oa, template.price_uid_dong)
        with world.store.transaction():
            world.quotas.charge(oa, template.price_uid_dong)
            message, echo = world.threads.send(oa, customer, _draft(template, values), app_id=caller.app.app_id)
        data = {"message_id": message.msg_id, "user_id": message.user_id, "sent_time": str(message.time_ms)}
        quota = {"dailyQuota": str(daily), "remainingQuota": str(remain - 1)}
        return Accepted(data | {"quota": quota}, echo, message.user_id)

    return await call(world, request, act)


def _template(world: World, oa: OfficialAccount, template_id: str) -> ZnsTemplate:
    template = world.zns.records.find_template(template_id)
    if template is None or (template.oa_id, template.app_id) != (oa.oa_id, oa.app_id):
        raise invalid("template_id")
    if not template.sendable_by_uid or template.status != "ENABLE":
        raise Refusal(-249, "Template cannot be sent by user id")
    return template


def _values(template: ZnsTemplate, data: dict[str, Any]) -> dict[str, str]:
    """The template host's rules, told with the codes of this one."""
    try:
        return check_data(template, data)
    except Refusal as refusal:
        if refusal.code == TOO_LONG:
            raise Refusal(-210, refusal.message) from refusal
        raise Refusal(-201, f"template_data is invalid! {refusal.message}") from refusal


def _customer(world: World, oa: OfficialAccount, user_id: str) -> Customer:
    customer = world.accounts.find_customer(oa.oa_id, user_id)
    if customer is None or customer.anonymous:
        raise invalid("user_id")
    check_reachable(customer)
    if customer.last_interaction_ms is None:
        raise Refusal(-232, "User has not interacted with the OA, or the interaction has expired")
    return customer


def _draft(template: ZnsTemplate, values: dict[str, str]) -> Draft:
    text = template.text or template.name
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    payload = {"zinstant_id": new_message_id(), "text": text, "link_url": "", "checksum": checksum(text.encode())}
    shown = {"template_id": template.template_id, "name": template.name, "data": values}
    return Draft(type="template", text=text, attachments=[Attachment("template", payload)], extra={"template": shown})


def _sent_today(world: World, oa_id: str) -> int:
    """Both ways of sending draw on one quota."""
    today = day_start_ms(world.clock.now_ms())
    sql = """SELECT count(*) FROM message WHERE oa_id = ? AND time_ms >= ? AND type = 'template'
             AND json_extract(extra, '$.template') IS NOT NULL"""
    return int(world.store.value(sql, (oa_id, today))) + world.zns.records.sent_since(oa_id, today)


router = Router("/", route_handlers=[message_template])
