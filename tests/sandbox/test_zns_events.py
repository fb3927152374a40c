from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.harness import Delivery, Receiver, SandboxProcess, client
from tests.sandbox.zns_shop import PHONE, ZnsShop, new_phone

CARE = {"ten_khach_hang": "Lan", "ma_don_hang": "DH1"}


@pytest.fixture
async def shop(http: httpx.AsyncClient, heard: Receiver) -> ZnsShop:
    opened = ZnsShop(http, heard.url)
    await opened.open()
    return opened


async def delivered(shop: ZnsShop, heard: Receiver, **order: Any) -> tuple[str, Delivery]:
    sent = await shop.sent(new_phone(), **order)
    return sent, (await heard.wait_for(1, "user_received_message"))[-1]


class TestDelivery:
    async def test_receipt(self, shop: ZnsShop, heard: Receiver) -> None:
        sent = await shop.sent(PHONE)
        (receipt,) = await heard.wait_for(1, "user_received_message")
        payload = receipt.payload
        assert payload["sender"] == {"id": shop.oa_id}
        assert payload["recipient"] == {"id": PHONE}
        assert payload["message"]["msg_id"] == sent
        assert payload["message"]["tracking_id"] == "order-88213"
        assert payload["message"]["delivery_time"].isdecimal()
        assert payload.keys() == {"sender", "recipient", "event_name", "message", "app_id", "timestamp"}
        assert receipt.headers["x-zevent-server"] == "ZNS"
        assert receipt.headers["x-zevent-signature"] == shop.expected_signature(receipt)

    async def test_other_events_have_no_such_header(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.customer()
        (inbound,) = await heard.wait_for(1, "user_send_text")
        assert "x-zevent-server" not in inbound.headers

    async def test_header_is_there_on_a_repeat(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.order("/clock", ladder_scale=3000)
        heard.answer = lambda delivery: 200 if "num_retry" in delivery.headers else 500
        await shop.sent(PHONE)
        again = (await heard.wait_for(2, "user_received_message"))[1]
        assert (again.headers["num_retry"], again.headers["x-zevent-server"]) == ("1", "ZNS")

    async def test_none_while_the_phone_is_off(self, shop: ZnsShop, heard: Receiver) -> None:
        phone = new_phone()
        await shop.owner(phone, on=False)
        await shop.sent(phone)
        await shop.advance(60)
        assert heard.of("user_received_message") == []
        await shop.owner(phone, on=True)
        await heard.wait_for(1, "user_received_message")


class TestKill:
    async def test_what_was_on_its_way_arrives_after_a_restart(self, tmp_path: Path, heard: Receiver) -> None:
        first = SandboxProcess(tmp_path)
        async with client(first.url) as http:
            shop = ZnsShop(http, heard.url)
            await shop.open()
            await shop.standing(delivery_ms=3600_000)
            sent = await shop.sent(PHONE)
        first.kill()
        second = SandboxProcess(tmp_path, first.port)
        try:
            async with client(second.url) as http:
                shop.http = http
                assert (await shop.zns("GET", "/message/quota"))["data"]["remainingQuota"] == 499
                await shop.advance(3601)
                (receipt,) = await heard.wait_for(1, "user_received_message")
        finally:
            second.kill()
        assert receipt.payload["message"]["msg_id"] == sent
        assert receipt.headers["x-zevent-server"] == "ZNS"


class TestPeople:
    async def test_feedback(self, shop: ZnsShop, heard: Receiver) -> None:
        sent, _ = await delivered(shop, heard, template="Đánh giá dịch vụ", template_data=CARE)
        await shop.on_message(sent, "feedback", rate=5, note="Tôi rất hài lòng.", feedbacks=["Nhân viên vui vẻ"])
        (event,) = await heard.wait_for(1, "user_feedback")
        message = event.payload["message"]
        assert (message["rate"], message["rating_type"], message["msg_id"]) == (5, "csat", sent)
        assert event.payload["oa_id"] == shop.oa_id
        assert event.headers["x-zevent-server"] == "ZNS"
        query = {"template_id": shop.templates["Đánh giá dịch vụ"], "from_time": 0, "to_time": 10**15}
        listed = (await shop.zns("POST", "/rating/get", **query, offset=0, limit=10))["data"]
        assert listed["total"] == 1
        (rating,) = listed["data"]
        assert (rating["msgId"], rating["rate"], rating["trackingId"]) == (sent, 5, "order-88213")
        assert (await shop.zns("POST", "/rating/get", **query, offset=0, limit=101))["error"] == -132

    async def test_quick_reply(self, shop: ZnsShop, heard: Receiver) -> None:
        order = {"template": "Khảo sát nhu cầu", "template_data": {"ten_khach_hang": "Lan"}}
        sent, _ = await delivered(shop, heard, **order)
        await shop.on_message(sent, "response", data="Dịch vụ ZNS")
        (event,) = await heard.wait_for(1, "user_click_response_button")
        assert event.payload["msg_id"] == sent
        assert event.payload["message"]["data"] == "Dịch vụ ZNS"
        query = {"template_id": shop.templates["Khảo sát nhu cầu"], "from_time": 0, "to_time": 10**15, "limit": 5}
        (reply,) = (await shop.zns("POST", "/response/get", query))["data"]["data"]
        assert (reply["data"], reply["msgId"], reply["oaId"]) == ("Dịch vụ ZNS", sent, shop.oa_id)

    async def test_not_before_it_arrived(self, shop: ZnsShop) -> None:
        phone = new_phone()
        await shop.owner(phone, on=False)
        sent = await shop.sent(phone)
        path = f"/control/oas/{shop.oa_id}/zns/messages/{sent}/feedback"
        assert (await shop.http.post(path, json={"rate": 5})).status_code == 400

    @pytest.mark.parametrize("event", ["acknowledged", "time_out"])
    async def test_journey(self, shop: ZnsShop, heard: Receiver, event: str) -> None:
        started = await shop.zns("POST", "/journey/get-token", {"phone": PHONE})
        order = {"template": "Hành trình giao vận", "headers": {"journey_token": started["token"]}}
        data = {"ma_don_hang": "DH1", "trang_thai": "Đang giao"}
        sent = await shop.sent(PHONE, template_data=data, **order)
        await shop.on_message(sent, "journey", event=event)
        (told,) = await heard.wait_for(1, f"event_journey_{event}")
        assert told.payload["journey_id"] == started["journey_id"]


class TestDecisions:
    async def test_status(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.decides("Thông báo đổi hàng", status="ENABLE", quality="HIGH")
        (event,) = await heard.wait_for(1, "change_template_status")
        assert event.payload["status"] == {"prev_status": "PENDING_REVIEW", "new_status": "ENABLE"}
        assert event.payload["template_id"] == shop.templates["Thông báo đổi hàng"]
        (event,) = await heard.wait_for(1, "change_template_quality")
        assert event.payload["quality"] == "HIGH"

    async def test_limit_of_a_template(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.decides("Xác nhận đơn hàng", daily_limit=10)
        await heard.wait_for(1, "change_template_quota")
        await shop.decides("Xác nhận đơn hàng", quality="LOW")
        assert len(heard.of("change_template_quota")) == 1
        await shop.decides("Xác nhận đơn hàng", daily_limit=None)
        await heard.wait_for(2, "change_template_quota")

    async def test_daily_quota(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.standing(daily_quota=2000)
        (event,) = await heard.wait_for(1, "change_oa_daily_quota")
        assert event.payload["quota"] == {"prev_value": 500, "new_value": 2000}
        assert event.payload["oaId"] == shop.oa_id
        assert "oa_id" not in event.payload

    async def test_tags(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.standing(allowed_tags=["OTP"])
        await heard.wait_for(1, "change_oa_template_tags")
        assert (await shop.zns("GET", "/message/template-tag"))["data"] == ["OTP"]

    async def test_nothing_is_told_of_what_did_not_change(self, shop: ZnsShop, heard: Receiver) -> None:
        await shop.standing(delivery_ms=70)
        await shop.decides("Xác nhận đơn hàng", status="ENABLE")
        await shop.standing(daily_quota=7)
        await heard.wait_for(1, "change_oa_daily_quota")
        assert len(heard.deliveries) == 1

    async def test_unknown_field_is_refused(self, shop: ZnsShop) -> None:
        path = f"/control/oas/{shop.oa_id}/zns"
        assert (await shop.http.patch(path, json={"mood": "good"})).status_code == 400
        assert (await shop.http.patch(f"/control/oas/1{shop.oa_id}/zns", json={})).status_code == 404
