"""Where files lie: a folder of the data folder, or a bucket (S3, Google Cloud Storage, Azure) named by `storage_url`.

Calls run in threads over obstore's plain interface: its asynchronous one may abort a process that ends right after.
"""

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from sokhach.core.config import Settings
from sokhach.core.files import LEAST_FREE_MB, free_mb, sync_folder

FOLDER = "media"
DRAFTS = "drafts"
CHUNK_BYTES = 512 * 1024
T = TypeVar("T")


class StorageError(Exception):
    """The storage cannot be reached, is full, or refuses us. Worth trying again."""


class MissingError(StorageError):
    """There is nothing under this key."""


class Storage:
    """Whole objects under keys. What `put` returned from is on disk, or with the provider."""

    def __init__(self, store: ObjectStore, *, drafts: Path, folder: Path | None = None) -> None:
        self._store = store
        self._drafts = drafts
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> "Storage":
        """The company's storage. Makes the folder; a bucket is not called yet.

        Credentials of a bucket are taken from the variables that its provider's own tools read. Raises `StorageError`
        for a URL that names no storage.
        """
        drafts = settings.data_dir / DRAFTS
        if settings.storage_url:
            try:
                return cls(from_url(settings.storage_url), drafts=drafts)
            except (BaseError, ValueError) as error:
                raise StorageError(f"storage_url: {error}") from error
        folder = (settings.data_dir / FOLDER).absolute()
        _private(folder)
        return cls(LocalStore(prefix=str(folder)), drafts=drafts, folder=folder)

    async def put(self, key: str, source: Path | bytes) -> None:
        """Stores a file or bytes, replacing what stood there."""
        await self._call(lambda: self._put(key, source))

    async def read(self, key: str) -> bytes:
        """The whole object, in memory: for what is known to be small."""
        return await self._call(lambda: bytes(obstore.get(self._store, key).bytes()))

    async def stream(self, key: str, start: int, end: int) -> AsyncGenerator[bytes]:
        """Bytes `start` to `end` (not included), in pieces."""
        while start < end:
            until = min(start + CHUNK_BYTES, end)
            piece = await self._call(
                lambda a=start, b=until: bytes(obstore.get_range(self._store, key, start=a, end=b))
            )
            if not piece:
                raise MissingError(key)
            yield piece
            start += len(piece)

    async def delete(self, keys: Sequence[str]) -> None:
        """Takes objects away; those that are not there are fine."""
        for key in keys:
            with suppress(MissingError):
                await self._call(lambda key=key: obstore.delete(self._store, key))

    @contextmanager
    def draft(self) -> Generator[Path]:
        """An empty file of our own for what is still coming in; it is gone on leaving."""
        _private(self._drafts)
        handle, name = tempfile.mkstemp(dir=self._drafts)
        os.close(handle)
        path = Path(name)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def sweep_drafts(self, before: float) -> None:
        """Drafts last touched before this time (seconds since 1970) belong to processes that died."""
        if self._drafts.is_dir():
            for path in self._drafts.iterdir():
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before:
                        path.unlink()

    def has_room(self) -> bool:
        """Whether the disks that we write to have more left than the least that the rest of the system needs."""
        _private(self._drafts)
        folders = {self._drafts, self._folder or self._drafts}
        return all(free_mb(folder) >= LEAST_FREE_MB for folder in folders)

    def _put(self, key: str, source: Path | bytes) -> None:
        obstore.put(self._store, key, source)
        if self._folder is not None:
            _settle(self._folder, self._folder / key)

    async def _call(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(work)
        except FileNotFoundError as error:
            raise MissingError from error
        except (BaseError, OSError) as error:
            raise StorageError(str(error)) from error


def new_key() -> str:
    """A name that nobody can guess and that says nothing of what it names."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def _private(folder: Path) -> None:
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _settle(root: Path, path: Path) -> None:
    """The file is ours alone, and it and its name outlive a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fchmod(handle, 0o600)
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = path.parent
    folder.chmod(0o700)
    sync_folder(folder)
    while folder != root:
        folder = folder.parent
        sync_folder(folder)
