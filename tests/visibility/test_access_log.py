"""What is read is written down once, by whatever road it was read; and filters only narrow."""

import random
from typing import Any

import httpx
import pytest
from litestar import Litestar

from sokhach.core.config import Settings
from tests.visibility.company import Company
from tests.visibility.test_matrix import calling

# Road → (method, path, what stands in the answer).
ROADS = {
    "thread": ("GET", "/api/conversations/{conversation_id}/messages", "body"),
    "file": ("GET", "/api/media/{media_id}", "bytes"),
    "note": ("GET", "/api/conversations/{conversation_id}/notes", "note"),
    "reveal": ("POST", "/api/contacts/{contact_id}/reveal", "phone"),
}


async def entries(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/access-log", params={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestReading:
    async def test_by_a_lead_leaves_one_row_for_each_road(
        self, app: Litestar, settings: Settings, company: Company
    ) -> None:
        kept, lead = company.targets["kept"], company.callers["lead_of_assignee"]
        async with calling(app, settings, company.callers["manager"]) as manager:
            for road, (method, path, canary) in ROADS.items():
                async with calling(app, settings, lead) as client:
                    for _ in range(3):
                        answer = await client.request(method, path.format(**kept.params))
                        assert kept.canaries[canary] in answer.text, road  # pyright: ignore[reportArgumentType]
                [row] = await entries(manager, staff_id=lead.staff_id, road=road)
                assert row["conversation"]["id"] == kept.params["conversation_id"]
                assert (row["staff"]["id"], row["road"], row["address"]) == (lead.staff_id, road, "127.0.0.1")
            assert len(await entries(manager, staff_id=lead.staff_id)) == len(ROADS)

    async def test_in_vain_leaves_none(self, app: Litestar, settings: Settings, company: Company) -> None:
        async with calling(app, settings, company.callers["outsider"]) as client:
            for method, path, _ in ROADS.values():
                for target in company.targets.values():
                    await client.request(method, path.format(**target.params))
        async with calling(app, settings, company.callers["manager"]) as manager:
            assert await entries(manager) == []
            refused = (await manager.get("/api/access-refusals")).json()["items"]
            assert len(refused) == 2 * len({path.split("/")[2] for _, path, _ in ROADS.values()})


class TestFilters:
    @pytest.mark.parametrize("name", ["outsider", "owner", "poolmate", "manager"])
    async def test_of_the_list_only_narrow(
        self, app: Litestar, settings: Settings, company: Company, name: str
    ) -> None:
        caller = company.callers[name]
        seen = {one.params["conversation_id"] for one in company.targets.values() if caller.level(one.name)}
        if caller.personal:
            seen.add(company.personal.params["personal_conversation"])
        chance = random.Random(1)
        async with calling(app, settings, caller) as client:
            for _ in range(40):
                query = {
                    "view": chance.choice(["open", "mine", "waiting", "all"]),
                    "limit": chance.choice([1, 2, 50, 100]),
                    "staff_id": chance.choice([None, 1, 2, 3]),
                    "scope": chance.choice([None, "all"]),
                    "before": chance.choice([None, "AAXrAAAAAAAAAAAAAAAAAA", "x"]),
                }
                answer = await client.get(
                    "/api/conversations", params={key: value for key, value in query.items() if value is not None}
                )
                if answer.status_code == 200:
                    assert {row["id"] for row in answer.json()["items"]} <= seen
                else:
                    assert answer.status_code == 400

    async def test_of_the_logs_only_narrow(self, app: Litestar, settings: Settings, company: Company) -> None:
        for name in ("owner", "lead", "holder"):
            async with calling(app, settings, company.callers[name]) as client:
                for method, path, _ in ROADS.values():
                    await client.request(method, path.format(**company.targets["kept"].params))
        chance = random.Random(2)
        async with calling(app, settings, company.callers["auditor"]) as client:
            every = {row["id"]: row for row in await entries(client)}
            for _ in range(40):
                wanted = {
                    "staff_id": chance.choice([None, *{row["staff"]["id"] for row in every.values()}]),
                    "conversation_id": chance.choice([None, company.targets["kept"].params["conversation_id"], 999]),
                    "contact_id": chance.choice([None, company.targets["kept"].params["contact_id"], 999]),
                    "road": chance.choice([None, *ROADS]),
                    "since": chance.choice([None, "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"]),
                }
                query = {key: value for key, value in wanted.items() if value is not None}
                fits = {
                    number
                    for number, row in every.items()
                    if wanted["staff_id"] in (None, row["staff"]["id"])
                    and wanted["conversation_id"] in (None, row["conversation"]["id"])
                    and wanted["contact_id"] in (None, row["contact"]["id"])
                    and wanted["road"] in (None, row["road"])
                    and (wanted["since"] or "") < row["at"]
                }
                assert {row["id"] for row in await entries(client, **query)} == fits
