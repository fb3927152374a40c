"""Loop: checks, runs and undoes imports, a bite at a time. A bite and how far it came are one transaction: whoever dies
in between leaves the next one to begin where the last one ended, and nothing is done twice."""

import hashlib
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
import structlog
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.realtime import Notice, announce
from sokhach.core.storage import MissingError, Storage, StorageError
from sokhach.intake.importing import adding, knowing, placing, reading
from sokhach.intake.importing.mapping import Line, LineFault, Mapping, Reader
from sokhach.intake.importing.placing import Placed
from sokhach.intake.importing.reading import RECORD_BYTES, Form, Read
from sokhach.intake.importing.sampling import sample

log = structlog.get_logger()

BITE = 2_000
WINDOW = 1 << 20
MOST_ROWS = 1_000_000
MOST_FAULTS = 200
"""That are told one by one; all are counted."""
UNDO_BITE = 2_000
KEEP_UNUSED = timedelta(days=7)
TELL_EVERY_SECONDS = 0.5
EVERYTHING = "everything.changed"
COUNTS = ("rows", "new", "known", "faulty", "threads", "contacts")


class Importing:
    """One per worker. `database` is the owner's."""

    def __init__(self, database: Database, storage: Storage, *, bite: int = BITE) -> None:
        self._database = database
        self._storage = storage
        self._bite = bite
        self._told_at = 0.0

    async def step(self) -> int:
        """One bite; 0 when there is nothing to do. What goes wrong with an import ends that one, not the others."""
        async with self._database.transaction() as connection:
            row = (await connection.execute(_NEXT)).mappings().one_or_none()
        if row is None:
            return await self._sweep()
        try:
            return await (self._undo(row) if row["state"] == "undoing" else self._bite_of(row))
        except Exception as error:
            if _is_of_the_machine(error):
                raise
            log.exception("import_failed", import_id=row["id"])
            return await self._fail(row, "unexpected")

    async def _bite_of(self, row: RowMapping) -> int:
        try:
            read = await self._read(row)
        except MissingError:
            return await self._fail(row, "file-gone")
        if read is None:
            return await self._fail(row, "record-too-long")
        if row["found"].get("rows", 0) + len(read.records) > MOST_ROWS:
            return await self._fail(row, "too-many-rows")
        return await self._take(row, read)

    async def _read(self, row: RowMapping) -> Read | None:
        """The next records; None: one of them has no end."""
        form = msgspec.convert(row["form"], Form)
        size, at = row["size_bytes"], row["position"]
        window = WINDOW
        while True:
            until = min(at + window, size)
            piece = b"".join([part async for part in self._storage.stream(row["storage_key"], at, until)])
            read = reading.read(form, piece, row["line"], last=until == size, limit=self._bite)
            if read.records or read.ended or until == size:
                return read
            if read.consumed:
                return read
            if window > RECORD_BYTES:
                return None
            window *= 2

    async def _take(self, before: RowMapping, read: Read) -> int:
        async with self._database.transaction() as connection:
            row = await _hold(connection, before)
            if row is None:
                return 1  # somebody wants something else by now
            if row["state"] == "checking" and not row["found"]:
                await connection.execute(_FORGET_SEEN, {"id": row["id"]})
            mapping = msgspec.convert(row["mapping"], Mapping)
            reader = Reader(mapping, clock.now())
            lines: list[Line] = []
            faults: list[LineFault] = []
            for record in read.records:
                one = reader.read(record)
                if isinstance(one, Line):
                    lines.append(one)
                else:
                    faults.append(one)
            placed, unplaced = await placing.place(connection, lines, row["account_id"])
            known = await knowing.known(connection, row["id"], placed) | knowing.twice(placed)
            if row["state"] == "checking":
                counted, known = await self._count(connection, row["id"], placed, known)
            else:
                counted = await self._add(connection, row, [one for one in placed if one.line.number not in known])
            found = {name: row["found"].get(name, 0) for name in COUNTS}
            found["rows"] += len(read.records)
            found["faulty"] += len(faults) + len(unplaced)
            found["known"] += len(placed) - counted.messages
            found["new"] += counted.messages
            found["threads"] += counted.threads
            found["contacts"] += counted.contacts
            ended = read.ended or row["position"] + read.consumed >= row["size_bytes"]
            await connection.execute(
                _ADVANCE,
                {
                    "id": row["id"],
                    "position": row["position"] + read.consumed,
                    "line": read.next_line,
                    "found": _json(found),
                    "faults": _json(_kept_faults(row["faults"], [*faults, *unplaced])),
                    "sample": _json(sample(row["sample"], placed, known)),
                },
            )
            if ended:
                await self._end(connection, row, found)
            await self._tell(connection, row["id"], always=ended)
        return max(len(read.records), 1)

    async def _add(self, connection: AsyncConnection, row: RowMapping, placed: Sequence[Placed]) -> adding.Added:
        return await adding.add(connection, row["id"], placed, row["custodian_id"], clock.now())

    async def _count(
        self, connection: AsyncConnection, import_id: int, placed: Sequence[Placed], known: set[int]
    ) -> tuple[adding.Added, set[int]]:
        """What would be added. What the file names twice, and threads that would be new, are remembered meanwhile."""
        ids = {
            one.line.number: _key("id", *one.thread[:2], one.line.external_id)
            for one in placed
            if one.line.external_id and one.line.number not in known
        }
        unseen = await _see(connection, import_id, list(ids.values()))
        known = known | {number for number, key in ids.items() if key not in unseen}
        new = [one for one in placed if one.line.number not in known]
        missing = [one for one in new if one.thread.conversation_id is None]
        threads = await _see(connection, import_id, [_key("thread", *one.thread[:2]) for one in missing])
        direct = {_key("thread", *one.thread[:2]) for one in missing if one.thread.kind == "direct"}
        return adding.Added(messages=len(new), threads=len(threads), contacts=len(threads & direct)), known

    async def _end(self, connection: AsyncConnection, row: RowMapping, found: dict[str, int]) -> None:
        if row["state"] == "checking":
            await connection.execute(_CHECKED, {"id": row["id"], "preview": _json(found)})
            await connection.execute(_FORGET_SEEN, {"id": row["id"]})
            return
        await connection.execute(_DONE, {"id": row["id"], "now": clock.now()})
        await announce(connection, [Notice(kind=EVERYTHING)])
        log.info("history_imported", import_id=row["id"], added=found["new"], known=found["known"])

    async def _undo(self, before: RowMapping) -> int:
        async with self._database.transaction() as connection:
            row = await _hold(connection, before)
            if row is None:
                return 1
            taken = (await connection.execute(_UNDO, {"id": row["id"], "size": UNDO_BITE})).one_or_none()
            gone: dict[str, int] = dict(row["undone"] or {})
            if taken:
                for name in ("messages", "conversations", "contacts"):
                    gone[name] = gone.get(name, 0) + getattr(taken, name)
            await connection.execute(
                _UNDONE, {"id": row["id"], "undone": _json(gone), "now": clock.now(), "end": not taken}
            )
            if not taken:
                await announce(connection, [Notice(kind=EVERYTHING)])
                log.info("history_import_undone", import_id=row["id"], **gone)
            await self._tell(connection, row["id"], always=not taken)
        return 1

    async def _fail(self, before: RowMapping, reason: str) -> int:
        async with self._database.transaction() as connection:
            row = await _hold(connection, before)
            if row is not None:
                await connection.execute(_FAIL, {"id": row["id"], "reason": reason, "now": clock.now()})
                await connection.execute(_FORGET_SEEN, {"id": row["id"]})
                await self._tell(connection, row["id"], always=True)
        return 1

    async def _tell(self, connection: AsyncConnection, import_id: int, *, always: bool) -> None:
        """Those who look on, and not for every bite."""
        now = time.monotonic()
        if always or now - self._told_at >= TELL_EVERY_SECONDS:
            self._told_at = now
            payload = {"permission": "history_import:manage", "import_id": import_id}
            await announce(connection, [Notice(kind="history_import.changed", payload=payload)])

    async def _sweep(self) -> int:
        """Files that nobody needs any more; first they can no longer be used."""
        async with self._database.transaction() as connection:
            await connection.execute(_DISCARD, {"before": clock.now() - KEEP_UNUSED, "now": clock.now()})
            rows = (await connection.execute(_FILES)).all()
        if not rows:
            return 0
        await self._storage.delete([row.storage_key for row in rows])
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET_FILES, {"ids": [row.id for row in rows]})
        return len(rows)


def _is_of_the_machine(error: Exception) -> bool:
    """It is tried again, for it passes. Of a payload are SQLSTATEs of the classes 21, 22, 23 and 54."""
    if isinstance(error, DBAPIError):
        return not str(getattr(error.orig, "sqlstate", None) or "").startswith(("21", "22", "23", "54"))
    return isinstance(error, OSError | MemoryError | StorageError | SQLAlchemyError)


async def _hold(connection: AsyncConnection, before: RowMapping) -> RowMapping | None:
    """The import, for this transaction; None when it is no longer where it was when its file was read."""
    values = {"id": before["id"], "state": before["state"], "position": before["position"]}
    return (await connection.execute(_HOLD, values)).mappings().one_or_none()


async def _see(connection: AsyncConnection, import_id: int, keys: Sequence[bytes]) -> set[bytes]:
    """Those that this check meets for the first time."""
    if not keys:
        return set()
    values = {"id": import_id, "keys": sorted(set(keys))}
    return {bytes(key) for key in (await connection.execute(_SEE, values)).scalars()}


def _key(*parts: object) -> bytes:
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=16).digest()


def _kept_faults(before: list[Any], more: Sequence[LineFault]) -> list[Any]:
    added = [[one.number, one.fault.path, one.fault.key, one.fault.limit] for one in sorted(more)]
    return [*before, *added][:MOST_FAULTS]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_NEXT = text(
    "SELECT * FROM history_import WHERE state IN ('checking', 'running', 'undoing')"
    " ORDER BY CASE state WHEN 'checking' THEN 0 ELSE 1 END, id LIMIT 1"
)
_HOLD = text(
    "SELECT * FROM history_import WHERE id = :id AND state = :state AND position = :position FOR NO KEY UPDATE"
)
_ADVANCE = text(
    "UPDATE history_import SET position = :position, line = :line, found = CAST(:found AS jsonb),"
    " faults = CAST(:faults AS jsonb), sample = CAST(:sample AS jsonb) WHERE id = :id"
)
_CHECKED = text("UPDATE history_import SET state = 'checked', preview = CAST(:preview AS jsonb) WHERE id = :id")
_DONE = text("UPDATE history_import SET state = 'done', ended_at = :now WHERE id = :id")
_FAIL = text("UPDATE history_import SET state = 'failed', reason = :reason, ended_at = :now WHERE id = :id")
_UNDO = text("SELECT * FROM undo_import(:id, :size)")
_UNDONE = text(
    "UPDATE history_import SET undone = CAST(:undone AS jsonb), state = CASE WHEN :end THEN 'undone' ELSE state END,"
    " undone_at = CASE WHEN :end THEN CAST(:now AS timestamptz) ELSE undone_at END WHERE id = :id"
)
_SEE = text(
    "INSERT INTO history_import_seen (import_id, key) SELECT :id, key FROM unnest(CAST(:keys AS bytea[])) AS key"
    " ON CONFLICT DO NOTHING RETURNING key"
)
_FORGET_SEEN = text("DELETE FROM history_import_seen WHERE import_id = :id")
_DISCARD = text(
    "UPDATE history_import SET state = 'discarded', ended_at = :now"
    " WHERE state IN ('uploaded', 'checked') AND created_at < :before"
)
_FILES = text(
    "SELECT id, storage_key FROM history_import WHERE storage_key IS NOT NULL"
    " AND state IN ('done', 'failed', 'undone', 'discarded') LIMIT 100"
)
_FORGET_FILES = text("UPDATE history_import SET storage_key = NULL, sample = '[]' WHERE id = ANY (:ids)")
