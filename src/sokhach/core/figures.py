"""The figures of all processes of one `sokhach run` in one answer: they share a folder of memory-mapped counters."""

import os
import shutil
from pathlib import Path

import psutil
from prometheus_client import REGISTRY, CollectorRegistry, ProcessCollector, generate_latest, multiprocess

# prometheus-client reads it once, when it is imported: whoever starts processes sets it for them.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def share(folder: Path) -> None:
    """Lets the processes that we start from now on keep their figures in `folder`, which begins empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[VARIABLE] = str(folder.absolute())


def latest() -> bytes:
    """All figures as Prometheus reads them; without a shared folder those of this process."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return generate_latest(REGISTRY)
    _forget_the_dead(Path(folder))
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    multiprocess.MultiProcessCollector(registry, path=folder)
    return generate_latest(registry)


def _forget_the_dead(folder: Path) -> None:
    """What a killed process counted stays; what it said of its present (sockets open …) ends with it."""
    for file in folder.glob("gauge_live*_*.db"):
        if not psutil.pid_exists(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)
