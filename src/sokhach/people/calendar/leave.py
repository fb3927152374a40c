"""Leave: who is away, and who stands in for them. A deputy sees what the person who is away sees, so every change of it
is told to open sockets; what begins or ends later they find out by themselves, by the clock."""

from datetime import datetime, timedelta

from sqlalchemy import exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import PERMISSIONS, Actor, Permission, Role
from sokhach.core.audit import AuditAction, record
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.text import nfc
from sokhach.people.calendar import queries, service
from sokhach.people.calendar.queries import LeaveRow
from sokhach.people.models import Staff, StaffLeave
from sokhach.people.staff import tell_everybody

LEAVE_LONGEST = timedelta(days=366)
BACK_LONGEST = timedelta(days=31)
NOTE_LONGEST = 500


async def manages(connection: AsyncConnection, actor: Actor, staff_id: int) -> bool:
    """Whether the actor writes down this person's leave: everybody their own, a lead that of whom they lead."""
    if staff_id == actor.staff_id:
        return True
    if not actor.may(Permission.LEAVE_MANAGE):
        return False
    return actor.scope == "all" or staff_id in await queries.led_by(connection, actor.staff_id)


async def reach(connection: AsyncConnection, actor: Actor) -> set[int] | None:
    """Whose leave the actor sees, besides what they stand in for; None: everybody's."""
    if actor.scope == "all":
        return None
    led = await queries.led_by(connection, actor.staff_id) if actor.may(Permission.LEAVE_MANAGE) else set[int]()
    return led | {actor.staff_id}


async def visible(
    connection: AsyncConnection,
    actor: Actor,
    *,
    staff_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    leave_id: int | None = None,
    cancelled: bool = True,
) -> list[LeaveRow]:
    """What the actor may see, latest first. Who only stands in does not read why."""
    of = await reach(connection, actor)
    rows = await queries.leave_between(
        connection,
        since=since,
        until=until,
        staff_id=staff_id,
        of=of,
        deputy=actor.staff_id,
        leave_id=leave_id,
        cancelled=cancelled,
    )
    return [row if of is None or row.staff.id in of else row._replace(note="") for row in rows]


async def add(
    connection: AsyncConnection,
    actor: Actor,
    *,
    staff_id: int,
    from_at: datetime,
    until_at: datetime,
    deputy_id: int | None,
    note: str,
) -> int:
    """Raises `invalid-input`, `leave-overlaps`, `not-permitted`, or `not-found` for whom the actor does not lead."""
    if not await manages(connection, actor, staff_id):
        raise not_found() if actor.may(Permission.LEAVE_MANAGE) else Problem("not-permitted", 403)
    note = nfc(note).strip()
    if faults := _time_faults(from_at, until_at, clock.now()) + _note_faults(note):
        raise InvalidInput(faults)
    await service.check_active(connection, "staff_id", staff_id)
    if deputy_id is not None:
        await _check_deputy(connection, staff_id, deputy_id)
    for person in sorted({staff_id, deputy_id or staff_id}):
        await service.hold(connection, person)
    if deputy_id is not None and await _away_between(connection, deputy_id, from_at, until_at):
        raise InvalidInput([Fault("deputy_id", "deputy-away")])
    if await _away_between(connection, staff_id, from_at, until_at):
        raise Problem("leave-overlaps", 409)
    values = {"staff_id": staff_id, "from_at": from_at, "until_at": until_at, "deputy_id": deputy_id}
    written = insert(StaffLeave).values(**values, note=note, created_by=actor.staff_id, created_at=clock.now())
    leave_id: int = (await connection.execute(written.returning(StaffLeave.id))).scalar_one()
    await tell_everybody(connection)
    await record(connection, AuditAction.LEAVE_ADD, leave_id, after=values)
    return leave_id


async def end(connection: AsyncConnection, actor: Actor, leave_id: int) -> None:
    """Calls off what has not begun; ends what runs now. Raises `not-found`, or `leave-over` when it is over."""
    row = next(iter(await visible(connection, actor, leave_id=leave_id)), None)
    if row is None or not await manages(connection, actor, row.staff.id):
        raise not_found()
    now = clock.now()
    ended = (
        update(StaffLeave)
        .where(StaffLeave.id == leave_id, StaffLeave.cancelled_at.is_(None), StaffLeave.until_at > now)
        .values(cancelled_at=now)
    )
    if (await connection.execute(ended)).rowcount == 0:
        raise Problem("leave-over", 409)
    await tell_everybody(connection)
    before = {"staff_id": row.staff.id, "deputy_id": row.deputy.id if row.deputy else None}
    await record(connection, AuditAction.LEAVE_END, leave_id, before=before | {"until_at": row.until_at})


def _time_faults(from_at: datetime, until_at: datetime, now: datetime) -> list[Fault]:
    if until_at <= from_at:
        return [Fault("until_at", "before-start")]
    if until_at <= now:
        return [Fault("until_at", "in-past")]
    if from_at < now - BACK_LONGEST:
        return [Fault("from_at", "too-long-ago", BACK_LONGEST.days)]
    if until_at - from_at > LEAVE_LONGEST or from_at > now + 2 * LEAVE_LONGEST:
        return [Fault("until_at", "leave-too-long", LEAVE_LONGEST.days)]
    return []


def _note_faults(note: str) -> list[Fault]:
    if "\0" in note:
        return [Fault("note", "nul")]
    return [Fault("note", "too-long", NOTE_LONGEST)] if len(note) > NOTE_LONGEST else []


async def _check_deputy(connection: AsyncConnection, staff_id: int, deputy_id: int) -> None:
    if deputy_id == staff_id:
        raise InvalidInput([Fault("deputy_id", "deputy-oneself")])
    await service.check_active(connection, "deputy_id", deputy_id)
    role = Role((await connection.execute(select(Staff.role).where(Staff.id == deputy_id))).scalar_one())
    if Permission.CONVERSATION_REPLY not in PERMISSIONS[role]:
        raise InvalidInput([Fault("deputy_id", "deputy-serves-nobody")])


async def _away_between(connection: AsyncConnection, staff_id: int, from_at: datetime, until_at: datetime) -> bool:
    meets = exists().where(
        StaffLeave.staff_id == staff_id,
        StaffLeave.cancelled_at.is_(None),
        StaffLeave.from_at < until_at,
        StaffLeave.until_at > from_at,
    )
    return bool(await connection.scalar(select(meets)))
