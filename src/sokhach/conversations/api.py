"""Conversations over HTTP."""

from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from sokhach.conversations import queries, service
from sokhach.conversations.queries import View
from sokhach.conversations.views import ContactConversations, ConversationDetail, ConversationPage, MessagePage
from sokhach.core import clock
from sokhach.core.actor import Permission, Role
from sokhach.core.paging import InvalidCursorError
from sokhach.core.problems import Problem, locale_of
from sokhach.core.web import Connection, CurrentActor, OurSettings
from sokhach.customers.queries import LARGEST_ID

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Rows a page.")]
IDS = r"^[0-9]{1,15}(,[0-9]{1,15}){0,99}$"
Ids = Annotated[str | None, QueryParameter(pattern=IDS, description="Message ids, with commas between; at most 100.")]
Before = Annotated[str | None, QueryParameter(max_length=64, description="`next` of the page before.")]


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last message that the caller had before their eyes; None: they act on all that there is."""

    last_message_id: int | None = None


@get("/api/conversations", access="signed-in", operation_id="ListConversations")
async def list_conversations(
    connection: Connection,
    actor: CurrentActor,
    view: FromQuery[View] = "open",
    before: Before = None,
    limit: Limit = 50,
) -> ConversationPage:
    """What the caller sees: newest first; in the view `waiting`, whoever waits longest first."""
    try:
        return await queries.list_conversations(connection, actor, view=view, before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@get("/api/conversations/{conversation_id:int}", access="signed-in", operation_id="GetConversation")
async def get_conversation(
    connection: Connection,
    actor: CurrentActor,
    request: AnyRequest,
    conversation_id: FromPath[int],
    settings: OurSettings,
) -> ConversationDetail:
    """One conversation, what the caller may do with it, and whether staff may answer in it now."""
    found = await queries.get_conversation(connection, actor, conversation_id, locale_of(request), settings.timezone)
    return _found(found)


@get("/api/contacts/{contact_id:int}/conversations", access="signed-in", operation_id="ListConversationsOfContact")
async def list_of_contact(
    connection: Connection, actor: CurrentActor, contact_id: FromPath[int]
) -> ContactConversations:
    """All conversations with a customer, newest first, for who sees all that is known of them; for others how many
    there are that they do not see, and whose."""
    return _found(await queries.list_of_contact(connection, actor, _id(contact_id)))


@get("/api/conversations/{conversation_id:int}/messages", access="signed-in", operation_id="ListMessages")
async def list_messages(
    connection: Connection,
    request: AnyRequest,
    conversation_id: FromPath[int],
    before: Before = None,
    limit: Limit = 50,
    ids: Ids = None,
) -> MessagePage:
    """A page of the thread, oldest first; or those of `ids` that stand in it, as they are now. Reading is written down
    in the access log."""
    if ids is not None:
        return _found(
            await queries.list_messages_by_id(
                connection, conversation_id, [int(one) for one in ids.split(",")], locale_of(request)
            )
        )
    try:
        page = await queries.list_messages(connection, conversation_id, locale_of(request), before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error
    return _found(page)


@post("/api/conversations/{conversation_id:int}/read", access="signed-in", operation_id="MarkRead", status_code=204)
async def mark_read(
    connection: Connection, actor: CurrentActor, conversation_id: FromPath[int], data: JSONBody[Seen]
) -> None:
    """The caller has the thread before their eyes, up to a message: nothing until there is unread. What an auditor
    looks at stays unread. The customer is told only when the caller attends to them (`visibility.rules.serves`)."""
    await _must_see(connection, conversation_id)
    if actor.role is Role.AUDITOR:
        return
    await service.mark_read(connection, conversation_id, data.last_message_id, actor)


@post(
    "/api/conversations/{conversation_id:int}/resolution",
    access=Permission.CONVERSATION_RESOLVE,
    operation_id="Resolve",
    status_code=204,
)
async def resolve(
    connection: Connection, actor: CurrentActor, conversation_id: FromPath[int], data: JSONBody[Seen]
) -> None:
    """Closes the open episode after the last message that the caller saw. Closing what is closed is fine."""
    await _must_see(connection, conversation_id)
    await service.resolve(connection, actor, conversation_id, data.last_message_id, clock.now())


@delete(
    "/api/conversations/{conversation_id:int}/resolution",
    access=Permission.CONVERSATION_RESOLVE,
    operation_id="Reopen",
)
async def reopen(connection: Connection, conversation_id: FromPath[int]) -> None:
    """Takes back the last resolution that a person made."""
    await _must_see(connection, conversation_id)
    if not await service.reopen(connection, conversation_id, clock.now()):
        raise Problem("cannot-reopen", 409)


async def _must_see(connection: Connection, conversation_id: int) -> None:
    if not await queries.visible_among(connection, [conversation_id]):
        raise Problem("not-found", 404)


def _id(value: int) -> int:
    if not 0 < value < LARGEST_ID:
        raise Problem("not-found", 404)
    return value


def _found(value: T | None) -> T:
    if value is None:
        raise Problem("not-found", 404)
    return value


routes = [
    list_conversations,
    get_conversation,
    list_of_contact,
    list_messages,
    mark_read,
    resolve,
    reopen,
]
