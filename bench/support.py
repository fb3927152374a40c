"""What benches share: a PostgreSQL with the product's own settings, fresh databases, and how figures are printed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import msgspec
import psycopg
from psycopg import sql
from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url

from sokhach.core.config import Settings
from sokhach.core.data_folder import DataFolder
from sokhach.core.database import dsn, urls
from sokhach.core.embedded import EmbeddedPostgres
from sokhach.core.migrate import upgrade

FOLDER = Path(os.environ.get("SOKHACH_BENCH", ".bench"))
KEY = "bench"
console = Console(stderr=True)


def say(words: str) -> None:
    console.print(f"[dim]{words}[/dim]")


class Cluster:
    """The bench's PostgreSQL: the embedded one, fsync and all, in a folder that outlives the run."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self._postgres = postgres

    def settings(self, database: str, **more: object) -> Settings:
        given = {"data_dir": str(FOLDER), "secret_key": KEY, "database_url": self._postgres.owner_url(database), **more}
        return msgspec.convert(given, Settings, dec_hook=lambda _, value: Path(value))

    def exists(self, database: str) -> bool:
        with self._admin() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            return found is not None

    def create(self, database: str) -> Settings:
        """An empty, migrated database; one of that name is dropped first."""
        self.drop(database)
        with self._admin() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER sokhach_owner").format(sql.Identifier(database)))
        settings = self.settings(database)
        upgrade(urls(settings))
        with self._admin() as connection:
            connection.execute("CHECKPOINT")  # what was written before is not paid for by what is measured now
        return settings

    def drop(self, database: str) -> None:
        with self._admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _admin(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(dsn(make_url(self._postgres.admin_url())), autocommit=True)


@contextmanager
def cluster() -> Iterator[Cluster]:
    folder = DataFolder.open(FOLDER)
    postgres = EmbeddedPostgres(folder.path, folder.id)
    say("starting PostgreSQL")
    asyncio.run(postgres.prepare())
    postmaster = postgres.spawn()
    try:
        asyncio.run(postgres.wait_ready(postmaster))
        yield Cluster(postgres)
    finally:
        postmaster.send_signal(signal.SIGINT)
        postmaster.wait()
        folder.close()


@contextmanager
def process(settings: Settings, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """`sokhach …` as the product runs it, in a process of its own; ended with its children."""
    environment = os.environ | {
        "SOKHACH_DATA_DIR": str(settings.data_dir),
        "SOKHACH_SECRET_KEY": settings.secret_key,
        "SOKHACH_DATABASE_URL": settings.database_url,
        "SOKHACH_PORT": str(settings.port),
        "SOKHACH_ZALO_OAUTH_URL": settings.zalo_oauth_url,
        "SOKHACH_ZALO_OPENAPI_URL": settings.zalo_openapi_url,
        "SOKHACH_LOG_LEVEL": "error",
    }
    child = subprocess.Popen([sys.executable, "-m", "sokhach", *arguments], env=environment)
    try:
        yield child
    finally:
        child.terminate()
        child.wait(15)


def wait_ready(port: int, within_seconds: float = 30) -> None:
    """Until the web process answers that it is."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the web process did not become ready")


def percentile(values: Sequence[float], part: float) -> float:
    """Nearest rank, `part` of 1."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(part * len(ranked)) - 1))]


def report(title: str, rows: Sequence[tuple[str, str, str]], figures: Mapping[str, float]) -> None:
    """A table of (what, measured, wanted), then one line of JSON."""
    table = Table("figure", "measured", "wanted", title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
