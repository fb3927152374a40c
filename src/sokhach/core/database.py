"""The database: its three roles, and transactions opened at the edge with the actor set."""

from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from functools import lru_cache
from typing import Any, NamedTuple, cast

import msgspec
import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from sqlalchemy import MetaData, TextClause, event, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.config import Settings
from sokhach.core.crypto import derive
from sokhach.core.origin import current_origin

WEB_ROLE = "sokhach_web"
GATEWAY_ROLE = "sokhach_gateway"
WAKE = "sokhach_wake"
ALL = ""
"""Whichever of the worker's loops can be woken."""
MOST_PLANS = 400
"""Of one connection; more than there are statements."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of every table. Columns are NOT NULL unless typed `| None`."""

    metadata = MetaData(naming_convention=NAMING)


class Urls(NamedTuple):
    """One database as its three roles."""

    owner: URL
    web: URL
    gateway: URL


def urls(settings: Settings) -> Urls:
    """The database as owner (migrations, worker), web (row-level security) and gateway (appends to the journal).

    The two lesser roles have passwords derived from the secret key, which `migrate` sets.
    """
    if not settings.database_url:
        raise ValueError("SOKHACH_DATABASE_URL is unset, and no embedded database runs")
    owner = make_url(settings.database_url).set(drivername="postgresql+psycopg")

    def lesser(given: str, role: str) -> URL:
        if given:
            return make_url(given).set(drivername="postgresql+psycopg")
        return owner.set(username=role, password=derive(settings.keys[0], f"role:{role}"))

    return Urls(
        owner,
        lesser(settings.database_web_url, WEB_ROLE),
        lesser(settings.database_gateway_url, GATEWAY_ROLE),
    )


def dsn(url: URL) -> str:
    """The URL as libpq reads it, password included: never log it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


class Database:
    """A pool of connections as one role.

    `plans_once`: each connection plans a statement when it first meets it, for whatever values come. Under row-level
    security planning costs ten times what the statement does; but such statements must write out their LIMIT.
    """

    def __init__(self, url: URL, *, size: int = 8, plans_once: bool = False) -> None:
        self.url = url
        options = "-c timezone=UTC -c idle_in_transaction_session_timeout=60000"
        more: dict[str, Any] = {}
        if plans_once:
            # Without values, a plan for whoever has many rows would gather and sort them all for a page of fifty. What
            # is read is in memory, where a row by its index costs no more than one in passing.
            options += " -c plan_cache_mode=force_generic_plan -c random_page_cost=1"
            more["prepare_threshold"] = 0
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=20,
            pool_use_lifo=True,  # few connections, which have met all statements, instead of many
            hide_parameters=True,  # errors are logged, and parameters are what customers wrote
            connect_args={"connect_timeout": 5, "options": options, **more},
        )
        if plans_once:
            event.listen(self.engine.sync_engine, "connect", _keep_plans)

    async def close(self) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def transaction(self, actor: Actor | None = None) -> AsyncGenerator[AsyncConnection]:
        """One transaction, committed on leaving. Whatever `wake` marked is announced after the commit."""
        async with self.engine.connect() as connection:
            woken(connection)  # of whoever had the connection before and rolled back
            async with connection.begin():
                if actor is not None:
                    await set_actor(connection, actor)
                yield connection
            if loops := woken(connection):
                # The data are committed; a lost word only means that the loops find them at their next look.
                with suppress(psycopg.Error, SQLAlchemyError):
                    await _notify(await driver(connection), loops)

    async def wake_loops(self, loops: Collection[str]) -> None:
        """For whoever took the marks of `wake` away: see `woken`."""
        with suppress(psycopg.Error, SQLAlchemyError):
            async with self.engine.connect() as connection:
                await _notify(await driver(connection), loops)

    @asynccontextmanager
    async def side_transaction(self) -> AsyncGenerator[AsyncConnection]:
        """For what must stay even if the request fails: refused attempts, failed sign-ins, rotated tokens, the move
        to `sending`. The one exception to «one request, one transaction»."""
        async with self.transaction() as connection:
            yield connection


async def _notify(connection: psycopg.AsyncConnection[Any], loops: Collection[str]) -> None:
    """In one round trip, and without waiting for the disk."""
    words = ["SET LOCAL synchronous_commit TO off", *(notification(loop) for loop in loops)]
    await connection.set_autocommit(True)
    try:
        await connection.execute("; ".join(words).encode(), prepare=False)
    finally:
        await connection.set_autocommit(False)


def _keep_plans(connection: Any, _record: object) -> None:
    connection.driver_connection.prepared_max = MOST_PLANS


def bigints(values: Iterable[int]) -> str:
    """For `CAST(:x AS bigint[])`: thousands of ids as one text, which costs a hundredth of a bound list."""
    return "{" + ",".join(map(str, values)) + "}"


Key = tuple[int, str]
"""An account, and what somebody or something is called there."""


def by_account(keys: Iterable[Key]) -> str:
    """For `KEYS`: its `:keys`."""
    names: dict[int, list[str]] = {}
    for account_id, name in keys:
        names.setdefault(account_id, []).append(name)
    rows = [{"account_id": account_id, "names": names[account_id]} for account_id in sorted(names)]
    return msgspec.json.encode(rows).decode()


KEYS = """(
    SELECT r.account_id, n.name FROM json_to_recordset(CAST(:keys AS json)) AS r (account_id bigint, names json)
    CROSS JOIN LATERAL json_array_elements_text(r.names) AS n (name)
) AS k"""
"""SQL of a FROM: a row of (`account_id`, `name`) for each key, to which CROSS JOIN LATERAL joins what it finds by both.
That ends with OFFSET 0, so that its own index leads to it, however small the tables were when the statement was
planned: asked for all names of an account at once, the planner may walk through the whole account."""


def wake(connection: AsyncConnection, *loops: str) -> None:
    """After this transaction's commit, tell the worker's loops that there is work: those of these names, or all that
    can be woken. What happens many times a second names them."""
    connection.info.setdefault("wake", set()).update(loops or {ALL})


def notification(loop: str) -> str:
    """SQL that wakes a loop."""
    return f"NOTIFY {WAKE}, '{loop}'"


SETTINGS = ("staff_id", "role", "address", "scope", "scope_staff", "held_accounts", "pool_accounts", "at")
"""What policies read of an actor, and the time at which they see: settings of the transaction, after `app.`."""


def acting(given: Mapping[str, str]) -> str:
    """SQL of a SELECT's list: makes the transaction's actor of an expression for each of `SETTINGS`, all texts."""
    return ", ".join(f"set_config('app.{name}', {given[name]}, true)" for name in SETTINGS)


_SET_ACTOR = text(f"SELECT {acting({name: f':{name}' for name in SETTINGS})}")


def woken(connection: AsyncConnection) -> frozenset[str]:
    """The loops with which `wake` marked the connection; it is unmarked."""
    if connection.invalidated:
        return frozenset()
    loops: set[str] = connection.info.pop("wake", set())
    return frozenset({ALL} if ALL in loops else loops)


def actor_settings(actor: Actor) -> dict[str, str]:
    """Those of `SETTINGS` that say what an actor sees now."""
    return {
        "scope": actor.scope,
        "scope_staff": bigints(actor.scope_staff),
        "held_accounts": bigints(actor.held_accounts),
        "pool_accounts": bigints(actor.pool_accounts),
        "at": clock.now().isoformat(),
    }


async def set_actor(connection: AsyncConnection, actor: Actor) -> None:
    values = {
        "staff_id": str(actor.staff_id),
        "role": actor.role.value,
        "address": current_origin().address or "",
        **actor_settings(actor),
    }
    await connection.execute(_SET_ACTOR, values)


@asynccontextmanager
async def acting_as(connection: AsyncConnection, actor: Actor) -> AsyncGenerator[None]:
    """Within a worker's transaction, sees only what `actor` sees."""
    await connection.execute(text(f"SET LOCAL ROLE {WEB_ROLE}"))
    await set_actor(connection, actor)
    try:
        yield
    finally:
        await connection.execute(text("RESET ROLE"))


class Asked(NamedTuple):
    """A statement that is written once in a module, and its values."""

    statement: TextClause
    values: Mapping[str, Any] = {}


Rows = Sequence[Mapping[str, Any]]


async def ask_all(connection: AsyncConnection, *asked: Asked) -> list[Rows]:
    """The rows of each, by their columns' names; for what every request needs. All go in one round trip, a BEGIN that
    is due along with them, and past SQLAlchemy's own work on statements and rows. Raises what it raises."""
    raw = await driver(connection)
    first = raw.pgconn.transaction_status == TransactionStatus.IDLE
    cursors = [raw.cursor(row_factory=dict_row) for _ in asked]
    try:
        async with raw.pipeline() if first or len(asked) > 1 else nullcontext():
            for cursor, one in zip(cursors, asked, strict=True):
                await cursor.execute(_sql(one.statement), one.values)
        return [await cursor.fetchall() if cursor.description else [] for cursor in cursors]
    except psycopg.Error as error:
        raise await _told(connection, raw, error) from error


async def ask(connection: AsyncConnection, statement: TextClause, values: Mapping[str, Any]) -> Rows:
    """`ask_all` of one."""
    [rows] = await ask_all(connection, Asked(statement, values))
    return rows


async def copy_in(
    connection: AsyncConnection, statement: str, types: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """A binary COPY FROM STDIN, in the caller's transaction. Raises what SQLAlchemy raises."""
    raw = await driver(connection)
    try:
        async with raw.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            copy.set_types(types)
            for row in rows:
                await copy.write_row(row)
    except psycopg.Error as error:
        raise await _told(connection, raw, error) from error


async def _told(connection: AsyncConnection, raw: psycopg.AsyncConnection[Any], error: psycopg.Error) -> DBAPIError:
    """An error of the driver as SQLAlchemy tells it."""
    if raw.closed:
        # SQLAlchemy shall find that out too: it takes the pool's other connections for gone, and makes new ones.
        with suppress(SQLAlchemyError):
            await connection.execute(_ANYTHING)
    told = DBAPIError.instance(
        None,
        None,
        error,
        psycopg.Error,
        hide_parameters=True,
        connection_invalidated=connection.invalidated,
        dialect=_DIALECT,
    )
    return cast("DBAPIError", told)


_ANYTHING = text("SELECT 1")
_DIALECT = PGDialect_psycopg()


@lru_cache(maxsize=MOST_PLANS)
def _sql(statement: TextClause) -> bytes:
    """As the driver takes it."""
    return statement.compile(dialect=_DIALECT).string.encode()


async def driver(connection: AsyncConnection) -> psycopg.AsyncConnection[Any]:
    """The psycopg connection underneath, for COPY and arrays; it is in the same transaction."""
    raw = await connection.get_raw_connection()
    return cast("psycopg.AsyncConnection[Any]", raw.driver_connection)
