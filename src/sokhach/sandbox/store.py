"""The sandbox's own little database: one SQLite file in WAL mode, or memory.

A committed write survives SIGKILL of the process (the pages are with the operating system); only a power cut may lose
the last moments, which nobody needs here and which makes a commit cost microseconds.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_origin

import msgspec

from sokhach.sandbox.schema import SCHEMA, UPGRADES

Row = TypeVar("Row", bound=msgspec.Struct)
Parameters = Sequence[Any] | dict[str, Any]

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "wal_autocheckpoint=10000",  # a checkpoint waits for the disk, and must not fall into every second of a burst
    "foreign_keys=ON",
    "busy_timeout=5000",
)


class Store:
    """Synchronous by design: each call takes microseconds, and no `await` can fall inside a transaction."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        path = ":memory:" if folder is None else str(folder / "sandbox.sqlite3")
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._depth = 0
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._build()

    def _build(self) -> None:
        """A new file gets today's schema; one of an older sandbox is brought up to it step by step."""
        fresh = self.value("SELECT count(*) FROM sqlite_master") == 0
        before = len(UPGRADES) if fresh else int(self.value("PRAGMA user_version"))
        for upgrade in UPGRADES[before:]:
            self._connection.executescript(upgrade)
        self._connection.executescript(SCHEMA)
        self._connection.execute(f"PRAGMA user_version = {len(UPGRADES)}")

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Nested blocks join the outermost one."""
        self._depth += 1
        if self._depth == 1:
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._depth == 1:
                self._connection.execute("ROLLBACK")
            raise
        else:
            if self._depth == 1:
                self._connection.execute("COMMIT")
        finally:
            self._depth -= 1

    def write(self, sql: str, parameters: Parameters = ()) -> int:
        """Number of rows changed."""
        return self._connection.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Key of the inserted row."""
        return self._connection.execute(sql, parameters).lastrowid or 0

    def upsert(self, table: str, row: msgspec.Struct, key: str, *, keep: Sequence[str] = ()) -> None:
        """Insert a struct, or replace the row of the same key (columns, joined by ", ") except what `keep` names.

        Fields are columns; lists and objects are kept as JSON text.
        """
        values = {name: _stored(value) for name, value in msgspec.structs.asdict(row).items()}
        changes = ", ".join(f"{name} = excluded.{name}" for name in values if name not in (*key.split(", "), *keep))
        self.write(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"
            f" ON CONFLICT ({key}) DO UPDATE SET {changes}",
            values,
        )

    def all(self, into: type[Row], sql: str, parameters: Parameters = ()) -> list[Row]:
        rows = self._connection.execute(sql, parameters).fetchall()
        return [_row(into, row) for row in rows]

    def one(self, into: type[Row], sql: str, parameters: Parameters = ()) -> Row | None:
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else _row(into, row)

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def pairs(self, sql: str, parameters: Parameters = ()) -> dict[str, int]:
        """A two-column query, such as counts by state."""
        return {str(row[0]): int(row[1]) for row in self._connection.execute(sql, parameters)}

    def remember(self, key: str, value: Any) -> None:
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, msgspec.json.encode(value).decode()))

    def recall(self, key: str, into: type[Row]) -> Row | None:
        value = self.value("SELECT value FROM meta WHERE key = ?", (key,))
        return None if value is None else msgspec.json.decode(value, type=into)

    def close(self) -> None:
        self._connection.close()


def _stored(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, list | dict) else value


def _row(into: type[Row], row: sqlite3.Row) -> Row:
    """JSON text becomes what the field's type wants; everything else is lenient, as SQLite has no booleans."""
    values = dict(row)
    for name in _json_fields(into):
        if isinstance(values.get(name), str):
            values[name] = msgspec.json.decode(values[name])
    return msgspec.convert(values, into, strict=False)


@cache
def _json_fields(into: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(into) if get_origin(field.type) in (list, dict))
