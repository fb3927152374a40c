"""Whether an account is silent for longer than it usually is. Pure.

What is usual comes from the account itself: how many webhooks it sent in each hour of the week over the last four
weeks. From that follows how many were to be expected in the present silence. If they came one by one (a Poisson
process), nothing at all in a time in which λ are expected has a probability of e^-λ. They come in bunches (a message,
its echo, its receipts), so λ is first divided by the index of dispersion of the account's own hours, as a quasi-Poisson
model does. At λ = 7 one silence in a thousand is chance.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec

HOUR = timedelta(hours=1)
WINDOW = timedelta(days=28)
LEARNING = timedelta(days=14)
"""Less says nothing of a week: twice each hour of it."""
LONGEST = timedelta(days=7)
QUIET_AT = 7.0

Slot = tuple[int, int]
State = Literal["ok", "quiet", "unknown"]


class Verdict(msgspec.Struct, frozen=True):
    """`expected`: events that should have come since the last one. `usual`: events in an hour at this time."""

    state: State
    expected: float = 0.0
    usual: float = 0.0


def judge(hours: Mapping[datetime, int], last_event_at: datetime | None, now: datetime) -> Verdict:
    """`hours`: events by the hour in which they came (UTC, whole hours); an hour that is missing had none."""
    if last_event_at is None or not hours:
        return Verdict("unknown")
    known_until = min(last_event_at, now).replace(minute=0, second=0, microsecond=0)
    first = max(min(hours), _whole(now - WINDOW))
    if known_until - first < LEARNING:
        return Verdict("unknown")
    slots = _slots(hours, first, known_until)
    means = {slot: sum(counts) / len(counts) for slot, counts in slots.items()}
    expected = _expected(means, max(last_event_at, now - LONGEST), now)
    state: State = "quiet" if expected / _dispersion(slots, means) >= QUIET_AT else "ok"
    return Verdict(state, expected, means.get(_slot(now), 0.0))


def _slots(hours: Mapping[datetime, int], first: datetime, until: datetime) -> dict[Slot, list[int]]:
    slots: dict[Slot, list[int]] = defaultdict(list)
    hour = first
    while hour < until:
        slots[_slot(hour)].append(hours.get(hour, 0))
        hour += HOUR
    return slots


def _expected(means: Mapping[Slot, float], since: datetime, now: datetime) -> float:
    expected = 0.0
    hour = _whole(since)
    while hour < now:
        part = min(hour + HOUR, now) - max(hour, since)
        expected += means.get(_slot(hour), 0.0) * (part / HOUR)
        hour += HOUR
    return expected


def _dispersion(slots: Mapping[Slot, list[int]], means: Mapping[Slot, float]) -> float:
    """Pearson's estimate: how much more the hours vary than those of a Poisson process; at least 1."""
    squares, freedom = 0.0, 0
    for slot, counts in slots.items():
        mean = means[slot]
        if mean > 0:
            squares += sum((count - mean) ** 2 for count in counts) / mean
            freedom += len(counts) - 1
    return max(1.0, squares / freedom) if freedom > 0 else 1.0


def _slot(at: datetime) -> Slot:
    return at.weekday(), at.hour


def _whole(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
