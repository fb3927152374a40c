"""Branches and teams over HTTP. Every answer is the whole tree: there are dozens of teams, not thousands."""

from collections.abc import Sequence
from typing import Annotated

import msgspec
from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Permission
from sokhach.core.problems import not_found
from sokhach.core.web import Connection
from sokhach.people import staff, staff_queries, teams
from sokhach.people.rules import LARGEST_ID
from sokhach.people.staff_queries import TeamKind, TeamView

Text = Annotated[str, Meta(max_length=1000)]


class TeamList(msgspec.Struct, frozen=True):
    """A team, those below it, the next."""

    items: Sequence[TeamView]


class NewTeam(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`parent_id` None: at the root. A branch may stand below a branch only."""

    kind: TeamKind
    name: Text
    parent_id: int | None = None


class TeamChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is given changes."""

    name: Text | UnsetType = UNSET
    parent_id: int | UnsetType | None = UNSET


@get("/api/teams", access=Permission.STAFF_READ, operation_id="ListTeams")
async def list_teams(connection: Connection) -> TeamList:
    """The tree of branches and teams."""
    return await _tree(connection)


@post("/api/teams", access=Permission.TEAM_MANAGE, operation_id="AddTeam")
async def add_team(data: JSONBody[NewTeam], connection: Connection) -> TeamList:
    """Adds a branch or a team."""
    await teams.add_team(connection, kind=data.kind, name=data.name, parent_id=data.parent_id)
    return await _tree(connection)


@patch("/api/teams/{team_id:int}", access=Permission.TEAM_MANAGE, operation_id="UpdateTeam")
async def update_team(team_id: FromPath[int], data: JSONBody[TeamChange], connection: Connection) -> TeamList:
    """Renames a team, or moves it with all that is below it."""
    if data.name is not UNSET:
        await teams.rename_team(connection, _id(team_id), data.name)
    if data.parent_id is not UNSET:
        await teams.move_team(connection, _id(team_id), data.parent_id)
        # Leads see what is below their teams.
        await staff.tell_everybody(connection)
    return await _tree(connection)


@delete("/api/teams/{team_id:int}", access=Permission.TEAM_MANAGE, operation_id="DeleteTeam", status_code=200)
async def delete_team(team_id: FromPath[int], connection: Connection) -> TeamList:
    """Deletes a team that nobody belongs to and that has none below it."""
    await teams.delete_team(connection, _id(team_id))
    return await _tree(connection)


async def _tree(connection: AsyncConnection) -> TeamList:
    return TeamList(await staff_queries.list_teams(connection))


def _id(team_id: int) -> int:
    if team_id > LARGEST_ID:
        raise not_found()
    return team_id


routes = [list_teams, add_team, update_team, delete_team]
