"""`sokhach staff …`: for whoever is locked out, beside a running Sổ Khách."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sokhach.core.catalogue import say
from sokhach.core.startup import operator_locale

# Every process starts by way of the command line: what only these commands need is imported by them.

LOCALE = operator_locale()


def _text(key: str, **params: object) -> str:
    return say(LOCALE, f"cli.{key}", **params)


staff_app = typer.Typer(help=_text("staff"), no_args_is_help=True)

DataOption = Annotated[Path | None, typer.Option("--data", help=_text("option.data"))]
Login = Annotated[str, typer.Argument(help=_text("option.login"))]


@staff_app.callback()
def staff() -> None:
    """A group, though of one command yet."""


@staff_app.command("reset-second-factor", help=_text("staff.reset-second-factor"))
def reset_second_factor(login: Login, data: DataOption = None) -> None:
    from sokhach.core.command import settings_beside
    from sokhach.core.database import Database, urls
    from sokhach.core.telemetry import configure_logging
    from sokhach.people import queries, rules
    from sokhach.people.security import second_factor

    settings = settings_beside(data)
    configure_logging(settings)
    parsed = rules.parse_login(login)

    async def reset() -> str | None:
        """Whose it was; None: nobody signs in like this."""
        database = Database(urls(settings).owner, size=1)
        try:
            async with database.transaction() as connection:
                staff_id = await queries.id_of(connection, parsed) if parsed else None
                if staff_id is None:
                    return None
                await second_factor.remove_if_set(connection, staff_id)
                return (await queries.profile_of(connection, staff_id)).name
        finally:
            await database.close()

    name = asyncio.run(reset())
    _tell("staff.unknown", login=login) if name is None else _tell("staff.second-factor-reset", name=name)
    sys.exit(name is None)


def _tell(key: str, **params: object) -> None:
    """To stderr: stdout is for programs."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(_text(key, **params))
