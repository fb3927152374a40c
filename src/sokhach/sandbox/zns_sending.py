"""`POST /message/template` and its two sisters: every check between the request and the phone (reference §3)."""

import re
from typing import Any

import msgspec

from sokhach.sandbox.accounts import new_message_id
from sokhach.sandbox.days import day_start_ms, is_night
from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_data import check_data
from sokhach.sandbox.zns_edge import ZnsCaller, may_send
from sokhach.sandbox.zns_magic import MESSAGES, magic_code
from sokhach.sandbox.zns_records import Journey, ZnsMessage, ZnsPhone, ZnsTemplate, phone_hash
from sokhach.sandbox.zns_store import DAY_MS

MAX_TRACKING = 48
MONTH_MS = 30 * DAY_MS
NORMAL_MODE, OVER_QUOTA_MODE = "1", "3"
PHONE = re.compile(r"\+?(84\d{9,10})")
HASH = re.compile(r"[0-9a-f]{64}")


class Recipient(msgspec.Struct):
    """`shown` is what webhooks name."""

    hash: str
    shown: str


def recipient_by_phone(phone: Any) -> Recipient:
    """`84…` or `+84…`; nothing else is documented."""
    match = PHONE.fullmatch(phone) if isinstance(phone, str) else None
    if match is None:
        raise Refusal(-108, "Phone number invalid")
    _strike_magic(match[1])
    return Recipient(phone_hash(match[1]), match[1])


def recipient_by_hash(hashed: Any) -> Recipient:
    if not isinstance(hashed, str) or not HASH.fullmatch(hashed):
        raise Refusal(-108, "Phone number invalid")
    _strike_magic(hashed)
    return Recipient(hashed, hashed)


def _strike_magic(phone: str) -> None:
    code = magic_code(phone)
    if code is not None:
        raise Refusal(code, MESSAGES[-code])


def send(
    world: World, caller: ZnsCaller, order: dict[str, Any], recipient: Recipient, journey_token: str | None
) -> dict[str, Any]:
    """Check and accept; gives `data` of the reply. Raises the `Refusal` that applies."""
    tracking_id = _tracking(order)
    mode = _sending_mode(caller, order)
    development = _development(order)
    template = _template(world, caller, order)
    if mode == OVER_QUOTA_MODE and template.tag != "PROMOTION":
        raise Refusal(-162, "sending_mode 3 does not support messages of tag 1 and 2")
    journey = _journey(world, caller, template, recipient, journey_token)
    values = check_data(template, order.get("template_data"))
    _check_hour(world, template)
    phone = world.zns.records.phone(caller.oa.oa_id, recipient.hash)
    _check_phone(phone, template)
    if development:
        _check_development(caller, phone)
    else:
        _check_limits(world, caller, template, recipient, over_quota=mode == OVER_QUOTA_MODE)
        _check_money(world, caller, template)
    now = world.clock.now_ms()
    message = ZnsMessage(
        msg_id=new_message_id(),
        oa_id=caller.oa.oa_id,
        app_id=caller.app.app_id,
        phone_hash=recipient.hash,
        recipient=recipient.shown,
        template_id=template.template_id,
        tag=template.tag,
        tracking_id=tracking_id,
        data=msgspec.json.encode(values).decode(),
        development=development,
        price_dong=0 if development else template.price_dong,
        sent_ms=now,
        due_ms=now + caller.account.delivery_ms if phone.on else None,
        journey_id=None if journey is None else journey.journey_id,
    )
    world.zns.dispatch(message)
    daily = caller.account.daily_quota
    quota = {"dailyQuota": str(daily), "remainingQuota": str(remaining_today(world, caller))}
    return {"msg_id": message.msg_id, "sent_time": str(now), "sending_mode": mode, "quota": quota}


def remaining_today(world: World, caller: ZnsCaller) -> int:
    sent = world.zns.records.sent_since(caller.oa.oa_id, day_start_ms(world.clock.now_ms()))
    return max(0, caller.account.daily_quota - sent)


def remaining_promotion(world: World, caller: ZnsCaller) -> int:
    since = world.clock.now_ms() - MONTH_MS
    sent = world.zns.records.sent_since(caller.oa.oa_id, since, tag="PROMOTION")
    return max(0, caller.account.monthly_promotion_quota - sent)


def _tracking(order: dict[str, Any]) -> str:
    tracking_id = order.get("tracking_id")
    if not isinstance(tracking_id, str) or not tracking_id or len(tracking_id) > MAX_TRACKING:
        raise Refusal(-132, "Parameter tracking_id is invalid")
    return tracking_id


def _sending_mode(caller: ZnsCaller, order: dict[str, Any]) -> str:
    mode = order.get("sending_mode", NORMAL_MODE)
    if mode == NORMAL_MODE or (mode == OVER_QUOTA_MODE and caller.account.over_quota_permitted):
        return mode
    raise Refusal(-161, "sending_mode has a value that is not allowed")


def _development(order: dict[str, Any]) -> bool:
    if order.get("mode") not in (None, "development"):
        raise Refusal(-132, "Parameter mode is invalid")
    return order.get("mode") == "development"


def _template(world: World, caller: ZnsCaller, order: dict[str, Any]) -> ZnsTemplate:
    template = known_template(world, caller, order.get("template_id"))
    may_send(caller)
    if template.status == "DISABLE":
        raise Refusal(-146, "Template is disabled for low quality")
    if template.status != "ENABLE":
        raise Refusal(-131, "Template is not approved")
    if template.tag not in caller.account.allowed_tags:
        raise Refusal(-145, "OA is not allowed to send this type of ZNS")
    return template


def known_template(world: World, caller: ZnsCaller, template_id: Any) -> ZnsTemplate:
    """One that this app may use for this official account."""
    template = world.zns.records.find_template(template_id) if isinstance(template_id, str) else None
    if template is None:
        raise Refusal(-109, "Template ID invalid")
    if (template.oa_id, template.app_id) != (caller.oa.oa_id, caller.app.app_id):
        raise Refusal(-117, "OA or App does not have permission to access this template")
    return template


def _journey(
    world: World, caller: ZnsCaller, template: ZnsTemplate, recipient: Recipient, token: str | None
) -> Journey | None:
    if template.journey is None:
        return None
    if not token:
        raise Refusal(-148, "Journey token not found")
    journey = live_journey(world, caller, token)
    if journey.phone_hash != recipient.hash:
        raise Refusal(-149, "Journey token invalid")
    if journey.type != template.journey:
        raise Refusal(-1491, "Journey token type is not compatible with the template")
    return journey


def live_journey(world: World, caller: ZnsCaller, token: str) -> Journey:
    journey = world.zns.records.find_journey(token)
    if journey is None or (journey.oa_id, journey.app_id) != (caller.oa.oa_id, caller.app.app_id):
        raise Refusal(-149, "Journey token invalid")
    if journey.expires_ms <= world.clock.now_ms():
        raise Refusal(-150, "Journey token expired")
    return journey


def _check_hour(world: World, template: ZnsTemplate) -> None:
    if not template.night and is_night(world.clock.now_ms()):
        raise Refusal(-133, "Template cannot be sent at night (22:00-06:00)")


def _check_phone(phone: ZnsPhone, template: ZnsTemplate) -> None:
    refusals = (
        (not phone.has_account, -118, "Zalo account not existed"),
        (phone.cannot_receive, -119, "Account can not receive message"),
        (phone.old_version, -110, "Zalo version unsupported"),
        (phone.opted_out, -114, "User cannot receive the message"),
        (phone.refuses_account, -141, "User refused ZNS from this OA"),
        (template.tag in phone.refuses_tags, -139, "User refused this type of ZNS"),
        (not phone.eligible and template.tag not in ("OTP", "IN_TRANSACTION"), -140,
         "User is not eligible for this type of ZNS"),
    )  # fmt: skip
    for applies, code, message in refusals:
        if applies:
            raise Refusal(code, message)


def _check_development(caller: ZnsCaller, phone: ZnsPhone) -> None:
    if not phone.administrator:
        raise Refusal(-127, "Template test can only be sent to administrators")
    if caller.account.development_balance <= 0:
        raise Refusal(-126, "Out of quota of development mode")


def _check_limits(
    world: World, caller: ZnsCaller, template: ZnsTemplate, recipient: Recipient, *, over_quota: bool
) -> None:
    oa_id, account, records = caller.oa.oa_id, caller.account, world.zns.records
    now = world.clock.now_ms()
    today = day_start_ms(now)
    if not over_quota and remaining_today(world, caller) <= 0:
        raise Refusal(-144, "OA exceeded the daily limit")
    sent = records.sent_since(oa_id, today, template_id=template.template_id)
    if template.daily_limit is not None and sent >= template.daily_limit:
        raise Refusal(-147, "Template exceeded its daily limit")
    if template.tag == "POST_TRANSACTION":
        followed = records.sent_since(oa_id, now - MONTH_MS, tag=template.tag, phone_hash=recipient.hash)
        if followed >= account.follow_up_per_user_month:
            raise Refusal(-1471, "OA exceeded the follow-up limit of this user")
    if template.tag == "PROMOTION":
        if remaining_promotion(world, caller) <= 0:
            raise Refusal(-1441, "OA exceeded the monthly promotion limit")
        promoted = records.sent_since(oa_id, today, tag=template.tag, phone_hash=recipient.hash)
        if promoted >= account.promotion_per_user_day:
            raise Refusal(-1472, "OA exceeded the promotion limit of this user")


def _check_money(world: World, caller: ZnsCaller, template: ZnsTemplate) -> None:
    balance = caller.oa.zca_balance
    reserved = world.zns.records.reserved_dong(caller.oa.oa_id)
    if balance is not None and balance - reserved < template.price_dong:
        raise Refusal(-115, "Out of quota")
    if not caller.account.zca_chargeable:
        raise Refusal(-137, "ZCA charge failed")
