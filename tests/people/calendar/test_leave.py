"""Who is away and who stands in for them."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.people.calendar import queries
from tests.conftest import MoveClock, SignIn
from tests.people.test_staff import problem
from tests.support.people import People

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def times(first: timedelta = DAY, last: timedelta = 3 * DAY) -> dict[str, Any]:
    now = clock.now()
    return {"from_at": (now + first).isoformat(), "until_at": (now + last).isoformat()}


async def add(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/api/leave", json={**times(), **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/leave", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestAdd:
    async def test_ones_own_with_a_deputy(self, client: httpx.AsyncClient, people: People, owner_db: Database) -> None:
        added = await add(client, deputy_id=people.teammate.id, note=" Nghỉ phép năm ")
        assert added["staff"]["name"] == "Owner"
        assert added["deputy"] == {
            "id": people.teammate.id,
            "code": f"NV-{people.teammate.id:06d}",
            "name": "Teammate",
        }
        assert (added["state"], added["note"], added["can_end"], added["deputy_away"]) == (
            "upcoming",
            "Nghỉ phép năm",
            True,
            False,
        )
        assert await listed(client) == [added]
        async with owner_db.transaction() as connection:
            log = (await connection.execute(text("SELECT action, target_id, after FROM audit_log"))).one()
            assert (log.action, log.target_id, log.after["deputy_id"]) == ("leave:add", added["id"], people.teammate.id)
            assert "note" not in log.after
            told = await connection.execute(text("SELECT count(*) FROM realtime_event WHERE kind = 'access.changed'"))
            assert told.scalar_one() == 1

    async def test_overlapping_leave_is_refused(self, client: httpx.AsyncClient, people: People) -> None:
        first = await add(client)
        refused = await client.post("/api/leave", json=times(2 * DAY, 5 * DAY))
        assert problem(refused) == (409, "leave-overlaps")
        assert (await client.post("/api/leave", json=times(3 * DAY + HOUR, 5 * DAY))).status_code == 201
        assert (await client.delete(f"/api/leave/{first['id']}")).status_code == 204
        assert (await client.post("/api/leave", json=times(2 * DAY, 3 * DAY))).status_code == 201

    async def test_of_two_at_once_one_is_refused(self, client: httpx.AsyncClient, people: People) -> None:
        body = times()
        answers = await asyncio.gather(*(client.post("/api/leave", json=body) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]

    @pytest.mark.parametrize(
        ("first", "last", "path"),
        [
            (3 * DAY, DAY, "until_at"),
            (-2 * DAY, -DAY, "until_at"),
            (-32 * DAY, DAY, "from_at"),
            (DAY, 400 * DAY, "until_at"),
        ],
    )
    async def test_times(self, client: httpx.AsyncClient, first: timedelta, last: timedelta, path: str) -> None:
        refused = await client.post("/api/leave", json=times(first, last))
        assert problem(refused) == (400, "invalid-input")
        assert [fault["path"] for fault in refused.json()["errors"]] == [path]

    async def test_a_note_is_short(self, client: httpx.AsyncClient) -> None:
        for note in ("x" * 501, "a\0"):
            refused = await client.post("/api/leave", json={**times(), "note": note})
            assert problem(refused) == (400, "invalid-input")


class TestDeputy:
    async def test_somebody_else_who_works_here_and_serves(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        async with owner_db.transaction() as connection:
            await connection.execute(
                text("UPDATE staff SET suspended_at = :now WHERE id = :id"), {"now": clock.now(), "id": people.lead.id}
            )
            await connection.execute(
                text("UPDATE staff SET role = 'auditor' WHERE id = :id"), {"id": people.teammate.id}
            )
        for deputy in (people.owner.id, people.lead.id, people.teammate.id, 404, 2**63):
            refused = await client.post("/api/leave", json={**times(), "deputy_id": deputy})
            assert problem(refused) == (400, "invalid-input"), deputy
            assert [fault["path"] for fault in refused.json()["errors"]] == ["deputy_id"]
        assert await listed(client) == []

    async def test_not_who_is_away_then(self, client: httpx.AsyncClient, people: People, signed_in: SignIn) -> None:
        teammate = await signed_in(people.teammate)
        away = await add(teammate)
        refused = await client.post("/api/leave", json={**times(2 * DAY, 9 * DAY), "deputy_id": people.teammate.id})
        assert problem(refused) == (400, "invalid-input")
        await teammate.delete(f"/api/leave/{away['id']}")
        await add(client, deputy_id=people.teammate.id)
        # Who falls ill falls ill: but it is shown that nobody stands in.
        await add(teammate)
        assert (await listed(client))[0]["deputy_away"] is True

    async def test_acts_while_the_leave_runs(
        self, client: httpx.AsyncClient, people: People, owner_db: Database, signed_in: SignIn
    ) -> None:
        added = await add(client, deputy_id=people.teammate.id)
        begins, ends = (datetime.fromisoformat(added[name]) for name in ("from_at", "until_at"))
        tick = timedelta(microseconds=1)
        async with owner_db.transaction() as connection:
            for at, acting in ((begins - tick, False), (begins, True), (ends - tick, True), (ends, False)):
                assert await queries.away(connection, people.owner.id, at) is acting
                deputy = await queries.acting_deputy(connection, people.owner.id, at)
                assert deputy == (people.teammate.id if acting else None)
            assert await queries.acting_deputy(connection, people.teammate.id, begins) is None
        await add(await signed_in(people.teammate))
        async with owner_db.transaction() as connection:
            assert await queries.acting_deputy(connection, people.owner.id, begins + HOUR) is None


class TestEnd:
    async def test_what_is_to_come_is_cancelled(self, client: httpx.AsyncClient, owner_db: Database) -> None:
        added = await add(client)
        assert (await client.delete(f"/api/leave/{added['id']}")).status_code == 204
        assert [(one["state"], one["can_end"]) for one in await listed(client)] == [("cancelled", False)]
        assert problem(await client.delete(f"/api/leave/{added['id']}")) == (409, "leave-over")
        async with owner_db.transaction() as connection:
            rows = await connection.execute(text("SELECT action FROM audit_log ORDER BY id"))
            assert rows.scalars().all() == ["leave:add", "leave:end"]
            told = await connection.execute(text("SELECT count(*) FROM realtime_event WHERE kind = 'access.changed'"))
            assert told.scalar_one() == 2

    async def test_what_runs_ends_now(
        self, client: httpx.AsyncClient, people: People, owner_db: Database, move_clock: MoveClock
    ) -> None:
        added = await add(client, **times(DAY / 4, DAY), deputy_id=people.teammate.id)
        await move_clock(0.5 * 86_400)
        assert [one["state"] for one in await listed(client)] == ["current"]
        async with owner_db.transaction() as connection:
            assert await queries.acting_deputy(connection, people.owner.id, clock.now()) == people.teammate.id
        assert (await client.delete(f"/api/leave/{added['id']}")).status_code == 204
        ended = (await listed(client))[0]
        assert ended["state"] == "over" and ended["until_at"] < added["until_at"]
        async with owner_db.transaction() as connection:
            assert await queries.acting_deputy(connection, people.owner.id, clock.now()) is None

    async def test_what_has_passed_is_over(self, client: httpx.AsyncClient, move_clock: MoveClock) -> None:
        added = await add(client, **times(DAY / 4, DAY / 2))
        await move_clock(0.75 * 86_400)
        assert problem(await client.delete(f"/api/leave/{added['id']}")) == (409, "leave-over")


class TestWhose:
    @pytest.mark.parametrize(
        ("caller", "allowed"),
        [("admin", True), ("manager", True), ("lead", True), ("teammate", False), ("outsider", False)],
    )
    async def test_leave_of_others(self, signed_in: SignIn, people: People, caller: str, allowed: bool) -> None:
        """A lead writes down that of whom they lead."""
        client = await signed_in(people.named(caller))
        answer = await client.post("/api/leave", json={**times(), "staff_id": people.owner.id})
        assert answer.status_code == (201 if allowed else 403)
        owner = await signed_in(people.owner)
        mine = answer.json() if allowed else await add(owner)
        ended = await client.delete(f"/api/leave/{mine['id']}")
        assert ended.status_code == (204 if allowed else 404)

    async def test_a_lead_not_beyond_their_teams(self, signed_in: SignIn, people: People) -> None:
        lead, outsider = await signed_in(people.lead), await signed_in(people.outsider)
        refused = await lead.post("/api/leave", json={**times(), "staff_id": people.outsider.id})
        assert problem(refused) == (404, "not-found")
        # Not when they stand in for somebody either.
        theirs = await add(outsider, deputy_id=people.lead.id)
        assert problem(await lead.delete(f"/api/leave/{theirs['id']}")) == (404, "not-found")

    async def test_who_sees_which(self, signed_in: SignIn, people: People) -> None:
        owner = await signed_in(people.owner)
        await add(owner, deputy_id=people.outsider.id, note="Khám bệnh")
        await add(await signed_in(people.teammate), note="Cưới")
        seen: dict[str, list[tuple[str, str]]] = {}
        for name in ("owner", "teammate", "outsider", "lead", "manager", "admin"):
            items = await listed(await signed_in(people.named(name)))
            seen[name] = sorted((one["staff"]["name"], one["note"]) for one in items)
        both = [("Owner", "Khám bệnh"), ("Teammate", "Cưới")]
        assert seen == {
            "owner": both[:1],
            "teammate": both[1:],
            "outsider": [("Owner", "")],  # they stand in; why is not their business
            "lead": both,
            "manager": both,
            "admin": both,
        }
        outsider = await signed_in(people.outsider)
        assert await listed(outsider, staff_id=people.teammate.id) == []
        manager = await signed_in(people.manager)
        assert len(await listed(manager, staff_id=people.teammate.id)) == 1
        assert await listed(manager, until=(clock.now() + HOUR).isoformat()) == []

    async def test_for_whom_one_may_write(self, signed_in: SignIn, people: People) -> None:
        names: dict[str, list[str]] = {}
        for name in ("owner", "lead", "manager"):
            answer = await (await signed_in(people.named(name))).get("/api/leave")
            names[name] = [one["name"] for one in answer.json()["manageable"]]
        assert names == {
            "owner": [],
            "lead": ["Owner", "Teammate"],
            "manager": ["Admin", "Lead", "Outsider", "Owner", "Teammate"],
        }

    async def test_absences_beside_shifts_are_of_whom_one_sees(self, signed_in: SignIn, people: People) -> None:
        await add(await signed_in(people.owner))
        params = {"from": clock.now().isoformat(), "until": (clock.now() + 7 * DAY).isoformat()}
        away: dict[str, int] = {}
        for name in ("teammate", "lead"):
            answer = await (await signed_in(people.named(name))).get("/api/shifts", params=params)
            away[name] = len(answer.json()["away"])
        assert away == {"teammate": 0, "lead": 1}

    @pytest.mark.caller(None)
    async def test_not_signed_in(self, client: httpx.AsyncClient) -> None:
        for answer in (await client.get("/api/leave"), await client.post("/api/leave", json=times())):
            assert problem(answer) == (401, "not-signed-in")
