"""`sokhach demo …`: what the page of the demo does, from the command line; and having a cleared demo back."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from sokhach.core.catalogue import say
from sokhach.core.startup import operator_locale

if TYPE_CHECKING:
    from sokhach.core.config import Settings

# Every process starts by way of the command line: what only these commands need is imported by them.

LOCALE = operator_locale()
LOOK_SECONDS = 0.5


def _text(key: str, **params: object) -> str:
    return say(LOCALE, f"cli.{key}", **params)


demo_app = typer.Typer(help=_text("demo"), no_args_is_help=True)

DataOption = Annotated[Path | None, typer.Option("--data", help=_text("option.data"))]
YesOption = Annotated[bool, typer.Option("--yes", help=_text("option.yes"))]


@demo_app.command("load", help=_text("demo.load"))
def load_demo(data: DataOption = None) -> None:
    from sokhach.core.command import settings_beside
    from sokhach.demo.terminal import show

    if not asyncio.run(show(settings_beside(data), LOCALE, again=True)):
        raise typer.Exit(1)


@demo_app.command("clear", help=_text("demo.clear"))
def clear_demo(yes: YesOption = False, data: DataOption = None) -> None:
    from sokhach.core.command import settings_beside

    settings = settings_beside(data)
    if not yes:
        typer.confirm(_text("demo.clear-confirm"), abort=True, err=True)
    if not asyncio.run(_clear(settings)):
        _tell("demo.none")
        raise typer.Exit(1)
    _tell("demo.cleared")


async def _clear(settings: "Settings") -> bool:
    """Asks for it, and lends a hand: a worker may be at it, too. False when there is no demo."""
    from sokhach.core import clock
    from sokhach.core.audit import AuditAction, record
    from sokhach.core.database import Database, urls
    from sokhach.core.storage import Storage
    from sokhach.demo import state
    from sokhach.demo.clearing import Clearing
    from sokhach.demo.sandbox import Sandbox

    database = Database(urls(settings).owner, size=2)
    sandbox = Sandbox(f"http://127.0.0.1:{settings.sandbox_port}")
    try:
        async with database.transaction() as connection:
            await clock.refresh(connection)
            asked = await state.ask_to_clear(connection, None, clock.now())
            if asked:
                await record(connection, AuditAction.DEMO_CLEAR)
            known = await state.find(connection)
        if not asked and (known is None or known.state != "clearing"):
            return False
        clearing = Clearing(database, Storage.of(settings), sandbox)
        while known is not None and known.state == "clearing":
            if not await clearing.step():
                await asyncio.sleep(LOOK_SECONDS)
            async with database.transaction() as connection:
                known = await state.find(connection)
        return True
    finally:
        await sandbox.close()
        await database.close()


def _tell(key: str, **params: object) -> None:
    """To stderr: stdout is for programs."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(_text(key, **params))
