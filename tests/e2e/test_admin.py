"""The pages of the administration, and who may not see them."""

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
    received = card.locator("dl div", has_text="Tin đã nhận").get_by_role("definition")
    before = int(received.inner_text().replace(".", ""))
    assert before > 0
    customer.says("Còn đó không ạ")
    wait_until(lambda: int(_shown_anew(desk, received)) > before, "a higher count")


def test_what_cannot_be_applied_waits_in_quarantine_with_its_reason(desk: Desk) -> None:
    before: int = desk.page.request.get("/api/quarantine").json()["total"]
    customer = desk.customer("Phạm Phương Thảo")
    customer.says("từ năm 2066", days_ago=-40 * 365)
    customer.says("từ năm 1986", days_ago=40 * 365)
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
        ("/quarantine", "/api/quarantine"),
    ],
)
def test_staff_neither_see_nor_open_it(open_desk: OpenDesk, path: str, api: str) -> None:
    lan = open_desk(LAN)
    expect(lan.page.get_by_role("link", name="Quản trị")).to_have_count(0)
    lan.excuse(f"^403 GET {api}$")
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
    expect(desk.page.get_by_role("article").filter(has_text="Hoạt động tốt")).to_have_count(1, timeout=SOON)
