"""What administrators do about people who work here: adding, changing, new passwords, suspending and bringing back.

Beside `service.py`, where everybody's own sign-in is.
"""

from collections.abc import Sequence

import structlog
from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.audit import AuditAction, record
from sokhach.core.problems import InvalidInput, Problem, not_found
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce
from sokhach.core.text import fold, nfc
from sokhach.people import rules, service, teams
from sokhach.people.models import Staff, StaffCredential
from sokhach.people.passwords import PasswordHasher, make_password
from sokhach.people.security import links, tokens
from sokhach.people.teams import Membership

log = structlog.get_logger()


async def add(
    connection: AsyncConnection,
    hasher: PasswordHasher,
    *,
    name: str,
    login: str,
    role: Role,
    memberships: Sequence[Membership],
    locale: str,
) -> tuple[int, str]:
    """Returns who it is, and their first password, which is kept as its hash only. Raises `invalid-input` or
    `login-taken`."""
    password = make_password()
    staff_id = await service.create_person(
        connection, hasher, name=name, login=login, password=password, locale=locale, role=role
    )
    await teams.set_teams(connection, staff_id, memberships)
    await tell_everybody(connection)
    after = {"name": nfc(name).strip(), "role": role.value, "teams": await teams.teams_of(connection, staff_id)}
    await record(connection, AuditAction.STAFF_ADD, staff_id, after=after)
    log.info("staff_added", staff=staff_id, role=role.value)
    return staff_id, password


async def change(
    connection: AsyncConnection,
    staff_id: int,
    *,
    name: str | None = None,
    role: Role | None = None,
    memberships: Sequence[Membership] | None = None,
) -> None:
    """Changes what is given. Raises `invalid-input`, `not-found` or `last-admin`."""
    if name is not None:
        if faults := rules.name_faults(name):
            raise InvalidInput(faults)
        name = nfc(name).strip()
    if role is not None and role is not Role.ADMIN:
        await _keep_an_admin(connection, staff_id)
    before = await _known(connection, staff_id)
    given = {"name": name, "name_folded": fold(name) if name else None, "role": role.value if role else None}
    changes: dict[str, object] = {column: value for column, value in given.items() if value is not None}
    await _write(connection, staff_id, changes or {"role": Staff.role})
    if memberships is not None:
        await teams.set_teams(connection, staff_id, memberships)
    # A lead may see more or less by the teams of others.
    await tell_everybody(connection)
    after = await _known(connection, staff_id)
    changed = [field for field in after if after[field] != before[field]]
    if changed:
        await record(
            connection,
            AuditAction.STAFF_CHANGE,
            staff_id,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
        )
    log.info("staff_changed", staff=staff_id, role=role.value if role else None, teams=memberships is not None)


async def renew_password(connection: AsyncConnection, hasher: PasswordHasher, actor: Actor, staff_id: int) -> str:
    """Returns the new password, which is kept as its hash only; whoever signed in with the old one is signed out, and
    an invitation is no longer needed.
    Raises `not-found` or `not-on-oneself`."""
    _not_oneself(actor, staff_id)
    if await connection.scalar(select(Staff.id).where(Staff.id == staff_id)) is None:
        raise not_found()
    password = make_password()
    values = {"password_hash": await hasher.hash(password), "changed_at": clock.now()}
    renewed = upsert(StaffCredential).values(staff_id=staff_id, **values)
    await connection.execute(renewed.on_conflict_do_update(index_elements=[StaffCredential.staff_id], set_=values))
    await links.end(connection, staff_id)
    await service.close_sessions_of(connection, staff_id)
    await record(connection, AuditAction.STAFF_RENEW_PASSWORD, staff_id)
    log.info("staff_password_renewed", staff=staff_id)
    return password


async def suspend(connection: AsyncConnection, actor: Actor, staff_id: int) -> None:
    """Ends every session, socket, API token and link of theirs, and lets them sign in no more. Suspended twice is
    suspended since the first time. Raises `not-found`, `not-on-oneself` or `last-admin`."""
    _not_oneself(actor, staff_id)
    await _keep_an_admin(connection, staff_id)
    since = (await connection.execute(select(Staff.suspended_at).where(Staff.id == staff_id))).scalar_one_or_none()
    await _write(connection, staff_id, {"suspended_at": since or clock.now()})
    await service.close_sessions_of(connection, staff_id)
    await tokens.revoke_all_of(connection, staff_id)
    await links.end(connection, staff_id)
    await record(connection, AuditAction.STAFF_SUSPEND, staff_id)
    log.info("staff_suspended", staff=staff_id)


async def reinstate(connection: AsyncConnection, staff_id: int) -> None:
    """They may sign in again, as they did before; their API tokens and links stay ended. Raises `not-found`."""
    await _write(connection, staff_id, {"suspended_at": None})
    await record(connection, AuditAction.STAFF_REINSTATE, staff_id)
    log.info("staff_reinstated", staff=staff_id)


async def tell_everybody(connection: AsyncConnection) -> None:
    """Open sockets ask anew whom they serve."""
    await announce(connection, [Notice(kind=ACCESS_CHANGED)])


async def _known(connection: AsyncConnection, staff_id: int) -> dict[str, object]:
    """What an administrator may change of a person. Raises `not-found`."""
    row = (await connection.execute(select(Staff.name, Staff.role).where(Staff.id == staff_id))).one_or_none()
    if row is None:
        raise not_found()
    return {"name": row.name, "role": row.role, "teams": await teams.teams_of(connection, staff_id)}


async def _write(connection: AsyncConnection, staff_id: int, values: dict[str, object]) -> None:
    written = await connection.execute(update(Staff).where(Staff.id == staff_id).values(**values))
    if written.rowcount == 0:
        raise not_found()


async def _keep_an_admin(connection: AsyncConnection, staff_id: int) -> None:
    """Held until the end, so that of two who suspend each other one comes too late. Who was invited and has not come
    cannot let anybody in."""
    active = (
        select(Staff.id)
        .where(
            Staff.role == Role.ADMIN.value,
            Staff.suspended_at.is_(None),
            exists().where(StaffCredential.staff_id == Staff.id),
        )
        .order_by(Staff.id)
        .with_for_update(of=Staff)
    )
    if list((await connection.execute(active)).scalars()) == [staff_id]:
        raise Problem("last-admin", 409)


def _not_oneself(actor: Actor, staff_id: int) -> None:
    if actor.staff_id == staff_id:
        raise Problem("not-on-oneself", 409)
