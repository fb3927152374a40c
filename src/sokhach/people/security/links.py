"""Links that let somebody choose a password, once: an invitation, or a password that was forgotten."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import delete, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import hash_token, new_token
from sokhach.core.problems import Problem
from sokhach.people.sign_in_models import StaffLink

Kind = Literal["invitation", "password_reset"]

INVITATION_VALID = timedelta(days=7)
RESET_BY_MAIL_VALID = timedelta(hours=1)
RESET_BY_HAND_VALID = timedelta(hours=24)
_PAGES: dict[Kind, str] = {"invitation": "/invitation", "password_reset": "/password-reset"}


class Link(NamedTuple):
    staff_id: int
    created_by: int | None
    expires_at: datetime


async def make(
    connection: AsyncConnection, settings: Settings, kind: Kind, staff_id: int, *, valid: timedelta, by: int | None
) -> str:
    """The address to be opened; earlier ones of this kind for this person open nothing any more."""
    token, now = new_token(), clock.now()
    await end(connection, staff_id, kind)
    await connection.execute(
        insert(StaffLink).values(
            staff_id=staff_id,
            kind=kind,
            token_hash=hash_token(token),
            created_at=now,
            created_by=by,
            expires_at=now + valid,
        )
    )
    return f"{settings.base_url}{_PAGES[kind]}?token={token}"


async def look(connection: AsyncConnection, kind: Kind, token: str) -> Link:
    """Raises `link-invalid`: unknown, used, replaced, out of date, or its person is suspended."""
    row = (await connection.execute(_LOOK, _given(kind, token))).one_or_none()
    if row is None:
        raise Problem("link-invalid", 410)
    return Link(row.staff_id, row.created_by, row.expires_at)


async def use(connection: AsyncConnection, kind: Kind, token: str) -> int:
    """Whose it was. Raises `link-invalid`. From now on the transaction may set what is that person's own."""
    staff_id = (await connection.execute(_USE, _given(kind, token))).scalar_one_or_none()
    if staff_id is None:
        raise Problem("link-invalid", 410)
    await act_as_oneself(connection, staff_id)
    return staff_id


async def end(connection: AsyncConnection, staff_id: int, kind: Kind | None = None) -> None:
    ended = delete(StaffLink).where(StaffLink.staff_id == staff_id)
    await connection.execute(ended.where(StaffLink.kind == kind) if kind else ended)


async def act_as_oneself(connection: AsyncConnection, staff_id: int) -> None:
    """For somebody who has proved who they are and is not signed in yet: their own secrets, and nothing else."""
    await connection.execute(text("SELECT set_config('app.staff_id', :id, true)"), {"id": str(staff_id)})


def _given(kind: Kind, token: str) -> dict[str, object]:
    return {"given": hash_token(token), "kind": kind, "at": clock.now()}


_LOOK = text("SELECT * FROM look_at_link(:given, :kind, :at)")
_USE = text("SELECT staff_id FROM use_link(:given, :kind, :at)")
