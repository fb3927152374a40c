"""The sandbox's own little database: one SQLite file in WAL mode, or memory.

A committed write survives SIGKILL of the process (the pages are with the operating system); only a power cut may lose
the last moments, which nobody needs here and which makes a commit cost microseconds.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Row = TypeVar("Row", bound=msgspec.Struct)
Parameters = Sequence[Any] | dict[str, Any]

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "wal_autocheckpoint=10000",  # a checkpoint waits for the disk, and must not fall into every second of a burst
    "foreign_keys=ON",
    "busy_timeout=5000",
)

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS app (
    app_id TEXT PRIMARY KEY,
    app_secret TEXT NOT NULL,
    oa_secret TEXT NOT NULL,
    webhook_url TEXT,
    webhook_off_since_ms INTEGER,
    active INTEGER NOT NULL DEFAULT 1,
    callback_url TEXT,
    code_challenge TEXT,
    rate_limit_per_minute INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS oa (
    oa_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL REFERENCES app,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    enabled INTEGER NOT NULL DEFAULT 1,
    rate_limit_per_minute INTEGER,
    sub_quota_total INTEGER NOT NULL,
    sub_quota_remain INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS auth_code (
    code TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    code_challenge TEXT,
    expires_ms INTEGER NOT NULL,
    spent_ms INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS token (
    token TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    app_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    dead_ms INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS customer (
    user_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL REFERENCES oa,
    user_id_by_app TEXT NOT NULL,
    display_name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    follows INTEGER NOT NULL DEFAULT 0,
    unfollowed_ms INTEGER,
    last_interaction_ms INTEGER,
    wrote INTEGER NOT NULL DEFAULT 0,
    welcome_sent INTEGER NOT NULL DEFAULT 0,
    phone_on INTEGER NOT NULL DEFAULT 1,
    auto_seen_ms INTEGER,
    off_zalo INTEGER NOT NULL DEFAULT 0,
    refuses_messages INTEGER NOT NULL DEFAULT 0,
    shared_phone TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS customer_of_oa ON customer (oa_id, user_id);

CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY,
    msg_id TEXT NOT NULL UNIQUE,
    oa_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    src INTEGER NOT NULL CHECK (src IN (0, 1)),
    type TEXT NOT NULL,
    text TEXT,
    attachment TEXT,
    quote_msg_id TEXT,
    time_ms INTEGER NOT NULL,
    app_id TEXT,
    admin_id TEXT,
    replies INTEGER NOT NULL DEFAULT 0,
    receive_due_ms INTEGER,
    received_ms INTEGER,
    seen_due_ms INTEGER,
    seen_ms INTEGER
);
CREATE INDEX IF NOT EXISTS message_of_thread ON message (oa_id, user_id, time_ms, seq);
CREATE INDEX IF NOT EXISTS message_receive_due ON message (receive_due_ms) WHERE receive_due_ms IS NOT NULL;
CREATE INDEX IF NOT EXISTS message_seen_due ON message (seen_due_ms) WHERE seen_due_ms IS NOT NULL;

CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY,
    app_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    user_id TEXT,
    event_name TEXT NOT NULL,
    msg_id TEXT,
    timestamp TEXT NOT NULL,
    body BLOB NOT NULL,
    signature TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'acknowledged', 'abandoned', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    acknowledged_ms INTEGER,
    latency_ms REAL,
    last_status INTEGER,
    last_error TEXT,
    copy_of INTEGER,
    burst_id INTEGER
);
CREATE INDEX IF NOT EXISTS webhook_due ON webhook (due_ms, id) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS webhook_of_burst ON webhook (burst_id, state) WHERE burst_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS burst (
    id INTEGER PRIMARY KEY,
    oa_id TEXT NOT NULL,
    count INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER
);

CREATE TABLE IF NOT EXISTS demo (
    oa_id TEXT PRIMARY KEY,
    running INTEGER NOT NULL,
    messages_per_minute REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS demo_customer (
    oa_id TEXT NOT NULL,
    persona TEXT NOT NULL,
    user_id TEXT NOT NULL UNIQUE,
    scene INTEGER NOT NULL DEFAULT 0,
    stage TEXT NOT NULL DEFAULT 'resting',
    pending TEXT NOT NULL DEFAULT '[]',
    due_ms INTEGER,
    PRIMARY KEY (oa_id, persona)
) WITHOUT ROWID;
"""


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
        self._connection.executescript(SCHEMA)

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

    def all(self, into: type[Row], sql: str, parameters: Parameters = ()) -> list[Row]:
        rows = self._connection.execute(sql, parameters).fetchall()
        return [msgspec.convert(dict(row), into, strict=False) for row in rows]

    def one(self, into: type[Row], sql: str, parameters: Parameters = ()) -> Row | None:
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else msgspec.convert(dict(row), into, strict=False)

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
