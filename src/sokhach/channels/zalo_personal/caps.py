"""Pure: how much a personal account may do, when it does the next thing, and when not to disturb people."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from sokhach.channels.limits import Limit, Limits
from sokhach.channels.pacing import CAP, Hold
from sokhach.channels.zalo_personal import limits as of
from sokhach.core.text import nfc

CapName = Literal[
    "messages_hour",
    "messages_day",
    "strangers_day",
    "phones_hour",
    "phones_day",
    "friend_requests_day",
    "friend_answers_day",
]
SAME_WORDS = "same_words_day"
STOPPED_SECONDS = 60
LOOK_AGAIN = timedelta(minutes=15)
"""An administrator may change a limit meanwhile."""


class Cap(NamedTuple):
    limit: Limit
    window: Literal["hour", "day"]


CAPS: dict[CapName, Cap] = {
    "messages_hour": Cap(of.MESSAGES_HOUR, "hour"),
    "messages_day": Cap(of.MESSAGES_DAY, "day"),
    "strangers_day": Cap(of.STRANGERS_DAY, "day"),
    "phones_hour": Cap(of.PHONES_HOUR, "hour"),
    "phones_day": Cap(of.PHONES_DAY, "day"),
    "friend_requests_day": Cap(of.FRIEND_REQUESTS_DAY, "day"),
    "friend_answers_day": Cap(of.FRIEND_ANSWERS_DAY, "day"),
}
CALLS: dict[str, tuple[CapName, ...]] = {
    "find_phone": ("phones_day", "phones_hour"),
    "friend_request": ("friend_requests_day",),
    "friend_accept": ("friend_answers_day",),
    "friend_reject": ("friend_answers_day",),
    "friend_undo": ("friend_answers_day",),
}
"""What calls are counted by, beside messages."""
PACED = frozenset({"friend_accept", "friend_reject", "friend_undo"})
"""Calls that keep the pause between messages, and make one: several in a row would come faster than any thumb."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An account at the moment. `used` is today's, by key (see `key_of`)."""

    stopped: bool
    warm_from: datetime
    used: Mapping[str, int] = {}
    next_at: datetime | None = None
    next_stranger_at: datetime | None = None


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent. `stranger`: no friend, and has never written. `awaited_at`: the other side's last word.
    `counted`: an earlier try was, after which it did not leave."""

    stranger: bool
    awaited_at: datetime | None
    words: str = ""
    counted: bool = False


class Go(msgspec.Struct, frozen=True, kw_only=True):
    """It leaves now, and counts by `keys`."""

    keys: tuple[str, ...]
    next_at: datetime
    next_stranger_at: datetime | None = None


def day_of(now: datetime, zone: ZoneInfo) -> date:
    """The company's."""
    return now.astimezone(zone).date()


def key_of(cap: CapName, now: datetime, zone: ZoneInfo) -> str:
    return cap if CAPS[cap].window == "day" else f"{cap}:{now.astimezone(zone):%H}"


def same_words_key(words: str) -> str:
    """By a hash: what was written stands nowhere else."""
    plain = " ".join(nfc(words).casefold().split())
    return f"{SAME_WORDS}:{sha256(plain.encode()).hexdigest()[:16]}"


def warm_until(warm_from: datetime, limits: Limits) -> datetime:
    return warm_from + timedelta(days=limits[of.WARM_DAYS])


def allowed(cap: CapName, warm_from: datetime, limits: Limits, now: datetime, *, awaited: bool = False) -> int:
    """How many of a kind an account may do in the window of `now`; fewer while it is new, unless they are answers that
    somebody waits for."""
    most = limits[CAPS[cap].limit]
    days = limits[of.WARM_DAYS]
    age = max(0.0, (now - warm_from) / timedelta(days=1))
    if awaited or most == 0 or age >= days:
        return most
    first = limits[of.WARM_PERCENT] / 100
    share = first + (1 - first) * age / days
    return max(1, math.floor(most * share))


def is_awaited(errand: Errand, limits: Limits, now: datetime) -> bool:
    return errand.awaited_at is not None and now - errand.awaited_at <= timedelta(hours=limits[of.AWAITED_HOURS])


def quiet_until(limits: Limits, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours end in which `now` is; None: it is in none."""
    begin, end = limits[of.QUIET_FROM], limits[of.QUIET_UNTIL]
    local = now.astimezone(zone)
    quiet = begin <= local.hour < end if begin <= end else local.hour >= begin or local.hour < end
    if not quiet:
        return None
    day = local.date() if local.hour < end else local.date() + timedelta(days=1)
    return datetime.combine(day, time(end), zone).astimezone(now.tzinfo)


def decide(
    errand: Errand, standing: Standing, limits: Limits, now: datetime, zone: ZoneInfo, spread: float
) -> Go | Hold:
    """Whether it leaves now. `spread`, from 0 to 1, is by how much the pauses after it are drawn out."""
    if standing.stopped:
        return Hold(until=now + timedelta(seconds=STOPPED_SECONDS), reason="sending-stopped")
    awaited = is_awaited(errand, limits, now)
    if not awaited and (morning := quiet_until(limits, now, zone)) is not None:
        return Hold(until=morning, reason="quiet-hours")
    keys = () if errand.counted else _counted(errand, standing, limits, now, zone, awaited=awaited)
    if isinstance(keys, Hold):
        return keys
    earliest = standing.next_at
    if errand.stranger and standing.next_stranger_at is not None:
        earliest = max(earliest or standing.next_stranger_at, standing.next_stranger_at)
    if earliest is not None and earliest > now:
        return Hold(until=earliest, reason="pace-strangers" if errand.stranger else None)
    long_gap = timedelta(seconds=limits[of.STRANGER_GAP_SECONDS] * (1 + spread))
    return Go(
        keys=keys,
        next_at=next_at(limits, now, spread),
        next_stranger_at=now + long_gap if errand.stranger else None,
    )


def _counted(
    errand: Errand, standing: Standing, limits: Limits, now: datetime, zone: ZoneInfo, *, awaited: bool
) -> tuple[str, ...] | Hold:
    """What it counts by, unless one of them is full."""
    counted: list[CapName] = ["messages_day", "messages_hour"]
    if errand.stranger:
        counted.insert(0, "strangers_day")
    full = over(counted, standing, limits, now, zone, awaited=awaited)
    if full is not None:
        return full
    keys = tuple(key_of(cap, now, zone) for cap in counted)
    if not errand.stranger or not errand.words.strip():
        return keys
    same = same_words_key(errand.words)
    if standing.used.get(same, 0) >= limits[of.SAME_WORDS_DAY]:
        return Hold(until=_end("day", now, zone), reason=f"{CAP}same-words")
    return (*keys, same)


def next_at(limits: Limits, now: datetime, spread: float) -> datetime:
    """Before when nothing more leaves by the account. `spread` as in `decide`."""
    return now + timedelta(seconds=limits[of.GAP_SECONDS] * (1 + spread))


def over(
    counted: list[CapName] | tuple[CapName, ...],
    standing: Standing,
    limits: Limits,
    now: datetime,
    zone: ZoneInfo,
    *,
    awaited: bool = False,
) -> Hold | None:
    """The first of the caps that is full, and until when; None: none is."""
    for cap in counted:
        if standing.used.get(key_of(cap, now, zone), 0) >= allowed(
            cap, standing.warm_from, limits, now, awaited=awaited
        ):
            return Hold(until=_end(CAPS[cap].window, now, zone), reason=f"{CAP}{cap.replace('_', '-')}")
    return None


def _end(window: Literal["hour", "day"], now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    if window == "hour":
        end = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    else:
        end = datetime.combine(local.date() + timedelta(days=1), time(0), zone)
    return end.astimezone(now.tzinfo)
