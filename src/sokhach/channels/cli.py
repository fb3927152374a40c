"""`sokhach channel …`: connecting accounts and looking at their health.

Secrets need not stand on the command line: `-` asks for them without showing what is typed, and each may come from the
environment instead (`ZALO_APP_SECRET`, `ZALO_OA_SECRET`, `ZALO_REFRESH_TOKEN`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from sokhach.core.catalogue import explain, say
from sokhach.core.config import Settings
from sokhach.core.startup import operator_locale

if TYPE_CHECKING:
    from sokhach.core.database import Database

# Every process starts by way of the command line: what only these commands need is imported by them.

LOCALE = operator_locale()
ASKED = "-"

Work = Callable[[Settings, "Database"], Awaitable[None]]


def _text(key: str, **params: object) -> str:
    return say(LOCALE, f"cli.{key}", **params)


channel_app = typer.Typer(help=_text("channel"), no_args_is_help=True)
add_app = typer.Typer(help=_text("channel.add"), no_args_is_help=True)
authorize_app = typer.Typer(help=_text("channel.authorize"), no_args_is_help=True)
channel_app.add_typer(add_app, name="add")
channel_app.add_typer(authorize_app, name="authorize")

DataOption = Annotated[Path | None, typer.Option("--data", help=_text("option.data"))]
AppId = Annotated[str, typer.Option(help=_text("option.app-id"))]
AppSecret = Annotated[str, typer.Option(help=_text("option.app-secret"), envvar="ZALO_APP_SECRET")]
OaId = Annotated[str, typer.Option(help=_text("option.oa-id"))]
OaSecret = Annotated[str, typer.Option(help=_text("option.oa-secret"), envvar="ZALO_OA_SECRET")]
RefreshToken = Annotated[str, typer.Option(help=_text("option.refresh-token"), envvar="ZALO_REFRESH_TOKEN")]
Name = Annotated[str, typer.Option(help=_text("option.account-name"))]


@add_app.command("zalo-oa", help=_text("channel.add.zalo-oa"))
def add_zalo_oa(
    app_id: AppId,
    oa_id: OaId,
    app_secret: AppSecret = ASKED,
    oa_secret: OaSecret = ASKED,
    refresh_token: RefreshToken = "",
    name: Name = "",
    data: DataOption = None,
) -> None:
    from sokhach.channels.zalo_oa import connecting
    from sokhach.channels.zalo_oa.credentials import Credentials
    from sokhach.core.command import base_url_beside

    given = Credentials(
        app_id=app_id.strip(),
        app_secret=_secret(app_secret, "app-secret"),
        oa_secret=_secret(oa_secret, "oa-secret"),
    )
    token = _secret(refresh_token, "refresh-token") if refresh_token else ""

    async def work(settings: Settings, database: "Database") -> None:
        saved = await connecting.save(settings, database, oa_id.strip(), name.strip(), given)
        account = saved.account
        url = f"{base_url_beside(settings)}/hooks/zalo-oa"
        _tell("channel.added", name=account.name, external_id=account.external_id, url=url)
        if token:
            named = await connecting.authorise(settings, database, account, token, rename=not name)
            _tell("channel.authorised", name=named)
        elif not saved.authorised:
            _tell("channel.not-authorised")

    _run(data, work)


@authorize_app.command("zalo-oa", help=_text("channel.authorize.zalo-oa"))
def authorize_zalo_oa(oa_id: OaId, refresh_token: RefreshToken = ASKED, data: DataOption = None) -> None:
    from sokhach.channels.zalo_oa import connecting

    token = _secret(refresh_token, "refresh-token")

    async def work(settings: Settings, database: "Database") -> None:
        account = await connecting.find(database, oa_id.strip())
        named = await connecting.authorise(settings, database, account, token, rename=False)
        _tell("channel.authorised", name=named)

    _run(data, work)


@channel_app.command("list", help=_text("channel.list"))
def list_accounts(data: DataOption = None) -> None:
    from sokhach.channels import queries

    async def work(_settings: Settings, database: "Database") -> None:
        async with database.transaction() as connection:
            found = await queries.accounts(connection)
        if not found:
            _tell("channel.none")
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("id", "channel", "name", "external-id", "health"):
            table.add_column(_text(f"column.{column}"), overflow="fold")
        for one in found:
            health = _text(f"channel.health.{one.health}")
            if one.health_reason:
                health += f": {explain(LOCALE, 'health', one.health_reason)}"
            account = one.account
            table.add_row(str(account.id), account.channel, account.name, account.external_id, health)
        Console(markup=False, highlight=False).print(table)

    _run(data, work)


def _secret(given: str, what: str) -> str:
    if given == ASKED:
        given = typer.prompt(_text(f"prompt.{what}"), hide_input=True, err=True)
    return given.strip()


def _run(data: Path | None, work: Work) -> None:
    """Exit status 1, with the reason in words, when the work cannot be done."""
    from sokhach.channels.zalo_oa.connecting import ConnectingError
    from sokhach.core.command import settings_beside

    try:
        asyncio.run(_with_database(settings_beside(data), work))
    except ConnectingError as error:
        _tell(f"error.{error.key}", **error.facts)
        raise typer.Exit(1) from error


async def _with_database(settings: Settings, work: Work) -> None:
    from sokhach.core import clock
    from sokhach.core.database import Database, urls

    database = Database(urls(settings).owner, size=2)
    try:
        async with database.transaction() as connection:
            await clock.refresh(connection)
        await work(settings, database)
    finally:
        await database.close()


def _tell(key: str, **params: object) -> None:
    """To stderr: stdout is for programs."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(_text(key, **params))
