"""Events of the reference §2.3, each told when the thing happens."""

from typing import Any

import pytest

from tests.sandbox.harness import Receiver, Shop

HOUR = 3600


async def told(heard: Receiver, event: str, count: int = 1) -> dict[str, Any]:
    """Payload of the last delivery of the event, after so many."""
    return (await heard.wait_for(count, event))[-1].payload


class TestPerson:
    @pytest.mark.parametrize(
        ("deed", "order", "event", "own"),
        [
            ("withdrawal", {}, "user_withdraw", {}),
            ("info-update", {"method": "dynamic_url"}, "update_user_info", {"data": {"method": "dynamic_url"}}),
            ("product-question", {"product_id": "SP9"}, "user_asking_product", {"product": {"id": "SP9"}}),
        ],
    )
    async def test_flat_events(
        self, shop: Shop, heard: Receiver, deed: str, order: dict[str, str], event: str, own: dict[str, Any]
    ) -> None:
        user = await shop.customer()
        await shop.order(f"/oas/{shop.oa_id}/users/{user}/{deed}", **order)
        payload = await told(heard, event)
        assert (payload["oa_id"], payload["user_id"], payload["app_id"]) == (shop.oa_id, user, shop.app_id)
        assert payload["user_id_by_app"].isdecimal()
        assert own.items() <= payload.items()

    async def test_order(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.order(f"/oas/{shop.oa_id}/users/{user}/orders", order_id="DH1")
        assert (await told(heard, "shop_has_order"))["customer"] == {"id": user}

    async def test_source_of_a_follower(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.order(f"/oas/{shop.oa_id}/users/{user}/follow", source="social_plugin")
        assert (await told(heard, "follow"))["source"] == "social_plugin"


class TestReactions:
    async def test_of_the_account(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        asked = await shop.hears(user, "đẹp không shop")
        action = {"react_icon": "/-heart", "react_message_id": asked}
        body = {"recipient": {"user_id": user}, "sender_action": action}
        assert (await shop.call("/v2.0/oa/message", body))["error"] == 0
        payload = await told(heard, "oa_reacted_message")
        assert payload["message"] == {"msg_id": asked, "react_icon": "/-heart"}
        assert (payload["sender"]["id"], payload["recipient"]["id"]) == (shop.oa_id, user)
        assert (await shop.phone(user))[-1]["reactions"] == ["/-heart"]
        body["sender_action"] = action | {"react_icon": "/-remove"}
        await shop.call("/v2.0/oa/message", body)
        assert (await shop.phone(user))[-1]["reactions"] == []

    @pytest.mark.parametrize("action", [{"react_icon": "🙂"}, {"react_message_id": "0" * 20}, {"react_message_id": 5}])
    async def test_refused(self, shop: Shop, action: dict[str, Any]) -> None:
        user = await shop.customer(wrote=False)
        asked = await shop.hears(user, "alo")
        whole = {"react_icon": "/-heart", "react_message_id": asked} | action
        answer = await shop.call("/v2.0/oa/message", {"recipient": {"user_id": user}, "sender_action": whole})
        assert answer["error"] == -201

    async def test_fifty_on_a_message(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        action = {"react_icon": ":>", "react_message_id": await shop.hears(user, "alo")}
        body = {"recipient": {"user_id": user}, "sender_action": action}
        errors = [(await shop.call("/v2.0/oa/message", body))["error"] for _ in range(51)]
        assert errors == [0] * 50 + [-210]

    async def test_of_a_customer_opens_no_window(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        sent = (await shop.send(user))["data"]["message_id"]
        await shop.advance(49 * HOUR)
        await shop.new_token()
        await shop.order(f"/oas/{shop.oa_id}/users/{user}/reactions", msg_id=sent, react_icon="/-strong")
        assert (await told(heard, "user_reacted_message"))["message"]["react_icon"] == "/-strong"
        assert (await shop.send(user))["data"]["quota"]["quota_type"] == "sub_quota"


class TestTags:
    async def test_through_the_api(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        order = {"user_id": user, "tag_name": "Khách sỉ"}
        assert (await shop.call("/v2.0/oa/tag/tagfollower", order))["error"] == 0
        assert (await told(heard, "add_user_to_tag"))["tag"] == {"user_ids": [user], "name": "Khách sỉ"}
        assert (await shop.get("/v2.0/oa/tag/gettagsofoa"))["data"] == ["Khách sỉ"]
        detail = (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]
        assert detail["tags_and_notes_info"]["tag_names"] == ["Khách sỉ"]
        assert (await shop.call("/v2.0/oa/tag/rmfollowerfromtag", order))["error"] == 0
        assert (await told(heard, "remove_user_from_tag"))["tag"]["user_ids"] == [user]
        assert (await shop.call("/v2.0/oa/tag/rmtag", {"tag_name": "Khách sỉ"}))["error"] == 0
        assert (await told(heard, "remove_tag"))["tag"] == {"name": "Khách sỉ"}
        assert (await shop.call("/v2.0/oa/tag/rmtag", {"tag_name": "Khách sỉ"}))["error"] == -201

    async def test_in_zalos_tools(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.order(f"/oas/{shop.oa_id}/tags", name="VIP")
        assert (await told(heard, "add_user_to_tag"))["tag"] == {"name": "VIP"}
        await shop.order(f"/oas/{shop.oa_id}/tags", name="VIP", user_id=user)
        assert (await told(heard, "add_user_to_tag", 2))["tag"] == {"user_ids": [user], "name": "VIP"}
        await shop.order(f"/oas/{shop.oa_id}/tags", name="VIP", remove=True)
        await told(heard, "remove_tag")
        assert (await shop.read(f"/oas/{shop.oa_id}/users/{user}"))["tags"] == []

    async def test_stranger(self, shop: Shop) -> None:
        order = {"user_id": await shop.customer(wrote=False), "tag_name": "VIP"}
        assert (await shop.call("/v2.0/oa/tag/tagfollower", order))["error"] == -201


class TestWebWidget:
    async def visit(self, shop: Shop) -> dict[str, str]:
        return await shop.order(f"/oas/{shop.oa_id}/anonymous")

    @pytest.mark.parametrize("kind", ["text", "image", "file", "sticker"])
    async def test_visitor_writes_and_is_answered(self, shop: Shop, heard: Receiver, kind: str) -> None:
        visitor = await self.visit(shop)
        words = {"text": "cho hỏi giá"} if kind == "text" else {}
        path = f"/oas/{shop.oa_id}/anonymous/{visitor['anonymous_id']}/messages"
        await shop.order(path, type=kind, **words)
        payload = await told(heard, f"anonymous_send_{kind}")
        assert payload["sender"] == {"id": visitor["anonymous_id"]}
        assert payload["message"]["conversation_id"] == visitor["conversation_id"]
        assert "user_id_by_app" not in payload
        answer = await shop.call("/v2.0/oa/message", {"recipient": visitor, "message": {"text": "Dạ 350k ạ"}})
        assert answer["error"] == 0
        echo = await told(heard, "oa_send_anonymous_text")
        assert echo["message"]["conversation_id"] == visitor["conversation_id"]
        assert echo["message"]["msg_id"] == answer["data"]["message_id"]

    async def test_is_nobody_the_account_knows(self, shop: Shop) -> None:
        visitor = await self.visit(shop)
        await shop.order(f"/oas/{shop.oa_id}/anonymous/{visitor['anonymous_id']}/messages", text="alo")
        assert (await shop.send(visitor["anonymous_id"]))["error"] == -201
        assert (await shop.get("/v3.0/oa/user/detail", user_id=visitor["anonymous_id"]))["error"] == -201
        assert (await shop.get("/v2.0/oa/listrecentchat", offset=0, count=10))["data"] == []
        wrong = {"recipient": visitor | {"conversation_id": "x"}, "message": {"text": "Dạ"}}
        assert (await shop.call("/v2.0/oa/message", wrong))["error"] == -201

    async def test_consent_joins_the_ids(self, shop: Shop, heard: Receiver) -> None:
        first, second = await shop.customer(wrote=False), await shop.customer(wrote=False)
        path = f"/oas/{shop.oa_id}/users/{{}}/widget"
        await shop.order(path.format(first), user_external_id="crm-1")
        assert (await told(heard, "widget_interaction_accepted"))["data"]["user_external_id"] == "crm-1"
        assert (await shop.send(first))["error"] == 0
        failed = "widget_failed_to_sync_user_external_id"
        await shop.order(path.format(first), user_external_id="crm-2")
        assert (await told(heard, failed))["data"]["message"] == "user already has user_external_id"
        await shop.order(path.format(second), user_external_id="crm-1")
        assert "another user" in (await told(heard, failed, 2))["data"]["message"]


class TestAccount:
    async def test_permission_taken_back(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await heard.wait_for(1)
        await shop.order(f"/oas/{shop.oa_id}/permission-revocation")
        assert (await told(heard, "permission_revoked"))["oa_id"] == shop.oa_id
        assert (await shop.send(user))["error"] == -220
        assert (await shop.refresh(shop.refresh_token))["error"] == -14014
        await shop.hears(user, "alo shop")
        states = (await shop.read("/webhooks", oa_id=shop.oa_id, event_name="user_send_text"))["items"]
        assert [item["state"] for item in states] == ["acknowledged", "dropped"]
        await shop.new_token()
        await shop.hears(user, "có ai không")
        await heard.wait_for(2, "user_send_text")
        assert (await shop.send(user))["error"] == 0

    async def test_extension(self, shop: Shop, heard: Receiver) -> None:
        await shop.order(f"/oas/{shop.oa_id}/extensions", extension_id="gmf", months=3)
        payload = await told(heard, "extension_purchased")
        assert (payload["extension_id"], payload["extension_sub_info"]["duration_month"]) == ("gmf", 3)


class TestCalls:
    async def test_a_call_is_told_and_opens_the_window(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer(wrote=False)
        path = f"/oas/{shop.oa_id}/users/{user}/calls"
        await shop.order(path, inbound=False, talk_ms=0, status_code="1")
        assert (await told(heard, "oa_call_user"))["talk_time"] == "0"
        assert (await shop.send(user))["error"] == -232
        await shop.order(path, waiting_seconds=5, talk_ms=60_000)
        payload = await told(heard, "user_call_oa")
        assert (payload["call_duration"], payload["waiting_time"], payload["user_id"]) == ("65000", "5", user)
        assert (await shop.send(user))["error"] == 0

    async def test_consent(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.change(user, shared_phone="84912345678")
        call = {"user_id": user, "agent_id": "1", "call_type": "audio"}
        assert (await shop.call("/v3.0/oa/call/outbound", call))["error"] == -244
        request = {"phone": "84912345678", "call_type": "audio", "reason_code": 101}
        assert (await shop.call("/v2.0/oa/call/requestconsent", request))["error"] == 0
        assert (await told(heard, "oa_send_consent"))["request_type"] == "SENT"
        assert (await shop.call("/v2.0/oa/call/requestconsent", request))["error"] == -211
        await shop.order(f"/oas/{shop.oa_id}/call-consents/84912345678", user_consent="ALLOW")
        assert (await told(heard, "user_reply_consent"))["expired_time"] == "0"
        checked = (await shop.get("/v2.0/oa/call/checkconsent", phone="84912345678"))["data"]
        assert checked["user_consent"] == "ALLOW"
        assert (await shop.call("/v3.0/oa/call/outbound", call))["data"]["ttl"] == 172_800

    async def test_nobody_answers_for_a_day(self, shop: Shop, heard: Receiver) -> None:
        request = {"phone": "84987654321", "call_type": "video", "reason_code": 105}
        await shop.call("/v2.0/oa/call/requestconsent", request)
        await shop.advance(24 * HOUR)
        assert (await told(heard, "oa_send_consent", 2))["request_type"] == "EXPIRED"

    @pytest.mark.parametrize("change", [{"phone": "0912345678"}, {"call_type": "fax"}, {"reason_code": 1}])
    async def test_refused(self, shop: Shop, change: dict[str, Any]) -> None:
        request = {"phone": "84912345678", "call_type": "audio", "reason_code": 101} | change
        assert (await shop.call("/v2.0/oa/call/requestconsent", request))["error"] == -201


class TestSwitches:
    async def test_events_that_are_switched_off(self, shop: Shop, heard: Receiver) -> None:
        path = f"/control/apps/{shop.app_id}"
        assert (await shop.http.patch(path, json={"events_off": ["follow"], "syntax_filter": True})).is_success
        user = await shop.customer(wrote=False)
        await shop.does(user, "follow")
        await shop.hears(user, "alo shop")
        await shop.hears(user, "#gia rem")
        await shop.does(user, "unfollow")
        await heard.wait_for(1, "unfollow")
        assert [delivery.event for delivery in heard.deliveries] == ["user_send_text", "unfollow"]
        assert heard.deliveries[0].payload["message"]["text"] == "#gia rem"
