"""The command line: one command for everything, and one for each part."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import msgspec
import psycopg
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import OperationalError

from sokhach.core import config
from sokhach.core.catalogue import say
from sokhach.core.config import ConfigError, Settings
from sokhach.core.startup import StartupError, operator_locale

if TYPE_CHECKING:
    from sokhach.core.database import Database
    from sokhach.sandbox.selftest.report import Row

# Heavy parts are imported by the commands that need them: every process of ours starts here.

LOCALE = operator_locale()
T = TypeVar("T")

FAILED = 1
MISUSED = 2


def _help(key: str) -> str:
    return say(LOCALE, f"cli.{key}")


_STYLE: dict[str, Any] = {"add_completion": False, "pretty_exceptions_enable": False, "rich_markup_mode": None}
app = typer.Typer(name="sokhach", help=_help("about"), no_args_is_help=True, **_STYLE)
owner_app = typer.Typer(help=_help("owner"), no_args_is_help=True)
app.add_typer(owner_app, name="owner")
sandbox_app = typer.Typer(help=_help("sandbox"), invoke_without_command=True, **_STYLE)
app.add_typer(sandbox_app, name="sandbox")

DataOption = Annotated[Path | None, typer.Option("--data", help=_help("option.data"))]
HostOption = Annotated[str | None, typer.Option("--host", help=_help("option.host"))]
PortOption = Annotated[int | None, typer.Option("--port", min=1, max=65535, help=_help("option.port"))]


def main() -> None:
    """Runs the command line. Exit status: 0 done, 1 failed, 2 misused or wrongly set up."""
    try:
        app()
    except ConfigError as error:
        _fail("cli.error.config", MISUSED, reason=str(error))
    except StartupError as error:
        _fail("cli.error", FAILED, reason=error.text(LOCALE))
    except (psycopg.OperationalError, OperationalError) as error:
        _fail("cli.error.database", FAILED, reason=_first_line(error))


@app.command(help=_help("run"))
def run(
    data: DataOption = None,
    host: HostOption = None,
    port: PortOption = None,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help=_help("option.demo"))] = False,
) -> None:
    from sokhach import supervisor

    settings = config.load(data_dir=data, host=host, port=port).settings

    def on(url: str) -> Settings:
        return msgspec.structs.replace(settings, database_url=url)

    code = supervisor.run(
        settings,
        demo=demo,
        migrate=lambda url: _prepare(on(url)),
        on_ready=lambda url: _show_demo(on(url)) if demo else _show_setup_link(on(url)),
        locale=LOCALE,
    )
    raise typer.Exit(code)


@app.command(help=_help("web"))
def web(data: DataOption = None, host: HostOption = None, port: PortOption = None) -> None:
    from sokhach.core.telemetry import configure_logging
    from sokhach.server import serve

    settings = _beside(data, host=host, port=port)
    configure_logging(settings)
    raise typer.Exit(serve(settings))


@app.command(help=_help("worker"))
def worker(data: DataOption = None) -> None:
    import uvloop

    from sokhach.core.telemetry import configure_logging
    from sokhach.worker import main as work

    settings = _beside(data)
    configure_logging(settings)
    uvloop.run(work(settings))


@sandbox_app.callback()
def sandbox(context: typer.Context, data: DataOption = None) -> None:
    if context.invoked_subcommand is not None:
        return
    from sokhach.sandbox.__main__ import main as simulate

    settings = config.load(data_dir=data).settings
    folder = settings.data_dir / "sandbox"
    sys.argv = ["sokhach sandbox", "--port", str(settings.sandbox_port), "--data", str(folder)]
    raise typer.Exit(simulate())


@sandbox_app.command("selftest", help=_help("sandbox.selftest"))
def selftest() -> None:
    from sokhach.sandbox.selftest.run import RATIO_WANTED, question

    report = asyncio.run(question())
    shown = [
        (row.section, row.code, row.meaning, row.how, row.seen, say(LOCALE, f"cli.selftest.{_verdict(row)}"))
        for row in report.rows
    ]
    _print_table(("section", "code", "description", "how", "seen", "verdict"), shown)
    if report.missing:
        gaps = [(gap.section, gap.code, gap.meaning, gap.why) for gap in report.missing]
        _print_table(("section", "code", "description", "reason"), gaps)
    sys.stdout.write(msgspec.json.encode(report.summary).decode() + "\n")
    raise typer.Exit(0 if report.summary.ratio >= RATIO_WANTED else FAILED)


def _verdict(row: "Row") -> str:
    return row.by if row.shown else "not-shown"


def _print_table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Wide enough for a file when stdout is none of a terminal."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(say(LOCALE, f"cli.column.{name}"), overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


@app.command(help=_help("migrate"))
def migrate(
    data: DataOption = None,
    check: Annotated[bool, typer.Option("--check", help=_help("option.check"))] = False,
) -> None:
    from sokhach.core import database
    from sokhach.core.migrate import pending

    settings = _beside(data)
    if not check:
        _bring_up_to_date(settings)
    elif missing := pending(database.urls(settings)):
        _fail("cli.migrate.pending", FAILED, count=len(missing), revisions=", ".join(missing))
    _tell("cli.migrate.done")


@app.command("config", help=_help("config"))
def show_config(data: DataOption = None) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("setting", "value", "source", "description"):
        table.add_column(say(LOCALE, f"cli.column.{name}"), overflow="fold")
    for name, value, source, _ in config.describe(config.load(data_dir=data)):
        table.add_row(name, value, say(LOCALE, f"cli.source.{source}"), say(LOCALE, f"setting.{name}"))
    Console(markup=False, highlight=False).print(table)


@app.command(help=_help("openapi"))
def openapi() -> None:
    from sokhach.app import openapi as describe

    sys.stdout.buffer.write(describe())


@owner_app.command("create", help=_help("owner.create"))
def create_owner(
    name: Annotated[str, typer.Option("--name", help=_help("option.name"))],
    login: Annotated[str, typer.Option("--login", help=_help("option.login"))],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help=_help("option.password-stdin"))] = False,
    data: DataOption = None,
) -> None:
    from sokhach.core.audit import AuditAction, record
    from sokhach.core.command import base_url_beside
    from sokhach.core.database import Database, urls
    from sokhach.core.problems import InvalidInput, Problem
    from sokhach.people.passwords import PasswordHasher
    from sokhach.people.service import create_admin

    settings = _beside(data)
    _must_be_migrated(settings)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()

    async def create(database: Database) -> None:
        async with database.transaction() as connection:
            staff_id = await create_admin(
                connection, PasswordHasher(), name=name, login=login, password=password, locale=LOCALE
            )
            await record(connection, AuditAction.STAFF_ADD, staff_id, after={"name": name.strip(), "role": "admin"})

    try:
        asyncio.run(_using(Database(urls(settings).owner, size=1), create))
    except InvalidInput as error:
        _fail("cli.error", FAILED, reason=error.sentences(LOCALE))
    except Problem as error:
        _fail("cli.error", FAILED, reason=str(error.members(LOCALE)["detail"]))
    _tell("cli.owner.created", name=name.strip(), url=base_url_beside(settings))


def _beside(data: Path | None, **changes: str | int | None) -> Settings:
    """The settings of a process that finds its database running."""
    from sokhach.core.command import settings_beside

    given = {name: value for name, value in changes.items() if value is not None}
    return msgspec.structs.replace(settings_beside(data), **given)


def _prepare(settings: Settings) -> None:
    """Before any child starts; the data folder is ours by now."""
    from sokhach.core import figures

    figures.share(settings.data_dir / "figures")
    _bring_up_to_date(settings)


def _bring_up_to_date(settings: Settings) -> None:
    from sokhach.core.database import urls
    from sokhach.core.migrate import MigrationError, upgrade

    try:
        upgrade(urls(settings))
    except MigrationError as error:
        _fail("cli.error", FAILED, reason=str(error))


def _must_be_migrated(settings: Settings) -> None:
    from sokhach.core.database import urls
    from sokhach.core.migrate import pending

    if pending(urls(settings)):
        _fail("cli.error.not-migrated", FAILED)


async def _show_setup_link(settings: Settings) -> None:
    """While nobody works here, whoever started us may make the first owner in the browser."""
    from sokhach.core.database import Database, urls
    from sokhach.people.service import new_setup_code

    async def make(database: Database) -> str | None:
        async with database.transaction() as connection:
            return await new_setup_code(connection)

    if code := await _using(Database(urls(settings).owner, size=1), make):
        _tell("cli.setup-link", url=f"{settings.base_url}/setup?token={code}")


async def _show_demo(settings: Settings) -> None:
    """The demo company, its customers, and how to sign in. The product runs on when it cannot be set up."""
    from sokhach.demo.terminal import show

    await show(settings, LOCALE)


async def _using(database: "Database", work: "Callable[[Database], Awaitable[T]]") -> T:
    try:
        return await work(database)
    finally:
        await database.close()


def _ask_password() -> str:
    return typer.prompt(
        say(LOCALE, "cli.prompt.password"),
        hide_input=True,
        confirmation_prompt=say(LOCALE, "cli.prompt.password-again"),
        err=True,
    )


def _tell(key: str, **params: object) -> None:
    """To stderr: stdout is for programs."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(say(LOCALE, key, **params))


def _fail(key: str, status: int, **params: object) -> NoReturn:
    _tell(key, **params)
    sys.exit(status)


def _first_line(error: Exception) -> str:
    cause = error.orig if isinstance(error, OperationalError) and error.orig else error
    return str(cause).partition("\n")[0]


def _add_later(name: str, module: str, attribute: str) -> None:
    """A group of commands that lives with its domain, imported when somebody calls it."""

    @app.command(name, help=_help(name), add_help_option=False, context_settings=_PASS_ON)
    def call(context: typer.Context) -> None:
        whole = typer.Typer(**_STYLE)
        whole.callback()(lambda: None)
        whole.add_typer(getattr(import_module(module), attribute), name=name)
        whole([name, *context.args], prog_name="sokhach")


_PASS_ON: dict[str, Any] = {"allow_extra_args": True, "ignore_unknown_options": True}
_add_later("journal", "sokhach.intake.cli", "journal_app")
_add_later("channel", "sokhach.channels.cli", "channel_app")
_add_later("staff", "sokhach.people.cli", "staff_app")
_add_later("demo", "sokhach.demo.cli", "demo_app")
