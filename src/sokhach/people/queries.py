"""Every SELECT about people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, TextClause, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.catalogue import Locale
from sokhach.core.database import acting, ask
from sokhach.core.origin import current_origin
from sokhach.people.models import SignInAttempt, Staff, StaffCredential
from sokhach.people.rules import Login
from sokhach.people.scope import ACTING, COLUMNS, SCOPE, actor_from


class Caller(NamedTuple):
    """Who a session or an API token belongs to. The last four are of the session; a token has none of them."""

    actor: Actor
    locale: Locale
    lacks_second_factor: bool
    last_seen_at: datetime | None
    session_id: int | None
    signed_in_at: datetime | None
    sudo_until: datetime | None


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
    recording_version: int | None


class Colleague(NamedTuple):
    id: int
    name: str


# Asked for every request: one statement, which also lets the transaction act as who calls.
_CALLER = f"""
    WITH RECURSIVE caller AS (
        {{caller}}
    ), {SCOPE}, seeing AS MATERIALIZED (
        SELECT caller.*, lacks_second_factor(caller.id, caller.role) AS lacks_second_factor, {COLUMNS}
        FROM caller
    )
    SELECT seeing.*, {acting(ACTING)} FROM seeing
"""
_BY_SESSION = text(
    _CALLER.format(
        caller="""
        SELECT staff.id, staff.name, staff.role, staff.locale, session.last_seen_at, session.id AS session_id,
            session.created_at AS signed_in_at, session.sudo_until
        FROM session JOIN staff ON staff.id = session.staff_id
        WHERE session.token_hash = :token_hash AND session.expires_at > :now AND staff.suspended_at IS NULL
        """
    )
)
_BY_ID = text(
    _CALLER.format(
        caller="""
        SELECT staff.id, staff.name, staff.role, staff.locale, NULL::timestamptz AS last_seen_at,
            NULL::bigint AS session_id, NULL::timestamptz AS signed_in_at, NULL::timestamptz AS sudo_until
        FROM staff WHERE staff.id = :staff_id AND staff.suspended_at IS NULL
        """
    )
)


async def anybody_works_here(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(select(exists().select_from(Staff)))).scalar_one())


async def caller_of(connection: AsyncConnection, token_hash: bytes, now: datetime) -> Caller | None:
    """Who the session with this token belongs to, if it is alive and they may be here. The transaction acts as them
    from now on."""
    return await _caller(connection, _BY_SESSION, {"token_hash": token_hash, "now": now})


async def caller_by_id(connection: AsyncConnection, staff_id: int) -> Caller | None:
    """Somebody who may be here, without a session: the owner of an API token. The transaction acts as them from now
    on."""
    return await _caller(connection, _BY_ID, {"staff_id": staff_id, "now": clock.now()})


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


async def id_of(connection: AsyncConnection, login: Login) -> int | None:
    """Who signs in like this, suspended or not."""
    return await connection.scalar(select(Staff.id).where(_is(login)))


async def password_hash_of(connection: AsyncConnection, staff_id: int) -> str | None:
    return await connection.scalar(select(StaffCredential.password_hash).where(StaffCredential.staff_id == staff_id))


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
            select(
                Staff.id,
                Staff.name,
                Staff.email,
                Staff.phone,
                Staff.role,
                Staff.locale,
                Staff.color_scheme,
                Staff.recording_version,
            ).where(Staff.id == staff_id)
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
        row.recording_version,
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


async def _caller(connection: AsyncConnection, statement: TextClause, values: Mapping[str, Any]) -> Caller | None:
    values = {**values, "at": clock.now().isoformat(), "address": current_origin().address or ""}
    rows = await ask(connection, statement, values)
    if not rows:
        return None
    [row] = rows
    return Caller(
        actor_from(row),
        "en" if row["locale"] == "en" else "vi",
        lacks_second_factor=row["lacks_second_factor"],
        last_seen_at=row["last_seen_at"],
        session_id=row["session_id"],
        signed_in_at=row["signed_in_at"],
        sudo_until=row["sudo_until"],
    )
