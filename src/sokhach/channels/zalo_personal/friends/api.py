"""Requests of friendship over HTTP: for an account's holder, and for who looks after accounts."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from sokhach.channels.zalo_personal.friends import requests
from sokhach.channels.zalo_personal.friends.requests import FriendRequest
from sokhach.channels.zalo_personal.friends.rules import Verb
from sokhach.core import clock
from sokhach.core.problems import locale_of, not_found
from sokhach.core.web import Connection, CurrentActor

AnyRequest = Request[Any, Any, Any]
LARGEST_ID = 2**63 - 1
LONGEST_UID = 32

AccountId = FromPath[int]


class FriendRequestList(msgspec.Struct, frozen=True):
    items: Sequence[FriendRequest]


class FriendAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`accept` and `reject` theirs, `undo` ours."""

    answer: Verb


@get(
    "/api/personal-accounts/{account_id:int}/friend-requests",
    access="signed-in",
    operation_id="ListFriendRequests",
)
async def list_friend_requests(
    request: AnyRequest, connection: Connection, actor: CurrentActor, account_id: AccountId
) -> FriendRequestList:
    """Open requests, theirs and ours, and what became of those of the last days. On a staff's own SIM only those of
    people who are work."""
    found = await requests.listed(connection, actor, _id(account_id), locale_of(request), clock.now())
    return FriendRequestList(found)


@post(
    "/api/personal-accounts/{account_id:int}/friend-requests/{person:str}/answer",
    access="signed-in",
    operation_id="AnswerFriendRequest",
    status_code=200,
)
async def answer_friend_request(
    data: JSONBody[FriendAnswer],
    request: AnyRequest,
    connection: Connection,
    actor: CurrentActor,
    account_id: AccountId,
    person: FromPath[str],
) -> FriendRequest:
    """Has the account accept or decline the request, or take its own back. The same again changes nothing; another
    answer while one is under way is refused (`friend-request-answered`), as is one to what is over
    (`friend-request-gone`)."""
    if not (person.isascii() and person.isdecimal()) or len(person) > LONGEST_UID:
        raise not_found()
    now = clock.now()
    return await requests.answer(connection, actor, _id(account_id), person, data.answer, locale_of(request), now)


def _id(given: int) -> int:
    if given > LARGEST_ID:
        raise not_found()
    return given


routes = [answer_friend_request, list_friend_requests]
