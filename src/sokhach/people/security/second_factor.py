"""Setting a second factor up and taking it away; recovery codes; which roles need one."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import structlog
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.audit import AuditAction, record
from sokhach.core.crypto import Vault
from sokhach.core.problems import Problem, not_found
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce
from sokhach.people.models import Staff
from sokhach.people.security import codes, recording
from sokhach.people.sign_in_models import RecoveryCode, SecurityPolicy, Totp

log = structlog.get_logger()


class Secret(NamedTuple):
    """`uri` is for a QR code, `secret` for typing."""

    secret: str
    uri: str


class State(NamedTuple):
    totp: bool
    totp_required: bool
    recovery_codes_left: int
    recording_confirmed_at: datetime | None


async def state_of(connection: AsyncConnection, actor: Actor) -> State:
    row = (
        await connection.execute(
            select(
                select(Totp.confirmed_at).where(Totp.staff_id == actor.staff_id).scalar_subquery().label("confirmed"),
                select(SecurityPolicy.totp_roles).scalar_subquery().label("roles"),
                select(func.count())
                .select_from(RecoveryCode)
                .where(RecoveryCode.staff_id == actor.staff_id)
                .scalar_subquery()
                .label("codes"),
                Staff.recording_confirmed_at,
                Staff.recording_version,
            ).where(Staff.id == actor.staff_id)
        )
    ).one()
    confirmed_at = row.recording_confirmed_at if row.recording_version == recording.VERSION else None
    return State(row.confirmed is not None, actor.role.value in row.roles, row.codes, confirmed_at)


async def begin(connection: AsyncConnection, vault: Vault, actor: Actor, login: str) -> Secret:
    """A new secret, which counts once a code of it was shown. Raises `second-factor-set`."""
    secret, now = codes.new_secret(), clock.now()
    sealed = vault.seal(secret.encode())
    begun = (
        upsert(Totp)
        .values(staff_id=actor.staff_id, sealed=sealed, created_at=now)
        .on_conflict_do_update(
            index_elements=[Totp.staff_id],
            set_={"sealed": sealed, "created_at": now},
            where=Totp.confirmed_at.is_(None),
        )
        .returning(Totp.staff_id)
    )
    if (await connection.execute(begun)).one_or_none() is None:
        raise Problem("second-factor-set", 409)
    return Secret(secret, codes.uri_of(secret, login))


async def confirm(connection: AsyncConnection, vault: Vault, actor: Actor, code: str) -> list[str] | None:
    """Recovery codes, told here and nowhere else; None: the code is wrong. Raises `second-factor-set`, or
    `second-factor-not-begun`."""
    row = (await connection.execute(text("SELECT * FROM own_totp()"))).one_or_none()
    if row is None:
        raise Problem("second-factor-not-begun", 409)
    if row.confirmed_at:
        raise Problem("second-factor-set", 409)
    now = clock.now()
    given = code.replace(" ", "")
    step = codes.step_of(vault.open(row.sealed).decode(), given, now, None) if codes.is_totp(given) else None
    if step is None:
        return None
    confirmed = update(Totp).where(Totp.staff_id == actor.staff_id).values(confirmed_at=now, last_step=step)
    await connection.execute(confirmed)
    await record(connection, AuditAction.SECOND_FACTOR_SET, actor.staff_id)
    log.info("second_factor_set", staff=actor.staff_id)
    return await _renew_codes(connection, actor.staff_id)


async def renew_codes(connection: AsyncConnection, actor: Actor) -> list[str]:
    """The old ones open nothing any more. Raises `second-factor-not-begun`."""
    await _must_have(connection, actor.staff_id, Problem("second-factor-not-begun", 409))
    await record(connection, AuditAction.SECOND_FACTOR_RENEW_CODES, actor.staff_id)
    return await _renew_codes(connection, actor.staff_id)


async def remove(connection: AsyncConnection, staff_id: int) -> None:
    """One's own, or as an administrator somebody else's who has lost theirs. Raises `not-found`."""
    await _must_have(connection, staff_id, not_found())
    await remove_if_set(connection, staff_id)


async def remove_if_set(connection: AsyncConnection, staff_id: int) -> None:
    """One that was begun and not confirmed, too."""
    await connection.execute(delete(Totp).where(Totp.staff_id == staff_id))
    await connection.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    await announce(connection, [Notice(kind=ACCESS_CHANGED, payload={"staff_id": staff_id})])
    await record(connection, AuditAction.SECOND_FACTOR_REMOVE, staff_id)
    log.info("second_factor_removed", staff=staff_id)


async def totp_roles(connection: AsyncConnection) -> list[str]:
    return (await connection.execute(select(SecurityPolicy.totp_roles))).scalar_one()


async def set_totp_roles(connection: AsyncConnection, actor: Actor, roles: Collection[Role]) -> None:
    """From now on everybody in these roles needs a second factor. Raises `second-factor-own-first`: who would shut
    themselves out."""
    if actor.role in roles and not (await state_of(connection, actor)).totp:
        raise Problem("second-factor-own-first", 409)
    before = await totp_roles(connection)
    after = sorted(role.value for role in roles)
    await connection.execute(update(SecurityPolicy).values(totp_roles=after))
    await announce(connection, [Notice(kind=ACCESS_CHANGED)])
    await record(
        connection, AuditAction.SECURITY_POLICY_CHANGE, before={"totp_roles": before}, after={"totp_roles": after}
    )
    log.info("security_policy_changed", totp_roles=after)


async def _must_have(connection: AsyncConnection, staff_id: int, otherwise: Problem) -> None:
    found = select(Totp.staff_id).where(Totp.staff_id == staff_id, Totp.confirmed_at.is_not(None))
    if (await connection.execute(found)).one_or_none() is None:
        raise otherwise


async def _renew_codes(connection: AsyncConnection, staff_id: int) -> list[str]:
    made = codes.new_recovery_codes()
    await connection.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    rows = [{"staff_id": staff_id, "code_hash": codes.hash_recovery(code)} for code in made]
    await connection.execute(insert(RecoveryCode), rows)
    return made
