"""The leaf that seals a message: leaf = H(id, time, author, H(salt ‖ body)), H = SHA-256.

Once a body is lawfully erased its salt goes too: the leaf stays provable and tells nothing of what was said.
"""

import hashlib
import os
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encoder = msgspec.json.Encoder(order="sorted")


SALT_BYTES = 16


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def leaf(message_id: int, sent_at: datetime, author: str, salt: bytes, body: str | None, content: Any) -> bytes:
    """32 bytes. `author` is `staff:<id>`, `customer:<external id>` or the like; `content` any JSON value or None."""
    inner = hashlib.sha256(salt + _encoder.encode((body, content))).digest()
    moment = (sent_at - _EPOCH) // _MICROSECOND
    return hashlib.sha256(struct.pack(">qq", message_id, moment) + inner + author.encode()).digest()
