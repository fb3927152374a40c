"""Where files lie: the folder, and a bucket over its own protocol."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import pytest

from sokhach.core.config import ConfigError, Settings, load
from sokhach.core.storage import DRAFTS, FOLDER, MissingError, Storage, StorageError, new_key

PLAIN = Settings(secret_key="x" * 20)


class Bucket:
    """As much of S3 as an object needs: PUT, GET with a range, and deleting several."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.down = False

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
            except (asyncio.IncompleteReadError, asyncio.CancelledError):
                break
            method, target, _ = head.split(" ", 2)
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head.split("\r\n")[1:])}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            assert "authorization" in headers
            status, answer, more = self.answer(method, unquote(urlsplit(target).path), headers, body)
            writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(answer)}\r\n{more}\r\n".encode() + answer)
            await writer.drain()
        writer.close()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[str, bytes, str]:
        about = 'etag: "1"\r\nlast-modified: Sun, 22 Nov 2026 04:00:00 GMT\r\n'
        if self.down:
            return "403 Forbidden", b"", ""
        if method == "PUT":
            self.objects[path] = body
            return "200 OK", b"", about
        if method == "POST":  # DeleteObjects
            keys = re.findall(r"<Key>([^<]+)</Key>", body.decode())
            for key in keys:
                self.objects.pop(f"{path}/{key}", None)
            gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return "200 OK", f"<DeleteResult>{gone}</DeleteResult>".encode(), ""
        if path not in self.objects:
            return "404 Not Found", b"", ""
        content = self.objects[path]
        if "range" not in headers:
            return "200 OK", content, about
        first, _, last = headers["range"].removeprefix("bytes=").partition("-")
        end = min(int(last) + 1, len(content))
        part = content[int(first) : end]
        return "206 Partial Content", part, f"{about}content-range: bytes {first}-{end - 1}/{len(content)}\r\n"


@pytest.fixture
async def bucket(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bucket]:
    running = Bucket()
    listening = await asyncio.start_server(running.handle, "127.0.0.1", 0)
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}",
        "AWS_ACCESS_KEY_ID": "id",
        "AWS_SECRET_ACCESS_KEY": "key",
        "AWS_REGION": "ap-southeast-1",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    yield running
    listening.close()


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, bucket: Bucket) -> Storage:
    url = "s3://files/so-khach" if request.param == "bucket" else ""
    return Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path, storage_url=url))


class TestStorage:
    async def test_what_is_put_is_there(self, storage: Storage) -> None:
        key = new_key()
        await storage.put(key, b"one")
        assert await storage.read(key) == b"one"
        with storage.draft() as path:
            path.write_bytes(b"another" * 200_000)
            await storage.put(key, path)
        assert await storage.read(key) == b"another" * 200_000

    async def test_parts(self, storage: Storage) -> None:
        content = bytes(range(256)) * 8000
        await storage.put("ab/part", content)
        for start, end in ((0, 1), (7, 1_900_000), (2_047_999, 2_048_000), (5, 5)):
            assert b"".join([piece async for piece in storage.stream("ab/part", start, end)]) == content[start:end]

    async def test_what_is_not_there(self, storage: Storage) -> None:
        with pytest.raises(MissingError):
            await storage.read("ab/none")
        with pytest.raises(MissingError):
            await anext(storage.stream("ab/none", 0, 10))
        await storage.delete(["ab/none"])

    async def test_deleted(self, storage: Storage) -> None:
        await storage.put("ab/one", b"1")
        await storage.delete(["ab/one", "ab/two"])
        with pytest.raises(MissingError):
            await storage.read("ab/one")


class TestFolder:
    async def test_is_ours_alone(self, tmp_path: Path) -> None:
        storage = Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path / "new" / "data"))
        await storage.put(new_key(), b"x")
        with storage.draft() as path:
            assert path.stat().st_mode & 0o777 == 0o600
            folders = [tmp_path / "new" / "data" / FOLDER, tmp_path / "new" / "data" / DRAFTS]
            for found in (one for folder in folders for one in (folder, *folder.rglob("*"))):
                assert found.stat().st_mode & 0o077 == 0, found
        assert not path.exists()

    async def test_an_open_folder_is_closed(self, tmp_path: Path) -> None:
        (tmp_path / FOLDER).mkdir(mode=0o755)
        Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path))
        assert (tmp_path / FOLDER).stat().st_mode & 0o777 == 0o700

    async def test_one_that_cannot_be_written(self, tmp_path: Path) -> None:
        storage = Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path))
        (tmp_path / FOLDER / "ab").write_bytes(b"a file where a folder should be")
        with pytest.raises(StorageError):
            await storage.put("ab/one", b"x")


class TestBucket:
    async def test_holds_files_under_its_path(self, tmp_path: Path, bucket: Bucket) -> None:
        storage = Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path, storage_url="s3://files/so-khach"))
        await storage.put("ab/one", b"x")
        assert bucket.objects == {"/files/so-khach/ab/one": b"x"}
        assert not (tmp_path / FOLDER).exists()

    async def test_one_that_refuses(self, tmp_path: Path, bucket: Bucket) -> None:
        storage = Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path, storage_url="s3://files"))
        bucket.down = True
        with pytest.raises(StorageError) as refused:
            await storage.read("ab/one")
        assert not isinstance(refused.value, MissingError)

    def test_an_address_of_no_storage(self, tmp_path: Path) -> None:
        for url in ("ftp://x/y", "nothing", "s3://"):
            with pytest.raises(StorageError):
                Storage.of(msgspec.structs.replace(PLAIN, data_dir=tmp_path, storage_url=url))


def test_a_start_with_such_an_address_is_refused() -> None:
    with pytest.raises(ConfigError, match="storage_url"):
        load(env={"SOKHACH_STORAGE_URL": "ftp://x/y"}, file=Path("none"))
    assert load(env={"SOKHACH_STORAGE_URL": "gs://x/y"}, file=Path("none")).settings.storage_url == "gs://x/y"


def test_keys_tell_nothing_and_differ() -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(len(key) == 35 and key[:2] == key[3:5] for key in keys)
