"""`sokhach run`: database, web, worker and sandbox as one group of processes that starts, lives and ends together."""

import asyncio
import inspect
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

import httpx
import msgspec
import psutil
from rich.console import Console

from sokhach.core import process
from sokhach.core.child import Child, Listener, Step
from sokhach.core.data_folder import DataFolder, RunningProcess
from sokhach.core.embedded import EmbeddedPostgres
from sokhach.core.preflight import check_port, check_server
from sokhach.core.startup import (
    ChildFailedError,
    Locale,
    MigrationFailedError,
    StartupError,
    notice,
    operator_locale,
)

Hook = Callable[[str], Awaitable[None] | None]
"""Gets the database's URL (as its owner). A plain function runs in a thread."""

T = TypeVar("T")

HURRIED = 130
_FAILURES_BEFORE_GIVING_UP = 5
_READY_POLL_SECONDS = 0.1
# Together under ten seconds, PostgreSQL's final checkpoint included.
_CHILD_WAY_DOWN = (Step(signal.SIGTERM, 2.5), Step(signal.SIGKILL, 1.0))
_POSTGRES_WAY_DOWN = (Step(signal.SIGINT, 2.5), Step(signal.SIGQUIT, 1.0))


class RunSettings(Protocol):
    """What `run` needs of the settings."""

    @property
    def data_dir(self) -> Path: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def database_url(self) -> str: ...
    @property
    def sandbox_port(self) -> int: ...


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """One child: `program` with `arguments`, and `environment` on top of ours. No secrets among the arguments."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = {}
    program: Sequence[str] = (sys.executable, "-m", "sokhach")


def commands_for(settings: RunSettings, *, demo: bool) -> tuple[Command, ...]:
    """Web and worker; in a demo also the simulated Zalo, to which both are then pointed. In the order of stopping."""
    if not demo:
        return (Command(name="web", arguments=["web"]), Command(name="worker", arguments=["worker"]))
    sandbox = f"http://127.0.0.1:{settings.sandbox_port}"
    names = ("OAUTH", "OPENAPI", "ZNS", "WEB")
    pointed = {f"SOKHACH_ZALO_{name}_URL": sandbox for name in names}
    return (
        Command(name="web", arguments=["web"], environment=pointed),
        Command(name="worker", arguments=["worker"], environment=pointed),
        Command(name="sandbox", arguments=["sandbox"]),
    )


def run(
    settings: RunSettings,
    *,
    demo: bool,
    migrate: Hook,
    on_ready: Hook | None = None,
    commands: Sequence[Command] | None = None,
    locale: Locale | None = None,
) -> int:
    """Runs Sổ Khách until Ctrl-C or SIGTERM and returns the exit code: 0 stopped, 1 could not start, 130 hurried.

    `migrate` is called when the database accepts connections and before any child starts; `on_ready` after the one line
    `ready http://host:port` went to stdout. All else for people goes to stderr, in `locale`. With
    `settings.database_url` no embedded PostgreSQL is started. Call it from the main thread.
    """
    chosen = commands_for(settings, demo=demo) if commands is None else commands
    ports = (settings.port, settings.sandbox_port) if demo else (settings.port,)
    terminal = Terminal(locale or operator_locale())
    group = ProcessGroup(settings, chosen, ports=ports, migrate=migrate, on_ready=on_ready, terminal=terminal)
    return asyncio.run(group.run())


class Terminal(Listener):
    """Tells the person at the terminal."""

    def __init__(self, locale: Locale) -> None:
        self._locale: Locale = locale
        self._console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

    def say(self, key: str, **facts: str | int | float | Path) -> None:
        # A terminal that was closed must not stop the company's book.
        with suppress(OSError):
            self._console.print(notice(self._locale, key, **facts), style=_STYLES.get(key))

    def explain(self, error: StartupError) -> None:
        self.say("failed", code=error.code, reason=error.text(self._locale))

    def recovering(self, seconds: float, phase: str) -> None:
        self.say("database-recovering", seconds=round(seconds), phase=phase)

    def died(self, child: Child, status: int, delay_seconds: float) -> None:
        self.say("child-died", name=child.name, status=status, seconds=delay_seconds)

    def refused(self, child: Child, error: Exception) -> None:
        reason = error.text(self._locale) if isinstance(error, StartupError) else str(error)
        self.say("child-refused", name=child.name, reason=reason)


_STYLES = {"ready": "bold green", "failed": "bold red", "child-died": "yellow", "child-refused": "red"}


class ProcessGroup(Listener):
    """All processes of one `sokhach run`."""

    def __init__(
        self,
        settings: RunSettings,
        commands: Sequence[Command],
        *,
        ports: Sequence[int],
        migrate: Hook,
        on_ready: Hook | None,
        terminal: Terminal,
    ) -> None:
        self._settings = settings
        self._commands = commands
        self._ports = ports
        self._migrate = migrate
        self._on_ready = on_ready
        self._terminal = terminal
        self._children: list[Child] = []
        """In the order of stopping; the database, which all need, is last."""
        self._folder: DataFolder | None = None
        self._asked_to_stop = asyncio.Event()
        self._hurried = False

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for caught in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # `nohup` ignores the hang-up for us, and means it.
            if caught != signal.SIGHUP or signal.getsignal(caught) != signal.SIG_IGN:
                loop.add_signal_handler(caught, self._on_signal)
        code = 0
        try:
            await self._unless_stopped(self._start())
            await self._asked_to_stop.wait()
        except StartupError as error:
            self._terminal.explain(error)
            code = 1
        finally:
            await self._stop()
        return HURRIED if self._hurried else code

    def changed(self, child: Child) -> None:
        if self._folder:
            self._folder.note([_described(living) for living in self._children if living.alive])

    def died(self, child: Child, status: int, delay_seconds: float) -> None:
        self._terminal.died(child, status, delay_seconds)

    def refused(self, child: Child, error: Exception) -> None:
        self._terminal.refused(child, error)

    def _on_signal(self) -> None:
        if self._asked_to_stop.is_set():
            self._hurried = True
            for child in self._children:
                child.hurry()
            return
        self._terminal.say("stopping")
        self._asked_to_stop.set()

    async def _unless_stopped(self, starting: Awaitable[None]) -> None:
        start = asyncio.ensure_future(starting)
        stop = asyncio.ensure_future(self._asked_to_stop.wait())
        await asyncio.wait([start, stop], return_when=asyncio.FIRST_COMPLETED)
        for task in (start, stop):
            task.cancel()
        await asyncio.wait([start, stop])
        if not start.cancelled() and (error := start.exception()):
            raise error

    async def _start(self) -> None:
        self._folder = DataFolder.open(self._settings.data_dir)
        self._folder.serves_at(self._settings.host, self._settings.port)
        if (count := await asyncio.to_thread(_end_previous, self._folder)) > 0:
            self._terminal.say("leftovers-ended", count=count)
        for port in self._ports:
            await check_port(self._settings.host if port == self._settings.port else "127.0.0.1", port)
        url = await self._database(self._folder)
        await self._bring_up_to_date(url)
        await self._start_children(url)
        await self._until_ready()
        address = f"http://{_bracketed(self._settings.host)}:{self._settings.port}"
        with suppress(OSError):
            print(f"ready {address}", flush=True)  # noqa: T201  (the one line that programs wait for)
        self._terminal.say("ready", url=address)
        if self._on_ready:
            await _call(self._on_ready, url)

    async def _database(self, folder: DataFolder) -> str:
        if not self._settings.database_url:
            return await self._start_postgres(folder)
        await check_server(self._settings.database_url)
        return self._settings.database_url

    async def _bring_up_to_date(self, url: str) -> None:
        self._terminal.say("migrating")
        try:
            await _call(self._migrate, url)
        except StartupError:
            raise
        except Exception as error:
            raise MigrationFailedError(reason=f"{type(error).__name__}: {error}") from error

    async def _start_postgres(self, folder: DataFolder) -> str:
        postgres = EmbeddedPostgres(folder.path, folder.id)
        if postgres.exists:
            self._terminal.say("database-starting")
        else:
            self._terminal.say("database-first", folder=postgres.cluster_folder)
        await postgres.prepare()
        child = Child(
            "postgres",
            postgres.spawn,
            _POSTGRES_WAY_DOWN,
            self,
            settle=lambda postmaster: postgres.wait_ready(postmaster, self._terminal.recovering),
            clean_up=lambda: asyncio.to_thread(postgres.clear),
        )
        self._children.append(child)
        await child.start()
        return postgres.owner_url()

    async def _start_children(self, url: str) -> None:
        self._terminal.say("children-starting", names=", ".join(command.name for command in self._commands))
        children = [
            Child(command.name, self._spawner(command, url), _CHILD_WAY_DOWN, self) for command in self._commands
        ]
        self._children[:0] = children
        for child in reversed(children):
            await child.start()

    def _spawner(self, command: Command, url: str) -> Callable[[], subprocess.Popen[bytes]]:
        environment = {
            **os.environ,
            "SOKHACH_DATA_DIR": str(self._settings.data_dir.absolute()),
            "SOKHACH_HOST": self._settings.host,
            "SOKHACH_PORT": str(self._settings.port),
            "SOKHACH_SANDBOX_PORT": str(self._settings.sandbox_port),
            "SOKHACH_DATABASE_URL": url,
            **command.environment,
        }
        arguments = [*command.program, *command.arguments]

        def spawn() -> subprocess.Popen[bytes]:
            return subprocess.Popen(  # noqa: S603  (ourselves)
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=2,  # our stdout belongs to the one line
                env=environment,
                preexec_fn=process.die_with_parent(signal.SIGTERM),  # noqa: PLW1509  (prctl and getppid only)
                start_new_session=True,
            )

        return spawn

    async def _until_ready(self) -> None:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._settings.host, self._settings.host)  # noqa: S104
        address = f"http://{_bracketed(host)}:{self._settings.port}/readyz"
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while not await _answers(client, address):
                self._give_up_on_the_stillborn()
                await asyncio.sleep(_READY_POLL_SECONDS)

    def _give_up_on_the_stillborn(self) -> None:
        for child in self._children:
            if child.failures >= _FAILURES_BEFORE_GIVING_UP:
                raise ChildFailedError(name=child.name, status=child.last_status, attempts=child.failures)

    async def _stop(self) -> None:
        for child in self._children:
            await child.stop()
        if self._folder:
            self._folder.close()
        if self._asked_to_stop.is_set():
            self._terminal.say("stopped")


async def _call(hook: Hook, url: str) -> None:
    result = await _in_daemon_thread(lambda: hook(url))
    if inspect.isawaitable(result):
        await result


async def _in_daemon_thread(work: Callable[[], T]) -> T:
    """Like `asyncio.to_thread`, but Ctrl-C need not wait for it."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def finish(settle: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if outcome.done() else settle())

    def body() -> None:
        try:
            result = work()
        except BaseException as error:
            # A `sys.exit` in a thread would only end the thread.
            failed = error if isinstance(error, Exception) else RuntimeError(repr(error))
            finish(lambda: outcome.set_exception(failed))
        else:
            finish(lambda: outcome.set_result(result))

    threading.Thread(target=body, daemon=True).start()
    return await outcome


async def _answers(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(address)).is_success
    except httpx.HTTPError:
        return False


def _end_previous(folder: DataFolder) -> int:
    """Ends the children that outlived a killed run of this folder; returns how many there were."""
    found: list[psutil.Process] = []
    for noted in folder.previous.children if folder.previous else []:
        with suppress(psutil.Error):
            candidate = psutil.Process(noted.pid)
            same = noted.name != "postgres" and abs(candidate.create_time() - noted.started_at) < 2
            if same and process.lives(candidate):
                found.append(candidate)
    process.end(found, (signal.SIGTERM, 3.0))
    return len(found)


def _described(child: Child) -> RunningProcess:
    assert child.process is not None
    return RunningProcess(child.name, child.process.pid, child.started_at)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
