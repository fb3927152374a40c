from typing import Any

import httpx
import pytest

from tests.channels.zalo_oa.events import USER, every_event
from tests.conftest import SignIn
from tests.support.oa import OA, at, said
from tests.support.people import People

EVENTS = every_event()
VIP = EVENTS["add_user_to_tag"]


@pytest.fixture
async def contact(oa: OA, people: People) -> int:
    """A customer of `owner`, who told much of themselves."""
    await oa.take(said(USER, "m1", at(0)), EVENTS["follow"], EVENTS["user_submit_info"], VIP)
    await oa.value("UPDATE contact SET custodian_id = :owner, name = 'Lan' RETURNING id", owner=people.owner.id)
    return await oa.value("SELECT id FROM contact")


def names(answer: httpx.Response) -> list[str]:
    return [tag["name"] for tag in answer.json()["items"]]


class TestGetContact:
    async def test_all_that_is_known(self, oa: OA, contact: int, client: httpx.AsyncClient) -> None:
        answer = await client.get(f"/api/contacts/{contact}", headers={"accept-language": "vi"})
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        assert (shown["name"], shown["level"], [tag["name"] for tag in shown["tags"]]) == ("Lan", "full", ["VIP"])
        [phone] = shown["phones"]
        assert (phone["text"], phone["masked"], shown["emails"]) == ("+84912345678", False, [])
        details = shown["details"]
        assert details["phone"] == {"text": "+84912345678", "masked": False}
        assert details["ward"] == "Phường Dĩ An"
        assert details["district"] is None
        [identity] = shown["identities"]
        assert (identity["external_id"], identity["following"]) == (USER, True)
        assert identity["follow_source_text"] == "Trang thông tin của OA"
        assert identity["account"]["id"] == oa.account_id

    @pytest.mark.caller("outsider")
    async def test_not_for_an_outsider(self, contact: int, client: httpx.AsyncClient) -> None:
        for answer in (
            await client.get(f"/api/contacts/{contact}"),
            await client.post(f"/api/contacts/{contact}/tags", json={"name": "Sỉ"}),
            await client.delete(f"/api/contacts/{contact}/tags/1"),
        ):
            assert answer.status_code == 404

    @pytest.mark.caller(None)
    async def test_not_for_nobody(self, contact: int, client: httpx.AsyncClient) -> None:
        assert (await client.get(f"/api/contacts/{contact}")).status_code == 401

    @pytest.mark.parametrize("other", [0, 2**40, 2**70])
    async def test_of_nobody(self, other: int, client: httpx.AsyncClient) -> None:
        assert (await client.get(f"/api/contacts/{other}")).status_code == 404


class TestTags:
    async def test_put_on_and_taken_off(self, oa: OA, contact: int, client: httpx.AsyncClient) -> None:
        path = f"/api/contacts/{contact}/tags"
        assert names(await client.post(path, json={"name": "  Khách   sỉ "})) == ["Khách sỉ", "VIP"]
        assert names(await client.post(path, json={"name": "Khách sỉ"})) == ["Khách sỉ", "VIP"]
        assert names(await client.get("/api/tags")) == ["Khách sỉ", "VIP"]
        tag_id = next(tag["id"] for tag in (await client.get("/api/tags")).json()["items"] if tag["name"] == "VIP")
        assert names(await client.delete(f"{path}/{tag_id}")) == ["Khách sỉ"]
        assert names(await client.delete(f"{path}/{tag_id}")) == ["Khách sỉ"]
        assert await oa.value("SELECT count(*) FROM realtime_event WHERE kind = 'conversation.changed'") > 0

    async def test_the_channel_may_say_otherwise_later(self, oa: OA, contact: int, client: httpx.AsyncClient) -> None:
        [tag] = (await client.get(f"/api/contacts/{contact}")).json()["tags"]
        await client.delete(f"/api/contacts/{contact}/tags/{tag['id']}")
        await oa.take(VIP | {"timestamp": str(4_000_000_000_000)})
        assert (await client.get(f"/api/contacts/{contact}")).json()["tags"] == []
        await oa.value("UPDATE contact_tag SET changed_at = :at WHERE account_id IS NULL RETURNING id", at=at(-60))
        assert [tag["name"] for tag in (await client.get(f"/api/contacts/{contact}")).json()["tags"]] == ["VIP"]

    @pytest.mark.parametrize("name", ["", "  ", "a\0b", "x" * 101, 5, None])
    async def test_names_that_are_none(self, contact: int, client: httpx.AsyncClient, name: Any) -> None:
        answer = await client.post(f"/api/contacts/{contact}/tags", json={"name": name})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "name"

    async def test_show_in_the_list(self, contact: int, client: httpx.AsyncClient) -> None:
        [row] = (await client.get("/api/conversations")).json()["items"]
        assert [tag["name"] for tag in row["tags"]] == ["VIP"]
        assert row["contact"]["id"] == contact


class TestPrivacyRequests:
    @pytest.fixture
    async def request_id(self, oa: OA, contact: int) -> int:
        await oa.take(EVENTS["user_withdraw"])
        return await oa.value("SELECT id FROM privacy_request")

    async def test_an_admin_closes_it_and_says_how(
        self, request_id: int, contact: int, people: People, signed_in: SignIn
    ) -> None:
        admin = await signed_in(people.admin)
        [shown] = (await admin.get("/api/privacy-requests")).json()["items"]
        assert (shown["id"], shown["contact"]["id"], shown["contact"]["name"]) == (request_id, contact, "Lan")
        assert (shown["kind"], shown["due_at"], shown["closed_by"]) == ("withdraw", "2026-11-23T02:00:00Z", None)
        path = f"/api/privacy-requests/{request_id}/closure"
        assert (await admin.post(path, json={"note": " "})).status_code == 400
        closed = await admin.post(path, json={"note": "Đã xóa khỏi sổ"})
        assert closed.status_code == 200, closed.text
        again = await admin.post(path, json={"note": "Khác"})
        assert again.json() == closed.json()
        assert (closed.json()["note"], closed.json()["closed_by"]["name"]) == ("Đã xóa khỏi sổ", "Admin")
        assert (await admin.get("/api/privacy-requests")).json()["items"] == []
        [kept] = (await admin.get("/api/privacy-requests?state=closed")).json()["items"]
        assert kept == closed.json()

    async def test_who_may(self, request_id: int, people: People, signed_in: SignIn) -> None:
        for name, sees, closes in (("manager", 200, 403), ("lead", 403, 403), ("owner", 403, 403)):
            caller = await signed_in(people.named(name))
            assert (await caller.get("/api/privacy-requests")).status_code == sees
            closing = await caller.post(f"/api/privacy-requests/{request_id}/closure", json={"note": "x"})
            assert closing.status_code == closes, name

    @pytest.mark.caller("admin")
    async def test_of_nobody(self, client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/privacy-requests/7/closure", json={"note": "x"})).status_code == 404
