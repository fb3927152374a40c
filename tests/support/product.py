"""The whole product as a user starts it: `sokhach run --demo` in a folder of its own, on ports of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil
import psycopg
from sqlalchemy.engine import make_url

from sokhach import demo
from sokhach.core.data_folder import MARKER, Marker
from sokhach.core.database import dsn
from sokhach.core.embedded import running_url
from tests.support.places import open_place
from tests.support.served import free_port

LOGIN = demo.STAFF[0][1]


class Product:
    """A running Sổ Khách with its simulated Zalo. Its demo has a history of `demo_days`."""

    def __init__(self, folder: Path, *, port: int, sandbox_port: int, demo: bool = True, demo_days: int = 0) -> None:
        self.folder = folder
        self.demo = demo
        self.demo_days = demo_days
        self.log = folder.parent / "run.log"
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.control = httpx.Client(base_url=f"http://127.0.0.1:{sandbox_port}/control", timeout=60, trust_env=False)
        self._sandbox_port = sandbox_port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, within_seconds: float = 120) -> None:
        environment = os.environ | {
            "SOKHACH_SANDBOX_PORT": str(self._sandbox_port),
            "SOKHACH_LOG_LEVEL": "warning",
            "SOKHACH_DEMO_DAYS": str(self.demo_days),
        }
        command = [
            sys.executable,
            "-m",
            "sokhach",
            "run",
            "--demo" if self.demo else "--no-demo",
            "--data",
            str(self.folder),
            "--port",
            str(self.port),
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.wait_ready(within_seconds)
        if self.demo:
            self._wait_connected(within_seconds)

    def stop(self) -> int:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def kill_everything(self) -> None:
        assert self.process
        for one in self.family():
            # Those who die with the first need no second blow.
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def family(self) -> list[psutil.Process]:
        assert self.process
        whole = psutil.Process(self.process.pid)
        return [whole, *whole.children(recursive=True)]

    def children(self, name: str) -> list[psutil.Process]:
        """`web`, `worker`, `sandbox`, or `postgres` (the postmaster first)."""
        found: list[psutil.Process] = []
        for one in self.family()[1:]:
            try:
                command = one.cmdline()
            except psutil.Error:
                continue
            if (name == "postgres" and any("postgres" in part for part in command[:1])) or command[-1:] == [name]:
                found.append(one)
        return found

    def wait_ready(self, within_seconds: float = 60) -> None:
        deadline = time.monotonic() + within_seconds
        while time.monotonic() < deadline:
            assert self.process is None or self.process.poll() is None, "the product has ended"
            try:
                if httpx.get(f"{self.address}/readyz", timeout=2, trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError("not ready in time")

    def _wait_connected(self, within_seconds: float) -> None:
        """Until the demo has its people and its OAs, and its customers write."""
        deadline = time.monotonic() + within_seconds
        while time.monotonic() < deadline:
            try:
                running = {one["oa_id"] for one in self.control.get("/demo").json() if one["running"]}
                if running >= {oa.oa_id for oa in demo.OAS}:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise AssertionError("the demo was not set up in time")

    def wait_filled(self, within_seconds: float = 120) -> None:
        """Until the demo's history is applied."""
        deadline = time.monotonic() + within_seconds
        while self.rows("SELECT state FROM demo") != [("running",)]:
            assert time.monotonic() < deadline, "the demo was not filled in time"
            time.sleep(0.5)

    def order(self, path: str, **body: Any) -> Any:
        """A POST to the sandbox's control API."""
        answer = self.control.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    @property
    def phone(self) -> str:
        """The address of the customer's phone."""
        return str(self.control.base_url).removesuffix("/").removesuffix("/control") + "/phone"

    def quiet(self) -> None:
        """The demo's own customers fall silent."""
        for one in self.control.get("/demo").json():
            self.order("/demo", oa_id=one["oa_id"], running=False)

    def wait_settled(self, within_seconds: float = 60) -> None:
        """Until nothing has come in for three seconds: what was under way when the customers fell silent."""
        deadline = time.monotonic() + within_seconds
        before, now = None, self._came_in()
        while now != before:
            assert time.monotonic() < deadline, "messages kept coming in"
            time.sleep(3)
            before, now = now, self._came_in()

    def _came_in(self) -> tuple[Any, ...]:
        [row] = self.rows("SELECT (SELECT max(id) FROM journal), (SELECT sum(message_count) FROM conversation)")
        return row

    @property
    def password(self) -> str:
        return msgspec.json.decode((self.folder / "demo.json").read_bytes())["password"]

    def sign_in(self, login: str = LOGIN) -> str:
        """The session's cookie of somebody of the demo company."""
        with httpx.Client(base_url=self.address, timeout=30, trust_env=False) as client:
            client.get("/healthz")
            client.headers["x-csrftoken"] = client.cookies["csrftoken"]
            client.post("/api/session", json={"login": login, "password": self.password}).raise_for_status()
            return client.cookies["sokhach_session"]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Asks the store as its owner."""
        marker = msgspec.json.decode((self.folder / MARKER).read_bytes(), type=Marker)
        url = make_url(running_url(self.folder, marker.id))
        with psycopg.connect(dsn(url), connect_timeout=10) as connection:
            return connection.execute(query.encode()).fetchall()


@contextmanager
def product(*, demo: bool = True, demo_days: int = 0) -> Iterator[Product]:
    """Started; ended with all that belongs to it."""
    with open_place() as place:
        running = Product(place / "data", port=free_port(), sandbox_port=free_port(), demo=demo, demo_days=demo_days)
        try:
            running.start()
            yield running
        finally:
            if running.process and running.process.poll() is None:
                running.kill_everything()
            running.control.close()
