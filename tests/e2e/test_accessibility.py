"""No serious finding of axe on any page, in either scheme."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import expect

from sokhach import demo
from tests.e2e.desk import DESKTOP, PHONE, SOON, Desk, OpenDesk

AXE = Path(__file__).parents[2] / "console" / "node_modules" / "axe-core" / "axe.min.js"

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
def test_administration(open_desk: OpenDesk, scheme: Scheme) -> None:
    writer = open_desk()
    customer = writer.customer("Đặng Quốc Dũng")
    customer.says("từ năm 2066", days_ago=-40 * 365)
    customer.says("của hôm nay")
    writer.running.order(f"/oas/{demo.OA_ID}/users/{customer.user_id}/withdrawal")
    desk = open_desk(scheme=scheme, path="/channel-accounts")
    main = desk.page.get_by_role("main")
    for name, shown in (
        ("Tài khoản kênh", main.get_by_role("article")),
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


def _is_accessible(desk: Desk) -> None:
    desk.page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = desk.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [
        f"{one['impact']} {one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ] == []
