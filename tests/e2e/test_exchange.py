"""Everything that can be said, both ways: what the browser shows of a customer's, and what the phone shows of ours."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk import SOON, Customer, Desk, wait_until

SAMPLES = Path(__file__).parents[2] / "src" / "sokhach" / "sandbox" / "samples"
PDF = SAMPLES / "yeu-cau-bao-gia.pdf"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def customer(desk: Desk) -> Customer:
    """Somebody who wrote, and whose thread is open."""
    somebody = desk.customer("Phan Thị Mỹ Duyên")
    somebody.says("Em gửi hình cho shop xem nha")
    desk.enter(somebody)
    return somebody


class TestFromTheCustomer:
    def test_pictures_and_stickers(self, desk: Desk, customer: Customer) -> None:
        for kind in ("image", "gif", "sticker"):
            customer.sends(kind)
        pictures = desk.thread.get_by_role("img", name="Hình ảnh")
        expect(pictures).to_have_count(2, timeout=SOON)
        for picture in (*pictures.all(), _last_in(desk).get_by_role("img").last):
            _is_drawn(picture)
        # Out of our own store, not from Zalo's links, which die.
        assert all("/api/media/" in (picture.get_attribute("src") or "") for picture in pictures.all())

    def test_voice_and_video(self, desk: Desk, customer: Customer) -> None:
        customer.sends("audio")
        expect(desk.thread.get_by_role("button", name="Nghe tin thoại")).to_be_visible(timeout=SOON)
        customer.sends("video")
        video = desk.thread.locator("video")
        expect(video).to_be_visible(timeout=SOON)
        address = video.get_attribute("src") or ""
        answer = desk.page.request.get(address)
        assert (answer.status, answer.headers["content-type"]) == (200, "video/mp4")

    def test_file_place_link_and_card(self, desk: Desk, customer: Customer) -> None:
        for kind in ("file", "location", "link", "business_card"):
            customer.sends(kind)
        file = desk.thread.get_by_title("Tải tệp về máy")
        expect(file).to_be_visible(timeout=SOON)
        with desk.page.expect_download() as download:
            file.click()
        assert download.value.path().stat().st_size > 0
        expect(desk.thread.get_by_role("link", name="Mở bản đồ")).to_have_attribute("href", re.compile("^https://"))
        expect(desk.thread.get_by_role("button", name="Sao chép số")).to_be_visible()
        links = desk.thread.locator("a[target=_blank]")
        expect(links).to_have_count(2)

    def test_a_reaction(self, desk: Desk, customer: Customer) -> None:
        desk.send("Dạ đẹp lắm ạ")
        desk.tick("Dạ đẹp lắm ạ", "Đã nhận")
        [ours] = [one for one in customer.screen() if one["src"] == 0]
        customer.reacts(ours["msg_id"], "/-heart")
        expect(desk.thread.get_by_label(f"❤️ {customer.name}")).to_be_visible(timeout=SOON)


class TestFromStaff:
    def test_a_picture_with_words_and_a_file(self, desk: Desk, customer: Customer) -> None:
        _attach(desk, {"name": "mau-vai.png", "mimeType": "image/png", "buffer": PIXEL})
        desk.send("Mẫu này nha chị")
        [picture] = _received(customer, "image")
        assert picture["text"] == "Mẫu này nha chị"
        _attach(desk, PDF)
        desk.page.get_by_role("button", name="Gửi", exact=True).click()
        [file] = _received(customer, "file")
        assert file["src"] == 0
        expect(desk.thread.get_by_title("Tải tệp về máy")).to_contain_text(PDF.name)
        assert len([one for one in customer.screen() if one["src"] == 0]) == 2

    def test_an_answer_to_one_message(self, desk: Desk, customer: Customer) -> None:
        question = _line(desk, "Em gửi hình cho shop xem nha")
        question.hover()
        question.get_by_role("button", name="Trả lời tin này").click()
        desk.send("Dạ chị gửi đi ạ")
        [asked, answer] = _screen(customer, 2)
        assert answer["quote_msg_id"] == asked["msg_id"]
        expect(_line(desk, "Dạ chị gửi đi ạ").get_by_title("Tới tin được trả lời")).to_contain_text("Em gửi hình")

    def test_a_reaction(self, desk: Desk, customer: Customer) -> None:
        question = _line(desk, "Em gửi hình cho shop xem nha")
        question.hover()
        question.get_by_role("button", name="Thả cảm xúc").click()
        question.get_by_role("button", name="Yêu thích").click()
        wait_until(lambda: bool(customer.screen()[0]["reactions"]), "the reaction on the phone")
        assert "/-heart" in str(customer.screen()[0]["reactions"])
        expect(question.get_by_role("button", name="❤️", pressed=True)).to_be_visible(timeout=SOON)


def _attach(desk: Desk, file: Any) -> None:
    desk.page.locator("input[type=file]").set_input_files(file)


def _received(customer: Customer, kind: str) -> list[dict[str, Any]]:
    """What the phone shows of that kind, once there is something."""

    def found() -> list[dict[str, Any]]:
        return [one for one in customer.screen() if one["type"] == kind]

    wait_until(lambda: found() != [], f"{kind} at the phone")
    return found()


def _screen(customer: Customer, count: int) -> list[dict[str, Any]]:
    wait_until(lambda: len(customer.screen()) >= count, f"{count} messages at the phone")
    return customer.screen()


def _line(desk: Desk, text: str) -> Locator:
    return desk.thread.locator("[data-message]").filter(has_text=text)


def _last_in(desk: Desk) -> Locator:
    return desk.thread.locator("[data-message][data-side=in]").last


def _is_drawn(picture: Locator) -> None:
    picture.scroll_into_view_if_needed()
    wait_until(lambda: picture.evaluate("one => one.complete && one.naturalWidth > 0"), "a drawn picture")
