"""Old conversations from a file: from upload to undone, at the console, in both sizes."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from sokhach import demo
from tests.e2e.desk import DESKTOP, PHONE, SOON, OpenDesk

pytestmark = pytest.mark.long
LATER = 30_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_file_comes_in_is_seen_and_goes_again(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    desk = open_desk(size=size)
    customer = desk.customer(f"Vũ Thị Cẩm {size[0]}")
    customer.says("Hôm nay shop mở cửa không?")
    expect(desk.row(customer)).to_be_visible(timeout=SOON)
    old = datetime.now(UTC) - timedelta(days=100)
    when = [(old + timedelta(minutes=minute)).isoformat(timespec="seconds") for minute in range(4)]
    content = "\ufeff" + "\r\n".join(
        [
            "Thời gian;Mã khách;Tên khách;Người gửi;Nội dung",
            f"{when[0]};{customer.user_id};{customer.name};{customer.name};Tin từ năm ngoái",
            f"{when[1]};{customer.user_id};{customer.name};Cửa hàng Hoa;Dạ chào chị",
            f"{when[2]};cu-{size[0]};Bác Ba {size[0]};Bác Ba;Cho bác hỏi giá",
            f"hôm nào đó;{customer.user_id};{customer.name};Cửa hàng Hoa;Không rõ lúc nào",
        ]
    )

    page = desk.page
    page.goto("/history-imports")
    expect(page.get_by_role("heading", name="Nhập hội thoại cũ")).to_be_visible(timeout=SOON)
    assert desk.fits_the_screen()
    name = f"lich-su-{size[0]}.csv"
    page.get_by_label("Tệp CSV hoặc JSON").last.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=SOON)
    expect(page.get_by_label("Thời gian", exact=True)).to_have_value("Thời gian")
    page.get_by_label("Nhập vào tài khoản").select_option(label=demo.OA_NAME)
    page.get_by_role("checkbox", name="Cửa hàng Hoa").check()
    assert desk.fits_the_screen()
    page.get_by_role("button", name="Xem trước").click()

    expect(page.get_by_role("heading", name="Sẽ nhập 3 tin nhắn")).to_be_visible(timeout=LATER)
    expect(page.get_by_role("list", name="Các dòng lỗi")).to_contain_text("Dòng 5")
    expect(page.get_by_role("list", name="Các dòng lỗi")).to_contain_text("Thời gian: không hiểu được thời gian")
    expect(page.get_by_role("article").filter(has_text="hội thoại đã có")).to_contain_text("Tin từ năm ngoái")
    assert desk.fits_the_screen()
    page.get_by_role("button", name="Bắt đầu nhập 3 tin").click()
    expect(page.get_by_role("heading", name="Đã nhập", exact=True)).to_be_visible(timeout=LATER)

    page.goto("/")
    row = desk.row(customer)
    expect(row).to_contain_text("Hôm nay shop mở cửa không?", timeout=SOON)
    desk.enter(customer)
    expect(desk.thread).to_contain_text("Tin từ năm ngoái", timeout=SOON)
    expect(desk.thread).to_contain_text("Cửa hàng Hoa")
    expect(desk.thread.get_by_text("nhập từ tệp")).to_have_count(2)

    page.goto("/history-imports")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Hoàn tác lượt nhập này").click()
    dialog = page.get_by_role("dialog", name="Hoàn tác lượt nhập")
    expect(dialog).to_contain_text("3 tin nhắn đã nhập", timeout=SOON)
    expect(dialog).to_contain_text("1 hội thoại chỉ có tin nhập")
    dialog.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.get_by_role("heading", name="Đã hoàn tác", exact=True)).to_be_visible(timeout=LATER)
    page.goto("/")
    desk.enter(customer)
    expect(desk.thread).to_contain_text("Hôm nay shop mở cửa không?", timeout=SOON)
    expect(desk.thread).not_to_contain_text("Tin từ năm ngoái")
