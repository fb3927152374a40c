"""A web process of its own, over real HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from sokhach.core.config import Settings


@contextmanager
def served(settings: Settings, log: Path) -> Iterator[str]:
    """Runs `sokhach web` on a free port; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "SOKHACH_DATA_DIR": str(settings.data_dir),
        "SOKHACH_DATABASE_URL": settings.database_url,
        "SOKHACH_SECRET_KEY": settings.secret_key,
        "SOKHACH_METRICS_TOKEN": settings.metrics_token,
        "SOKHACH_PORT": str(port),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "sokhach", "web"], env=environment, stdout=output, stderr=output
        )
    try:
        _wait_until_alive(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_alive(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            httpx.get(f"{address}/healthz", trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"web did not start: {log.read_text('utf-8')}")
