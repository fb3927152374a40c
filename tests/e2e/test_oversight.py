"""What an administrator sees of who read, changed and was refused what; and why somebody sees a conversation."""

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import DESKTOP, LAN, PHONE, SOON, Desk, OpenDesk

pytestmark = pytest.mark.long

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def test_who_read_a_conversation(desk: Desk) -> None:
    customer = desk.customer("Đỗ Thu Hạnh")
    customer.says("Còn chăn ga 1m8 không shop")
    desk.enter(customer)
    expect(desk.thread).to_contain_text("Còn chăn ga 1m8 không shop", timeout=SOON)
    desk.go("Nhật ký xem")
    row = desk.page.get_by_role("article").filter(has_text="Đỗ Thu Hạnh")
    expect(row).to_contain_text("Đọc tin nhắn")
    desk.page.get_by_label("Cách xem").select_option("export")
    expect(desk.page.get_by_text("Chưa có lượt xem nào")).to_be_visible()
    desk.page.get_by_role("button", name="Bỏ lọc").click()
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    expect(desk.thread).to_contain_text("Còn chăn ga 1m8 không shop")


@SIZES
def test_what_was_refused(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    lan = open_desk(LAN)
    assert lan.page.request.get("/api/staff").status == 403
    admin = open_desk(size=size, path="/access-refusals")
    row = admin.page.get_by_role("article").filter(has_text="Không được làm: Xem danh sách nhân viên").first
    expect(row).to_contain_text("Chrome")
    assert admin.fits_the_screen()


@SIZES
def test_what_was_changed(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    admin = open_desk(size=size, path="/channel-limits")
    # The cookie comes with the first answer.
    expect(admin.page.get_by_role("heading", level=1)).to_be_visible(timeout=SOON)
    admin.page.wait_for_load_state("networkidle")
    token = {"x-csrftoken": next(one["value"] for one in admin.page.context.cookies() if one["name"] == "csrftoken")}  # pyright: ignore[reportTypedDictNotRequiredAccess]
    for value in (3, 4):
        answer = admin.page.request.put("/api/channel-limits/zalo_oa.buttons", data={"value": value}, headers=token)
        assert answer.status == 200, answer.text()
    admin.page.request.delete("/api/channel-limits/zalo_oa.buttons", headers=token)
    admin.page.goto("/audit-log?action=channel_limit:change")
    row = admin.page.get_by_role("article").first
    expect(row).to_contain_text("Đổi giới hạn của kênh")
    expect(row.locator("del")).to_have_text("3")
    expect(row.locator("ins")).to_have_text("4")
    assert admin.fits_the_screen()


@SIZES
def test_why_somebody_sees_it(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    admin = open_desk(size=size, path="/visibility")
    expect(admin.page.get_by_text("Chưa đủ để trả lời")).to_be_visible()
    admin.page.get_by_label("Nhân viên").select_option(index=1)
    admin.page.get_by_label("Mã hội thoại").fill("HT-000001")
    expect(admin.page.get_by_role("heading", level=2)).to_contain_text("xem được hội thoại này", timeout=SOON)
    expect(admin.page.get_by_role("listitem").filter(has_text=".").first).to_be_visible()
    admin.page.get_by_label("Mã hội thoại").fill("KH-1")
    expect(admin.page.get_by_text("Mã có dạng HT-000123")).to_be_visible()
    assert admin.fits_the_screen()
