"""Choosing a new password: one's own, or after it was forgotten."""

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Actor
from sokhach.core.audit import AuditAction, record
from sokhach.core.config import Settings
from sokhach.core.crypto import hash_token
from sokhach.core.database import Database
from sokhach.core.problems import InvalidInput, not_found
from sokhach.people import queries, rules, service
from sokhach.people.models import Staff
from sokhach.people.passwords import PasswordHasher
from sokhach.people.security import devices, letters, links
from sokhach.people.security.proof import Proof

log = structlog.get_logger()


async def change(
    connection: AsyncConnection,
    hasher: PasswordHasher,
    proof: Proof,
    actor: Actor,
    *,
    session_id: int | None,
    current: str,
    password: str,
    address: str,
) -> None:
    """One's own; every other browser of theirs is signed out. Raises `password-wrong`, `too-many-attempts` or
    `invalid-input`."""
    await proof.password(actor.staff_id, current, address)
    person = await queries.profile_of(connection, actor.staff_id)
    if faults := rules.password_faults(password, person.email or person.phone or ""):
        raise InvalidInput(faults)
    await service.set_own_password(connection, await hasher.hash(password))
    await links.end(connection, actor.staff_id, "password_reset")
    await devices.end_others(connection, actor.staff_id, session_id)
    await record(connection, AuditAction.ACCOUNT_CHANGE_PASSWORD, actor.staff_id)
    log.info("password_changed", staff=actor.staff_id)


async def ask_for_reset(side: Database, settings: Settings, login: str, address: str) -> None:
    """Sends a link, when the login is somebody's e-mail address; says nothing of it. Raises `too-many-attempts`."""
    parsed = rules.parse_login(login)
    key = hash_token(f"reset:{parsed.key if parsed else login[: rules.LOGIN_LONGEST]}")
    async with side.side_transaction() as connection:
        await service.refuse_guessing(connection, key, address)
        await service.note_failure(connection, key, address)
        if settings.smtp_url and parsed and parsed.email:
            await letters.ask_for_reset(connection, settings, parsed.email)


async def reset_by_hand(connection: AsyncConnection, settings: Settings, actor: Actor, staff_id: int) -> str:
    """A link for an administrator to hand over. Raises `not-found`."""
    held = select(Staff.id).where(Staff.id == staff_id, Staff.suspended_at.is_(None)).with_for_update()
    if (await connection.execute(held)).one_or_none() is None:
        raise not_found()
    valid = links.RESET_BY_HAND_VALID
    link = await links.make(connection, settings, "password_reset", staff_id, valid=valid, by=actor.staff_id)
    await record(connection, AuditAction.STAFF_RESET_PASSWORD, staff_id)
    log.info("password_reset_made", staff=staff_id)
    return link


async def reset(connection: AsyncConnection, hasher: PasswordHasher, *, token: str, password: str) -> None:
    """Every browser of theirs is signed out. Raises `link-invalid` or `invalid-input`."""
    link = await links.look(connection, "password_reset", token)
    person = await queries.profile_of(connection, link.staff_id)
    if faults := rules.password_faults(password, person.email or person.phone or ""):
        raise InvalidInput(faults)
    password_hash = await hasher.hash(password)
    staff_id = await links.use(connection, "password_reset", token)
    await service.set_own_password(connection, password_hash)
    await links.end(connection, staff_id)
    await service.close_sessions_of(connection, staff_id)
    await record(connection, AuditAction.ACCOUNT_RESET_PASSWORD, staff_id, staff_id=staff_id)
    log.info("password_reset", staff=staff_id)
