"""Imports as administrators look at them."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.catalogue import Locale, explain, say
from sokhach.core.problems import Fault
from sokhach.intake.importing.mapping import Mapping

State = Literal["uploaded", "checking", "checked", "running", "done", "failed", "undoing", "undone", "discarded"]


class Named(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    name: str


class ImportCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of the file, those that are new, known already or faulty; conversations and customers that are new."""

    rows: int = 0
    new: int = 0
    known: int = 0
    faulty: int = 0
    threads: int = 0
    contacts: int = 0


class ImportGone(msgspec.Struct, frozen=True, kw_only=True):
    messages: int = 0
    conversations: int = 0
    contacts: int = 0


class HistoryImportRow(msgspec.Struct, kw_only=True):
    """`progress` is the share of the file that is read, 0 to 1. `reason_text` says why it failed. `counts` are those of
    the check until it is started, and then of the import itself. `gone`: what was taken away again."""

    id: int
    state: State
    reason_text: str | None
    name: str
    size_bytes: int
    account: Named | None
    custodian: Named | None
    progress: float
    counts: ImportCounts
    gone: ImportGone | None
    created_by: Named | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    undone_by: Named | None
    undone_at: datetime | None


class HistoryFault(msgspec.Struct, frozen=True, kw_only=True):
    """`line` of the file, from 1 (in a list of JSON: the number of the object); `path` is a field, or `row`; `text` is
    ready to be shown."""

    line: int
    path: str
    text: str


class SampleMessage(msgspec.Struct, frozen=True, kw_only=True):
    line: int
    direction: Literal["in", "out"]
    author: str
    kind: str
    text: str
    file_name: str | None
    sent_at: datetime
    known: bool


class SampleThread(msgspec.Struct, frozen=True, kw_only=True):
    """`there`: the conversation exists already."""

    key: str
    account_id: int
    title: str
    kind: Literal["direct", "group"]
    there: bool
    messages: list[SampleMessage]


class HistoryImport(HistoryImportRow, kw_only=True):
    """`rows` are the first of the file, by column; `values` of columns that have few; `guess` is field → column.
    `mapping` is what was said of it last."""

    columns: list[str]
    rows: list[dict[str, str]]
    values: dict[str, list[str]]
    guess: dict[str, str]
    mapping: Mapping | None
    preview: ImportCounts | None
    faults: list[HistoryFault]
    sample: list[SampleThread]


class HistoryImportPage(msgspec.Struct, kw_only=True):
    items: list[HistoryImportRow]
    next: int | None


class UndoPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What undoing takes away; and what it leaves, because something else came to it since."""

    messages: int
    conversations: int
    contacts: int
    conversations_kept: int
    contacts_kept: int


_SELECT = """
    SELECT h.*, a.name AS account_name, k.name AS custodian_name, c.name AS created_by_name, u.name AS undone_by_name
    FROM history_import h
    LEFT JOIN channel_account a ON a.id = h.account_id
    LEFT JOIN staff k ON k.id = h.custodian_id
    LEFT JOIN staff c ON c.id = h.created_by
    LEFT JOIN staff u ON u.id = h.undone_by
"""
_ONE = text(f"{_SELECT} WHERE h.id = :id")
_PAGE = text(
    f"{_SELECT} WHERE h.state <> 'discarded' AND h.id < coalesce(CAST(:before AS bigint), 9223372036854775807)"
    " ORDER BY h.id DESC LIMIT :limit"
)
_TO_UNDO = text("SELECT * FROM import_to_undo(:id)")


async def find(connection: AsyncConnection, import_id: int, locale: Locale) -> HistoryImport | None:
    row = (await connection.execute(_ONE, {"id": import_id})).mappings().one_or_none()
    if row is None:
        return None
    head: Dict[str, Any] = row["head"]
    return HistoryImport(
        **_row(row, locale),
        columns=head["columns"],
        rows=head["rows"],
        values=head["values"],
        guess=head["guess"],
        mapping=msgspec.convert(row["mapping"], Mapping) if row["mapping"] else None,
        preview=msgspec.convert(row["preview"], ImportCounts) if row["preview"] else None,
        faults=[_fault(one, locale) for one in row["faults"]],
        sample=msgspec.convert(row["sample"], list[SampleThread]),
    )


async def page(connection: AsyncConnection, locale: Locale, *, before: int | None, limit: int) -> HistoryImportPage:
    """The newest first, without what was thrown away unused."""
    rows = (await connection.execute(_PAGE, {"before": before, "limit": limit + 1})).mappings().all()
    items = [HistoryImportRow(**_row(row, locale)) for row in rows[:limit]]
    return HistoryImportPage(items=items, next=items[-1].id if len(rows) > limit else None)


async def to_undo(connection: AsyncConnection, import_id: int) -> UndoPreview:
    row = (await connection.execute(_TO_UNDO, {"id": import_id})).mappings().one()
    return UndoPreview(**row)


def _row(row: Dict[Any, Any], locale: Locale) -> dict[str, Any]:
    counted = row["found"] if row["started_at"] or row["state"] == "checking" else row["preview"] or row["found"]
    size = row["size_bytes"] or 1
    return {
        "id": row["id"],
        "state": row["state"],
        "reason_text": explain(locale, "import-reason", row["reason"]) if row["reason"] else None,
        "name": row["name"],
        "size_bytes": row["size_bytes"],
        "account": _named(row, "account_id", "account_name"),
        "custodian": _named(row, "custodian_id", "custodian_name"),
        "progress": round(min(1.0, row["position"] / size), 4),
        "counts": msgspec.convert(counted, ImportCounts),
        "gone": msgspec.convert(row["undone"], ImportGone) if row["undone"] else None,
        "created_by": _named(row, "created_by", "created_by_name"),
        "created_at": row["created_at"],
        "started_at": row["started_at"],
        "ended_at": row["ended_at"],
        "undone_by": _named(row, "undone_by", "undone_by_name"),
        "undone_at": row["undone_at"],
    }


def _named(row: Dict[Any, Any], id: str, name: str) -> Named | None:
    return Named(id=row[id], name=row[name]) if row[id] is not None and row[name] is not None else None


def _fault(stored: Sequence[Any], locale: Locale) -> HistoryFault:
    line, path, key, limit = stored
    field = say(locale, f"import-field.{path}")
    return HistoryFault(
        line=line,
        path=path,
        text=say(locale, "fault", field=field, message=Fault(path, key, limit).message(locale)),
    )
