"""Inviting people: they choose their password themselves, and confirm that work chats are recorded."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import structlog
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Actor, Role
from sokhach.core.audit import AuditAction, record
from sokhach.core.catalogue import Locale
from sokhach.core.config import Settings
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.people import queries, rules, service, staff, teams
from sokhach.people.models import Staff, StaffCredential
from sokhach.people.passwords import PasswordHasher
from sokhach.people.rules import Login
from sokhach.people.security import letters, links, recording
from sokhach.people.teams import Membership

log = structlog.get_logger()


class Invited(NamedTuple):
    """`link` is told here and nowhere else; `mailed`: it is on its way to their e-mail address, too."""

    staff_id: int
    link: str
    mailed: bool


class Invitation(NamedTuple):
    name: str
    login: str
    invited_by: str | None
    expires_at: datetime


async def invite(
    connection: AsyncConnection,
    settings: Settings,
    actor: Actor,
    *,
    name: str,
    login: str,
    role: Role,
    memberships: Sequence[Membership],
    locale: Locale,
) -> Invited:
    """Adds somebody who has no password yet. Raises `invalid-input` or `login-taken`."""
    invited = await add_invited(
        connection, settings, actor, name=name, login=login, role=role, memberships=memberships, locale=locale
    )
    await staff.tell_everybody(connection)
    return invited


async def add_invited(
    connection: AsyncConnection,
    settings: Settings,
    actor: Actor,
    *,
    name: str,
    login: str,
    role: Role,
    memberships: Sequence[Membership],
    locale: Locale,
) -> Invited:
    """The same, one of many: nobody is told yet."""
    parsed = check_invited(name, login)
    staff_id = await service.add_person(connection, name=name, login=parsed, locale=locale, role=role)
    await teams.set_teams(connection, staff_id, memberships)
    after = {"role": role.value, "teams": sorted(one.team_id for one in memberships)}
    await record(connection, AuditAction.STAFF_INVITE, staff_id, after=after)
    log.info("staff_invited", staff=staff_id, role=role.value)
    return await _send(connection, settings, actor, staff_id)


def check_invited(name: str, login: str) -> Login:
    """Raises `invalid-input`."""
    parsed = rules.parse_login(login)
    faults = rules.name_faults(name)
    if parsed is None:
        faults.append(Fault("login", "login-form"))
    if parsed is None or faults:
        raise InvalidInput(faults)
    return parsed


async def invite_again(connection: AsyncConnection, settings: Settings, actor: Actor, staff_id: int) -> Invited:
    """A new link for somebody who has not come yet; the old one ends. Raises `not-found` or `already-joined`."""
    person = (
        await connection.execute(
            select(Staff.suspended_at, exists().where(StaffCredential.staff_id == Staff.id).label("joined"))
            .where(Staff.id == staff_id)
            .with_for_update(of=Staff)
        )
    ).one_or_none()
    if person is None:
        raise not_found()
    if person.joined or person.suspended_at:
        raise Problem("already-joined", 409)
    await record(connection, AuditAction.STAFF_INVITE_AGAIN, staff_id)
    return await _send(connection, settings, actor, staff_id)


async def look_at(connection: AsyncConnection, token: str) -> Invitation:
    """What the page shows before the password is chosen. Raises `link-invalid`."""
    link = await links.look(connection, "invitation", token)
    person = await queries.profile_of(connection, link.staff_id)
    by = await queries.profile_of(connection, link.created_by) if link.created_by else None
    return Invitation(person.name, person.email or person.phone or "", by.name if by else None, link.expires_at)


async def accept(
    connection: AsyncConnection, hasher: PasswordHasher, *, token: str, password: str, recording_confirmed: bool
) -> int:
    """Who has come. Raises `link-invalid` or `invalid-input`."""
    link = await links.look(connection, "invitation", token)
    person = await queries.profile_of(connection, link.staff_id)
    faults = rules.password_faults(password, person.email or person.phone or "")
    if not recording_confirmed:
        faults.append(Fault("recording_confirmed", "not-confirmed"))
    if faults:
        raise InvalidInput(faults)
    password_hash = await hasher.hash(password)
    staff_id = await links.use(connection, "invitation", token)
    await service.set_own_password(connection, password_hash)
    await links.end(connection, staff_id)
    await recording.confirm(connection)
    await record(connection, AuditAction.STAFF_JOIN, staff_id, staff_id=staff_id)
    log.info("staff_joined", staff=staff_id)
    return staff_id


async def _send(connection: AsyncConnection, settings: Settings, actor: Actor, staff_id: int) -> Invited:
    person = await queries.profile_of(connection, staff_id)
    valid = links.INVITATION_VALID
    link = await links.make(connection, settings, "invitation", staff_id, valid=valid, by=actor.staff_id)
    mailed = await letters.send_invitation(
        connection, settings, to=person.email, name=person.name, link=link, locale=person.locale, by=actor.name
    )
    return Invited(staff_id, link, mailed)
