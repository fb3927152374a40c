"""Files of old conversations, and imports of them from upload to end."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.storage import Storage
from sokhach.intake.dump import dump
from sokhach.intake.importing import mapping as mappings
from sokhach.intake.importing import service
from sokhach.intake.importing.work import Importing
from tests.support.people import People

HEADER = ("Thời gian", "Mã khách", "Tên khách", "Chiều", "Nội dung", "Mã tin", "Nhân viên")
COLUMNS = {
    "time": "Thời gian",
    "thread": "Mã khách",
    "name": "Tên khách",
    "direction": "Chiều",
    "text": "Nội dung",
    "external_id": "Mã tin",
    "staff": "Nhân viên",
}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Row = tuple[datetime, str, str, str, str, str, str]


def row(
    at: datetime, thread: str, words: str, direction: str = "đến", *, name: str = "", id: str = "", staff: str = ""
) -> Row:
    return (at, thread, name, direction, words, id, staff)


def as_csv(rows: Sequence[Row], delimiter: str = ",", *, seconds: bool = True) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADER)
    form = "%d/%m/%Y %H:%M:%S" if seconds else "%d/%m/%Y %H:%M"
    writer.writerows((one[0].astimezone(ZONE).strftime(form), *one[1:]) for one in rows)
    return out.getvalue().encode()


def as_json(rows: Sequence[Row]) -> bytes:
    objects = [dict(zip(HEADER, (one[0].isoformat(), *one[1:]), strict=True)) for one in rows]
    return json.dumps({"đợt": 1, "messages": objects}, ensure_ascii=False).encode()


def as_lines(rows: Sequence[Row]) -> bytes:
    objects = (dict(zip(HEADER, (one[0].isoformat(), *one[1:]), strict=True)) for one in rows)
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode()


class Office:
    """An administrator and a worker."""

    def __init__(self, settings: Settings, owner_db: Database, web_db: Database, people: People) -> None:
        self.storage = Storage.of(settings)
        self.settings = settings
        self.owner_db = owner_db
        self.web_db = web_db
        self.admin = people.admin.actor

    def worker(self, bite: int = 7) -> Importing:
        return Importing(self.owner_db, self.storage, bite=bite)

    async def upload(self, content: bytes, tmp_path: Path, name: str = "cu.csv") -> int:
        path = tmp_path / "upload"
        path.write_bytes(content)
        prepared = await service.prepare(self.storage, path, name, "vi")
        async with self.web_db.transaction(self.admin) as connection:
            return await service.begin(connection, self.admin, prepared)

    async def check(
        self,
        import_id: int,
        account_id: int | None,
        *,
        columns: Mapping[str, str] = COLUMNS,
        ours: Sequence[str] = (),
        custodian_id: int | None = None,
        bite: int = 7,
    ) -> dict[str, int]:
        given: Any = dict(columns)
        mapping = mappings.Mapping(columns=given, ours=list(ours))
        async with self.web_db.transaction(self.admin) as connection:
            await service.check(connection, import_id, mapping, account_id=account_id, custodian_id=custodian_id)
        await self.drain(bite)
        [found] = await self.rows("SELECT state, preview, reason FROM history_import WHERE id = :id", id=import_id)
        assert found["state"] == "checked", found
        return found["preview"]

    async def start(self, import_id: int) -> None:
        async with self.web_db.transaction(self.admin) as connection:
            await service.start(connection, import_id)

    async def bring(self, content: bytes, account_id: int, tmp_path: Path, *, bite: int = 7, **more: Any) -> int:
        """From upload to end; returns the import."""
        import_id = await self.upload(content, tmp_path)
        await self.check(import_id, account_id, bite=bite, **more)
        await self.start(import_id)
        await self.drain(bite)
        return import_id

    async def undo(self, import_id: int) -> None:
        async with self.web_db.transaction(self.admin) as connection:
            await service.undo(connection, self.admin, import_id)
        await self.drain()

    async def drain(self, bite: int = 7) -> None:
        worker = self.worker(bite)
        while await worker.step():
            pass

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.owner_db.transaction() as connection:
            return [dict(one) for one in (await connection.execute(text(sql), values)).mappings()]

    async def found(self, import_id: int) -> dict[str, int]:
        [one] = await self.rows("SELECT found FROM history_import WHERE id = :id", id=import_id)
        return one["found"]

    async def told(self) -> list[bytes]:
        """The canonical dump."""
        async with self.owner_db.transaction() as connection:
            return [line async for line in dump(connection)]
