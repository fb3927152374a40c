"""Hours, days and shifts over HTTP. Everybody reads them; who keeps the calendar writes. Beside `leave_api.py`."""

import datetime as dt
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Permission
from sokhach.core.config import Settings
from sokhach.core.problems import Fault, InvalidInput, locale_of, not_found
from sokhach.core.web import Connection, CurrentActor, OurSettings
from sokhach.people.calendar import leave, queries, rules, service
from sokhach.people.calendar.holidays import FIRST_YEAR, LAST_YEAR, PublicDay, PublicKind, public_days
from sokhach.people.calendar.queries import Calendars, PersonRow
from sokhach.people.calendar.rules import DayKind, DayRule, Interval, Week
from sokhach.people.rules import LARGEST_ID, staff_code

AnyRequest = Request[Any, Any, Any]
SPAN_LONGEST = timedelta(days=62)

TeamId = Annotated[
    int | None, QueryParameter(ge=1, le=LARGEST_ID, description="A branch or team; without it the company.")
]
Year = Annotated[int, QueryParameter(ge=FIRST_YEAR, le=LAST_YEAR)]
From = Annotated[datetime, QueryParameter(name="from", description="With its zone, such as 2026-11-23T00:00:00Z.")]
Until = Annotated[datetime, QueryParameter(description="At most 62 days later.")]
Moment = Annotated[datetime, Meta(tz=True)]
Text = Annotated[str, Meta(max_length=1000)]
Day = Annotated[Sequence[Interval], Meta(max_length=50)]


class PersonRef(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here."""

    id: int
    code: str
    name: str


class CalendarTeam(msgspec.Struct, frozen=True, kw_only=True):
    """`depth` is 0 at the root; `own_hours`: not those of what is above."""

    id: int
    parent_id: int | None
    kind: Literal["branch", "team"]
    name: str
    depth: int
    own_hours: bool


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """`week`: seven lists of intervals, from Monday. `source`: `own` hours; `inherited` from `inherited_from` (None: of
    the company); `default`: nobody has set any. `teams`: all there are, a team, those below it, the next."""

    team_id: int | None
    source: Literal["own", "inherited", "default"]
    inherited_from: int | None
    week: Week
    timezone: str
    teams: Sequence[CalendarTeam]


class HoursChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`week` None: as what is above, for the company as built in."""

    week: tuple[Day, Day, Day, Day, Day, Day, Day] | None


class PublicDayView(msgspec.Struct, frozen=True, kw_only=True):
    """A `holiday`, or a `substitute` for one on a weekend: closed unless a rule says otherwise. Civil servants are off
    on a `swap` day and work on its `make_up` day, `swapped_with`: ordinary days unless a rule says otherwise."""

    kind: PublicKind
    name: str
    swapped_with: dt.date | None


class DayRuleView(msgspec.Struct, frozen=True, kw_only=True):
    """`own`: said of this very team or of the company that was asked for, not of what is above."""

    kind: DayKind
    name: str
    intervals: Sequence[Interval]
    own: bool


class CalendarDayView(msgspec.Struct, frozen=True, kw_only=True):
    """`intervals` are in force; none: closed. `ordinary`: what they would be by the week alone."""

    date: dt.date
    public: PublicDayView | None
    rule: DayRuleView | None
    intervals: Sequence[Interval]
    ordinary: Sequence[Interval]


class CalendarDayList(msgspec.Struct, frozen=True):
    items: Sequence[CalendarDayView]


class DayChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`intervals` with `open` only. `name` may be empty where the date has a public name, or is ordinary."""

    kind: DayKind
    name: Text = ""
    intervals: Day = ()


class ShiftView(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    staff_id: int
    from_at: datetime
    until_at: datetime


class AwayView(msgspec.Struct, frozen=True, kw_only=True):
    """Leave, of whom the caller may see it."""

    staff_id: int
    from_at: datetime
    until_at: datetime


class ShiftList(msgspec.Struct, frozen=True, kw_only=True):
    """`people` by name: all who may have shifts, whether or not they have any in this time."""

    people: Sequence[PersonRef]
    items: Sequence[ShiftView]
    away: Sequence[AwayView]


class NewShift(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    staff_id: int
    from_at: Moment
    until_at: Moment


class CopyRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`monday`: the week to be filled, from the one before."""

    monday: dt.date
    team_id: int | None = None


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """`left_out`: their people have a shift then."""

    added: int
    left_out: int


@get("/api/calendar/hours", access="signed-in", operation_id="GetCalendarHours")
async def get_hours(connection: Connection, settings: OurSettings, team_id: TeamId = None) -> Hours:
    """When the company, a branch or a team works."""
    await service.check_team(connection, team_id)
    return await _hours(connection, settings, team_id)


@put("/api/calendar/hours", access=Permission.CALENDAR_MANAGE, operation_id="SetCalendarHours")
async def set_hours(
    data: JSONBody[HoursChange],
    connection: Connection,
    settings: OurSettings,
    actor: CurrentActor,
    team_id: TeamId = None,
) -> Hours:
    """Sets them, or gives them up."""
    week = msgspec.convert(data.week, Week, from_attributes=True) if data.week is not None else None
    await service.set_week(connection, actor.staff_id, team_id, week)
    return await _hours(connection, settings, team_id)


@get("/api/calendar/days", access="signed-in", operation_id="ListCalendarDays")
async def list_days(
    request: AnyRequest, connection: Connection, settings: OurSettings, year: Year, team_id: TeamId = None
) -> CalendarDayList:
    """A year's public holidays and days of one's own, by date."""
    await service.check_team(connection, team_id)
    calendars = await queries.calendars(connection, settings.company_timezone)
    own = calendars.days_of(team_id)
    dates = sorted({*public_days(year), *(day for day in own if day.year == year)})
    return CalendarDayList([_day(calendars, team_id, day, locale_of(request)) for day in dates])


@put("/api/calendar/days/{day:date}", access=Permission.CALENDAR_MANAGE, operation_id="SetCalendarDay")
async def set_day(
    day: FromPath[dt.date],
    data: JSONBody[DayChange],
    request: AnyRequest,
    connection: Connection,
    settings: OurSettings,
    actor: CurrentActor,
    team_id: TeamId = None,
) -> CalendarDayView:
    """Closes or opens a date, or makes it an ordinary one."""
    rule = DayRule(kind=data.kind, name=data.name, intervals=tuple(data.intervals))
    await service.set_day(connection, actor.staff_id, team_id, day, rule)
    return _day(await queries.calendars(connection, settings.company_timezone), team_id, day, locale_of(request))


@delete("/api/calendar/days/{day:date}", access=Permission.CALENDAR_MANAGE, operation_id="ClearCalendarDay")
async def clear_day(
    day: FromPath[dt.date], connection: Connection, actor: CurrentActor, team_id: TeamId = None
) -> None:
    """Leaves the date to the week, the public holidays, and what is said above."""
    await service.clear_day(connection, actor.staff_id, team_id, day)


@get("/api/shifts", access="signed-in", operation_id="ListShifts")
async def list_shifts(
    connection: Connection, actor: CurrentActor, since: From, until: Until, team_id: TeamId = None
) -> ShiftList:
    """Who is on duty when, of a team and those below it, or of everybody."""
    await service.check_team(connection, team_id)
    since, until = moment("from", since), moment("until", until)
    if not timedelta() < until - since <= SPAN_LONGEST:
        raise InvalidInput([Fault("until", "too-large", SPAN_LONGEST.days)])
    people = await queries.people_of(connection, team_id)
    ids = {person.id for person in people}
    shifts = await queries.shifts_between(connection, since, until, sorted(ids))
    absences = await leave.visible(connection, actor, since=since, until=until, cancelled=False)
    return ShiftList(
        people=[person_ref(person) for person in people],
        items=[ShiftView(**shift._asdict()) for shift in shifts],
        away=[
            AwayView(staff_id=one.staff.id, from_at=one.from_at, until_at=one.until_at)
            for one in absences
            if one.staff.id in ids
        ],
    )


@post("/api/shifts", access=Permission.CALENDAR_MANAGE, operation_id="AddShift")
async def add_shift(data: JSONBody[NewShift], connection: Connection, actor: CurrentActor) -> ShiftView:
    """Puts somebody on duty."""
    shift_id = await service.add_shift(connection, actor.staff_id, data.staff_id, data.from_at, data.until_at)
    return ShiftView(id=shift_id, staff_id=data.staff_id, from_at=data.from_at, until_at=data.until_at)


@post("/api/shifts/copies", access=Permission.CALENDAR_MANAGE, operation_id="CopyShifts", status_code=200)
async def copy_shifts(
    data: JSONBody[CopyRequest], connection: Connection, settings: OurSettings, actor: CurrentActor
) -> Copied:
    """Gives a week the shifts of the week before."""
    if data.team_id is not None and not 0 < data.team_id <= LARGEST_ID:
        raise not_found()
    zone = ZoneInfo(settings.company_timezone)
    added, left_out = await service.copy_week(connection, actor.staff_id, zone, data.team_id, data.monday)
    return Copied(added=added, left_out=left_out)


@delete("/api/shifts/{shift_id:int}", access=Permission.CALENDAR_MANAGE, operation_id="DeleteShift")
async def delete_shift(shift_id: FromPath[int], connection: Connection, actor: CurrentActor) -> None:
    """Takes somebody off duty."""
    if shift_id > LARGEST_ID:
        raise not_found()
    await service.delete_shift(connection, actor.staff_id, shift_id)


def person_ref(person: PersonRow) -> PersonRef:
    return PersonRef(id=person.id, code=staff_code(person.id), name=person.name)


def moment(path: str, at: datetime) -> datetime:
    """Raises `invalid-input` for a time that names no zone."""
    if at.tzinfo is None:
        raise InvalidInput([Fault(path, "no-zone")])
    return at


async def _hours(connection: AsyncConnection, settings: Settings, team_id: int | None) -> Hours:
    calendars = await queries.calendars(connection, settings.company_timezone)
    found = calendars.week_of(team_id)
    return Hours(
        team_id=team_id,
        source="default" if found is None else "own" if found.team_id == team_id else "inherited",
        inherited_from=found.team_id if found is not None and found.team_id != team_id else None,
        week=found.week if found else rules.DEFAULT_WEEK,
        timezone=settings.company_timezone,
        teams=[CalendarTeam(**team._asdict(), own_hours=calendars.has_own_week(team.id)) for team in calendars.tree()],
    )


def _day(calendars: Calendars, team_id: int | None, day: dt.date, locale: str) -> CalendarDayView:
    public = public_days(day.year).get(day)
    found = calendars.days_of(team_id).get(day)
    week = calendars.week_of(team_id)
    return CalendarDayView(
        date=day,
        public=_public(public, locale) if public else None,
        rule=DayRuleView(
            kind=found.rule.kind, name=found.rule.name, intervals=found.rule.intervals, own=found.team_id == team_id
        )
        if found
        else None,
        intervals=calendars.of(team_id).on(day),
        ordinary=(week.week if week else rules.DEFAULT_WEEK)[day.weekday()],
    )


def _public(public: PublicDay, locale: str) -> PublicDayView:
    name = public.en if locale == "en" else public.vi
    return PublicDayView(kind=public.kind, name=name, swapped_with=public.swapped_with)


routes = [get_hours, set_hours, list_days, set_day, clear_day, list_shifts, add_shift, copy_shifts, delete_shift]
