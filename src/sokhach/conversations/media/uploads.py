"""What staff put beside their words: received, judged by its bytes, brought into a shape that the channel carries."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels.uploads import Carries, carries
from sokhach.conversations.media import naming, pictures
from sokhach.conversations.media.pictures import Picture, TooManyPixelsError
from sokhach.conversations.media.receiving import Received, too_large
from sokhach.conversations.media.service import thumbnail_key
from sokhach.conversations.media.sniffing import sniff
from sokhach.core.problems import Problem
from sokhach.core.storage import Storage, new_key

JPEG = "image/jpeg"
GIF = "image/gif"


class Ready(NamedTuple):
    """A file as it will be sent. `content`: remade by us; None: the bytes that were received."""

    type: str
    content_type: str
    name: str | None
    content: bytes | None
    picture: Picture | None


async def rules_of(connection: AsyncConnection, conversation_id: int) -> Carries:
    """What the conversation's channel carries. Raises `Problem`: not-found, upload-type-not-allowed (no files)."""
    channel = (await connection.execute(_CHANNEL, {"id": conversation_id})).scalar_one_or_none()
    if channel is None:
        raise Problem("not-found", 404)
    found = carries(channel, await limit_service.load(connection))
    if found is None:
        raise _not_allowed()
    return found


async def judge(path: Path, received: Received, rules: Carries) -> Ready:
    """Raises `Problem`: upload-type-not-allowed, upload-too-large, upload-too-many-pixels."""
    sniffed = sniff(received.head, received.name)
    if sniffed.runs:
        raise _not_allowed()
    if sniffed.content_type in pictures.TYPES.values():
        return await _picture(path, received, sniffed.content_type, rules)
    if rules.files is not None and sniffed.content_type not in rules.files:
        raise _not_allowed()
    if received.size_bytes > rules.file_bytes:
        raise too_large(rules.file_bytes)
    kind = "video" if sniffed.content_type in rules.videos else "file"
    return Ready(kind, sniffed.content_type, _named(received.name, sniffed.content_type), None, None)


async def _picture(path: Path, received: Received, content_type: str, rules: Carries) -> Ready:
    try:
        picture = await pictures.unpack(pictures.look, path)
        if picture is None:
            raise _not_allowed()
        name = _named(received.name, content_type)
        if content_type == GIF:
            if received.size_bytes > rules.gif_bytes:
                raise too_large(rules.gif_bytes)
            return Ready("gif", content_type, name, None, picture)
        if content_type in rules.pictures and received.size_bytes <= rules.picture_bytes:
            return Ready("image", content_type, name, None, picture)
        fitted = await pictures.unpack(pictures.fit, path, rules.picture_bytes)
    except TooManyPixelsError as error:
        raise Problem("upload-too-many-pixels", 422) from error
    if fitted is None:
        raise too_large(rules.picture_bytes)
    return Ready("image", JPEG, _named(received.name, JPEG), fitted.content, fitted.as_picture(picture))


async def begin(connection: AsyncConnection, conversation_id: int, staff_id: int, now: datetime) -> tuple[int, str]:
    """A row for a file that is about to be put into the storage under the key returned with it. If nothing comes of
    it, it is taken away with its bytes after a day."""
    key = new_key()
    values = {"conversation": conversation_id, "staff": staff_id, "key": key, "now": now}
    return (await connection.execute(_BEGIN, values)).scalar_one(), key


async def put(storage: Storage, key: str, path: Path, ready: Ready) -> None:
    """Raises `StorageError`."""
    await storage.put(key, path if ready.content is None else ready.content)
    if ready.picture is not None:
        await storage.put(thumbnail_key(key), ready.picture.thumbnail)


async def finish(connection: AsyncConnection, media_id: int, received: Received, ready: Ready, now: datetime) -> None:
    """The bytes are in the storage: the file can be sent. Raises `Problem` not-found for whoever sees the conversation
    no more."""
    content = ready.content
    values = {
        "id": media_id,
        "type": ready.type,
        "content_type": ready.content_type,
        "name": ready.name,
        "size_bytes": received.size_bytes if content is None else len(content),
        "sha256": received.sha256 if content is None else sha256(content).digest(),
        "width": ready.picture.width if ready.picture else None,
        "height": ready.picture.height if ready.picture else None,
        "has_thumbnail": ready.picture is not None,
        "now": now,
    }
    if (await connection.execute(_FINISH, values)).first() is None:
        raise Problem("not-found", 404)


def _named(name: str, content_type: str) -> str | None:
    """Platforms and people go by the end of a name: it says what the file is."""
    plain = naming.clean(name)
    ending = naming.EXTENSIONS.get(content_type, "")
    if plain is None or plain.lower().endswith(ending) or (ending == ".jpg" and plain.lower().endswith(".jpeg")):
        return plain
    stem = plain.rpartition(".")[0] if content_type.startswith("image/") else plain
    return naming.clean(f"{stem or plain}{ending}")


def _not_allowed() -> Problem:
    return Problem("upload-type-not-allowed", 415)


_CHANNEL = text("SELECT a.channel FROM conversation c JOIN channel_account a ON a.id = c.account_id WHERE c.id = :id")
_BEGIN = text(
    """
    INSERT INTO media (conversation_id, position, staff_id, state, type, storage_key, has_thumbnail, attempts,
        created_at)
    VALUES (:conversation, 0, :staff, 'pending', 'file', :key, false, 0, :now) RETURNING id
    """
)
_FINISH = text(
    """
    UPDATE media SET state = 'stored', type = :type, content_type = :content_type, name = :name,
        size_bytes = :size_bytes, sha256 = :sha256, width = :width, height = :height, has_thumbnail = :has_thumbnail,
        stored_at = :now
    WHERE id = :id AND state = 'pending' RETURNING id
    """
)
