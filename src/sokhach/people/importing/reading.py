"""Tables from the files that people have: Excel (.xlsx) and CSV as programs in Vietnam write it. Pure."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date

from openpyxl import load_workbook

from sokhach.core.text import nfc

MOST_COLUMNS = 40
MOST_LINES = 5_000
MOST_UNPACKED_BYTES = 30_000_000
CELL_LONGEST = 1_000
_DELIMITERS = ",;\t|"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""Excel before 2007, or with a password."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class UnreadableError(Exception):
    """Neither Excel nor CSV, or damaged."""


class Line(tuple[int, tuple[str, ...]]):
    """Where it stands in the file, from 1, and its cells."""

    __slots__ = ()

    @property
    def number(self) -> int:
        return self[0]

    @property
    def cells(self) -> tuple[str, ...]:
        return self[1]


def read_table(content: bytes) -> list[Line]:
    """The lines that hold something, at most `MOST_LINES`. Raises `UnreadableError`."""
    if content.startswith(_OLD_OR_LOCKED):
        raise UnreadableError
    rows = _excel(content) if content.startswith(b"PK\x03\x04") else _csv(_decode(content))
    return [Line((number, _shorn(cells))) for number, cells in rows if any(cells)]


def _excel(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first sheet, with the values that its formulas had."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise UnreadableError
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
        read = [tuple(_text(value) for value in row) for row in rows]
        book.close()
    except UnreadableError:
        raise
    except Exception as error:  # whatever a damaged file makes zip, XML and openpyxl say
        raise UnreadableError from error
    yield from enumerate(read, start=1)


def _csv(content: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    if "\0" in content:
        raise UnreadableError
    delimiter = _delimiter(content)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=False)
    number = 1
    try:
        for row in reader:
            yield number, tuple(_text(cell) for cell in row[:MOST_COLUMNS])
            number = reader.line_num + 1
            if number > MOST_LINES:
                return
    except csv.Error as error:
        raise UnreadableError from error


def _delimiter(content: str) -> str:
    """What divides the first lines most often, outside quotes; Excel says it itself with `sep=;`."""
    head = re.sub(r'"[^"]*"', "", "\n".join(content.splitlines()[:5]))
    return max(_DELIMITERS, key=head.count)


def _decode(content: bytes) -> str:
    """UTF-8 or UTF-16 with a mark at its beginning, UTF-8, else the old Vietnamese code page of Windows."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, (encoding,))
    return _decoded(content, ("utf-8", "cp1258"))


def _decoded(content: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError


def _shorn(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without what is empty at the end."""
    last = max(index for index, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _text(value: object) -> str:
    """A cell as people see it: a phone number that Excel took for an amount is its digits."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        value = value.isoformat()
    # An apostrophe tells Excel that digits are text.
    found = re.sub(r"[ \t\u00a0]+", " ", nfc(str(value))).strip().removeprefix("'")
    return found.replace("\0", "")[:CELL_LONGEST]
