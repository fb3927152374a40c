"""Files that are whole or absent, whatever instant the power fails."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sokhach.core.startup import DiskFullError, NotWritableError

MEGABYTE = 1024 * 1024
LEAST_FREE_MB = 200


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replaces `path` in one step; on return both the content and the name are on disk."""
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, mode)
        file.write(content)
        file.flush()
        os.fsync(handle)
    draft.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_mb(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize // MEGABYTE


def size_mb(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_blocks * disk.f_frsize // MEGABYTE


def check_free(folder: Path, needed_mb: int = LEAST_FREE_MB) -> None:
    """Raises `DiskFullError` when fewer than `needed_mb` are free."""
    if (free := free_mb(folder)) < needed_mb:
        raise DiskFullError(folder=folder, free_mb=free, needed_mb=needed_mb)


@contextmanager
def refusals(folder: Path) -> Generator[None]:
    """Turns what the operating system says about writing to `folder` into the startup error that it means."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFullError(folder=folder, free_mb=free_mb(_existing(folder)), needed_mb=LEAST_FREE_MB) from error
        raise NotWritableError(folder=error.filename or folder, reason=error.strerror or str(error)) from error


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
