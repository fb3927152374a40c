"""Answering over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import State
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.queries import view_messages
from sokhach.conversations.views import MessageView
from sokhach.core import clock
from sokhach.core.actor import Actor, Permission
from sokhach.core.problems import locale_of, not_found
from sokhach.dispatch import service

AnyRequest = Request[object, object, State]
LONGEST_BODY = 20_000
"""Far beyond any channel's limit, which `service` knows and words better."""


class SendRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`client_id` is made by the sender: the same one again is the same message."""

    client_id: UUID
    text: Annotated[str, Meta(max_length=LONGEST_BODY)]


class SettlementRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outcome: Literal["sent", "not_sent"]


@post(
    "/api/conversations/{conversation_id:int}/messages",
    access=Permission.CONVERSATION_REPLY,
    operation_id="SendMessage",
)
async def send_message(
    conversation_id: int, data: SendRequest, request: AnyRequest, actor: Actor, connection: AsyncConnection
) -> Response[MessageView]:
    """Answers the customer: 201 with the queued message, or 200 with the one that this `client_id` made before."""
    message_id, created = await service.send(connection, actor, conversation_id, data.client_id, data.text, clock.now())
    return Response(await _view(request, connection, message_id), status_code=201 if created else 200)


@post("/api/messages/{message_id:int}/resend", access=Permission.CONVERSATION_REPLY, operation_id="ResendMessage")
async def resend_message(message_id: int, request: AnyRequest, connection: AsyncConnection) -> MessageView:
    """Tries a failed message once more."""
    await service.resend(connection, message_id, clock.now())
    return await _view(request, connection, message_id)


@post(
    "/api/messages/{message_id:int}/settlement",
    access=Permission.CONVERSATION_REPLY,
    operation_id="SettleMessage",
    status_code=200,
)
async def settle_message(
    message_id: int, data: SettlementRequest, request: AnyRequest, connection: AsyncConnection
) -> MessageView:
    """Says whether the customer has a message of which nobody else can tell."""
    await service.settle(connection, message_id, data.outcome, clock.now())
    return await _view(request, connection, message_id)


async def _view(request: AnyRequest, connection: AsyncConnection, message_id: int) -> MessageView:
    views = await view_messages(connection, [message_id], locale_of(request))
    if not views:
        raise not_found()
    return views[0]


routes = [send_message, resend_message, settle_message]
