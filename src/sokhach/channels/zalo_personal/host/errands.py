"""What people asked of an account by a row, done by the worker that holds it: once, for nobody knows whether what was
begun and not finished has happened."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.pacing import Hold
from sokhach.channels.zalo_personal import beginning, errors, notices, protocol
from sokhach.channels.zalo_personal.beginning import NOT_WORK, OPERATION, Begin
from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.friends import rules as friendship
from sokhach.channels.zalo_personal.friends import settling
from sokhach.channels.zalo_personal.protocol import AccountRequest
from sokhach.core import clock
from sokhach.core.database import Database

log = structlog.get_logger()

OPERATIONS: Mapping[str, type[AccountRequest]] = {
    "find_phone": protocol.FindPhone,
    "friend_request": protocol.FriendRequest,
    "friend_accept": protocol.FriendAccept,
    "friend_reject": protocol.FriendReject,
    "friend_undo": protocol.FriendUndo,
}
NOBODY = 216
NO_REQUEST = 112
"""Zalo knows no such request (any more)."""
AT_ONCE = 10
GIVEN_UP_AFTER = timedelta(minutes=5)
NEVER_HELD = timedelta(minutes=10)
"""An account that nobody holds for so long will not do it: whoever asked has gone on."""

Admit = Callable[[AsyncConnection, int, str, datetime], Awaitable[Hold | None]]

_TAKE = text(
    """
    SELECT id, account_id, asked_by, op, arguments FROM personal_call
    WHERE state = 'asked' AND begun_at IS NULL AND (account_id = ANY (:accounts) OR op = :unheld) AND changed_at <= :now
    ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
    """
)
_BEGIN = text("UPDATE personal_call SET begun_at = :now WHERE id = :id")
_HOLD = text("UPDATE personal_call SET changed_at = :until, error = :reason WHERE id = :id")
_FINISH = text(
    "UPDATE personal_call SET state = :state, result = CAST(:result AS jsonb), error = :error, changed_at = :now"
    " WHERE id = :id AND state = 'asked' RETURNING id"
)
_STALE = text(
    "UPDATE personal_call SET state = 'failed', changed_at = :now,"
    " error = CASE WHEN begun_at IS NULL THEN 'account-not-connected' ELSE 'no-answer' END"
    " WHERE state = 'asked' AND (begun_at < :begun OR (begun_at IS NULL AND error IS NULL AND created_at < :created))"
    " RETURNING id, asked_by"
)
_KNOWN = text(
    """
    SELECT c.id AS conversation_id,
        EXISTS (SELECT FROM personal_friend f WHERE f.account_id = :account AND f.external_id = :uid) AS friend,
        EXISTS (SELECT FROM personal_call r WHERE r.account_id = :account AND r.op = 'friend_request'
            AND r.state = 'done' AND r.arguments ->> 'uid' = :uid
            AND NOT EXISTS (SELECT FROM personal_call u WHERE u.account_id = :account AND u.op = 'friend_undo'
                AND u.state = 'done' AND u.arguments ->> 'uid' = :uid AND u.id > r.id)
            AND NOT EXISTS (SELECT FROM channel_event e WHERE e.account_id = :account AND e.person = :uid
                AND e.name IN ('friend_rejected', 'friend_rejected_out', 'friend_withdrawn_out')
                AND e.at > r.created_at)) AS requested
    FROM (SELECT 1) AS one
    LEFT JOIN conversation c ON c.account_id = :account AND c.thread_key = :uid AND c.kind = 'direct'
    """
)


class FoundUser(msgspec.Struct, frozen=True):
    """What Zalo tells of whom it finds by phone."""

    uid: str | int
    zalo_name: str = ""
    display_name: str = ""
    avatar: str | None = None


class _Errand(NamedTuple):
    id: int
    account_id: int
    asked_by: int
    op: str
    arguments: Mapping[str, Any]


class _Outcome(NamedTuple):
    state: str
    result: Any = None
    error: str | None = None


def request_of(account_id: int, op: str, arguments: Mapping[str, Any]) -> AccountRequest:
    """Raises `msgspec.ValidationError`, KeyError for what nobody may ask."""
    given = {name: value for name, value in arguments.items() if name not in ("id", "account", "op")}
    kind = OPERATIONS[op]
    return msgspec.convert({**given, "op": op, "account": account_id}, kind)


class Errands:
    def __init__(self, database: Database, calls: Calls, admit: Admit, begin: Begin | None = None) -> None:
        self._database = database
        self._calls = calls
        self._admit = admit
        self._begin = begin

    async def step(self) -> int:
        """Loop: does what is asked of accounts that are online here; conversations begin without them."""
        now = clock.now()
        begun: list[_Errand] = []
        async with self._database.transaction() as connection:
            stale = {"now": now, "begun": now - GIVEN_UP_AFTER, "created": now - NEVER_HELD}
            for row in (await connection.execute(_STALE, stale)).all():
                await notices.call_changed(connection, row.id, row.asked_by)
            unheld = OPERATION if self._begin is not None else None
            values = {"accounts": list(self._calls.held()), "unheld": unheld, "now": now, "limit": AT_ONCE}
            for row in (await connection.execute(_TAKE, values)).all():
                errand = _Errand(*row)
                if await self._is_settled(connection, errand, now):
                    continue
                held = await self._held(connection, errand, now)
                if held is not None:
                    await connection.execute(_HOLD, {"id": row.id, "until": held.until, "reason": held.reason})
                else:
                    await connection.execute(_BEGIN, {"id": row.id, "now": now})
                    begun.append(errand)
        await asyncio.gather(*(self._do(errand) for errand in begun))
        return len(begun)

    async def _is_settled(self, connection: AsyncConnection, errand: _Errand, now: datetime) -> bool:
        """An answer that somebody gave already is not given again, and no other in its place."""
        if errand.op not in friendship.VERBS:
            return False
        uid = str(errand.arguments.get("uid"))
        found = await settling.standing(connection, errand.id, errand.account_id, errand.op, uid)
        if found == "busy":
            until = now + settling.BUSY
            await connection.execute(_HOLD, {"id": errand.id, "until": until, "reason": None})
        elif found == "so":
            await self._finish(connection, errand, _Outcome("done"))
        elif found == "gone":
            await self._finish(connection, errand, _Outcome("failed", error=friendship.GONE))
        return found != "free"

    async def _held(self, connection: AsyncConnection, errand: _Errand, now: datetime) -> Hold | None:
        return None if errand.op == OPERATION else await self._admit(connection, errand.account_id, errand.op, now)

    async def _do(self, errand: _Errand) -> None:
        outcome = _Outcome("done") if errand.op == OPERATION else await self._outcome(errand)
        async with self._database.transaction() as connection:
            if errand.op == OPERATION:
                outcome = await self._begun(connection, errand)
            if errand.op == "find_phone" and outcome.result is not None:
                outcome = _Outcome("done", await _known(connection, errand.account_id, outcome.result))
            await self._finish(connection, errand, outcome)

    async def _finish(self, connection: AsyncConnection, errand: _Errand, outcome: _Outcome) -> None:
        now = clock.now()
        result = msgspec.json.encode(outcome.result).decode() if outcome.result is not None else None
        values = {"id": errand.id, "state": outcome.state, "result": result, "error": outcome.error}
        await connection.execute(_FINISH, {**values, "now": now})
        await notices.call_changed(connection, errand.id, errand.asked_by)
        if errand.op in friendship.VERBS:
            await notices.friends_changed(connection, errand.account_id)
        if errand.op == "friend_accept" and outcome.state == "done":
            await settling.read_friends(connection, errand.account_id, now)

    async def _begun(self, connection: AsyncConnection, errand: _Errand) -> _Outcome:
        """In the transaction that says so: once, or not at all."""
        met = await beginning.meeting(connection, errand.account_id, errand.asked_by, errand.arguments)
        if met is None or self._begin is None:
            return _Outcome("failed", error=NOT_WORK)
        return _Outcome("done", {"conversation_id": await self._begin(connection, met, clock.now())})

    async def _outcome(self, errand: _Errand) -> _Outcome:
        try:
            request = request_of(errand.account_id, errand.op, errand.arguments)
            if errand.op == "find_phone":
                return _Outcome("done", await self._calls.call(request, FoundUser))
            await self._calls.call(request, object)
        except CallFailedError as error:
            if errand.op == "find_phone" and error.kind == "api" and error.code == NOBODY:
                return _Outcome("done")
            if errand.op in friendship.VERBS and error.kind == "api":
                if errand.op == "friend_accept" and errors.is_done(error):
                    return _Outcome("done")
                if error.code == NO_REQUEST:
                    return _Outcome("failed", error=friendship.GONE)
            return _Outcome("failed", error=errors.call_reason(error))
        except (msgspec.ValidationError, KeyError):
            return _Outcome("failed", error="unsupported")
        return _Outcome("done")


async def _known(connection: AsyncConnection, account_id: int, found: FoundUser) -> dict[str, Any]:
    row = (await connection.execute(_KNOWN, {"account": account_id, "uid": str(found.uid)})).one()
    return {
        "uid": str(found.uid),
        "name": found.display_name or found.zalo_name,
        "avatar_url": found.avatar,
        "friend": row.friend,
        "requested": row.requested,
        "conversation_id": row.conversation_id,
    }
