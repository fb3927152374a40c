"""Working time. Pure: intervals of weekdays, days that are otherwise, and the arithmetic of clocks that count them.

A day's interval begins on that day and may end after midnight: it still belongs to the day on which it began, so that
a closed day leaves the night before it whole. Moments are half-open: open at the first, closed at the last.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from sokhach.core.problems import Fault
from sokhach.people.calendar.holidays import public_days

DAY_MINUTES = 24 * 60
DAY = timedelta(days=1)
MOST_INTERVALS = 6
NAME_LONGEST = 100
CLOSED_DAYS_LONGEST = 400
"""So many closed days in a row mean that it never opens again."""


class Interval(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Minutes from a day's midnight by the wall's clock; `closes_minute` is past 1440 when it ends on the next day."""

    opens_minute: Annotated[int, Meta(ge=0, lt=DAY_MINUTES)]
    closes_minute: Annotated[int, Meta(gt=0, lt=2 * DAY_MINUTES)]


Intervals = tuple[Interval, ...]
Week = tuple[Intervals, Intervals, Intervals, Intervals, Intervals, Intervals, Intervals]
"""From Monday."""

DayKind = Literal["closed", "open", "ordinary"]
"""`open`: by intervals of its own; `ordinary`: as this weekday otherwise is, although a holiday, or closed above."""


class DayRule(msgspec.Struct, frozen=True, kw_only=True):
    """What holds on one date; `intervals` with `open` only."""

    kind: DayKind
    name: str
    intervals: Intervals = ()


_OFFICE: Intervals = (Interval(8 * 60, 12 * 60), Interval(13 * 60 + 30, 17 * 60 + 30))
DEFAULT_WEEK: Week = (_OFFICE, _OFFICE, _OFFICE, _OFFICE, _OFFICE, _OFFICE, ())
"""Until somebody says otherwise: Monday to Saturday, with a lunch break."""


class NeverOpenError(Exception):
    """No working time is left to count."""


class WorkingHours:
    """When a team works. `days` go before public holidays, and those before the week."""

    def __init__(self, zone: ZoneInfo, week: Week, days: Mapping[date, DayRule] | None = None) -> None:
        self.zone = zone
        self._week = week
        self._days = days or {}

    def on(self, day: date) -> Intervals:
        """What begins on this date."""
        rule = self._days.get(day)
        if rule is not None and rule.kind != "ordinary":
            return rule.intervals if rule.kind == "open" else ()
        if rule is None and (public := public_days(day.year).get(day)) and public.closes:
            return ()
        return self._week[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        today = at.astimezone(self.zone).date()
        return any(
            self._moment(day, one.opens_minute) <= at < self._moment(day, one.closes_minute)
            for day in (today - DAY, today)
            for one in self.on(day)
        )

    def working_seconds_between(self, since: datetime, until: datetime) -> float:
        """0 when `until` is not after `since`."""
        worked = timedelta()
        for opens, closes in self._spans(since):
            if opens >= until:
                break
            worked += min(closes, until) - opens
        return worked.total_seconds()

    def add_working_seconds(self, at: datetime, seconds: float) -> datetime:
        """The first moment by which so many working seconds have passed, `at` itself for none. What ends with an
        interval is due at its end, not when the next one opens. Raises `NeverOpenError`."""
        left = timedelta(seconds=seconds)
        if left <= timedelta():
            return at
        for opens, closes in self._spans(at):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise NeverOpenError

    def next_opening(self, at: datetime) -> datetime | None:
        """`at` itself when it is open; None when it never is again."""
        return next((opens for opens, _ in self._spans(at)), None)

    def _spans(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working time from `since` on, in order and without overlap, until it has been closed for too long."""
        since = since.astimezone(UTC)
        day, reached, closed_days = since.astimezone(self.zone).date() - DAY, since, 0
        while closed_days < CLOSED_DAYS_LONGEST:
            closed_days += 1
            # By the moment, not by the wall's clock: where a zone skips an hour, the two differ.
            for opens, closes in sorted((self._moment(day, a), self._moment(day, b)) for a, b in _pairs(self.on(day))):
                if max(opens, reached) < closes:
                    yield max(opens, reached), closes
                    reached, closed_days = closes, 0
            day += DAY

    def _moment(self, day: date, minute: int) -> datetime:
        """By the wall's clock. In an hour that a zone skips or repeats, the earlier offset counts."""
        wall = datetime.combine(day, time(), self.zone) + timedelta(minutes=minute)
        return wall.astimezone(UTC)


def _pairs(intervals: Intervals) -> Iterator[tuple[int, int]]:
    return ((one.opens_minute, one.closes_minute) for one in intervals)


def nearest(rules: Sequence[Mapping[date, DayRule]]) -> dict[date, DayRule]:
    """`rules`: of a team, of those above it one by one, of the company. For each date the first that says something."""
    return {day: rule for level in reversed(rules) for day, rule in level.items()}


def in_order(intervals: Sequence[Interval]) -> Intervals:
    return tuple(sorted(intervals))


def week_faults(week: Week) -> list[Fault]:
    """`week`: each day in order."""
    faults = [fault for day, intervals in enumerate(week) for fault in interval_faults(f"week.{day}", intervals)]
    for day, intervals in enumerate(week):
        following = week[(day + 1) % 7]
        if intervals and following and intervals[-1].closes_minute - DAY_MINUTES > following[0].opens_minute:
            faults.append(Fault(f"week.{day}", "hours-overlap"))
    return faults


def interval_faults(path: str, intervals: Intervals) -> list[Fault]:
    """Of one day, in order."""
    if len(intervals) > MOST_INTERVALS:
        return [Fault(path, "too-many", MOST_INTERVALS)]
    for one in intervals:
        if not one.opens_minute < one.closes_minute <= one.opens_minute + DAY_MINUTES:
            return [Fault(path, "hours-order")]
    for one, following in pairwise(intervals):
        if one.closes_minute > following.opens_minute:
            return [Fault(path, "hours-overlap")]
    return []


def day_faults(rule: DayRule, *, named: bool) -> list[Fault]:
    """`named`: the date has a name already, that of a public holiday."""
    faults: list[Fault] = []
    if not rule.name.strip() and rule.kind != "ordinary" and not named:
        faults.append(Fault("name", "blank"))
    if "\0" in rule.name:
        faults.append(Fault("name", "nul"))
    if len(rule.name) > NAME_LONGEST:
        faults.append(Fault("name", "too-long", NAME_LONGEST))
    if (rule.kind == "open") != bool(rule.intervals):
        faults.append(Fault("intervals", "hours-of-open-day"))
    return faults + interval_faults("intervals", rule.intervals)
