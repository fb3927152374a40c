"""The one file of an upload, taken from the request piece by piece: it never stands in the memory as a whole."""

from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from multipart import (  # pyright: ignore[reportMissingTypeStubs]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
)

from sokhach.conversations.media.rules import MEGABYTE
from sokhach.conversations.media.sniffing import HEAD_BYTES
from sokhach.core.problems import Problem

FIELD = "file"
MOST_PARTS = 8


class Received(NamedTuple):
    """`name` is what the browser says; `head` the first `HEAD_BYTES`."""

    name: str
    size_bytes: int
    sha256: bytes
    head: bytes


class _Part:
    def __init__(self, name: str, file: BinaryIO, most_bytes: int) -> None:
        self.name = name
        self._file = file
        self._most_bytes = most_bytes
        self._size = 0
        self._digest = sha256()
        self._head = bytearray()

    def take(self, piece: bytes | bytearray) -> None:
        self._size += len(piece)
        if self._size > self._most_bytes:
            raise too_large(self._most_bytes)
        self._digest.update(piece)
        if len(self._head) < HEAD_BYTES:
            self._head += piece[: HEAD_BYTES - len(self._head)]
        self._file.write(piece)

    def end(self) -> Received:
        return Received(self.name, self._size, self._digest.digest(), bytes(self._head))


async def receive_file(
    content_type: tuple[str, Mapping[str, str]], body: AsyncIterator[bytes], into: Path, most_bytes: int
) -> Received:
    """Writes the part `file` of a multipart/form-data body into a file of ours. `content_type` with its parameters.

    Raises `Problem`: upload-too-large, upload-empty (no such part, or nothing in it), malformed-request.
    """
    kind, parameters = content_type
    boundary = parameters.get("boundary")
    if kind != "multipart/form-data" or not boundary:
        raise Problem("malformed-request", 400)
    received: Received | None = None
    try:
        with into.open("wb") as file, PushMultipartParser(boundary, max_segment_count=MOST_PARTS) as parser:
            part: _Part | None = None
            async for piece in body:
                for event in parser.parse(piece):
                    if isinstance(event, MultipartSegment):
                        wanted = event.name == FIELD and event.filename and received is None
                        part = _Part(event.filename or "", file, most_bytes) if wanted else None
                    elif part is None:
                        continue
                    elif event:
                        part.take(event)
                    else:
                        received, part = part.end(), None
                if parser.closed:
                    break
    except (MultipartError, ValueError) as error:
        raise Problem("malformed-request", 400) from error
    if received is None or received.size_bytes == 0:
        raise Problem("upload-empty", 422)
    return received


def too_large(most_bytes: int) -> Problem:
    return Problem("upload-too-large", 413, limit=max(1, most_bytes // MEGABYTE))
