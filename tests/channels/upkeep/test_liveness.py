"""When is a silence unusual? Four weeks of a shop that is busy by day, asleep at night, and closed on Sundays."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from sokhach.channels.upkeep.liveness import judge

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)  # a Friday, half past ten in the morning in Vietnam


def usual(at: datetime) -> float:
    local = at + timedelta(hours=7)
    if local.weekday() == 6 or not 8 <= local.hour < 22:
        return 0.0
    return 60.0


def shop(until: datetime, *, days: int = 28, bunch: int = 1, scale: float = 1.0) -> dict[datetime, int]:
    """Events by the hour; they come `bunch` at a time."""
    chance = random.Random(7)
    hour = (until - timedelta(days=days)).replace(minute=0)
    hours: dict[datetime, int] = {}
    while hour < until:
        mean = usual(hour) * scale / bunch
        events = bunch * round(max(chance.gauss(mean, mean**0.5), 0)) if mean else 0
        if events:
            hours[hour] = events
        hour += timedelta(hours=1)
    return hours


def test_a_few_minutes_are_nothing() -> None:
    last = NOW - timedelta(minutes=3)
    verdict = judge(shop(last), last, NOW)
    assert verdict.state == "ok"
    assert 50 <= verdict.usual <= 70
    assert 2 <= verdict.expected <= 4


def test_half_an_hour_of_a_busy_morning_is_unusual() -> None:
    last = NOW - timedelta(minutes=30)
    verdict = judge(shop(last), last, NOW)
    assert verdict.state == "quiet"
    assert 25 <= verdict.expected <= 35


def test_a_night_is_not() -> None:
    evening = datetime(2026, 11, 19, 14, 55, tzinfo=UTC)
    morning = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    verdict = judge(shop(evening), evening, morning)
    assert verdict.state == "ok"
    assert verdict.expected < 7


def test_nor_is_a_sunday_but_the_monday_after_it() -> None:
    saturday = datetime(2026, 11, 14, 14, 58, tzinfo=UTC)
    hours = shop(saturday)
    assert judge(hours, saturday, datetime(2026, 11, 15, 16, 0, tzinfo=UTC)).state == "ok"
    assert judge(hours, saturday, datetime(2026, 11, 16, 2, 0, tzinfo=UTC)).state == "quiet"


def test_what_comes_in_bunches_is_given_more_time() -> None:
    """Sixty events in an hour that come by thirties are two customers."""
    last = NOW - timedelta(minutes=30)
    assert judge(shop(last, bunch=30), last, NOW).state == "ok"
    long_ago = NOW - timedelta(hours=26)
    assert judge(shop(long_ago, bunch=30), long_ago, NOW).state == "quiet"


def test_a_small_shop_is_given_more_time() -> None:
    last = NOW - timedelta(hours=2)
    assert judge(shop(last, scale=0.03), last, NOW).state == "ok"
    days = NOW - timedelta(days=3)
    assert judge(shop(days, scale=0.03), days, NOW).state == "quiet"


@pytest.mark.parametrize("days", [1, 13])
def test_two_weeks_must_be_known(days: int) -> None:
    last = NOW - timedelta(hours=3)
    assert judge(shop(last, days=days), last, NOW).state == "unknown"


def test_of_an_account_that_never_told_anything_nothing_is_known() -> None:
    assert judge({}, None, NOW).state == "unknown"


def test_false_alarms_are_one_in_a_thousand_silences_at_most() -> None:
    """A Poisson process of an event a minute, around the clock."""
    chance = random.Random(3)
    start = NOW - timedelta(days=28)
    hours = {start.replace(minute=0) + timedelta(hours=n): 60 for n in range(28 * 24)}
    alarms = sum(
        judge(hours, NOW, NOW + timedelta(minutes=chance.expovariate(1))).state == "quiet" for _ in range(3000)
    )
    assert alarms <= 9
