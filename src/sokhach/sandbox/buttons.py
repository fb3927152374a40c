"""Buttons under a message and the action behind a list row (reference §1.3)."""

import unicodedata
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from sokhach.sandbox.refusals import Refusal, invalid

MAX_BUTTONS = 5
MAX_TITLE = 100
MAX_QUERY = 1000
MAX_SMS = 160
MAX_PHONE = 20
TYPES = ("oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.sms", "oa.open.phone")


class Button(msgspec.Struct):
    title: str
    type: str
    payload: Any


def limited(value: Any, most: int, field: str) -> str:
    """A text that is there, not blank, and within its limit after NFC."""
    if not isinstance(value, str) or not value.strip():
        raise invalid(field)
    if len(unicodedata.normalize("NFC", value)) > most:
        raise Refusal(-210, f"{field} is over the limit of {most} characters")
    return value


def web_address(value: Any, field: str) -> str:
    address = urlsplit(value) if isinstance(value, str) else None
    if address is None or address.scheme not in ("http", "https") or not address.netloc:
        raise invalid(field)
    return str(value)


def json_object(value: Any, field: str) -> dict[str, Any]:
    try:
        return msgspec.convert(value, dict[str, Any])
    except msgspec.ValidationError as error:
        raise invalid(field) from error


def check_buttons(given: Any, *, most: int = MAX_BUTTONS, title: int = MAX_TITLE) -> list[dict[str, Any]]:
    """The buttons as they were given; none when absent."""
    if given is UNSET:
        return []
    try:
        buttons = msgspec.convert(given, list[Button])
    except msgspec.ValidationError as error:
        raise invalid("buttons") from error
    if len(buttons) > most:
        raise Refusal(-210, f"buttons is over the limit of {most}")
    for button in buttons:
        limited(button.title, title, "title")
        check_action(msgspec.structs.asdict(button), "type")
    return [msgspec.structs.asdict(button) for button in buttons]


def check_action(given: Any, field: str) -> str:
    """`type` and the `payload` that belongs to it; gives the address that it opens, if any."""
    action = json_object(given, field)
    kind, payload = action.get("type"), action.get("payload")
    if kind not in TYPES:
        raise invalid(field)
    if kind in ("oa.query.show", "oa.query.hide"):
        limited(payload, MAX_QUERY, "payload")
        return ""
    details = action if payload is None else json_object(payload, "payload")
    if kind == "oa.open.url":
        return web_address(details.get("url"), "url")
    limited(details.get("phone_code"), MAX_PHONE, "phone_code")
    if kind == "oa.open.sms":
        limited(details.get("content"), MAX_SMS, "content")
    return ""
