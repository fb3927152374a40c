"""Moments as people and programs write them. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class Moment(NamedTuple):
    """`whole_minute`: it was written without seconds."""

    at: datetime
    whole_minute: bool


_CLOCK = (
    r"(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?|sa|ch)?"
)
_DAY = r"(?P<one>\d{1,2})[/.\-](?P<two>\d{1,2})[/.\-](?P<year>\d{4}|\d{2})"
_YEAR_FIRST = r"(?P<year>\d{4})[/.\-](?P<two>\d{1,2})[/.\-](?P<one>\d{1,2})"
_ZONE = r"\s*(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)?"
_PATTERNS = tuple(
    re.compile(pattern + "$", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR_FIRST}(?:[t\s,]+{_CLOCK})?{_ZONE}",
        rf"{_DAY}(?:[,\s]+{_CLOCK})?{_ZONE}",
        rf"{_CLOCK}[,\s]+(?:ngày\s+)?{_DAY}{_ZONE}",
        rf"{_CLOCK}[,\s]+(?:ngày\s+)?{_YEAR_FIRST}{_ZONE}",
    )
)
_YEAR_LEADS = (_PATTERNS[0], _PATTERNS[3])
_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?$")


def parse_time(value: str, zone: tzinfo, *, month_first: bool = False) -> Moment | None:
    """ISO 8601, `dd/mm/yyyy HH:MM` and the like (`mm/dd` with `month_first`), or seconds, milli-, micro- or nanoseconds
    since 1970. Without a zone of its own it is in `zone`. None: it is no time.

    >>> parse_time("1700000000000", UTC).at
    datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.timezone.utc)
    """
    value = value.strip()
    if _NUMBER.match(value):
        return _epoch(float(value)) if "." in value else _epoch(int(value))
    for pattern in _PATTERNS:
        if found := pattern.match(value):
            return _moment(found, zone, month_first=month_first)
    return None


def _epoch(number: float) -> Moment | None:
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        if number / unit < 10**10:
            try:
                whole, part = divmod(number, unit)
                at = datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=round(part / unit * 1_000_000))
            except (OverflowError, OSError, ValueError):
                return None
            return Moment(at, whole_minute=False)
    return None


def _moment(found: re.Match[str], zone: tzinfo, *, month_first: bool) -> Moment | None:
    part = found.groupdict()
    day, month, year = int(part["one"]), int(part["two"]), int(part["year"])
    if month_first and found.re not in _YEAR_LEADS:
        day, month = month, day
    if year < 100:
        year += 2000
    hour, minute = int(part["hour"] or 0), int(part["minute"] or 0)
    half = (part["half"] or "").lower().replace(".", "")
    if half in {"pm", "ch"} and hour < 12:
        hour += 12
    elif half in {"am", "sa"} and hour == 12:
        hour = 0
    micro = int((part["part"] or "0").ljust(6, "0")[:6])
    try:
        at = datetime(year, month, day, hour, minute, int(part["second"] or 0), micro, tzinfo=_zone(part["zone"], zone))
        return Moment(at.astimezone(UTC), whole_minute=part["second"] is None)
    except (ValueError, OverflowError):
        return None


def _zone(word: str | None, zone: tzinfo) -> tzinfo:
    if not word:
        return zone
    digits = re.sub(r"[^\d+-]", "", word)
    if not digits:
        return UTC
    sign = -1 if digits[0] == "-" else 1
    numbers = digits[1:]
    hours, minutes = (int(numbers), 0) if len(numbers) <= 2 else (int(numbers[:-2]), int(numbers[-2:]))
    offset = timedelta(hours=hours, minutes=minutes) * sign
    if abs(offset) >= timedelta(hours=24):
        raise ValueError
    return timezone(offset)
