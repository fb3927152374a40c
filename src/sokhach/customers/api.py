"""Contacts, their tags and their requests over HTTP."""

from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.problems import Fault, InvalidInput, Problem, locale_of, not_found
from sokhach.core.realtime import Notice, announce
from sokhach.core.text import nfc
from sokhach.core.web import Connection, CurrentActor
from sokhach.customers import privacy, queries, tags
from sokhach.customers.privacy import PrivacyRequestView, State
from sokhach.customers.queries import LARGEST_ID, ContactView, RevealedContact
from sokhach.customers.rules import TAG_LONGEST
from sokhach.customers.tags import Tag

AnyRequest = Request[Any, Any, Any]
LONGEST_NOTE = 2000
# `state` itself is a name of the framework's.
Wanted = Annotated[State, QueryParameter(name="state")]


class TagList(msgspec.Struct, kw_only=True):
    items: list[Tag]


class TagRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=TAG_LONGEST)]


class PrivacyRequestList(msgspec.Struct, kw_only=True):
    items: list[PrivacyRequestView]


class ClosureRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`note`: what was done, for whoever asks later."""

    note: Annotated[str, Meta(max_length=LONGEST_NOTE)]


@get("/api/contacts/{contact_id:int}", access="signed-in", operation_id="GetContact")
async def get_contact(connection: Connection, request: AnyRequest, contact_id: FromPath[int]) -> ContactView:
    """A customer: tags, phone numbers, what they told about themselves, and what each account calls them."""
    contact = await queries.get_contact(connection, _id(contact_id), locale_of(request))
    if contact is None:
        raise not_found()
    return contact


@post(
    "/api/contacts/{contact_id:int}/reveal",
    access=Permission.CONTACT_REVEAL,
    operation_id="RevealContact",
    status_code=200,
)
async def reveal_contact(connection: Connection, contact_id: FromPath[int]) -> RevealedContact:
    """A customer's phone numbers and e-mail addresses in full; that the caller asked is written down in the access
    log."""
    await _must_know(connection, _id(contact_id))
    return await queries.reveal(connection, contact_id, clock.now())


@post(
    "/api/contacts/{contact_id:int}/tags",
    access=Permission.CONTACT_UPDATE,
    operation_id="TagContact",
    status_code=200,
)
async def tag_contact(
    connection: Connection, actor: CurrentActor, contact_id: FromPath[int], data: JSONBody[TagRequest]
) -> TagList:
    """Puts a tag on a customer; a name that nobody used before makes a new tag. Tagging again changes nothing."""
    await _must_know(connection, _id(contact_id))
    await tags.put(connection, actor, contact_id, _tag_name(data.name), clock.now())
    return await _tagged(connection, contact_id)


@delete(
    "/api/contacts/{contact_id:int}/tags/{tag_id:int}",
    access=Permission.CONTACT_UPDATE,
    operation_id="UntagContact",
    status_code=200,
)
async def untag_contact(
    connection: Connection, actor: CurrentActor, contact_id: FromPath[int], tag_id: FromPath[int]
) -> TagList:
    """Takes a tag off a customer. Taking off what is not there changes nothing."""
    await _must_know(connection, _id(contact_id))
    await tags.take(connection, actor, contact_id, _id(tag_id), clock.now())
    return await _tagged(connection, contact_id)


@get("/api/tags", access="signed-in", operation_id="ListTags")
async def list_tags(connection: Connection) -> TagList:
    """Tags to choose from, by name: those of the channels, and those that customers carry whom the caller knows by
    more than their name."""
    return TagList(items=await tags.all_tags(connection))


@get("/api/privacy-requests", access=Permission.PRIVACY_REQUEST_READ, operation_id="ListPrivacyRequests")
async def list_privacy_requests(
    connection: Connection, request: AnyRequest, wanted: Wanted = "open"
) -> PrivacyRequestList:
    """Requests of customers about their data: open ones by their term, closed ones newest first."""
    return PrivacyRequestList(items=await privacy.list_requests(connection, wanted, locale_of(request)))


@post(
    "/api/privacy-requests/{request_id:int}/closure",
    access=Permission.PRIVACY_REQUEST_CLOSE,
    operation_id="ClosePrivacyRequest",
    status_code=200,
)
async def close_privacy_request(
    connection: Connection,
    actor: CurrentActor,
    request: AnyRequest,
    request_id: FromPath[int],
    data: JSONBody[ClosureRequest],
) -> PrivacyRequestView:
    """Says that a request was answered, and how. One that is closed stays as it was closed."""
    note = nfc(data.note).strip()
    if not note or "\0" in note:
        raise InvalidInput([Fault("note", "nul" if note else "blank")])
    locale = locale_of(request)
    closed = await privacy.close(connection, actor, _id(request_id), note, clock.now(), locale)
    if closed is None:
        raise not_found()
    return closed


async def _must_know(connection: Connection, contact_id: int) -> None:
    """More than their name."""
    level = await queries.level_of(connection, contact_id)
    if level is None:
        raise not_found()
    if level not in {"full", "masked"}:
        raise Problem("not-permitted", 403)


async def _tagged(connection: Connection, contact_id: int) -> TagList:
    conversations = await queries.conversations_of(connection, contact_id)
    await announce(connection, [Notice(kind="conversation.changed", conversation_id=one) for one in conversations])
    found = await tags.of_contacts(connection, [contact_id])
    return TagList(items=list(found.get(contact_id, [])))


def _tag_name(value: str) -> str:
    name = " ".join(nfc(value).split())
    if not name or "\0" in name:
        raise InvalidInput([Fault("name", "nul" if name else "blank")])
    return name


def _id(value: int) -> int:
    if not 0 < value < LARGEST_ID:
        raise not_found()
    return value


routes = [
    get_contact,
    reveal_contact,
    tag_contact,
    untag_contact,
    list_tags,
    list_privacy_requests,
    close_privacy_request,
]
