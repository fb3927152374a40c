"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable

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


def end(processes: Iterable[psutil.Process], first: signal.Signals, patience_seconds: float) -> None:
    """Sends `first` to all, SIGKILL to those that live after `patience_seconds`; returns when all are gone."""
    living = [process for process in processes if _send(process, first)]
    _, stubborn = psutil.wait_procs(living, timeout=patience_seconds)
    for process in stubborn:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(stubborn)


def end_group(pid: int) -> None:
    """Kills whatever is left of the process group that the dead process `pid` led."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def wait_for(condition: Callable[[], bool], timeout_seconds: float, step_seconds: float = 0.02) -> bool:
    """Whether `condition` came true within the time."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(step_seconds)
    return True


def _send(process: psutil.Process, sent: signal.Signals) -> bool:
    try:
        process.send_signal(sent)
    except psutil.NoSuchProcess:
        return False
    return True
