"""A migrated template database for the session, and a copy of it for each test."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from sokhach.core import migrate
from sokhach.core.config import Settings
from sokhach.core.database import urls
from tests.support.postgres import TestCluster

# The passwords of the web and gateway roles derive from it, and roles belong to the whole cluster: one key for all.
SECRET_KEY = "the-fixed-key-of-the-tests"
OWNER = sql.Identifier("sokhach_owner")


class TemplateDatabase:
    """Hands out databases that have every migration and no data."""

    def __init__(self, cluster: TestCluster) -> None:
        self.cluster = cluster
        self.name = f"template_{os.getpid()}"
        self._admin = psycopg.connect(_libpq(cluster.admin_url), autocommit=True)
        # An application that stops while it connects may leave a connection half made, and a database cannot be dropped
        # before every connection of the cluster, even to another one, has taken note.
        self._admin.execute("ALTER SYSTEM SET authentication_timeout = '2s'")
        self._admin.execute("SELECT pg_reload_conf()")
        password = urlsplit(cluster.owner_url(self.name)).password or ""
        self._admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(OWNER, sql.Literal(unquote(password))))
        self._admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(self.name), OWNER))
        migrate.upgrade(urls(self.settings(self.name)))

    def settings(self, database: str, data_dir: Path = Path("unused"), **more: object) -> Settings:
        """Settings of a Sổ Khách on that database of the cluster."""
        return Settings(
            data_dir=data_dir,
            database_url=self.cluster.owner_url(database),
            secret_key=SECRET_KEY,
            **more,  # pyright: ignore[reportArgumentType]
        )

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The name of a new database, dropped afterwards."""
        name = f"test_{secrets.token_hex(6)}"
        new = sql.Identifier(name)
        # Files are copied as they are, which takes half as long as page by page through the log.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY OWNER {}")
        self._admin.execute(create.format(new, sql.Identifier(self.name), OWNER))
        try:
            yield name
        finally:
            self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(new))

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The name of a new database without any table, dropped afterwards."""
        name = f"empty_{secrets.token_hex(6)}"
        new = sql.Identifier(name)
        self._admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(new, OWNER))
        try:
            yield name
        finally:
            self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(new))

    def close(self) -> None:
        self._admin.close()


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
