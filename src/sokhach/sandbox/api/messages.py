"""Sending to people: the v3 calls, and what is still open on the v2 path (reference §1.3)."""

from typing import Any

import msgspec
from litestar import Router, post

from sokhach.sandbox.api.gate import Accepted, Caller, call
from sokhach.sandbox.broadcasting import broadcast
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import Sent, react, send_cs, send_to_anonymous
from sokhach.sandbox.world import World

STOPPED = "This message type has been stopped since 01/03/2026, please use template messages"


@post("/v3.0/oa/message/cs", status_code=200)
async def message_cs(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> Accepted:
        sent = send_cs(world, caller.app.app_id, caller.oa, body)
        quota = {"quota": sent.allowance.quota} if sent.allowance.quota else {}
        return Accepted(_receipt(sent) | quota, sent.echo, sent.message.user_id)

    return await call(world, request, act)


@post(["/v3.0/oa/message/transaction", "/v3.0/oa/message/promotion"], status_code=200)
async def stopped(request: AnyRequest, world: World) -> Reply:
    """Both ended on 2026-03-01; templates by UID took their place."""

    def act(caller: Caller) -> None:
        raise Refusal(-233, STOPPED)

    return await call(world, request, act)


@post("/v2.0/oa/message", status_code=200)
async def message_v2(request: AnyRequest, world: World) -> Reply:
    """Open for reactions, visitors of the web widget and broadcasts; everything else has moved to v3."""
    body = await request.body()

    def act(caller: Caller) -> Accepted:
        order = _object(body)
        recipient = order.get("recipient")
        if "sender_action" in order:
            message, echo = react(world, caller.oa, body)
            return Accepted({"message_id": message.msg_id, "user_id": message.user_id}, echo, message.user_id)
        if isinstance(recipient, dict) and "anonymous_id" in recipient:
            sent = send_to_anonymous(world, caller.app.app_id, caller.oa, body)
            return Accepted(_receipt(sent), sent.echo, sent.message.user_id)
        if isinstance(recipient, dict) and "target" in recipient:
            made = broadcast(world, caller.oa, body)
            return Accepted({"message_id": made.message_id, "sent_time": str(made.created_ms)}, [], "")
        raise Refusal(-240, "MessageV2 API has been shut down, please use MessageV3 API")

    return await call(world, request, act)


def _receipt(sent: Sent) -> dict[str, Any]:
    message = sent.message
    return {"message_id": message.msg_id, "user_id": message.user_id, "sent_time": str(message.time_ms)}


def _object(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise invalid("params") from error


router = Router("/", route_handlers=[message_cs, stopped, message_v2])
