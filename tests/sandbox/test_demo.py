import time
import unicodedata
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sokhach.sandbox.customers import PERSONAS, fold
from tests.sandbox.harness import Receiver, SandboxProcess, Shop, client


class TestScripts:
    def test_at_least_twelve_people_of_their_own(self) -> None:
        assert len(PERSONAS) >= 12
        assert (
            len({persona.key for persona in PERSONAS}) == len({persona.name for persona in PERSONAS}) == len(PERSONAS)
        )

    def test_every_line_can_be_sent(self) -> None:
        for persona in PERSONAS:
            for scene in persona.scenes:
                branches = [line for branch in scene.branches for line in branch.lines]
                lines = [*scene.opening, *branches, *scene.otherwise, *scene.thanks, persona.reminder]
                for line in lines:
                    assert (line.type == "text") == bool(line.text)
                    assert line.text is None or unicodedata.is_normalized("NFC", line.text)

    def test_reaction_hears_without_diacritics(self) -> None:
        scene = next(persona for persona in PERSONAS if persona.key == "hanh-quan-7").scenes[0]
        with_marks, without = scene.reaction("Dạ cho em xin ĐỊA CHỈ"), scene.reaction("da cho em xin dia chi")
        assert with_marks == without == scene.branches[1].lines
        assert scene.reaction("Dạ chị đợi xíu") == scene.otherwise

    def test_fold(self) -> None:
        assert fold("Đường Nguyễn Huệ") == "duong nguyen hue"


class TestRunning:
    @pytest.fixture
    async def fast(self, heard: Receiver) -> AsyncIterator[Shop]:
        """A process of its own, in which a minute is a second."""
        process = SandboxProcess(None)
        async with client(process.url) as http:
            shop = Shop(http, heard.url)
            await shop.open()
            await shop.order("/clock", scale=60)
            yield shop
        assert process.stop() == (0, "")

    async def test_writes_reacts_and_thanks(self, fast: Shop, heard: Receiver) -> None:
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=4)
        first = (await heard.wait_for(1, "user_send_text"))[0].payload["sender"]["id"]
        await self._stage(fast, first, "waiting")
        opening = len(await fast.phone(first))
        assert (await fast.send(first, "Dạ shop đây ạ"))["error"] == 0
        await self._stage(fast, first, "thanking")
        reacted = len(await fast.phone(first))
        assert reacted > opening + 1
        assert (await fast.send(first, "Dạ vâng ạ"))["error"] == 0
        await self._stage(fast, first, "resting")
        assert len(await fast.phone(first)) > reacted + 1
        await heard.wait_for(1, "user_seen_message")

    async def test_fills_in_the_form(self, fast: Shop, heard: Receiver) -> None:
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=4)
        first = (await heard.wait_for(1, "user_send_text"))[0].payload["sender"]["id"]
        await self._stage(fast, first, "waiting")
        request = {"title": "Xin địa chỉ", "subtitle": "Để giao hàng", "image_url": "https://shop.example.vn/a.jpg"}
        assert (await fast.form(first, {"template_type": "request_user_info", "elements": [request]}))["error"] == 0
        (told,) = await heard.wait_for(1, "user_submit_info", seconds=10)
        assert told.payload["sender"]["id"] == first
        assert told.payload["info"]["phone"].startswith("8491")

    async def test_stops(self, fast: Shop, heard: Receiver) -> None:
        await fast.order("/demo", oa_id=fast.oa_id, messages_per_minute=60)
        await heard.wait_for(5, "user_send_text")
        await fast.order("/demo", oa_id=fast.oa_id, running=False)
        quiet_from = await self._sent(fast)
        await fast.advance(600)
        assert await self._sent(fast) == quiet_from
        (report,) = await fast.read("/demo")
        assert (report["running"], len(report["customers"])) == (False, len(PERSONAS))

    async def _sent(self, shop: Shop) -> int:
        return len((await shop.read("/webhooks", event_name="user_send_text"))["items"])

    async def _stage(self, shop: Shop, user_id: str, stage: str) -> None:
        deadline = time.monotonic() + 10
        actor: dict[str, Any] = {}
        while actor.get("stage") != stage:
            assert time.monotonic() < deadline, actor
            (report,) = await shop.read("/demo")
            actor = next(someone for someone in report["customers"] if someone["user_id"] == user_id)
