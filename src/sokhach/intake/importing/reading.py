"""Records from the bytes of a file, a window at a time: CSV, JSON lines, or a list of objects in JSON. Pure.

A window begins where a record begins, and may end anywhere; what is not whole is left for the next one. Files are UTF-8
without a mark here: whatever came in was brought into it (`receiving`).
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, cast

import msgspec

from sokhach.core.text import nfc

DELIMITERS = ",;\t|"
HEAD_BYTES = 1_000_000
"""Within these a list in an object begins."""
RECORD_BYTES = 4_000_000
"""Longer ones are none."""
MOST_COLUMNS = 200
CELL_LONGEST = 50_000
_NAMES = ("messages", "data", "items", "conversations", "rows", "records", "tin_nhan", "tinnhan", "results", "list")
_SPACE = b" \t\r\n"
_HALF = re.compile("[\ud800-\udfff]")
_decode = json.JSONDecoder().raw_decode


class UnreadableError(Exception):
    """Neither CSV nor JSON of a kind that we know; `reason` is a slug of `import-reason.<reason>`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is read. `begins_at` is the byte of its first record, `first_line` its line (of a list: its number).
    `columns` are those of CSV; objects say themselves what they have."""

    kind: Literal["csv", "lines", "list"]
    begins_at: int
    first_line: int
    delimiter: str = ","
    columns: tuple[str, ...] = ()


class Record(NamedTuple):
    """One message as the file has it; `cells` None: nobody can read it, `fault` says why."""

    line: int
    cells: Mapping[str, str] | None
    fault: str | None = None


class Read(NamedTuple):
    """What a window held. `consumed` bytes were read, the next record is of line `next_line`. `ended`: nothing comes
    any more, whatever stands there."""

    records: list[Record]
    consumed: int
    next_line: int
    ended: bool = False


def recognise(head: bytes, *, whole: bool) -> Form:
    """What kind of file this is, from its first `HEAD_BYTES`. Raises `UnreadableError`."""
    if b"\0" in head:
        raise UnreadableError("binary")
    begin = _after_space(head, 0)
    if begin == len(head):
        raise UnreadableError("empty")
    if head[begin : begin + 1] == b"[":
        return Form(kind="list", begins_at=begin + 1, first_line=1)
    if head[begin : begin + 1] == b"{":
        return _of_objects(head, begin, whole=whole)
    return _csv(head)


def read(form: Form, window: bytes, line: int, *, last: bool, limit: int) -> Read:
    """At most `limit` records. `last`: the window reaches to the end of the file."""
    if form.kind == "csv":
        return _read_csv(form, window, line, last=last, limit=limit)
    if form.kind == "lines":
        return _read_lines(window, line, last=last, limit=limit)
    return _read_list(window, line, last=last, limit=limit)


def _csv(head: bytes) -> Form:
    text = head.decode("utf-8", "ignore")
    begins_at = 0
    first = text.split("\n", 1)[0].strip()
    # Excel says itself what divides cells.
    if first.lower().startswith("sep=") and len(first) == 5:
        delimiter, begins_at = first[4], len(text.split("\n", 1)[0].encode()) + 1
    else:
        delimiter = max(DELIMITERS, key=_unquoted(text).count)
    lines = 1 if begins_at else 0
    rows = csv.reader(_Lines(head[begins_at:].split(b"\n"), rest=True), delimiter=delimiter)
    for cells in rows:
        end = begins_at + sum(len(one) + 1 for one in head[begins_at:].split(b"\n")[: rows.line_num])
        if not any(cell.strip() for cell in cells):
            continue
        names = _named(cells)
        if len(names) < 2:
            raise UnreadableError("no-columns")
        return Form(
            kind="csv",
            begins_at=min(end, len(head)),
            first_line=lines + rows.line_num + 1,
            delimiter=delimiter,
            columns=names,
        )
    raise UnreadableError("empty")


def _unquoted(text: str) -> str:
    """The first lines without what stands in quotes."""
    head = "\n".join(text.splitlines()[:5])
    return "".join(part for number, part in enumerate(head.split('"')) if number % 2 == 0)


def _named(cells: list[str]) -> tuple[str, ...]:
    """Names of columns, each once."""
    names: list[str] = []
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    for number, cell in enumerate(cells[:MOST_COLUMNS], start=1):
        name = nfc(cell.strip())[:100] or f"#{number}"
        names.append(name if name not in names else f"{name} ({number})")
    return tuple(names)


class _Lines(Iterator[str]):
    """Lines for the CSV reader, with how many bytes they had. `asked_for_more`: it was in the middle of a record when
    nothing was left."""

    def __init__(self, lines: list[bytes], *, rest: bool) -> None:
        # What stands after the last end of line is a line of its own only when nothing follows it.
        self._lines = lines if rest and lines[-1] else lines[:-1]
        self._whole = lines[:-1]
        self._next = 0
        self.bytes = 0
        self.asked_for_more = False

    def __next__(self) -> str:
        if self._next == len(self._lines):
            self.asked_for_more = True
            raise StopIteration
        line = self._lines[self._next]
        self._next += 1
        self.bytes += len(line) + (1 if self._next <= len(self._whole) else 0)
        return line.decode("utf-8", "replace") + "\n"


def _read_csv(form: Form, window: bytes, line: int, *, last: bool, limit: int) -> Read:
    lines = _Lines(window.split(b"\n"), rest=last)
    rows = csv.reader(lines, delimiter=form.delimiter)
    records: list[Record] = []
    consumed, read_lines = 0, 0
    while len(records) < limit:
        fault = None
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error:
            cells, fault = [], "csv"
        if lines.asked_for_more and not last:
            break  # the record goes on in the next window
        number = line + read_lines
        consumed, read_lines = lines.bytes, rows.line_num
        if fault:
            records.append(Record(number, None, fault))
        elif any(cell.strip() for cell in cells):
            named = dict(zip(form.columns, map(_cell, cells), strict=False))
            records.append(Record(number, named))
    return Read(records, consumed, line + read_lines)


def _read_lines(window: bytes, line: int, *, last: bool, limit: int) -> Read:
    records: list[Record] = []
    consumed = 0
    while len(records) < limit and consumed < len(window):
        end = window.find(b"\n", consumed)
        if end < 0 and not last:
            break
        end = end if end >= 0 else len(window)
        piece = window[consumed:end].strip()
        if piece:
            records.append(_record(line, piece))
        consumed, line = min(end + 1, len(window)), line + 1
    return Read(records, consumed, line)


def _record(line: int, piece: bytes) -> Record:
    try:
        found: Any = msgspec.json.decode(piece)
    except (msgspec.DecodeError, RecursionError):
        try:
            found = json.loads(piece)  # which forgives half a character
        except (ValueError, RecursionError):
            return Record(line, None, "json")
    return _of(line, found)


def _of(line: int, found: Any) -> Record:
    if isinstance(found, dict):
        return Record(line, flat(cast("dict[str, Any]", found)))
    return Record(line, None, "no-object")


def _read_list(window: bytes, line: int, *, last: bool, limit: int) -> Read:
    # A character may be cut at the end; the rest of it comes again.
    text = window.decode("utf-8", "ignore" if not last else "replace")
    records: list[Record] = []
    at = done = 0
    ended = False
    while len(records) < limit:
        at = done
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at == len(text):
            done = at
            break
        if text[at] == "]":
            ended = True
            break
        try:
            found, end = _decode(text, at)
        except (ValueError, RecursionError):
            if last or len(text) - at > RECORD_BYTES:
                records.append(Record(line, None, "json-broken"))
                ended = True
            break
        if end == len(text) and not last:
            break  # a number may go on
        records.append(_of(line, found))
        line, done = line + 1, end
    return Read(records, len(text[:done].encode()), line, ended or (last and done == len(text)))


def flat(found: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """An object as cells: `{"from": {"name": "Lan"}}` has `from.name`; lists have their parts line by line."""
    cells: dict[str, str] = {}
    for name, value in list(found.items())[:MOST_COLUMNS]:
        key = f"{prefix}{_word(name)}"[:100]
        if isinstance(value, dict) and depth < 3:
            cells |= flat(cast("dict[str, Any]", value), f"{key}.", depth + 1)
        elif isinstance(value, list):
            parts = cast("list[Any]", value)[:50]
            objects = [flat(cast("dict[str, Any]", part), f"{key}.", 3) for part in parts if isinstance(part, dict)]
            for one in objects:
                for inner, word in one.items():
                    cells[inner] = f"{cells[inner]}\n{word}" if cells.get(inner) else word
            if words := [_cell(part) for part in parts if not isinstance(part, dict | list)]:
                cells[key] = "\n".join(words)
        else:
            cells[key] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _word(value).strip()[:CELL_LONGEST]


def _word(value: Any) -> str:
    """As the database takes it: JSON may tell of half a character."""
    return nfc(_HALF.sub("\N{REPLACEMENT CHARACTER}", str(value))).replace("\0", "")


def _of_objects(head: bytes, begin: int, *, whole: bool) -> Form:
    """JSON lines, or one object with a list in it: the one whose end is not in sight, else one that is named like a
    list of messages, else the longest."""
    text = head[begin:].decode("utf-8", "ignore")
    lists: list[tuple[int, int, str]] = []
    at = 1
    while True:
        at = _skip(text, at, " \t\r\n,")
        if at >= len(text) or text[at] == "}":
            break
        try:
            name, at = _decode(text, at)
            at = _skip(text, at, " \t\r\n:")
            opens = at
            value, at = _decode(text, at)
        except (ValueError, RecursionError):
            opens = at if at < len(text) and text[at] == "[" else -1
            if opens >= 0:
                lists.append((10**9, opens, ""))
            break
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rank = 10**6 - _NAMES.index(str(name).lower()) if str(name).lower() in _NAMES else 0
            lists.append((rank + len(cast("list[Any]", value)), opens, str(name)))
    closed = at < len(text) and text[at : at + 1] == "}"
    if closed and _is_line(text, at + 1, whole=whole):
        follows = _skip(text, at + 1, " \t\r\n") < len(text)
        if follows or not lists:
            return Form(kind="lines", begins_at=0, first_line=1)
    if not lists:
        raise UnreadableError("no-list")
    _, opens, _ = max(lists)
    return Form(kind="list", begins_at=begin + len(text[: opens + 1].encode()), first_line=1)


def _is_line(text: str, at: int, *, whole: bool) -> bool:
    """After an object's end: another one on a line below, or nothing."""
    follows = _skip(text, at, " \t\r\n")
    return (follows == len(text) and whole) or ("\n" in text[at:follows] and text[follows : follows + 1] == "{")


def _skip(text: str, at: int, what: str) -> int:
    while at < len(text) and text[at] in what:
        at += 1
    return at


def _after_space(head: bytes, at: int) -> int:
    while at < len(head) and head[at] in _SPACE:
        at += 1
    return at
