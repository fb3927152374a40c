"""The database cluster on disk: made once in a draft folder and renamed, configured anew at every start."""

import asyncio
import os
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import Mapping
from pathlib import Path

from sokhach.core.embedded.account import Account
from sokhach.core.embedded.credentials import ADMIN, DATABASE, OWNER, Credentials
from sokhach.core.files import LEAST_FREE_MB, free_mb, size_mb, sync_folder, write_whole
from sokhach.core.process import die_with_parent
from sokhach.core.startup import DatabaseFailedError, DatabaseVersionError, DiskFullError

PORT = 5432
"""Names the socket file only: nothing listens on TCP."""

DRAFT = "postgres.new."
"""How the names of half-made clusters begin."""

_NO_SPACE = "No space left on device"

# Nobody reaches the socket's folder but us, and still every connection proves itself.
_ACCESS = """\
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
"""

# `ALTER SYSTEM` is the operator's way to change any of these: it is read later and wins.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "autovacuum_naptime": "20s",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_vacuum_insert_scale_factor": "0.1",
    "autovacuum_analyze_scale_factor": "0.05",
    "autovacuum_vacuum_cost_limit": "1000",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_startup_progress_interval": "5s",
    # A failing statement and its DETAIL line may quote what a customer wrote.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class Cluster:
    """The data folder of PostgreSQL at `home/postgres`, run under `account` by the programs in `binaries`."""

    def __init__(self, home: Path, binaries: Path, account: Account) -> None:
        self.folder = home / "postgres"
        self.account = account
        self._home = home
        self._binaries = binaries

    @property
    def postgres(self) -> Path:
        return self._binaries / "postgres"

    @property
    def exists(self) -> bool:
        return self.folder.exists()

    async def create(self, credentials: Credentials) -> None:
        """Makes the cluster with its roles and database. Interrupted at any instant, it can simply be called again."""
        # A name of its own: processes of an attempt that was killed may still write into theirs.
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=self._home))
        self.account.own(draft)
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        # Trusts everybody, yet nothing can connect: no server runs before the access rules are in place.
        await self._run("initdb", "-D", draft, "-U", ADMIN, *locale, "--data-checksums", "--auth=trust")
        await self._single_user(
            draft,
            f"ALTER ROLE {ADMIN} PASSWORD '{credentials.postgres}'",
            f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{credentials.sokhach_owner}'",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        )
        self._write(draft / "pg_hba.conf", _ACCESS)
        self._write(draft / "postgresql.conf", "include_if_exists 'sokhach.conf'\n")
        self._accept(draft)

    async def set_passwords(self, credentials: Credentials) -> None:
        """Gives the roles of a cluster that nobody uses the passwords of a new credentials file."""
        await self._single_user(
            self.folder,
            f"ALTER ROLE {ADMIN} PASSWORD '{credentials.postgres}'",
            f"ALTER ROLE {OWNER} PASSWORD '{credentials.sokhach_owner}'",
        )

    async def check_version(self) -> None:
        """Raises `DatabaseVersionError` when the cluster was made by another major version."""
        found = (self.folder / "PG_VERSION").read_text("ascii").strip()
        known = (await self._run("postgres", "--version")).split()[-1].partition(".")[0]
        if found != known:
            raise DatabaseVersionError(folder=self.folder, found=found, known=known)

    def configure(self, socket_folder: Path, changes: Mapping[str, str]) -> None:
        """Writes our settings and access rules; they follow the version of Sổ Khách, not the age of the cluster."""
        values = {**SETTINGS, "unix_socket_directories": f'"{socket_folder}"', **self._shared_memory(), **changes}
        lines = "".join(f"{name} = {_quoted(value)}\n" for name, value in values.items())
        self._write(self.folder / "sokhach.conf", f"# Written at every start. Use ALTER SYSTEM instead.\n{lines}")
        self._write(self.folder / "pg_hba.conf", _ACCESS)

    def _accept(self, draft: Path) -> None:
        draft.rename(self.folder)
        sync_folder(self._home)

    async def _single_user(self, folder: Path, *statements: str) -> None:
        command = ("--single", "-j", "-D", folder, "-c", "exit_on_error=on", "-c", "log_checkpoints=off", "postgres")
        await self._run("postgres", *command, entered="".join(f"{statement};\n\n" for statement in statements))

    async def _run(self, program: str, *arguments: str | Path, entered: str | None = None) -> str:
        process = await asyncio.create_subprocess_exec(
            self._binaries / program,
            *arguments,
            stdin=PIPE if entered else DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            cwd="/",
            env=environment(),
            preexec_fn=die_with_parent(signal.SIGKILL),
            start_new_session=True,
            **self.account.popen_options(),
        )
        try:
            output, _ = await process.communicate(entered.encode() if entered else None)
        except asyncio.CancelledError:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        text = output.decode("utf-8", "replace")
        if process.returncode != 0:
            raise failure(self._home, text)
        return text

    def _shared_memory(self) -> dict[str, str]:
        """Containers often have 64 MB of /dev/shm, too few for a parallel query, or none that we may write to."""
        shared = Path("/dev/shm")  # noqa: S108  (a look at its size)
        if self.account.can("test", "-w", shared) and size_mb(shared) >= 128:
            return {}
        return {"dynamic_shared_memory_type": "mmap"}

    def _write(self, path: Path, text: str) -> None:
        write_whole(path, text.encode())
        if self.account.foreign:
            os.chown(path, self.account.uid, self.account.gid)


def environment() -> dict[str, str]:
    """What PostgreSQL gets to see of ours: nothing that could change its settings, and English messages."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def failure(folder: Path, output: str) -> DatabaseFailedError | DiskFullError:
    """The startup error that PostgreSQL's last words amount to."""
    if _NO_SPACE in output:
        return DiskFullError(folder=folder, free_mb=free_mb(folder), needed_mb=LEAST_FREE_MB)
    return DatabaseFailedError(output="\n".join(output.strip().splitlines()[-12:]))


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
