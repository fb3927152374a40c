"""What a crash leaves behind: a postmaster without supervisor, backends without postmaster, stale pid files."""

import shutil
import signal
from pathlib import Path

import psutil

from sokhach.core import process
from sokhach.core.embedded.cluster import DRAFT, PORT

PID_FILE = "postmaster.pid"
_POSTMASTER_LADDER = ((signal.SIGINT, 5.0), (signal.SIGQUIT, 5.0))
_BACKEND_LADDER = ((signal.SIGQUIT, 5.0),)


def clear(cluster: Path, socket_folder: Path) -> int:
    """Ends every PostgreSQL process of this cluster and removes the files that name dead ones.

    Only for the holder of the data folder's lock. Returns how many processes it ended.
    """
    found = processes_of(cluster)
    process.end([living for living in found if living.pid == _postmaster_pid(cluster)], *_POSTMASTER_LADDER)
    process.end(processes_of(cluster), *_BACKEND_LADDER)
    # A stale file whose number now belongs to somebody else would make PostgreSQL refuse to start.
    (cluster / PID_FILE).unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (socket_folder / name).unlink(missing_ok=True)
    return len(found)


def clear_drafts(home: Path) -> None:
    """Removes what set-ups that were killed have made so far. What resists is left for the next start."""
    for draft in home.glob(f"{DRAFT}*"):
        process.end(processes_of(draft), *_BACKEND_LADDER)
        shutil.rmtree(draft, ignore_errors=True)


def processes_of(cluster: Path) -> list[psutil.Process]:
    """The living PostgreSQL processes whose data folder is `cluster`: each of them stands in it."""
    return [candidate for candidate in psutil.process_iter() if _belongs(candidate, cluster)]


def _belongs(candidate: psutil.Process, cluster: Path) -> bool:
    try:
        return candidate.name() == "postgres" and Path(candidate.cwd()) == cluster and process.lives(candidate)
    except (psutil.Error, OSError):
        return False


def _postmaster_pid(cluster: Path) -> int | None:
    lines = pid_file_lines(cluster)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def pid_file_lines(cluster: Path) -> list[str]:
    """Lines of `postmaster.pid`: 0 = pid, 4 = socket folder, 7 = state ("ready"). Empty when there is none."""
    try:
        return [line.strip() for line in (cluster / PID_FILE).read_text("utf-8").splitlines()]
    except FileNotFoundError:
        return []
