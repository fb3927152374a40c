"""Stock people: who looks after a customer, who works beside them, and who has no business there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Role, Scope
from sokhach.core.crypto import hash_token, new_token
from sokhach.core.database import Database
from sokhach.core.text import fold
from sokhach.people.models import Session, Staff, StaffCredential, StaffTeam, Team
from sokhach.people.security import recording

PASSWORD = "một mật khẩu đủ dài"
# Accounts are connected after people are there: those that a fresh database has first, whose pools are for everybody.
POOLS = (1, 2, 3)
STOCK = (
    ("admin", Role.ADMIN),
    ("manager", Role.MANAGER),
    ("lead", Role.LEAD),
    ("owner", Role.STAFF),
    ("teammate", Role.STAFF),
    ("outsider", Role.STAFF),
)
# As strong as a test needs: the parameters are part of the hash.
_HASH = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    login: str
    role: Role
    actor: Actor
    password: str = PASSWORD


@dataclass(frozen=True)
class People:
    """`owner` and `teammate` serve in one team that `lead` leads; `outsider` serves in another."""

    admin: Person
    manager: Person
    lead: Person
    owner: Person
    teammate: Person
    outsider: Person
    team_id: int
    other_team_id: int

    def named(self, name: str) -> Person:
        return getattr(self, name)


async def add_people(database: Database) -> People:
    """Writes the stock people as the owner of the database."""
    async with database.transaction() as connection:
        admin, manager, lead, owner, teammate, outsider = await _add(connection)
        team_id, other_team_id = await _add_teams(connection, lead, (owner, teammate), (outsider,))
    seen = tuple(sorted((lead, owner, teammate)))
    return People(
        admin=_person(admin, "admin", Role.ADMIN, "all", (admin,)),
        manager=_person(manager, "manager", Role.MANAGER, "all", (manager,)),
        lead=_person(lead, "lead", Role.LEAD, "staff", seen),
        owner=_person(owner, "owner", Role.STAFF, "own", (owner,)),
        teammate=_person(teammate, "teammate", Role.STAFF, "own", (teammate,)),
        outsider=_person(outsider, "outsider", Role.STAFF, "own", (outsider,)),
        team_id=team_id,
        other_team_id=other_team_id,
    )


async def add_session(database: Database, staff_id: int) -> str:
    """Signs a person in without the form. Returns the cookie's token."""
    token = new_token()
    now = clock.now()
    async with database.transaction() as connection:
        await connection.execute(
            insert(Session).values(
                token_hash=hash_token(token),
                staff_id=staff_id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + timedelta(days=1),
                address="127.0.0.1",
                user_agent="tests",
            )
        )
    return token


def _person(id: int, name: str, role: Role, scope: Scope, seen: tuple[int, ...]) -> Person:
    pools = POOLS if scope != "all" else ()
    actor = Actor(staff_id=id, name=name.capitalize(), role=role, scope=scope, scope_staff=seen, pool_accounts=pools)
    return Person(id, actor.name, f"{name}@example.vn", role, actor)


async def _add(connection: AsyncConnection) -> Sequence[int]:
    """Their ids, in the order of `STOCK`."""
    now = clock.now()
    people = [
        {
            "name": name.capitalize(),
            "name_folded": fold(name),
            "email": f"{name}@example.vn",
            "role": role.value,
            "locale": "vi",
            "color_scheme": "auto",
            "created_at": now,
            "recording_confirmed_at": now,
            "recording_version": recording.VERSION,
        }
        for name, role in STOCK
    ]
    add = insert(Staff).returning(Staff.id, sort_by_parameter_order=True)
    ids: Sequence[int] = (await connection.execute(add, people)).scalars().all()
    credentials = [{"staff_id": id, "password_hash": _HASH, "changed_at": now} for id in ids]
    await connection.execute(insert(StaffCredential), credentials)
    return ids


async def _add_teams(
    connection: AsyncConnection, lead: int, ours: tuple[int, ...], others: tuple[int, ...]
) -> tuple[int, int]:
    """Our team hangs below a branch, so that a lead of the branch sees it through the tree."""
    add = insert(Team).returning(Team.id)
    branch = (await connection.execute(add.values(kind="branch", name="Bình Dương"))).scalar_one()
    team = (await connection.execute(add.values(kind="team", name="Nhóm A", parent_id=branch))).scalar_one()
    other = (await connection.execute(add.values(kind="team", name="Nhóm B", parent_id=None))).scalar_one()
    members = [(lead, branch, True), *((id, team, False) for id in ours), *((id, other, False) for id in others)]
    await connection.execute(
        insert(StaffTeam), [{"staff_id": s, "team_id": t, "leads": leads} for s, t, leads in members]
    )
    return team, other
