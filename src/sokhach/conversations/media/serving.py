"""Bytes on their way to a browser, which is told to run nothing of them and to show them to nobody else."""

import re
from collections.abc import AsyncGenerator, Mapping
from typing import Any, NamedTuple

from litestar import Response
from litestar.response import Stream
from sqlalchemy.engine import Row

from sokhach.conversations.media import naming
from sokhach.conversations.media.pictures import THUMBNAIL_TYPE
from sokhach.conversations.media.service import thumbnail_key
from sokhach.conversations.media.sniffing import SHOWN, UNKNOWN
from sokhach.core.problems import Problem
from sokhach.core.storage import MissingError, Storage, StorageError

# Five minutes are one line of the access log: within them a browser need not ask again.
_CACHE = "private, max-age=300, must-revalidate"
_POLICY = (
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
# Downloads that say what they are; every other is bytes.
_NAMED = frozenset(naming.EXTENSIONS) - {"application/vnd.android.package-archive"}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Readable(NamedTuple):
    """A row of `read_media`."""

    id: int
    type: str
    content_type: str
    name: str | None
    size_bytes: int
    sha256: bytes
    storage_key: str
    has_thumbnail: bool

    @classmethod
    def of(cls, media_id: int, row: Row[Any]) -> "Readable":
        return cls(
            media_id,
            row.type,
            row.content_type,
            row.name,
            row.size_bytes,
            bytes(row.sha256),
            row.storage_key,
            row.has_thumbnail,
        )

    @property
    def etag(self) -> str:
        return f'"{self.sha256.hex()}"'


async def whole(
    storage: Storage, file: Readable, headers: Mapping[str, str], *, download: bool
) -> Response[Any] | Stream:
    """The file, or the part of it that the request asks for (RFC 9110: one range, If-Range, If-None-Match).

    Raises `Problem`: range-not-satisfiable, media-missing, media-unavailable.
    """
    shown = file.content_type in SHOWN and not download
    known = file.content_type if shown or file.content_type in _NAMED else UNKNOWN
    named = naming.shown_name(file.name, file.type, file.content_type, file.id)
    about = _about(file.etag) | {
        "accept-ranges": "bytes",
        "content-disposition": naming.disposition(named, attachment=not shown),
    }
    if _has_it(headers, file.etag):
        return Response(b"", status_code=304, headers=about)
    span = _span(headers, file)
    start, end = span or (0, file.size_bytes)
    # As a header: a stream takes the route's type rather than its own.
    about |= {"content-type": known, "content-length": str(end - start)}
    if span:
        about["content-range"] = f"bytes {start}-{end - 1}/{file.size_bytes}"
    pieces = storage.stream(file.storage_key, start, end)
    first = await _first(pieces)
    return Stream(_all(first, pieces), status_code=206 if span else 200, headers=about)


async def thumbnail(storage: Storage, file: Readable, headers: Mapping[str, str]) -> Response[bytes]:
    """Raises `Problem`: not-found (it has none), media-missing, media-unavailable."""
    if not file.has_thumbnail:
        raise Problem("not-found", 404)
    etag = f'"{file.sha256.hex()}-thumbnail"'
    about = _about(etag) | {"content-disposition": "inline"}
    if _has_it(headers, etag):
        return Response(b"", status_code=304, headers=about)
    try:
        content = await storage.read(thumbnail_key(file.storage_key))
    except StorageError as error:
        raise _problem(error) from error
    return Response(content, media_type=THUMBNAIL_TYPE, headers=about)


def _about(etag: str) -> dict[str, str]:
    return {
        "etag": etag,
        "cache-control": _CACHE,
        # The next person at this browser has another cookie, and starts with nothing.
        "vary": "cookie",
        "content-security-policy": _POLICY,
        "cross-origin-resource-policy": "same-origin",
    }


def _has_it(headers: Mapping[str, str], etag: str) -> bool:
    given = headers.get("if-none-match", "")
    return given.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in given.split(",")}


def _span(headers: Mapping[str, str], file: Readable) -> tuple[int, int] | None:
    """From where to where (not included); None: all of it."""
    found = _RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if found is None or headers.get("if-range", file.etag).strip() != file.etag:
        return None
    first, last = found.groups()
    if first:
        start, end = int(first), min(int(last) + 1, file.size_bytes) if last else file.size_bytes
        if last and int(last) < int(first):
            return None
    elif last:
        start, end = max(0, file.size_bytes - int(last)), file.size_bytes
    else:
        return None
    if start >= end:
        unsatisfied = {"content-range": f"bytes */{file.size_bytes}"}
        raise Problem("range-not-satisfiable", 416, headers=unsatisfied)
    return start, end


async def _first(pieces: AsyncGenerator[bytes]) -> bytes:
    """Before the answer begins, an error can still be told."""
    try:
        return await anext(pieces, b"")
    except StorageError as error:
        raise _problem(error) from error


async def _all(first: bytes, pieces: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    yield first
    async for piece in pieces:
        yield piece


def _problem(error: StorageError) -> Problem:
    if isinstance(error, MissingError):
        return Problem("media-missing", 404)
    return Problem("media-unavailable", 503, headers={"retry-after": "5"})
