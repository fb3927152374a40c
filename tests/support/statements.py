"""Counts what a piece of work asks the database. What others ask meanwhile is not counted: each has its own context."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

_current: ContextVar[list[str] | None] = ContextVar("current", default=None)


def listen(engine: AsyncEngine) -> None:
    """From now on this engine's statements are `recorded`, BEGIN and COMMIT included."""

    def note(statement: str) -> None:
        if (statements := _current.get()) is not None:
            statements.append(" ".join(statement.split()))

    def before_cursor_execute(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        note(statement)

    event.listen(engine.sync_engine, "begin", lambda _: note("BEGIN"))
    event.listen(engine.sync_engine, "before_cursor_execute", before_cursor_execute)
    event.listen(engine.sync_engine, "commit", lambda _: note("COMMIT"))


@contextmanager
def recorded() -> Iterator[list[str]]:
    """What is asked within, in its order."""
    statements: list[str] = []
    token = _current.set(statements)
    try:
        yield statements
    finally:
        _current.reset(token)
