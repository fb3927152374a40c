import asyncio
import codecs
import hashlib
import hmac
import json
import time
import unicodedata

import httpx
import pytest

from tests.sandbox.harness import Delivery, Receiver, Shop


class TestApiFaults:
    async def test_lost_reply_after_acceptance(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.fault("api_lost_reply", count=1, scope={"path": "/v3.0/oa/message/cs"})
        with pytest.raises(httpx.RemoteProtocolError):
            await shop.send(user, "có tới không")
        assert (await shop.phone(user))[-1]["text"] == "có tới không"
        await heard.wait_for(1, "oa_send_text")
        assert (await shop.send(user))["error"] == 0

    async def test_status_has_no_effect_behind_it(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.fault("api_status", status=502, count=1)
        answer = await shop.raw_send({"recipient": {"user_id": user}, "message": {"text": "Dạ"}})
        assert answer.status_code == 502
        assert len(await shop.phone(user)) == 1

    @pytest.mark.parametrize("status", [200, 502])
    async def test_html(self, shop: Shop, status: int) -> None:
        await shop.fault("api_html", status=status, count=1)
        answer = await shop.http.get("/v2.0/oa/getoa", headers={"access_token": shop.token})
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/html")
        with pytest.raises(json.JSONDecodeError):
            answer.json()

    async def test_error_code(self, shop: Shop) -> None:
        await shop.fault("api_error", error=-32, message="too many", count=1)
        assert await shop.get("/v2.0/oa/getoa") == {"error": -32, "message": "too many"}

    async def test_slow(self, shop: Shop) -> None:
        await shop.fault("api_slow", delay_ms=300, count=1)
        started = time.monotonic()
        assert (await shop.get("/v2.0/oa/getoa"))["error"] == 0
        assert time.monotonic() - started >= 0.3

    async def test_token_revoked_in_the_middle(self, shop: Shop) -> None:
        await shop.fault("token_revocation", count=1)
        assert (await shop.get("/v2.0/oa/getoa"))["error"] == -220
        shop.token = (await shop.refresh(shop.refresh_token))["access_token"]
        assert (await shop.get("/v2.0/oa/getoa"))["error"] == 0

    async def test_echo_before_the_reply(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.fault("echo_first", count=1)
        sent = (await shop.send(user))["data"]["message_id"]
        assert [echo.payload["message"]["msg_id"] for echo in heard.of("oa_send_text")] == [sent]

    async def test_oauth_slow_and_5xx(self, shop: Shop) -> None:
        await shop.fault("api_status", status=500, count=1)
        form = {"app_id": shop.app_id, "grant_type": "refresh_token", "refresh_token": shop.refresh_token}
        answer = await shop.http.post("/v4/oa/access_token", data=form, headers={"secret_key": shop.app_secret})
        assert answer.status_code == 500
        assert "access_token" in await shop.refresh(shop.refresh_token)


class TestWebhookFaults:
    async def test_duplicates(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("webhook_duplicate", copies=3, count=1)
        user = await shop.customer()
        await shop.hears(user, "tin sau")
        arrived = await heard.wait_for(4)
        texts = sorted(delivery.payload["message"]["text"] for delivery in arrived)
        assert texts == ["Shop ơi"] * 3 + ["tin sau"]
        assert len({delivery.body for delivery in arrived}) == 2

    async def test_reordering(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("webhook_reorder", window=5, hold_ms=60_000, seed=3)
        user = await shop.customer(wrote=False)
        sent = [await shop.hears(user, str(number)) for number in range(4)]
        await asyncio.sleep(0.1)
        assert heard.deliveries == []
        sent.append(await shop.hears(user, "4"))
        arrived = [delivery.payload["message"]["msg_id"] for delivery in await heard.wait_for(5)]
        assert sorted(arrived) == sorted(sent)
        assert arrived != sent

    async def test_window_that_never_fills(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("webhook_reorder", window=50, hold_ms=200)
        await shop.customer()
        await heard.wait_for(1)

    async def test_slow(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("webhook_slow", delay_ms=300, count=1)
        started = time.monotonic()
        await shop.customer()
        await heard.wait_for(1)
        assert time.monotonic() - started >= 0.3

    async def test_lost(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("webhook_lost", count=1)
        user = await shop.customer()
        second = await shop.hears(user, "tin hai")
        (delivery,) = await heard.wait_for(1)
        assert delivery.payload["message"]["msg_id"] == second

    @pytest.mark.parametrize("variant", ["garbage", "missing", "hmac", "app_secret", "oa_id_first"])
    async def test_wrong_signature(self, shop: Shop, heard: Receiver, variant: str) -> None:
        await shop.fault("webhook_signature", variant=variant, count=1)
        await shop.customer()
        (delivery,) = await heard.wait_for(1)
        got = delivery.headers.get("x-zevent-signature")
        assert got != shop.expected_signature(delivery)
        assert (got is None) == (variant == "missing")
        assert got == self._forged(shop, delivery).get(variant, got)

    def _forged(self, shop: Shop, delivery: Delivery) -> dict[str, str]:
        stamp = delivery.payload["timestamp"].encode()
        keyed = hmac.new(shop.oa_secret.encode(), shop.app_id.encode() + delivery.body + stamp, hashlib.sha256)
        other = hashlib.sha256(shop.app_id.encode() + delivery.body + stamp + shop.app_secret.encode())
        first = hashlib.sha256(shop.oa_id.encode() + delivery.body + stamp + shop.oa_secret.encode())
        digests = {"hmac": keyed, "app_secret": other, "oa_id_first": first}
        return {name: f"mac={digest.hexdigest()}" for name, digest in digests.items()}

    @pytest.mark.parametrize("kind", ["webhook_nfd", "webhook_respaced", "webhook_bom"])
    async def test_other_bytes_same_meaning(self, shop: Shop, heard: Receiver, kind: str) -> None:
        await shop.fault(kind, count=1)
        user = await shop.customer(wrote=False)
        await shop.hears(user, "Tiếng Việt")
        (delivery,) = await heard.wait_for(1)
        assert delivery.headers["x-zevent-signature"] == shop.expected_signature(delivery)
        text = delivery.payload["message"]["text"]
        assert unicodedata.normalize("NFC", text) == "Tiếng Việt"
        assert (text == "Tiếng Việt") == (kind != "webhook_nfd")
        assert delivery.body.startswith(codecs.BOM_UTF8) == (kind == "webhook_bom")
        assert (b"\n" in delivery.body) == (kind == "webhook_respaced")

    async def test_no_receipts(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("no_receipts")
        user = await shop.customer()
        await shop.send(user)
        await shop.does(user, "seen")
        await shop.hears(user, "xong")
        await heard.wait_for(2, "user_send_text")
        assert heard.of("user_received_message", "user_seen_message") == []

    async def test_receipt_without_id(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("receipt_without_id", count=1)
        await shop.send(await shop.customer())
        (receipt,) = await heard.wait_for(1, "user_received_message")
        assert receipt.payload["message"] == {}

    async def test_no_echo(self, shop: Shop, heard: Receiver) -> None:
        await shop.fault("no_echo")
        await shop.send(await shop.customer())
        await heard.wait_for(1, "user_received_message")
        assert heard.of("oa_send_text") == []


class TestOrders:
    async def test_scope_by_account(self, shop: Shop, http: httpx.AsyncClient) -> None:
        other = Shop(http, None)
        await other.open()
        await shop.fault("api_status", status=500)
        user = await other.customer()
        assert (await other.send(user))["error"] == 0
        answer = await http.get("/v2.0/oa/getoa", headers={"access_token": shop.token})
        assert answer.status_code == 500

    async def test_scope_by_customer_and_event(self, shop: Shop, heard: Receiver) -> None:
        unlucky, lucky = await shop.customer(wrote=False), await shop.customer(wrote=False)
        await shop.fault("webhook_lost", scope={"user_id": unlucky, "event_name": "user_send_text"})
        await shop.hears(unlucky, "mất")
        await shop.does(unlucky, "follow")
        await shop.hears(lucky, "còn")
        assert {delivery.event for delivery in await heard.wait_for(2)} == {"follow", "user_send_text"}
        assert len(heard.deliveries) == 2

    async def test_same_seed_same_failures(self, shop: Shop) -> None:
        runs: list[list[int]] = []
        for _ in range(2):
            number = await shop.fault("api_error", error=-200, probability=0.5, seed=7)
            runs.append([(await shop.get("/v2.0/oa/getoa"))["error"] for _ in range(20)])
            await shop.http.delete(f"/control/faults/{number}")
        assert runs[0] == runs[1]
        assert set(runs[0]) == {0, -200}

    async def test_count_report_and_removal(self, shop: Shop) -> None:
        await shop.fault("api_error", count=2)
        errors = [(await shop.get("/v2.0/oa/getoa"))["error"] for _ in range(3)]
        assert errors == [-200, -200, 0]
        assert [fault["fired"] for fault in await shop.read("/faults")] == [2]
        await shop.http.delete("/control/faults")
        assert await shop.read("/faults") == []

    @pytest.mark.parametrize("order", [{"kind": "nonsense"}, {"kind": "api_slow", "delay": 3}, {}])
    async def test_mistaken_order_is_refused(self, shop: Shop, order: dict[str, object]) -> None:
        assert (await shop.http.post("/control/faults", json=order)).status_code == 400
