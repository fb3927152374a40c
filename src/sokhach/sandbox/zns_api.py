"""The routes of the template-message host, `business.openapi.zalo.me` (reference §3)."""

import html
import secrets
from typing import Any

import msgspec
from litestar import Response, Router, get, route
from litestar.datastructures import UploadFile
from litestar.enums import MediaType
from litestar.exceptions import HTTPException

from sokhach.sandbox import zns_rsa, zns_templates
from sokhach.sandbox.accounts import NotFoundError, new_numeric_id
from sokhach.sandbox.days import month_start_ms
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_edge import METHODS, Bare, ZnsCaller, decode, may_send, zns_call
from sokhach.sandbox.zns_records import Journey, ZnsAnswer
from sokhach.sandbox.zns_sending import (
    known_template,
    live_journey,
    recipient_by_hash,
    recipient_by_phone,
    remaining_promotion,
    remaining_today,
    send,
)
from sokhach.sandbox.zns_store import DAY_MS
from sokhach.sandbox.zns_templates import number

MAX_IMAGE = 500 * 1024
IMAGE_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
JOURNEY_DAYS = {"token_logistics_7": 7, "token_logistics_30": 30, "token_coach_bus_7": 7, "token_coach_bus_30": 30}
MAX_PAGE = 100


def _query(request: AnyRequest) -> dict[str, str]:
    """Plain parameters: this host does not use `data=`."""
    return {name: str(value) for name, value in request.query_params.items()}


def _feature(caller: ZnsCaller, name: str) -> None:
    if name not in caller.account.features:
        raise Refusal(-120, "OA does not have permission to use this feature")


# Sending


@route("/message/template", http_method=METHODS)
async def send_by_phone(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: ZnsCaller) -> dict[str, Any]:
        order = decode(body)
        recipient = recipient_by_phone(order.get("phone"))
        return send(world, caller, order, recipient, request.headers.get("journey_token"))

    return await zns_call(world, request, "POST", act)


@route("/message/template/hashphone", http_method=METHODS)
async def send_by_hash(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: ZnsCaller) -> dict[str, Any]:
        _feature(caller, "hashphone")
        order = decode(body)
        recipient = recipient_by_hash(order.get("hash_phone"))
        return send(world, caller, order, recipient, request.headers.get("journey_token"))

    return await zns_call(world, request, "POST", act)


@route("/rsa/message/template", http_method=METHODS)
async def send_encrypted(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: ZnsCaller) -> dict[str, Any]:
        _feature(caller, "rsa")
        order = zns_rsa.decrypt(world, caller, decode(body))
        recipient = recipient_by_phone(order["phone"])
        return send(world, caller, order, recipient, request.headers.get("journey_token"))

    return await zns_call(world, request, "POST", act)


@route("/rsa/key/gen", http_method=METHODS)
async def generate_key(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, str]:
        _feature(caller, "rsa")
        return zns_rsa.generate_key(world, caller)

    return await zns_call(world, request, "GET", act)


@route("/rsa/key/get", http_method=METHODS)
async def get_key(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, str]:
        _feature(caller, "rsa")
        return zns_rsa.public_key(world, caller)

    return await zns_call(world, request, "GET", act)


# Journeys


@route("/journey/get-token", http_method=METHODS)
async def start_journey(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: ZnsCaller) -> Bare:
        _feature(caller, "journey")
        may_send(caller)
        order = decode(body)
        recipient = recipient_by_phone(order.get("phone"))
        kind = order.get("token_type", "token_logistics_7")
        if not isinstance(kind, str) or kind not in JOURNEY_DAYS:
            raise Refusal(-132, "Parameter token_type is invalid")
        now = world.clock.now_ms()
        journey = Journey(
            token=secrets.token_urlsafe(120),
            journey_id=new_numeric_id(),
            oa_id=caller.oa.oa_id,
            app_id=caller.app.app_id,
            phone_hash=recipient.hash,
            type=kind,
            created_ms=now,
            expires_ms=now + JOURNEY_DAYS[kind] * DAY_MS,
        )
        world.zns.records.save_journey(journey)
        return Bare({"token": journey.token, "journey_id": journey.journey_id})

    return await zns_call(world, request, "POST", act)


@route("/journey/check-token", http_method=METHODS)
async def check_journey(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, str]:
        _feature(caller, "journey")
        token = request.headers.get("journey_token")
        if not token:
            raise Refusal(-148, "Journey token not found")
        journey = live_journey(world, caller, token)
        times = {"createdAt": str(journey.created_ms), "expiredAt": str(journey.expires_ms)}
        return {"appId": journey.app_id, "oaId": journey.oa_id} | times

    return await zns_call(world, request, "GET", act)


# What became of it


@route("/message/status", http_method=METHODS)
async def message_status(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, Any]:
        msg_id = _query(request).get("message_id", "")
        if len(msg_id) != 20 or not set(msg_id) <= set("0123456789abcdef"):
            raise Refusal(-107, "Message ID invalid")
        message = world.zns.records.find_message(caller.oa.oa_id, msg_id)
        if message is None:
            return {"delivery_time": "", "message": "The message does not exist", "status": -1}
        if message.delivered_ms is None:
            return {"delivery_time": "", "message": "The message was pushed to Zalo's server", "status": 0}
        told = "The message was delivered to the user's phone"
        return {"delivery_time": str(message.delivered_ms), "message": told, "status": 1}

    return await zns_call(world, request, "GET", act)


@route("/message/quota", http_method=METHODS)
async def quota(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, Any]:
        return {
            "dailyQuota": caller.account.daily_quota,
            "remainingQuota": remaining_today(world, caller),
            "dailyQuotaPromotion": None,
            "remainingQuotaPromotion": None,
            "monthlyPromotionQuota": caller.account.monthly_promotion_quota,
            "remainingMonthlyPromotionQuota": remaining_promotion(world, caller),
            "estimatedNextMonthPromotionQuota": caller.account.next_month_promotion_quota,
        }

    return await zns_call(world, request, "GET", act)


@route("/quality", http_method=METHODS)
async def quality(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, str]:
        return {"oaCurrentQuality": caller.account.quality, "oa7dayQuality": caller.account.quality_7_days}

    return await zns_call(world, request, "GET", act)


@route("/message/template-tag", http_method=METHODS)
async def template_tags(request: AnyRequest, world: World) -> Reply:
    return await zns_call(world, request, "GET", lambda caller: caller.account.allowed_tags)


@route("/rating/get", http_method=METHODS)
async def ratings(request: AnyRequest, world: World) -> Reply:
    def act(caller: ZnsCaller) -> dict[str, Any]:
        query = _query(request)
        found = _answers(world, caller, query, "feedback")
        offset = number(query, "offset", default=0)
        page = found[offset : offset + number(query, "limit", highest=MAX_PAGE)]
        return {"total": len(found), "data": [_rating(answer) for answer in page]}

    return await zns_call(world, request, "POST", act)


@route("/response/get", http_method=METHODS)
async def quick_replies(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: ZnsCaller) -> dict[str, Any]:
        query = {name: str(value) for name, value in decode(body).items()}
        found = _answers(world, caller, query, "response")[: number(query, "limit", highest=MAX_PAGE)]
        return {"data": [_fields(answer) | _told(answer) | {"oaId": caller.oa.oa_id} for answer in found]}

    return await zns_call(world, request, "POST", act)


def _answers(world: World, caller: ZnsCaller, query: dict[str, str], kind: str) -> list[ZnsAnswer]:
    template = known_template(world, caller, query.get("template_id"))
    from_ms, to_ms = number(query, "from_time"), number(query, "to_time")
    if from_ms > to_ms:
        raise Refusal(-132, "Parameter from_time is invalid")
    return world.zns.records.answers(template.template_id, kind, from_ms=from_ms, to_ms=to_ms)


def _rating(answer: ZnsAnswer) -> dict[str, Any]:
    return _fields(answer) | _told(answer)


def _fields(answer: ZnsAnswer) -> dict[str, Any]:
    return msgspec.json.decode(answer.body, type=dict[str, Any])


def _told(answer: ZnsAnswer) -> dict[str, str]:
    return {"submitDate": str(answer.at_ms), "msgId": answer.msg_id, "trackingId": answer.tracking_id}


# Templates


@route("/template/all", http_method=METHODS)
async def list_templates(request: AnyRequest, world: World) -> Reply:
    return await zns_call(
        world, request, "GET", lambda caller: zns_templates.list_templates(world, caller, _query(request))
    )


@route("/template/info/v2", http_method=METHODS)
async def describe_template(request: AnyRequest, world: World) -> Reply:
    return await zns_call(world, request, "GET", lambda caller: zns_templates.describe(world, caller, _query(request)))


@route("/template/sample-data", http_method=METHODS)
async def sample_data(request: AnyRequest, world: World) -> Reply:
    return await zns_call(
        world, request, "GET", lambda caller: zns_templates.sample_data(world, caller, _query(request))
    )


@route("/template/create", http_method=METHODS)
async def create_template(request: AnyRequest, world: World) -> Reply:
    body = await request.body()
    return await zns_call(
        world, request, "POST", lambda caller: zns_templates.create(world, caller, decode(body))
    )  # fmt: skip


@route("/template/edit", http_method=METHODS)
async def edit_template(request: AnyRequest, world: World) -> Reply:
    body = await request.body()
    return await zns_call(world, request, "POST", lambda caller: zns_templates.edit(world, caller, decode(body)))


@route("/upload/image", http_method=METHODS)
async def upload_image(request: AnyRequest, world: World) -> Reply:
    content = await _file(request)

    def act(caller: ZnsCaller) -> dict[str, str]:
        may_send(caller)
        if not caller.account.media_permitted:
            raise Refusal(-1202, "OA does not have permission to use media resources")
        if content is None or not content.startswith(IMAGE_SIGNATURES):
            raise Refusal(-159, "Upload file format not allowed")
        if len(content) > MAX_IMAGE:
            raise Refusal(-158, "File size exceeds limit")
        month = str(month_start_ms(world.clock.now_ms()))
        if world.zns.records.count(caller.oa.oa_id, "upload", month) > caller.account.upload_monthly_limit:
            raise Refusal(-160, "Quota of uploads exceeded")
        return {"media_id": secrets.token_hex(16)}

    return await zns_call(world, request, "POST", act)


async def _file(request: AnyRequest) -> bytes | None:
    """Content of the multipart field `file`; None when there is none."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    try:
        sent = (await request.form()).get("file")
    except (HTTPException, ValueError):
        return None
    return await sent.read() if isinstance(sent, UploadFile) else None


@get("/znspreview/{template_id:str}", media_type=MediaType.HTML)
async def preview(template_id: str, world: World) -> Response[str]:
    """The page behind `previewUrl`: the template's words."""
    template = world.zns.records.find_template(template_id)
    if template is None:
        raise NotFoundError(f"no template {template_id}")
    words = html.escape(template.text).replace("\n", "<br>")
    buttons = "".join(f"<li>{html.escape(button.title)}</li>" for button in template.buttons)
    page = f"<h1>{html.escape(template.name)}</h1><p>{words}</p><ul>{buttons}</ul>"
    return Response(f'<!doctype html><html lang="vi"><meta charset="utf-8">{page}</html>', media_type=MediaType.HTML)


router = Router(
    "/",
    route_handlers=[
        send_by_phone, send_by_hash, send_encrypted, generate_key, get_key, start_journey, check_journey,
        message_status, quota, quality, template_tags, ratings, quick_replies, list_templates, describe_template,
        sample_data, create_template, edit_template, upload_image, preview,
    ],
)  # fmt: skip
