"""The page of staff: somebody is added, works, gets another role, and is out at once when they are suspended."""

import re
import time

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.desk import DESKTOP, LAN, PHONE, SOON, Desk, OpenDesk

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def dialog(desk: Desk) -> Locator:
    """The one on top."""
    return desk.page.get_by_role("dialog").last


def open_person(desk: Desk, name: str) -> None:
    desk.page.get_by_role("searchbox", name="Tìm nhân viên").fill(name)
    desk.page.get_by_role("link", name=name).click()
    expect(dialog(desk).get_by_text(re.compile("NV-"))).to_be_visible(timeout=SOON)


def touchable(desk: Desk) -> list[str]:
    """What is smaller than a thumb, on a phone."""
    return desk.page.evaluate(
        """() => [...document.querySelectorAll('main button, main select, [role=dialog] button')]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
            .map(one => one.textContent || one.ariaLabel)"""
    )


@SIZES
def test_somebody_is_added_works_and_is_suspended(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    name = f"Lê Thị Hoa {size[0]}"
    login = f"hoa-{size[0]}@minhlong.example"
    admin = open_desk(size=size, path="/staff")
    expect(admin.page.get_by_role("article").first).to_be_visible(timeout=SOON)
    assert admin.fits_the_screen()
    assert size == DESKTOP or touchable(admin) == []

    admin.page.get_by_role("button", name="Thêm nhân viên").click()
    form = dialog(admin)
    form.get_by_label("Họ và tên").fill(name)
    form.get_by_label("E-mail hoặc số điện thoại").fill(login)
    form.get_by_text("Tạo sẵn mật khẩu").click()
    assert size == DESKTOP or touchable(admin) == []
    form.get_by_role("button", name="Thêm nhân viên").click()
    expect(dialog(admin)).to_contain_text(f"Đã thêm {name}", timeout=SOON)
    password = dialog(admin).get_by_text(re.compile(r"^\w{4}-\w{4}-\w{4}$")).inner_text()
    # A stray Escape does not take away what nobody can read again.
    admin.page.keyboard.press("Escape")
    dialog(admin).get_by_role("button", name="Tôi đã chép").click()
    expect(admin.page.get_by_text(password)).to_have_count(0)

    hoa = open_desk(None, size=size, path="/sign-in")
    hoa.sign_in(login, password)
    # Who got a password has not been told yet that chats are recorded.
    hoa.page.get_by_role("checkbox", name="Tôi đã đọc và biết").check(timeout=SOON)
    hoa.page.get_by_role("button", name="Tiếp tục").click()
    expect(hoa.page.get_by_role("navigation", name="Các trang")).to_be_visible(timeout=SOON)
    expect(hoa.page.get_by_role("link", name="Quản trị")).to_have_count(0)

    open_person(admin, name)
    expect(dialog(admin)).to_contain_text("Vừa hoạt động")
    dialog(admin).get_by_role("radio", name="Quản lý").check()
    dialog(admin).get_by_role("button", name="Lưu thay đổi").click()
    # Without a reload: the open socket is told, and comes back as who she is now.
    expect(hoa.page.get_by_role("link", name="Quản trị")).to_be_visible(timeout=SOON)

    hoa.excuse("^401 ")
    dialog(admin).get_by_role("button", name="Tạm ngưng").click()
    expect(dialog(admin)).to_contain_text("đăng xuất khỏi mọi máy")
    with admin.page.expect_response(re.compile("/suspension$")):
        dialog(admin).get_by_role("button", name="Tạm ngưng").click()
    suspended = time.monotonic()
    hoa.page.wait_for_url(re.compile("/sign-in"), timeout=SOON)
    assert time.monotonic() - suspended < 1.5
    hoa.excuse("^429 |^401 ")
    hoa.sign_in(login, password)
    expect(hoa.page.get_by_role("alert")).to_contain_text("chưa đúng", timeout=SOON)

    expect(dialog(admin)).to_contain_text("đang tạm ngưng")
    dialog(admin).get_by_role("button", name="Cho làm việc lại").click()
    expect(dialog(admin).get_by_role("button", name="Tạm ngưng")).to_be_visible(timeout=SOON)
    hoa.sign_in(login, password)
    expect(hoa.page.get_by_role("navigation", name="Các trang")).to_be_visible(timeout=SOON)


@SIZES
def test_a_team_is_added_moved_and_deleted(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    name = f"Ca tối {size[0]}"
    admin = open_desk(size=size, path="/staff?view=teams")
    admin.page.get_by_role("button", name="Thêm nhóm").click()
    dialog(admin).get_by_label("Tên nhóm").fill(name)
    dialog(admin).get_by_role("button", name="Thêm").click()
    row = admin.page.get_by_role("listitem").filter(has=admin.page.get_by_role("heading", name=name))
    expect(row).to_be_visible(timeout=SOON)
    assert size == DESKTOP or touchable(admin) == []
    assert admin.fits_the_screen()

    row.get_by_role("button", name=f"Thao tác với {name}").click()
    admin.page.get_by_role("menuitem", name="Đổi tên hoặc chuyển").click()
    dialog(admin).get_by_label("Tên nhóm").fill(f"{name} mới")
    dialog(admin).get_by_role("button", name="Lưu").click()
    renamed = admin.page.get_by_role("listitem").filter(
        has=admin.page.get_by_role("heading", name=f"{name} mới", exact=True)
    )
    expect(renamed).to_contain_text("0 người", timeout=SOON)

    renamed.get_by_role("button", name=re.compile("Thao tác")).click()
    admin.page.get_by_role("menuitem", name="Xóa").click()
    dialog(admin).get_by_role("button", name="Xóa").click()
    expect(renamed).to_have_count(0, timeout=SOON)


def test_a_team_is_added_before_the_others_are_listed(open_desk: OpenDesk) -> None:
    admin = open_desk()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    admin.page.route("**/api/teams", hold)
    admin.page.goto("/staff?view=teams")
    admin.page.get_by_role("button", name="Thêm nhóm").click()
    expect(dialog(admin).get_by_label("Tên nhóm")).to_be_visible()
    for route in held:
        route.continue_()
    admin.page.unroute("**/api/teams", hold)
    expect(dialog(admin).get_by_label("Thuộc về").get_by_role("option")).not_to_have_count(1, timeout=SOON)
    expect(dialog(admin).get_by_label("Tên nhóm")).to_be_visible()


def test_the_last_administrator_stays_one(open_desk: OpenDesk) -> None:
    admin = open_desk(path="/staff?role=admin")
    admin.excuse("^409 PATCH ")
    admin.page.get_by_role("article").filter(has_text="(bạn)").get_by_role("link").click()
    assert admin.page.request.get("/api/staff?role=admin&suspended=false").json()["total"] == 1
    dialog(admin).get_by_role("radio", name="Nhân viên").check()
    dialog(admin).get_by_role("button", name="Lưu thay đổi").click()
    expect(dialog(admin).get_by_role("alert")).to_contain_text("ít nhất một người quản trị", timeout=SOON)


def test_staff_do_not_open_it(open_desk: OpenDesk) -> None:
    lan = open_desk(LAN)
    lan.excuse("^403 GET /api/(staff|teams)$")
    lan.page.goto("/staff")
    expect(lan.page.get_by_text("Bạn chưa có quyền này")).to_be_visible(timeout=SOON)
    expect(lan.page.get_by_role("article")).to_have_count(0)
    assert lan.page.request.get("/api/staff").status == 403
