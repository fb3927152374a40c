"""The preview of a list, and its import: everybody in it, or nobody."""

import asyncio
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.audit import AuditAction, record
from sokhach.core.catalogue import Locale
from sokhach.core.config import Settings
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.problems import Fault, Problem
from sokhach.people import rules, staff
from sokhach.people.importing import columns, reading
from sokhach.people.importing.columns import Columns
from sokhach.people.importing.reading import Line
from sokhach.people.models import Staff, Team
from sokhach.people.rules import Login
from sokhach.people.security import invitations
from sokhach.people.security.invitations import Invited
from sokhach.people.teams import Membership

log = structlog.get_logger()

MOST_PEOPLE = 500
PREVIEW_LASTS = timedelta(hours=1)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One person as the file has them. `line` from 1, the line of headings included."""

    line: int
    name: str
    login: str
    role: str
    team: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person as they will be added."""

    name: str
    login: str
    role: Role
    team_ids: list[int]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """`person` None: there are faults."""

    row: Row
    person: Person | None
    faults: list[Fault]


class _Preview(msgspec.Struct, frozen=True, kw_only=True):
    by: int
    at: datetime
    rows: list[Row]


async def preview(connection: AsyncConnection, content: bytes) -> list[Judged]:
    """Writes nothing. Raises `import-unreadable`, `import-columns` or `import-too-long`."""
    try:
        lines = await asyncio.to_thread(reading.read_table, content)
    except reading.UnreadableError as error:
        raise Problem("import-unreadable", 422) from error
    found = columns.find_columns(lines)
    if found is None:
        raise Problem("import-columns", 422)
    where, below = found
    if len(below) > MOST_PEOPLE:
        raise Problem("import-too-long", 422, limit=MOST_PEOPLE)
    return await judge(connection, [_row(line, where) for line in below])


async def judge(connection: AsyncConnection, rows: Sequence[Row]) -> list[Judged]:
    """Everything that is wrong with each line, by itself, beside the others, and beside who works here already."""
    logins = [rules.parse_login(row.login) for row in rows]
    taken = await _taken(connection, [login for login in logins if login])
    teams = columns.Teams(await _teams(connection))
    seen: dict[str, int] = {}
    judged: list[Judged] = []
    for row, login in zip(rows, logins, strict=True):
        faults = rules.name_faults(row.name)
        if login is None:
            faults.append(Fault("login", "login-form" if row.login else "blank"))
        elif login.key in seen:
            faults.append(Fault("login", "login-twice", seen[login.key]))
        elif login.key in taken:
            faults.append(Fault("login", "login-taken"))
        if login:
            seen.setdefault(login.key, row.line)
        role = columns.role_of(row.role)
        if role is None:
            faults.append(Fault("role", "role-unknown"))
        team_ids, fault = teams.find(row.team)
        if fault:
            faults.append(Fault("team", fault))
        person = Person(name=row.name, login=row.login, role=role, team_ids=team_ids) if role and not faults else None
        judged.append(Judged(row=row, person=person, faults=faults))
    return judged


def seal(settings: Settings, actor: Actor, judged: Sequence[Judged]) -> str | None:
    """What the browser brings back to confirm what it has seen; None: there is something to correct first."""
    if not judged or any(one.faults for one in judged):
        return None
    seen = _Preview(by=actor.staff_id, at=clock.now(), rows=[one.row for one in judged])
    return Vault(settings.keys).seal(zlib.compress(msgspec.json.encode(seen))).decode("ascii")


async def bring_in(
    connection: AsyncConnection, settings: Settings, actor: Actor, token: str, locale: Locale
) -> list[tuple[Row, Invited]]:
    """Adds and invites everybody. Raises `import-expired`, or `import-faulty` when something has changed since the
    preview: then nobody is added."""
    seen = _unseal(settings, token)
    if seen.by != actor.staff_id or clock.now() > seen.at + PREVIEW_LASTS:
        raise Problem("import-expired", 409)
    judged = await judge(connection, seen.rows)
    added: list[tuple[Row, Invited]] = []
    for one in judged:
        if one.person is None:
            raise Problem("import-faulty", 409)
        invited = await invitations.add_invited(
            connection,
            settings,
            actor,
            name=one.person.name,
            login=one.person.login,
            role=one.person.role,
            memberships=[Membership(id, one.person.role is Role.LEAD) for id in one.person.team_ids],
            locale=locale,
        )
        added.append((one.row, invited))
    await staff.tell_everybody(connection)
    await record(connection, AuditAction.STAFF_IMPORT, after={"added": len(added)})
    log.info("staff_imported", added=len(added))
    return added


def admins_in(settings: Settings, token: str) -> bool:
    """Whether somebody of the list becomes an administrator."""
    return any(columns.role_of(row.role) is Role.ADMIN for row in _unseal(settings, token).rows)


def _unseal(settings: Settings, token: str) -> _Preview:
    try:
        sealed = Vault(settings.keys).open(token.encode())
        return msgspec.json.decode(zlib.decompress(sealed), type=_Preview)
    except (UndecipherableError, zlib.error, msgspec.MsgspecError) as error:
        raise Problem("import-expired", 409) from error


def _row(line: Line, where: Columns) -> Row:
    def cell(index: int | None) -> str:
        return line.cells[index] if index is not None and index < len(line.cells) else ""

    login = next((cell(index) for index in where.logins if cell(index)), "")
    return Row(line=line.number, name=cell(where.name), login=login, role=cell(where.role), team=cell(where.team))


async def _taken(connection: AsyncConnection, logins: Sequence[Login]) -> set[str]:
    emails = [login.email for login in logins if login.email]
    phones = [login.phone for login in logins if login.phone]
    found = await connection.execute(
        select(func.lower(Staff.email).label("email"), Staff.phone).where(
            or_(func.lower(Staff.email).in_(emails), Staff.phone.in_(phones))
        )
    )
    return {key for row in found for key in (row.email, row.phone) if key}


async def _teams(connection: AsyncConnection) -> list[columns.Team]:
    rows = await connection.execute(select(Team.id, Team.parent_id, Team.name))
    return [columns.Team(row.id, row.parent_id, row.name) for row in rows]
