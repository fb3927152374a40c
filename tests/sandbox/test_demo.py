import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from sokhach.sandbox.personas import TRADES
from sokhach.sandbox.personas.script import Scene
from sokhach.sandbox.personas.topics import topics_of
from tests.sandbox.harness import Receiver, SandboxProcess, Shop, client

FORM = {"title": "Xin địa chỉ", "subtitle": "Để giao hàng", "image_url": "https://shop.example.vn/a.jpg"}
LAN = "700000000000000001"


def scene_of(someone: dict[str, Any]) -> Scene:
    trade = next(trade for trade in TRADES if trade.key == someone["trade"])
    persona = next(persona for persona in trade.personas if persona.key == someone["persona"])
    return next(scene for scene in persona.scenes if scene.key == someone["scene"])


@pytest.fixture(scope="module")
def process() -> Iterator[SandboxProcess]:
    """A process for these tests, in which a minute is a second."""
    started = SandboxProcess(None)
    yield started
    assert started.stop() == (0, "")


@pytest.fixture
async def fast(process: SandboxProcess, heard: Receiver) -> AsyncIterator[Shop]:
    async with client(process.url) as http:
        shop = Shop(http, heard.url)
        await shop.open()
        await shop.order("/clock", scale=60)
        yield shop
        await stop_all(shop)


async def stop_all(shop: Shop) -> None:
    """What one test began is not to disturb the next."""
    for report in await shop.read("/demo"):
        await shop.order("/demo", oa_id=report["oa_id"], running=False)


async def report_of(shop: Shop) -> dict[str, Any] | None:
    return next((report for report in await shop.read("/demo") if report["oa_id"] == shop.oa_id), None)


async def people(shop: Shop) -> list[dict[str, Any]]:
    report = await report_of(shop)
    assert report is not None
    return report["customers"]


async def at_stage(shop: Shop, user_id: str, *stages: str, seconds: float = 15) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    someone: dict[str, Any] = {}
    while someone.get("stage") not in stages:
        assert time.monotonic() < deadline, someone
        someone = next(one for one in await people(shop) if one["user_id"] == user_id)
    return someone


async def says_more(shop: Shop, user_id: str, than: int) -> list[dict[str, Any]]:
    """What the customer has said once that is more than so many messages, and they are done with it."""
    deadline = time.monotonic() + 15
    while len(said := [one for one in await shop.phone(user_id) if one["src"] == 1]) <= than:
        assert time.monotonic() < deadline, said
    await at_stage(shop, user_id, "waiting", "resting", "gone")
    return [one for one in await shop.phone(user_id) if one["src"] == 1]


async def first_who_waits(shop: Shop, **order: Any) -> dict[str, Any]:
    await shop.order("/demo", oa_id=shop.oa_id, **({"messages_per_minute": 4} | order))
    deadline = time.monotonic() + 15
    while not (waiting := [someone for someone in await people(shop) if someone["stage"] == "waiting"]):
        assert time.monotonic() < deadline
    return waiting[0]


class TestLiving:
    async def test_reacts_to_an_answer(self, fast: Shop, heard: Receiver) -> None:
        someone = await first_who_waits(fast)
        user_id, beat = someone["user_id"], scene_of(someone).beats["start"]
        asked = len(await fast.phone(user_id))
        assert (await fast.send(user_id, "Dạ chào mình"))["error"] == 0
        assert (await fast.send(user_id, beat.routes[0].staff[0].replace("[", "").replace("]", "")))["error"] == 0
        await says_more(fast, user_id, asked)
        await heard.wait_for(1, "user_seen_message")

    async def test_different_answers_lead_to_different_words(self, process: SandboxProcess, heard: Receiver) -> None:
        """The same people, asking the same at two accounts: what they say then depends on the answer."""
        async with client(process.url) as http:
            shops = [Shop(http, heard.url) for _ in range(2)]
            for shop in shops:
                await shop.open()
                await shop.order("/demo", oa_id=shop.oa_id, messages_per_minute=1_000, trades=[TRADES[0].key])
            await shops[0].order("/clock", scale=60)
            told = [
                [message["text"] for message in await self._exchange(shop, index)] for index, shop in enumerate(shops)
            ]
            assert told[0][: self.asked] == told[1][: self.asked]
            assert told[0][self.asked :] != told[1][self.asked :]
            await stop_all(shops[0])

    async def _exchange(self, shop: Shop, index: int) -> list[dict[str, Any]]:
        someone = next(one for one in await people(shop) if one["persona"] == TRADES[0].personas[0].key)
        await at_stage(shop, someone["user_id"], "waiting")
        self.asked = len(await shop.phone(someone["user_id"]))
        answer = ("Dạ giá 250.000đ ạ", "Dạ hết hàng rồi, bên em rất tiếc ạ")[index]
        await shop.send(someone["user_id"], answer)
        return await says_more(shop, someone["user_id"], self.asked)

    async def test_reminds_and_leaves_and_still_hears(self, fast: Shop) -> None:
        someone = await first_who_waits(fast)
        user_id = someone["user_id"]
        asked = len(await fast.phone(user_id))
        for _ in range(6):
            await fast.advance(3_600)
            if (await at_stage(fast, user_id, "waiting", "gone"))["stage"] == "gone":
                break
        reminded = len(await fast.phone(user_id))
        assert reminded > asked
        await at_stage(fast, user_id, "gone")
        route = scene_of(someone).beats["start"].routes[0]
        await fast.send(user_id, "Dạ em xin lỗi, em trả lời trễ, giá 250.000đ, còn hàng ạ. " + route.staff[0])
        await says_more(fast, user_id, reminded)

    async def test_fills_in_the_form(self, fast: Shop, heard: Receiver) -> None:
        user_id = (await first_who_waits(fast))["user_id"]
        assert (await fast.form(user_id, {"template_type": "request_user_info", "elements": [FORM]}))["error"] == 0
        (told,) = await heard.wait_for(1, "user_submit_info", seconds=10)
        assert told.payload["sender"]["id"] == user_id
        assert told.payload["info"]["phone"].startswith("8491")

    async def test_stops(self, fast: Shop, heard: Receiver) -> None:
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=60)
        await heard.wait_for(5, "user_send_text")
        await fast.order("/demo", oa_id=fast.oa_id, running=False)
        quiet_from = await self._sent(fast)
        await fast.advance(600)
        assert await self._sent(fast) == quiet_from
        report = await report_of(fast)
        assert report is not None
        personas = sum(len(trade.personas) for trade in TRADES)
        assert (report["running"], len(report["customers"])) == (False, personas)

    async def test_only_the_trades_that_were_ordered(self, fast: Shop) -> None:
        await fast.order("/demo", oa_id=fast.oa_id, trades=[TRADES[-1].key])
        assert {someone["trade"] for someone in await people(fast)} == {TRADES[-1].key}
        answer = await fast.http.post("/control/demo", json={"oa_id": fast.oa_id, "trades": ["smuggling"]})
        assert (answer.status_code, "smuggling" in answer.json()["detail"]) == (400, True)

    async def test_clears(self, fast: Shop) -> None:
        own = await fast.customer("Khách thật")
        someone = await first_who_waits(fast)
        gone = await fast.http.delete(f"/control/demo/{fast.oa_id}")
        assert gone.json() == {"customers": sum(len(trade.personas) for trade in TRADES)}
        assert await report_of(fast) is None
        left = (await fast.read(f"/oas/{fast.oa_id}/users"))["items"]
        assert [user["user_id"] for user in left] == [own]
        assert (await fast.get("/v2.0/oa/listrecentchat", offset=0, count=10))["data"][0]["from_id"] == own
        assert someone["user_id"] != own

    async def _sent(self, shop: Shop) -> int:
        return len((await shop.read("/webhooks", event_name="user_send_text", oa_id=shop.oa_id))["items"])


class TestTakeover:
    async def test_keeps_still_while_a_visitor_writes(self, fast: Shop) -> None:
        user_id = (await first_who_waits(fast, messages_per_minute=0.1))["user_id"]
        before = len(await fast.phone(user_id))
        taken = await fast.http.post(f"/phone/api/oas/{fast.oa_id}/customers/{user_id}/takeover", json={"on": True})
        assert taken.is_success, taken.text
        await fast.send(user_id, "Dạ giá 250.000đ ạ")
        await at_stage(fast, user_id, "resting")
        await fast.advance(7_200)
        assert len(await fast.phone(user_id)) == before + 1


class TestRestart:
    async def test_goes_on_where_it_stood(self, tmp_path: Path, heard: Receiver) -> None:
        process = SandboxProcess(tmp_path)
        try:
            async with client(process.url) as http:
                shop = Shop(http, heard.url)
                await shop.open()
                await shop.order("/clock", scale=60)
                someone = await first_who_waits(shop, messages_per_minute=1)
        finally:
            process.kill()
        process = SandboxProcess(tmp_path)
        try:
            async with client(process.url) as http:
                shop.http = http
                before = len(await shop.phone(someone["user_id"]))
                assert (await at_stage(shop, someone["user_id"], "waiting"))["scene"] == someone["scene"]
                await shop.send(someone["user_id"], scene_of(someone).beats["start"].routes[0].staff[0])
                await says_more(shop, someone["user_id"], before)
        finally:
            assert process.stop() == (0, "")


class TestColleagues:
    async def test_answer_with_their_own_name(self, fast: Shop, heard: Receiver) -> None:
        colleagues = [{"admin_id": LAN, "share": 1}]
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=10, colleagues=colleagues)
        for told in await heard.wait_for(8, "oa_send_text", seconds=30):
            assert told.payload["sender"] == {"id": fast.oa_id, "admin_id": LAN}
            assert told.headers["x-zevent-signature"] == fast.expected_signature(told)
        answered = heard.of("oa_send_text")[0].payload
        phone = await fast.phone(answered["recipient"]["id"])
        assert any(message["admin_id"] == LAN and message["text"] == answered["message"]["text"] for message in phone)

    async def test_leave_their_share(self, fast: Shop, heard: Receiver) -> None:
        colleagues = [{"admin_id": LAN, "share": 0.5}]
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=1_000, colleagues=colleagues)
        await heard.wait_for(40, "oa_send_text", seconds=30)
        everybody = await people(fast)
        taken = [someone for someone in everybody if someone["admin_id"] == LAN]
        assert 0.25 < len(taken) / len(everybody) < 0.75

    async def test_keep_out_where_a_person_answered(self, fast: Shop, heard: Receiver) -> None:
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=4)
        user_id = (await heard.wait_for(1, "user_send_text", "user_send_image"))[0].payload["sender"]["id"]
        await fast.send(user_id, "Dạ em đây ạ")
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=0.1, colleagues=[{"admin_id": LAN, "share": 1}])
        for _ in range(4):
            await fast.advance(600)
            await at_stage(fast, user_id, "waiting", "resting", "gone")
        by_colleagues = [told for told in heard.of("oa_send_text") if "admin_id" in told.payload["sender"]]
        assert user_id not in {told.payload["recipient"]["id"] for told in by_colleagues}
        assert all(message["admin_id"] is None for message in await fast.phone(user_id))

    async def test_let_few_wait_after_an_hour(self, process: SandboxProcess) -> None:
        """Last words are answered, and whom nobody answered does not wait for ever."""
        async with client(process.url) as http:
            shop = Shop(http, None)
            await shop.open()
            await shop.order("/clock", scale=1)
            colleagues = [{"admin_id": LAN, "share": 0.7}]
            await shop.order("/demo", oa_id=shop.oa_id, messages_per_minute=2.2, colleagues=colleagues)
            for _ in range(720):
                await shop.advance(5)
            everybody = await people(shop)
            threads = {one["user_id"]: await shop.phone(one["user_id"]) for one in everybody}
            last = {user_id: max(said, key=lambda one: one["time"]) for user_id, said in threads.items() if said}
            assert len(last) > 60
            assert sum(message["src"] == 1 for message in last.values()) < 36
            rested = [last[one["user_id"]] for one in everybody if one["stage"] == "resting" and one["user_id"] in last]
            assert sum(message["src"] == 0 for message in rested) > 0.75 * len(rested)
            await stop_all(shop)


class TestTopics:
    def test_hears_without_diacritics(self) -> None:
        assert topics_of("Dạ cho em xin ĐỊA CHỈ") == topics_of("da cho em xin dia chi")
        assert topics_of("Dạ giá 250.000đ ạ") != topics_of("Dạ chị đợi xíu")
