"""What administrators do with imports. The worker does the rest."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.audit import AuditAction, record
from sokhach.core.catalogue import Locale, say
from sokhach.core.database import wake
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.storage import Storage, new_key
from sokhach.intake.importing import receiving
from sokhach.intake.importing.mapping import Mapping, faults_of
from sokhach.intake.importing.reading import UnreadableError
from sokhach.intake.importing.receiving import Head

MOST_MB = 100
MOST_WAITING = 20
"""Imports that were begun and neither started nor thrown away."""
NAME_LONGEST = 200


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies in the storage, as it is read from now on."""

    name: str
    key: str
    form: dict[str, Any]
    head: dict[str, Any]
    begins_at: int
    first_line: int
    size_bytes: int


async def prepare(storage: Storage, path: Path, name: str, locale: Locale) -> Prepared:
    """Reads the beginning of an uploaded file and puts it into the storage. Raises `history-unreadable`."""
    with storage.draft() as clean:
        try:
            form, head, size = await asyncio.to_thread(receiving.prepare, path, clean)
        except UnreadableError as error:
            raise Problem("history-unreadable", 422, why=say(locale, f"import-unreadable.{error.reason}")) from error
        key = new_key()
        await storage.put(key, clean)
    return Prepared(
        name=Path(name.replace("\\", "/")).name.replace("\0", "")[:NAME_LONGEST] or "?",
        key=key,
        form=msgspec.to_builtins(form),
        head=msgspec.to_builtins(head),
        begins_at=form.begins_at,
        first_line=form.first_line,
        size_bytes=size,
    )


async def begin(connection: AsyncConnection, actor: Actor, prepared: Prepared) -> int:
    """Returns the import's id."""
    waiting = await connection.execute(
        text("SELECT count(*) FROM history_import WHERE state IN ('uploaded', 'checking', 'checked')")
    )
    if waiting.scalar_one() >= MOST_WAITING:
        raise Problem("history-too-many", 409, limit=MOST_WAITING)
    values = msgspec.structs.asdict(prepared) | {
        "form": _json(prepared.form),
        "head": _json(prepared.head),
        "by": actor.staff_id,
        "now": clock.now(),
    }
    return (await connection.execute(_BEGIN, values)).scalar_one()


async def check(
    connection: AsyncConnection,
    import_id: int,
    mapping: Mapping,
    *,
    account_id: int | None,
    custodian_id: int | None,
) -> None:
    """Has the whole file read by this mapping; nothing is written but what it would come to."""
    row = await _hold(connection, import_id)
    if row["state"] not in {"uploaded", "checking", "checked"}:
        raise Problem("history-not-now", 409)
    head = msgspec.convert(row["head"], Head)
    faults = faults_of(mapping, head.columns)
    if account_id is None and "account" not in mapping.columns:
        faults.append(Fault("account_id", "missing"))
    elif account_id is not None and not await _exists(connection, _ACCOUNT, account_id):
        faults.append(Fault("account_id", "choice"))
    if custodian_id is not None and not await _exists(connection, _CUSTODIAN, custodian_id):
        faults.append(Fault("custodian_id", "staff-inactive"))
    if faults:
        raise InvalidInput(faults)
    await connection.execute(
        _CHECK,
        {
            "id": import_id,
            "mapping": _json(mapping),
            "account": account_id,
            "custodian": custodian_id,
            "position": row["form"]["begins_at"],
            "line": row["form"]["first_line"],
        },
    )
    wake(connection)


async def start(connection: AsyncConnection, import_id: int) -> None:
    """Has everything imported that was new in the check; what is faulty is left out."""
    row = await _hold(connection, import_id)
    if row["state"] != "checked":
        raise Problem("history-not-now", 409)
    if not row["preview"]["new"]:
        raise Problem("history-nothing-new", 409)
    values = {
        "id": import_id,
        "position": row["form"]["begins_at"],
        "line": row["form"]["first_line"],
        "now": clock.now(),
    }
    await connection.execute(_START, values)
    counts = {name: row["preview"][name] for name in ("rows", "new", "known", "faulty")}
    about = {"file": row["name"], "account_id": row["account_id"], "custodian_id": row["custodian_id"]}
    await record(connection, AuditAction.HISTORY_IMPORT_START, import_id, after=about | counts)
    wake(connection)


async def undo(connection: AsyncConnection, actor: Actor, import_id: int) -> None:
    """Has all taken away that the import added, also while it runs."""
    row = await _hold(connection, import_id)
    if row["started_at"] is None or row["state"] not in {"running", "done", "failed"}:
        raise Problem("history-not-now", 409)
    await connection.execute(_UNDO, {"id": import_id, "by": actor.staff_id})
    await record(
        connection,
        AuditAction.HISTORY_IMPORT_UNDO,
        import_id,
        before={"file": row["name"], "messages": row["found"].get("new", 0)},
    )
    wake(connection)


async def discard(connection: AsyncConnection, import_id: int) -> None:
    """Throws one away that was never started; its file goes with the worker's next look."""
    row = await _hold(connection, import_id)
    if row["started_at"] is not None:
        raise Problem("history-not-now", 409)
    await connection.execute(
        text("UPDATE history_import SET state = 'discarded', ended_at = :now WHERE id = :id"),
        {"id": import_id, "now": clock.now()},
    )
    wake(connection)


async def _hold(connection: AsyncConnection, import_id: int) -> Any:
    found = await connection.execute(
        text("SELECT * FROM history_import WHERE id = :id FOR NO KEY UPDATE"), {"id": import_id}
    )
    row = found.mappings().one_or_none()
    if row is None or row["state"] == "discarded":
        raise not_found()
    return row


async def _exists(connection: AsyncConnection, statement: Any, id: int) -> bool:
    return (await connection.execute(statement, {"id": id})).first() is not None


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_BEGIN = text(
    """
    INSERT INTO history_import (state, name, size_bytes, storage_key, form, head, position, line, found, faults, sample,
        created_by, created_at)
    VALUES ('uploaded', :name, :size_bytes, :key, CAST(:form AS jsonb), CAST(:head AS jsonb), :begins_at, :first_line,
        '{}', '[]', '[]', :by, :now)
    RETURNING id
    """
)
_CHECK = text(
    """
    UPDATE history_import SET state = 'checking', mapping = CAST(:mapping AS jsonb), account_id = :account,
        custodian_id = :custodian, position = :position, line = :line, found = '{}', preview = NULL, faults = '[]',
        sample = '[]', reason = NULL
    WHERE id = :id
    """
)
_START = text(
    "UPDATE history_import SET state = 'running', position = :position, line = :line, found = '{}', faults = '[]',"
    " started_at = :now WHERE id = :id"
)
_UNDO = text(
    "UPDATE history_import SET state = 'undoing', undone_by = :by, undone = '{}', reason = NULL WHERE id = :id"
)
_ACCOUNT = text("SELECT FROM channel_account WHERE id = :id")
_CUSTODIAN = text("SELECT FROM staff WHERE id = :id AND suspended_at IS NULL AND role <> 'auditor'")
