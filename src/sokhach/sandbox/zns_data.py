"""Checking a template's data before it is sent (reference §3): lengths after NFC, presence, format."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.zns_records import TemplateParam, ZnsTemplate

MAX_CONTENT = 100_000

PARAM_LENGTHS = {
    1: 30, 2: 15, 3: 200, 4: 30, 5: 30, 6: 30, 7: 50, 8: 5, 9: 200, 10: 20, 11: 20, 12: 10, 13: 200, 14: 12, 15: 90,
}  # fmt: skip
"""Longest value by type of parameter, in characters."""

PHONE, TIME, OTP, URL, MONEY, BANK_NOTE = 2, 11, 12, 13, 14, 15

FORBIDDEN_IN_BANK_NOTE = set("@[]^_!\"•#$%¥&'()*+,€-./:;{|<}=~>?")
DATE = r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/\d{4}"
CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
TIMES = re.compile(rf"{CLOCK}|{CLOCK} {DATE}|{DATE}|(0?[1-9]|1[0-2])/\d{{4}}")

TYPE_NAMES = {TIME: "DATE", MONEY: "NUMBER"}
"""`listParams[].type`; "STRING" for the others. Only STRING has a source."""


def _is_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)


FORMATS: dict[int, Callable[[str], object]] = {
    PHONE: re.compile(r"(\+?84|0)\d{8,10}").fullmatch,
    TIME: TIMES.fullmatch,
    OTP: re.compile(r"[0-9A-Za-z]+").fullmatch,
    URL: lambda value: re.fullmatch(r"\S+", value),
    MONEY: re.compile(r"[1-9]\d*").fullmatch,
}
"""An address may be only the end of one that the template begins, so any text without blanks passes."""


def check_data(template: ZnsTemplate, data: Any) -> dict[str, str]:
    """The values as text, NFC. Raises the `Refusal` that applies.

    An unknown name is refused (-132): no source says what Zalo does with it, and a client has no use for one.
    """
    if not isinstance(data, dict):
        raise Refusal(-112, "Template data type not defined")
    given: dict[str, Any] = {str(name): value for name, value in data.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if not given and any(param.required for param in template.params):
        raise Refusal(-111, "Template data empty")
    if len(msgspec.json.encode(given).decode()) > MAX_CONTENT:
        raise Refusal(-130, "Template content exceeds 100000 characters")
    unknown = given.keys() - {param.name for param in template.params}
    if unknown:
        raise Refusal(-132, f"Parameter {min(unknown)} is invalid")
    values = {param.name: _value(param, given) for param in template.params}
    return {name: value for name, value in values.items() if value is not None}


def _value(param: TemplateParam, given: dict[str, Any]) -> str | None:
    value = given.get(param.name)
    if value is None:
        excused = param.accept_null if param.name in given else not param.required
        if excused:
            return None
        raise Refusal(-1122, f"Template data missing parameter {param.name}")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refusal(-112, f"Template data type of {param.name} not defined")
    text = unicodedata.normalize("NFC", str(value))
    if len(text) > param.max_length:
        raise Refusal(-1121, f"Parameter {param.name} exceeds {param.max_length} characters")
    if len(text) < param.min_length:
        raise Refusal(-1122, f"Parameter {param.name} needs {param.min_length} characters")
    _check_content(param, text)
    return text


def _check_content(param: TemplateParam, text: str) -> None:
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        raise Refusal(-116, f"Content of {param.name} is invalid")
    if param.type == BANK_NOTE and FORBIDDEN_IN_BANK_NOTE & set(text):
        raise Refusal(-116, f"Content of {param.name} is invalid")
    right = FORMATS.get(param.type)
    if right is not None and not right(text):
        raise Refusal(-1124, f"Parameter {param.name} has an invalid format")
    if param.qr and not text.isascii():
        raise Refusal(-1123, "QR code cannot be generated")


def is_button_content(button_type: int, content: str) -> bool:
    """Type 2 calls a number; the others open an address."""
    if button_type == 2:
        return re.fullmatch(r"(\+?84|0|1[89]00)\d{4,10}", content) is not None
    return _is_address(content)
