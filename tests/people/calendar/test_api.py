"""Hours, days and shifts over HTTP: what is kept, who may, and what is refused."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from sokhach.core.actor import Actor
from sokhach.core.database import Database
from sokhach.people.calendar import queries
from tests.conftest import SignIn
from tests.people.test_staff import problem
from tests.support.people import People

OFFICE = [{"opens_minute": 480, "closes_minute": 720}, {"opens_minute": 810, "closes_minute": 1050}]
MORNING = [{"opens_minute": 480, "closes_minute": 720}]
WEEK = [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, MORNING, []]
ZONE = "Asia/Ho_Chi_Minh"
WRITERS = ("admin", "manager")
OTHERS = ("lead", "owner", "outsider", None)

pytestmark = pytest.mark.caller("manager")


async def actions(owner_db: Database) -> list[tuple[str, int | None]]:
    async with owner_db.transaction() as connection:
        rows = await connection.execute(text("SELECT action, staff_id FROM audit_log ORDER BY id"))
        return [(row.action, row.staff_id) for row in rows]


async def day(client: httpx.AsyncClient, date: str, **query: Any) -> dict[str, Any] | None:
    answer = await client.get("/api/calendar/days", params={"year": int(date[:4]), **query})
    assert answer.status_code == 200, answer.text
    return next((one for one in answer.json()["items"] if one["date"] == date), None)


class TestHours:
    async def test_the_built_in_ones_until_somebody_sets_some(self, client: httpx.AsyncClient, people: People) -> None:
        hours = (await client.get("/api/calendar/hours")).json()
        assert (hours["source"], hours["inherited_from"], hours["timezone"]) == ("default", None, ZONE)
        assert hours["week"] == [OFFICE] * 6 + [[]]
        assert [(team["name"], team["depth"], team["own_hours"]) for team in hours["teams"]] == [
            ("Bình Dương", 0, False),
            ("Nhóm A", 1, False),
            ("Nhóm B", 0, False),
        ]

    async def test_a_team_works_as_what_is_above_it_until_it_has_hours(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        evening = [[{"opens_minute": 1080, "closes_minute": 1560}]] * 7
        branch = (await client.get("/api/calendar/hours")).json()["teams"][0]["id"]
        team = {"team_id": people.team_id}
        assert (await client.put("/api/calendar/hours", json={"week": WEEK})).json()["source"] == "own"
        hours = (await client.get("/api/calendar/hours", params=team)).json()
        assert (hours["source"], hours["inherited_from"], hours["week"]) == ("inherited", None, WEEK)
        await client.put("/api/calendar/hours", params={"team_id": branch}, json={"week": evening})
        hours = (await client.get("/api/calendar/hours", params=team)).json()
        assert (hours["source"], hours["inherited_from"], hours["week"]) == ("inherited", branch, evening)
        other = (await client.get("/api/calendar/hours", params={"team_id": people.other_team_id})).json()
        assert other["week"] == WEEK
        await client.put("/api/calendar/hours", params=team, json={"week": [[]] * 7})
        assert (await client.get("/api/calendar/hours", params=team)).json()["source"] == "own"
        given_up = await client.put("/api/calendar/hours", params=team, json={"week": None})
        assert given_up.json()["week"] == evening
        assert [action for action, _ in await actions(owner_db)] == ["calendar:set_hours"] * 4

    async def test_intervals_come_back_in_order(self, client: httpx.AsyncClient) -> None:
        week = [OFFICE[::-1], *WEEK[1:]]
        assert (await client.put("/api/calendar/hours", json={"week": week})).json()["week"] == WEEK

    @pytest.mark.parametrize(
        ("week", "path"),
        [
            ([OFFICE] * 6, "week"),
            ([[{"opens_minute": 720, "closes_minute": 700}], *WEEK[1:]], "week.0"),
            ([*WEEK[:2], [MORNING[0], MORNING[0]], *WEEK[3:]], "week.2"),
            ([*WEEK[:6], [{"opens_minute": 1440, "closes_minute": 1500}]], "week"),
        ],
    )
    async def test_refused(self, client: httpx.AsyncClient, week: object, path: str) -> None:
        refused = await client.put("/api/calendar/hours", json={"week": week})
        assert problem(refused) == (400, "invalid-input")
        assert refused.json()["errors"][0]["path"].startswith(path)
        assert (await client.get("/api/calendar/hours")).json()["source"] == "default"

    async def test_a_team_that_is_not_there(self, client: httpx.AsyncClient) -> None:
        for team_id in (404, 2**63 - 1):
            query = {"team_id": team_id}
            assert problem(await client.get("/api/calendar/hours", params=query)) == (404, "not-found")
            put = await client.put("/api/calendar/hours", params=query, json={"week": WEEK})
            assert problem(put) == (404, "not-found")

    @pytest.mark.caller("admin")
    async def test_hours_go_with_their_team(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        team = (await client.post("/api/teams", json={"kind": "team", "name": "Đêm"})).json()["items"]
        team_id = next(one["id"] for one in team if one["name"] == "Đêm")
        await client.put("/api/calendar/hours", params={"team_id": team_id}, json={"week": WEEK})
        body = {"kind": "closed", "name": "Nghỉ"}
        await client.put("/api/calendar/days/2026-12-24", params={"team_id": team_id}, json=body)
        assert (await client.delete(f"/api/teams/{team_id}")).status_code == 200
        async with owner_db.transaction() as connection:
            counts = "SELECT (SELECT count(*) FROM calendar_week) + (SELECT count(*) FROM calendar_day)"
            assert (await connection.execute(text(counts))).scalar_one() == 0


class TestDays:
    async def test_public_holidays_in_the_callers_language(self, client: httpx.AsyncClient, people: People) -> None:
        tet = await day(client, "2026-02-17")
        assert tet is not None
        assert tet["public"] == {"kind": "holiday", "name": "Tết Nguyên Đán", "swapped_with": None}
        assert (tet["rule"], tet["intervals"], tet["ordinary"]) == (None, [], OFFICE)
        await client.patch("/api/session", json={"locale": "en"})
        tet = await day(client, "2026-02-17")
        assert tet is not None and tet["public"]["name"] == "Lunar New Year"

    async def test_a_holiday_is_switched_off_and_on_again(self, client: httpx.AsyncClient, owner_db: Database) -> None:
        put = await client.put("/api/calendar/days/2026-11-24", json={"kind": "ordinary"})
        assert put.status_code == 200 and put.json()["intervals"] == OFFICE
        assert (await client.delete("/api/calendar/days/2026-11-24")).status_code == 204
        found = await day(client, "2026-11-24")
        assert found is not None and found["intervals"] == []
        assert problem(await client.delete("/api/calendar/days/2026-11-24")) == (404, "not-found")
        assert [action for action, _ in await actions(owner_db)] == ["calendar:set_day", "calendar:clear_day"]

    async def test_a_swap_is_followed_by_closing_the_one_and_opening_the_other(self, client: httpx.AsyncClient) -> None:
        swap, make_up = await day(client, "2026-08-31"), await day(client, "2026-08-22")
        assert swap is not None and make_up is not None
        assert (swap["public"]["swapped_with"], swap["intervals"]) == ("2026-08-22", OFFICE)
        assert (make_up["public"]["kind"], make_up["public"]["swapped_with"]) == ("make_up", "2026-08-31")
        await client.put("/api/calendar/days/2026-08-31", json={"kind": "closed"})
        await client.put("/api/calendar/days/2026-08-22", json={"kind": "open", "intervals": MORNING})
        swap, make_up = await day(client, "2026-08-31"), await day(client, "2026-08-22")
        assert swap is not None and make_up is not None
        assert (swap["intervals"], make_up["intervals"]) == ([], MORNING)

    async def test_a_team_inherits_a_day_and_may_say_otherwise(self, client: httpx.AsyncClient, people: People) -> None:
        team = {"team_id": people.team_id}
        await client.put("/api/calendar/days/2026-12-24", json={"kind": "closed", "name": " Kiểm kê "})
        found = await day(client, "2026-12-24", **team)
        assert found is not None
        assert found["rule"] == {"kind": "closed", "name": "Kiểm kê", "intervals": [], "own": False}
        # What is said above is not the team's to clear.
        assert problem(await client.delete("/api/calendar/days/2026-12-24", params=team)) == (404, "not-found")
        await client.put("/api/calendar/days/2026-12-24", params=team, json={"kind": "ordinary"})
        found = await day(client, "2026-12-24", **team)
        assert found is not None and (found["rule"]["own"], found["intervals"]) == (True, OFFICE)
        company = await day(client, "2026-12-24")
        assert company is not None and company["intervals"] == []

    @pytest.mark.parametrize(
        ("date", "body", "path"),
        [
            ("2026-12-24", {"kind": "closed"}, "name"),
            ("2026-12-24", {"kind": "open", "name": "Làm bù"}, "intervals"),
            ("2026-12-24", {"kind": "closed", "name": "Nghỉ", "intervals": MORNING}, "intervals"),
            ("2026-12-24", {"kind": "half", "name": "Nghỉ"}, "kind"),
            ("1999-12-24", {"kind": "closed", "name": "Nghỉ"}, "date"),
        ],
    )
    async def test_refused(self, client: httpx.AsyncClient, date: str, body: dict[str, Any], path: str) -> None:
        refused = await client.put(f"/api/calendar/days/{date}", json=body)
        assert problem(refused) == (400, "invalid-input")
        assert [fault["path"] for fault in refused.json()["errors"]] == [path]

    @pytest.mark.parametrize("date", ["2026-02-30", "x", "2026-1-1", "0000-01-01"])
    async def test_no_date(self, client: httpx.AsyncClient, date: str) -> None:
        refused = await client.put(f"/api/calendar/days/{date}", json={"kind": "closed", "name": "Nghỉ"})
        assert refused.status_code in {400, 404}


def shift(staff_id: int, start: str = "2026-11-23T08:00:00+07:00", end: str = "2026-11-23T12:00:00+07:00") -> Any:
    return {"staff_id": staff_id, "from_at": start, "until_at": end}


async def shifts(client: httpx.AsyncClient, since: str, until: str, **query: Any) -> dict[str, Any]:
    params = {"from": f"{since}T00:00:00+07:00", "until": f"{until}T00:00:00+07:00", **query}
    answer = await client.get("/api/shifts", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestShifts:
    async def test_who_is_on_duty(self, client: httpx.AsyncClient, people: People, owner_db: Database) -> None:
        added = await client.post("/api/shifts", json=shift(people.owner.id))
        assert added.status_code == 201, added.text
        await client.post("/api/shifts", json=shift(people.outsider.id))
        week = await shifts(client, "2026-11-23", "2026-11-30")
        assert [one["staff_id"] for one in week["items"]] == [people.owner.id, people.outsider.id]
        assert [one["name"] for one in week["people"]] == ["Admin", "Lead", "Manager", "Outsider", "Owner", "Teammate"]
        team = await shifts(client, "2026-11-23", "2026-11-30", team_id=people.team_id)
        assert [one["staff_id"] for one in team["items"]] == [people.owner.id]
        assert [one["name"] for one in team["people"]] == ["Owner", "Teammate"]
        assert (await shifts(client, "2026-11-24", "2026-11-30"))["items"] == []
        async with owner_db.transaction() as connection:
            since, until = (
                await connection.execute(text("SELECT from_at, until_at FROM shift ORDER BY id LIMIT 1"))
            ).one()
            assert await queries.on_shift(connection, people.owner.id, since)
            assert not await queries.on_shift(connection, people.owner.id, until)
            assert not await queries.on_shift(connection, people.teammate.id, since)
        assert (await client.delete(f"/api/shifts/{added.json()['id']}")).status_code == 204
        assert problem(await client.delete(f"/api/shifts/{added.json()['id']}")) == (404, "not-found")
        assert [action for action, _ in await actions(owner_db)] == ["shift:add", "shift:add", "shift:delete"]

    async def test_one_person_is_in_one_shift_at_a_time(self, client: httpx.AsyncClient, people: People) -> None:
        await client.post("/api/shifts", json=shift(people.owner.id))
        met = shift(people.owner.id, "2026-11-23T11:59:00+07:00", "2026-11-23T15:00:00+07:00")
        assert problem(await client.post("/api/shifts", json=met)) == (409, "shift-overlaps")
        after = shift(people.owner.id, "2026-11-23T12:00:00+07:00", "2026-11-23T15:00:00+07:00")
        assert (await client.post("/api/shifts", json=after)).status_code == 201

    @pytest.mark.parametrize(
        ("start", "end", "path"),
        [
            ("2026-11-23T08:00:00+07:00", "2026-11-23T08:00:00+07:00", "until_at"),
            ("2026-11-23T08:00:00+07:00", "2026-11-24T08:00:01+07:00", "until_at"),
            ("2026-11-23T08:00:00", "2026-11-23T12:00:00+07:00", "from_at"),
        ],
    )
    async def test_refused(self, client: httpx.AsyncClient, people: People, start: str, end: str, path: str) -> None:
        refused = await client.post("/api/shifts", json=shift(people.owner.id, start, end))
        assert problem(refused) == (400, "invalid-input")
        assert [fault["path"] for fault in refused.json()["errors"]] == [path]

    async def test_only_people_who_work_here(self, client: httpx.AsyncClient, people: People) -> None:
        for staff_id in (404, 2**63, -1):
            assert problem(await client.post("/api/shifts", json=shift(staff_id))) == (400, "invalid-input")

    async def test_a_week_is_copied_once(self, client: httpx.AsyncClient, people: People) -> None:
        await client.post("/api/shifts", json=shift(people.owner.id))
        night = shift(people.outsider.id, "2026-11-29T22:00:00+07:00", "2026-11-30T06:00:00+07:00")
        await client.post("/api/shifts", json=night)
        copied = await client.post("/api/shifts/copies", json={"monday": "2026-11-30"})
        assert copied.json() == {"added": 2, "left_out": 0}
        week = await shifts(client, "2026-11-30", "2026-12-07")
        assert [one["from_at"] for one in week["items"]] == [
            "2026-11-29T15:00:00Z",  # that of the week before, which ends in this one
            "2026-11-30T01:00:00Z",
            "2026-12-06T15:00:00Z",
        ]
        copied = await client.post("/api/shifts/copies", json={"monday": "2026-11-30"})
        assert copied.json() == {"added": 0, "left_out": 2}
        team = {"monday": "2026-12-07", "team_id": people.team_id}
        assert (await client.post("/api/shifts/copies", json=team)).json() == {"added": 1, "left_out": 0}
        refused = await client.post("/api/shifts/copies", json={"monday": "2026-12-01"})
        assert problem(refused) == (400, "invalid-input")

    async def test_what_is_asked_for_has_an_end(self, client: httpx.AsyncClient, people: People) -> None:
        for since, until in (("2026-11-23", "2026-11-23"), ("2026-01-01", "2026-12-01")):
            params = {"from": f"{since}T00:00:00Z", "until": f"{until}T00:00:00Z"}
            assert problem(await client.get("/api/shifts", params=params)) == (400, "invalid-input")
        params = {"from": "2026-11-23T00:00:00", "until": "2026-11-24T00:00:00"}
        assert problem(await client.get("/api/shifts", params=params)) == (400, "invalid-input")


class TestPermissions:
    """Everybody reads the calendar, managers and administrators write it: the API says so, and the database again."""

    @pytest.mark.parametrize("name", [*WRITERS, *OTHERS])
    async def test_routes(self, signed_in: SignIn, people: People, name: str | None) -> None:
        client = await signed_in(people.named(name) if name else None)
        reads = [
            await client.get("/api/calendar/hours"),
            await client.get("/api/calendar/days", params={"year": 2026}),
            await client.get("/api/shifts", params={"from": "2026-11-23T00:00:00Z", "until": "2026-11-24T00:00:00Z"}),
        ]
        writes = [
            await client.put("/api/calendar/hours", json={"week": WEEK}),
            await client.put("/api/calendar/days/2026-12-24", json={"kind": "closed", "name": "Nghỉ"}),
            await client.delete("/api/calendar/days/2026-12-24"),
            await client.post("/api/shifts", json=shift(people.owner.id)),
            await client.post("/api/shifts/copies", json={"monday": "2026-11-30"}),
            await client.delete("/api/shifts/1"),
        ]
        if name is None:
            assert {problem(one) for one in [*reads, *writes]} == {(401, "not-signed-in")}
        elif name in WRITERS:
            assert all(one.status_code < 300 for one in [*reads, *writes])
        else:
            assert all(one.status_code == 200 for one in reads)
            assert {problem(one) for one in writes} == {(403, "not-permitted")}

    @pytest.mark.parametrize("name", ["admin", "manager", "lead", "owner"])
    async def test_the_database(self, web_db: Database, people: People, name: str) -> None:
        actor: Actor = people.named(name).actor
        allowed = name in WRITERS
        statements = (
            "INSERT INTO calendar_week (week, changed_at) VALUES ('[]', now())",
            "INSERT INTO calendar_day (day, kind, name, intervals, changed_at)"
            " VALUES ('2026-12-24', 'closed', 'x', '[]', now())",
            f"INSERT INTO shift (staff_id, from_at, until_at, created_at) VALUES"
            f" ({people.owner.id}, now(), now() + interval '1 hour', now())",
        )
        for statement in statements:
            try:
                async with web_db.transaction(actor) as connection:
                    await connection.execute(text(statement))
                done = True
            except Exception as error:
                assert "row-level security" in str(error)
                done = False
            assert done is allowed, statement
