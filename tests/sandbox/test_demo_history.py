import json
from typing import Any

import pytest

from sokhach.sandbox.personas import TRADES
from tests.sandbox.harness import Delivery, Shop

LAN, HUY = "700000000000000001", "700000000000000002"
COLLEAGUES = [{"admin_id": LAN, "share": 0.4}, {"admin_id": HUY, "share": 0.2}]


async def ordered(shop: Shop, **change: Any) -> list[dict[str, Any]]:
    body = {"oa_id": shop.oa_id, "days": 3, "colleagues": COLLEAGUES} | change
    answer = await shop.http.post("/control/demo/history", json=body, timeout=60)
    assert answer.is_success, answer.text
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


class TestHistory:
    async def test_tells_what_would_have_been_posted(self, shop: Shop) -> None:
        told = await ordered(shop)
        stamps = [int(line["timestamp"]) for line in told]
        assert stamps == sorted(stamps)
        now = (await shop.read("/clock"))["now_ms"]
        assert 2.5 * 86_400_000 < now - stamps[0] <= 3.1 * 86_400_000
        for line in told:
            delivery = Delivery({}, line["body"].encode())
            assert line["headers"] == {"X-ZEvent-Signature": shop.expected_signature(delivery)}
            assert delivery.payload["event_name"] == line["event_name"]
            assert delivery.payload["timestamp"] == line["timestamp"]
        events = {line["event_name"] for line in told}
        assert {"follow", "user_send_text", "user_send_image", "oa_send_text"} <= events
        assert not {"user_seen_message", "user_received_message"} & events
        answers = [json.loads(line["body"]) for line in told if line["event_name"] == "oa_send_text"]
        assert {answer["sender"]["admin_id"] for answer in answers} == {LAN, HUY}
        assert (await shop.read("/webhooks", oa_id=shop.oa_id))["items"] == []

    async def test_agrees_with_phones_and_history(self, shop: Shop) -> None:
        bodies = [json.loads(line["body"]) for line in await ordered(shop)]
        user_id = next(body["sender"]["id"] for body in bodies if body["event_name"] == "user_send_text")
        sent = [body for body in bodies if "_send_" in body["event_name"]]
        own = [body for body in sent if user_id in (body["sender"]["id"], body["recipient"]["id"])]
        phone = await shop.phone(user_id)
        assert [(one["msg_id"], one["text"], str(one["time"])) for one in phone] == [
            (body["message"]["msg_id"], body["message"].get("text"), body["timestamp"]) for body in own
        ]
        assert all(message["seen"] for message in phone if message["src"] == 0)
        page = (await shop.get("/v2.0/oa/conversation", user_id=user_id, offset=0, count=10))["data"]
        assert [one["message_id"] for one in page] == [one["msg_id"] for one in reversed(phone)][:10]
        profile = await shop.read(f"/oas/{shop.oa_id}/users/{user_id}")
        assert (profile["user_id_by_app"], profile["wrote"]) == (own[0]["user_id_by_app"], True)

    async def test_pictures_can_be_fetched_now(self, shop: Shop) -> None:
        bodies = [json.loads(line["body"]) for line in await ordered(shop, days=10)]
        picture = next(body for body in bodies if body["event_name"] == "user_send_image")
        answer = await shop.http.get(picture["message"]["attachments"][0]["payload"]["url"])
        assert (answer.status_code, answer.headers["content-type"].split("/")[0]) == (200, "image")

    async def test_whoever_waits_is_there_in_the_live_demo(self, shop: Shop) -> None:
        await ordered(shop, colleagues=[], days=1)
        await shop.order("/demo", oa_id=shop.oa_id, running=False)
        customers = await self._customers(shop)
        waiting = [someone for someone in customers if someone["stage"] in ("waiting", "speaking")]
        gone = [someone for someone in customers if someone["stage"] == "gone"]
        assert len(gone) > 5
        for someone in [*waiting[:1], *gone[:1]]:
            await shop.send(someone["user_id"], "Dạ em xin lỗi vì trả lời trễ ạ")
        stages = {someone["user_id"]: someone["stage"] for someone in await self._customers(shop)}
        assert stages[gone[0]["user_id"]] == "reading"

    async def test_one_history_an_account_until_it_is_cleared(self, shop: Shop) -> None:
        first = await ordered(shop, days=1, until_ms=1_700_000_000_000, trades=[TRADES[0].key])
        again = await shop.http.post("/control/demo/history", json={"oa_id": shop.oa_id})
        assert (again.status_code, "DELETE" in again.json()["detail"]) == (400, True)
        assert (await shop.http.delete(f"/control/demo/{shop.oa_id}")).json()["customers"] > 0
        assert (await shop.read(f"/oas/{shop.oa_id}/users"))["items"] == []
        second = await ordered(shop, days=1, until_ms=1_700_000_000_000, trades=[TRADES[0].key])
        assert second == first

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"days": 0}, 400),
            ({"until_ms": 4_000_000_000_000}, 400),
            ({"trades": ["smuggling"]}, 400),
            ({"oa_id": "1"}, 404),
            ({"colleagues": [{"admin_id": LAN}]}, 400),
        ],
    )
    async def test_refuses(self, shop: Shop, change: dict[str, Any], status: int) -> None:
        answer = await shop.http.post("/control/demo/history", json={"oa_id": shop.oa_id} | change)
        assert answer.status_code == status
        assert answer.json()["detail"]

    async def _customers(self, shop: Shop) -> list[dict[str, Any]]:
        reports = await shop.read("/demo")
        return next(report["customers"] for report in reports if report["oa_id"] == shop.oa_id)
