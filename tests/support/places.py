"""Folders for tests of what runs under another account: pytest's own are closed to everybody but their owner."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def open_place() -> Iterator[Path]:
    """A folder that every account may pass through."""
    place = Path(tempfile.mkdtemp(prefix="sokhach-test-"))
    place.chmod(0o711)
    try:
        yield place
    finally:
        shutil.rmtree(place)


def as_ordinary_user(work: Callable[[], str]) -> str:
    """What `work` returns when somebody without root's powers runs it; an error comes back as its name and text."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reader)
        os.write(writer, _outcome(work).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        outcome = told.read().decode()
    os.waitpid(child, 0)
    return outcome


def _outcome(work: Callable[[], str]) -> str:
    try:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        return work()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
