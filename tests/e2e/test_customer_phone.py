"""The customer's phone beside the console: both sides of one conversation, in two browsers."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sokhach import demo
from tests.e2e.desk import DESKTOP, PHONE, SOON, Desk, new_context, wait_until
from tests.support.product import Product

PHOTO = Path(__file__).parents[2] / "src" / "sokhach" / "sandbox" / "samples" / "bo-chan-ga.jpg"
_NUMBERS = count(1)


class CustomerPhone:
    def __init__(self, page: Page, running: Product, name: str) -> None:
        self.page = page
        self.name = name
        self.address = running.phone
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"exception {error}"))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def begins(self) -> None:
        """From the front door to a chat of somebody new."""
        self.page.goto(f"{self.address}?oa={demo.OA_ID}")
        self.page.get_by_role("button", name="Tạo khách mới").click()
        self.page.get_by_role("textbox", name="Tên khách mới").fill(self.name)
        self.page.get_by_role("button", name="Tạo", exact=True).click()
        expect(self.page.get_by_role("heading", name=demo.OA_NAME, level=1)).to_be_visible(timeout=SOON)
        expect(self.page.get_by_text("Tài khoản chính thức")).to_be_visible()

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log", name="Tin nhắn")

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Tin nhắn gửi OA")

    def writes(self, text: str) -> None:
        self.field.fill(text)
        self.page.get_by_role("button", name="Gửi", exact=True).click()
        expect(self.thread).to_contain_text(text)

    def bubble(self, text: str) -> Locator:
        return self.thread.locator("[data-message]").filter(has_text=text)

    def fits_the_screen(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def customer_phone(running: Product, browser: Browser, request: pytest.FixtureRequest) -> Iterator[CustomerPhone]:
    context = new_context(browser, running, size=request.param)
    phone = CustomerPhone(context.new_page(), running, f"Tạ Thị Kim Chi {next(_NUMBERS)}")
    yield phone
    context.close()
    assert phone.complaints == []


def test_both_sides_of_a_conversation(desk: Desk, customer_phone: CustomerPhone) -> None:
    phone = customer_phone
    phone.begins()
    phone.writes("Shop ơi, bộ này còn không ạ?")
    phone.page.get_by_test_id("photos").set_input_files(PHOTO)
    expect(phone.thread.get_by_role("img", name="Hình ảnh")).to_be_visible(timeout=SOON)
    expect(phone.thread.get_by_text(re.compile("^Đã (gửi|nhận)$"))).to_be_visible(timeout=SOON)
    assert phone.fits_the_screen()

    row = desk.inbox.get_by_role("link").filter(has=desk.page.get_by_text(phone.name, exact=True))
    row.click(timeout=SOON)
    expect(desk.bubble("Shop ơi, bộ này còn không ạ?")).to_be_visible(timeout=SOON)
    picture = desk.thread.get_by_role("img", name="Hình ảnh")
    expect(picture).to_be_visible(timeout=SOON)
    wait_until(lambda: picture.evaluate("one => one.complete && one.naturalWidth > 0"), "the photo at the console")
    desk.send("Dạ còn ạ, chị lấy màu nào")

    answer = phone.bubble("Dạ còn ạ, chị lấy màu nào")
    expect(answer).to_be_visible(timeout=SOON)
    desk.tick("Dạ còn ạ, chị lấy màu nào", "Đã xem")

    answer.hover()
    if phone.page.viewport_size and phone.page.viewport_size["width"] == DESKTOP[0]:
        phone.page.get_by_role("button", name="Thả cảm xúc").last.click()
        phone.page.get_by_role("dialog", name="Thả cảm xúc").get_by_role("button", name="Yêu thích").click()
        expect(desk.thread.get_by_label(f"❤️ {phone.name}")).to_be_visible(timeout=SOON)
    phone.writes("Chị lấy màu xanh")
    expect(desk.bubble("Chị lấy màu xanh")).to_be_visible(timeout=SOON)
    assert phone.fits_the_screen()


@pytest.mark.parametrize("customer_phone", [DESKTOP], indirect=True, ids=["desktop"])
def test_enter_sends_unless_an_input_method_is_at_work(customer_phone: CustomerPhone) -> None:
    phone = customer_phone
    phone.begins()
    phone.field.fill("Tieengs")
    phone.field.evaluate(
        "one => one.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
    )
    expect(phone.field).to_have_value("Tieengs")
    phone.field.press("Enter")
    expect(phone.field).to_have_value("")
    expect(phone.bubble("Tieengs")).to_be_visible(timeout=SOON)


def test_a_link_opens_the_same_customer(running: Product, browser: Browser, customer_phone: CustomerPhone) -> None:
    phone = customer_phone
    phone.begins()
    phone.writes("Gửi em bảng giá với")
    context = new_context(browser, running, size=DESKTOP)
    other = context.new_page()
    other.goto(phone.page.url)
    expect(other.get_by_role("log", name="Tin nhắn")).to_contain_text("Gửi em bảng giá với", timeout=SOON)
    expect(other.get_by_text(f"Bạn là {phone.name}")).to_be_visible()
    context.close()


def test_a_phone_that_is_off_receives_nothing(desk: Desk, customer_phone: CustomerPhone) -> None:
    phone = customer_phone
    phone.begins()
    phone.writes("Em hỏi chút ạ")
    desk.inbox.get_by_role("link").filter(has=desk.page.get_by_text(phone.name, exact=True)).click(timeout=SOON)
    phone.page.get_by_role("button", name="Thao tác khác").click()
    phone.page.get_by_role("button", name="Tắt điện thoại").click()
    expect(phone.page.get_by_role("button", name="Bật điện thoại")).to_be_visible(timeout=SOON)
    desk.send("Dạ chị hỏi đi ạ")
    desk.tick("Dạ chị hỏi đi ạ", "Đã gửi")
    phone.page.get_by_role("button", name="Bật điện thoại").click()
    expect(phone.bubble("Dạ chị hỏi đi ạ")).to_be_visible(timeout=SOON)
    desk.tick("Dạ chị hỏi đi ạ", "Đã xem")
