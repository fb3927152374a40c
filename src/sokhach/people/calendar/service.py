"""The verbs of hours, days and shifts: the only writer of their tables. Who keeps the calendar may; see `leave.py` for
leave."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, delete, exists, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.audit import AuditAction, record
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.text import nfc
from sokhach.people.calendar import queries, rules
from sokhach.people.calendar.holidays import FIRST_YEAR, LAST_YEAR, public_days
from sokhach.people.calendar.models import CalendarDay, CalendarWeek, Shift
from sokhach.people.calendar.rules import DayRule, Week
from sokhach.people.models import Staff, Team
from sokhach.people.rules import LARGEST_ID

SHIFT_LONGEST = timedelta(hours=24)
WEEK = timedelta(days=7)


async def set_week(connection: AsyncConnection, by: int | None, team_id: int | None, week: Week | None) -> None:
    """From now on these are the hours; None: those of what is above, of the company the built-in ones. Raises
    `invalid-input`, or `not-found` for a team that is not there."""
    await check_team(connection, team_id)
    before = await connection.scalar(select(CalendarWeek.week).where(_at(CalendarWeek, team_id)))
    if week is None:
        await connection.execute(delete(CalendarWeek).where(_at(CalendarWeek, team_id)))
        after = None
    else:
        ordered = [rules.in_order(day) for day in week]
        if faults := rules.week_faults(msgspec.convert(ordered, Week)):
            raise InvalidInput(faults)
        after = msgspec.to_builtins(ordered)
        values = {"team_id": team_id, "week": after, "changed_by": by, "changed_at": clock.now()}
        written = upsert(CalendarWeek).values(values)
        changes = {name: written.excluded[name] for name in ("week", "changed_by", "changed_at")}
        await connection.execute(written.on_conflict_do_update(index_elements=[CalendarWeek.team_id], set_=changes))
    await record(
        connection, AuditAction.CALENDAR_SET_HOURS, team_id, before={"week": before}, after={"week": after}, staff_id=by
    )


async def set_day(connection: AsyncConnection, by: int | None, team_id: int | None, day: date, rule: DayRule) -> None:
    """On this date the company, or a team and those below it, work otherwise. Raises `invalid-input` or `not-found`."""
    await check_team(connection, team_id)
    check_day(day)
    rule = DayRule(kind=rule.kind, name=nfc(rule.name).strip(), intervals=rules.in_order(rule.intervals))
    if faults := rules.day_faults(rule, named=day in public_days(day.year)):
        raise InvalidInput(faults)
    before = await _day(connection, team_id, day)
    values = {"team_id": team_id, "day": day, **msgspec.to_builtins(rule), "changed_by": by, "changed_at": clock.now()}
    written = upsert(CalendarDay).values(values)
    changes = {name: written.excluded[name] for name in ("kind", "name", "intervals", "changed_by", "changed_at")}
    await connection.execute(
        written.on_conflict_do_update(index_elements=[CalendarDay.team_id, CalendarDay.day], set_=changes)
    )
    after = {"day": day.isoformat(), **msgspec.to_builtins(rule)}
    await record(connection, AuditAction.CALENDAR_SET_DAY, team_id, before=before, after=after, staff_id=by)


async def clear_day(connection: AsyncConnection, by: int, team_id: int | None, day: date) -> None:
    """The date is again as it would be. Raises `not-found` when nothing was said of it."""
    await check_team(connection, team_id)
    before = await _day(connection, team_id, day)
    if before is None:
        raise not_found()
    await connection.execute(delete(CalendarDay).where(_at(CalendarDay, team_id), CalendarDay.day == day))
    await record(connection, AuditAction.CALENDAR_CLEAR_DAY, team_id, before=before, staff_id=by)


async def add_shift(
    connection: AsyncConnection, by: int | None, staff_id: int, from_at: datetime, until_at: datetime
) -> int:
    """Raises `invalid-input` or `shift-overlaps`."""
    if until_at <= from_at:
        raise InvalidInput([Fault("until_at", "before-start")])
    if until_at - from_at > SHIFT_LONGEST:
        raise InvalidInput([Fault("until_at", "shift-too-long", int(SHIFT_LONGEST.total_seconds() // 3600))])
    await check_active(connection, "staff_id", staff_id)
    await hold(connection, staff_id)
    if await _on_duty(connection, staff_id, from_at, until_at):
        raise Problem("shift-overlaps", 409)
    values = {"staff_id": staff_id, "from_at": from_at, "until_at": until_at}
    added = insert(Shift).values(**values, created_by=by, created_at=clock.now()).returning(Shift.id)
    shift_id: int = (await connection.execute(added)).scalar_one()
    await record(connection, AuditAction.SHIFT_ADD, shift_id, after=values, staff_id=by)
    return shift_id


async def delete_shift(connection: AsyncConnection, by: int, shift_id: int) -> None:
    """Raises `not-found`."""
    gone = delete(Shift).where(Shift.id == shift_id).returning(Shift.staff_id, Shift.from_at, Shift.until_at)
    row = (await connection.execute(gone)).one_or_none()
    if row is None:
        raise not_found()
    await record(
        connection,
        AuditAction.SHIFT_DELETE,
        shift_id,
        before={"staff_id": row.staff_id, "from_at": row.from_at, "until_at": row.until_at},
        staff_id=by,
    )


async def copy_week(
    connection: AsyncConnection, by: int, zone: ZoneInfo, team_id: int | None, monday: date
) -> tuple[int, int]:
    """Gives the week that begins with `monday` the shifts that begin in the one before, at the same hours by the wall's
    clock. Returns how many were added, and how many left out because somebody has a shift then. Raises `not-found`, or
    `invalid-input` when it is no Monday."""
    await check_team(connection, team_id)
    check_day(monday)
    if monday.weekday() != 0:
        raise InvalidInput([Fault("monday", "not-monday")])
    starts = datetime.combine(monday, time(), zone)
    people = [person.id for person in await queries.people_of(connection, team_id)]
    added = left_out = 0
    for staff_id in sorted(people):
        await hold(connection, staff_id)
    for shift in await queries.shifts_between(connection, starts - WEEK, starts, people):
        if shift.from_at < starts - WEEK:
            continue
        from_at, until_at = (at.astimezone(zone) + WEEK for at in (shift.from_at, shift.until_at))
        if await _on_duty(connection, shift.staff_id, from_at, until_at):
            left_out += 1
            continue
        await connection.execute(
            insert(Shift).values(
                staff_id=shift.staff_id, from_at=from_at, until_at=until_at, created_by=by, created_at=clock.now()
            )
        )
        added += 1
    after = {"monday": monday.isoformat(), "added": added, "left_out": left_out}
    await record(connection, AuditAction.SHIFT_COPY_WEEK, team_id, after=after, staff_id=by)
    return added, left_out


async def check_team(connection: AsyncConnection, team_id: int | None) -> None:
    """Raises `not-found`. None is the company."""
    if team_id is not None and await connection.scalar(select(Team.id).where(Team.id == team_id)) is None:
        raise not_found()


async def check_active(connection: AsyncConnection, path: str, staff_id: int) -> None:
    """Raises `invalid-input`: nobody, or somebody who is suspended."""
    active = select(Staff.id).where(Staff.id == staff_id, Staff.suspended_at.is_(None))
    if not 0 < staff_id <= LARGEST_ID or await connection.scalar(active) is None:
        raise InvalidInput([Fault(path, "not-here")])


def check_day(day: date) -> None:
    """Raises `invalid-input`."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput([Fault("date", "out-of-calendar")])


async def hold(connection: AsyncConnection, staff_id: int) -> None:
    """Until the end of the transaction nobody else writes times of this person: two at once could overlap."""
    await connection.execute(_HOLD, {"id": staff_id})


async def _day(connection: AsyncConnection, team_id: int | None, day: date) -> dict[str, Any] | None:
    columns = (CalendarDay.kind, CalendarDay.name, CalendarDay.intervals)
    row = (
        await connection.execute(select(*columns).where(_at(CalendarDay, team_id), CalendarDay.day == day))
    ).one_or_none()
    return {"day": day.isoformat(), "kind": row.kind, "name": row.name, "intervals": row.intervals} if row else None


def _at(table: type[CalendarWeek | CalendarDay], team_id: int | None) -> ColumnElement[bool]:
    return table.team_id.is_(None) if team_id is None else table.team_id == team_id


async def _on_duty(connection: AsyncConnection, staff_id: int, from_at: datetime, until_at: datetime) -> bool:
    meets = exists().where(Shift.staff_id == staff_id, Shift.from_at < until_at, Shift.until_at > from_at)
    return bool(await connection.scalar(select(meets)))


_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('times of staff', :id))")
