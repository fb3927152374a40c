import time
from typing import Any

import httpx

from tests.sandbox.harness import Receiver, Shop, free_port

LADDER_SECONDS = (30, 300, 900, 1800, 3600)


async def deliveries(shop: Shop, **query: Any) -> list[dict[str, Any]]:
    return (await shop.read("/webhooks", app_id=shop.app_id, **query))["items"]


async def switched_on(shop: Shop) -> bool:
    apps = (await shop.read("/webhooks", app_id=shop.app_id))["apps"]
    return next(app["enabled"] for app in apps if app["app_id"] == shop.app_id)


class TestRepeats:
    async def test_at_the_times_of_the_ladder(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda _: 500
        await shop.customer()
        await heard.wait_for(1)
        for number, wait in enumerate(LADDER_SECONDS, start=1):
            await self._settled(shop, attempts=number)
            await shop.advance(wait - 5)
            assert len(heard.deliveries) == number
            await shop.advance(6)
            again = (await heard.wait_for(number + 1))[-1]
            assert again.headers["num_retry"] == str(number)
            assert again.body == heard.deliveries[0].body

    async def test_until_acknowledged(self, shop: Shop, heard: Receiver) -> None:
        await shop.order("/clock", ladder_scale=3000)
        heard.answer = lambda delivery: 200 if delivery.headers.get("num_retry") == "2" else 503
        await shop.customer()
        await heard.wait_for(3)
        (item,) = await self._settled(shop, attempts=3)
        assert (item["state"], item["last_status"]) == ("acknowledged", 200)
        assert await switched_on(shop)

    async def test_anything_but_200_is_a_failure(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda _: 204
        await shop.customer()
        await heard.wait_for(1)
        (item,) = await self._settled(shop, attempts=1)
        assert (item["state"], item["last_status"]) == ("pending", 204)

    async def test_dead_server(self, http: httpx.AsyncClient) -> None:
        shop = Shop(http, f"http://127.0.0.1:{free_port()}/hook")
        await shop.open()
        await shop.customer()
        (item,) = await self._settled(shop, attempts=1)
        assert (item["state"], item["last_status"]) == ("pending", None)

    async def test_no_answer_within_two_seconds(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda _: None
        started = time.monotonic()
        await shop.customer()
        (item,) = await self._settled(shop, attempts=1)
        assert 1.9 < time.monotonic() - started < 4
        assert item["last_error"] == "no answer within 2 s"

    async def test_scale_change_moves_what_already_waits(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda delivery: 200 if "num_retry" in delivery.headers else 500
        await shop.customer()
        await self._settled(shop, attempts=1)
        await shop.order("/clock", ladder_scale=1000)
        await heard.wait_for(2)

    async def _settled(self, shop: Shop, *, attempts: int) -> list[dict[str, Any]]:
        deadline = time.monotonic() + 5
        items: list[dict[str, Any]] = []
        while time.monotonic() < deadline:
            items = await deliveries(shop)
            if items and all(item["attempts"] == attempts and item["state"] != "sending" for item in items):
                return items
        raise AssertionError(f"not {attempts} attempts: {items}")


class TestSwitchOff:
    async def _until_off(self, shop: Shop) -> None:
        deadline = time.monotonic() + 5
        while await switched_on(shop):
            assert time.monotonic() < deadline

    async def test_after_the_whole_ladder(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda _: 500
        await shop.order("/clock", ladder_scale=30_000)
        await shop.customer()
        await self._until_off(shop)
        retries = [delivery.headers.get("num_retry") for delivery in heard.deliveries]
        assert retries == [None, "1", "2", "3", "4", "5"]
        assert [item["state"] for item in await deliveries(shop)] == ["abandoned"]

    async def test_nothing_comes_while_off_nor_afterwards(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda _: 500
        await shop.order("/clock", ladder_scale=30_000)
        user = await shop.customer()
        await self._until_off(shop)
        heard.answer = lambda _: 200
        missed = await shop.hears(user, "có ai không")
        await shop.order("/webhooks/enable", app_id=shop.app_id)
        assert await switched_on(shop)
        after = await shop.hears(user, "alo")
        await heard.wait_for(7)
        heard_ids = [delivery.payload["message"]["msg_id"] for delivery in heard.deliveries[6:]]
        assert heard_ids == [after]
        history = (await shop.get("/v2.0/oa/conversation", user_id=user, offset=0, count=10))["data"]
        assert missed in [item["message_id"] for item in history]

    async def test_neighbour_goes_on(self, shop: Shop, http: httpx.AsyncClient, heard: Receiver) -> None:
        broken = Shop(http, f"http://127.0.0.1:{free_port()}/hook")
        await broken.open()
        await shop.order("/clock", ladder_scale=30_000)
        await broken.customer()
        await self._until_off(broken)
        await shop.customer()
        await heard.wait_for(1)


class TestAcknowledged:
    async def test_lists_exactly_what_was_answered_200(self, shop: Shop, heard: Receiver) -> None:
        heard.answer = lambda delivery: 500 if "hỏng" in delivery.body.decode() else 200
        user = await shop.customer(wrote=False)
        good = await shop.hears(user, "tốt")
        await shop.hears(user, "hỏng")
        await heard.wait_for(2)
        deadline = time.monotonic() + 5
        while not (items := (await shop.read("/webhooks/acknowledged", oa_id=shop.oa_id))["items"]):
            assert time.monotonic() < deadline
        (item,) = items
        assert (item["msg_id"], item["user_id"], item["attempts"]) == (good, user, 1)
        assert item["latency_ms"] > 0
        assert item["acknowledged_ms"] >= item["created_ms"]


class TestBurst:
    async def test_each_message_is_a_signed_webhook(self, shop: Shop, heard: Receiver) -> None:
        order = {"count": 120, "users": 7, "rate_per_second": 400, "text_prefix": "tải"}
        burst = (await shop.order(f"/oas/{shop.oa_id}/burst", **order))["burst_id"]
        started = time.monotonic()
        arrived = await heard.wait_for(120)
        deadline = time.monotonic() + 5
        while (report := await shop.read(f"/bursts/{burst}"))["acknowledged"] < 120:
            assert time.monotonic() < deadline
        assert time.monotonic() - started > 0.25
        assert all(item.headers["x-zevent-signature"] == shop.expected_signature(item) for item in arrived)
        assert {item.payload["message"]["text"] for item in arrived} == {f"tải {n}" for n in range(1, 121)}
        assert len({item.payload["sender"]["id"] for item in arrived}) == 7
        acknowledged = (await shop.read("/webhooks/acknowledged", burst_id=burst))["items"]
        assert {item["msg_id"] for item in acknowledged} == {item.payload["message"]["msg_id"] for item in arrived}
        assert (report["running"], report["pending"]) == (False, 0)

    async def test_time_grows_strictly_within_a_thread(self, shop: Shop, heard: Receiver) -> None:
        await shop.order(f"/oas/{shop.oa_id}/burst", count=60, users=1)
        arrived = await heard.wait_for(60)
        stamps = {delivery.payload["timestamp"] for delivery in arrived}
        assert len(stamps) == 60
