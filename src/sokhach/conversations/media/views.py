"""What the API says of files: shapes only."""

from typing import Literal

import msgspec

State = Literal["pending", "stored", "failed", "refused"]
Type = Literal["image", "gif", "sticker", "audio", "video", "file"]


class MediaView(msgspec.Struct, kw_only=True):
    """A file of a message. `state_text` says in words why it cannot be shown (yet). `url` and `thumbnail_url` are
    paths of our own, once the bytes are in our storage; `width` and `height` are pixels as shown."""

    media_id: int
    type: Type
    state: State
    state_text: str | None
    url: str | None
    thumbnail_url: str | None
    name: str | None
    size_bytes: int | None
    content_type: str | None
    width: int | None
    height: int | None
    duration_ms: int | None


class UploadView(msgspec.Struct, kw_only=True):
    """A file that waits to be sent: pass `media_id` with the message."""

    media_id: int
    type: Literal["image", "gif", "file"]
    name: str | None
    size_bytes: int
    content_type: str
    width: int | None
    height: int | None
    url: str
    thumbnail_url: str | None
