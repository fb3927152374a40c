import hashlib
import hmac
import unicodedata

import httpx
import pytest

from tests.sandbox.harness import Shop

HOUR = 3600
DAY = 24 * HOUR


class TestAccepted:
    async def test_reply_and_phone(self, shop: Shop) -> None:
        user = await shop.customer()
        answer = await shop.send(user, "Dạ chào chị ạ")
        assert (answer["error"], answer["message"]) == (0, "Success")
        data = answer["data"]
        assert data["user_id"] == user
        assert data["sent_time"].isdecimal()
        assert data["quota"] == {"quota_type": "reply", "remain": "8", "total": "8"}
        last = (await shop.phone(user))[-1]
        assert (last["msg_id"], last["src"], last["text"]) == (data["message_id"], 0, "Dạ chào chị ạ")

    async def test_ids_are_strings_above_2_to_53(self, shop: Shop) -> None:
        assert int(await shop.customer()) > 2**53

    async def test_quote(self, shop: Shop) -> None:
        user = await shop.customer()
        asked = await shop.hears(user, "còn hàng không ạ?")
        assert (await shop.send(user, "Dạ còn ạ", quote_message_id=asked))["error"] == 0
        assert (await shop.phone(user))[-1]["quote_msg_id"] == asked

    async def test_2000_characters_counted_in_nfc(self, shop: Shop) -> None:
        user = await shop.customer()
        decomposed = unicodedata.normalize("NFD", "ệ" * 2000)
        assert len(decomposed) == 6000
        assert (await shop.send(user, decomposed))["error"] == 0

    async def test_rate_headers(self, shop: Shop) -> None:
        answer = await shop.raw_send({"recipient": {"user_id": await shop.customer()}, "message": {"text": "Dạ"}})
        assert answer.headers["X-RateLimit-Limit"] == "4000"
        assert int(answer.headers["X-RateLimit-Remain"]) < 4000

    async def test_answer_by_message_id_eight_times(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        asked = await shop.hears(user, "alo")
        body = {"recipient": {"message_id": asked}, "message": {"text": "Dạ"}}
        errors = [(await shop.raw_send(body)).json()["error"] for _ in range(9)]
        assert errors == [0] * 8 + [-211]


class TestRefusedRequest:
    @pytest.mark.parametrize(
        ("message", "error"),
        [
            ({}, -201),
            ({"text": ""}, -201),
            ({"text": "   "}, -201),
            ({"text": 5}, -201),
            ({"text": "a" * 2001}, -210),
            ({"text": "Dạ", "quote_message_id": "63ecf43f0df7dba892e6"}, -201),
            ({"attachment": {"type": "hologram", "payload": {}}}, -233),
            ({"attachment": {"type": "template", "payload": {"template_type": "media", "elements": []}}}, -201),
        ],
    )
    async def test_message(self, shop: Shop, message: dict[str, object], error: int) -> None:
        user = await shop.customer()
        answer = await shop.raw_send({"recipient": {"user_id": user}, "message": message})
        assert answer.status_code == 200
        assert answer.json()["error"] == error
        assert "data" not in answer.json()
        assert [shown["src"] for shown in await shop.phone(user)] == [1]

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message":{"text":"a"}}', b'{"recipient":{}}', b"\xff\xfe"])
    async def test_body(self, shop: Shop, body: bytes) -> None:
        answer = await shop.raw_send(body)
        assert (answer.status_code, answer.json()["error"]) == (200, -201)

    async def test_user_id_as_number(self, shop: Shop) -> None:
        user = await shop.customer()
        answer = await shop.raw_send({"recipient": {"user_id": int(user)}, "message": {"text": "Dạ"}})
        assert answer.json() == {"error": -201, "message": "recipient.user_id is invalid!"}

    async def test_unknown_user(self, shop: Shop) -> None:
        assert await shop.send("1234567890123456789") == {"error": -201, "message": "user_id is invalid!"}

    async def test_user_of_another_account(self, shop: Shop, http: httpx.AsyncClient) -> None:
        other = Shop(http, None)
        await other.open()
        assert (await shop.send(await other.customer()))["error"] == -201

    async def test_quote_from_another_thread(self, shop: Shop) -> None:
        elsewhere = await shop.hears(await shop.customer(), "của người khác")
        answer = await shop.send(await shop.customer(), quote_message_id=elsewhere)
        assert answer["error"] == -201

    async def test_token_comes_before_the_body(self, shop: Shop) -> None:
        assert (await shop.raw_send(b"{", access_token="x")).json()["error"] == -216

    async def test_v2_is_shut(self, shop: Shop) -> None:
        answer = await shop.http.post("/v2.0/oa/message", json={}, headers={"access_token": shop.token})
        assert (answer.status_code, answer.json()["error"]) == (200, -240)

    async def test_appsecret_proof(self, shop: Shop) -> None:
        user = await shop.customer()
        body = {"recipient": {"user_id": user}, "message": {"text": "Dạ"}}
        proof = hmac.new(shop.app_secret.encode(), shop.token.encode(), hashlib.sha256).hexdigest()
        assert (await shop.raw_send(body, appsecret_proof=proof)).json()["error"] == 0
        assert (await shop.raw_send(body, appsecret_proof="0" * 64)).json()["error"] == -242


class TestRefusedAccount:
    async def test_inactive_app(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.order(
            "/apps", app_id=shop.app_id, app_secret=shop.app_secret, oa_secret=shop.oa_secret, active=False
        )
        assert (await shop.send(user))["error"] == -209

    async def test_disabled_account(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.order("/oas", oa_id=shop.oa_id, app_id=shop.app_id, name="Shop", enabled=False)
        assert (await shop.send(user))["error"] == -204

    async def test_over_the_rate_of_the_app(self, http: httpx.AsyncClient) -> None:
        shop = Shop(http, None)
        await shop.open(rate_limit_per_minute=3)
        user = await shop.customer()
        answers = [await shop.raw_send({"recipient": {"user_id": user}, "message": {"text": "Dạ"}}) for _ in range(4)]
        assert [answer.json()["error"] for answer in answers] == [0, 0, 0, -32]
        assert answers[3].headers["X-RateLimit-Remain"] == "0"
        assert "Application" in answers[3].json()["message"]
        await shop.advance(60)
        assert (await shop.send(user))["error"] == 0

    async def test_over_the_rate_of_the_account(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.order("/oas", oa_id=shop.oa_id, app_id=shop.app_id, name="Shop", rate_limit_per_minute=1)
        assert (await shop.send(user))["error"] == 0
        refused = await shop.send(user)
        assert refused["error"] == -32
        assert "Official Account" in refused["message"]


class TestWindow:
    async def test_never_interacted(self, shop: Shop) -> None:
        assert (await shop.send(await shop.customer(wrote=False)))["error"] == -232

    async def test_free_then_package_then_closed(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.advance(47 * HOUR)
        await shop.new_token()
        assert (await shop.send(user))["data"]["quota"]["quota_type"] == "reply"
        await shop.advance(2 * HOUR)
        quota = (await shop.send(user))["data"]["quota"]
        assert (quota["quota_type"], quota["remain"], quota["total"]) == ("sub_quota", "499", "500")
        await shop.advance(5 * DAY)
        await shop.new_token()
        assert (await shop.send(user))["error"] == -230
        await shop.hears(user, "còn bán không shop")
        assert (await shop.send(user))["data"]["quota"]["quota_type"] == "reply"

    async def test_package_used_up(self, shop: Shop) -> None:
        await shop.order("/oas", oa_id=shop.oa_id, app_id=shop.app_id, name="Shop", sub_quota_total=1)
        user = await shop.customer()
        await shop.advance(3 * DAY)
        await shop.new_token()
        assert (await shop.send(user))["data"]["quota"]["remain"] == "0"
        assert (await shop.send(user))["error"] == -211

    async def test_follow_opens_unfollow_closes(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        await shop.does(user, "follow")
        assert (await shop.send(user))["error"] == 0
        await shop.does(user, "unfollow")
        assert (await shop.send(user))["error"] == -213
        await shop.hears(user, "à mà shop ơi")
        assert (await shop.send(user))["error"] == 0

    async def test_chat_now_allows_three_welcomes(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        await shop.does(user, "chatnow")
        answers = [await shop.send(user) for _ in range(4)]
        assert [answer["data"]["quota"]["remain"] for answer in answers[:3]] == ["2", "1", "0"]
        assert answers[0]["data"]["quota"]["quota_type"] == "welcome_msg"
        assert answers[3]["error"] == -211

    @pytest.mark.parametrize(("change", "error"), [({"off_zalo": True}, -227), ({"refuses_messages": True}, -244)])
    async def test_unreachable_people(self, shop: Shop, change: dict[str, bool], error: int) -> None:
        user = await shop.customer()
        await shop.change(user, **change)
        assert (await shop.send(user))["error"] == error
