"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import psutil

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sent: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` by which the kernel sends `sent` to the child when its parent dies, however it dies.

    Linux ties this to the *thread* that forks: call `Popen` from one that lives as long as the process. A change of
    user clears the setting; `Popen(user=…)` changes it before `preexec_fn`, so the two may be combined.
    """
    parent = os.getpid()

    def arm() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        if os.getppid() != parent:  # died between the fork and the line above
            os.kill(os.getpid(), signal.SIGKILL)

    return arm


def end(processes: Iterable[psutil.Process], *ladder: tuple[signal.Signals, float]) -> None:
    """Sends the ladder's signals, each with the seconds to obey it, at last SIGKILL; returns when none lives."""
    found = list(processes)
    for sent, patience_seconds in (*ladder, (signal.SIGKILL, float("inf"))):
        for process in filter(lives, found):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(sent)
        if wait_for(lambda: not any(map(lives, found)), patience_seconds):
            return


def lives(process: psutil.Process) -> bool:
    """Whether it still does something. A zombie does not, though nobody may ever collect it (in some containers)."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end_group(pid: int) -> None:
    """Kills whatever is left of the process group that the dead process `pid` led."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def wait_for(condition: Callable[[], bool], timeout_seconds: float, step_seconds: float = 0.02) -> bool:
    """Whether `condition` came true within the time."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(step_seconds)
    return True
