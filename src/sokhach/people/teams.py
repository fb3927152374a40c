"""The verbs of teams: the tree of branches and teams, and who belongs where. The only writer of `team` and
`staff_team`."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import structlog
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.audit import AuditAction, record
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.text import nfc
from sokhach.people import rules
from sokhach.people.models import StaffTeam, Team

log = structlog.get_logger()

TeamKind = Literal["branch", "team"]


class Membership(NamedTuple):
    """`leads` counts for people whose role is lead: they see what the team and the teams below it see."""

    team_id: int
    leads: bool = False


async def add_team(connection: AsyncConnection, *, kind: TeamKind, name: str, parent_id: int | None = None) -> int:
    """Raises `invalid-input`: no name, no such parent, or a branch below a team."""
    if faults := rules.team_name_faults(name):
        raise InvalidInput(faults)
    await _check_parent(connection, kind, parent_id)
    added = insert(Team).values(kind=kind, name=nfc(name).strip(), parent_id=parent_id).returning(Team.id)
    team_id: int = (await connection.execute(added)).scalar_one()
    after = {"name": nfc(name).strip(), "kind": kind, "parent_id": parent_id}
    await record(connection, AuditAction.TEAM_ADD, team_id, after=after)
    log.info("team_added", team=team_id, parent=parent_id)
    return team_id


async def rename_team(connection: AsyncConnection, team_id: int, name: str) -> None:
    """Raises `invalid-input` or `not-found`."""
    if faults := rules.team_name_faults(name):
        raise InvalidInput(faults)
    before = await connection.scalar(select(Team.name).where(Team.id == team_id).with_for_update())
    if before is None:
        raise not_found()
    name = nfc(name).strip()
    await connection.execute(update(Team).where(Team.id == team_id).values(name=name))
    if name != before:
        await record(connection, AuditAction.TEAM_RENAME, team_id, before={"name": before}, after={"name": name})


async def move_team(connection: AsyncConnection, team_id: int, parent_id: int | None) -> None:
    """Hangs a team with all that is below it under another, or at the root. Raises `not-found`, `invalid-input` or
    `team-below-itself`."""
    # Two moves at once could close a circle that neither sees.
    await connection.execute(select(Team.id).order_by(Team.id).with_for_update())
    team = (await connection.execute(select(Team.kind, Team.parent_id).where(Team.id == team_id))).one_or_none()
    if team is None:
        raise not_found()
    await _check_parent(connection, team.kind, parent_id)
    if parent_id is not None:
        above = await connection.execute(_ABOVE, {"id": parent_id})
        if team_id in set(above.scalars()):
            raise Problem("team-below-itself", 409)
    await connection.execute(update(Team).where(Team.id == team_id).values(parent_id=parent_id))
    if parent_id != team.parent_id:
        before, after = {"parent_id": team.parent_id}, {"parent_id": parent_id}
        await record(connection, AuditAction.TEAM_MOVE, team_id, before=before, after=after)
    log.info("team_moved", team=team_id, parent=parent_id)


async def delete_team(connection: AsyncConnection, team_id: int) -> None:
    """Only one without members and without teams below it: else `team-not-empty`. Raises `not-found`."""
    try:
        gone = await connection.execute(delete(Team).where(Team.id == team_id).returning(Team.name, Team.kind))
        team = gone.one_or_none()
    except IntegrityError as error:
        raise Problem("team-not-empty", 409) from error
    if team is None:
        raise not_found()
    await record(connection, AuditAction.TEAM_DELETE, team_id, before={"name": team.name, "kind": team.kind})
    log.info("team_deleted", team=team_id)


async def teams_of(connection: AsyncConnection, staff_id: int) -> list[dict[str, str | bool]]:
    """Where a person belongs, as the audit log keeps it: by name, for teams may go."""
    rows = await connection.execute(
        select(Team.name, StaffTeam.leads)
        .join(StaffTeam, StaffTeam.team_id == Team.id)
        .where(StaffTeam.staff_id == staff_id)
        .order_by(Team.name, Team.id)
    )
    return [{"name": row.name, "leads": row.leads} for row in rows]


async def set_teams(connection: AsyncConnection, staff_id: int, memberships: Sequence[Membership]) -> None:
    """From now on the person belongs to these teams and to no other. Raises `invalid-input` for a team that is not
    there or named twice."""
    wanted = {one.team_id: one.leads for one in memberships}
    if len(wanted) < len(memberships):
        raise InvalidInput([Fault("teams", "twice")])
    if not set(wanted) <= await _known(connection, wanted):
        raise InvalidInput([Fault("teams", "unknown")])
    await connection.execute(delete(StaffTeam).where(StaffTeam.staff_id == staff_id))
    if wanted:
        rows = [{"staff_id": staff_id, "team_id": team_id, "leads": leads} for team_id, leads in wanted.items()]
        await connection.execute(insert(StaffTeam), rows)


async def _known(connection: AsyncConnection, ids: Iterable[int]) -> set[int]:
    possible = [id for id in ids if 0 < id <= rules.LARGEST_ID]
    # Held until the end: a team cannot be deleted under those who join it.
    held = select(Team.id).where(Team.id.in_(possible)).order_by(Team.id).with_for_update(read=True, key_share=True)
    return set((await connection.execute(held)).scalars())


async def _check_parent(connection: AsyncConnection, kind: str, parent_id: int | None) -> None:
    if parent_id is None:
        return
    possible = 0 < parent_id <= rules.LARGEST_ID
    above = await connection.scalar(select(Team.kind).where(Team.id == parent_id)) if possible else None
    if above is None:
        raise InvalidInput([Fault("parent_id", "unknown")])
    if kind == "branch" and above == "team":
        raise InvalidInput([Fault("parent_id", "branch-below-team")])


# A team and all above it.
_ABOVE = text(
    """
    WITH RECURSIVE above AS (
        SELECT id, parent_id FROM team WHERE id = :id
        UNION SELECT t.id, t.parent_id FROM team t JOIN above ON t.id = above.parent_id
    ) SELECT id FROM above
    """
)
