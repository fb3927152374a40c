"""What is on the screen is what is in the book, whatever happened to the line."""

import re
import signal

from playwright.sync_api import expect

from tests.e2e.desk import SOON, Desk, OpenDesk


def test_thirty_messages_that_came_while_offline(desk: Desk, open_desk: OpenDesk) -> None:
    customer = desk.customer("Vũ Ngọc Mai")
    customer.says("Tin 0")
    desk.enter(customer)
    expect(desk.row(customer)).not_to_contain_text("Chưa đọc", timeout=SOON)
    # Opened anew, so that the line above what was new is gone.
    desk.page.reload()
    expect(desk.bubble("Tin 0")).to_be_visible()
    with desk.offline():
        expect(desk.page.get_by_text("Mất kết nối. Đang nối lại…")).to_be_visible(timeout=SOON)
        for number in range(1, 31):
            customer.says(f"Tin {number}")
        expect(desk.thread).not_to_contain_text("Tin 1")
    expect(desk.page.get_by_text("Mất kết nối. Đang nối lại…")).to_have_count(0, timeout=SOON)
    expect(desk.bubble("Tin 30")).to_be_in_viewport(timeout=SOON)
    expect(desk.row(customer)).not_to_contain_text("Chưa đọc", timeout=SOON)

    fresh = open_desk(path=desk.page.url)
    expect(fresh.bubble("Tin 30")).to_be_in_viewport(timeout=SOON)
    assert _screen(desk) == _screen(fresh)
    assert [f"Tin {number}" in fresh.thread.inner_text() for number in range(31)] == [True] * 31


def test_a_server_that_was_killed_is_back_before_anybody_reloads(desk: Desk) -> None:
    desk.excuse("WebSocket connection to .* failed")
    desk.excuse("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")
    customer = desk.customer("Huỳnh Cẩm Tú")
    customer.says("Chị ơi")
    desk.enter(customer)
    for web in desk.running.children("web"):
        web.send_signal(signal.SIGKILL)
    desk.send("Dạ em nghe ạ")
    assert customer.received(1) == ["Dạ em nghe ạ"]
    desk.tick("Dạ em nghe ạ", re.compile("Đã gửi|Đã nhận"))
    customer.says("Em đợi chị chút nha")
    expect(desk.bubble("Em đợi chị chút nha")).to_be_visible(timeout=SOON)
    assert desk.sent_texts == customer.phone() == ["Dạ em nghe ạ"]


def _screen(desk: Desk) -> list[str]:
    """List, thread and customer."""
    return desk.tags_of(desk.inbox, desk.thread, desk.page.get_by_role("complementary", name="Khách hàng"))
