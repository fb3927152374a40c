"""Browsers that are signed in, and ending them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.audit import AuditAction, record
from sokhach.core.problems import not_found
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce
from sokhach.people.models import Session

log = structlog.get_logger()

SUDO_LASTS = timedelta(minutes=10)


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that is signed in. `device` is what it calls itself (User-Agent); `last_seen_at` to ten minutes;
    `current`: the one that asks."""

    id: int
    address: str | None
    device: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


async def devices_of(connection: AsyncConnection, staff_id: int, current: int | None) -> Sequence[Device]:
    """Last seen first."""
    rows = await connection.execute(
        select(Session.id, Session.address, Session.user_agent, Session.created_at, Session.last_seen_at)
        .where(Session.staff_id == staff_id, Session.expires_at > clock.now())
        .order_by(Session.last_seen_at.desc(), Session.id.desc())
    )
    return [
        Device(
            id=row.id,
            address=str(row.address) if row.address else None,
            device=row.user_agent,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            current=row.id == current,
        )
        for row in rows
    ]


async def end(connection: AsyncConnection, staff_id: int, device_id: int) -> None:
    """Signs one browser of theirs out, its open sockets included. Raises `not-found`."""
    ended = delete(Session).where(Session.id == device_id, Session.staff_id == staff_id)
    if (await connection.execute(ended)).rowcount == 0:
        raise not_found()
    await _tell(connection, staff_id)
    await record(connection, AuditAction.DEVICE_END, device_id, before={"staff_id": staff_id})
    log.info("device_ended", staff=staff_id, device=device_id)


async def end_others(connection: AsyncConnection, staff_id: int, kept: int | None) -> None:
    """All but one."""
    await connection.execute(delete(Session).where(Session.staff_id == staff_id, Session.id.is_distinct_from(kept)))
    await _tell(connection, staff_id)


async def begin_sudo(connection: AsyncConnection, session_id: int) -> None:
    """For the next minutes this browser need not prove again who sits before it."""
    until = clock.now() + SUDO_LASTS
    await connection.execute(update(Session).where(Session.id == session_id).values(sudo_until=until))


async def _tell(connection: AsyncConnection, staff_id: int) -> None:
    await announce(connection, [Notice(kind=ACCESS_CHANGED, payload={"staff_id": staff_id})])
