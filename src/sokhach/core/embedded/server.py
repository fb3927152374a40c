"""PostgreSQL as our child: from the checks before its first start to the end of its last process."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import psutil

from sokhach.core.embedded import account as accounts
from sokhach.core.embedded import credentials as secrets
from sokhach.core.embedded import leftovers, sockets
from sokhach.core.embedded.cluster import PORT, Cluster, environment, failure
from sokhach.core.files import MEGABYTE, check_free, refusals
from sokhach.core.process import die_with_parent
from sokhach.core.startup import DatabaseStoppedError

Progress = Callable[[float, str], None]
"""Called about once a second while PostgreSQL is not ready: seconds waited, what its start-up process says it does."""

_POLL_SECONDS = 0.05
_LOG_LIMIT = 10 * MEGABYTE


class EmbeddedPostgres:
    """The PostgreSQL of one data folder. Whoever makes one holds the folder's lock (`DataFolder.open`).

    `changes` are PostgreSQL settings on top of `cluster.SETTINGS`.
    """

    def __init__(self, data_dir: Path, folder_id: str, *, changes: Mapping[str, str] | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._changes = changes or {}
        self.account = accounts.choose(self._data_dir, self._data_dir / "postgres")
        self._home = accounts.home(self.account, self._data_dir, folder_id)
        with refusals(self._home):
            self.socket_folder = sockets.folder_for(self._home, self.account)
        self._cluster = Cluster(self._home, accounts.binaries(self.account), self.account)
        self._log = self._data_dir / "postgres.log"
        self._credentials: secrets.Credentials | None = None
        self._log_start = 0

    @property
    def exists(self) -> bool:
        """Whether the cluster was made before."""
        return self._cluster.exists

    @property
    def cluster_folder(self) -> Path:
        return self._cluster.folder

    def owner_url(self, database: str = secrets.DATABASE) -> str:
        return _url(secrets.OWNER, self._known.sokhach_owner, self.socket_folder, database)

    def admin_url(self, database: str = "postgres") -> str:
        return _url(secrets.ADMIN, self._known.postgres, self.socket_folder, database)

    async def prepare(self) -> None:
        """Makes the cluster when there is none; ends what an earlier run left; writes the configuration.

        A first call interrupted at any instant leaves a folder on which the next one succeeds.
        """
        with refusals(self._home):
            if self._home != self._data_dir:
                check_free(self._home)
            known = secrets.read(self._data_dir)
            self._credentials = known or secrets.make(self._data_dir)
            existed = self._cluster.exists
            await asyncio.to_thread(leftovers.clear_drafts, self._home)
            if existed:
                await self._cluster.check_version()
                await asyncio.to_thread(self.clear)
            else:
                await self._cluster.create(self._credentials)
            self._cluster.configure(self.socket_folder, self._changes)
            if existed and not known:
                await self._cluster.set_passwords(self._credentials)
            self._keep_log_short()

    def clear(self) -> int:
        """Ends the processes of this cluster that have no supervisor any more, and says how many there were."""
        return leftovers.clear(self._cluster.folder, self.socket_folder)

    def spawn(self) -> subprocess.Popen[bytes]:
        """Starts the postmaster. It takes the fast way down when we die, even by `kill -9`."""
        with refusals(self._data_dir), self._log.open("ab") as log:
            self._log_start = log.tell()
            return subprocess.Popen(  # noqa: S603  (our own binary and folder)
                [self._cluster.postgres, "-D", self._cluster.folder],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509  (calls prctl and getppid only)
                start_new_session=True,
                **self.account.popen_options(),
            )

    async def wait_ready(self, postmaster: subprocess.Popen[bytes], progress: Progress | None = None) -> None:
        """Returns when it accepts connections, however long recovery takes.

        Raises `DatabaseFailedError` or `DiskFullError` when the postmaster ends instead.
        """
        loop = asyncio.get_running_loop()
        begun = told = loop.time()
        while not self.is_ready(postmaster):
            if postmaster.poll() is not None:
                raise failure(self._home, self._new_log_lines())
            if progress and loop.time() - told >= 1:
                told = loop.time()
                progress(told - begun, startup_phase(postmaster.pid))
            await asyncio.sleep(_POLL_SECONDS)

    def is_ready(self, postmaster: subprocess.Popen[bytes]) -> bool:
        lines = leftovers.pid_file_lines(self._cluster.folder)
        return len(lines) >= 8 and lines[0] == str(postmaster.pid) and lines[7] == "ready"

    @property
    def _known(self) -> secrets.Credentials:
        if self._credentials is None:
            raise RuntimeError("prepare() comes first")
        return self._credentials

    def _new_log_lines(self) -> str:
        with self._log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode("utf-8", "replace")

    def _keep_log_short(self) -> None:
        if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT:
            self._log.rename(self._log.with_suffix(".log.1"))
        os.close(os.open(self._log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))


def running_url(data_dir: Path, folder_id: str) -> str:
    """The owner's URL of the database that a `sokhach run` elsewhere keeps running on this folder.

    Raises `DatabaseStoppedError` when none runs.
    """
    found = secrets.read(data_dir)
    for home in (data_dir, accounts.SYSTEM_HOME / folder_id):
        lines = leftovers.pid_file_lines(home / "postgres")
        if found and len(lines) >= 8 and lines[7] == "ready" and psutil.pid_exists(int(lines[0])):
            return _url(secrets.OWNER, found.sokhach_owner, Path(lines[4]), secrets.DATABASE)
    raise DatabaseStoppedError(folder=data_dir)


def startup_phase(postmaster: int) -> str:
    """What the start-up process shows in the process list, such as `recovering 000000010000000000000007`."""
    try:
        children = psutil.Process(postmaster).children()
        titles = [" ".join(child.cmdline()) for child in children]
    except psutil.Error:
        return ""
    return next((title.partition("startup")[2].strip() for title in titles if "startup" in title), "")


def _url(user: str, password: str, socket_folder: Path, database: str) -> str:
    # The port is named so that a PGPORT in the environment does not matter.
    return f"postgresql+psycopg://{user}:{password}@/{database}?host={quote(str(socket_folder), safe='/')}&port={PORT}"
