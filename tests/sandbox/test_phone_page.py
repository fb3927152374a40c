"""The customer's phone: what its page is given, what a visitor can do on it, and who may not."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from sokhach.sandbox.phone_page import pages
from tests.sandbox.harness import Receiver, SandboxProcess, Shop, client

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Page:
    """The page's API as a browser calls it."""

    def __init__(self, shop: Shop, user_id: str) -> None:
        self.shop = shop
        self.user_id = user_id
        self.path = f"/phone/api/oas/{shop.oa_id}/customers/{user_id}"

    async def does(self, deed: str, **body: Any) -> Any:
        answer = await self.shop.http.post(f"{self.path}/{deed}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def thread(self, **query: Any) -> dict[str, Any]:
        answer = await self.shop.http.get(self.path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def last(self) -> dict[str, Any]:
        return (await self.thread())["messages"][-1]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Stream"]:
        query = {"oa_id": self.shop.oa_id, "user_id": self.user_id}
        async with self.shop.http.stream("GET", "/phone/api/stream", params=query) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            stream = Stream(answer)
            await stream.until("open")
            yield stream


class Stream:
    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.aiter_lines()

    async def until(self, name: str, seconds: float = 3) -> list[str]:
        """Names of events up to the first of this name."""
        heard: list[str] = []
        async with asyncio.timeout(seconds):
            async for line in self._lines:
                if line.startswith("event: "):
                    heard.append(line.removeprefix("event: "))
                    if heard[-1] == name:
                        return heard
        raise AssertionError(f"the stream ended before {name}")


@pytest.fixture
async def page(shop: Shop) -> Page:
    """The phone of somebody whom a visitor made."""
    path = f"/phone/api/oas/{shop.oa_id}/customers"
    answer = await shop.http.post(path, json={"name": "  Trần  Thị Mai "})
    assert answer.status_code == 201
    assert answer.json()["name"] == "Trần Thị Mai"
    return Page(shop, answer.json()["user_id"])


class TestLists:
    async def test_accounts_and_customers_with_their_last_words(self, page: Page, shop: Shop) -> None:
        accounts = (await shop.http.get("/phone/api/accounts")).json()
        assert next(one["name"] for one in accounts if one["oa_id"] == shop.oa_id) == "Chăn Ga Mộc An"
        silent = await shop.customer("Lê Văn Tám", wrote=False)
        await page.does("messages", text="Còn hàng không shop")
        found = (await shop.http.get(f"/phone/api/oas/{shop.oa_id}/customers")).json()
        assert {one["user_id"] for one in found} == {page.user_id, silent}
        mai = next(one for one in found if one["user_id"] == page.user_id)
        assert (mai["last"]["src"], mai["last"]["text"], mai["life"]) == (1, "Còn hàng không shop", None)
        assert mai["avatar"].startswith("/cdn/")

    async def test_somebody_who_lives_is_described(self, shop: Shop) -> None:
        await shop.order("/demo", oa_id=shop.oa_id, messages_per_minute=0.1)
        found = (await shop.http.get(f"/phone/api/oas/{shop.oa_id}/customers")).json()
        await shop.order("/demo", oa_id=shop.oa_id, running=False)
        lives = [one["life"] for one in found if one["life"]]
        assert lives
        assert all(life["trade"] and life["city"] and life["running"] is True for life in lives)

    @pytest.mark.parametrize("path", ["oas/1/customers", "oas/1/customers/2", "stream?oa_id=1&user_id=2"])
    async def test_unknown(self, shop: Shop, path: str) -> None:
        assert (await shop.http.get(f"/phone/api/{path}")).status_code == 404


class TestWriting:
    async def test_reaches_the_app(self, page: Page, heard: Receiver) -> None:
        sent = await page.does("messages", text="Em chào shop")
        (told,) = await heard.wait_for(1, "user_send_text")
        assert told.payload["message"] == {"text": "Em chào shop", "msg_id": sent["msg_id"]}
        async with asyncio.timeout(3):
            while (await page.thread())["own_state"] != "received":
                await asyncio.sleep(0.05)

    async def test_a_quote_and_what_it_says(self, page: Page, shop: Shop) -> None:
        await page.does("messages", text="Giá nhiêu vậy")
        answer = (await shop.send(page.user_id, "Dạ 250k ạ"))["data"]["message_id"]
        await page.does("messages", text="Đắt thế", quote_msg_id=answer)
        assert (await page.last())["quote"] == {"msg_id": answer, "src": 0, "type": "text", "text": "Dạ 250k ạ"}

    @pytest.mark.parametrize(
        ("name", "content", "kind", "content_type"),
        [
            ("ảnh phòng.png", PNG, "image", "image/png"),
            ("vui.gif", b"GIF89a" + bytes(20), "gif", "image/gif"),
            ("clip.mp4", b"\0\0\0\x18ftypmp42", "video", "video/mp4"),
            ("bao-gia.pdf", b"%PDF-1.7", "file", "application/pdf"),
            # A page of somebody else must never run as one of ours, whatever it is called.
            ("trang.html", b"<script>alert(1)</script>", "file", "application/octet-stream"),
            ("hinh.svg", b"<svg onload='alert(1)'/>", "file", "application/octet-stream"),
            ("gia.png", b"<script>alert(1)</script>", "file", "image/png"),
        ],
    )
    async def test_a_file_of_the_device(
        self, page: Page, heard: Receiver, name: str, content: bytes, kind: str, content_type: str
    ) -> None:
        path = f"{page.path}/uploads"
        assert (await page.shop.http.post(path, params={"name": name}, content=content)).status_code == 201
        (told,) = await heard.wait_for(1, f"user_send_{kind}")
        shown = await page.last()
        address = shown["attachments"][0]["payload"]["url"]
        assert address.startswith("/cdn/media/")
        assert told.payload["message"]["attachments"][0]["payload"]["url"] == page.shop.http.base_url.join(address)
        served = await page.shop.http.get(address)
        assert (served.content, served.headers["content-type"].split(";")[0]) == (content, content_type)

    async def test_samples(self, page: Page, shop: Shop) -> None:
        samples = (await shop.http.get("/phone/api/samples")).json()
        for kind in ("image", "gif", "audio", "video", "file"):
            for name in samples[kind]:
                assert (await shop.http.get(f"/phone/api/samples/{name}")).status_code == 200
        await page.does("messages", type="sticker", variant=samples["sticker"][2])
        assert (await page.last())["attachments"][0]["payload"]["id"] == samples["sticker"][2]
        assert (await shop.http.get("/phone/api/samples/..%2Fschema.py")).status_code == 404

    @pytest.mark.parametrize(
        "body",
        [{"text": "  "}, {"type": "hologram"}, {"text": "a", "timestamp": 1}, {"type": "image", "variant": "x.jpg"}],
    )
    async def test_refuses_what_makes_no_sense(self, page: Page, body: dict[str, Any]) -> None:
        assert (await page.shop.http.post(f"{page.path}/messages", json=body)).status_code == 400


class TestDeeds:
    async def test_opening_marks_seen_only_when_the_phone_is_on(self, page: Page, shop: Shop, heard: Receiver) -> None:
        await page.does("messages", text="Shop ơi")
        await shop.http.patch(page.path, json={"phone_on": False})
        sent = (await shop.send(page.user_id))["data"]["message_id"]
        assert await page.does("seen") == {"seen": 0}
        thread = await page.thread()
        assert (thread["phone_on"], [one["src"] for one in thread["messages"]]) == (False, [1])
        await shop.http.patch(page.path, json={"phone_on": True})
        await heard.wait_for(1, "user_received_message")
        assert await page.does("seen") == {"seen": 1}
        (told,) = await heard.wait_for(1, "user_seen_message")
        assert told.payload["message"]["msg_ids"] == [sent]

    async def test_follows_reacts_calls_and_withdraws(self, page: Page, shop: Shop, heard: Receiver) -> None:
        await page.does("chat-now")
        await page.does("follow", follows=True)
        sent = (await shop.send(page.user_id))["data"]["message_id"]
        await page.does("reactions", msg_id=sent, icon="/-heart")
        assert (await page.last())["own_reactions"] == ["/-heart"]
        await page.does("calls", call_type="VIDEO", waiting_seconds=4, talk_ms=0)
        await page.does("withdrawal")
        told = {one.event: one.payload for one in await heard.wait_for(6)}
        assert {"user_click_chatnow", "follow", "user_reacted_message", "user_call_oa", "user_withdraw"} <= set(told)
        assert (told["user_call_oa"]["call_type"], told["user_call_oa"]["talk_time"]) == ("VIDEO", "0")
        elsewhere = await shop.customer()
        assert (await page.shop.http.post(
            f"/phone/api/oas/{shop.oa_id}/customers/{elsewhere}/reactions", json={"msg_id": sent, "icon": ":>"}
        )).status_code == 400  # fmt: skip

    async def test_buttons_and_the_form_for_details(self, page: Page, shop: Shop, heard: Receiver) -> None:
        await page.does("messages", text="Tư vấn em với")
        buttons = [
            {"title": "Đặt", "type": "oa.query.show", "payload": "Em đặt nha"},
            {"title": "Xem", "type": "oa.open.url", "payload": {"url": "https://shop.example/"}},
        ]
        await shop.form(page.user_id, {"buttons": buttons}, text="Chị chọn giúp em")
        form = await page.last()
        assert form["extra"]["buttons"] == buttons
        assert (await page.does("buttons", msg_id=form["msg_id"], index=1))["opened"] == {
            "url": "https://shop.example/"
        }
        await page.does("buttons", msg_id=form["msg_id"], index=0)
        assert (await page.last())["text"] == "Em đặt nha"
        await page.does("info", name="Trần Thị Mai", phone="0912345678", city="Hà Nội", address="12 Lê Lợi")
        (told,) = await heard.wait_for(1, "user_submit_info")
        assert told.payload["info"]["full_address"]["user_city"] == "Hà Nội"
        assert (await page.thread())["shared"]["phone"] == "0912345678"

    async def test_blocked_messages_are_refused_at_zalo(self, page: Page, shop: Shop) -> None:
        await page.does("messages", text="Thôi nha")
        await shop.http.patch(page.path, json={"refuses_messages": True})
        assert (await shop.send(page.user_id))["error"] == -244
        assert (await page.thread())["refuses_messages"] is True

    async def test_a_request_to_call_is_answered(self, page: Page, shop: Shop) -> None:
        await page.does("info", name="Mai", phone="0912 345 678")
        ask = {"phone": "84912345678", "call_type": "audio", "reason_code": 101}
        assert (await shop.call("/v2.0/oa/call/requestconsent", ask))["error"] == 0
        assert (await page.thread())["call_request"]["call_type"] == "audio"
        await page.does("call-consent", answer="ALLOW")
        assert (await page.thread())["call_request"] is None

    async def test_a_template_message_by_phone_number_is_shown_and_rated(self, page: Page, shop: Shop) -> None:
        await page.does("info", name="Mai", phone="0987654321")
        samples = (await shop.order(f"/oas/{shop.oa_id}/zns/samples"))["items"]
        rated = next(one for one in samples if one["type"] == 5)
        body = {
            "phone": "84987654321", "template_id": rated["template_id"], "tracking_id": "don-1",
            "template_data": {"ten_khach_hang": "Mai", "ma_don_hang": "DH01"},
        }  # fmt: skip
        assert (await shop.call("/message/template", body))["error"] == 0
        await shop.advance(5)
        async with asyncio.timeout(3):
            while not (shown := (await page.thread())["messages"]):
                await asyncio.sleep(0.05)
        (message,) = shown
        assert (message["type"], "DH01" in message["text"]) == ("zns", True)
        assert message["extra"]["zns"]["asks"] == "rating"
        await page.does("feedback", msg_id=message["msg_id"], rate=4)
        assert (await page.last())["extra"]["zns"]["answer"]["rate"] == 4


class TestTakeover:
    async def test_lasts_while_it_is_renewed(self, page: Page) -> None:
        assert (await page.thread())["customer"]["taken"] is False
        await page.does("takeover", on=True)
        assert (await page.thread())["customer"]["taken"] is True
        await page.does("takeover", on=False)
        assert (await page.thread())["customer"]["taken"] is False

    async def test_whoever_writes_takes_over(self, page: Page) -> None:
        await page.does("messages", text="Tôi gõ đây")
        assert (await page.thread())["customer"]["taken"] is True


class TestStream:
    async def test_tells_of_what_happens_in_the_thread_and_elsewhere(self, page: Page, shop: Shop) -> None:
        async with page.listening() as stream:
            await page.does("messages", text="Shop ơi")
            assert await stream.until("list") == ["thread", "list"]
            sent = (await shop.send(page.user_id))["data"]["message_id"]
            await stream.until("thread")
            assert (await page.last())["msg_id"] == sent
            await stream.until("thread")  # it has arrived
            await page.does("reactions", msg_id=sent, icon=":o")
            await stream.until("thread")
            await shop.customer("Người khác")
            assert await stream.until("list") == ["list"]

    async def test_a_long_thread_comes_in_parts(self, page: Page) -> None:
        for number in range(5):
            await page.does("messages", text=f"Tin {number}")
        part = await page.thread(limit=2)
        assert ([one["text"] for one in part["messages"]], part["complete"]) == (["Tin 3", "Tin 4"], False)
        assert (await page.thread(limit=5))["complete"] is True

    async def test_ends_with_the_process(self) -> None:
        process = SandboxProcess(None)
        async with client(process.url) as http, http.stream("GET", "/phone/api/stream") as answer:
            await Stream(answer).until("open")
            assert await asyncio.to_thread(process.stop) == (0, "")


class TestGuard:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "http://127.0.0.1:9"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            # A name that leads to this machine today.
            {"host": "evil.example", "origin": "http://evil.example"},
        ],
    )
    async def test_other_pages_may_not_write(self, page: Page, headers: dict[str, str]) -> None:
        answer = await page.shop.http.post(f"{page.path}/messages", json={"text": "hả"}, headers=headers)
        assert answer.status_code == 403
        assert (await page.thread())["messages"] == []

    async def test_a_name_of_somebody_else_may_not_read(self, page: Page) -> None:
        assert (await page.shop.http.get(page.path, headers={"host": "evil.example"})).status_code == 403

    async def test_the_page_itself_may(self, page: Page, sandbox: SandboxProcess) -> None:
        headers = {"origin": sandbox.url, "sec-fetch-site": "same-origin"}
        assert (await page.shop.http.post(f"{page.path}/messages", json={"text": "ạ"}, headers=headers)).is_success


class TestFiles:
    async def test_the_front_door_leads_to_the_phone(self, http: httpx.AsyncClient) -> None:
        answer = await http.get("/")
        assert (answer.status_code, answer.headers["location"]) == (302, "/phone")

    async def test_page_and_files_with_a_strict_policy(self, http: httpx.AsyncClient) -> None:
        answer = await http.get("/phone")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        if not pages.FOLDER.is_dir():
            assert (answer.status_code, "make console" in answer.text) == (503, True)
            return
        assert answer.status_code == 200
        assert "<script>" not in answer.text
        built = json.loads((pages.FOLDER / ".vite" / "manifest.json").read_bytes())
        script = await http.get(f"/phone/{built['phone.html']['file']}")
        assert script.headers["content-type"].startswith("text/javascript")
        assert "immutable" in script.headers["cache-control"]

    @pytest.mark.parametrize("path", ["assets/none.js", "assets/..%2Fphone.html", "assets/%2Fetc%2Fpasswd", "a/b"])
    async def test_nothing_else(self, http: httpx.AsyncClient, path: str) -> None:
        assert (await http.get(f"/phone/{path}")).status_code == 404

    def test_where_the_build_leaves_them(self) -> None:
        config = (Path(__file__).parents[2] / "console" / "vite.phone.config.ts").read_text("utf-8")
        assert f"../{pages.FOLDER.relative_to(Path(__file__).parents[2])}" in config
