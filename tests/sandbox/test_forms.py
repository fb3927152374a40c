"""Every form of message: pictures, stickers, files, the form for details, lists and buttons."""

from typing import Any

import pytest

from sokhach.sandbox.media import SAMPLES
from tests.sandbox.harness import Receiver, Shop

DAY = 24 * 3600
PHOTO = (SAMPLES / "mau-rem.jpg").read_bytes()
WAVE = (SAMPLES / "vay-tay.gif").read_bytes()
PAPER = (SAMPLES / "yeu-cau-bao-gia.pdf").read_bytes()
URL = "https://shop.example.vn/a.jpg"
OPEN = {"title": "Xem mẫu", "type": "oa.open.url", "payload": {"url": "https://shop.example.vn"}}
ASK = {"title": "Tư vấn", "type": "oa.query.show", "payload": "#tuvan"}
REQUEST = {"title": "Cho shop xin địa chỉ", "subtitle": "Để giao hàng", "image_url": URL}
ROW = {
    "title": "Rèm vải",
    "subtitle": "Từ 350k",
    "image_url": URL,
    "default_action": {"type": "oa.open.url", "url": URL},
}


def media(**element: Any) -> dict[str, Any]:
    return {"template_type": "media", "elements": [{"media_type": "image"} | element]}


async def last(shop: Shop, user: str) -> dict[str, Any]:
    return (await shop.phone(user))[-1]


class TestPictures:
    async def test_upload_arrives_on_the_phone_with_its_bytes(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        attachment_id = (await shop.upload("image", "mau.jpg", PHOTO))["data"]["attachment_id"]
        answer = await shop.form(user, media(attachment_id=attachment_id), text="Mẫu mới đây ạ")
        shown = await last(shop, user)
        assert (shown["msg_id"], shown["type"], shown["text"]) == (
            answer["data"]["message_id"], "image", "Mẫu mới đây ạ",
        )  # fmt: skip
        assert (await shop.http.get(shown["payload"]["url"])).content == PHOTO
        (echo,) = await heard.wait_for(1, "oa_send_image")
        assert echo.payload["message"]["attachments"] == [{"type": "image", "payload": shown["payload"]}]

    async def test_by_address(self, shop: Shop) -> None:
        user = await shop.customer()
        assert (await shop.form(user, media(url=URL)))["error"] == 0
        assert (await last(shop, user))["payload"] == {"thumbnail": URL, "url": URL}

    async def test_gif_with_its_size(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        gif = (await shop.upload("gif", "vay.gif", WAVE))["data"]["attachment_id"]
        sized = media(media_type="gif", attachment_id=gif, width=200, height="200")
        assert (await shop.form(user, sized))["error"] == 0
        await heard.wait_for(1, "oa_send_gif")
        assert (await shop.form(user, media(media_type="gif", attachment_id=gif)))["error"] == -201

    async def test_sticker(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        assert (await shop.form(user, media(media_type="sticker", attachment_id="46625")))["error"] == 0
        (echo,) = await heard.wait_for(1, "oa_send_sticker")
        assert echo.payload["message"]["attachments"][0]["payload"]["id"] == "46625"

    @pytest.mark.parametrize(
        ("payload", "error"),
        [
            (media(), -201),
            (media(url=URL, attachment_id="x"), -201),
            (media(attachment_id="khong-co"), -201),
            (media(url="chuyen.jpg"), -201),
            (media(media_type="sticker", attachment_id="1"), -201),
            (media(media_type="sticker", url=URL), -201),
            (media(media_type="video", url=URL), -233),
            (media(media_type="audio", url=URL), -233),
            ({"template_type": "media", "elements": [{"media_type": "image", "url": URL}] * 2}, -210),
            ({"template_type": "media", "elements": "x"}, -201),
            ({"template_type": "receipt", "elements": []}, -233),
            ({}, -201),
        ],
    )
    async def test_refused(self, shop: Shop, payload: Any, error: int) -> None:
        user = await shop.customer()
        assert (await shop.form(user, payload))["error"] == error
        assert len(await shop.phone(user)) == 1

    async def test_caption_has_the_limit_of_a_text(self, shop: Shop) -> None:
        assert (await shop.form(await shop.customer(), media(url=URL), text="a" * 2001))["error"] == -210

    async def test_an_upload_is_of_one_kind_and_one_account(self, shop: Shop) -> None:
        user = await shop.customer()
        gif = (await shop.upload("gif", "vay.gif", WAVE))["data"]["attachment_id"]
        assert (await shop.form(user, media(attachment_id=gif)))["error"] == -201
        other = Shop(shop.http, None)
        await other.open()
        photo = (await other.upload("image", "a.jpg", PHOTO))["data"]["attachment_id"]
        assert (await shop.form(user, media(attachment_id=photo)))["error"] == -201

    async def test_an_upload_dies_after_seven_days(self, shop: Shop) -> None:
        user = await shop.customer()
        photo = (await shop.upload("image", "a.jpg", PHOTO))["data"]["attachment_id"]
        await shop.form(user, media(attachment_id=photo))
        url = (await last(shop, user))["payload"]["url"]
        await shop.advance(7 * DAY + 1)
        await shop.new_token()
        await shop.hears(user, "còn đó không shop")
        assert (await shop.form(user, media(attachment_id=photo)))["error"] == -100
        assert (await shop.http.get(url)).status_code == 403


class TestFiles:
    async def test_sent_alone(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        token = (await shop.upload("file", "bao-gia.pdf", PAPER))["data"]["token"]
        assert (await shop.form(user, {"token": token}, "file"))["error"] == 0
        (echo,) = await heard.wait_for(1, "oa_send_file")
        payload = echo.payload["message"]["attachments"][0]["payload"]
        assert (payload["name"], payload["size"], payload["type"]) == ("bao-gia.pdf", str(len(PAPER)), "pdf")
        assert (await shop.http.get(payload["url"])).content == PAPER

    @pytest.mark.parametrize(("payload", "text"), [({}, None), ({"token": "x"}, None), ({"token": "?"}, "kèm chữ")])
    async def test_refused(self, shop: Shop, payload: Any, text: str | None) -> None:
        words = {} if text is None else {"text": text}
        assert (await shop.form(await shop.customer(), payload, "file", **words))["error"] == -201


class TestUploads:
    @pytest.mark.parametrize(
        ("kind", "name", "content", "error"),
        [
            ("image", "a.jpg", PHOTO + b"\0" * 1024 * 1024, -210),
            ("image", "a.png", b"\x89PNG\r\n\x1a\n", 0),
            ("image", "a.jpg", b"<svg/>", -201),
            ("image", "a.gif", WAVE, -201),
            ("image", "a.jpg", b"", -201),
            ("gif", "a.gif", WAVE + b"\0" * 5 * 1024 * 1024, -210),
            ("gif", "a.gif", PHOTO, -201),
            ("file", "a.pdf", PAPER, 0),
            ("file", "a.csv", "Mặt hàng\n".encode(), 0),
            ("file", "a.xlsx", PAPER, -201),
            ("file", "a.pdf", b"khong phai pdf", -201),
            ("file", "a.pdf", PAPER + b" " * 5 * 1024 * 1024, -210),
        ],
    )
    async def test_type_and_size(self, shop: Shop, kind: str, name: str, content: bytes, error: int) -> None:
        assert (await shop.upload(kind, name, content))["error"] == error

    async def test_only_multipart_with_the_part_file(self, shop: Shop) -> None:
        assert (await shop.call("/v2.0/oa/upload/image", {"file": "x"}))["error"] == -201
        answer = await shop.http.post(
            "/v2.0/oa/upload/image", files={"image": ("a.jpg", PHOTO)}, headers={"access_token": shop.token}
        )
        assert answer.json()["error"] == -201

    async def test_monthly_quota(self, shop: Shop) -> None:
        await shop.alter(uploads_per_month=1)
        assert (await shop.upload("image", "a.jpg", PHOTO))["error"] == 0
        assert (await shop.upload("image", "a.jpg", PHOTO))["error"] == -211


class TestRequestForDetails:
    async def test_the_form_and_its_answer(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        assert (await shop.form(user, {"template_type": "request_user_info", "elements": [REQUEST]}))["error"] == 0
        assert (await last(shop, user))["extra"]["request_user_info"] == REQUEST
        await heard.wait_for(1, "oa_send_template")
        info = {
            "name": "Lan",
            "phone": "84912345678",
            "full_address": {"user_city": "Huế", "user_address": "12 Lê Lợi"},
        }
        await shop.order(f"/oas/{shop.oa_id}/users/{user}/info", info=info)
        (told,) = await heard.wait_for(1, "user_submit_info")
        assert told.payload["info"] == info
        shared = (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]["shared_info"]
        assert (shared["name"], shared["phone"], shared["city"]) == ("Lan", "84912345678", "Huế")

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"title": "a" * 101}, -210),
            ({"subtitle": "a" * 501}, -210),
            ({"title": ""}, -201),
            ({"image_url": "x"}, -201),
        ],
    )
    async def test_limits(self, shop: Shop, change: dict[str, str], error: int) -> None:
        payload = {"template_type": "request_user_info", "elements": [REQUEST | change]}
        assert (await shop.form(await shop.customer(), payload))["error"] == error


class TestListsAndButtons:
    async def test_list(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        assert (await shop.form(user, {"template_type": "list", "elements": [ROW] * 5}))["error"] == 0
        (echo,) = await heard.wait_for(1, "oa_send_list")
        assert [one["type"] for one in echo.payload["message"]["attachments"]] == ["link"] * 5
        assert (await shop.form(user, {"template_type": "list", "elements": [ROW] * 6}))["error"] == -210

    async def test_a_query_button_comes_back_as_text(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        sent = (await shop.form(user, {"buttons": [OPEN, ASK]}, text="Shop giúp gì ạ?"))["data"]["message_id"]
        path = f"/oas/{shop.oa_id}/users/{user}/buttons"
        assert (await shop.order(path, msg_id=sent, index=0))["opened"] == OPEN["payload"]
        await shop.order(path, msg_id=sent, index=1)
        assert (await heard.wait_for(2, "user_send_text"))[-1].payload["message"]["text"] == "#tuvan"

    @pytest.mark.parametrize(
        ("buttons", "error"),
        [
            ([ASK] * 6, -210),
            ([ASK | {"title": "a" * 101}], -210),
            ([ASK | {"payload": "a" * 1001}], -210),
            ([ASK | {"type": "oa.open.moon"}], -201),
            ([OPEN | {"payload": {"url": "shop"}}], -201),
            ([{"title": "Gọi", "type": "oa.open.phone", "payload": {}}], -201),
            ([{"title": "SMS", "type": "oa.open.sms", "payload": {"content": "a" * 161, "phone_code": "84"}}], -210),
            ("x", -201),
        ],
    )
    async def test_limits(self, shop: Shop, buttons: Any, error: int) -> None:
        assert (await shop.form(await shop.customer(), {"buttons": buttons}, text="Dạ"))["error"] == error


class TestStandards:
    async def test_banned_words(self, shop: Shop) -> None:
        await shop.alter(banned_words=["cá độ"])
        assert (await shop.send(await shop.customer(), "Chơi CÁ ĐỘ đi"))["error"] == -248

    @pytest.mark.parametrize("kind", ["transaction", "promotion"])
    async def test_stopped_kinds(self, shop: Shop, kind: str) -> None:
        assert (await shop.call(f"/v3.0/oa/message/{kind}", {}))["error"] == -233
