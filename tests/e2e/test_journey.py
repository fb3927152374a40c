"""A customer writes on Zalo, staff answer in the console: the product's main job, on a desk and on a phone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk import LAN, SOON, Desk, OpenDesk

QUESTION = "Shop ơi bộ ga cotton 1m8 còn màu xám không ạ?"
ANSWER = "Dạ còn ạ, chị lấy mấy bộ để em giữ hàng?"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_first_word_to_the_seen_tick(size: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(size)
    customer = desk.customer("Nguyễn Thị Ánh Tuyết")
    customer.changes(phone_on=False)
    customer.says(QUESTION)
    expect(desk.row(customer)).to_contain_text(QUESTION, timeout=SOON)
    expect(desk.waiting(customer)).to_have_text("<1 phút")
    expect(desk.row(customer)).to_contain_text("Chưa đọc")

    desk.enter(customer)
    expect(desk.bubble(QUESTION)).to_have_count(1)
    desk.send(ANSWER)
    expect(desk.bubble(ANSWER)).to_have_count(1)
    desk.tick(ANSWER, "Đã gửi")
    assert customer.phone() == []
    customer.changes(phone_on=True)
    desk.tick(ANSWER, "Đã nhận")
    assert customer.phone() == [ANSWER]
    customer.opens_the_chat()
    desk.tick(ANSWER, "Đã xem")
    assert desk.fits_the_screen()

    if size == "phone":
        desk.page.get_by_role("link", name="Về danh sách").click()
    expect(desk.row(customer)).to_contain_text(f"Bạn: {ANSWER}")
    expect(desk.waiting(customer)).to_have_count(0)
    expect(desk.row(customer)).not_to_contain_text("Chưa đọc")
    desk.enter(customer)
    customer.says("Chị lấy 2 bộ nhé")
    expect(desk.bubble("Chị lấy 2 bộ nhé")).to_be_visible(timeout=SOON)
    assert desk.sent_texts == customer.phone() == [ANSWER]


def test_pictures_stickers_and_follows(desk: Desk) -> None:
    customer = desk.customer("Khánh Linh")
    customer.follows()
    customer.sends("image")
    customer.sends("sticker")
    desk.enter(customer)
    expect(desk.thread).to_contain_text("Khách đã quan tâm OA", timeout=SOON)
    picture = desk.thread.get_by_role("button", name="Xem ảnh")
    expect(picture).to_be_visible(timeout=SOON)
    _is_drawn(picture.get_by_role("img"))
    _is_drawn(desk.thread.get_by_alt_text("Nhãn dán"))
    expect(desk.row(customer)).to_contain_text("Nhãn dán")

    picture.click()
    large = desk.page.get_by_role("dialog").get_by_role("img", name="Hình ảnh")
    _is_drawn(large)
    desk.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(desk.thread).to_be_visible()


def test_what_the_oa_answers_on_zalo_itself_is_in_the_book(desk: Desk) -> None:
    customer = desk.customer("Võ Đăng Khoa")
    customer.says("Bộ drap màu be giá bao nhiêu ạ")
    desk.enter(customer)
    customer.answered_on_zalo("Dạ 850 nghìn một bộ ạ")
    expect(desk.bubble("Dạ 850 nghìn một bộ ạ")).to_contain_text("Quản trị viên OA", timeout=SOON)
    expect(desk.waiting(customer)).to_have_count(0)


def test_two_people_see_the_same(desk: Desk, open_desk: OpenDesk) -> None:
    customer = desk.customer("Bùi Thái Sơn")
    customer.says("Cảm ơn shop nhé")
    lan = open_desk(LAN)
    desk.enter(customer)
    lan.enter(customer)
    lan.send("Dạ em cảm ơn anh ạ")
    expect(desk.bubble("Dạ em cảm ơn anh ạ")).to_contain_text("Nguyễn Thị Lan", timeout=SOON)

    desk.page.get_by_role("button", name="Kết thúc phiên").click()
    expect(lan.page.get_by_role("button", name="Mở lại phiên")).to_be_visible(timeout=SOON)
    expect(lan.row(customer)).to_have_count(0, timeout=SOON)
    lan.page.get_by_role("button", name="Mở lại phiên").click()
    expect(desk.page.get_by_role("button", name="Kết thúc phiên")).to_be_visible(timeout=SOON)
    expect(desk.row(customer)).to_have_count(1, timeout=SOON)


def _is_drawn(picture: Locator) -> None:
    expect(picture).to_be_visible(timeout=SOON)
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
