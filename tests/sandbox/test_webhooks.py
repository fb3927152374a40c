import base64
import re
from typing import Any

import httpx
import pytest

from tests.sandbox.harness import Receiver, Shop

VECTOR_BODY = (
    b'{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730",'
    b'"recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"message",'
    b'"msg_id":"96d3cdf3af150460909"},"timestamp":"154390853474"}'
)
VECTOR_MAC = "a4f1c9b682aae449f96af01075585158f942c800c4fe370225ef11f15eb80906"


class TestSignature:
    async def test_vector_of_the_reference(self, http: httpx.AsyncClient, heard: Receiver) -> None:
        shop = Shop(http, heard.url)
        shop.app_id, shop.oa_secret = "360846524940903967", "test_oa_secret"
        await shop.open()
        body = base64.b64encode(VECTOR_BODY).decode()
        await shop.order(f"/oas/{shop.oa_id}/events", body_base64=body, timestamp="154390853474")
        (delivery,) = await heard.wait_for(1)
        assert delivery.body == VECTOR_BODY
        assert delivery.headers["x-zevent-signature"] == f"mac={VECTOR_MAC}"

    async def test_every_delivery_over_its_raw_bytes(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer("Đỗ Thị Ngọc Ánh")
        await shop.hears(user, 'tiếng Việt, "ngoặc" và 🥰')
        await shop.send(user)
        for delivery in await heard.wait_for(4):
            assert delivery.headers["x-zevent-signature"] == shop.expected_signature(delivery)
            assert delivery.headers["content-type"] == "application/json"
            assert "num_retry" not in delivery.headers


class TestInbound:
    async def test_text(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        msg_id = await shop.hears(user, "Giá nhiêu shop")
        (delivery,) = await heard.wait_for(1)
        by_app = (await shop.read(f"/oas/{shop.oa_id}/users/{user}"))["user_id_by_app"]
        timestamp = delivery.payload["timestamp"]
        assert delivery.payload == {
            "app_id": shop.app_id,
            "sender": {"id": user},
            "user_id_by_app": by_app,
            "recipient": {"id": shop.oa_id},
            "event_name": "user_send_text",
            "message": {"text": "Giá nhiêu shop", "msg_id": msg_id},
            "timestamp": timestamp,
        }
        assert re.fullmatch(r"\d{13}", timestamp)

    async def test_quote_and_own_time(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        first = await shop.hears(user, "cái này")
        await shop.hears(user, "đúng rồi ạ", quote_msg_id=first, timestamp=154390853474)
        _, second = await heard.wait_for(2)
        assert second.payload["message"]["quote_msg_id"] == first
        assert second.payload["timestamp"] == "154390853474"

    @pytest.mark.parametrize(
        ("kind", "keys"),
        [
            ("image", {"thumbnail", "url"}),
            ("sticker", {"id", "url"}),
            ("link", {"thumbnail", "description", "url"}),
            ("audio", {"url"}),
            ("video", {"url", "thumbnail", "description"}),
            ("location", {"coordinates"}),
            ("file", {"url", "size", "name", "checksum", "type"}),
        ],
    )
    async def test_attachment(self, shop: Shop, heard: Receiver, kind: str, keys: set[str]) -> None:
        msg_id = await shop.hears(await shop.customer(wrote=False), type=kind)
        (delivery,) = await heard.wait_for(1)
        message = delivery.payload["message"]
        assert (delivery.event, message["msg_id"]) == (f"user_send_{kind}", msg_id)
        (attachment,) = message["attachments"]
        assert (attachment["type"], set(attachment["payload"])) == (kind, keys)

    async def test_business_card_is_a_link(self, shop: Shop, heard: Receiver) -> None:
        await shop.hears(await shop.customer(wrote=False), type="business_card")
        (delivery,) = await heard.wait_for(1)
        assert delivery.event == "user_send_business_card"
        assert delivery.payload["message"]["attachments"][0]["type"] == "link"

    async def test_follow_and_unfollow(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        await shop.does(user, "follow")
        await heard.wait_for(1)
        await shop.does(user, "unfollow")
        follow, unfollow = await heard.wait_for(2)
        assert (follow.event, unfollow.event) == ("follow", "unfollow")
        assert (follow.payload["follower"], follow.payload["oa_id"]) == ({"id": user}, shop.oa_id)
        assert follow.payload["source"] == "oa_profile"

    async def test_chat_now_is_told_once(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        await shop.does(user, "chatnow")
        await shop.does(user, "chatnow")
        await shop.hears(user, "alo")
        await heard.wait_for(1, "user_send_text")
        assert len(heard.of("user_click_chatnow")) == 1

    async def test_unknown_event(self, shop: Shop, heard: Receiver) -> None:
        payload: dict[str, Any] = {"event_name": "something_new", "app_id": shop.app_id, "timestamp": "1"}
        await shop.order(f"/oas/{shop.oa_id}/events", payload=payload)
        (delivery,) = await heard.wait_for(1)
        assert delivery.payload == payload
        assert delivery.headers["x-zevent-signature"] == shop.expected_signature(delivery)


class TestEcho:
    async def test_after_an_api_send(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        sent = (await shop.send(user, "Dạ còn ạ"))["data"]["message_id"]
        (echo,) = await heard.wait_for(1, "oa_send_text")
        assert echo.payload["sender"] == {"id": shop.oa_id}
        assert echo.payload["recipient"] == {"id": user}
        assert echo.payload["message"] == {"text": "Dạ còn ạ", "msg_id": sent}

    async def test_of_an_admin(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        order = {"user_id": user, "text": "Shop chào bạn", "admin_id": "3617497249381594260"}
        sent = await shop.order(f"/oas/{shop.oa_id}/admin-messages", **order)
        (echo,) = await heard.wait_for(1, "oa_send_text")
        assert echo.payload["sender"] == {"id": shop.oa_id, "admin_id": "3617497249381594260"}
        assert echo.payload["message"]["msg_id"] == sent["msg_id"]


class TestReceipts:
    async def test_received_then_seen(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        ids = [(await shop.send(user, text))["data"]["message_id"] for text in ("một", "hai")]
        received = await heard.wait_for(2, "user_received_message")
        assert [receipt.payload["message"] for receipt in received] == [{"msg_id": msg_id} for msg_id in ids]
        assert received[0].payload["sender"] == {"id": shop.oa_id}
        assert heard.of("user_seen_message") == []
        await shop.does(user, "seen")
        (seen,) = await heard.wait_for(1, "user_seen_message")
        assert seen.payload["message"] == {"msg_ids": ids[::-1]}
        assert [shown["seen"] for shown in await shop.phone(user) if shown["src"] == 0] == [True, True]

    async def test_seen_before_arrival_receives_first(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.send(user)
        await shop.does(user, "seen")
        await heard.wait_for(1, "user_seen_message")
        await shop.advance(10)
        assert len(await heard.wait_for(1, "user_received_message")) == 1

    async def test_phone_off(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.change(user, phone_on=False)
        await shop.send(user)
        await shop.advance(HOUR)
        await heard.wait_for(1, "oa_send_text")
        assert heard.of("user_received_message") == []
        assert [shown["src"] for shown in await shop.phone(user)] == [1]
        await shop.change(user, phone_on=True)
        await heard.wait_for(1, "user_received_message")
        assert [shown["src"] for shown in await shop.phone(user)] == [1, 0]

    async def test_seen_by_itself(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.change(user, auto_seen_ms=50)
        sent = (await shop.send(user))["data"]["message_id"]
        (seen,) = await heard.wait_for(1, "user_seen_message")
        assert seen.payload["message"] == {"msg_ids": [sent]}

    async def test_none_for_an_admin(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.order(f"/oas/{shop.oa_id}/admin-messages", user_id=user, text="chào", admin_id="1")
        sent = (await shop.send(user))["data"]["message_id"]
        await shop.does(user, "seen")
        (seen,) = await heard.wait_for(1, "user_seen_message")
        assert seen.payload["message"] == {"msg_ids": [sent]}
        assert len(heard.of("user_received_message")) == 1


HOUR = 3600
