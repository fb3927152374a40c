"""The calendar: a manager sets hours, a day off and shifts; somebody writes down leave with a deputy."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk import DESKTOP, LAN, PHONE, SOON, Desk, OpenDesk
from tests.e2e.test_accessibility import AXE

pytestmark = pytest.mark.long

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def dialog(desk: Desk) -> Locator:
    return desk.page.get_by_role("dialog").last


def part(desk: Desk, name: str) -> None:
    desk.page.locator("main label").filter(has_text=re.compile(f"^{name}$")).click()


def small(desk: Desk) -> list[str]:
    """What is smaller than a thumb, on a phone."""
    return desk.page.evaluate(
        """() => [...document.querySelectorAll('main button, main select, [role=dialog] button')]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
            .map(one => one.textContent || one.ariaLabel)"""
    )


def clean(desk: Desk, size: tuple[int, int]) -> None:
    """Fits, can be touched, and axe finds nothing serious."""
    assert desk.fits_the_screen()
    assert size == DESKTOP or small(desk) == []
    desk.page.evaluate(AXE.read_text("utf-8"))
    found = desk.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []


@SIZES
def test_a_manager_keeps_the_calendar(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    desk = open_desk(size=size, path="/calendar")
    page = desk.page
    week = page.get_by_role("listitem")
    expect(week.filter(has_text="Thứ Hai")).to_contain_text("08:00–12:00, 13:30–17:30", timeout=SOON)
    clean(desk, size)

    # A team of its own: Sunday as Monday.
    teams = page.get_by_label("Chi nhánh hoặc nhóm")
    teams.select_option(value=teams.locator("option", has_text="Nhà đất").get_attribute("value"))
    page.get_by_role("button", name="Đặt giờ riêng").click()
    clean(desk, size)
    page.get_by_role("button", name="Chép sang ngày khác: giờ Thứ Hai").click()
    page.get_by_role("menuitem", name="Chủ Nhật").click()
    page.get_by_label("Thứ Hai: mở lúc (khoảng 1)").fill("07:30")
    page.get_by_role("button", name="Lưu giờ làm việc").click()
    expect(week.filter(has_text="Chủ Nhật")).to_contain_text("08:00–12:00", timeout=SOON)
    expect(week.filter(has_text="Thứ Hai")).to_contain_text("07:30–12:00")
    page.get_by_role("button", name="Bỏ giờ riêng").click()
    expect(week.filter(has_text="Chủ Nhật")).to_contain_text("Nghỉ", timeout=SOON)

    part(desk, "Ngày nghỉ")
    teams.select_option(value="")
    page.goto("/calendar?section=days&year=2026")
    tet = page.get_by_role("listitem").filter(has_text="17/02")
    expect(tet).to_contain_text("Tết Nguyên Đán", timeout=SOON)
    clean(desk, size)
    switch = page.get_by_role("switch", name="Nghỉ ngày Thứ Ba, 17/02")
    switch.focus()
    page.keyboard.press("Space")
    expect(tet).to_contain_text("08:00–12:00", timeout=SOON)
    expect(switch).to_be_enabled()
    switch.press("Space")
    expect(switch).to_be_checked(timeout=SOON)
    page.get_by_role("button", name="Thêm ngày").click()
    dialog(desk).get_by_label("Ngày", exact=True).fill("2026-12-24")
    dialog(desk).get_by_label("Tên").fill("Kiểm kê cuối năm")
    dialog(desk).get_by_role("button", name="Lưu").click()
    own = page.get_by_role("listitem").filter(has_text="Kiểm kê cuối năm")
    expect(own).to_contain_text("24/12", timeout=SOON)
    own.get_by_role("button", name=re.compile("Sửa ngày")).click()
    dialog(desk).get_by_role("button", name="Bỏ thiết lập riêng").click()
    expect(own).to_have_count(0, timeout=SOON)

    page.goto("/calendar?section=shifts&week=2027-03-01")
    add = page.locator("button[aria-label^='Thêm ca'][aria-label$='Thứ Hai, 01/03']").first
    add.click(timeout=SOON)
    clean(desk, size)
    dialog(desk).get_by_label("Nhân viên").select_option(label="Nguyễn Thị Lan")
    dialog(desk).get_by_label("Kết thúc").fill("02:00")
    expect(dialog(desk)).to_contain_text("kết thúc vào hôm sau")
    dialog(desk).get_by_role("button", name="Thêm ca").click()
    chip = page.get_by_text("08:00–02:00")
    expect(chip).to_be_visible(timeout=SOON)
    clean(desk, size)
    page.get_by_role("button", name="Tuần sau").click()
    page.get_by_role("button", name="Chép ca tuần trước").click()
    expect(page.get_by_role("status").filter(has_text="Đã chép 1 ca")).to_be_visible(timeout=SOON)
    for _ in range(2):
        page.get_by_role("button", name=re.compile("Xóa ca 08:00–02:00 của Nguyễn Thị Lan")).click()
        expect(chip).to_have_count(0, timeout=SOON)
        page.get_by_role("button", name="Tuần trước", exact=True).click()


@SIZES
def test_leave_with_a_deputy(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    lan = open_desk(LAN, size=size, path="/calendar?section=leave")
    page = lan.page
    page.get_by_role("button", name="Thêm lịch nghỉ").click(timeout=SOON)
    form = dialog(lan)
    expect(form.get_by_label("Người nghỉ")).to_have_count(0)  # her own only
    note = f"Về quê {size[0]}"
    form.get_by_label("Từ ngày").fill("2027-06-01")
    form.get_by_label("Đến hết ngày").fill("2027-06-03")
    form.get_by_role("combobox", name="Người trực thay").fill("huy")
    form.get_by_role("option", name="Lê Quốc Huy").click()
    form.get_by_label("Ghi chú").fill(note)
    clean(lan, size)
    form.get_by_role("button", name="Thêm lịch nghỉ").click()
    row = page.get_by_role("listitem").filter(has_text=note)
    expect(row).to_contain_text("01/06/2027 – 03/06/2027", timeout=SOON)
    expect(row).to_contain_text("Người trực thay: Lê Quốc Huy")
    clean(lan, size)

    page.get_by_role("button", name="Thêm lịch nghỉ").click()
    dialog(lan).get_by_label("Từ ngày").fill("2027-06-03")
    lan.excuse("^409 POST ")
    dialog(lan).get_by_role("button", name="Thêm lịch nghỉ").click()
    expect(dialog(lan).get_by_role("alert")).to_contain_text("lịch nghỉ kia", timeout=SOON)
    page.keyboard.press("Escape")

    row.get_by_role("button", name=re.compile("Hủy lịch nghỉ")).click()
    dialog(lan).get_by_role("button", name="Hủy lịch nghỉ").click()
    expect(row).to_contain_text("Đã hủy", timeout=SOON)
    part(lan, "Giờ làm")
    expect(page.get_by_role("button", name=re.compile("Sửa giờ|Đặt giờ riêng"))).to_have_count(0)
