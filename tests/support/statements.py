"""Counts what a piece of work asks the database. What others ask meanwhile is not counted: each has its own context."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from psycopg import AsyncCursor
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

_current: ContextVar[list[str] | None] = ContextVar("current", default=None)


def listen(engine: AsyncEngine) -> None:
    """From now on this engine's statements are `recorded`, BEGIN and COMMIT included."""
    event.listen(engine.sync_engine, "begin", lambda _: _note("BEGIN"))
    event.listen(engine.sync_engine, "commit", lambda _: _note("COMMIT"))
    event.listen(engine.sync_engine, "checkout", _watch)


def _watch(connection: Any, *_: object) -> None:
    """What goes past SQLAlchemy goes through the driver's cursor, too."""
    connection.driver_connection.cursor_factory = _Noted


def _note(statement: str) -> None:
    if (statements := _current.get()) is not None:
        statements.append(" ".join(statement.split()))


class _Noted(AsyncCursor[Any]):
    async def execute(self, query: Any, *more: Any, **named: Any) -> Any:
        _note(query.decode() if isinstance(query, bytes) else str(query))
        return await super().execute(query, *more, **named)


@contextmanager
def recorded() -> Iterator[list[str]]:
    """What is asked within, in its order."""
    statements: list[str] = []
    token = _current.set(statements)
    try:
        yield statements
    finally:
        _current.reset(token)
