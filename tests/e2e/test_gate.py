"""Who gets in, and how they like the place."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import HUY, LAN, Desk, OpenDesk, wait_until
from tests.support.product import LOGIN, Product, product


@pytest.fixture(scope="class")
def empty() -> Iterator[Product]:
    """Of a wider scope than `open_desk`, so that it outlives the pages that are open on it."""
    with product(demo=False) as started:
        yield started


class TestSignIn:
    def test_with_a_wrong_password_and_then_the_right_one(self, open_desk: OpenDesk, running: Product) -> None:
        desk = open_desk(None)
        desk.excuse("^401 POST /api/session$")
        desk.sign_in(LOGIN, "không phải mật khẩu này")
        expect(desk.page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu chưa đúng.")
        expect(desk.page.get_by_label("Mật khẩu", exact=True)).to_have_value("")
        desk.sign_in(LOGIN, running.password)
        expect(desk.page.get_by_role("heading", name="Hội thoại", exact=True)).to_be_visible()

    def test_guessing_is_stopped(self, open_desk: OpenDesk) -> None:
        desk = open_desk(None)
        desk.excuse("^(401|429) POST /api/session$")
        for _ in range(5):
            desk.sign_in("nguoi.la@minhlong.example", "đoán mò")
            expect(desk.page.get_by_label("Mật khẩu", exact=True)).to_have_value("")
            expect(desk.page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu chưa đúng.")
        desk.sign_in("nguoi.la@minhlong.example", "đoán mò")
        expect(desk.page.get_by_role("alert")).to_have_text(re.compile(r"^Hãy thử lại sau 1[45] phút\.$"))

    def test_leads_to_where_one_wanted_to_go_and_out_again(self, open_desk: OpenDesk, running: Product) -> None:
        desk = open_desk(None, path="/conversations?view=all")
        expect(desk.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        desk.sign_in(LAN, running.password)
        expect(desk.page).to_have_url(re.compile(r"/conversations\?view=all$"))
        desk.page.get_by_role("button", name="Tài khoản của Nguyễn Thị Lan").click()
        # What is being read in this moment may be refused.
        desk.excuse("^401 GET ")
        desk.page.get_by_role("button", name="Đăng xuất").click()
        expect(desk.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        desk.page.goto("/conversations")
        expect(desk.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


class TestPreferences:
    def test_language(self, open_desk: OpenDesk) -> None:
        desk = open_desk(HUY)
        _open_account(desk)
        desk.page.get_by_text("English", exact=True).click()
        expect(desk.page.get_by_role("heading", name="Conversations")).to_be_visible()
        expect(desk.page.locator("html")).to_have_attribute("lang", "en")
        elsewhere = open_desk(HUY, path="/conversations")
        expect(elsewhere.page.get_by_role("heading", name="Conversations")).to_be_visible()
        desk.page.get_by_text("Tiếng Việt", exact=True).click()
        expect(desk.page.get_by_role("heading", name="Hội thoại", exact=True)).to_be_visible()
        elsewhere.page.reload()
        expect(elsewhere.page.get_by_role("heading", name="Hội thoại", exact=True)).to_be_visible()

    def test_colours(self, open_desk: OpenDesk) -> None:
        desk = open_desk(HUY)
        assert _brightness(desk) > 200
        _open_account(desk)
        desk.page.get_by_text("Tối", exact=True).click()
        expect(desk.page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        assert _brightness(desk) < 60
        desk.page.reload()
        desk.inbox.wait_for()
        assert _brightness(desk) < 60
        _open_account(desk)
        desk.page.get_by_text("Theo máy", exact=True).click()
        expect(desk.page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")

    def test_colours_of_the_computer(self, open_desk: OpenDesk) -> None:
        assert _brightness(open_desk(scheme="dark")) < 60


class TestFirstOwner:
    """`sokhach run --no-demo` in an empty folder."""

    def test_by_the_link_that_the_terminal_shows(self, open_desk: OpenDesk, empty: Product) -> None:
        stranger = open_desk(None, product=empty)
        expect(stranger.page.get_by_text("Hệ thống chưa có chủ.")).to_be_visible()

        wait_until(lambda: _links(empty) != [], "the link")
        [link] = _links(empty)
        desk = open_desk(None, product=empty, path=link)
        desk.page.get_by_label("Họ và tên").fill("Phạm Minh Châu")
        desk.page.get_by_label("E-mail hoặc số điện thoại").fill("0912 345 678")
        desk.page.get_by_label("Mật khẩu", exact=True).fill("ngắn")
        desk.excuse("^400 POST /api/setup$|^422 POST /api/setup$")
        desk.page.get_by_role("button", name="Tạo và đăng nhập").click()
        expect(desk.page.get_by_role("alert")).to_contain_text("10 ký tự")
        desk.page.get_by_label("Mật khẩu", exact=True).fill("gối lông vũ 2026")
        desk.page.get_by_role("button", name="Tạo và đăng nhập").click()
        expect(desk.page.get_by_text("Không còn phiên chăm sóc nào đang mở")).to_be_visible()
        desk.go("Tài khoản kênh")
        expect(desk.page.get_by_text("Chưa có tài khoản kênh nào")).to_be_visible()
        desk.page.get_by_role("button", name="Kết nối Zalo OA").click()
        expect(desk.page.get_by_label("ID ứng dụng")).to_be_visible()

        stranger.page.goto(link)
        expect(stranger.page.get_by_role("heading", name="Hệ thống đã có chủ")).to_be_visible()
        stranger.page.get_by_role("link", name="Tới trang đăng nhập").click()
        stranger.sign_in("0912345678", "gối lông vũ 2026")
        expect(stranger.page.get_by_text("Không còn phiên chăm sóc nào đang mở")).to_be_visible()


def _links(empty: Product) -> list[str]:
    return re.findall(r"http://\S+/setup\?token=\S+", empty.log.read_text("utf-8"))


def _open_account(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Tài khoản của Lê Quốc Huy").click()


def _brightness(desk: Desk) -> float:
    """Of the list's ground: 0 black, 255 white."""
    pane = desk.page.get_by_role("region", name="Hội thoại")
    colour: str = pane.evaluate("pane => getComputedStyle(pane).backgroundColor")
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3
