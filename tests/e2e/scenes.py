"""What opens over the pages, for `make screenshots ARGS=--all`: to be looked at, not tested."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator, Page

from tests.e2e.desk import LAN, SOON, Customer
from tests.support.product import LOGIN, Product

LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Huyền Trân (chị hai tiệm vải chợ Thủ Dầu Một)"
PHONE_WIDTH = 768
"""Below it the console has its layout of a phone."""


class Scene(NamedTuple):
    """`page` is a place of `screenshots._places`, `act` what somebody does there. `login` None: nobody signed in."""

    name: str
    page: str
    act: Callable[[Page], object]
    login: str | None = LOGIN


def is_phone(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < PHONE_WIDTH


def long_talk(running: Product) -> Customer:
    """Everything that a thread can show, from somebody with the longest of names."""
    customer = Customer(running, LONG_NAME)
    customer.says("Chào shop, cho mình hỏi mẫu này nha", days_ago=3)
    for kind in ("image", "image", "image", "sticker", "audio", "file", "location", "link", "video"):
        customer.sends(kind, days_ago=2)
    customer.says("https://example.com/" + "duong-dan-rat-dai-" * 9, days_ago=1)
    customer.says("Ứng dụng ĐỪNG BỎ LỠ: ẾỄỘỰ, ẳẵ ặ, Ỷ lại. " * 6, days_ago=0.02)
    return customer


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def _press(name: str) -> Callable[[Page], object]:
    return lambda page: _button(page, name).first.click(timeout=SOON)


def _more(name: str) -> Callable[[Page], object]:
    """A dialog of the composer, wherever its button is."""

    def act(page: Page) -> None:
        if not is_phone(page) and _button(page, name).count():
            _button(page, name).first.click()
            return
        page.get_by_role("button", name="Thêm", exact=True).click()
        page.get_by_role("menuitem", name=name).click()

    return act


def _hold(page: Page) -> None:
    """The actions of a message: under the pointer, or held by a finger."""
    message = page.get_by_text("Vậy cho chị một bộ nhé")
    if not is_phone(page):
        message.hover()
        _button(page, "Thả cảm xúc").locator("visible=true").last.click()
        return
    box = message.bounding_box()
    assert box
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(700)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _above(page: Page) -> None:
    """To the pictures, the voice and the files."""
    page.get_by_role("button", name="Nghe tin thoại").evaluate("one => one.scrollIntoView({block: 'center'})")


def _panel(page: Page) -> None:
    button = _button(page, "Hiện thông tin khách hàng")
    if button.count():
        button.click()


def _templates(page: Page) -> None:
    _more("Gửi tin mẫu")(page)
    page.get_by_role("dialog").get_by_role("button").nth(2).click()


def _search_in_vain(page: Page) -> None:
    page.get_by_role("searchbox").fill("không ai tên thế này")


def _shortcuts(page: Page) -> None:
    # A phone has no keys to tell of.
    if is_phone(page):
        return
    page.get_by_role("log", name="Tin nhắn").focus()
    page.keyboard.press("?")


def _account(page: Page) -> None:
    page.get_by_role("button", name="Tôi" if is_phone(page) else "Tài khoản của").first.click()


def _open_person(page: Page) -> None:
    page.get_by_role("link", name="Nguyễn Thị Lan").click()


def _suspend(page: Page) -> None:
    _open_person(page)
    page.get_by_role("dialog").get_by_role("button", name="Tạm ngưng").click()


def _nothing(_: Page) -> None:
    return None


def _bottom(page: Page) -> None:
    page.get_by_role("main").evaluate("one => one.scrollTo(0, one.scrollHeight)")


def _wrong(page: Page) -> None:
    page.get_by_label("E-mail hoặc số điện thoại").fill("ai.do@minhlong.example")
    page.get_by_label("Mật khẩu", exact=True).fill("đoán")
    _button(page, "Đăng nhập").click()


SCENES = (
    Scene("thread-long-above", "long", _above),
    Scene("thread-long-customer", "long", _panel),
    Scene("thread-image", "thread", _press("Xem ảnh")),
    Scene("thread-actions", "thread", _hold),
    Scene("thread-customer", "thread", _panel),
    Scene("composer-more", "thread", lambda page: page.get_by_role("button", name="Thêm", exact=True).click()),
    Scene("composer-emoji", "thread", _more("Chèn biểu tượng cảm xúc")),
    Scene("composer-template", "thread", _more("Gửi tin mẫu")),
    Scene("composer-template-form", "thread", _templates),
    Scene("composer-request", "thread", _more("Xin thông tin khách")),
    Scene("composer-buttons", "thread", _more("Thêm nút bấm")),
    Scene("composer-sticker", "thread", _more("Gửi nhãn dán theo mã")),
    Scene("inbox-filter", "inbox", _press("Lọc danh sách")),
    Scene("inbox-nothing-found", "inbox", _search_in_vain),
    Scene("shortcuts", "thread", _shortcuts),
    Scene("account-menu", "inbox", _account),
    Scene("channel-account-below", "channel-account", _bottom),
    Scene("demo-below", "demo", _bottom),
    Scene("staff-team-menu", "staff-teams", _press("Thao tác với")),
    Scene("staff-team-add", "staff-teams", _press("Thêm nhóm")),
    Scene("staff-add", "staff", _press("Thêm nhân viên")),
    Scene("staff-person", "staff", _open_person),
    Scene("staff-suspend", "staff", _suspend),
    Scene("staff-refused", "staff", _nothing, LAN),
    Scene("staff-nobody", "staff-nobody", _nothing),
    Scene("limit-edit", "limits", _press("Sửa: ")),
    Scene("demo-clear", "demo", _press("Xóa dữ liệu mẫu")),
    Scene("privacy-close", "privacy-requests", _press("Đóng yêu cầu")),
    Scene("sign-in-wrong", "sign-in", _wrong, None),
)
