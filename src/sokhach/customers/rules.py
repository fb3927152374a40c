"""Pure rules of customers: phone numbers, colours of tags, which word about a person counts."""

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import phonenumbers

REGION = "VN"
TAG_LONGEST = 100
COLOURS = ("blue", "teal", "green", "lime", "yellow", "orange", "red", "pink", "grape", "violet", "indigo", "gray")

# Điều 16 khoản 5 Nghị định 13/2023/NĐ-CP: personal data are deleted within 72 hours of the request.
ANSWER_WITHIN = timedelta(hours=72)


def phone_of(value: str) -> str | None:
    """A phone number in E.164, however it was written; None when it is none.

    >>> phone_of("84912345678"), phone_of("0912 345 678"), phone_of("912345678")
    ('+84912345678', '+84912345678', '+84912345678')
    """
    if len(value) > 30:
        return None
    for form in (value, f"+{value}"):
        try:
            number = phonenumbers.parse(form, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def colour_of(name: str) -> str:
    """Each tag has its colour, the same everywhere."""
    return COLOURS[zlib.crc32(name.encode()) % len(COLOURS)]


def merged(known: Mapping[str, Any] | None, said: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Details after somebody said `said` at `at`: each field by its latest word, whatever came first."""
    result = dict(known or {})
    word = at.astimezone(UTC).isoformat(timespec="microseconds")
    for field, value in said.items():
        old = result.get(field)
        if old is None or (old["at"], old["value"]) < (word, value):
            result[field] = {"value": value, "at": word}
    return result
