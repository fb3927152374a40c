"""The arithmetic of working time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sokhach.people.calendar.rules import (
    DEFAULT_WEEK,
    DayRule,
    Interval,
    Intervals,
    NeverOpenError,
    Week,
    WorkingHours,
    day_faults,
    interval_faults,
    nearest,
    week_faults,
)

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = (Interval(480, 720), Interval(810, 1050))
EVENING = (Interval(18 * 60, 26 * 60),)
CLOSED: Week = ((), (), (), (), (), (), ())


def every_day(hours: Intervals) -> Week:
    return (hours, hours, hours, hours, hours, hours, hours)


ALWAYS = every_day((Interval(0, 1440),))
NIGHTS = every_day(EVENING)


def at(text: str, zone: ZoneInfo = SAIGON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(week: Week = DEFAULT_WEEK, days: dict[date, DayRule] | None = None, zone: ZoneInfo = SAIGON) -> WorkingHours:
    return WorkingHours(zone, week, days)


class TestIsOpen:
    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("2026-11-23T07:59:59", False),
            ("2026-11-23T08:00", True),
            ("2026-11-23T11:59:59", True),
            ("2026-11-23T12:00", False),
            ("2026-11-23T13:30", True),
            ("2026-11-23T17:30", False),
            ("2026-11-22T10:00", False),  # a Sunday
            ("2026-11-24T10:00", False),  # the day of culture
            ("2026-02-17T10:00", False),  # Tết
            ("2026-08-31T10:00", True),  # a swap that the company does not follow
        ],
    )
    def test_half_open_with_lunch_and_holidays(self, when: str, expected: bool) -> None:
        assert hours().is_open(at(when)) is expected
        assert hours().is_open(at(when).astimezone(UTC)) is expected

    def test_a_night_belongs_to_the_day_on_which_it_began(self) -> None:
        closed_tuesday = {date(2026, 11, 24): DayRule(kind="closed", name="Nghỉ")}
        night = hours(NIGHTS, closed_tuesday)
        assert night.is_open(at("2026-11-24T01:59"))
        assert not night.is_open(at("2026-11-24T02:00"))
        assert not night.is_open(at("2026-11-24T20:00"))
        assert not night.is_open(at("2026-11-25T01:00"))
        assert night.is_open(at("2026-11-25T18:00"))

    def test_rules_of_a_date_go_first(self) -> None:
        days = {
            date(2026, 11, 24): DayRule(kind="ordinary", name=""),
            date(2026, 8, 22): DayRule(kind="open", name="Làm bù", intervals=(Interval(540, 600),)),
            date(2026, 11, 23): DayRule(kind="closed", name="Kiểm kê"),
        }
        assert hours(days=days).is_open(at("2026-11-24T08:00"))
        assert not hours(days=days).is_open(at("2026-11-23T08:00"))
        assert [hours(days=days).is_open(at(f"2026-08-22T{hour}")) for hour in ("08:30", "09:00", "10:00")] == [
            False,
            True,
            False,
        ]


class TestWorkingSecondsBetween:
    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            ("2026-11-23T08:00", "2026-11-23T17:30", 8 * 3600),
            ("2026-11-23T11:30", "2026-11-23T14:00", 3600),
            ("2026-11-21T17:00", "2026-11-23T08:10", 1800 + 600),  # Saturday evening to Monday
            ("2026-11-23T17:00", "2026-11-25T08:30", 3600),  # over a holiday
            ("2026-11-23T12:00", "2026-11-23T13:30", 0),
            ("2026-11-23T10:00", "2026-11-23T09:00", 0),
        ],
    )
    def test_counts_open_time_only(self, since: str, until: str, expected: int) -> None:
        assert hours().working_seconds_between(at(since), at(until)) == expected

    def test_all_year_round(self) -> None:
        """Without holidays of the calendar: five days a week are ordinary ones."""
        ordinary = {date(2026, 1, 1) + timedelta(days=n): DayRule(kind="ordinary", name="") for n in range(365)}
        year = hours(every_day(OFFICE), ordinary).working_seconds_between(
            at("2026-01-01T00:00"), at("2027-01-01T00:00")
        )
        assert year == 365 * 8 * 3600


class TestAddWorkingSeconds:
    @pytest.mark.parametrize(
        ("since", "minutes", "expected"),
        [
            ("2026-11-23T08:00", 30, "2026-11-23T08:30"),
            ("2026-11-23T11:45", 15, "2026-11-23T12:00"),  # at the end, not after lunch
            ("2026-11-23T11:45", 16, "2026-11-23T13:31"),
            ("2026-11-23T17:15", 30, "2026-11-25T08:15"),  # over the day of culture
            ("2026-11-22T03:00", 60, "2026-11-23T09:00"),
            ("2026-02-14T17:00", 60, "2026-02-21T08:30"),  # over Tết
        ],
    )
    def test_due(self, since: str, minutes: int, expected: str) -> None:
        assert hours().add_working_seconds(at(since), minutes * 60) == at(expected)

    def test_nothing_is_due_at_once_even_when_closed(self) -> None:
        assert hours().add_working_seconds(at("2026-11-22T03:00"), 0) == at("2026-11-22T03:00")

    def test_who_never_opens_says_so(self) -> None:
        with pytest.raises(NeverOpenError):
            hours(CLOSED).add_working_seconds(at("2026-11-22T03:00"), 1)
        assert hours(CLOSED).next_opening(at("2026-11-22T03:00")) is None
        assert hours(CLOSED).working_seconds_between(at("2026-11-22T03:00"), at("2027-11-22T03:00")) == 0

    def test_next_opening(self) -> None:
        assert hours().next_opening(at("2026-11-23T12:00")) == at("2026-11-23T13:30")
        assert hours().next_opening(at("2026-11-23T09:00")) == at("2026-11-23T09:00")


class TestZones:
    def test_the_companys_zone_counts_not_the_callers(self) -> None:
        # Monday 01:30 in UTC is 08:30 in Việt Nam.
        assert hours().is_open(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
        assert not hours(zone=BERLIN).is_open(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))

    def test_a_day_that_the_clock_makes_shorter_or_longer(self) -> None:
        always = hours(ALWAYS, {date(2026, 5, 1): DayRule(kind="ordinary", name="")}, BERLIN)
        for day, length in ((29, 23), (28, 24)):
            begins = at(f"2026-03-{day}T00:00", BERLIN)
            assert always.working_seconds_between(begins, at(f"2026-03-{day + 1}T00:00", BERLIN)) == length * 3600
        assert (
            always.working_seconds_between(at("2026-10-25T00:00", BERLIN), at("2026-10-26T00:00", BERLIN)) == 25 * 3600
        )

    def test_hours_in_the_gap_do_not_count_twice(self) -> None:
        gap = every_day((Interval(120, 150), Interval(180, 240)))
        morning = hours(gap, zone=BERLIN)
        assert morning.working_seconds_between(at("2026-03-29T00:00", BERLIN), at("2026-03-29T12:00", BERLIN)) == 3600


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Valid by the rules; now and then closed, over midnight, or open around the clock."""

    def day() -> Intervals:
        marks = sorted(draw(st.sets(st.integers(0, 96), min_size=0, max_size=6)))
        pairs = zip(marks[::2], marks[1::2], strict=False)
        intervals = [Interval(opens * 15, closes * 15) for opens, closes in pairs if opens < 96]
        if draw(st.booleans()) and (not intervals or intervals[-1].closes_minute <= 20 * 60):
            intervals.append(Interval(22 * 60, 24 * 60 + draw(st.sampled_from([0, 15, 240]))))
        return tuple(intervals)

    week = (day(), day(), day(), day(), day(), day(), day())
    assume(not week_faults(week) and any(week))
    return week


moments = st.integers(0, 4 * 365 * 86_400).map(
    lambda later: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=later)
)
zones = st.sampled_from([SAIGON, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns")])
seconds = st.integers(0, 60 * 3600)


class TestProperties:
    @given(weeks(), zones, moments, seconds)
    def test_what_is_added_lies_between(self, week: Week, zone: ZoneInfo, since: datetime, added: int) -> None:
        working = hours(week, zone=zone)
        due = working.add_working_seconds(since, added)
        assert working.working_seconds_between(since, due) == added
        # It is the first such moment.
        if added:
            assert working.working_seconds_between(since, due - timedelta(seconds=1)) == added - 1

    @given(weeks(), zones, moments, moments, seconds, seconds)
    def test_later_or_more_is_never_due_earlier(
        self, week: Week, zone: ZoneInfo, one: datetime, other: datetime, less: int, more: int
    ) -> None:
        working = hours(week, zone=zone)
        (one, other), (less, more) = sorted((one, other)), sorted((less, more))
        assert working.add_working_seconds(one, less) <= working.add_working_seconds(one, more)
        assert working.add_working_seconds(one, less) <= working.add_working_seconds(other, less)

    @given(weeks(), zones, st.lists(moments, min_size=3, max_size=3))
    def test_parts_make_up_the_whole(self, week: Week, zone: ZoneInfo, cuts: list[datetime]) -> None:
        working = hours(week, zone=zone)
        first, middle, last = sorted(cuts)[0], sorted(cuts)[1], sorted(cuts)[2]
        assume(last - first < timedelta(days=120))
        whole = working.working_seconds_between(first, last)
        parts = working.working_seconds_between(first, middle) + working.working_seconds_between(middle, last)
        assert whole == parts
        assert 0 <= whole <= (last - first).total_seconds()

    @given(weeks(), zones, moments, st.integers(1, 3600))
    def test_open_is_where_time_counts(self, week: Week, zone: ZoneInfo, when: datetime, span: int) -> None:
        working = hours(week, zone=zone)
        counted = working.working_seconds_between(when, when + timedelta(seconds=1))
        assert counted == (1 if working.is_open(when) else 0)
        opening = working.next_opening(when)
        assert opening is not None and working.is_open(opening) and opening >= when
        assert working.working_seconds_between(when, opening) == 0

    @given(weeks(), moments, st.integers(0, 10**6), st.integers(0, 10**6))
    def test_microseconds_are_kept(self, week: Week, when: datetime, first: int, added: int) -> None:
        when += timedelta(microseconds=first)
        due = hours(week).add_working_seconds(when, added / 1000)
        assert hours(week).working_seconds_between(when, due) == pytest.approx(added / 1000, abs=1e-5)


class TestNearest:
    def test_a_team_goes_before_those_above_it(self) -> None:
        day, other = date(2026, 12, 24), date(2026, 12, 25)
        company = {day: DayRule(kind="closed", name="Công ty"), other: DayRule(kind="closed", name="Công ty")}
        branch = {day: DayRule(kind="ordinary", name="Chi nhánh")}
        assert {d: rule.name for d, rule in nearest([{}, branch, company]).items()} == {
            day: "Chi nhánh",
            other: "Công ty",
        }


class TestFaults:
    @pytest.mark.parametrize(
        ("intervals", "key"),
        [
            ((Interval(480, 480),), "hours-order"),
            ((Interval(480, 1921),), "hours-order"),
            ((Interval(480, 720), Interval(700, 900)), "hours-overlap"),
            (tuple(Interval(n * 60, n * 60 + 30) for n in range(7)), "too-many"),
        ],
    )
    def test_intervals(self, intervals: Intervals, key: str) -> None:
        assert [fault.key for fault in interval_faults("x", intervals)] == [key]

    def test_touching_ones_are_no_fault(self) -> None:
        assert interval_faults("x", (Interval(480, 720), Interval(720, 900))) == []

    def test_a_night_into_the_next_morning_and_from_sunday_to_monday(self) -> None:
        early = (Interval(60, 120),)
        tuesday: Week = (EVENING, early, (), (), (), (), ())
        monday: Week = (early, (), (), (), (), (), EVENING)
        assert [fault.path for fault in week_faults(tuesday)] == ["week.0"]
        assert [fault.path for fault in week_faults(monday)] == ["week.6"]
        assert week_faults(NIGHTS) == []

    @pytest.mark.parametrize(
        ("rule", "named", "paths"),
        [
            (DayRule(kind="closed", name=" "), False, ["name"]),
            (DayRule(kind="closed", name=""), True, []),
            (DayRule(kind="ordinary", name=""), False, []),
            (DayRule(kind="open", name="Làm bù"), False, ["intervals"]),
            (DayRule(kind="closed", name="Nghỉ", intervals=OFFICE), False, ["intervals"]),
            (DayRule(kind="open", name="x" * 101, intervals=OFFICE), False, ["name"]),
            (DayRule(kind="open", name="\0", intervals=OFFICE), False, ["name"]),
        ],
    )
    def test_days(self, rule: DayRule, named: bool, paths: list[str]) -> None:
        assert [fault.path for fault in day_faults(rule, named=named)] == paths
