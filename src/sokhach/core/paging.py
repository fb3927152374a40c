"""Keyset pages: a cursor names the last row that was shown by (time, id)."""

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORM = ">qq"


class Position(NamedTuple):
    at: datetime
    id: int


class InvalidCursorError(ValueError):
    """The text is no cursor of ours."""


def write_cursor(position: Position) -> str:
    moment = (position.at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(struct.pack(_FORM, moment, position.id)).rstrip(b"=").decode()


def read_cursor(value: str) -> Position:
    """Raises `InvalidCursorError`."""
    try:
        moment, row_id = struct.unpack(_FORM, base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        return Position(_EPOCH + timedelta(microseconds=moment), row_id)
    except (binascii.Error, struct.error, OverflowError, UnicodeEncodeError, ValueError) as error:
        raise InvalidCursorError(value[:40]) from error
