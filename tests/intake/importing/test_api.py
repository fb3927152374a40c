"""Imports over HTTP: by administrators, in words, and to nobody else."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.intake.importing.files import COLUMNS, Office, as_csv, row
from tests.support.oa import OA, at, said
from tests.support.people import People

ROWS = [row(at(-9000), "9001", "Xin chào", name="Lan"), row(at(-8990), "9001", "Dạ chào chị", "đi", staff="Chị Hoa")]
PLAN = {"mapping": {"columns": COLUMNS}}


async def upload(client: httpx.AsyncClient, content: bytes, name: str = "cũ.csv") -> httpx.Response:
    return await client.post("/api/history-imports", files={"file": (name, content, "text/csv")})


@pytest.mark.caller("admin")
class TestJourney:
    async def test_from_upload_to_undone(
        self, client: httpx.AsyncClient, office: Office, oa: OA, signed_in: Callable[..., Any], people: People
    ) -> None:
        made = (await upload(client, b"\xef\xbb\xbf" + as_csv(ROWS, ";"))).json()
        assert (made["state"], made["name"], made["guess"]["time"]) == ("uploaded", "cũ.csv", "Thời gian")
        assert made["values"]["Chiều"] == ["đến", "đi"]
        path = f"/api/history-imports/{made['id']}"
        plan = PLAN | {"account_id": oa.account_id, "custodian_id": people.owner.id}
        checking = await client.post(f"{path}/preview", json=plan)
        assert (checking.status_code, checking.json()["state"]) == (202, "checking")
        await office.drain()
        checked = (await client.get(path)).json()
        assert (checked["state"], checked["preview"]["new"], checked["account"]["name"]) == (
            "checked",
            2,
            "Điện Minh Long",
        )
        [thread] = checked["sample"]
        assert (thread["title"], [one["text"] for one in thread["messages"]]) == ("Lan", ["Xin chào", "Dạ chào chị"])
        assert (await client.post(f"{path}/start")).json()["state"] == "running"
        await office.drain()
        [listed] = (await client.get("/api/history-imports")).json()["items"]
        assert (listed["state"], listed["counts"]["new"], listed["progress"]) == ("done", 2, 1)

        [conversation] = await office.rows("SELECT id FROM conversation")
        keeper = await signed_in(people.owner)
        page = (await keeper.get(f"/api/conversations/{conversation['id']}/messages")).json()
        assert [(one["text"], one["imported"], one["author"]["name"]) for one in page["items"]] == [
            ("Xin chào", True, "Lan"),
            ("Dạ chào chị", True, "Chị Hoa"),
        ]
        assert not any(one["can_quote"] or one["can_react"] for one in page["items"])
        stranger = await signed_in(people.outsider)
        assert (await stranger.get(f"/api/conversations/{conversation['id']}/messages")).status_code == 404
        detail = (await keeper.get(f"/api/conversations/{conversation['id']}")).json()
        assert (detail["unread_count"], detail["waiting_since"], detail["episode_open"]) == (0, None, False)

        assert (await client.get(f"{path}/undo")).json() == {
            "messages": 2, "conversations": 1, "contacts": 1, "conversations_kept": 0, "contacts_kept": 0,
        }  # fmt: skip
        assert (await client.post(f"{path}/undo")).status_code == 202
        await office.drain()
        undone = (await client.get(path)).json()
        assert (undone["state"], undone["gone"]) == ("undone", {"messages": 2, "conversations": 1, "contacts": 1})
        assert await office.rows("SELECT id FROM conversation") == []
        log = (await client.get("/api/audit-log")).json()["items"]
        assert [one["action_text"] for one in log][:2] == [
            "Hoàn tác một lượt nhập hội thoại cũ",
            "Nhập hội thoại cũ từ tệp",
        ]

    async def test_says_in_words_what_is_wrong(self, client: httpx.AsyncClient, office: Office, oa: OA) -> None:
        excel = await upload(client, b"PK\x03\x04....")
        assert (excel.status_code, "Excel" in excel.json()["detail"]) == (422, True)
        assert (await upload(client, b"")).status_code == 422
        made = (await upload(client, as_csv([*ROWS, row(at(-1), "", "của ai?")]))).json()
        path = f"/api/history-imports/{made['id']}"
        refused = await client.post(f"{path}/preview", json={"mapping": {"columns": {"time": "Thời gian"}}})
        assert refused.json()["type"].endswith("invalid-input")
        assert "tài khoản" in refused.json()["detail"].lower()
        assert (await client.post(f"{path}/start")).json()["type"].endswith("history-not-now")
        await client.post(f"{path}/preview", json=PLAN | {"account_id": oa.account_id})
        await office.drain()
        vi = (await client.get(path)).json()["faults"]
        assert vi == [{"line": 4, "path": "thread", "text": "Mã hội thoại: không biết của khách hay nhóm nào"}]
        en = (await client.patch("/api/session", json={"locale": "en"})).status_code
        assert en == 200
        assert (await client.get(path)).json()["faults"][0]["text"].startswith("Conversation id: ")

    async def test_can_be_thrown_away_unused(self, client: httpx.AsyncClient, office: Office, oa: OA) -> None:
        made = (await upload(client, as_csv(ROWS))).json()
        path = f"/api/history-imports/{made['id']}"
        assert (await client.delete(path)).status_code == 204
        assert (await client.post(f"{path}/preview", json=PLAN | {"account_id": oa.account_id})).status_code == 404
        assert (await client.get("/api/history-imports")).json()["items"] == []
        await office.drain()
        assert await office.rows("SELECT id FROM history_import WHERE storage_key IS NOT NULL") == []

    async def test_who_is_known_by_no_id_cannot_be_answered(
        self, client: httpx.AsyncClient, office: Office, oa: OA
    ) -> None:
        await oa.take(said("9001", "m1", at(0)))
        content = "thời gian,tên khách,chiều,nội dung\n20/11/2025 10:00,Bác Tư,đến,Alo\n".encode()
        made = (await upload(client, content)).json()
        path = f"/api/history-imports/{made['id']}"
        await client.post(f"{path}/preview", json={"mapping": {"columns": made["guess"]}, "account_id": oa.account_id})
        await office.drain()
        await client.post(f"{path}/start")
        await office.drain()
        [found] = await office.rows("SELECT id FROM conversation WHERE thread_key LIKE 'import:%'")
        reply = (await client.get(f"/api/conversations/{found['id']}")).json()["reply"]
        assert (reply["allowed"], reply["can"]) == (False, [])
        assert "tệp" in reply["reason"]


@pytest.mark.parametrize("name", ["manager", "lead", "owner"])
async def test_is_for_administrators(signed_in: Callable[..., Any], people: People, name: str) -> None:
    client = await signed_in(people.named(name))
    assert (await client.get("/api/history-imports")).status_code == 403
    assert (await upload(client, as_csv(ROWS))).status_code == 403
