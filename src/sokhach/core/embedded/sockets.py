"""The private folder of the database's socket. A socket's path has room for 107 bytes."""

import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

from sokhach.core.embedded.account import Account
from sokhach.core.embedded.cluster import PORT

_LONGEST = 107
# Commas separate hosts; URL libraries disagree about blanks, plus and percent signs.
_USABLE = re.compile(r"[\w/.@~=-]+")


def folder_for(home: Path, account: Account) -> Path:
    """`home/socket`, or a short folder outside when the path would be too long. Made, private, the account's."""
    folder = home / "socket"
    if not _fits(folder):
        folder = _short(home, account)
    account.own(folder)
    return folder


def _fits(folder: Path) -> bool:
    path = str(folder / f".s.PGSQL.{PORT}")
    return len(os.fsencode(path)) <= _LONGEST and _USABLE.fullmatch(path) is not None


def _short(home: Path, account: Account) -> Path:
    name = f"sokhach-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"
    for base in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108  (checked to be ours)
        if not base or not _fits(Path(base, name)) or not account.can("test", "-x", base):
            continue
        if _ours(folder := Path(base, name), account):
            return folder
    # Somebody else sits on the name; a fresh one cannot be guessed.
    return Path(tempfile.mkdtemp(prefix="sokhach-", dir="/tmp"))


def _ours(folder: Path, account: Account) -> bool:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except OSError:
        return False
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid in {account.uid, os.geteuid()}
