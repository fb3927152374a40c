"""Calls: asking for the person's consent, and a link to call them by (reference §1.7)."""

import secrets
from typing import Any

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.api.gate import Caller, call, known, query
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

TYPES = ("audio", "video", "audio_and_video")
REASONS = (101, 103, 105, 106, 107)
LINK_LIFE_SECONDS = 172_800


class ConsentOrder(msgspec.Struct):
    phone: str
    call_type: str
    reason_code: int


class PhoneQuery(msgspec.Struct):
    phone: str


class CallOrder(msgspec.Struct):
    user_id: str
    agent_id: str
    call_type: str


@post("/v2.0/oa/call/requestconsent", status_code=200)
async def request_consent(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, ConsentOrder)
        _phone(order.phone)
        _type(order.call_type)
        if order.reason_code not in REASONS:
            raise invalid("reason_code")
        consent = world.consents.ask(caller.oa.oa_id, order.phone, order.call_type)
        return {"phone": consent.phone, "expired_time": str(consent.expires_ms)}

    return await call(world, request, act)


@get("/v2.0/oa/call/checkconsent")
async def check_consent(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        phone = query(request, PhoneQuery).phone
        _phone(phone)
        consent = world.consents.find(caller.oa.oa_id, phone)
        if consent is None:
            raise invalid("phone")
        return {
            "phone": phone,
            "user_consent": consent.answer or "",
            "confirmed_time": str(consent.answered_ms or ""),
            "expired_time": str(consent.expires_ms if consent.answer is None else consent.allowed_until_ms),
        }

    return await call(world, request, act)


@post("/v3.0/oa/call/outbound", status_code=200)
async def outbound_call(request: AnyRequest, world: World) -> Reply:
    """Needs the person's number and their standing consent."""
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, CallOrder)
        _type(order.call_type)
        customer = known(world, caller, order.user_id)
        if customer.shared_phone is None or not world.consents.allowed(caller.oa.oa_id, customer.shared_phone):
            raise Refusal(-244, "User has not consented to calls")
        link = f"https://zalo.me/call/{secrets.token_urlsafe(16)}"
        return {"call_link": link, "qr_code": link, "ttl": LINK_LIFE_SECONDS}

    return await call(world, request, act)


def _phone(phone: str) -> None:
    if not phone.isdecimal() or not phone.startswith("84") or not 10 <= len(phone) <= 12:
        raise invalid("phone")


def _type(call_type: str) -> None:
    if call_type not in TYPES:
        raise invalid("call_type")


router = Router("/", route_handlers=[request_consent, check_consent, outbound_call])
