"""Leave over HTTP: everybody's own, and that of others for whom the caller may write it down."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Permission
from sokhach.core.problems import not_found
from sokhach.core.web import Connection, CurrentActor
from sokhach.people.calendar import leave, queries
from sokhach.people.calendar.api import Moment, PersonRef, moment, person_ref
from sokhach.people.calendar.queries import LeaveRow
from sokhach.people.rules import LARGEST_ID

Text = Annotated[str, Meta(max_length=5000)]
StaffId = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID, description="Of this person only.")]
From = Annotated[datetime | None, QueryParameter(name="from", description="What ends after this moment.")]
Until = Annotated[datetime | None, QueryParameter(description="What begins before this moment.")]
LeaveState = Literal["upcoming", "current", "over", "cancelled"]


class LeaveView(msgspec.Struct, frozen=True, kw_only=True):
    """`until_at` is when it ended, if it was ended early; `cancelled` before it began. `deputy_away`: nobody stands in
    for some of the time. `can_end`: by the caller. `note` is empty for who only stands in."""

    id: int
    staff: PersonRef
    deputy: PersonRef | None
    deputy_away: bool
    from_at: datetime
    until_at: datetime
    note: str
    state: LeaveState
    can_end: bool


class LeaveList(msgspec.Struct, frozen=True, kw_only=True):
    """Latest first, 500 at most. `manageable`: others for whom the caller may write leave down, by name."""

    items: list[LeaveView]
    manageable: list[PersonRef]


class NewLeave(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`staff_id` None: one's own. `deputy_id`: who sees and does what is theirs meanwhile."""

    staff_id: int | None = None
    from_at: Moment
    until_at: Moment
    deputy_id: int | None = None
    note: Text = ""


@get("/api/leave", access="signed-in", operation_id="ListLeave")
async def list_leave(
    connection: Connection,
    actor: CurrentActor,
    staff_id: StaffId = None,
    since: From = None,
    until: Until = None,
) -> LeaveList:
    """One's own leave and what one stands in for; a lead's people; for managers and auditors everybody's."""
    rows = await leave.visible(
        connection,
        actor,
        staff_id=staff_id,
        since=moment("from", since) if since else None,
        until=moment("until", until) if until else None,
    )
    people = await queries.people_of(connection, None) if actor.may(Permission.LEAVE_MANAGE) else []
    reach = await leave.reach(connection, actor)
    manageable = [one for one in people if one.id != actor.staff_id and (reach is None or one.id in reach)]
    may_end = {actor.staff_id, *(one.id for one in manageable)}
    return LeaveList(
        items=[_view(row, may_end) for row in rows], manageable=[person_ref(person) for person in manageable]
    )


@post("/api/leave", access="signed-in", operation_id="AddLeave")
async def add_leave(data: JSONBody[NewLeave], connection: Connection, actor: CurrentActor) -> LeaveView:
    """Writes down when somebody is away, and who stands in for them."""
    leave_id = await leave.add(
        connection,
        actor,
        staff_id=actor.staff_id if data.staff_id is None else data.staff_id,
        from_at=data.from_at,
        until_at=data.until_at,
        deputy_id=data.deputy_id,
        note=data.note,
    )
    return await _one(connection, actor, leave_id)


@delete("/api/leave/{leave_id:int}", access="signed-in", operation_id="EndLeave")
async def end_leave(leave_id: FromPath[int], connection: Connection, actor: CurrentActor) -> None:
    """Cancels leave that is to come; ends what runs."""
    if leave_id > LARGEST_ID:
        raise not_found()
    await leave.end(connection, actor, leave_id)


async def _one(connection: AsyncConnection, actor: Actor, leave_id: int) -> LeaveView:
    row = (await leave.visible(connection, actor, leave_id=leave_id))[0]
    return _view(row, {row.staff.id})


def _view(row: LeaveRow, may_end: set[int]) -> LeaveView:
    state = _state(row, clock.now())
    return LeaveView(
        id=row.id,
        staff=person_ref(row.staff),
        deputy=person_ref(row.deputy) if row.deputy else None,
        deputy_away=row.deputy_away,
        from_at=row.from_at,
        until_at=row.cancelled_at if row.cancelled_at and row.cancelled_at > row.from_at else row.until_at,
        note=row.note,
        state=state,
        can_end=state in {"upcoming", "current"} and row.staff.id in may_end,
    )


def _state(row: LeaveRow, now: datetime) -> LeaveState:
    if row.cancelled_at is not None:
        return "over" if row.cancelled_at > row.from_at else "cancelled"
    if row.from_at > now:
        return "upcoming"
    return "current" if row.until_at > now else "over"


routes = [list_leave, add_leave, end_leave]
