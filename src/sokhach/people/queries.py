"""Every SELECT about people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Actor, Role, Scope
from sokhach.core.catalogue import Locale
from sokhach.core.database import acting, ask
from sokhach.people.models import SignInAttempt, Staff, StaffCredential
from sokhach.people.rules import Login


class Caller(NamedTuple):
    """Who a session belongs to."""

    actor: Actor
    locale: Locale
    last_seen_at: datetime


class Credential(NamedTuple):
    staff_id: int
    password_hash: str


ColorScheme = Literal["auto", "light", "dark"]


class Profile(NamedTuple):
    """What a person sees of themselves."""

    id: int
    name: str
    email: str | None
    phone: str | None
    role: Role
    locale: Locale
    color_scheme: ColorScheme


class Colleague(NamedTuple):
    id: int
    name: str


_SCOPE: Mapping[Role, Scope] = {Role.STAFF: "own", Role.LEAD: "staff", Role.MANAGER: "all", Role.ADMIN: "all"}
# Asked for every request: one statement, which also lets the transaction act as who calls. A lead sees everybody in the
# teams that they lead, and in the teams below.
_CALLER = text(
    f"""
    WITH RECURSIVE caller AS (
        SELECT staff.id, staff.name, staff.role, staff.locale, session.last_seen_at
        FROM session JOIN staff ON staff.id = session.staff_id
        WHERE session.token_hash = :token_hash AND session.expires_at > :now AND staff.suspended_at IS NULL
    ), led (team_id) AS (
        SELECT m.team_id FROM staff_team m JOIN caller ON caller.id = m.staff_id
        WHERE m.leads AND caller.role = 'lead'
        UNION
        SELECT team.id FROM team JOIN led ON led.team_id = team.parent_id
    ), seeing AS MATERIALIZED (
        SELECT caller.*, CASE caller.role {" ".join(f"WHEN '{role}' THEN '{scope}'" for role, scope in _SCOPE.items())}
            END AS scope, ARRAY(
                SELECT caller.id
                UNION SELECT m.staff_id FROM staff_team m JOIN led ON led.team_id = m.team_id
                ORDER BY 1
            ) AS scope_staff
        FROM caller
    )
    SELECT seeing.*, {acting(staff_id="id::text", role="role", scope="scope", scope_staff="scope_staff::text")}
    FROM seeing
    """
)


async def anybody_works_here(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(select(exists().select_from(Staff)))).scalar_one())


async def caller_of(connection: AsyncConnection, token_hash: bytes, now: datetime) -> Caller | None:
    """The person whose session it is, as whom the transaction acts from now on; None when it has ended, or when they
    are suspended."""
    rows = await ask(connection, _CALLER, {"token_hash": token_hash, "now": now})
    if not rows:
        return None
    [row] = rows
    actor = Actor(
        staff_id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        scope=row["scope"],
        scope_staff=tuple(row["scope_staff"]),
    )
    return Caller(actor, "en" if row["locale"] == "en" else "vi", row["last_seen_at"])


async def credential_of(connection: AsyncConnection, login: Login) -> Credential | None:
    """How a person who may sign in is recognised."""
    row = (
        await connection.execute(
            select(StaffCredential.staff_id, StaffCredential.password_hash)
            .join(Staff, Staff.id == StaffCredential.staff_id)
            .where(_is(login), Staff.suspended_at.is_(None))
        )
    ).one_or_none()
    return Credential(row.staff_id, row.password_hash) if row else None


async def failures_by_login(
    connection: AsyncConnection, login_hash: bytes, since: datetime, most: int
) -> Sequence[datetime]:
    """When sign-ins with this login failed, newest first, at most `most`."""
    return await _failures(connection, SignInAttempt.login_hash == login_hash, since, most)


async def failures_by_address(
    connection: AsyncConnection, address: str, since: datetime, most: int
) -> Sequence[datetime]:
    """When sign-ins from this address failed, newest first, at most `most`."""
    return await _failures(connection, SignInAttempt.address == address, since, most)


async def profile_of(connection: AsyncConnection, staff_id: int) -> Profile:
    row = (
        await connection.execute(
            select(Staff.id, Staff.name, Staff.email, Staff.phone, Staff.role, Staff.locale, Staff.color_scheme).where(
                Staff.id == staff_id
            )
        )
    ).one()
    return Profile(
        row.id,
        row.name,
        row.email,
        row.phone,
        Role(row.role),
        "en" if row.locale == "en" else "vi",
        cast("ColorScheme", row.color_scheme),
    )


async def colleagues(connection: AsyncConnection) -> Sequence[Colleague]:
    """Everybody who works here and is not suspended, by name."""
    rows = await connection.execute(
        select(Staff.id, Staff.name).where(Staff.suspended_at.is_(None)).order_by(Staff.name, Staff.id)
    )
    return [Colleague(row.id, row.name) for row in rows]


def _is(login: Login) -> ColumnElement[bool]:
    return func.lower(Staff.email) == login.email if login.email else Staff.phone == login.phone


async def _failures(
    connection: AsyncConnection, of: ColumnElement[bool], since: datetime, most: int
) -> Sequence[datetime]:
    attempts = (
        select(SignInAttempt.at).where(of, SignInAttempt.at > since).order_by(SignInAttempt.at.desc()).limit(most)
    )
    return (await connection.execute(attempts)).scalars().all()
