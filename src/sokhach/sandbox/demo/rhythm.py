"""When people write and when staff answer, in the time of Vietnam. Times are milliseconds since the epoch."""

import math
import random
from datetime import datetime

from sokhach.sandbox.days import local_time

SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

#               0   1   2  3  4  5  6   7   8    9   10  11  12  13  14  15  16  17  18  19   20   21  22  23
WEEKDAY_HOURS = (7, 3, 1, 1, 1, 3, 12, 34, 72, 100, 98, 70, 38, 44, 66, 72, 64, 46, 52, 86, 104, 84, 44, 18)
WEEKEND_HOURS = (9, 5, 2, 1, 1, 2, 8, 20, 44, 70, 82, 72, 48, 42, 50, 58, 62, 58, 60, 80, 92, 80, 48, 24)
"""How many conversations begin in each hour, in proportion: a morning and an evening peak, a dip at lunch."""

DAYS = (1.12, 1.06, 1.0, 1.0, 1.06, 0.86, 0.68)
"""Monday to Sunday, against the average."""

OPENS, CLOSES = 7.5, 21.75
"""Hours in which colleagues answer."""

NEVER_FIRST, NEVER_LATER = 0.06, 0.025
"""How many questions nobody answers: those that open a conversation, and later ones."""


def conversations_of(day_ms: int, average: float, dice: random.Random) -> list[int]:
    """When conversations begin on the day that begins at `day_ms`, in order."""
    weekday = local_time(day_ms).weekday()
    hours = WEEKEND_HOURS if weekday >= 5 else WEEKDAY_HOURS
    count = round(average * DAYS[weekday] * dice.uniform(0.84, 1.16))
    chosen = dice.choices(range(24), hours, k=count)
    return sorted(day_ms + hour * HOUR_MS + dice.randrange(HOUR_MS) for hour in chosen)


def answer_ms(asked_ms: int, *, first: bool, dice: random.Random) -> int | None:
    """When a colleague answers what was asked then; None = never."""
    if dice.random() < (NEVER_FIRST if first else NEVER_LATER):
        return None
    median = (4.0 if first else 2.2) * _load(local_time(asked_ms))
    minutes = min(max(dice.lognormvariate(math.log(median), 1.1), 0.5 if first else 0.33), 300)
    return within_office_hours(asked_ms + int(minutes * MINUTE_MS), dice)


def within_office_hours(at_ms: int, dice: random.Random) -> int:
    """That moment, or some time after the next opening."""
    local = local_time(at_ms)
    hour = local.hour + local.minute / 60
    if OPENS <= hour < CLOSES:
        return at_ms
    midnight = at_ms - int(hour * HOUR_MS) - (local.second * SECOND_MS + at_ms % SECOND_MS)
    opening = midnight + int(OPENS * HOUR_MS) + (DAY_MS if hour >= CLOSES else 0)
    return opening + int(dice.triangular(1, 95, 20) * MINUTE_MS)


def patience_ends_ms(asked_ms: int, minutes: int, dice: random.Random) -> int:
    """When somebody stops waiting. Most who wait at night wait for the morning."""
    ends = asked_ms + int(minutes * dice.uniform(0.8, 1.7) * MINUTE_MS)
    hour = local_time(ends).hour
    if (hour >= 22 or hour < 7) and dice.random() < 0.9:
        ends = ends + int(((7.5 - hour) % 24 + dice.uniform(0, 2.5)) * HOUR_MS)
    return ends


def reading_ms(dice: random.Random) -> int:
    """Until a customer begins to answer an answer."""
    return int(min(max(dice.lognormvariate(math.log(70), 0.9), 9), 2_400) * SECOND_MS)


def typing_ms(text: str | None, dice: random.Random) -> int:
    return int((2.0 + len(text or "") * dice.uniform(0.07, 0.2)) * SECOND_MS)


def live_typing_ms(text: str | None, dice: random.Random) -> int:
    """Quicker, and never long: somebody watches."""
    return int(dice.uniform(2.0, 4.0) * SECOND_MS + min(len(text or "") * 50, 5 * SECOND_MS))


def returns_ms(dice: random.Random, *, soon: bool) -> int:
    """How long somebody stays away after a scene."""
    return int(dice.triangular(0.8, 6, 1.6) * DAY_MS if soon else dice.triangular(0.6, 14, 3.5) * DAY_MS)


def _load(local: datetime) -> float:
    """How much slower answers are than usual."""
    peak = 1.9 if local.hour in (9, 10, 19, 20) else 1.0
    return peak * (1.0, 1.0, 1.0, 1.0, 1.0, 1.15, 1.6)[local.weekday()]
