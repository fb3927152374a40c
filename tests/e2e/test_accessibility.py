"""No serious finding of axe on any page, in either scheme."""

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import FilePayload, expect

from sokhach import demo
from tests.e2e.desk import DESKTOP, HUY, LAN, PHONE, SOON, Customer, Desk, OpenDesk
from tests.e2e.office import Office, do, open_card
from tests.support.product import LOGIN, Product

AXE = Path(__file__).parents[2] / "console" / "node_modules" / "axe-core" / "axe.min.js"

TABLET = (1024, 768)

# Many pages in many sizes: minutes that `make test` does not have.
pytestmark = pytest.mark.long

Scheme = Literal["light", "dark"]
both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@both_schemes
def test_gate(open_desk: OpenDesk, scheme: Scheme) -> None:
    desk = open_desk(None, scheme=scheme)
    desk.excuse("^401 POST /api/session$")
    desk.sign_in("ai.do@minhlong.example", "đoán")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_inbox_and_thread(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    desk = open_desk(scheme=scheme, size=size)
    customer = desk.customer("Khánh Linh")
    customer.follows()
    customer.says("Xem https://example.com/mau-ga nha shop")
    customer.sends("image")
    customer.sends("sticker")
    expect(desk.row(customer)).to_contain_text("Nhãn dán", timeout=SOON)
    _is_accessible(desk)

    desk.enter(customer)
    desk.send("Dạ shop xem rồi ạ")
    desk.tick("Dạ shop xem rồi ạ", "Đã nhận")
    customer.changes(refuses_messages=True)
    desk.send("Shop gửi bạn mẫu mới")
    desk.tick("Shop gửi bạn mẫu mới", "Chưa gửi được")
    _is_accessible(desk)

    desk.thread.get_by_role("button", name="Xem ảnh").click()
    expect(desk.page.get_by_role("dialog").get_by_role("img", name="Hình ảnh")).to_be_visible()
    _is_accessible(desk)
    desk.page.keyboard.press("Escape")
    if size == PHONE:
        desk.page.get_by_role("button", name="Hiện thông tin khách hàng").click()
        expect(desk.page.get_by_role("dialog", name="Khách hàng")).to_be_visible()
    else:
        desk.page.get_by_role("button", name="Tài khoản của Trần Minh Long").click()
        expect(desk.page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE])
def test_what_opens_over_the_inbox(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    desk = open_desk(scheme=scheme, size=size)
    customer = desk.customer("Khánh Linh")
    customer.says("Xem mẫu này nha shop")
    customer.sends("file")
    expect(desk.row(customer)).to_be_visible(timeout=SOON)
    desk.page.get_by_role("button", name="Lọc danh sách").click()
    desk.page.get_by_role("menuitemcheckbox", name="Chưa đọc").click()
    _is_accessible(desk)
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("searchbox").fill("không ai tên thế này")
    expect(desk.page.get_by_text("Không tìm thấy hội thoại nào")).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    desk.page.get_by_role("searchbox").fill(customer.name)
    _is_accessible(desk)
    desk.enter(customer)
    if size == PHONE:
        desk.page.get_by_role("button", name="Thêm", exact=True).click()
        _is_accessible(desk)
        desk.page.get_by_role("menuitem", name="Chèn biểu tượng cảm xúc").click()
    else:
        desk.page.get_by_role("button", name="Chèn biểu tượng cảm xúc").click()
    expect(desk.page.get_by_role("region", name="Mặt cười")).to_be_visible()
    _is_accessible(desk)
    desk.page.get_by_role("textbox", name="Tìm biểu tượng cảm xúc").press("Escape")
    expect(desk.page.get_by_role("region", name="Mặt cười")).to_have_count(0)
    if size == TABLET:
        desk.page.get_by_role("button", name="Hiện thông tin khách hàng").click()
        expect(desk.page.get_by_role("dialog", name="Khách hàng")).to_contain_text("Ảnh và tệp", timeout=SOON)
        _is_accessible(desk)
        desk.page.keyboard.press("Escape")
    if size == DESKTOP:
        expect(desk.composer).to_be_focused()
        desk.thread.focus()
        desk.page.keyboard.press("?")
        expect(desk.page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
        _is_accessible(desk)
        desk.page.keyboard.press("Escape")
    _open_more(desk, "Gửi tin mẫu")
    _is_accessible(desk)
    desk.page.keyboard.press("Escape")
    _open_more(desk, "Xin thông tin khách")
    _is_accessible(desk)
    desk.page.keyboard.press("Escape")
    with desk.offline():
        expect(desk.page.get_by_text("Mất kết nối. Đang nối lại…")).to_be_visible(timeout=SOON)
        desk.send("Dạ em xem rồi")
        expect(desk.bubble("Dạ em xem rồi")).to_contain_text("Tin sẽ tự gửi")
        _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_whose_a_customer_is(open_desk: OpenDesk, running: Product, scheme: Scheme, size: tuple[int, int]) -> None:
    office = Office(running)
    customer = Customer(running, f"Khánh Vân {scheme} {size[0]}")
    customer.says("Nhà mình còn mẫu này không")
    conversation = office.conversation(customer)
    office.gives(conversation, LAN)
    office.shares(conversation, HUY)
    desk = open_desk(LAN, scheme=scheme, size=size, path=f"/conversations/{conversation}")
    expect(desk.thread).to_be_visible(timeout=SOON)
    desk.page.get_by_role("tab", name="Ghi chú nội bộ").click()
    note = desk.page.get_by_role("combobox", name="Ghi chú nội bộ")
    note.press_sequentially("@quoc huy")
    expect(desk.page.get_by_role("option").first).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    note.press("Tab")
    desk.page.get_by_role("button", name="Lưu ghi chú").click()
    expect(desk.thread.get_by_role("article")).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    for what in ("Chia sẻ có thời hạn", "Lịch sử phụ trách"):
        dialog = do(desk, what)
        expect(dialog.get_by_role("listitem").first).to_be_visible(timeout=SOON)
        _is_accessible(desk)
        desk.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    open_card(desk, size)
    _is_accessible(desk)
    office.close()


@pytest.mark.parametrize("path", ["/setup", "/khong-co-trang-nay", "/conversations?view=mine"])
@both_schemes
def test_other_pages(open_desk: OpenDesk, scheme: Scheme, path: str) -> None:
    desk = open_desk(None if path == "/setup" else LOGIN, scheme=scheme, path=path)
    expect(desk.page.locator("h1, main p").first).to_be_visible()
    _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_customer_s_phone(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    writer = open_desk()
    customer = writer.customer("Đinh Thị Thảo")
    customer.says("Shop ơi còn hàng không")
    phone = open_desk(
        None, scheme=scheme, size=size, path=f"{writer.running.phone}?oa={demo.OA_ID}&user={customer.user_id}"
    )
    expect(phone.page.get_by_text("Shop ơi còn hàng không").first).to_be_visible(timeout=SOON)
    _is_accessible(phone)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_administration(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    writer = open_desk()
    customer = writer.customer("Đặng Quốc Dũng")
    customer.says("từ năm 2066", days_ago=-40 * 365)
    customer.says("của hôm nay")
    writer.running.order(f"/oas/{demo.OA_ID}/users/{customer.user_id}/withdrawal")
    desk = open_desk(scheme=scheme, size=size, path="/channel-accounts")
    main = desk.page.get_by_role("main")
    for name, shown in (
        ("Tài khoản kênh", main.get_by_role("article")),
        ("Nhân viên", main.get_by_text(LAN)),
        ("Dữ liệu mẫu", main.get_by_role("button", name="Xóa dữ liệu mẫu")),
        ("Giới hạn và giá", main.get_by_role("listitem")),
        ("Yêu cầu riêng tư", main.get_by_role("article")),
        ("Tin chờ xử lý lỗi", main.get_by_role("article")),
    ):
        desk.go(name)
        expect(shown.first).to_be_visible(timeout=SOON)
        _is_accessible(desk)
    desk.page.goto("/channel-accounts/1")
    expect(desk.page.get_by_role("region", name="Hồ sơ")).to_be_visible()
    _is_accessible(desk)
    desk.page.goto("/channel-accounts/new")
    expect(desk.page.get_by_label("ID ứng dụng")).to_be_visible()
    _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_staff(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    desk = open_desk(scheme=scheme, size=size, path="/staff?state=all")
    expect(desk.page.get_by_role("article").first).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    desk.page.get_by_role("link", name="Nguyễn Thị Lan").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Tạm ngưng").click()
    expect(desk.page.get_by_role("dialog").last).to_contain_text("đăng xuất khỏi mọi máy")
    _is_accessible(desk)
    desk.page.goto("/staff?view=teams")
    desk.page.get_by_role("button", name=re.compile("^Thao tác với")).first.click()
    expect(desk.page.get_by_role("menuitem").first).to_be_visible()
    _is_accessible(desk)
    desk.page.goto("/staff")
    desk.page.get_by_role("button", name="Thêm nhân viên").click()
    expect(desk.page.get_by_role("dialog").get_by_label("Họ và tên")).to_be_visible()
    _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_calendar(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    desk = open_desk(scheme=scheme, size=size, path="/calendar")
    desk.page.get_by_role("button", name=re.compile("Sửa giờ|Đặt giờ riêng")).click(timeout=SOON)
    _is_accessible(desk)
    for section, opens in (("days", "Thêm ngày"), ("shifts", "Thêm ca"), ("leave", "Thêm lịch nghỉ")):
        desk.page.goto(f"/calendar?section={section}")
        button = desk.page.get_by_role("button", name=re.compile(f"^{opens}")).first
        expect(button).to_be_visible(timeout=SOON)
        _is_accessible(desk)
        button.click()
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        _is_accessible(desk)


@both_schemes
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_accounts(open_desk: OpenDesk, scheme: Scheme, size: tuple[int, int]) -> None:
    desk = open_desk(scheme=scheme, size=size, path="/account")
    expect(desk.page.get_by_text("Máy này")).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    desk.page.get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(desk.page.get_by_role("img", name="Mã QR")).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    desk.page.goto("/account")
    desk.page.get_by_role("button", name="Tạo mã API").click()
    expect(desk.page.get_by_role("dialog").get_by_label("Tên")).to_be_visible()
    _is_accessible(desk)
    desk.page.goto("/security")
    expect(desk.page.get_by_role("checkbox").first).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    desk.page.goto("/staff/import")
    table = "Họ và tên,E-mail\nVũ Bình,không phải\n".encode()
    file = FilePayload(name="nhan-vien.csv", mimeType="text/csv", buffer=table)
    desk.page.locator("input[type=file]").set_input_files(file)
    expect(desk.page.get_by_role("table")).to_be_visible(timeout=SOON)
    _is_accessible(desk)
    gate = open_desk(None, scheme=scheme, size=size, path="/invitation?token=x")
    gate.excuse("^410 ")
    expect(gate.page.get_by_role("alert")).to_be_visible(timeout=SOON)
    _is_accessible(gate)
    gate.page.goto("/password-reset?token=x")
    gate.page.get_by_label("Mật khẩu mới", exact=True).fill("gối lông")
    _is_accessible(gate)


def _open_more(desk: Desk, name: str) -> None:
    """A dialog of the composer: some have a button of their own, on a phone all stand behind the plus."""
    button = desk.page.get_by_role("button", name=name)
    if button.count():
        button.click()
    else:
        desk.page.get_by_role("button", name="Thêm", exact=True).click()
        desk.page.get_by_role("menuitem", name=name).click()
    expect(desk.page.get_by_role("dialog", name=name)).to_be_visible()


def _is_accessible(desk: Desk) -> None:
    desk.page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = desk.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [
        f"{one['impact']} {one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ] == []
