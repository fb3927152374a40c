"""`sokhach channel …`: connecting accounts and looking at their health.

Secrets need not stand on the command line: `-` asks for them without showing what is typed, and each may come from the
environment instead (`ZALO_APP_SECRET`, `ZALO_OA_SECRET`, `ZALO_REFRESH_TOKEN`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from sokhach.channels import queries, service
from sokhach.channels.connector import Account
from sokhach.channels.rules import ZALO_OA
from sokhach.channels.zalo_oa import credentials as sealing
from sokhach.channels.zalo_oa.authorisation import AuthoriseError, authorise
from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core import clock, config
from sokhach.core.catalogue import explain, say
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.data_folder import MARKER, Marker
from sokhach.core.database import Database, urls
from sokhach.core.embedded import running_url
from sokhach.core.startup import DatabaseStoppedError, StartupError, operator_locale

LOCALE = operator_locale()
ASKED = "-"

Work = Callable[[Settings, Database], Awaitable[None]]


def _text(key: str, **params: object) -> str:
    return say(LOCALE, key, **params)


channel_app = typer.Typer(help=_text("cli.channel"), no_args_is_help=True)
add_app = typer.Typer(help=_text("cli.channel.add"), no_args_is_help=True)
authorize_app = typer.Typer(help=_text("cli.channel.authorize"), no_args_is_help=True)
channel_app.add_typer(add_app, name="add")
channel_app.add_typer(authorize_app, name="authorize")

AppId = Annotated[str, typer.Option(help=_text("cli.option.app-id"))]
AppSecret = Annotated[str, typer.Option(help=_text("cli.option.app-secret"), envvar="ZALO_APP_SECRET")]
OaId = Annotated[str, typer.Option(help=_text("cli.option.oa-id"))]
OaSecret = Annotated[str, typer.Option(help=_text("cli.option.oa-secret"), envvar="ZALO_OA_SECRET")]
RefreshToken = Annotated[str, typer.Option(help=_text("cli.option.refresh-token"), envvar="ZALO_REFRESH_TOKEN")]
Name = Annotated[str, typer.Option(help=_text("cli.option.account-name"))]


@add_app.command("zalo-oa", help=_text("cli.channel.add.zalo-oa"))
def add_zalo_oa(
    app_id: AppId,
    oa_id: OaId,
    app_secret: AppSecret = ASKED,
    oa_secret: OaSecret = ASKED,
    refresh_token: RefreshToken = "",
    name: Name = "",
) -> None:
    given = Credentials(
        app_id=app_id.strip(),
        app_secret=_secret(app_secret, "app-secret"),
        oa_secret=_secret(oa_secret, "oa-secret"),
    )
    token = _secret(refresh_token, "refresh-token") if refresh_token else ""

    async def work(settings: Settings, database: Database) -> None:
        account = await _save(settings, database, oa_id.strip(), name.strip(), given)
        url = f"{settings.base_url}/hooks/zalo-oa"
        typer.echo(_text("cli.channel.added", name=account.name, external_id=account.external_id, url=url))
        if token:
            await _authorise(settings, database, account, token, rename=not name)
        elif not await _has_tokens(database, account):
            typer.echo(_text("cli.channel.not-authorised"))

    _run(work)


@authorize_app.command("zalo-oa", help=_text("cli.channel.authorize.zalo-oa"))
def authorize_zalo_oa(oa_id: OaId, refresh_token: RefreshToken = ASKED) -> None:
    token = _secret(refresh_token, "refresh-token")

    async def work(settings: Settings, database: Database) -> None:
        async with database.transaction() as connection:
            account = await queries.find_account(connection, ZALO_OA, oa_id.strip())
        if account is None:
            raise _Failed(_text("cli.error.channel-unknown", external_id=oa_id))
        await _authorise(settings, database, account, token, rename=False)

    _run(work)


@channel_app.command("list", help=_text("cli.channel.list"))
def list_accounts() -> None:
    async def work(_settings: Settings, database: Database) -> None:
        async with database.transaction() as connection:
            found = await queries.accounts(connection)
        if not found:
            typer.echo(_text("cli.channel.none"))
            return
        table = Table()
        for column in ("id", "channel", "name", "external-id", "health"):
            table.add_column(_text(f"cli.column.{column}"))
        for one in found:
            health = _text(f"cli.channel.health.{one.health}")
            if one.health_reason:
                health += f": {explain(LOCALE, 'health', one.health_reason)}"
            account = one.account
            table.add_row(str(account.id), account.channel, account.name, account.external_id, health)
        Console().print(table)

    _run(work)


class _Failed(Exception):
    """Told to the person at the terminal as it stands; exit status 1."""


async def _save(settings: Settings, database: Database, oa_id: str, name: str, given: Credentials) -> Account:
    async with database.transaction() as connection:
        known = await queries.find_account(connection, ZALO_OA, oa_id)
        shown = name or (known.name if known else oa_id)
        account_id = await service.add_account(
            connection,
            channel=ZALO_OA,
            external_id=oa_id,
            name=shown,
            credentials=sealing.seal(Vault(settings.keys), given),
            now=clock.now(),
        )
    return Account(id=account_id, channel=ZALO_OA, external_id=oa_id, name=shown)


async def _authorise(settings: Settings, database: Database, account: Account, token: str, *, rename: bool) -> None:
    connector = ZaloOA.of(settings, database)
    try:
        name = await authorise(database, connector, account, token)
    except AuthoriseError as error:
        facts = {"detail": error.detail, "external_id": account.external_id}
        raise _Failed(_text(f"cli.error.authorise.{error.reason}", **facts)) from error
    finally:
        await connector.close()
    if rename:
        async with database.transaction() as connection:
            await service.rename(connection, account.id, name)
    typer.echo(_text("cli.channel.authorised", name=name if rename else account.name))


async def _has_tokens(database: Database, account: Account) -> bool:
    async with database.transaction() as connection:
        return await queries.has_tokens(connection, account.id)


def _secret(given: str, what: str) -> str:
    if given == ASKED:
        given = typer.prompt(_text(f"cli.prompt.{what}"), hide_input=True)
    return given.strip()


def _run(work: Work) -> None:
    try:
        settings = _settings()
        asyncio.run(_with_database(settings, work))
    except config.ConfigError as error:
        _fail(_text("cli.error.config", reason=error))
    except StartupError as error:
        _fail(error.text(LOCALE))
    except _Failed as error:
        _fail(str(error))


async def _with_database(settings: Settings, work: Work) -> None:
    database = Database(urls(settings).owner, size=2)
    try:
        async with database.transaction() as connection:
            await clock.refresh(connection)
        await work(settings, database)
    finally:
        await database.close()


def _settings() -> Settings:
    """The settings, with the database of a `sokhach run` on the data folder when none is set."""
    settings = config.load().settings
    if settings.database_url:
        return settings
    marker = settings.data_dir / MARKER
    if not marker.exists():
        raise DatabaseStoppedError(folder=settings.data_dir)
    folder = msgspec.json.decode(marker.read_bytes(), type=Marker)
    return msgspec.structs.replace(settings, database_url=running_url(settings.data_dir, folder.id))


def _fail(words: str) -> None:
    typer.echo(words, err=True)
    raise typer.Exit(1)
