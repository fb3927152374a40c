"""Verbs on the files of messages. The only writer of `media`, with `fetching`, `uploads` and `upkeep` beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.media import naming
from sokhach.core.database import Database, wake
from sokhach.core.storage import MissingError, Storage, new_key

WITH_BYTES = frozenset({"image", "gif", "sticker", "audio", "video", "file"})
MOST = 100
"""Files of one message; no channel carries more."""
MOST_PIXELS = 100_000


class Noted(NamedTuple):
    """A stored message and its attachments: `channels.connector.Attachment`s, or what they are in `message.content`."""

    message_id: int
    conversation_id: int
    attachments: Sequence[Any]


class _Announced(msgspec.Struct, frozen=True):
    type: str
    url: str | None = None
    thumbnail_url: str | None = None
    external_id: str | None = None
    name: str | None = None
    size_bytes: int | None = None
    width: int | None = None
    height: int | None = None


async def note(connection: AsyncConnection, messages: Sequence[Noted], now: datetime) -> None:
    """Has the files of new messages fetched. Part of the transaction that stores the messages; noting twice is noting
    once, so whatever is applied again is not fetched again."""
    rows = [
        {
            "conversation_id": message.conversation_id,
            "message_id": message.message_id,
            "position": position,
            "source_url": one.url,
            "poster_url": one.thumbnail_url if one.type == "video" else None,
            "sticker_id": one.external_id if one.type == "sticker" and one.url is None else None,
            "type": one.type,
            "name": one.name,
            "size_bytes": _within(one.size_bytes, 2**53),
            "width": _within(one.width, MOST_PIXELS),
            "height": _within(one.height, MOST_PIXELS),
            "storage_key": new_key(),
        }
        for message in messages
        for position, one in enumerate(
            msgspec.convert(message.attachments[:MOST], list[_Announced], from_attributes=True, strict=False)
        )
        if one.type in WITH_BYTES
    ]
    if rows:
        await connection.execute(_NOTE, {"rows": msgspec.json.encode(rows).decode(), "now": now})
        wake(connection, "media")
        if any(row["sticker_id"] for row in rows):
            wake(connection, "stickers")


def thumbnail_key(storage_key: str) -> str:
    """Where the small picture of a file lies: beside it."""
    return f"{storage_key}.webp"


def _within(said: int | None, most: int) -> int | None:
    """What a channel says of a file is shown until we know better, unless it cannot be true."""
    return said if said is not None and 0 < said <= most else None


_NOTE = text(
    """
    INSERT INTO media (conversation_id, message_id, position, source_url, poster_url, sticker_id, state, reason, type,
        name, size_bytes, width, height, storage_key, has_thumbnail, attempts, due_at, created_at)
    SELECT conversation_id, message_id, position, source_url, poster_url, sticker_id,
        CASE WHEN coalesce(source_url, sticker_id) IS NULL THEN 'failed' ELSE 'pending' END,
        CASE WHEN coalesce(source_url, sticker_id) IS NULL THEN 'no-link' END, type, name,
        size_bytes, width, height, storage_key, false, 0,
        CASE WHEN source_url IS NOT NULL THEN CAST(:now AS timestamptz) END, :now
    FROM json_to_recordset(CAST(:rows AS json)) AS r (conversation_id bigint, message_id bigint, position smallint,
        source_url text, poster_url text, sticker_id text, type text, name text, size_bytes bigint, width integer,
        height integer, storage_key text)
    ON CONFLICT (message_id, position) DO NOTHING
    """
)


class File(NamedTuple):
    content: bytes
    content_type: str
    name: str


async def open(database: Database, storage: Storage, media_id: int) -> File:
    """A stored file with its bytes, for a platform. For the worker; no transaction is open while the bytes are read.

    Raises `core.storage.MissingError` when there is no such file, another `StorageError` when it cannot be had now.
    """
    async with database.transaction() as connection:
        row = (await connection.execute(_FIND, {"id": media_id})).one_or_none()
    if row is None:
        raise MissingError(f"media {media_id}")
    content = await storage.read(row.storage_key)
    return File(content, row.content_type, naming.shown_name(row.name, row.type, row.content_type, media_id))


class Upload(NamedTuple):
    """What a member of staff uploaded and did not send yet."""

    id: int
    type: str
    content_type: str
    name: str | None
    size_bytes: int
    width: int | None
    height: int | None


async def uploads(
    connection: AsyncConnection, *, conversation_id: int, staff_id: int, media_ids: Sequence[int]
) -> list[Upload]:
    """Those of `media_ids`, in their order, that `staff_id` uploaded for this conversation and that no message has yet.
    They are locked: of two requests that send the same file, the second finds it gone."""
    if not media_ids:
        return []
    values = {"ids": list(media_ids), "conversation": conversation_id, "staff": staff_id}
    rows = {row.id: Upload(*row) for row in await connection.execute(_UPLOADS, values)}
    return [rows[one] for one in dict.fromkeys(media_ids) if one in rows]


async def attach(connection: AsyncConnection, message_id: int, media_ids: Sequence[int]) -> None:
    """Gives uploads to a message just written, in this order: `position` counts from 0, as its attachments do."""
    rows = [{"media_id": one, "position": position} for position, one in enumerate(media_ids)]
    await connection.execute(_ATTACH, {"rows": msgspec.json.encode(rows).decode(), "message": message_id})


_FIND = text("SELECT storage_key, content_type, name, type FROM media WHERE id = :id AND state = 'stored'")
_UPLOADS = text(
    """
    SELECT id, type, content_type, name, size_bytes, width, height FROM media
    WHERE id = ANY (:ids) AND conversation_id = :conversation AND staff_id = :staff AND message_id IS NULL
        AND state = 'stored'
    ORDER BY id FOR UPDATE
    """
)
_ATTACH = text(
    """
    UPDATE media SET message_id = :message, position = r.position
    FROM json_to_recordset(CAST(:rows AS json)) AS r (media_id bigint, position smallint)
    WHERE media.id = r.media_id AND media.message_id IS NULL
    """
)
