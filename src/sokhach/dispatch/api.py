"""Answering over HTTP."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from sokhach.channels.outgoing import Button, Via
from sokhach.channels.zalo_personal import signals
from sokhach.conversations.queries import view_messages, visible_among
from sokhach.conversations.views import MessageView
from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.problems import locale_of, not_found
from sokhach.core.web import Connection, CurrentActor
from sokhach.dispatch import choosing, people, reacting, recalling, service
from sokhach.dispatch.composing import MOST_FILES, InfoRequest, Named, Said, TemplateChoice

AnyRequest = Request[object, object, State]
LONGEST_BODY = 20_000
"""Of one text; the channel takes it as several messages."""
LONGEST_NAME = 64
LONGEST_VALUE = 2_000


class InfoRequestForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card by which the customer may give name, phone and address."""

    title: Annotated[str, Meta(max_length=LONGEST_VALUE)]
    subtitle: Annotated[str, Meta(max_length=LONGEST_BODY)]


class TemplateForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data`: the template's fields by name. `via` uid: to the customer's account; phone: to their phone number."""

    template_id: Annotated[str, Meta(max_length=LONGEST_NAME)]
    data: dict[str, Annotated[str, Meta(max_length=LONGEST_VALUE)]]
    via: Via


class SendRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and files, words with buttons or a quote, in a group with mentions; or alone a sticker, a request for
    details, a template.

    `client_id` is made by the sender: the same one again is the same message. The nth message (from 0) made of it has
    `uuid5(client_id, "n")`, the first the `client_id` itself.
    """

    client_id: UUID
    text: Annotated[str, Meta(max_length=LONGEST_BODY)] | None = None
    mentions: list[Named] = []
    media_ids: Annotated[list[int], Meta(max_length=MOST_FILES)] = []
    sticker_id: Annotated[str, Meta(max_length=LONGEST_NAME)] | None = None
    quote_message_id: int | None = None
    buttons: list[Button] = []
    request_info: InfoRequestForm | None = None
    template: TemplateForm | None = None

    def said(self) -> Said:
        request, template = self.request_info, self.template
        return Said(
            text=self.text,
            mentions=tuple(self.mentions),
            media_ids=tuple(self.media_ids),
            sticker_id=self.sticker_id,
            quote_message_id=self.quote_message_id,
            buttons=tuple(self.buttons),
            request_info=InfoRequest(request.title, request.subtitle) if request else None,
            template=TemplateChoice(template.template_id, template.data, template.via) if template else None,
        )


class SentMessages(msgspec.Struct, frozen=True):
    """In the order in which they leave."""

    items: list[MessageView]


class SettlementRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outcome: Literal["sent", "not_sent"]


class ReactionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`icon` as the channel writes it: `:>` `--b` `:-((` `/-strong` `/-heart` `:-h` `:o`."""

    icon: Annotated[str, Meta(max_length=LONGEST_NAME)]


class ParticipantView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a group."""

    identity_id: int
    name: str
    avatar_url: str | None


class ParticipantList(msgspec.Struct, frozen=True):
    items: list[ParticipantView]


class TemplateParamView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    required: bool
    type: str
    max_length: int | None


class TemplateChoiceView(msgspec.Struct, frozen=True, kw_only=True):
    """A template that can be sent in this conversation, by one of `via`. `price_dong` is that of `uid` where it goes
    so, else that of `phone`; None: the platform does not tell."""

    template_id: str
    name: str
    status: str
    status_text: str
    quality: str | None
    tag: str | None
    via: list[Via]
    params: list[TemplateParamView]
    price_dong: int | None
    price_phone_dong: int | None
    preview_url: str | None


class TemplateChoices(msgspec.Struct, frozen=True):
    """`synced_at`: when the platform was last asked; None: not yet."""

    items: list[TemplateChoiceView]
    synced_at: datetime | None


@post(
    "/api/conversations/{conversation_id:int}/messages",
    access=Permission.CONVERSATION_REPLY,
    operation_id="SendMessage",
)
async def send_message(
    conversation_id: FromPath[int],
    data: JSONBody[SendRequest],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
) -> Response[SentMessages]:
    """Answers the customer: 201 with the queued messages, or 200 with those that this `client_id` made before."""
    ids, created = await service.send(connection, actor, conversation_id, data.client_id, data.said(), clock.now())
    views = await view_messages(connection, ids, locale_of(request))
    return Response(SentMessages(views), status_code=201 if created else 200)


@post("/api/messages/{message_id:int}/resend", access=Permission.CONVERSATION_REPLY, operation_id="ResendMessage")
async def resend_message(message_id: FromPath[int], request: AnyRequest, connection: Connection) -> MessageView:
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
    message_id: FromPath[int],
    data: JSONBody[SettlementRequest],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
) -> MessageView:
    """Says whether the customer has a message of which nobody else can tell."""
    await service.settle(connection, actor, message_id, data.outcome, clock.now())
    return await _view(request, connection, message_id)


@post(
    "/api/messages/{message_id:int}/reactions",
    access=Permission.CONVERSATION_REPLY,
    operation_id="React",
    status_code=200,
)
async def react(
    message_id: FromPath[int],
    data: JSONBody[ReactionRequest],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
) -> MessageView:
    """Puts our side's reaction on a message, in place of the one before."""
    await reacting.react(connection, actor, message_id, data.icon, clock.now())
    return await _view(request, connection, message_id)


@delete(
    "/api/messages/{message_id:int}/reactions",
    access=Permission.CONVERSATION_REPLY,
    operation_id="TakeReactionBack",
    status_code=200,
)
async def take_reaction_back(
    message_id: FromPath[int], request: AnyRequest, actor: CurrentActor, connection: Connection
) -> MessageView:
    """Takes our side's reaction away."""
    await reacting.react(connection, actor, message_id, None, clock.now())
    return await _view(request, connection, message_id)


@post(
    "/api/messages/{message_id:int}/recall",
    access=Permission.CONVERSATION_REPLY,
    operation_id="RecallMessage",
    status_code=200,
)
async def recall_message(
    message_id: FromPath[int], request: AnyRequest, actor: CurrentActor, connection: Connection
) -> MessageView:
    """Takes a message of ours back from the customer's phone, where the channel can. What it said stays in the
    store."""
    await recalling.recall(connection, actor, message_id, clock.now())
    return await _view(request, connection, message_id)


@post(
    "/api/conversations/{conversation_id:int}/typing",
    access=Permission.CONVERSATION_REPLY,
    operation_id="Type",
    status_code=204,
)
async def type_in(conversation_id: FromPath[int], connection: Connection) -> None:
    """The caller writes in the thread at this moment; channels that tell the customer do so for some seconds."""
    if not await visible_among(connection, [conversation_id]):
        raise not_found()
    await signals.typing(connection, conversation_id, clock.now())


@get(
    "/api/conversations/{conversation_id:int}/participants",
    access=Permission.CONVERSATION_REPLY,
    operation_id="ListParticipants",
)
async def list_participants(conversation_id: FromPath[int], connection: Connection) -> ParticipantList:
    """Who is in a group conversation now, by name. Nobody in one with a customer."""
    found = await people.in_group(connection, conversation_id)
    return ParticipantList([ParticipantView(identity_id=a, name=b, avatar_url=c) for a, b, c in found])


@get(
    "/api/conversations/{conversation_id:int}/templates",
    access=Permission.CONVERSATION_REPLY,
    operation_id="ListTemplates",
)
async def list_templates(
    conversation_id: FromPath[int], request: AnyRequest, connection: Connection
) -> TemplateChoices:
    """The approved templates that can be sent in this conversation, with their prices."""
    found = await choosing.choices(connection, conversation_id, locale_of(request))
    return TemplateChoices([_choice(one) for one in found.items], found.synced_at)


@post(
    "/api/conversations/{conversation_id:int}/templates/sync",
    access=Permission.CONVERSATION_REPLY,
    operation_id="SyncTemplates",
    status_code=202,
)
async def sync_templates(conversation_id: FromPath[int], connection: Connection) -> None:
    """Has the templates of the conversation's account read anew from the platform."""
    await choosing.ask(connection, conversation_id, clock.now())


async def _view(request: AnyRequest, connection: Connection, message_id: int) -> MessageView:
    views = await view_messages(connection, [message_id], locale_of(request))
    if not views:
        raise not_found()
    return views[0]


def _choice(choice: choosing.Choice) -> TemplateChoiceView:
    template = choice.template
    return TemplateChoiceView(
        template_id=template.template_id,
        name=template.name,
        status=template.status,
        status_text=choice.status_text,
        quality=template.quality,
        tag=template.tag,
        via=list(choice.via),
        params=[
            TemplateParamView(name=one.name, required=one.required, type=one.type, max_length=one.max_length)
            for one in template.params
        ],
        price_dong=template.price_uid if "uid" in choice.via else template.price_phone,
        price_phone_dong=template.price_phone if "phone" in choice.via else None,
        preview_url=template.preview_url,
    )


routes = [
    send_message,
    resend_message,
    settle_message,
    react,
    take_reaction_back,
    recall_message,
    type_in,
    list_participants,
    list_templates,
    sync_templates,
]
