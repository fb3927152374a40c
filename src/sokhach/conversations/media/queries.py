"""Reads of files. Row-level security is the wall; bytes are found by `read_media`, which writes down who read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.media.views import MediaView, UploadView
from sokhach.core.catalogue import DEFAULT_LOCALE, Locale, explain, say

_OF_MESSAGES = text(
    """
    SELECT id, message_id, position, type, state, reason, content_type, name, size_bytes, width, height, duration_ms,
        has_thumbnail
    FROM media WHERE message_id = ANY (:ids)
    """
)


async def of_messages(
    connection: AsyncConnection, message_ids: Sequence[int], locale: Locale
) -> Mapping[int, Mapping[int, MediaView]]:
    """Message id → position of the attachment → its file. Attachments without bytes (a place, a link) have none."""
    found: dict[int, dict[int, MediaView]] = defaultdict(dict)
    if message_ids:
        for row in (await connection.execute(_OF_MESSAGES, {"ids": list(message_ids)})).mappings():
            found[row["message_id"]][row["position"]] = view(row, locale)
    return found


def view(row: Mapping[Any, Any], locale: Locale) -> MediaView:
    stored = row["state"] == "stored"
    return MediaView(
        media_id=row["id"],
        type=row["type"],
        state=row["state"],
        state_text=_state_text(row["state"], row["reason"], locale),
        url=f"/api/media/{row['id']}" if stored else None,
        thumbnail_url=f"/api/media/{row['id']}/thumbnail" if stored and row["has_thumbnail"] else None,
        name=row["name"],
        size_bytes=row["size_bytes"],
        content_type=row["content_type"] if stored else None,
        width=row["width"],
        height=row["height"],
        duration_ms=row["duration_ms"],
    )


def _state_text(state: str, reason: str | None, locale: Locale) -> str | None:
    if state == "stored":
        return None
    if state == "pending":
        return say(locale, "media.pending")
    return explain(locale, "media", reason or "other")


async def read(connection: AsyncConnection, media_id: int, now: datetime) -> Row[Any] | None:
    """Where a stored file lies, and what it is, for somebody who may see it: this is a read, and the database writes it
    down. None: there is none such, or none for this actor."""
    return (await connection.execute(_READ, {"id": media_id, "now": now})).one_or_none()


async def upload(connection: AsyncConnection, media_id: int) -> UploadView:
    """What somebody just uploaded."""
    row = (await connection.execute(_UPLOAD, {"id": media_id})).mappings().one()
    found = view(row, DEFAULT_LOCALE)
    return UploadView(
        media_id=found.media_id,
        type=row["type"],
        name=found.name,
        size_bytes=row["size_bytes"],
        content_type=row["content_type"],
        width=found.width,
        height=found.height,
        url=found.url or "",
        thumbnail_url=found.thumbnail_url,
    )


_READ = text("SELECT * FROM read_media(:id, :now)")
_UPLOAD = text(
    """
    SELECT id, type, state, reason, content_type, name, size_bytes, width, height, duration_ms, has_thumbnail
    FROM media WHERE id = :id
    """
)
