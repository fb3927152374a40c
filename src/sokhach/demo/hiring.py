"""The people of the demo company, and its tree of branches and teams."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.demo.company import OAS, STAFF, TEAMS
from sokhach.people.passwords import PasswordHasher
from sokhach.people.security import recording
from sokhach.people.service import create_person
from sokhach.people.teams import Membership, add_team, set_teams


class Hired(NamedTuple):
    staff_ids: Sequence[int]
    team_ids: Sequence[int]


async def hire(connection: AsyncConnection, password: str) -> Hired:
    """Makes who is missing. Those that an earlier demo left behind work here again, with the password they had."""
    staff = await _people(connection, password)
    teams: dict[str, int] = {}
    for team in TEAMS:
        parent = teams[team.parent] if team.parent else None
        teams[team.name] = await add_team(connection, kind=team.kind, name=team.name, parent_id=parent)
    for person in STAFF:
        if person.team:
            membership = Membership(teams[person.team], leads=person.leads)
            await set_teams(connection, staff[person.login], [membership])
    return Hired(list(staff.values()), list(teams.values()))


async def introduce(connection: AsyncConnection, accounts: Mapping[str, int]) -> None:
    """Says who of an OA's administrators is which of our people, before the first word of theirs comes in.
    `accounts`: OA id → account id."""
    now = clock.now()
    for oa in OAS:
        for person, _ in oa.colleagues:
            values = {"account": accounts[oa.oa_id], "admin": person.zalo_id, "login": person.login, "now": now}
            await connection.execute(_INTRODUCE, values)


async def _people(connection: AsyncConnection, password: str) -> dict[str, int]:
    """Login → id."""
    logins = [person.login for person in STAFF]
    known = {row.login: row.id for row in await connection.execute(_KNOWN, {"logins": logins})}
    await connection.execute(_BACK, {"ids": list(known.values())})
    hasher = _OneHash()
    staff = {
        person.login: known.get(person.login)
        or await create_person(
            connection,
            hasher,
            name=person.name,
            login=person.login,
            password=password,
            locale="vi",
            role=person.role,
        )
        for person in STAFF
    }
    # They are played, and have nothing to be asked.
    await connection.execute(_CONFIRM, {"ids": list(staff.values()), "now": clock.now(), "version": recording.VERSION})
    return staff


class _OneHash(PasswordHasher):
    """All have the same password: it is hashed once, for a hash takes a good part of a second."""

    _made: str | None = None

    async def hash(self, password: str) -> str:
        self._made = self._made or await super().hash(password)
        return self._made


_KNOWN = text("SELECT id, lower(email) AS login FROM staff WHERE lower(email) = ANY (:logins)")
_BACK = text("UPDATE staff SET suspended_at = NULL WHERE id = ANY (:ids) AND suspended_at IS NOT NULL")
_CONFIRM = text(
    "UPDATE staff SET recording_confirmed_at = :now, recording_version = :version"
    " WHERE id = ANY (:ids) AND recording_version IS DISTINCT FROM :version"
)
_INTRODUCE = text(
    """
    INSERT INTO channel_admin AS a (account_id, external_id, staff_id, first_seen_at, last_seen_at)
    SELECT :account, :admin, s.id, :now, :now FROM staff s WHERE lower(s.email) = :login
    ON CONFLICT (account_id, external_id) DO UPDATE SET staff_id = coalesce(a.staff_id, excluded.staff_id)
    """
)
