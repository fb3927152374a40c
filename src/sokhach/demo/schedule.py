"""When the demo company works, who is on duty this week and the next, and who is away. Set once, when it is founded."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.demo.company import BAO, DUYEN, HUY, LAN, LINH, STAFF, TEAMS, TUAN, Person
from sokhach.demo.hiring import Hired
from sokhach.people.calendar.rules import Interval, Week

MORNING, AFTERNOON, EVENING = Interval(480, 720), Interval(810, 1050), Interval(1080, 1260)
OFFICE = (MORNING, AFTERNOON)
COMPANY: Week = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (MORNING,), ())
LATE = (MORNING, AFTERNOON, EVENING)
EVENINGS: Week = (LATE, LATE, LATE, LATE, LATE, (MORNING,), ())
EVENING_TEAM = "Đào tạo và bảo hiểm"

# Who begins the day and who ends it; from Monday, hours of the wall's clock.
SHIFTS: Mapping[Person, tuple[range, int, int]] = {
    LAN: (range(6), 8, 12),
    HUY: (range(5), 13, 18),
    TUAN: (range(0, 6, 2), 8, 17),
    LINH: (range(1, 6, 2), 8, 17),
}
AWAY, DEPUTY = DUYEN, BAO
AWAY_DAYS = (-1, 3)
"""From yesterday's first minute until before the first of the third day after today."""


async def schedule(connection: AsyncConnection, hired: Hired, zone: str) -> None:
    """Hours that the company has already stay."""
    people = dict(zip(STAFF, hired.staff_ids, strict=True))
    teams = {team.name: team_id for team, team_id in zip(TEAMS, hired.team_ids, strict=True)}
    for team_id, week in ((None, COMPANY), (teams[EVENING_TEAM], EVENINGS)):
        values = {"team": team_id, "week": msgspec.json.encode(week).decode(), "now": clock.now()}
        await connection.execute(_HOURS, values)
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    await _shifts(connection, people, today, ZoneInfo(zone))
    first, last = (_at(today + timedelta(days=days), 0, ZoneInfo(zone)) for days in AWAY_DAYS)
    values = {"staff": people[AWAY], "deputy": people[DEPUTY], "first": first, "last": last, "now": clock.now()}
    await connection.execute(_LEAVE, values)


async def _shifts(connection: AsyncConnection, people: Mapping[Person, int], today: date, zone: ZoneInfo) -> None:
    monday = today - timedelta(days=today.weekday())
    for person, (weekdays, opens, closes) in SHIFTS.items():
        for day in (monday + timedelta(days=7 * week + weekday) for week in range(2) for weekday in weekdays):
            first, last = _at(day, opens, zone), _at(day, closes, zone)
            values = {"staff": people[person], "first": first, "last": last, "now": clock.now()}
            await connection.execute(_SHIFT, values)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone)


_HOURS = text(
    "INSERT INTO calendar_week (team_id, week, changed_at) VALUES (:team, CAST(:week AS jsonb), :now)"
    " ON CONFLICT DO NOTHING"
)
_SHIFT = text(
    "INSERT INTO shift (staff_id, from_at, until_at, created_at) SELECT :staff, :first, :last, :now"
    " WHERE NOT EXISTS (SELECT FROM shift WHERE staff_id = :staff AND from_at < :last AND until_at > :first)"
)
_LEAVE = text(
    "INSERT INTO staff_leave (staff_id, from_at, until_at, deputy_id, note, created_by, created_at)"
    " SELECT :staff, :first, :last, :deputy, 'Nghỉ phép năm', :staff, :now WHERE NOT EXISTS (SELECT FROM staff_leave"
    " WHERE staff_id = :staff AND from_at < :last AND until_at > :first AND cancelled_at IS NULL)"
)
