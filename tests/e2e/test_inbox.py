"""The list finds and narrows, the keyboard reaches everything, and the focus is never lost."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk import PHONE, SOON, Customer, Desk, OpenDesk, wait_until

WIDTHS = (1440, 1366, 1024, 768, 390)


@pytest.fixture
def customer(desk: Desk) -> Customer:
    """Somebody who wrote, and whose thread is open."""
    somebody = desk.customer("Trịnh Gia Bảo")
    somebody.says("Cho em hỏi giá máy lạnh")
    desk.enter(somebody)
    return somebody


class TestSearch:
    def test_by_name_without_marks_then_by_code(self, desk: Desk) -> None:
        sought, other = desk.customer("Đặng Ngọc Quỳnh Hương"), desk.customer("Lý Văn Tài")
        for one in (sought, other):
            one.says("Alo")
        expect(desk.row(other)).to_be_visible(timeout=SOON)
        desk.page.keyboard.press("/")
        field = desk.page.get_by_role("searchbox")
        expect(field).to_be_focused()
        desk.page.keyboard.type("quynh huong")
        expect(desk.row(sought)).to_be_visible()
        expect(desk.row(other)).to_have_count(0)
        desk.page.keyboard.press("Enter")
        expect(desk.row(sought)).to_be_focused()
        desk.page.keyboard.press("Enter")
        expect(desk.page.get_by_role("heading", name=sought.name)).to_be_visible()
        code = desk.page.locator("main header").get_by_text(re.compile("HT-")).inner_text().split(" · ")[-1]
        field.fill(code.lower())
        expect(desk.inbox.get_by_role("link")).to_have_count(1)
        field.press("Escape")
        expect(field).to_have_value("")
        expect(desk.row(other)).to_be_visible()

    def test_nothing_fits(self, desk: Desk, customer: Customer) -> None:
        field = desk.page.get_by_role("searchbox")
        field.fill("không ai tên thế này")
        desk.page.get_by_role("button", name="Tìm trong Tất cả").click()
        expect(desk.page).to_have_url(re.compile("view=all"))
        desk.page.get_by_role("button", name="Bỏ tìm kiếm và bộ lọc").click()
        expect(field).to_be_focused()
        expect(desk.inbox).to_be_visible()

    def test_only_the_unread(self, desk: Desk, customer: Customer) -> None:
        unread = desk.customer("Mai Thu Trang")
        unread.says("Shop còn hàng không")
        expect(desk.row(unread)).to_contain_text("Chưa đọc", timeout=SOON)
        expect(desk.row(customer)).not_to_contain_text("Chưa đọc", timeout=SOON)
        desk.page.get_by_role("button", name="Lọc danh sách").click()
        desk.page.get_by_role("menuitemcheckbox", name="Chưa đọc").click()
        desk.page.keyboard.press("Escape")
        expect(desk.page.get_by_role("button", name="Bộ lọc đang bật")).to_be_focused()
        expect(desk.row(unread)).to_be_visible()
        expect(desk.row(customer)).to_have_count(0)
        desk.enter(unread)
        expect(desk.row(unread)).to_have_count(0, timeout=SOON)


class TestKeyboard:
    def test_one_stop_for_the_tab_key_and_arrows_inside(self, desk: Desk) -> None:
        people = [desk.customer("Khách sỉ") for _ in range(3)]
        for one in people:
            one.says("Alo")
            expect(desk.inbox.get_by_role("link").first).to_contain_text(one.name, timeout=SOON)
        stops = desk.inbox.locator("a[tabindex='0']")
        expect(stops).to_have_count(1)
        stops.focus()
        desk.page.keyboard.press("ArrowDown")
        expect(desk.row(people[1])).to_be_focused()
        expect(stops).to_have_count(1)
        desk.page.keyboard.press("End")
        desk.page.keyboard.press("Home")
        expect(desk.row(people[2])).to_be_focused()

    def test_views_panel_and_resolution(self, desk: Desk, customer: Customer) -> None:
        keys = desk.page.keyboard
        desk.page.locator("main header").click(position={"x": 300, "y": 20})
        panel = desk.page.get_by_role("complementary", name="Khách hàng")
        expect(panel).to_be_visible()
        keys.press("i")
        expect(panel).to_have_count(0)
        keys.press("i")
        expect(panel).to_be_visible()
        keys.press("e")
        # While the first is still on its way, a second press is nothing.
        expect(desk.page.get_by_role("button", name="Mở lại phiên")).to_be_enabled(timeout=SOON)
        keys.press("e")
        expect(desk.page.get_by_role("button", name="Kết thúc phiên")).to_be_visible(timeout=SOON)
        keys.press("4")
        expect(desk.page).to_have_url(re.compile("view=all"))
        keys.press("1")
        expect(desk.page).to_have_url(re.compile("view=open"))

    def test_the_next_unread(self, desk: Desk, customer: Customer) -> None:
        unread = desk.customer("Mai Thu Trang")
        unread.says("Còn hàng không")
        expect(desk.row(unread)).to_contain_text("Chưa đọc", timeout=SOON)
        desk.page.keyboard.press("n")
        # Other tests' customers may be unread too.
        focused = desk.inbox.locator("a:focus")
        expect(focused).to_contain_text("Chưa đọc")
        expect(focused).not_to_contain_text(customer.name)

    def test_the_focus_comes_back_from_every_dialog(self, desk: Desk, customer: Customer) -> None:
        customer.sends("image")
        picture = desk.thread.get_by_role("button", name="Xem ảnh")
        expect(picture).to_be_visible(timeout=SOON)
        picture.focus()
        desk.page.keyboard.press("Enter")
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        desk.page.keyboard.press("Escape")
        expect(picture).to_be_focused()

        desk.page.keyboard.press("?")
        expect(desk.page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
        desk.page.keyboard.press("Escape")
        expect(picture).to_be_focused()

        opener = desk.page.get_by_role("button", name="Gửi tin mẫu")
        opener.focus()
        desk.page.keyboard.press("Enter")
        expect(desk.page.get_by_role("dialog", name="Gửi tin mẫu")).to_be_visible()
        desk.page.keyboard.press("Escape")
        expect(opener).to_be_focused()

        more = desk.page.get_by_role("button", name="Thêm", exact=True)
        for name in ("Xin thông tin khách", "Thêm nút bấm", "Gửi nhãn dán theo mã"):
            more.focus()
            desk.page.keyboard.press("Enter")
            desk.page.get_by_role("menuitem", name=name).click()
            dialog = desk.page.get_by_role("dialog")
            expect(dialog).to_be_visible()
            desk.page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
            _is_somewhere(desk)

    def test_the_focus_stays_after_what_takes_its_button_along(self, desk: Desk, customer: Customer) -> None:
        customer.changes(refuses_messages=True)
        desk.send("Dạ 9 triệu ạ")
        again = desk.bubble("Dạ 9 triệu ạ").get_by_role("button", name="Gửi lại")
        expect(again).to_be_visible(timeout=SOON)
        customer.changes(refuses_messages=False)
        again.focus()
        desk.page.keyboard.press("Enter")
        expect(desk.composer).to_be_focused()
        desk.tick("Dạ 9 triệu ạ", "Đã nhận")


class TestEmoji:
    def test_where_the_caret_stands_and_by_search(self, desk: Desk, customer: Customer) -> None:
        desk.composer.fill("Cảm ơn anh")
        desk.composer.press("Home")
        for _ in "Cảm ơn":
            desk.composer.press("ArrowRight")
        desk.page.get_by_role("button", name="Chèn biểu tượng cảm xúc").click()
        field = desk.page.get_by_role("textbox", name="Tìm biểu tượng cảm xúc")
        expect(field).to_be_focused()
        desk.page.get_by_role("button", name="tim đỏ").click()
        expect(desk.composer).to_have_value("Cảm ơn❤️ anh")
        field.fill("cam on")
        field.press("Enter")
        expect(desk.composer).to_have_value("Cảm ơn❤️🙏 anh")
        expect(desk.composer).to_be_focused()
        desk.page.keyboard.type(" nhiều")
        desk.page.keyboard.press("Enter")
        assert customer.received(1) == ["Cảm ơn❤️🙏 nhiều anh"]

        desk.page.get_by_role("button", name="Chèn biểu tượng cảm xúc").click()
        recent = desk.page.get_by_role("region", name="Vừa dùng").get_by_role("button")
        expect(recent.first).to_have_accessible_name("chắp tay")
        desk.page.keyboard.press("ArrowDown")
        expect(recent.first).to_be_focused()
        desk.page.keyboard.press("ArrowRight")
        desk.page.keyboard.press("Enter")
        desk.page.keyboard.press("Escape")
        expect(desk.composer).to_be_focused()
        expect(desk.composer).to_have_value("❤️")


class TestCustomerCard:
    def test_pictures_and_files_of_the_conversation(self, desk: Desk, customer: Customer) -> None:
        customer.sends("image")
        customer.sends("file")
        card = desk.page.get_by_role("complementary", name="Khách hàng").get_by_role("region", name="Ảnh và tệp")
        expect(card.get_by_title("Tải tệp về máy")).to_be_visible(timeout=SOON)
        card.get_by_role("button", name="Xem ảnh").click()
        expect(desk.page.get_by_role("dialog").get_by_role("img", name="Hình ảnh")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_at_any_width(open_desk: OpenDesk, width: int) -> None:
    desk = open_desk(size=(width, PHONE[1] if width < 500 else 768))
    customer = desk.customer("Công ty TNHH Thương mại Dịch vụ Xây lắp Điện Nguyễn Hoàng Phương Nam")
    customer.says("https://example.com/mot-duong-dan-rat-dai-khong-co-cho-xuong-dong/" + "x" * 160)
    customer.sends("image")
    assert _reaches_the_edge(desk) == []
    desk.enter(customer)
    expect(desk.composer).to_be_visible()
    assert _reaches_the_edge(desk) == []
    for name in ("Kết thúc phiên", "Gửi"):
        _is_whole(desk.page.get_by_role("button", name=name, exact=True), width)
    shown = desk.page.get_by_role("button", name=re.compile("^(Hiện|Ẩn) thông tin khách hàng"))
    _is_whole(shown, width)
    if width < 1200:
        shown.click()
        drawer = desk.page.get_by_role("dialog", name="Khách hàng")
        expect(drawer).to_contain_text("KH-")
        assert _reaches_the_edge(desk) == []
        desk.page.keyboard.press("Escape")
        expect(shown).to_be_focused()


def _is_somewhere(desk: Desk) -> None:
    """Not on the page as a whole, where the next Tab would begin at its top."""
    wait_until(lambda: desk.page.evaluate("document.activeElement !== document.body"), "a focus", 3)


def _is_whole(target: Locator, width: int) -> None:
    box = target.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


def _reaches_the_edge(desk: Desk) -> list[str]:
    """What makes the page, or a pane of it, scroll sideways."""
    return desk.page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('main, aside, section, header, [role=log]')]
            .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'hidden')
            .map(one => `${one.localName}.${one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""
    )
