"""Files that come in chunks, and what became of them."""

import msgspec

from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.media import Given, checksum, content_type_of
from sokhach.sandbox.store import Store
from sokhach.sandbox.web.contents import Contents


class Upload(msgspec.Struct, kw_only=True):
    """`kind`: photo, file or thumb. `target`: the thread for which it was uploaded."""

    upload_id: str
    uid: str
    kind: str
    target: str
    client_id: str
    name: str
    size: int
    chunks: int
    url: str | None = None
    thumb: str | None = None
    checksum: str | None = None
    finished_ms: int | None = None


class Chunk(msgspec.Struct):
    chunk: int
    content: bytes


class Uploads:
    def __init__(self, store: Store, clock: SimulatedClock, contents: Contents) -> None:
        self._store = store
        self._clock = clock
        self._contents = contents
        newest = store.value("SELECT max(CAST(upload_id AS INTEGER)) FROM web_upload")
        self._last_id = max(int(newest or 0), 880_000_000_000)

    def new_id(self) -> str:
        self._last_id += 7
        return str(self._last_id)

    def of_client(self, uid: str, kind: str, client_id: str) -> Upload | None:
        sql = "SELECT * FROM web_upload WHERE uid = ? AND kind = ? AND client_id = ?"
        return self._store.one(Upload, sql, (uid, kind, client_id))

    def finished(self, uid: str, kind: str, upload_id: str) -> Upload | None:
        """An own upload that is whole."""
        sql = "SELECT * FROM web_upload WHERE upload_id = ? AND uid = ? AND kind = ? AND finished_ms IS NOT NULL"
        return self._store.one(Upload, sql, (upload_id, uid, kind))

    def begin(self, upload: Upload) -> None:
        self._store.upsert("web_upload", upload, "upload_id")

    def add(self, upload: Upload, number: int, content: bytes) -> bytes | None:
        """The whole when this was the last chunk that was missing."""
        sql = "INSERT OR REPLACE INTO web_chunk (upload_id, chunk, content) VALUES (?, ?, ?)"
        self._store.write(sql, (upload.upload_id, number, content))
        sql = "SELECT chunk, content FROM web_chunk WHERE upload_id = ? ORDER BY chunk"
        there = self._store.all(Chunk, sql, (upload.upload_id,))
        return b"".join(each.content for each in there) if len(there) == upload.chunks else None

    def finish(self, upload: Upload, content: bytes) -> Upload:
        given = Given(upload.name, content_type_of(upload.name), content)
        upload.url = self._contents.keep(given)
        upload.thumb = upload.url
        upload.checksum = checksum(content)
        upload.finished_ms = self._clock.now_ms()
        with self._store.transaction():
            self._store.upsert("web_upload", upload, "upload_id")
            self._store.write("DELETE FROM web_chunk WHERE upload_id = ?", (upload.upload_id,))
        return upload
