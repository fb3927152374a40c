"""The demo's page: what it is, and the button that takes all of it away. It has a product of its own: the shared one
lives on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from sokhach import demo
from sokhach.demo.company import PERSONAL
from tests.e2e.desk import DESKTOP, LAN, PHONE, SOON, Desk, OpenDesk
from tests.support.product import Product, product

pytestmark = pytest.mark.long

CLEARED = 60_000
"""Milliseconds: what may be under way is waited for."""


@pytest.fixture(scope="module")
def company() -> Iterator[Product]:
    """With two days of history, applied; its customers are silent."""
    with product(demo_days=2) as started:
        started.wait_filled()
        started.quiet()
        started.wait_settled()
        yield started


@pytest.fixture(scope="module")
def sessions() -> dict[str, tuple[str, float]]:
    """Of that product."""
    return {}


def test_says_what_there_is(open_desk: OpenDesk, company: Product) -> None:
    for size in (DESKTOP, PHONE):
        desk = open_desk(product=company, size=size)
        desk.go("Dữ liệu mẫu")
        expect(desk.page.get_by_role("heading", level=1, name="Dữ liệu mẫu")).to_be_visible()
        expect(_state(desk)).to_contain_text("Có từ", timeout=SOON)
        [(messages,)] = company.rows("SELECT sum(message_count)::bigint FROM conversation")
        assert messages > 100
        expect(_count(desk, "Tin nhắn")).to_have_text(f"{messages:,}".replace(",", "."))
        expect(_count(desk, "Nhân viên")).to_have_text(str(len(demo.STAFF)))
        for oa in demo.OAS:
            phone = desk.page.get_by_role("link", name=oa.name)
            assert f"/phone?oa={oa.oa_id}" in (phone.get_attribute("href") or "")
        assert desk.fits_the_screen()


def test_staff_have_personal_accounts(open_desk: OpenDesk, company: Product) -> None:
    """Connected without hands, as their holders agreed to; of own SIMs only what is work."""
    found = company.rows(
        "SELECT a.external_id, p.sim, p.state, s.email, (SELECT count(*) FROM personal_consent c"
        " WHERE c.account_id = a.id AND c.holder_id = s.id), p.sim = 'own' OR EXISTS (SELECT FROM conversation c"
        " WHERE c.account_id = a.id), (SELECT count(*) > 0 FROM work_contact w WHERE w.account_id = a.id)"
        " FROM personal_account p JOIN channel_account a ON a.id = p.account_id JOIN staff s ON s.id = a.holder_id"
        " ORDER BY s.id"
    )
    assert found == [(one.uid, one.sim, "online", one.person.login, 1, True, one.sim == "own") for one in PERSONAL]
    days = company.rows(
        "SELECT round(extract(epoch FROM l.changed_at - c.since) / 86400)::int FROM personal_completeness c"
        " JOIN personal_login l ON l.account_id = c.account_id"
    )
    assert days == [(2,)] * len(PERSONAL)
    for size in (DESKTOP, PHONE):
        desk = open_desk(product=company, size=size)
        desk.page.goto("/personal-accounts")
        for one in PERSONAL:
            expect(desk.page.get_by_role("link", name=one.name)).to_be_visible(timeout=SOON)
        assert desk.fits_the_screen()
        desk.page.goto("/demo")
        for one in PERSONAL:
            phone = desk.page.get_by_role("link", name=one.name)
            assert f"/phone?me={one.uid}" in (phone.get_attribute("href") or "")


def test_staff_neither_see_nor_open_it(open_desk: OpenDesk, company: Product) -> None:
    lan = open_desk(LAN, product=company)
    lan.excuse("^403 GET /api/demo$")
    lan.page.goto("/demo")
    expect(lan.page.get_by_text("Bạn chưa có quyền này")).to_be_visible()


def test_one_button_clears_it(open_desk: OpenDesk, company: Product) -> None:
    watching = open_desk(product=company)
    expect(watching.inbox.get_by_role("link").first).to_be_visible(timeout=SOON)
    desk = open_desk(product=company, size=PHONE)
    desk.go("Dữ liệu mẫu")
    desk.page.get_by_role("button", name="Xóa dữ liệu mẫu").click()
    dialog = desk.page.get_by_role("dialog", name="Xóa dữ liệu mẫu")
    expect(dialog).to_contain_text("Sẽ mất hẳn")
    expect(dialog).to_contain_text(demo.OA_NAME)
    expect(dialog).to_contain_text(f"Bạn, {demo.STAFF[0].name}")
    clear = dialog.get_by_role("button", name="Xóa tất cả")
    expect(clear).to_be_disabled()
    assert desk.fits_the_screen()
    dialog.get_by_role("checkbox", name="Tôi hiểu rằng không lấy lại được").check()
    clear.click()
    expect(_state(desk)).to_contain_text("Đang xóa", timeout=SOON)
    expect(desk.page.get_by_text("Đã xóa xong dữ liệu mẫu")).to_be_visible(timeout=CLEARED)

    # Whoever looked at the inbox meanwhile reads it anew.
    expect(watching.inbox.get_by_role("link")).to_have_count(0, timeout=SOON)
    desk.page.get_by_role("button", name="Kết nối Zalo OA").click()
    expect(desk.page.get_by_role("heading", level=1, name="Kết nối Zalo OA")).to_be_visible()
    watching.page.get_by_role("navigation", name="Các trang").get_by_role("link", name="Quản trị").click()
    expect(watching.page.get_by_role("link", name="Dữ liệu mẫu")).to_have_count(0)
    expect(watching.page.get_by_text("Chưa có tài khoản kênh nào")).to_be_visible()
    assert company.rows("SELECT email FROM staff") == [(demo.STAFF[0].login,)]
    assert company.rows("SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM journal)") == [(0, 0)]
    for table in ("personal_account", "personal_login", "personal_consent", "private_stub", "tag"):
        assert company.rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert list((company.folder / "media").rglob("*.webp")) == []


def _state(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Có những gì").get_by_role("status")


def _count(desk: Desk, name: str) -> Locator:
    return desk.page.locator("dl div", has_text=name).get_by_role("definition")
