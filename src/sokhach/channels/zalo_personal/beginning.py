"""A conversation with somebody who was found by phone number: asked for by a row, as every errand, and made by a
worker. Nothing leaves by it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import service
from sokhach.channels.zalo_personal.private import queries as private
from sokhach.channels.zalo_personal.private import service as marks
from sokhach.channels.zalo_personal.private.rules import Thread
from sokhach.core.actor import Actor
from sokhach.core.problems import Problem, not_found

OPERATION = "begin"
NOT_WORK = "not-work"


class Meeting(NamedTuple):
    """Whom somebody found: `phone` as they asked for it."""

    account_id: int
    asked_by: int
    uid: str
    name: str
    avatar_url: str | None
    phone: str


Begin = Callable[[AsyncConnection, Meeting, datetime], Awaitable[int]]
"""Makes the conversation, or finds it; gives its id."""

# What was found in the caller's name, or in another's whom an administrator helps: nobody begins with a uid they guess.
_FOUND = text(
    """
    SELECT c.account_id, c.result ->> 'uid' AS uid, c.result ->> 'name' AS name FROM personal_call c
    WHERE c.id = :id AND c.op = 'find_phone' AND c.state = 'done' AND c.result IS NOT NULL
    """
)
_MEETING = text(
    """
    SELECT c.account_id, :by AS asked_by, c.result ->> 'uid' AS uid, coalesce(c.result ->> 'name', '') AS name,
        c.result ->> 'avatar_url' AS avatar_url, c.arguments ->> 'phone' AS phone,
        p.sim = 'company' OR EXISTS (SELECT FROM work_contact w WHERE w.account_id = c.account_id
            AND w.thread_key = c.result ->> 'uid' AND NOT w.in_group AND w.ended_at IS NULL) AS kept
    FROM personal_call c JOIN personal_account p ON p.account_id = c.account_id
    WHERE c.id = :found AND c.account_id = :account AND c.op = 'find_phone' AND c.result IS NOT NULL
    """
)


async def ask(connection: AsyncConnection, actor: Actor, found_by: int, now: datetime) -> int:
    """A conversation with whom the call `found_by` found; returns the call that makes it. On a staff's own SIM its
    holder makes the person work by that. Raises `not-found`, `not-the-holder`."""
    row = (await connection.execute(_FOUND, {"id": found_by})).one_or_none()
    standing = await private.standing(connection, row.account_id, actor.staff_id) if row is not None else None
    if row is None or standing is None:
        raise not_found()
    thread = Thread(row.uid, group=False)
    if standing.sim == "own" and thread not in await private.work_threads(connection, row.account_id):
        if not standing.is_holder:
            raise Problem("not-the-holder", 403)
        await marks.mark(connection, row.account_id, thread, "work", row.name, now)
    return await service.ask_call(connection, actor, row.account_id, OPERATION, {"found": str(found_by)}, now)


async def meeting(
    connection: AsyncConnection, account_id: int, asked_by: int, arguments: Mapping[str, Any]
) -> Meeting | None:
    """As the database's owner. None: on a staff's own SIM the person is not work (any more)."""
    values = {"account": account_id, "by": asked_by, "found": int(arguments["found"])}
    row = (await connection.execute(_MEETING, values)).one()
    return Meeting(*row[:-1]) if row.kept else None
