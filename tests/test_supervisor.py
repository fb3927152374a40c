import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy.engine import make_url

from sokhach.core import preflight
from sokhach.core.child import Backoff, Child, Listener, Step
from sokhach.core.data_folder import DataFolder
from sokhach.core.database import dsn
from sokhach.core.embedded import running_url
from sokhach.core.preflight import check_server
from sokhach.core.process import lives
from sokhach.core.startup import DatabaseUnreachableError
from sokhach.supervisor import commands_for
from tests.support.places import open_place
from tests.support.postgres import TestCluster, made_before
from tests.support.supervised import Settings

ROOT = Path(__file__).parent.parent


class Run:
    """A `sokhach run` of one test, with children of the test's own."""

    def __init__(self, place: Path) -> None:
        self.data = place / "data"
        self.journal = place / "journal"
        self.journal.touch()
        self.port = _two_free_ports()
        self.environment: dict[str, str] = {}
        self.process: subprocess.Popen[str] | None = None
        self.heard: list[str] = []

    def start(self, *options: str) -> "Run":
        given = ["--data", str(self.data), "--port", str(self.port), *options]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.supervised", *given],
            cwd=ROOT,
            env={**os.environ, "TEST_JOURNAL": str(self.journal), **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def until_ready(self) -> "Run":
        assert self.process and self.process.stdout
        assert self.process.stdout.readline() == f"ready http://127.0.0.1:{self.port}\n"
        # Ready is what web says; the tests look at its neighbours too.
        _until(lambda: {f"{name} start" for name in ("web", "worker", "sandbox")} <= set(self.lines()))
        return self

    def send(self, sent: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(sent)

    def ended(self) -> tuple[int, str, str]:
        """Exit code, the rest of stdout, stderr."""
        assert self.process
        rest, errors = self.process.communicate(timeout=30)
        return self.process.returncode, rest, errors

    def family(self) -> list[psutil.Process]:
        assert self.process
        return psutil.Process(self.process.pid).children(recursive=True)

    def pid_of(self, name: str) -> int:
        for child in self.family():
            with suppress(psutil.NoSuchProcess):
                if child.cmdline()[-1:] == [name] or (name == "postgres" and child.cmdline()[1:2] == ["-D"]):
                    return child.pid
        return 0

    def serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def query(self, statement: str) -> list[tuple[object, ...]]:
        marker = (self.data / "sokhach.json").read_text("utf-8")
        url = running_url(self.data, marker.split('"id": "')[1].split('"')[0])
        with psycopg.connect(dsn(make_url(url)), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def lines(self) -> list[str]:
        return self.journal.read_text("utf-8").splitlines()


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as folder:
        yield folder


@pytest.fixture
def run(place: Path) -> Iterator[Run]:
    """Of a data folder whose database was made before."""
    made = Run(place)
    made.data.mkdir()
    made_before(made.data)
    yield made
    _end(made)


@pytest.fixture
def fresh(place: Path) -> Iterator[Run]:
    """Of a data folder that does not exist yet."""
    made = Run(place)
    yield made
    _end(made)


def _end(made: Run) -> None:
    if made.process and made.process.poll() is None:
        family = made.family()
        made.process.kill()
        made.process.wait()
        _until(lambda: not any(map(lives, family)))


class TestStart:
    def test_makes_everything_and_says_ready_once(self, fresh: Run) -> None:
        run = fresh.start().until_ready()
        assert run.serves()
        assert sorted(run.lines()) == ["sandbox start", "web start", "worker start"]
        run.send(signal.SIGINT)
        code, rest, errors = run.ended()
        assert (code, rest) == (0, "")
        assert "Making the database" in errors
        assert "Stopped." in errors

    def test_keeps_secrets_off_the_command_line(self, run: Run) -> None:
        run.start().until_ready()
        shown = " ".join(" ".join(process.cmdline()) for process in run.family())
        assert "sokhach_owner" not in shown
        assert "postgresql" not in shown.replace("postgresql+psycopg", "postgresql")

    def test_uses_the_server_that_it_is_given(self, run: Run, cluster: TestCluster) -> None:
        run.environment["SOKHACH_DATABASE_URL"] = cluster.owner_url("sokhach")
        run.start().until_ready()
        assert run.pid_of("postgres") == 0
        assert len(run.family()) == 3
        run.send(signal.SIGTERM)
        assert run.ended()[0] == 0

    def test_in_a_demo_everything_talks_to_the_sandbox(self) -> None:
        settings = Settings(Path("x"), 1, 2)
        assert [command.name for command in commands_for(settings, demo=False)] == ["web", "worker"]
        demo = {command.name: command.environment for command in commands_for(settings, demo=True)}
        assert demo["worker"]["SOKHACH_ZALO_OPENAPI_URL"] == "http://127.0.0.1:2"
        assert list(demo) == ["web", "worker", "sandbox"]


class TestStop:
    def test_in_order_and_the_database_last(self, run: Run) -> None:
        run.start().until_ready()
        family = run.family()
        begun = time.monotonic()
        run.send(signal.SIGINT)
        code, rest, _ = run.ended()
        assert (code, rest) == (0, "")
        assert time.monotonic() - begun < 10
        assert [line for line in run.lines() if "stop" in line] == [
            "web stop with database",
            "worker stop with database",
            "sandbox stop with database",
        ]
        assert not any(map(lives, family))
        DataFolder.open(run.data).close()

    @pytest.mark.long
    def test_a_stubborn_child_is_killed(self, run: Run) -> None:
        run.environment["TEST_WORKER"] = "stubborn"
        run.start().until_ready()
        family = run.family()
        begun = time.monotonic()
        run.send(signal.SIGTERM)
        assert run.ended()[0] == 0
        assert time.monotonic() - begun < 10
        assert not any(map(lives, family))
        assert run.lines()[-1] == "sandbox stop with database"

    def test_second_ctrl_c_is_immediate(self, run: Run) -> None:
        run.environment.update(TEST_WEB="stubborn", TEST_WORKER="stubborn", TEST_SANDBOX="stubborn")
        run.start().until_ready()
        family = run.family()
        run.send(signal.SIGINT)
        time.sleep(0.3)
        begun = time.monotonic()
        run.send(signal.SIGINT)
        assert run.ended()[0] == 130
        assert time.monotonic() - begun < 2.5
        assert not any(map(lives, family))

    def test_during_a_long_migration(self, run: Run) -> None:
        run.start("--migrate", "slow")
        assert run.process and run.process.stderr
        while "migrating slowly" not in run.process.stderr.readline():
            assert run.process.poll() is None
        begun = time.monotonic()
        run.send(signal.SIGINT)
        code, rest, _ = run.ended()
        assert (code, rest) == (0, "")
        assert time.monotonic() - begun < 10
        assert run.lines() == []

    def test_during_the_first_set_up(self, fresh: Run) -> None:
        run = fresh.start()
        _until(lambda: list(run.data.glob("postgres.new.*")))
        run.send(signal.SIGINT)
        assert run.ended()[0] == 0
        run.start().until_ready()
        run.send(signal.SIGINT)
        assert run.ended()[0] == 0


class TestLife:
    @pytest.mark.parametrize(
        "name", ["web", pytest.param("worker", marks=pytest.mark.long), pytest.param("sandbox", marks=pytest.mark.long)]
    )
    def test_a_killed_child_comes_back(self, run: Run, name: str) -> None:
        run.start().until_ready()
        killed = run.pid_of(name)
        os.kill(killed, signal.SIGKILL)
        _until(lambda: run.pid_of(name) not in {0, killed} and run.lines().count(f"{name} start") == 2)
        _until(run.serves)
        run.send(signal.SIGINT)
        code, rest, errors = run.ended()
        assert (code, rest) == (0, "")
        assert f"{name} ended (exit status -9); starting it again in 0.2 s." in errors

    def test_a_killed_database_comes_back_with_its_data(self, run: Run) -> None:
        run.start().until_ready()
        run.query("INSERT INTO kept VALUES ('một')")
        web = run.pid_of("web")
        killed = run.pid_of("postgres")
        os.kill(killed, signal.SIGKILL)
        _until(lambda: run.pid_of("postgres") not in {0, killed})
        _until(run.serves)
        assert run.query("SELECT line FROM kept") == [("một",)]
        assert run.pid_of("web") == web
        run.send(signal.SIGINT)
        assert run.ended()[0] == 0

    def test_a_killed_supervisor_leaves_nobody_behind(self, run: Run) -> None:
        run.start().until_ready()
        family = run.family()
        run.send(signal.SIGKILL)
        run.ended()
        _until(lambda: not any(map(lives, family)))

    @pytest.mark.long
    def test_starts_again_at_once_after_everything_was_killed(self, run: Run) -> None:
        run.start().until_ready()
        for number in range(5):
            run.query(f"INSERT INTO kept VALUES ('{number}')")
            victims = [psutil.Process(run.process.pid if run.process else 0), *run.family()]
            for victim in victims:
                with suppress(psutil.NoSuchProcess):
                    victim.kill()
            run.ended()
            run.start().until_ready()
            assert run.query("SELECT count(*) FROM kept") == [(number + 1,)]
        run.send(signal.SIGINT)
        assert run.ended()[0] == 0

    @pytest.mark.long
    def test_ends_what_outlived_a_killed_run(self, run: Run) -> None:
        run.environment["TEST_WORKER"] = "stubborn"
        run.start().until_ready()
        worker = psutil.Process(run.pid_of("worker"))
        others = [other for other in run.family() if other != worker]
        run.send(signal.SIGKILL)
        # No `run.ended()`: the worker keeps the first run's stderr open.
        _until(lambda: not any(map(lives, others)))
        assert lives(worker)
        run.environment.clear()
        run.start().until_ready()
        assert not lives(worker)
        run.send(signal.SIGINT)
        assert "Ended 1 processes that an earlier run left behind" in run.ended()[2]


class TestWhyItCannotStart:
    def _reason(self, run: Run, *options: str) -> str:
        code, rest, errors = run.start(*options).ended()
        assert (code, rest) == (1, "")
        assert "Traceback" not in errors
        return errors

    def test_folder_in_use(self, run: Run, place: Path) -> None:
        run.start().until_ready()
        assert run.process
        second = Run(place)
        second.data = run.data
        errors = self._reason(second)
        assert "(already-running)" in errors
        assert f"process {run.process.pid}" in errors
        assert run.serves()

    def test_port_taken(self, run: Run) -> None:
        with closing(socket.create_server(("127.0.0.1", run.port))):
            assert f"(port-taken). Port {run.port} on 127.0.0.1" in self._reason(run)

    @pytest.mark.long
    def test_port_of_the_sandbox_taken(self, run: Run) -> None:
        with closing(socket.create_server(("127.0.0.1", run.port + 1))):
            assert f"(port-taken). Port {run.port + 1}" in self._reason(run)

    def test_foreign_folder(self, place: Path) -> None:
        run = Run(place)
        run.data.mkdir()
        (run.data / "thesis.odt").touch()
        assert "(foreign-folder)" in self._reason(run)

    def test_migration_that_fails(self, run: Run) -> None:
        assert "(migration-failed). The tables could not be brought up to date: RuntimeError: no such column" in (
            self._reason(run, "--migrate", "fail")
        )

    def test_migration_that_leaves(self, run: Run) -> None:
        assert "(migration-failed)" in self._reason(run, "--migrate", "exit")

    @pytest.mark.long
    def test_child_that_dies_at_birth(self, run: Run) -> None:
        run.environment["TEST_WEB"] = "stillborn"
        assert "(child-failed). The process web does not start (exit status 3, 5 attempts)" in self._reason(run)

    async def test_server_that_does_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(preflight, "_SERVER_PATIENCE_SECONDS", 0.1)
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"postgresql+psycopg://x:y@127.0.0.1:{unused.getsockname()[1]}/z"
        with pytest.raises(DatabaseUnreachableError):
            await check_server(url)


class TestBackoff:
    def test_doubles_up_to_five_seconds(self) -> None:
        backoff = Backoff()
        assert [round(backoff.after(1), 1) for _ in range(7)] == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]

    def test_forgets_after_a_long_life(self) -> None:
        backoff = Backoff()
        assert [backoff.after(lived) for lived in (1, 1, 31, 1)] == [0.2, 0.4, 0.2, 0.4]


class TestChild:
    async def test_tries_again_when_it_cannot_be_started(self) -> None:
        refusals: list[Exception] = []

        class Heard(Listener):
            def refused(self, child: Child, error: Exception) -> None:
                refusals.append(error)

        attempts = 0

        def spawn() -> subprocess.Popen[bytes]:
            nonlocal attempts
            attempts += 1
            if attempts == 2:
                raise OSError("no memory")
            return subprocess.Popen(["sleep", "60"], start_new_session=True)

        child = Child("sleeper", spawn, (Step(signal.SIGTERM, 1),), Heard())
        await child.start()
        assert child.process
        child.process.kill()
        while attempts < 3:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)
        assert child.alive
        assert [str(error) for error in refusals] == ["no memory"]
        await child.stop()
        assert not child.alive

    async def test_takes_its_grandchildren_along(self) -> None:
        def spawn() -> subprocess.Popen[bytes]:
            return subprocess.Popen(["sh", "-c", "sleep 60 & wait"], start_new_session=True)

        child = Child("parent", spawn, (Step(signal.SIGTERM, 1),), Listener())
        await child.start()
        assert child.process
        parent = psutil.Process(child.process.pid)
        while not parent.children():
            await asyncio.sleep(0.02)
        (grandchild,) = parent.children()
        await child.stop()
        _until(lambda: not lives(grandchild))


def _until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _two_free_ports() -> int:
    """A free port whose neighbour is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
