"""The tree of branches and teams, over HTTP."""

import asyncio
from typing import Any

import httpx
import pytest

from sokhach.core import clock
from sokhach.core.crypto import hash_token
from sokhach.core.database import Database
from sokhach.people.queries import caller_of
from tests.conftest import SignIn
from tests.people.test_staff import problem
from tests.support.people import People, add_session

pytestmark = pytest.mark.caller("admin")


async def add(client: httpx.AsyncClient, name: str, parent_id: int | None = None, kind: str = "team") -> int:
    answer = await client.post("/api/teams", json={"kind": kind, "name": name, "parent_id": parent_id})
    assert answer.status_code == 201, answer.text
    return next(one["id"] for one in answer.json()["items"] if one["name"] == name)


async def tree(client: httpx.AsyncClient) -> list[tuple[int, str]]:
    return [(one["depth"], one["name"]) for one in (await client.get("/api/teams")).json()["items"]]


async def named(client: httpx.AsyncClient, name: str) -> dict[str, Any]:
    return next(one for one in (await client.get("/api/teams")).json()["items"] if one["name"] == name)


class TestTree:
    async def test_branches_first_sisters_by_name_each_above_its_own(
        self, client: httpx.AsyncClient, people: People
    ) -> None:
        hanoi = await add(client, "Hà Nội", kind="branch")
        night = await add(client, "Ca tối", hanoi)
        await add(client, "Đêm", night)
        await add(client, "Ca sáng", hanoi)
        assert await tree(client) == [
            (0, "Bình Dương"),
            (1, "Nhóm A"),
            (0, "Hà Nội"),
            (1, "Ca sáng"),
            (1, "Ca tối"),
            (2, "Đêm"),
            (0, "Nhóm B"),
        ]

    async def test_says_who_is_there(self, client: httpx.AsyncClient, people: People) -> None:
        branch, team = await named(client, "Bình Dương"), await named(client, "Nhóm A")
        assert (branch["member_count"], branch["leads"]) == (3, [{"id": people.lead.id, "name": "Lead"}])
        assert (team["member_count"], team["leads"], team["empty"]) == (2, [], False)
        await client.put(f"/api/staff/{people.owner.id}/suspension")
        assert (await named(client, "Nhóm A"))["member_count"] == 1
        # Leading counts with the role only.
        await client.patch(f"/api/staff/{people.lead.id}", json={"role": "staff"})
        assert (await named(client, "Bình Dương"))["leads"] == []
        await add(client, "Trống")
        assert (await named(client, "Trống"))["empty"] is True


class TestAdd:
    @pytest.mark.parametrize(
        ("team", "path"),
        [
            ({"name": " "}, "name"),
            ({"name": "\0"}, "name"),
            ({"name": "x" * 81}, "name"),
            ({"kind": "company"}, "kind"),
            ({"parent_id": 404}, "parent_id"),
            ({"parent_id": 2**63}, "parent_id"),
            ({"parent_id": -(2**63) - 1}, "parent_id"),
        ],
    )
    async def test_refused(self, client: httpx.AsyncClient, team: dict[str, object], path: str) -> None:
        before = await tree(client)
        refused = await client.post("/api/teams", json={"kind": "team", "name": "X"} | team)
        assert problem(refused) == (400, "invalid-input")
        assert [error["path"] for error in refused.json()["errors"]] == [path]
        assert await tree(client) == before

    async def test_no_branch_below_a_team(self, client: httpx.AsyncClient, people: People) -> None:
        below = {"kind": "branch", "name": "X", "parent_id": people.team_id}
        assert problem(await client.post("/api/teams", json=below)) == (400, "invalid-input")
        branch = (await named(client, "Bình Dương"))["id"]
        assert (await client.post("/api/teams", json=below | {"parent_id": branch})).status_code == 201


class TestChange:
    async def test_renames(self, client: httpx.AsyncClient, people: People) -> None:
        await client.patch(f"/api/teams/{people.team_id}", json={"name": " Bán hàng "})
        assert (1, "Bán hàng") in await tree(client)
        assert problem(await client.patch(f"/api/teams/{people.team_id}", json={"name": ""})) == (400, "invalid-input")

    async def test_moves_with_all_below(self, client: httpx.AsyncClient, people: People) -> None:
        below = await add(client, "Nhóm A1", people.team_id)
        await client.patch(f"/api/teams/{people.team_id}", json={"parent_id": people.other_team_id})
        assert await tree(client) == [(0, "Bình Dương"), (0, "Nhóm B"), (1, "Nhóm A"), (2, "Nhóm A1")]
        await client.patch(f"/api/teams/{below}", json={"parent_id": None})
        assert (0, "Nhóm A1") in await tree(client)

    async def test_what_a_lead_sees_moves_along(
        self, client: httpx.AsyncClient, people: People, owner_db: Database, web_db: Database
    ) -> None:
        token = hash_token(await add_session(owner_db, people.lead.id))

        async def scope() -> set[int]:
            async with web_db.transaction() as connection:
                caller = await caller_of(connection, token, clock.now())
            assert caller
            return set(caller.actor.scope_staff)

        branch = (await named(client, "Bình Dương"))["id"]
        assert people.outsider.id not in await scope()
        await client.patch(f"/api/teams/{people.other_team_id}", json={"parent_id": branch})
        assert people.outsider.id in await scope()

    async def test_never_below_itself(self, client: httpx.AsyncClient, people: People) -> None:
        below = await add(client, "Nhóm A1", people.team_id)
        deeper = await add(client, "Nhóm A11", below)
        before = await tree(client)
        for parent in (people.team_id, below, deeper):
            refused = await client.patch(f"/api/teams/{people.team_id}", json={"parent_id": parent})
            assert problem(refused) == (409, "team-below-itself")
        assert await tree(client) == before

    async def test_two_moves_at_once_close_no_circle(self, client: httpx.AsyncClient, people: People) -> None:
        first, second = await add(client, "Một"), await add(client, "Hai")
        answers = await asyncio.gather(
            client.patch(f"/api/teams/{first}", json={"parent_id": second}),
            client.patch(f"/api/teams/{second}", json={"parent_id": first}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert {"Một", "Hai"} <= {name for _, name in await tree(client)}

    @pytest.mark.parametrize("parent", [404, 0, 2**63])
    async def test_nowhere(self, client: httpx.AsyncClient, people: People, parent: int) -> None:
        refused = await client.patch(f"/api/teams/{people.team_id}", json={"parent_id": parent})
        assert problem(refused) == (400, "invalid-input")

    async def test_a_branch_stays_out_of_teams(self, client: httpx.AsyncClient, people: People) -> None:
        branch = await add(client, "Hà Nội", kind="branch")
        refused = await client.patch(f"/api/teams/{branch}", json={"parent_id": people.other_team_id})
        assert problem(refused) == (400, "invalid-input")

    @pytest.mark.parametrize("id", [0, 999_999, 2**63])
    async def test_none_such(self, client: httpx.AsyncClient, id: int) -> None:
        assert (await client.patch(f"/api/teams/{id}", json={"name": "X"})).status_code == 404
        assert (await client.patch(f"/api/teams/{id}", json={"parent_id": None})).status_code == 404
        assert (await client.delete(f"/api/teams/{id}")).status_code == 404


class TestDelete:
    async def test_an_empty_one(self, client: httpx.AsyncClient) -> None:
        team = await add(client, "Trống")
        answer = await client.delete(f"/api/teams/{team}")
        assert answer.status_code == 200
        assert "Trống" not in [one["name"] for one in answer.json()["items"]]

    async def test_not_with_people_in_it_even_suspended_ones(self, client: httpx.AsyncClient, people: People) -> None:
        await client.put(f"/api/staff/{people.outsider.id}/suspension")
        refused = await client.delete(f"/api/teams/{people.other_team_id}")
        assert problem(refused) == (409, "team-not-empty")
        await client.patch(f"/api/staff/{people.outsider.id}", json={"teams": []})
        assert (await client.delete(f"/api/teams/{people.other_team_id}")).status_code == 200
        assert "Nhóm B" not in [name for _, name in await tree(client)]

    async def test_not_with_teams_below(self, client: httpx.AsyncClient, people: People) -> None:
        above = await add(client, "Trên")
        await add(client, "Dưới", above)
        assert problem(await client.delete(f"/api/teams/{above}")) == (409, "team-not-empty")


async def test_managers_read_the_tree(signed_in: SignIn, people: People) -> None:
    assert len(await tree(await signed_in(people.manager))) == 3
