"""The one clock. Its offset is a row that web and worker share, so that tests and demos can move time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_offset = timedelta()


def now() -> datetime:
    """The present in UTC, as the company's store sees it."""
    return datetime.now(UTC) + _offset


def set_offset(seconds: float) -> None:
    global _offset  # noqa: PLW0603 - one clock per process is the point
    _offset = timedelta(seconds=seconds)


async def refresh(connection: AsyncConnection) -> None:
    """Reads the shared offset."""
    set_offset((await connection.execute(text("SELECT offset_seconds FROM clock"))).scalar_one())


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_milliseconds(value: int) -> datetime:
    """A channel's epoch milliseconds. Raises OverflowError or ValueError outside the years 1–9999."""
    return _EPOCH + timedelta(milliseconds=value)
