"""What Zalo Web sends, read without trust: nothing of it is documented, any field may be missing or of another type,
and ids come as numbers or as texts."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple, cast

import msgspec

from sokhach.channels.connector import UnparsableError
from sokhach.core import clock
from sokhach.core.text import nfc

# Zalo opened in August 2012: nothing of it is older. A clock may run ahead of ours by a day at most.
OLDEST = datetime(2012, 8, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
LONGEST_ID = 64
LONGEST_NAME = 200
NOBODY = "0"
"""As a party: the account itself. As an id: none."""
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

Json = Mapping[str, Any]


class Heard(NamedTuple):
    """An element of a frame, and where it stood. `own` is the account's uid."""

    item: Json
    own: str
    received_at: datetime


def refuse_nul(payload: bytes) -> None:
    """PostgreSQL stores no NUL character."""
    if b"u0000" in payload and _NUL.search(payload):
        raise UnparsableError("nul-character", "the text holds a NUL character")


def decoded(raw: bytes | msgspec.Raw) -> Any:
    """Raises `UnparsableError`."""
    try:
        return msgspec.json.decode(raw)
    except UnicodeDecodeError as error:
        raise UnparsableError("invalid-utf8", str(error)) from error
    except msgspec.DecodeError as error:
        raise UnparsableError("invalid-json", str(error)) from error
    except RecursionError as error:
        raise UnparsableError("unknown-shape", "nested too deeply") from error


def mapping(value: Any) -> Json:
    """An object, or the same as JSON in a text; anything else is empty."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return {}
    return cast("Json", value) if isinstance(value, dict) else {}


def listed(value: Any) -> Sequence[Any]:
    return cast("Sequence[Any]", value) if isinstance(value, list) else ()


def party(value: Any) -> str | None:
    """Somebody's uid; `NOBODY` stands for the account."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    found = value.strip()
    return found if 0 < len(found) <= LONGEST_ID else None


def id_of(value: Any) -> str | None:
    found = party(value)
    return None if found == NOBODY else found


def name_of_message(value: Any) -> str | None:
    """How a message is called by an id that Zalo gave it."""
    found = id_of(value)
    return f"m:{found}" if found else None


def time_of(value: Any, received_at: datetime) -> datetime:
    """Milliseconds. For what says nothing, or cannot be true, the time of receipt stands."""
    number = number_of(value)
    if number is None:
        return received_at
    try:
        at = clock.from_milliseconds(int(number))
    except (ValueError, OverflowError, OSError):
        return received_at
    return at if OLDEST <= at <= received_at + AHEAD else received_at


def number_of(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def count_of(value: Any) -> int | None:
    """A size or a number of pixels."""
    number = number_of(value)
    return int(number) if number is not None and 0 < number < 2**53 else None


def words(value: Any) -> str | None:
    """A text that says something, in normal form; of anything else None."""
    if not isinstance(value, str):
        return None
    return nfc(value).strip() or None


def called(value: Any) -> str | None:
    """A name, in one line."""
    found = words(value)
    return " ".join(found.split())[:LONGEST_NAME] if found else None


def web_address(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None


def digest(item: Json) -> str:
    """A name for what has none of its own: whatever comes again is the same."""
    return sha256(msgspec.json.encode(item, order="sorted")).hexdigest()[:32]
