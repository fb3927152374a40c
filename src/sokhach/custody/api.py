"""Custody over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from sokhach.conversations.views import StaffRef
from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.problems import Fault, InvalidInput, Problem, locale_of, not_found
from sokhach.core.web import Connection, CurrentActor
from sokhach.custody import queries, rules, service
from sokhach.custody.queries import CustodyEntry, ShareView
from sokhach.customers.queries import LARGEST_ID

AnyRequest = Request[Any, Any, Any]
StaffId = Annotated[int, Meta(ge=1, le=LARGEST_ID)]
Note = Annotated[str, Meta(max_length=rules.NOTE_LONGEST)]
Search = Annotated[str, QueryParameter(max_length=200, description="Part of a name.")]
Reach = Annotated[bool, QueryParameter(description="Those only to whom the caller may give a customer.")]


class CustodianRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`staff_id` None: nobody's, so that whoever is in the account's pool may claim."""

    staff_id: StaffId | None
    note: Note = ""


class AssigneeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    staff_id: StaffId | None


class ShareRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`until`: at most 90 days ahead."""

    staff_id: StaffId
    until: datetime
    note: Note = ""


class CustodyLedger(msgspec.Struct, kw_only=True):
    items: list[CustodyEntry]


class ShareList(msgspec.Struct, kw_only=True):
    items: list[ShareView]


class StaffChoices(msgspec.Struct, kw_only=True):
    items: Sequence[StaffRef]


@put(
    "/api/contacts/{contact_id:int}/custodian",
    access=Permission.CUSTODY_TRANSFER,
    operation_id="TransferContact",
    status_code=204,
)
async def transfer_contact(connection: Connection, contact_id: FromPath[int], data: JSONBody[CustodianRequest]) -> None:
    """Moves a customer, with all their direct conversations, to another's care. A lead moves within their teams."""
    note = rules.clean_note(data.note)
    await service.transfer_contact(connection, _id(contact_id), data.staff_id, note, clock.now())


@put(
    "/api/conversations/{conversation_id:int}/custodian",
    access=Permission.CUSTODY_TRANSFER,
    operation_id="TransferConversation",
    status_code=204,
)
async def transfer_conversation(
    connection: Connection, conversation_id: FromPath[int], data: JSONBody[CustodianRequest]
) -> None:
    """Moves a group to another's care; of a direct conversation, its customer."""
    note = rules.clean_note(data.note)
    await service.transfer_conversation(connection, _id(conversation_id), data.staff_id, note, clock.now())


@post(
    "/api/conversations/{conversation_id:int}/claim",
    access=Permission.CONVERSATION_CLAIM,
    operation_id="ClaimConversation",
    status_code=204,
)
async def claim(connection: Connection, request: AnyRequest, conversation_id: FromPath[int]) -> None:
    """Takes a customer whom nobody has into the caller's care. The first one gets them."""
    await service.claim(connection, _id(conversation_id), clock.now(), locale_of(request))


@put(
    "/api/conversations/{conversation_id:int}/assignee",
    access=Permission.CONVERSATION_REPLY,
    operation_id="AssignConversation",
    status_code=204,
)
async def assign(connection: Connection, conversation_id: FromPath[int], data: JSONBody[AssigneeRequest]) -> None:
    """Says who answers a conversation. Without `conversation:assign` people put only themselves on or off."""
    await service.assign(connection, _id(conversation_id), data.staff_id, clock.now())


@get("/api/conversations/{conversation_id:int}/custody", access="signed-in", operation_id="ListCustody")
async def list_custody(connection: Connection, conversation_id: FromPath[int]) -> CustodyLedger:
    """In whose care it was, newest first. For whoever sees the conversation as its custodian does."""
    await _must_have(connection, conversation_id)
    return CustodyLedger(items=await queries.ledger(connection, conversation_id))


@get("/api/conversations/{conversation_id:int}/shares", access="signed-in", operation_id="ListShares")
async def list_shares(connection: Connection, conversation_id: FromPath[int]) -> ShareList:
    """With whom it is shared now. For whoever sees the conversation as its custodian does."""
    await _must_have(connection, conversation_id)
    return ShareList(items=await queries.shares(connection, conversation_id, clock.now()))


@post(
    "/api/conversations/{conversation_id:int}/shares",
    access=Permission.CONVERSATION_SHARE,
    operation_id="ShareConversation",
)
async def share(connection: Connection, conversation_id: FromPath[int], data: JSONBody[ShareRequest]) -> ShareView:
    """Lets a colleague see a conversation for a time. Shared again, the end moves."""
    now = clock.now()
    rules.check_until(data.until, now)
    note = rules.clean_note(data.note)
    made = await service.share(connection, _id(conversation_id), data.staff_id, data.until, note, now)
    return await queries.share(connection, conversation_id, made, now)


@delete("/api/shares/{share_id:int}", access=Permission.CONVERSATION_SHARE, operation_id="EndShare")
async def end_share(connection: Connection, share_id: FromPath[int]) -> None:
    """Before its time: by who gave it, or whoever sees the conversation as its custodian does."""
    await service.end_share(connection, _id(share_id), clock.now())


@get("/api/staff/choices", access="signed-in", operation_id="ListStaffChoices")
async def list_choices(
    connection: Connection, actor: CurrentActor, search: Search = "", reach: Reach = False
) -> StaffChoices:
    """People to choose from, by name: the first 20 of those who work here."""
    if "\0" in search:
        raise InvalidInput([Fault("search", "nul")])
    return StaffChoices(items=await queries.choices(connection, actor, search, reach=reach))


async def _must_have(connection: Connection, conversation_id: int) -> None:
    found = await queries.in_full(connection, _id(conversation_id))
    if found is None:
        raise not_found()
    if not found:
        raise Problem("not-permitted", 403)


def _id(given: int) -> int:
    if given > LARGEST_ID:
        raise not_found()
    return given


routes = [
    transfer_contact,
    transfer_conversation,
    claim,
    assign,
    list_custody,
    list_shares,
    share,
    end_share,
    list_choices,
]
