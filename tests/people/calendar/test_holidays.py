"""Public holidays as the package reckons them, beside what the government announced."""

from datetime import date, timedelta

import pytest

from sokhach.people.calendar.holidays import public_days

DAY = timedelta(days=1)


def days(first: date, last: date) -> set[date]:
    return {first + DAY * n for n in range((last - first).days + 1)}


def closed(year: int) -> set[date]:
    return {day for day, public in public_days(year).items() if public.closes}


# Working days (Monday to Friday) off at Tết, as announced: first and last day of the whole break.
TET = {
    2020: (date(2020, 1, 23), date(2020, 1, 29)),
    2021: (date(2021, 2, 10), date(2021, 2, 16)),
    2022: (date(2022, 1, 31), date(2022, 2, 4)),
    2023: (date(2023, 1, 20), date(2023, 1, 26)),
    2024: (date(2024, 2, 8), date(2024, 2, 14)),
    2025: (date(2025, 1, 27), date(2025, 1, 31)),
    2026: (date(2026, 2, 16), date(2026, 2, 20)),
}
HUNG_KINGS = {
    2020: date(2020, 4, 2),
    2021: date(2021, 4, 21),
    2022: date(2022, 4, 11),
    2023: date(2023, 5, 2),
    2024: date(2024, 4, 18),
    2025: date(2025, 4, 7),
    2026: date(2026, 4, 27),
}
NATIONAL_DAY = {
    2021: (date(2021, 9, 2), date(2021, 9, 3)),
    2022: (date(2022, 9, 1), date(2022, 9, 2)),
    2023: (date(2023, 9, 1), date(2023, 9, 4)),
    2024: (date(2024, 9, 2), date(2024, 9, 3)),
    2025: (date(2025, 9, 1), date(2025, 9, 2)),
    2026: (date(2026, 9, 1), date(2026, 9, 2)),
}


@pytest.mark.parametrize("year", TET)
def test_tet_follows_the_moon(year: int) -> None:
    first, last = TET[year]
    around = days(first - 5 * DAY, last + 5 * DAY)
    weekdays = {day for day in closed(year) & around if day.weekday() < 5}
    assert weekdays == {day for day in days(first, last) if day.weekday() < 5}


@pytest.mark.parametrize("year", HUNG_KINGS)
def test_the_working_day_off_for_the_hung_kings(year: int) -> None:
    """Their day itself, or the first working day after it when it falls on a weekend."""
    assert HUNG_KINGS[year] in closed(year)
    assert HUNG_KINGS[year].weekday() < 5


@pytest.mark.parametrize("year", NATIONAL_DAY)
def test_national_day_takes_two(year: int) -> None:
    first, last = NATIONAL_DAY[year]
    september = {day for day in closed(year) if day.month == 9 and day.weekday() < 5}
    assert september == {day for day in days(first, last) if day.weekday() < 5}


@pytest.mark.parametrize("year", range(2020, 2031))
def test_days_of_the_solar_calendar(year: int) -> None:
    assert {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= closed(year)


def test_a_holiday_on_a_weekend_has_a_substitute() -> None:
    public = public_days(2022)
    assert public[date(2022, 5, 1)].kind == "holiday"
    assert [public[date(2022, 5, day)].kind for day in (2, 3)] == ["substitute", "substitute"]


def test_the_day_of_culture_is_off_from_2026_on() -> None:
    assert date(2025, 11, 24) not in closed(2025)
    assert public_days(2026)[date(2026, 11, 24)].vi == "Ngày Văn hóa Việt Nam"


class TestSwaps:
    """Civil servants are off on a Monday and make up for it on a Saturday: companies may follow."""

    @pytest.mark.parametrize(
        ("off", "made_up"),
        [
            (date(2024, 4, 29), date(2024, 5, 4)),
            (date(2025, 5, 2), date(2025, 4, 26)),
            (date(2026, 8, 31), date(2026, 8, 22)),
            (date(2018, 12, 31), date(2019, 1, 5)),
        ],
    )
    def test_neither_counts_by_itself(self, off: date, made_up: date) -> None:
        swap, make_up = public_days(off.year)[off], public_days(made_up.year)[made_up]
        assert (swap.kind, swap.swapped_with, swap.closes) == ("swap", made_up, False)
        assert (make_up.kind, make_up.swapped_with, make_up.closes) == ("make_up", off, False)


def test_names_in_both_languages_and_in_order() -> None:
    for year in range(2000, 2100):
        public = public_days(year)
        assert list(public) == sorted(public)
        assert all(day.year == year and one.vi and one.en for day, one in public.items())
    assert public_days(1999) == {} == public_days(2100)
