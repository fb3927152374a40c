"""Reads for the page of staff: people as an administrator looks at them, and the tree of teams."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.paging import Position, read_cursor, write_cursor
from sokhach.core.text import fold
from sokhach.people.rules import staff_code
from sokhach.people.security import recording

RoleName = Literal["staff", "lead", "manager", "admin", "auditor"]
TeamKind = Literal["branch", "team"]


class StaffTeamView(msgspec.Struct, kw_only=True):
    """`leads` counts while the person's role is `lead`."""

    team_id: int
    name: str
    leads: bool


class StaffMember(msgspec.Struct, kw_only=True):
    """`last_seen_at` is told by the browsers that are signed in, to ten minutes; None: there is none. `invited`: has
    not come yet; `invitation_expires_at` of a link that is out, which may have passed. `totp`: has a second factor.
    `recording_confirmed_at`: that work chats are recorded, in its present wording."""

    id: int
    code: str
    name: str
    email: str | None
    phone: str | None
    role: RoleName
    teams: list[StaffTeamView]
    last_seen_at: datetime | None
    created_at: datetime
    suspended_at: datetime | None
    invited: bool
    invitation_expires_at: datetime | None
    totp: bool
    recording_confirmed_at: datetime | None


class StaffPage(msgspec.Struct, kw_only=True):
    """`total` counts all that the filters let through; `next` is for `before` of the page after."""

    items: list[StaffMember]
    next: str | None
    total: int


class TeamLead(msgspec.Struct, kw_only=True):
    id: int
    name: str


class TeamView(msgspec.Struct, kw_only=True):
    """`depth` is 0 at the root. `member_count` counts who belongs to the team or to one below it and is not suspended;
    `leads` are those who lead this very team. `empty`: it may be deleted."""

    id: int
    parent_id: int | None
    kind: TeamKind
    name: str
    depth: int
    member_count: int
    leads: list[TeamLead]
    empty: bool


async def list_staff(
    connection: AsyncConnection,
    *,
    search: str,
    role: RoleName | None,
    team_id: int | None,
    suspended: bool | None,
    recording_confirmed: bool | None,
    before: str | None,
    limit: int,
) -> StaffPage:
    """A page by name. `search` is looked for in names (without diacritics), e-mail addresses and phone numbers; a team
    stands for all below it, too. Raises `InvalidCursorError`."""
    position = read_cursor(before) if before else None
    conditions = ["true"]
    values: dict[str, Any] = {"limit": limit + 1, "now": clock.now()}
    if suspended is not None:
        conditions.append(f"s.suspended_at IS {'NOT ' if suspended else ''}NULL")
    if recording_confirmed is not None:
        conditions.append(f"{'' if recording_confirmed else 'NOT '}{_CONFIRMED}")
    if role is not None:
        conditions.append("s.role = :role")
        values["role"] = role
    if team_id is not None:
        conditions.append(_IN_TEAM)
        values["team"] = team_id
    if wanted := fold(search):
        conditions.append(_MATCHES)
        values |= {"wanted": wanted, "digits": _digits(wanted)}
    rule = " AND ".join(conditions)
    total: int = (await connection.execute(text(f"SELECT count(*) FROM staff s WHERE {rule}"), values)).scalar_one()
    if position:
        rule += " AND (s.name_folded, s.id) > (SELECT l.name_folded, l.id FROM staff l WHERE l.id = :last)"
        values["last"] = position.id
    found = await connection.execute(text(f"{_SELECT} WHERE {rule} ORDER BY s.name_folded, s.id LIMIT :limit"), values)
    rows = found.mappings().all()
    more, rows = len(rows) > limit, rows[:limit]
    return StaffPage(
        items=await _members(connection, rows),
        next=write_cursor(Position(rows[-1]["created_at"], rows[-1]["id"])) if more else None,
        total=total,
    )


async def staff_member(connection: AsyncConnection, staff_id: int) -> StaffMember | None:
    values = {"id": staff_id, "now": clock.now()}
    rows = (await connection.execute(text(f"{_SELECT} WHERE s.id = :id"), values)).mappings().all()
    return next(iter(await _members(connection, rows)), None)


async def list_teams(connection: AsyncConnection) -> list[TeamView]:
    """The whole tree: a team, those below it, the next; sisters by name."""
    rows = (await connection.execute(text(_TEAMS))).mappings().all()
    leads: dict[int, list[TeamLead]] = defaultdict(list)
    for lead in await connection.execute(text(_LEADS)):
        leads[lead.team_id].append(TeamLead(id=lead.id, name=lead.name))
    below: dict[int | None, list[Mapping[Any, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["kind"], fold(row["name"]), row["id"])):
        below[row["parent_id"]].append(row)
    return [
        TeamView(
            id=row["id"],
            parent_id=row["parent_id"],
            kind=row["kind"],
            name=row["name"],
            depth=depth,
            member_count=row["member_count"],
            leads=leads[row["id"]],
            empty=not row["has_members"] and not below[row["id"]],
        )
        for row, depth in _walk(below, None, 0)
    ]


def _walk(
    below: Mapping[int | None, Sequence[Mapping[Any, Any]]], parent_id: int | None, depth: int
) -> Iterator[tuple[Mapping[Any, Any], int]]:
    for row in list(below.get(parent_id, ())):
        yield row, depth
        yield from _walk(below, row["id"], depth + 1)


async def _members(connection: AsyncConnection, rows: Sequence[Mapping[Any, Any]]) -> list[StaffMember]:
    found = await connection.execute(text(_TEAMS_OF), {"ids": [row["id"] for row in rows]})
    teams: dict[int, list[StaffTeamView]] = defaultdict(list)
    for one in found:
        teams[one.staff_id].append(StaffTeamView(team_id=one.team_id, name=one.name, leads=one.leads))
    return [
        StaffMember(
            id=row["id"],
            code=staff_code(row["id"]),
            name=row["name"],
            email=row["email"],
            phone=row["phone"],
            role=row["role"],
            teams=teams[row["id"]],
            last_seen_at=row["last_seen_at"],
            created_at=row["created_at"],
            suspended_at=row["suspended_at"],
            invited=row["invited"],
            invitation_expires_at=row["invitation_expires_at"],
            totp=row["totp"],
            recording_confirmed_at=row["recording_confirmed_at"],
        )
        for row in rows
    ]


def _digits(wanted: str) -> str | None:
    """The national part of what may be a phone number: 0912… and +84 912… are one."""
    digits = re.sub(r"[^0-9]", "", wanted)
    if len(digits) < 3 or re.search(r"[^0-9+()./ -]", wanted):
        return None
    return digits.removeprefix("84").removeprefix("0") or None


_CONFIRMED = f"(s.recording_version IS NOT DISTINCT FROM {recording.VERSION})"
_SELECT = f"""
    SELECT s.id, s.name, s.email, s.phone, s.role, s.created_at, s.suspended_at,
        NOT EXISTS (SELECT FROM staff_credential c WHERE c.staff_id = s.id) AS invited,
        (SELECT l.expires_at FROM staff_link l WHERE l.staff_id = s.id AND l.kind = 'invitation')
            AS invitation_expires_at,
        EXISTS (SELECT FROM totp t WHERE t.staff_id = s.id AND t.confirmed_at IS NOT NULL) AS totp,
        CASE WHEN {_CONFIRMED} THEN s.recording_confirmed_at END AS recording_confirmed_at,
        (SELECT max(x.last_seen_at) FROM session x WHERE x.staff_id = s.id AND x.expires_at > :now) AS last_seen_at
    FROM staff s
"""
_MATCHES = """(
    position(:wanted IN s.name_folded) > 0 OR position(:wanted IN lower(s.email)) > 0
    OR position(CAST(:digits AS text) IN s.phone) > 0
)"""
_IN_TEAM = """s.id IN (
    WITH RECURSIVE below AS (
        SELECT t.id FROM team t WHERE t.id = :team
        UNION SELECT t.id FROM team t JOIN below ON t.parent_id = below.id
    ) SELECT m.staff_id FROM staff_team m JOIN below ON below.id = m.team_id
)"""
_TEAMS_OF = """
    SELECT m.staff_id, m.team_id, m.leads, t.name FROM staff_team m JOIN team t ON t.id = m.team_id
    WHERE m.staff_id = ANY (:ids) ORDER BY m.leads DESC, t.name, t.id
"""
_TEAMS = """
    WITH RECURSIVE within AS (
        SELECT t.id AS team_id, t.id AS below_id FROM team t
        UNION SELECT w.team_id, t.id FROM within w JOIN team t ON t.parent_id = w.below_id
    ), counted AS (
        SELECT w.team_id, count(DISTINCT s.id) AS member_count
        FROM within w JOIN staff_team m ON m.team_id = w.below_id JOIN staff s ON s.id = m.staff_id
        WHERE s.suspended_at IS NULL GROUP BY w.team_id
    )
    SELECT t.id, t.parent_id, t.kind, t.name, coalesce(c.member_count, 0) AS member_count,
        EXISTS (SELECT FROM staff_team m WHERE m.team_id = t.id) AS has_members
    FROM team t LEFT JOIN counted c ON c.team_id = t.id
"""
_LEADS = """
    SELECT m.team_id, s.id, s.name FROM staff_team m JOIN staff s ON s.id = m.staff_id
    WHERE m.leads AND s.role = 'lead' AND s.suspended_at IS NULL ORDER BY s.name_folded, s.id
"""
