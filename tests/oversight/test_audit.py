"""Who changed what: written in the transaction that changes it, read with names and in words."""

from typing import Any

import httpx
import pytest

from sokhach.core.actor import Permission
from sokhach.core.audit import AuditAction
from sokhach.core.catalogue import TEXTS
from tests.conftest import SignIn
from tests.support.oa import OA
from tests.support.people import People

pytestmark = pytest.mark.caller("admin")
VI = {"accept-language": "vi"}


async def entries(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/audit-log", params=query, headers=VI)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def said(entry: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(one["label"], one["before"], one["after"]) for one in entry["changes"]]


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_all_that_is_written_down_has_words(locale: Any) -> None:
    lacking = [one.value for one in AuditAction if f"audit.{one.value}" not in TEXTS[locale]]
    lacking += [one.value for one in Permission if f"permission.{one.value}" not in TEXTS[locale]]
    assert lacking == []


class TestEntries:
    async def test_of_a_person(self, client: httpx.AsyncClient, people: People) -> None:
        change = {"name": "Chủ mới", "role": "lead", "teams": [{"team_id": people.other_team_id, "leads": True}]}
        agent = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/131.0"}
        answer = await client.patch(f"/api/staff/{people.owner.id}", json=change, headers=agent)
        assert answer.status_code == 200, answer.text
        await client.patch(f"/api/staff/{people.owner.id}", json=change)
        [one] = await entries(client)
        assert one["staff"] == {"id": people.admin.id, "name": "Admin"}
        assert (one["action"], one["action_text"]) == ("staff:change", "Sửa thông tin nhân viên")
        assert one["target"]["name"] == "Chủ mới"
        assert one["target"]["code"] == f"NV-{people.owner.id:06d}"
        assert said(one) == [
            ("Tên", "Owner", "Chủ mới"),
            ("Vai trò", "Nhân viên", "Trưởng nhóm"),
            ("Nhóm", "Nhóm A", "Nhóm B (trưởng nhóm)"),
        ]
        assert (one["address"], one["device"]) == ("127.0.0.1", agent["user-agent"])

    async def test_of_teams(self, client: httpx.AsyncClient, people: People) -> None:
        await client.post("/api/teams", json={"kind": "team", "name": "Bán lẻ", "parent_id": None})
        made = next(one for one in (await client.get("/api/teams")).json()["items"] if one["name"] == "Bán lẻ")
        path = f"/api/teams/{made['id']}"
        await client.patch(path, json={"name": "Bán sỉ"})
        await client.patch(path, json={"parent_id": people.team_id})
        await client.patch(path, json={"name": "Bán sỉ", "parent_id": people.team_id})
        assert (await client.delete(path)).status_code == 200
        found = await entries(client)
        assert [one["action"] for one in found] == ["team:delete", "team:move", "team:rename", "team:add"]
        assert [said(one)[0] for one in found] == [
            ("Tên", "Bán sỉ", None),
            ("Thuộc", None, "Nhóm A"),
            ("Tên", "Bán lẻ", "Bán sỉ"),
            ("Tên", None, "Bán lẻ"),
        ]
        assert {one["target"]["name"] for one in found} == {None}, "it is gone"

    async def test_of_limits(self, client: httpx.AsyncClient) -> None:
        path = "/api/channel-limits/zalo_oa.buttons"
        for value in (3, 3):
            assert (await client.put(path, json={"value": value})).status_code == 200
        await client.delete(path)
        await client.delete(path)
        found = await entries(client)
        assert [one["action"] for one in found] == ["channel_limit:reset", "channel_limit:change"]
        [(label, before, after)] = said(found[1])
        assert (label, after) == ("Giá trị", "3")
        assert said(found[0]) == [("Giá trị", "3", before)]

    async def test_of_tags_by_whoever_put_them(
        self, oa: OA, conversation: int, client: httpx.AsyncClient, people: People, signed_in: SignIn
    ) -> None:
        owner = await signed_in(people.owner)
        contact = await oa.value("SELECT id FROM contact")
        for _ in range(2):
            tagged = await owner.post(f"/api/contacts/{contact}/tags", json={"name": "Sỉ"})
        for _ in range(2):
            await owner.delete(f"/api/contacts/{contact}/tags/{tagged.json()['items'][0]['id']}")  # pyright: ignore[reportPossiblyUnboundVariable]
        found = await entries(client)
        assert [(one["action"], one["staff"]["name"]) for one in found] == [
            ("contact:untag", "Owner"),
            ("contact:tag", "Owner"),
        ]
        assert [said(one) for one in found] == [[("Nhãn", "Sỉ", None)], [("Nhãn", None, "Sỉ")]]
        assert found[0]["target"]["name"] == "Lan"
        assert found[0]["target"]["conversation_id"] == conversation

    async def test_what_is_refused_leaves_none(self, client: httpx.AsyncClient, people: People) -> None:
        answer = await client.patch(f"/api/staff/{people.admin.id}", json={"name": "Ai đó", "role": "staff"})
        assert answer.status_code == 409
        assert await entries(client) == []


class TestReading:
    async def test_filters_narrow(self, client: httpx.AsyncClient, people: People) -> None:
        await client.put("/api/channel-limits/zalo_oa.buttons", json={"value": 3})
        await client.patch(f"/api/staff/{people.owner.id}", json={"name": "Chủ mới"})
        assert len(await entries(client)) == 2
        assert [one["action"] for one in await entries(client, action="staff:change")] == ["staff:change"]
        assert await entries(client, staff_id=people.owner.id) == []
        assert await entries(client, until="2020-01-01T00:00:00Z") == []
        assert (await client.get("/api/audit-log?action=staff:dance")).status_code == 400
        first = (await client.get("/api/audit-log?limit=1")).json()
        second = (await client.get("/api/audit-log", params={"limit": 1, "before": first["next"]})).json()
        assert [one["action"] for one in first["items"] + second["items"]] == ["staff:change", "channel_limit:change"]

    async def test_the_choices(self, client: httpx.AsyncClient) -> None:
        items = (await client.get("/api/audit-log/actions", headers=VI)).json()["items"]
        assert {one["action"] for one in items} == {one.value for one in AuditAction}

    async def test_nobody_changes_it(self, client: httpx.AsyncClient, oa: OA) -> None:
        await client.put("/api/channel-limits/zalo_oa.buttons", json={"value": 3})
        for statement in ("UPDATE audit_log SET action = 'x' RETURNING 1", "DELETE FROM audit_log RETURNING 1"):
            with pytest.raises(Exception, match="append-only"):
                await oa.value(statement)
