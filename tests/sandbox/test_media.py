"""What customers send has real bytes behind real links, which expire and fail on demand."""

import base64
from typing import Any

import httpx
import pytest

from sokhach.sandbox.media import VARIANTS
from tests.sandbox.harness import Receiver, Shop

FIRST_BYTES = {
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG",
    "gif": b"GIF89a",
    "amr": b"#!AMR\n",
    "aac": b"\xff\xf1",
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "csv": "Mặt hàng".encode(),
}
SENT = [(kind, name) for kind in ("image", "gif", "audio", "video", "file") for name in VARIANTS[kind]]


async def received(shop: Shop, user: str, **message: Any) -> dict[str, Any]:
    await shop.hears(user, **message)
    return (await shop.phone(user))[-1]["payload"]


class TestContent:
    @pytest.mark.parametrize(("kind", "name"), SENT)
    async def test_bytes_and_thumbnail(self, shop: Shop, kind: str, name: str) -> None:
        payload = await received(shop, await shop.customer(), type=kind, variant=name)
        content = await shop.http.get(payload["url"])
        extension = name.rpartition(".")[2]
        assert (
            content.content[4:8] == b"ftyp"
            if extension == "mp4"
            else content.content.startswith(FIRST_BYTES[extension])
        )
        assert payload["url"].endswith(name)
        if "thumbnail" in payload:
            thumbnail = await shop.http.get(payload["thumbnail"])
            assert thumbnail.headers["content-type"] in ("image/jpeg", "image/png")
            assert len(thumbnail.content) < 20_000

    async def test_kinds_come_in_turn(self, shop: Shop) -> None:
        user = await shop.customer()
        names = {(await received(shop, user, type="audio"))["url"].rpartition(".")[2] for _ in range(2)}
        assert names == {"amr", "aac"}

    async def test_own_bytes(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        content = base64.b64encode(b"%PDF-1.7 ...").decode()
        payload = await received(shop, user, type="file", content_base64=content, name="hóa đơn.pdf")
        assert (payload["name"], payload["size"], payload["type"]) == ("hóa đơn.pdf", "12", "pdf")
        assert (await shop.http.get(payload["url"])).content == b"%PDF-1.7 ..."
        (told,) = await heard.wait_for(1, "user_send_file")
        assert told.payload["message"]["attachments"][0]["payload"] == payload

    async def test_senseless_orders(self, shop: Shop) -> None:
        path = f"/control/oas/{shop.oa_id}/users/{await shop.customer()}/messages"
        for order in ({"type": "image", "variant": "x.jpg"}, {"type": "file", "content_base64": "?"}):
            assert (await shop.http.post(path, json=order)).status_code == 400


class TestLinks:
    async def test_expire(self, shop: Shop) -> None:
        await shop.alter(media_life_seconds=3600)
        url = (await received(shop, await shop.customer(), type="image"))["url"]
        assert (await shop.http.get(url)).status_code == 200
        await shop.advance(3601)
        assert (await shop.http.get(url)).status_code == 403

    async def test_fails_first(self, shop: Shop) -> None:
        url = (await received(shop, await shop.customer(), type="image"))["url"]
        await shop.fault("media_status", status=503, count=1)
        assert [(await shop.http.get(url)).status_code for _ in range(2)] == [503, 200]

    async def test_page_in_place_of_a_picture(self, shop: Shop) -> None:
        url = (await received(shop, await shop.customer(), type="image"))["url"]
        await shop.fault("media_html")
        assert (await shop.http.get(url)).headers["content-type"].startswith("text/html")

    async def test_leads_elsewhere(self, shop: Shop) -> None:
        url = (await received(shop, await shop.customer(), type="image"))["url"]
        await shop.fault("media_redirect", location="http://169.254.169.254/")
        answer = await shop.http.get(url)
        assert (answer.status_code, answer.headers["location"]) == (302, "http://169.254.169.254/")

    async def test_breaks_off(self, shop: Shop) -> None:
        url = (await received(shop, await shop.customer(), type="image"))["url"]
        await shop.fault("media_truncated", count=1)
        with pytest.raises(httpx.RemoteProtocolError):
            await shop.http.get(url)
