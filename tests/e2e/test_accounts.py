"""Accounts: an invitation is accepted, a second factor set up and asked for, a browser cut off from another one, proof
asked before what is dangerous, and a list of colleagues looked at before it is taken in."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Locator, expect
from pyotp.totp import TOTP

from tests.e2e.desk import PHONE, SOON, Desk, OpenDesk
from tests.support.product import Product

PASSWORD = "gối lông vũ 2026"
"""Of whoever is invited here."""

pytestmark = pytest.mark.long


def dialog(desk: Desk) -> Locator:
    """The one on top."""
    return desk.page.get_by_role("dialog").last


def invite(admin: Desk, name: str, login: str) -> str:
    """The path of the link."""
    admin.page.get_by_role("button", name="Thêm nhân viên").click()
    dialog(admin).get_by_label("Họ và tên").fill(name)
    dialog(admin).get_by_label("E-mail hoặc số điện thoại").fill(login)
    dialog(admin).get_by_role("button", name="Mời", exact=True).click()
    expect(dialog(admin)).to_contain_text(f"Đã mời {name}", timeout=SOON)
    link = urlsplit(dialog(admin).get_by_text(re.compile("/invitation")).inner_text())
    # A stray Escape does not take away what nobody can read again.
    admin.page.keyboard.press("Escape")
    dialog(admin).get_by_role("button", name="Tôi đã chép").click()
    return f"{link.path}?{link.query}"


def accept(desk: Desk) -> None:
    enter = desk.page.get_by_role("button", name="Vào Sổ Khách")
    desk.page.get_by_label("Mật khẩu", exact=True).fill("ngắn")
    desk.page.get_by_role("checkbox").check()
    expect(enter).to_be_disabled()
    desk.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    desk.page.get_by_role("checkbox").uncheck()
    expect(enter).to_be_disabled()
    desk.page.get_by_role("checkbox").check()
    enter.click()
    expect(desk.page.get_by_role("navigation", name="Các trang")).to_be_visible(timeout=SOON)


def open_account(desk: Desk) -> None:
    desk.page.get_by_role("navigation", name="Các trang").get_by_role("button").last.click()
    desk.page.get_by_role("link", name="Tài khoản và bảo mật").click()
    expect(desk.page.get_by_role("heading", name="Tài khoản và bảo mật")).to_be_visible(timeout=SOON)


def someone_new(open_desk: OpenDesk, name: str, login: str, size: tuple[int, int] | None = None) -> tuple[Desk, Desk]:
    """The administrator, and somebody who has just accepted an invitation."""
    admin = open_desk(path="/staff")
    link = invite(admin, name, login)
    person = open_desk(None, path=link, size=size) if size else open_desk(None, path=link)
    expect(person.page.get_by_role("heading", name=f"Chào {name}")).to_be_visible(timeout=SOON)
    accept(person)
    return admin, person


def test_from_an_invitation_to_a_second_factor_on_a_phone(open_desk: OpenDesk) -> None:
    name, login = "Phan Thị Mơ", "mo@minhlong.example"
    admin, mo = someone_new(open_desk, name, login, PHONE)
    row = admin.page.get_by_role("article").filter(has_text=name)
    admin.page.reload()
    expect(row).to_contain_text("Vừa hoạt động", timeout=SOON)

    open_account(mo)
    assert mo.fits_the_screen()
    mo.page.get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(dialog(mo).get_by_role("img", name="Mã QR")).to_be_visible(timeout=SOON)
    assert mo.fits_the_screen()
    secret = dialog(mo).get_by_text(re.compile("^[A-Z2-7]{32}$")).inner_text()
    totp = TOTP(secret)
    mo.excuse("^403 PUT /api/account/totp$")
    dialog(mo).get_by_label("Mã 6 số").fill("000000")
    dialog(mo).get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(dialog(mo).get_by_role("alert")).to_contain_text("Mã sai", timeout=SOON)
    dialog(mo).get_by_label("Mã 6 số").fill(totp.now())
    dialog(mo).get_by_role("button", name="Bật xác thực hai lớp").click()
    codes = dialog(mo).get_by_role("list", name="Mã dự phòng").get_by_role("listitem")
    expect(codes).to_have_count(10, timeout=SOON)
    recovery = codes.first.inner_text()
    mo.page.keyboard.press("Escape")
    dialog(mo).get_by_role("button", name="Tôi đã cất mã").click()
    expect(mo.page.get_by_text("Đang bật")).to_be_visible(timeout=SOON)
    expect(mo.page.get_by_text("Còn 10 mã dự phòng.")).to_be_visible()

    mo.excuse("^401 ")
    mo.page.get_by_role("navigation", name="Các trang").get_by_role("button").last.click()
    mo.page.get_by_role("button", name="Đăng xuất", exact=True).last.click()
    mo.sign_in(login, PASSWORD)
    expect(mo.page.get_by_label("Mã 6 số")).to_have_attribute("autocomplete", "one-time-code", timeout=SOON)
    mo.page.get_by_label("Mã 6 số").fill("111111")
    mo.page.get_by_role("button", name="Xác nhận").click()
    expect(mo.page.get_by_role("alert")).to_contain_text("Mã sai", timeout=SOON)
    # The code of the set-up is used; the next one counts already.
    mo.page.get_by_label("Mã 6 số").fill(totp.at(int(time.time()) + 30))
    mo.page.get_by_role("button", name="Xác nhận").click()
    expect(mo.page.get_by_role("navigation", name="Các trang")).to_be_visible(timeout=SOON)

    elsewhere = open_desk(None, path="/sign-in")
    elsewhere.excuse("^401 ")
    elsewhere.sign_in(login, PASSWORD)
    elsewhere.page.get_by_role("button", name="Dùng mã dự phòng").click(timeout=SOON)
    elsewhere.page.get_by_label("Mã dự phòng").fill(recovery)
    elsewhere.page.get_by_role("button", name="Xác nhận").click()
    expect(elsewhere.page.get_by_role("navigation", name="Các trang")).to_be_visible(timeout=SOON)


def test_a_browser_is_cut_off_from_another_one(open_desk: OpenDesk) -> None:
    name, login = "Hà Văn Sơn", "son@minhlong.example"
    admin, here = someone_new(open_desk, name, login)
    there = open_desk(None, path="/sign-in")
    there.sign_in(login, PASSWORD)
    there.inbox.wait_for()

    open_account(here)
    devices = here.page.get_by_role("region", name="Máy đang đăng nhập").get_by_role("listitem")
    expect(devices).to_have_count(2, timeout=SOON)
    expect(devices.filter(has_text="Máy này")).to_have_count(1)
    there.excuse("^401 ")
    with here.page.expect_response(re.compile("/api/account/devices/")):
        devices.get_by_role("button", name=re.compile("^Đăng xuất")).click()
    cut = time.monotonic()
    there.page.wait_for_url(re.compile("/sign-in"), timeout=SOON)
    assert time.monotonic() - cut < 1.5
    expect(devices).to_have_count(1, timeout=SOON)

    admin.page.get_by_role("searchbox", name="Tìm nhân viên").fill(name)
    admin.page.get_by_role("link", name=name).click()
    here.excuse("^401 ")
    dialog(admin).get_by_role("button", name=re.compile("^Đăng xuất")).click(timeout=SOON)
    here.page.wait_for_url(re.compile("/sign-in"), timeout=SOON)
    expect(dialog(admin)).to_contain_text("Chưa đăng nhập ở máy nào", timeout=SOON)


def test_proof_is_asked_before_what_is_dangerous(open_desk: OpenDesk, running: Product) -> None:
    login = "thu@minhlong.example"
    _, thu = someone_new(open_desk, "Bạch Anh Thư", login)
    # As if she had signed in a while ago.
    running.rows(
        "UPDATE session SET created_at = created_at - interval '1 hour', sudo_until = NULL"
        f" WHERE staff_id = (SELECT id FROM staff WHERE email = '{login}') RETURNING id"
    )
    open_account(thu)
    thu.excuse("^403 POST /api/(account/tokens|session/sudo)$")
    thu.page.get_by_role("button", name="Tạo mã API").click(timeout=SOON)
    dialog(thu).get_by_label("Tên").fill("Phần mềm kế toán")
    dialog(thu).get_by_role("checkbox", name="Đọc hội thoại và tin nhắn").check()
    dialog(thu).get_by_role("button", name="Tạo mã API").click()
    expect(dialog(thu)).to_contain_text("Xác nhận đó là bạn", timeout=SOON)
    # Escape closes this dialog, not the form below.
    thu.page.keyboard.press("Escape")
    expect(dialog(thu).get_by_role("alert")).to_contain_text("nhập lại mật khẩu", timeout=SOON)
    dialog(thu).get_by_role("button", name="Tạo mã API").click()
    dialog(thu).get_by_label("Mật khẩu của bạn").fill("không phải", timeout=SOON)
    dialog(thu).get_by_role("button", name="Xác nhận").click()
    expect(dialog(thu).get_by_role("alert")).to_be_visible(timeout=SOON)
    dialog(thu).get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    dialog(thu).get_by_role("button", name="Xác nhận").click()
    expect(dialog(thu)).to_contain_text("Đã tạo mã API", timeout=SOON)
    token = dialog(thu).get_by_text(re.compile("^skh_")).inner_text()
    dialog(thu).get_by_role("button", name="Tôi đã chép").click()

    thu.excuse("^401 ")
    thu.page.context.clear_cookies()
    given = {"authorization": f"Bearer {token}"}
    assert thu.page.request.get("/api/conversations", headers=given).status == 200


def test_a_list_of_colleagues_is_looked_at_and_taken_in(open_desk: OpenDesk) -> None:
    admin = open_desk(path="/staff")
    admin.page.get_by_role("link", name="Nhập từ tệp").click()
    with admin.page.expect_download() as template:
        admin.page.get_by_role("link", name="Tải tệp mẫu").click()
    assert template.value.suggested_filename.endswith(".xlsx")

    def choose(*lines: str) -> None:
        table = "\n".join(("Họ và tên,E-mail,Vai trò,Nhóm", *lines))
        file = FilePayload(name="nhan-vien.csv", mimeType="text/csv", buffer=table.encode())
        admin.page.locator("input[type=file]").set_input_files(file)

    choose("Tô Hoài An,an@minhlong.example,,", "Vũ Bình,không-phải-email,Phi công,")
    table = admin.page.get_by_role("table")
    faulty = table.get_by_role("row").nth(1)
    expect(faulty).to_contain_text("Vũ Bình", timeout=SOON)
    expect(faulty).to_contain_text("không phải vai trò của Sổ Khách")
    expect(admin.page.get_by_role("heading", name="1 dòng cần sửa")).to_be_visible()
    expect(admin.page.get_by_role("button", name=re.compile("^Thêm và mời"))).to_have_count(0)
    admin.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert admin.fits_the_screen()

    choose("Tô Hoài An,an@minhlong.example,,", "Vũ Bình,0987654321,nhân viên,")
    admin.page.get_by_role("button", name="Thêm và mời 2 người").click(timeout=SOON)
    expect(admin.page.get_by_role("heading", name="Đã thêm 2 người")).to_be_visible(timeout=SOON)
    link = urlsplit(admin.page.get_by_text(re.compile("/invitation")).first.inner_text())
    assert admin.fits_the_screen()
    admin.page.get_by_role("link", name="Về danh sách nhân viên").click()
    row = admin.page.get_by_role("article").filter(has_text="Tô Hoài An")
    expect(row).to_contain_text("Chưa nhận lời mời", timeout=SOON)
    an = open_desk(None, path=f"{link.path}?{link.query}", size=PHONE)
    expect(an.page.get_by_role("heading", name="Chào Tô Hoài An")).to_be_visible(timeout=SOON)
    accept(an)
