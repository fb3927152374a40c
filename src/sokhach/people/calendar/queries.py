"""Every SELECT about the calendar: when a team works, who is on duty, who is away and who stands in for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.text import fold
from sokhach.people.calendar.rules import DEFAULT_WEEK, DayRule, Interval, Week, WorkingHours, nearest


class TeamNode(NamedTuple):
    """`depth` is 0 at the root."""

    id: int
    parent_id: int | None
    kind: str
    name: str
    depth: int


class OwnWeek(NamedTuple):
    """Hours that somebody set; `team_id` None: of the company."""

    team_id: int | None
    week: Week


class OwnDay(NamedTuple):
    """A rule of one date; `team_id` None: of the company."""

    team_id: int | None
    rule: DayRule


class Calendars:
    """All hours and days at once, as they were when read: for whoever reckons for many teams."""

    def __init__(
        self,
        zone: ZoneInfo,
        teams: Mapping[int, TeamNode],
        weeks: Mapping[int | None, Week],
        days: Mapping[int | None, Mapping[date, DayRule]],
    ) -> None:
        self.zone = zone
        self.teams = teams
        self._weeks = weeks
        self._days = days
        self._made: dict[int | None, WorkingHours] = {}

    def of(self, team_id: int | None) -> WorkingHours:
        """When a team works; of None, or of a team that is not there, when the company does."""
        if team_id not in self._made:
            week = self.week_of(team_id)
            days = nearest([self._days.get(level, {}) for level in self.levels(team_id)])
            self._made[team_id] = WorkingHours(self.zone, week.week if week else DEFAULT_WEEK, days)
        return self._made[team_id]

    def has_own_week(self, team_id: int | None) -> bool:
        return team_id in self._weeks

    def week_of(self, team_id: int | None) -> OwnWeek | None:
        """The nearest that was set; None: the built-in one."""
        level = next((level for level in self.levels(team_id) if level in self._weeks), 0)
        return None if level == 0 else OwnWeek(level, self._weeks[level])

    def days_of(self, team_id: int | None) -> dict[date, OwnDay]:
        """For each date with a rule the nearest one."""
        return {
            day: OwnDay(level, rule)
            for level in reversed(self.levels(team_id))
            for day, rule in self._days.get(level, {}).items()
        }

    def levels(self, team_id: int | None) -> list[int | None]:
        """The team, those above it one by one, the company."""
        levels: list[int | None] = []
        while team_id is not None and team_id in self.teams and team_id not in levels:
            levels.append(team_id)
            team_id = self.teams[team_id].parent_id
        return [*levels, None]

    def tree(self) -> list[TeamNode]:
        """A team, those below it, the next; branches first, sisters by name."""
        return list(_walk(self.teams.values(), None))


async def calendars(connection: AsyncConnection, zone: str) -> Calendars:
    """`zone`: the company's, as its setting says."""
    teams = (await connection.execute(_TEAMS)).all()
    parents: dict[int, int | None] = {row.id: row.parent_id for row in teams}
    nodes = {row.id: TeamNode(row.id, row.parent_id, row.kind, row.name, _depth(row.id, parents)) for row in teams}
    weeks = {row.team_id: msgspec.convert(row.week, Week) for row in await connection.execute(_WEEKS)}
    days: dict[int | None, dict[date, DayRule]] = {}
    for row in await connection.execute(_DAYS):
        intervals = msgspec.convert(row.intervals, tuple[Interval, ...])
        days.setdefault(row.team_id, {})[row.day] = DayRule(kind=row.kind, name=row.name, intervals=intervals)
    return Calendars(ZoneInfo(zone), nodes, weeks, days)


async def is_open(connection: AsyncConnection, zone: str, team_id: int | None, at: datetime) -> bool:
    return (await calendars(connection, zone)).of(team_id).is_open(at)


class ShiftRow(NamedTuple):
    id: int
    staff_id: int
    from_at: datetime
    until_at: datetime


class PersonRow(NamedTuple):
    id: int
    name: str


class LeaveRow(NamedTuple):
    """`deputy_away`: they are away themselves at some moment of it."""

    id: int
    staff: PersonRow
    deputy: PersonRow | None
    deputy_away: bool
    from_at: datetime
    until_at: datetime
    note: str
    cancelled_at: datetime | None


async def shifts_between(
    connection: AsyncConnection, since: datetime, until: datetime, staff_ids: Sequence[int]
) -> list[ShiftRow]:
    """That touch the time, of these people, earliest first."""
    values = {"since": since, "until": until, "staff": list(staff_ids)}
    return [ShiftRow(*row) for row in await connection.execute(_SHIFTS, values)]


async def people_of(connection: AsyncConnection, team_id: int | None) -> list[PersonRow]:
    """Who serves customers in a team and those below it, or in the company, by name; nobody who is suspended."""
    return [PersonRow(*row) for row in await connection.execute(_PEOPLE, {"team": team_id})]


async def on_shift(connection: AsyncConnection, staff_id: int, at: datetime) -> bool:
    """Whether a shift of theirs runs, whether or not they are away."""
    return bool((await connection.execute(_ON_SHIFT, {"staff": staff_id, "at": at})).scalar_one())


async def away(connection: AsyncConnection, staff_id: int, at: datetime) -> bool:
    return bool((await connection.execute(_AWAY, {"staff": staff_id, "at": at})).scalar_one())


async def acting_deputy(connection: AsyncConnection, staff_id: int, at: datetime) -> int | None:
    """Who stands in for somebody who is away; None when nobody does, or the deputy is away or suspended too."""
    return (await connection.execute(_DEPUTY, {"staff": staff_id, "at": at})).scalar_one_or_none()


async def led_by(connection: AsyncConnection, staff_id: int) -> set[int]:
    """Whom a lead leads: everybody in the teams that they lead, and in those below."""
    return set((await connection.execute(_LED, {"staff": staff_id})).scalars())


async def leave_between(
    connection: AsyncConnection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    staff_id: int | None = None,
    of: Iterable[int] | None = None,
    deputy: int | None = None,
    leave_id: int | None = None,
    cancelled: bool = True,
) -> list[LeaveRow]:
    """What touches the time, latest first, 500 at most. `of`: of these people, and what `deputy` stands in for; None:
    of all."""
    values = {
        "since": since,
        "until": until,
        "staff": staff_id,
        "of": list(of) if of is not None else None,
        "deputy": deputy,
        "id": leave_id,
        "cancelled": cancelled,
    }
    return [
        LeaveRow(
            row.id,
            PersonRow(row.staff_id, row.staff_name),
            PersonRow(row.deputy_id, row.deputy_name) if row.deputy_id is not None else None,
            row.deputy_away,
            row.from_at,
            row.until_at,
            row.note,
            row.cancelled_at,
        )
        for row in await connection.execute(_LEAVE, values)
    ]


def _depth(team_id: int, parents: Mapping[int, int | None]) -> int:
    depth, above = 0, parents[team_id]
    while above is not None and depth < len(parents):
        depth, above = depth + 1, parents[above]
    return depth


def _walk(teams: Iterable[TeamNode], parent_id: int | None) -> Iterable[TeamNode]:
    sisters = [team for team in teams if team.parent_id == parent_id]
    for team in sorted(sisters, key=lambda team: (team.kind, fold(team.name), team.id)):
        yield team
        yield from _walk(teams, team.id)


_TEAMS = text("SELECT id, parent_id, kind, name FROM team")
_WEEKS = text("SELECT team_id, week FROM calendar_week")
_DAYS = text("SELECT team_id, day, kind, name, intervals FROM calendar_day")
_SHIFTS = text(
    """
    SELECT id, staff_id, from_at, until_at FROM shift
    WHERE staff_id = ANY (CAST(:staff AS bigint[])) AND from_at < :until AND until_at > :since ORDER BY from_at, id
    """
)
_PEOPLE = text(
    """
    WITH RECURSIVE below AS (
        SELECT t.id FROM team t WHERE t.id = CAST(:team AS bigint)
        UNION SELECT t.id FROM team t JOIN below ON t.parent_id = below.id
    )
    SELECT s.id, s.name FROM staff s
    WHERE s.suspended_at IS NULL AND s.role <> 'auditor' AND (CAST(:team AS bigint) IS NULL OR EXISTS (
        SELECT FROM staff_team m JOIN below ON below.id = m.team_id WHERE m.staff_id = s.id
    ))
    ORDER BY s.name_folded, s.id
    """
)
_ON_SHIFT = text("SELECT EXISTS (SELECT FROM shift WHERE staff_id = :staff AND from_at <= :at AND until_at > :at)")
_RUNS = "{l}.from_at <= :at AND {l}.until_at > :at AND ({l}.cancelled_at IS NULL OR {l}.cancelled_at > :at)"
_AWAY = text(f"SELECT EXISTS (SELECT FROM staff_leave l WHERE l.staff_id = :staff AND {_RUNS.format(l='l')})")
_DEPUTY = text(
    f"""
    SELECT l.deputy_id FROM staff_leave l JOIN staff d ON d.id = l.deputy_id AND d.suspended_at IS NULL
    WHERE l.staff_id = :staff AND {_RUNS.format(l="l")}
        AND NOT EXISTS (SELECT FROM staff_leave o WHERE o.staff_id = l.deputy_id AND {_RUNS.format(l="o")})
    ORDER BY l.from_at DESC LIMIT 1
    """
)
_LED = text(
    """
    WITH RECURSIVE led (team_id) AS (
        SELECT m.team_id FROM staff_team m JOIN staff s ON s.id = m.staff_id
        WHERE m.staff_id = :staff AND m.leads AND s.role = 'lead'
        UNION
        SELECT team.id FROM team JOIN led ON led.team_id = team.parent_id
    ) SELECT DISTINCT m.staff_id FROM staff_team m JOIN led ON led.team_id = m.team_id
    """
)
_LEAVE = text(
    """
    SELECT l.id, l.staff_id, s.name AS staff_name, l.deputy_id, d.name AS deputy_name, l.from_at, l.until_at, l.note,
        l.cancelled_at, EXISTS (
            SELECT FROM staff_leave o WHERE o.staff_id = l.deputy_id AND o.cancelled_at IS NULL
                AND o.from_at < l.until_at AND o.until_at > l.from_at
        ) AS deputy_away
    FROM staff_leave l JOIN staff s ON s.id = l.staff_id LEFT JOIN staff d ON d.id = l.deputy_id
    WHERE (CAST(:id AS bigint) IS NULL OR l.id = :id)
        AND (CAST(:since AS timestamptz) IS NULL OR l.until_at > :since)
        AND (CAST(:until AS timestamptz) IS NULL OR l.from_at < :until)
        AND (CAST(:staff AS bigint) IS NULL OR l.staff_id = :staff)
        AND (CAST(:of AS bigint[]) IS NULL OR l.staff_id = ANY (CAST(:of AS bigint[]))
            OR l.deputy_id = CAST(:deputy AS bigint))
        AND (:cancelled OR l.cancelled_at IS NULL)
    ORDER BY l.from_at DESC, l.id DESC LIMIT 500
    """
)
