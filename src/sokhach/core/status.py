"""For whoever watches the process: alive, ready, and its figures."""

import asyncio
import hmac
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sokhach.core import figures
from sokhach.core.problems import Problem
from sokhach.core.web import Connection, OurSettings, is_local

MIGRATIONS = Path(__file__).parent.parent / "migrations" / "versions"


class Status(msgspec.Struct, frozen=True):
    status: str


@get("/healthz", access="public", include_in_schema=False)
async def healthz() -> Status:
    """The process lives."""
    return Status("ok")


@get("/readyz", access="public", include_in_schema=False)
async def readyz(connection: Connection) -> Status:
    """The database is reachable and has every migration. 503 `database-unavailable` or `not-migrated`."""
    try:
        found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one_or_none()
    except ProgrammingError:  # no such table, or not ours to read yet: nothing was ever migrated
        found = None
    if found != newest_revision():
        raise Problem("not-migrated", 503)
    return Status("ready")


@get("/metrics", access="public", include_in_schema=False)
async def metrics(request: Request[Any, Any, Any], settings: OurSettings) -> Response[bytes]:
    """Prometheus. For callers on this machine, and for whoever has the token."""
    if not is_local(request) and not _has_token(request, settings.metrics_token):
        raise Problem("not-permitted", 403)
    return Response(await asyncio.to_thread(figures.latest), media_type=CONTENT_TYPE_LATEST)


def _has_token(request: Request[Any, Any, Any], token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode())


@cache
def newest_revision() -> str:
    """The migration on which no other builds. Read from the files: a web process need not carry Alembic."""
    names: set[str] = set()
    built_upon: set[str] = set()
    for file in MIGRATIONS.glob("*.py"):
        content = file.read_text("utf-8")
        names.update(re.findall(r'^revision = "(\w+)"', content, re.MULTILINE))
        built_upon.update(re.findall(r'^down_revision = "(\w+)"', content, re.MULTILINE))
    (newest,) = names - built_upon
    return newest


routes = [healthz, readyz, metrics]
