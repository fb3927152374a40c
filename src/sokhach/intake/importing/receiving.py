"""The uploaded file, brought into UTF-8 without a mark, and what its beginning shows."""

import codecs
from pathlib import Path
from typing import BinaryIO

import msgspec

from sokhach.intake.importing import reading
from sokhach.intake.importing.columns import guess
from sokhach.intake.importing.reading import HEAD_BYTES, Form, UnreadableError

PIECE = 1 << 20
SAMPLE_ROWS = 200
SHOWN_ROWS = 5
MOST_SENDERS = 60
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PACKED = {b"PK\x03\x04": "excel", b"\xd0\xcf\x11\xe0": "excel", b"\x1f\x8b": "packed"}


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the beginning of a file shows. `rows`: the first ones, by column; `senders`: who writes in it."""

    columns: list[str]
    rows: list[dict[str, str]]
    guess: dict[str, str]
    values: dict[str, list[str]]


def prepare(path: Path, into: Path) -> tuple[Form, Head, int]:
    """Writes the file as it will be read from now on; returns how, what it begins with, and its size in bytes. Runs in
    a thread. Raises `UnreadableError`."""
    with path.open("rb") as file:
        start = file.read(4)
        for mark, reason in _PACKED.items():
            if start.startswith(mark):
                raise UnreadableError(reason)
        encodings = [encoding for mark, encoding in _MARKS if start.startswith(mark)] or ["utf-8", "cp1258"]
        size = _transcode(file, into, encodings)
    with into.open("rb") as file:
        head = file.read(HEAD_BYTES)
    form = reading.recognise(head, whole=size <= HEAD_BYTES)
    return form, _head(form, head, last=size <= HEAD_BYTES), size


def _transcode(file: BinaryIO, into: Path, encodings: list[str]) -> int:
    for encoding in encodings:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        size = 0
        try:
            with into.open("wb") as out:
                while piece := file.read(PIECE):
                    size += out.write(decoder.decode(piece).encode())
                size += out.write(decoder.decode(b"", final=True).encode())
        except UnicodeError:
            continue
        return size
    raise UnreadableError("binary")


def _head(form: Form, head: bytes, *, last: bool) -> Head:
    found = reading.read(form, head[form.begins_at :], form.first_line, last=last, limit=SAMPLE_ROWS)
    rows = [dict(record.cells) for record in found.records if record.cells is not None]
    if not rows:
        raise UnreadableError("empty")
    columns = list(form.columns) or list(dict.fromkeys(name for row in rows for name in row))[: reading.MOST_COLUMNS]
    shown = [{name: row.get(name, "")[:200] for name in columns} for row in rows[:SHOWN_ROWS]]
    values: dict[str, list[str]] = {}
    for name in columns:
        seen = list(dict.fromkeys(row[name] for row in rows if row.get(name)))
        # A column of few short words may say who writes, which way, or on which account.
        if len(seen) <= MOST_SENDERS and all(len(one) <= 60 for one in seen):
            values[name] = seen
    return Head(
        columns=columns,
        rows=shown,
        guess={str(field): column for field, column in guess(columns).items()},
        values=values,
    )
