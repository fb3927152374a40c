"""`sokhach journal …`: applying again what channels handed us, and looking at what came of it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sokhach.core.catalogue import say
from sokhach.core.startup import operator_locale

if TYPE_CHECKING:
    from sokhach.core.database import Database

# Every process starts by way of the command line: what only these commands need is imported by them.

LOCALE = operator_locale()
LOOK_SECONDS = 0.5
MOST_SHOWN = 100

Work = Callable[["Database"], Awaitable[None]]


def _text(key: str, **params: object) -> str:
    return say(LOCALE, f"cli.{key}", **params)


journal_app = typer.Typer(help=_text("journal"), no_args_is_help=True)

DataOption = Annotated[Path | None, typer.Option("--data", help=_text("option.data"))]
AccountOption = Annotated[int | None, typer.Option("--account", help=_text("option.account"))]
WaitOption = Annotated[bool, typer.Option("--wait", help=_text("option.wait"))]
OutOption = Annotated[Path | None, typer.Option("--out", help=_text("option.out"))]


@journal_app.command("replay", help=_text("journal.replay"))
def replay_journal(account: AccountOption = None, wait: WaitOption = False, data: DataOption = None) -> None:
    from sokhach.intake.replay import replay

    async def work(database: "Database") -> None:
        with _progress("journal.queueing") as shown:
            task = shown.add_task("", total=None)
            queued = await replay(
                database, account_id=account, progress=lambda done: shown.update(task, completed=done)
            )
        _tell("journal.queued", count=queued)
        if wait:
            await _until_applied(database, account)
            _tell("journal.applied")

    _run(data, work)


@journal_app.command("dump", help=_text("journal.dump"))
def dump_store(account: AccountOption = None, out: OutOption = None, data: DataOption = None) -> None:
    from sokhach.intake.dump import dump

    async def work(database: "Database") -> None:
        count = 0
        with out.open("wb") if out else sys.stdout.buffer as file:
            async with database.transaction() as connection:
                async for line in dump(connection, account_id=account):
                    file.write(line)
                    count += 1
        _tell("journal.dumped", count=count)

    _run(data, work)


@journal_app.command("quarantine", help=_text("journal.quarantine"))
def list_quarantine(data: DataOption = None) -> None:
    from sokhach.intake import queries

    async def work(database: "Database") -> None:
        async with database.transaction() as connection:
            page = await queries.list_quarantine(connection, LOCALE, before=None, limit=MOST_SHOWN)
        if not page.items:
            _tell("journal.quarantine-empty")
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("id", "account", "received", "reason", "attempts"):
            table.add_column(_text(f"column.{column}"), overflow="fold")
        for one in page.items:
            received = f"{one.received_at:%Y-%m-%d %H:%M:%S}Z"
            reason = f"{one.reason_text} {one.detail}"
            table.add_row(str(one.id), one.account_name, received, reason, str(one.attempts))
        Console(markup=False, highlight=False).print(table)
        _tell("journal.quarantine-shown", shown=len(page.items), count=page.total)

    _run(data, work)


async def _until_applied(database: "Database", account: int | None) -> None:
    from sokhach.intake.replay import pending

    total = await pending(database, account_id=account)
    with _progress("journal.applying") as shown:
        task = shown.add_task("", total=total)
        while left := await pending(database, account_id=account):
            # More may arrive while we wait.
            total = max(total, left)
            shown.update(task, total=total, completed=total - left)
            await asyncio.sleep(LOOK_SECONDS)
        shown.update(task, completed=total)


def _progress(key: str) -> Progress:
    return Progress(
        TextColumn(_text(key)),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True, markup=False, highlight=False),
    )


def _run(data_dir: Path | None, work: Work) -> None:
    """As the database's owner, whose clock is the company's."""
    from sokhach.core import clock
    from sokhach.core.command import settings_beside
    from sokhach.core.database import Database, urls

    settings = settings_beside(data_dir)

    async def go() -> None:
        database = Database(urls(settings).owner, size=1)
        try:
            async with database.transaction() as connection:
                await clock.refresh(connection)
            await work(database)
        finally:
            await database.close()

    asyncio.run(go())


def _tell(key: str, **params: object) -> None:
    """To stderr: stdout is for programs."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(_text(key, **params))
