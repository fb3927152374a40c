"""One pane at a time, for thumbs."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk import PHONE, SOON, Desk, OpenDesk

pytestmark = pytest.mark.long

THUMB = 44


def test_a_day_on_the_phone(phone: Desk) -> None:
    customer = phone.customer("Chị Hà (sỉ Đà Nẵng)")
    customer.says("Em ơi cho chị xin giá sỉ với hí " * 6)
    customer.says("https://example.com/mot-duong-dan-rat-dai-khong-co-cho-xuong-dong/" + "x" * 120)
    customer.sends("image")
    expect(phone.row(customer)).to_contain_text("Hình ảnh", timeout=SOON)
    _all_fit_thumbs(phone.page.get_by_role("navigation", name="Các trang").locator("a, button"))
    _all_fit_thumbs(phone.page.get_by_role("navigation", name="Mục hội thoại").get_by_role("link"))
    _all_fit_thumbs(phone.inbox.get_by_role("link"))
    assert phone.fits_the_screen()

    phone.enter(customer)
    expect(phone.inbox).to_have_count(0)
    expect(phone.page.get_by_role("navigation", name="Các trang")).to_have_count(0)
    _all_fit_thumbs(phone.page.locator("main header").locator("a, button"))
    assert phone.fits_the_screen()

    phone.composer.tap()
    phone.page.keyboard.type("Dạ giá sỉ từ 20 bộ ạ")
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.type("chị lấy bao nhiêu?")
    expect(phone.composer).to_have_value("Dạ giá sỉ từ 20 bộ ạ\nchị lấy bao nhiêu?")
    _all_fit_thumbs(phone.page.get_by_role("button", name="Gửi", exact=True))
    phone.page.get_by_role("button", name="Gửi", exact=True).tap()
    assert customer.received(1) == ["Dạ giá sỉ từ 20 bộ ạ\nchị lấy bao nhiêu?"]
    expect(phone.composer).to_be_focused()

    phone.thread.get_by_role("button", name="Xem ảnh").tap()
    viewer = phone.page.get_by_role("dialog")
    expect(viewer.get_by_role("img", name="Hình ảnh")).to_be_visible()
    _all_fit_thumbs(viewer.get_by_role("button"))
    assert phone.fits_the_screen()
    viewer.get_by_role("button", name="Đóng").tap()

    phone.page.get_by_role("button", name="Hiện thông tin khách hàng").tap()
    panel = phone.page.get_by_role("dialog", name="Khách hàng")
    expect(panel).to_contain_text("KH-")
    assert phone.fits_the_screen()
    panel.get_by_role("button", name="Đóng").tap()

    phone.page.get_by_role("button", name="Kết thúc phiên").tap()
    expect(phone.page.get_by_role("button", name="Mở lại phiên")).to_be_visible(timeout=SOON)
    phone.page.go_back()
    expect(phone.inbox).to_be_visible()
    expect(phone.row(customer)).to_have_count(0, timeout=SOON)


ADMINISTRATION = [
    "/channel-accounts",
    "/channel-accounts/1",
    "/channel-accounts/new",
    "/channel-limits",
    "/privacy-requests",
    "/quarantine",
    "/access-log",
    "/access-refusals",
    "/audit-log",
    "/visibility",
    "/calendar",
    "/calendar?section=days",
    "/calendar?section=shifts",
    "/calendar?section=leave",
]


@pytest.mark.parametrize("path", ADMINISTRATION)
def test_the_administration_fits(open_desk: OpenDesk, path: str) -> None:
    phone = open_desk(size=(390, 844), path=path)
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    phone.page.wait_for_load_state("networkidle")
    _all_fit_thumbs(phone.page.locator("main").get_by_role("button"), some=False)
    assert phone.fits_the_screen()


def test_the_list_fits(open_desk: OpenDesk) -> None:
    phone = open_desk(size=PHONE, path="/conversations?view=mine")
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    assert phone.fits_the_screen()


def test_the_gate_fits(open_desk: OpenDesk) -> None:
    phone = open_desk(None, size=(390, 844))
    _all_fit_thumbs(phone.page.get_by_role("button", name="Đăng nhập"))
    assert phone.fits_the_screen()


def test_account_and_its_choices(phone: Desk) -> None:
    phone.page.get_by_role("button", name="Tôi").tap()
    account = phone.page.get_by_role("dialog")
    expect(account).to_contain_text("Trần Minh Long")
    _all_fit_thumbs(account.get_by_role("button"))
    assert phone.fits_the_screen()


def _all_fit_thumbs(targets: Locator, *, some: bool = True) -> None:
    if some:
        expect(targets.first).to_be_visible()
    small = {
        target.get_attribute("aria-label") or target.inner_text(): (box["width"], box["height"])
        for target in targets.all()
        if (box := target.bounding_box()) and min(box["width"], box["height"]) < THUMB
    }
    assert small == {}
