"""The pages of the administration, and who may not see them."""

import re

import pytest
from playwright.sync_api import Locator, expect

from sokhach import demo
from tests.e2e.desk import LAN, SOON, Desk, OpenDesk, wait_until


def test_channel_accounts_say_how_they_are(desk: Desk) -> None:
    customer = desk.customer("Đỗ Thanh Nga")
    customer.says("Shop ơi")
    expect(desk.row(customer)).to_be_visible(timeout=SOON)
    desk.go("Tài khoản kênh")
    card = desk.page.get_by_role("article").filter(has_text=demo.OA_NAME)
    expect(card).to_contain_text("Hoạt động tốt")
    expect(card).to_contain_text(demo.OA_ID)
    received = card.locator("dl div", has_text="Đã nhận").get_by_role("definition")
    before = int(received.inner_text().replace(".", ""))
    assert before > 0
    customer.says("Còn đó không ạ")
    wait_until(lambda: int(_shown_anew(desk, received)) > before, "a higher count")


def test_what_cannot_be_applied_waits_in_quarantine_with_its_reason(desk: Desk) -> None:
    before: int = desk.page.request.get("/api/quarantine").json()["total"]
    customer = desk.customer("Phạm Phương Thảo")
    customer.says("từ năm 2066", days_ago=-40 * 365)
    customer.says("từ năm 2067", days_ago=-41 * 365)
    customer.says("của hôm nay")
    expect(desk.row(customer)).to_contain_text("của hôm nay", timeout=SOON)
    desk.enter(customer)
    expect(desk.thread).not_to_contain_text("từ năm")

    desk.go("Tin chờ xử lý lỗi")
    cards = desk.page.get_by_role("article")
    expect(cards).to_have_count(before + 2, timeout=SOON)
    card = cards.first
    expect(card).to_contain_text("Thời gian của tin nằm ngoài khoảng hợp lý.")
    expect(card).to_contain_text(demo.OA_NAME)
    expect(card).to_contain_text("đã thử 1 lần")
    card.get_by_role("button", name="Thử lại").click()
    expect(card.get_by_role("status")).to_have_text("Đã thử lại, vẫn chưa đọc được.", timeout=SOON)
    expect(card).to_contain_text("đã thử 2 lần")
    expect(cards.nth(1)).to_contain_text("đã thử 1 lần")
    desk.page.get_by_role("button", name="Thử lại tất cả").click()
    expect(card).to_contain_text("đã thử 3 lần", timeout=SOON)
    expect(cards.nth(1)).to_contain_text("đã thử 2 lần")

    desk.go("Tài khoản kênh")
    expect(desk.page.get_by_role("article").get_by_role("link", name=f"{before + 2}", exact=True)).to_be_visible()


def _shown_anew(desk: Desk, fact: Locator) -> str:
    desk.page.reload()
    return fact.inner_text()


@pytest.mark.parametrize(
    ("path", "api"),
    [
        ("/channel-accounts", "/api/channel-accounts"),
        ("/channel-accounts/1", "/api/channel-accounts/1"),
        ("/channel-limits", "/api/channel-limits"),
        ("/privacy-requests", "/api/privacy-requests"),
        ("/quarantine", "/api/quarantine"),
    ],
)
def test_staff_neither_see_nor_open_it(open_desk: OpenDesk, path: str, api: str) -> None:
    lan = open_desk(LAN)
    expect(lan.page.get_by_role("link", name="Quản trị")).to_have_count(0)
    lan.excuse(f"^403 GET {api}(/log)?$")
    lan.page.goto(path)
    expect(lan.page.get_by_text("Bạn chưa có quyền này")).to_be_visible()
    expect(lan.page.get_by_role("article")).to_have_count(0)
    assert lan.page.request.get(api).status == 403


def test_sees_an_account_whose_token_was_revoked(desk: Desk) -> None:
    desk.running.order(f"/oas/{demo.OA_ID}/revocation", refresh_too=False)
    customer = desk.customer("Vũ Ngọc Mai")
    customer.says("Chị sợ bị dị ứng")
    desk.enter(customer)
    desk.send("Dạ vải organic chị yên tâm ạ")
    # The token is renewed on the way: the person who writes notices nothing.
    assert customer.received(1) == ["Dạ vải organic chị yên tâm ạ"]
    desk.go("Tài khoản kênh")
    card = desk.page.get_by_role("article").filter(has_text=demo.OA_NAME)
    expect(card).to_contain_text("Hoạt động tốt", timeout=SOON)


def test_an_account_says_what_zalo_says_of_it(desk: Desk) -> None:
    desk.go("Tài khoản kênh")
    desk.page.get_by_role("link", name=demo.OA_NAME).click()
    expect(desk.page.get_by_role("heading", level=1, name=demo.OA_NAME)).to_be_visible()
    expect(_section(desk, "Hồ sơ")).to_contain_text("Gói dịch vụ", timeout=SOON)
    expect(_section(desk, "Hạn mức còn lại")).to_contain_text(" trên ")

    desk.running.order(f"/oas/{demo.OA_ID}/tags", name="Mua sỉ", user_id=desk.customer("Cô Bảy").user_id)
    desk.running.order(f"/oas/{demo.OA_ID}/extensions", extension_id="goi-nhan-tin", months=12)
    expect(_section(desk, "Nhật ký tài khoản").get_by_role("listitem").first).to_be_visible(timeout=SOON)
    desk.page.get_by_role("button", name="Cập nhật từ Zalo").click()
    expect(_section(desk, "Nhãn trên Zalo")).to_contain_text("Mua sỉ", timeout=SOON)


def test_what_was_missed_is_read_again_on_request(desk: Desk) -> None:
    customer = desk.customer("Mai Anh")
    lost = {"kind": "webhook_lost", "scope": {"user_id": customer.user_id}}
    fault = desk.running.order("/faults", **lost)["id"]
    customer.says("Tin này Zalo chưa báo")
    desk.running.control.delete(f"/faults/{fault}").raise_for_status()
    desk.page.goto("/channel-accounts/1")
    sweeps = _section(desk, "Đọc lại lịch sử")
    sweeps.get_by_role("button", name="Quét lại").click()
    expect(sweeps.get_by_text("Quản trị yêu cầu").first).to_be_visible()
    desk.page.goto("/")
    expect(desk.row(customer)).to_contain_text("Tin này Zalo chưa báo", timeout=SOON)


def test_a_limit_is_edited_and_taken_back(desk: Desk) -> None:
    desk.go("Giới hạn và giá")
    row = desk.page.get_by_role("listitem").filter(has=desk.page.get_by_role("button", name=re.compile("^Sửa: "))).first
    before = row.inner_text()
    row.get_by_role("button").click()
    dialog = desk.page.get_by_role("dialog")
    value = dialog.get_by_role("textbox")
    value.fill("không phải số")
    expect(dialog.get_by_role("button", name="Lưu")).to_be_disabled()
    value.fill("1.777")
    dialog.get_by_role("button", name="Lưu").click()
    expect(row).to_contain_text("1.777")
    expect(row).to_contain_text("Trần Minh Long đã sửa lúc")
    row.get_by_role("button").click()
    dialog.get_by_role("button", name="Về mặc định").click()
    expect(row).to_have_text(re.compile(re.escape(before.split("\n")[0])))
    expect(row).not_to_contain_text("1.777")


def test_a_withdrawal_of_consent_is_answered_with_a_note(desk: Desk) -> None:
    customer = desk.customer("Lý Gia Bảo")
    customer.says("Anh không muốn nhận tin nữa")
    desk.running.order(f"/oas/{demo.OA_ID}/users/{customer.user_id}/withdrawal")
    desk.go("Yêu cầu riêng tư")
    card = desk.page.get_by_role("article").filter(has_text=customer.name)
    expect(card).to_contain_text("Còn 71 giờ", timeout=SOON)
    card.get_by_role("button", name="Đóng yêu cầu").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Đã xử lý thế nào").fill("Đã ngừng gửi tin, khách xác nhận qua điện thoại")
    dialog.get_by_role("button", name="Đóng yêu cầu").click()
    expect(card).to_have_count(0)
    desk.page.get_by_text("Đã đóng", exact=True).click()
    expect(card).to_contain_text("Đã ngừng gửi tin, khách xác nhận qua điện thoại")
    expect(card).to_contain_text("Trần Minh Long đóng lúc")


def _section(desk: Desk, name: str) -> Locator:
    return desk.page.get_by_role("region", name=name)
