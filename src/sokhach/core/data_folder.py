"""The data folder: whose it is, that one `sokhach run` has it at a time, and what it says about itself."""

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec

from sokhach.core.files import check_free, refusals, write_whole
from sokhach.core.startup import AlreadyRunningError, ForeignFolderError, NewerFolderError

MARKER = "sokhach.json"
LOCK = "lock"
FORMAT = 1
# What may lie in the folder before its marker: the lock, a half-written marker, and what processes can make
# that are started one by one.
_BEFORE_MARKER = frozenset({LOCK, f"{MARKER}.draft", "secret.key", "media", "drafts"})


class Marker(msgspec.Struct, kw_only=True):
    """Content of `sokhach.json`. `id` names the folder wherever it lies."""

    product: str = "sokhach"
    format: int = FORMAT
    id: str = msgspec.field(default_factory=lambda: secrets.token_hex(6))


class RunningProcess(msgspec.Struct):
    name: str
    pid: int
    started_at: float


class Running(msgspec.Struct):
    """Content of `lock`: who holds the folder, the processes that it started, and where its web process listens."""

    pid: int
    children: list[RunningProcess]
    host: str = ""
    port: int = 0


class DataFolder:
    """An open data folder. Holds `lock` until `close` or the end of the process."""

    def __init__(self, path: Path, marker: Marker, lock: int, previous: Running | None) -> None:
        self.path = path
        self.id = marker.id
        self.previous = previous
        """What the last holder left behind when it did not close: its children may still live."""
        self._lock = lock
        self._host, self._port = "", 0

    @classmethod
    def open(cls, path: Path, *, needed_mb: int | None = None) -> Self:
        """Makes the folder when it is missing, takes its lock, writes its marker.

        Raises `ForeignFolderError`, `NotWritableError`, `AlreadyRunningError`, `NewerFolderError`, `DiskFullError`.
        """
        path = path.absolute()
        with refusals(path):
            _refuse_foreign(path)
            path.mkdir(parents=True, exist_ok=True)
            lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            previous = _take(lock, path)
            with refusals(path):
                # Root's database runs under another account, which must be able to pass through.
                path.chmod(0o711 if os.geteuid() == 0 else 0o700)
                check_free(path) if needed_mb is None else check_free(path, needed_mb)
                marker = _marker(path)
        except BaseException:
            os.close(lock)
            raise
        folder = cls(path, marker, lock, previous)
        folder.note([])
        return folder

    def serves_at(self, host: str, port: int) -> None:
        """For commands beside us, which tell people where to go: `--port` is known to nobody else. Noted with the next
        `note`."""
        self._host, self._port = host, port

    def note(self, children: list[RunningProcess]) -> None:
        """Records the living children, so that the next holder can end those that outlive a crash."""
        # A disk that is full now must not end a run; the record only helps after a crash.
        with suppress(OSError):
            _write(
                self._lock,
                msgspec.json.encode(Running(pid=os.getpid(), children=children, host=self._host, port=self._port)),
            )

    def close(self) -> None:
        """Gives the lock back. Call it when every child has ended."""
        _write(self._lock, b"")
        os.close(self._lock)


def _refuse_foreign(path: Path) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise ForeignFolderError(folder=path)
    names = {entry.name for entry in path.iterdir()}
    if MARKER not in names and names - _BEFORE_MARKER:
        raise ForeignFolderError(folder=path)


def _take(lock: int, path: Path) -> Running | None:
    content = os.pread(lock, 65_536, 0)
    try:
        running = msgspec.json.decode(content, type=Running)
    except msgspec.DecodeError:
        running = None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunningError(folder=path, pid=running.pid if running else "?") from None
    return running


def _marker(path: Path) -> Marker:
    file = path / MARKER
    if not file.exists():
        write_whole(file, msgspec.json.format(msgspec.json.encode(Marker())) + b"\n", 0o644)
    try:
        marker = msgspec.json.decode(file.read_bytes(), type=Marker)
    except msgspec.DecodeError:
        raise ForeignFolderError(folder=path) from None
    if marker.product != "sokhach":
        raise ForeignFolderError(folder=path)
    if marker.format > FORMAT:
        raise NewerFolderError(folder=path, found=marker.format, known=FORMAT)
    return marker


def _write(lock: int, content: bytes) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, content, 0)


def running(path: Path) -> Running | None:
    """Who holds the folder now, as far as anybody can tell without taking it."""
    try:
        return msgspec.json.decode((path / LOCK).read_bytes(), type=Running)
    except (OSError, msgspec.DecodeError):
        return None
