"""What scope a session gives to whom."""

import msgspec
from sqlalchemy import insert, update

from sokhach.core import clock
from sokhach.core.crypto import hash_token
from sokhach.core.database import Database
from sokhach.people.models import StaffTeam, Team
from sokhach.people.queries import Caller, caller_of
from tests.support.people import People, Person, add_session


async def called(owner_db: Database, web_db: Database, person: Person) -> Caller | None:
    token = await add_session(owner_db, person.id)
    async with web_db.transaction() as connection:
        return await caller_of(connection, hash_token(token), clock.now())


class TestCallerOf:
    async def test_stock_people_are_what_they_say(self, people: People, owner_db: Database, web_db: Database) -> None:
        for name in ("admin", "manager", "lead", "owner", "teammate", "outsider"):
            person = people.named(name)
            caller = await called(owner_db, web_db, person)
            assert caller is not None
            # Accounts are of a test that has some.
            assert caller.actor == msgspec.structs.replace(person.actor, pool_accounts=())

    async def test_a_lead_sees_teams_however_deep(self, people: People, owner_db: Database, web_db: Database) -> None:
        async with owner_db.transaction() as connection:
            add = insert(Team).returning(Team.id)
            below = (
                await connection.execute(add.values(kind="team", name="Nhóm A1", parent_id=people.team_id))
            ).scalar_one()
            deeper = (await connection.execute(add.values(kind="team", name="Nhóm A11", parent_id=below))).scalar_one()
            await connection.execute(insert(StaffTeam).values(staff_id=people.outsider.id, team_id=deeper, leads=False))
        caller = await called(owner_db, web_db, people.lead)
        assert caller is not None
        assert people.outsider.id in caller.actor.scope_staff

    async def test_a_member_of_a_team_leads_nobody(self, people: People, owner_db: Database, web_db: Database) -> None:
        async with owner_db.transaction() as connection:
            await connection.execute(
                insert(StaffTeam).values(staff_id=people.lead.id, team_id=people.other_team_id, leads=False)
            )
        caller = await called(owner_db, web_db, people.lead)
        assert caller is not None
        assert people.outsider.id not in caller.actor.scope_staff

    async def test_teams_in_a_circle_end(self, people: People, owner_db: Database, web_db: Database) -> None:
        async with owner_db.transaction() as connection:
            await connection.execute(update(Team).where(Team.parent_id.is_(None)).values(parent_id=people.team_id))
        caller = await called(owner_db, web_db, people.lead)
        assert caller is not None
        assert {people.owner.id, people.teammate.id, people.outsider.id} <= set(caller.actor.scope_staff)

    async def test_no_token_is_nobody(self, people: People, web_db: Database) -> None:
        async with web_db.transaction() as connection:
            assert await caller_of(connection, hash_token(""), clock.now()) is None
