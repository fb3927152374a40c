"""What a person said of a file, and what each of its records is by that. Pure."""

from collections.abc import Mapping as Dict
from datetime import datetime, timedelta, tzinfo
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from sokhach.channels.rules import IMPORTED
from sokhach.core.problems import Fault
from sokhach.core.text import fold
from sokhach.customers.rules import phone_of
from sokhach.intake.importing.columns import Field, direction_of, is_group, is_our_side, kind_of
from sokhach.intake.importing.reading import Record
from sokhach.intake.importing.times import EARLIEST, parse_time

TEXT_LONGEST = 20_000
NAME_LONGEST = 200
KEY_LONGEST = 200
ADDRESS_LONGEST = 2_000
Column = Annotated[str, Meta(max_length=100)]


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`columns`: field → column. `ours`: who in the column of senders is on our side. `zone`: of times that have none
    of their own; `month_first`: 03/04 is the 4th of March."""

    columns: dict[Field, Column]
    ours: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=500)] = []
    zone: Annotated[str, Meta(max_length=64)] = "Asia/Ho_Chi_Minh"
    month_first: bool = False


class Line(NamedTuple):
    """A message as it will be imported. `key` is the channel's id of the thread, when the file has it; without it the
    thread is found by `phone` (E.164) or `name`. `account` and `staff` are words of the file."""

    number: int
    account: str
    key: str
    phone: str
    name: str
    group: bool
    direction: Literal["in", "out"]
    sender: str
    staff: str
    text: str
    kind: str
    url: str
    file_name: str
    external_id: str
    at: datetime
    whole_minute: bool

    @property
    def thread_key(self) -> str:
        """What a thread is called that is not there yet."""
        if self.key:
            return self.key
        if self.group:
            return f"{IMPORTED}group:{fold(self.name)}"
        return IMPORTED + (self.phone or fold(self.name))


class LineFault(NamedTuple):
    number: int
    fault: Fault


class Reader:
    """Reads records by what a person said of their columns."""

    def __init__(self, mapping: Mapping, now: datetime) -> None:
        self._columns = mapping.columns
        self._ours = {fold(one) for one in mapping.ours}
        self._zone: tzinfo = ZoneInfo(mapping.zone)
        self._month_first = mapping.month_first
        self._latest = now + timedelta(days=1)

    def read(self, record: Record) -> Line | LineFault:
        if record.cells is None:
            return LineFault(record.line, Fault("row", f"row-{record.fault}"))
        try:
            return self._line(record.line, record.cells)
        except _Wrong as wrong:
            return LineFault(record.line, wrong.fault)

    def _line(self, number: int, cells: Dict[str, str]) -> Line:
        def cell(field: Field, longest: int) -> str:
            value = cells.get(self._columns.get(field, ""), "")
            if len(value) > longest:
                raise _Wrong(field, "too-long", longest)
            return value

        time = cell("time", 100)
        if not time:
            raise _Wrong("time", "blank")
        moment = parse_time(time, self._zone, month_first=self._month_first)
        if moment is None:
            raise _Wrong("time", "time-form")
        if not EARLIEST <= moment.at <= self._latest:
            raise _Wrong("time", "time-range")
        key, name = cell("thread", KEY_LONGEST), cell("name", NAME_LONGEST)
        group = is_group(cell("group", 100))
        raw_phone = cell("phone", 100)
        phone = (phone_of(raw_phone) if raw_phone else None) or ""
        if raw_phone and not phone and not key and not name:
            raise _Wrong("phone", "phone-form")
        if not key and not name and (group or not phone):
            raise _Wrong("thread", "thread-missing")
        if key.startswith(IMPORTED):
            raise _Wrong("thread", "form")
        text = cell("text", TEXT_LONGEST)
        url, file_name = _first(cell("attachment", ADDRESS_LONGEST)), _first(cell("file_name", 500))
        if url and not url.lower().startswith(("http://", "https://")):
            url, file_name = "", file_name or url.rpartition("/")[2]
        kind = kind_of(cell("kind", 100), file_name or url, text)
        if kind is None:
            raise _Wrong("text", "message-blank")
        sender, staff = cell("sender", NAME_LONGEST), cell("staff", NAME_LONGEST)
        return Line(
            number=number,
            account=cell("account", 200),
            key=key,
            phone=phone,
            name=name,
            group=group,
            direction=self._direction(cell("direction", 100), sender, staff, key, name),
            sender=sender,
            staff=staff,
            text=text,
            kind=kind,
            url=url,
            file_name=file_name,
            external_id=cell("external_id", KEY_LONGEST),
            at=moment.at,
            whole_minute=moment.whole_minute,
        )

    def _direction(self, word: str, sender: str, staff: str, key: str, name: str) -> Literal["in", "out"]:
        """By its own column; else by who wrote."""
        if word:
            found = direction_of(word)
            if found is None and fold(word) in self._ours:
                return "out"
            if found is None:
                raise _Wrong("direction", "direction-unknown")
            return found
        if sender:
            if fold(sender) in self._ours:
                return "out"
            if sender == key or (name and fold(sender) == fold(name)):
                return "in"
            return "out" if is_our_side(sender) else "in"
        if staff:
            return "out"
        if "direction" in self._columns:
            raise _Wrong("direction", "blank")
        if "sender" in self._columns:
            raise _Wrong("sender", "blank")
        return "in"


class _Wrong(Exception):
    def __init__(self, field: Field, key: str, limit: int | None = None) -> None:
        super().__init__(key)
        self.fault = Fault(field, key, limit)


def _first(cell: str) -> str:
    return cell.split("\n", 1)[0].strip()


def faults_of(mapping: Mapping, columns: list[str]) -> list[Fault]:
    """What is missing or cannot be in what a person said."""
    given = mapping.columns
    faults = [Fault(f"columns.{field}", "unknown") for field, column in given.items() if column not in columns]
    faults += [Fault("columns.time", "missing")] if "time" not in given else []
    if not {"text", "attachment", "file_name"} & set(given):
        faults.append(Fault("columns.text", "missing"))
    if not {"thread", "phone", "name"} & set(given):
        faults.append(Fault("columns.thread", "missing"))
    if not {"direction", "sender", "staff"} & set(given):
        faults.append(Fault("columns.direction", "missing"))
    try:
        ZoneInfo(mapping.zone)
    except (ValueError, OSError, KeyError):
        faults.append(Fault("zone", "choice"))
    return faults
