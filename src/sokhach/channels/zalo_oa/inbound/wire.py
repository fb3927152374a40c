"""Zalo's payloads as they come: shapes, ids, times. Ids and timestamps are decimal strings beyond 2^53. What is not
needed to place a payload is optional: shapes differ between events, and between Zalo's own descriptions of them."""

import codecs
import math
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from sokhach.channels.connector import UnparsableError
from sokhach.core import clock
from sokhach.core.text import nfc

# Zalo opened in August 2012: nothing of it is older. A clock may run ahead of ours by a day at most.
OLDEST = datetime(2012, 8, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
LONGEST_NAME = 100
LONGEST_TAG = 200

Id = str | int
Number = str | int | float


class Party(msgspec.Struct):
    id: Id = ""
    admin_id: Id | None = None


class Coordinates(msgspec.Struct):
    latitude: Number | None = None
    longitude: Number | None = None


class Payload(msgspec.Struct):
    id: Id | None = None
    url: str | None = None
    thumbnail: str | None = None
    title: str | None = None
    description: str | None = None
    name: str | None = None
    size: Number | None = None
    checksum: str | None = None
    coordinates: Coordinates | None = None
    zinstant_id: Id | None = None
    text: str | None = None
    link_url: str | None = None


class WireAttachment(msgspec.Struct):
    type: str = ""
    payload: Payload | None = None


class WireMessage(msgspec.Struct):
    msg_id: Id | None = None
    msg_ids: list[Id] = []
    text: str | None = None
    quote_msg_id: Id | None = None
    attachments: list[WireAttachment] = []
    conversation_id: Id | None = None
    react_icon: str | None = None
    delivery_time: Id | None = None
    tracking_id: Id | None = None


class Head(msgspec.Struct):
    """What every event has."""

    event_name: str
    timestamp: Any = None


class Said(msgspec.Struct):
    """An event about a message."""

    timestamp: Id
    sender: Party | None = None
    recipient: Party | None = None
    message: WireMessage | None = None


class FullAddress(msgspec.Struct):
    user_city: str | None = None
    user_district: str | None = None
    user_ward: str | None = None
    user_address: str | None = None


class Info(msgspec.Struct):
    """What a customer filled in. Older forms have the address in fields of its own."""

    name: str | None = None
    phone: Id | None = None
    user_dob: str | None = None
    gender: str | None = None
    full_address: FullAddress | None = None
    address: str | None = None
    city: str | None = None
    district: str | None = None
    ward: str | None = None


class Data(msgspec.Struct):
    """Of a website's widget, or of a change of somebody's details."""

    user_id: Id | None = None
    user_external_id: Id | None = None
    url: str | None = None
    message: str | None = None
    method: str | None = None


class WireTag(msgspec.Struct):
    name: str
    user_ids: list[Id] = []


class Told(msgspec.Struct):
    """An event about a person, a group or a call."""

    timestamp: Id
    oa_id: Id | None = None
    user_id: Id | None = None
    sender: Party | None = None
    follower: Party | None = None
    customer: Party | None = None
    source: str | None = None
    info: Info | None = None
    data: Data | None = None
    tag: WireTag | None = None
    group_id: Id | None = None
    users: list[Party] = []
    phone: Id | None = None
    request_type: str | None = None
    user_consent: str | None = None
    call_id: Id | None = None
    call_type: str | None = None
    talk_time: Number | None = None


class Subscription(msgspec.Struct):
    valid_through_date: Any = None


class Change(msgspec.Struct):
    """From what to what: statuses as text, quotas as numbers."""

    prev_value: Number | None = None
    new_value: Number | None = None
    prev_status: str | None = None
    new_status: str | None = None


class Answer(msgspec.Struct):
    """What a customer said to a template: stars, or a button."""

    msg_id: Id | None = None
    rate: Number | None = None
    note: str | None = None
    feedbacks: list[str] = []
    submit_time: Id | None = None
    data: str | None = None


class Reported(msgspec.Struct):
    """An event about an account or its templates."""

    timestamp: Id
    msg_id: Id | None = None
    message: Answer | None = None
    template_id: Id | None = None
    status: Change | None = None
    quota: Change | None = None
    quality: str | None = None
    reason: str | None = None
    extension_id: Id | None = None
    extension_sub_info: Subscription | None = None


class Profile(msgspec.Struct):
    user_id: Id
    display_name: str
    avatar: str | None = None
    user_is_follower: bool | UnsetType = UNSET
    user_alias: Any = None
    user_external_id: Any = None
    tags_and_notes_info: Any = None
    shared_info: Any = None


class ProfileReply(msgspec.Struct):
    data: Profile


class Group(msgspec.Struct):
    """What `getgroup` says of a group."""

    group_id: Id
    group_name: str = ""


class GroupReply(msgspec.Struct):
    data: Group


class Subject(msgspec.Struct):
    """Just enough of an answer to tell whom or what it is about."""

    user_id: Any = UNSET
    group_id: Any = UNSET


class SubjectReply(msgspec.Struct):
    data: Subject


class HistoryItem(msgspec.Struct):
    """A message as `listrecentchat` and `conversation` give it."""

    src: int
    time: Id
    message_id: Id
    from_id: Id
    to_id: Id
    type: str = ""
    message: str | None = None
    url: str | None = None
    thumb: str | None = None
    description: str | None = None
    location: Any = None
    links: Any = None


def sound(payload: bytes) -> bytes:
    """What a `Decoder` takes. Raises `UnparsableError` for what no shape may hold."""
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnparsableError("invalid-utf8", str(error)) from error
    if b"u0000" in payload and _NUL.search(payload):
        raise UnparsableError("nul-character", "the text holds a NUL character")
    return payload.removeprefix(codecs.BOM_UTF8)


class Decoder:
    """`sound` bytes into one of these shapes. Raises `UnparsableError`."""

    def __init__(self, shape: type[Any]) -> None:
        self._decoder = msgspec.json.Decoder(shape)

    def __call__(self, payload: bytes) -> Any:
        try:
            return self._decoder.decode(payload)
        except msgspec.ValidationError as error:
            reason = "missing-field" if "missing required field" in str(error) else "wrong-type"
            raise UnparsableError(reason, str(error)) from error
        except msgspec.DecodeError as error:
            raise UnparsableError("invalid-json", str(error)) from error
        except RecursionError as error:
            raise UnparsableError("unknown-shape", "nested too deeply") from error


# An escaped NUL, not an escaped backslash before the letters u0000.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def tag_name(value: str) -> str | None:
    """A tag's name as it is stored; None for one that is empty or too long."""
    name = " ".join(nfc(value).split())
    return name if name and len(name) <= LONGEST_TAG else None


def id_of(value: Id | None) -> str | None:
    """An empty id is none: two of them would be taken for one."""
    return str(value) if value is not None and value != "" else None


def needed(value: Id | None, name: str) -> str:
    found = id_of(value)
    if found is None:
        raise UnparsableError("missing-field", f"{name} is needed")
    return found


def time_of(value: Id, received_at: datetime) -> datetime:
    """When it happened. A time before there was Zalo (its own sample has one of 1974) says nothing, and the time of
    receipt stands for it. Raises `UnparsableError` for what is no time, or lies ahead."""
    try:
        at = clock.from_milliseconds(int(value))
    except (ValueError, OverflowError) as error:
        raise UnparsableError("time-out-of-range", f"timestamp {str(value)[:40]!r}") from error
    if at > received_at + AHEAD:
        raise UnparsableError("time-out-of-range", f"timestamp {at.isoformat()}")
    return at if at >= OLDEST else received_at


def original_time(value: Id, at: datetime, received_at: datetime) -> dict[str, Any]:
    """What to keep of a time that the time of receipt stands for (`at`, as `time_of` gave it): for `details`."""
    return {"timestamp": str(value)} if at is received_at else {}


def digest(payload: bytes) -> str:
    """A name for what has none of its own. Zalo repeats a payload byte for byte."""
    return sha256(payload).hexdigest()[:32]


def web_address(value: str | None) -> str | None:
    return value if value and value.startswith(("https://", "http://")) else None


def number_of(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def words(value: Any) -> str | None:
    """A text that says something; of anything else None."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value.strip() or None if isinstance(value, str) else None
