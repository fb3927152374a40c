"""The whole of a conversation under one thumb: what the desk can do, the phone can do."""

import base64
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.e2e.desk import SOON, Customer, Desk, wait_until

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HELD_MS = 700


@pytest.fixture
def customer(phone: Desk) -> Customer:
    """Somebody who wrote, and whose thread is open."""
    somebody = phone.customer("Phan Thị Mỹ Duyên")
    somebody.says("Em gửi hình cho shop xem nha")
    phone.enter(somebody)
    return somebody


def test_several_pictures_with_words(phone: Desk, customer: Customer) -> None:
    phone.page.get_by_role("button", name="Thêm", exact=True).tap()
    expect(phone.page.get_by_role("menuitem", name="Đính kèm ảnh hoặc tệp")).to_be_visible()
    phone.page.keyboard.press("Escape")
    files = [FilePayload(name=f"mau-{one}.png", mimeType="image/png", buffer=PIXEL) for one in (1, 2, 3)]
    phone.page.locator("input[type=file]").set_input_files(files)
    tray = phone.page.get_by_role("list", name="Tệp sẽ gửi")
    expect(tray.get_by_role("listitem")).to_have_count(3)
    phone.page.get_by_role("button", name="Bỏ tệp mau-3.png").tap()
    expect(tray.get_by_role("listitem")).to_have_count(2)
    assert phone.fits_the_screen()
    phone.send("Hai mẫu này nha chị")
    wait_until(lambda: len(_pictures(customer)) == 2, "two pictures at the phone")
    assert _pictures(customer)[0]["text"] == "Hai mẫu này nha chị"


def test_an_answer_to_one_message_and_a_reaction(phone: Desk, customer: Customer) -> None:
    question = phone.thread.locator("[data-message]").filter(has_text="Em gửi hình cho shop xem nha")
    _hold(phone, question.get_by_text("Em gửi hình"))
    sheet = phone.page.get_by_role("dialog", name="Thao tác với tin nhắn")
    sheet.get_by_role("button", name="Yêu thích").tap()
    wait_until(lambda: "/-heart" in str(customer.screen()[0]["reactions"]), "the reaction on the phone")
    expect(sheet).to_have_count(0)
    _hold(phone, question.get_by_text("Em gửi hình"))
    sheet.get_by_role("button", name="Trả lời tin này").tap()
    expect(phone.composer).to_be_focused()
    phone.send("Dạ chị gửi đi ạ")
    wait_until(lambda: len(customer.screen()) == 2, "the answer at the phone")
    [asked, answer] = customer.screen()
    assert answer["quote_msg_id"] == asked["msg_id"]
    quote = phone.thread.get_by_title("Tới tin được trả lời")
    expect(quote).to_contain_text("Em gửi hình")
    quote.tap()
    expect(question.first).to_be_in_viewport()


def test_what_failed_is_sent_again(phone: Desk, customer: Customer) -> None:
    customer.changes(refuses_messages=True)
    phone.send("Dạ giá 850 nghìn ạ")
    expect(phone.bubble("Dạ giá 850 nghìn ạ")).to_contain_text("Khách đã từ chối", timeout=SOON)
    customer.changes(refuses_messages=False)
    again = phone.bubble("Dạ giá 850 nghìn ạ").get_by_role("button", name="Gửi lại")
    box = again.bounding_box()
    assert box and box["height"] >= 44
    again.tap()
    phone.tick("Dạ giá 850 nghìn ạ", "Đã nhận")
    assert customer.phone() == ["Dạ giá 850 nghìn ạ"]


def test_an_emoji(phone: Desk, customer: Customer) -> None:
    phone.composer.fill("Dạ")
    phone.page.get_by_role("button", name="Thêm", exact=True).tap()
    phone.page.get_by_role("menuitem", name="Chèn biểu tượng cảm xúc").tap()
    sheet = phone.page.get_by_role("dialog", name="Chèn biểu tượng cảm xúc")
    sheet.get_by_role("textbox").fill("dong y")
    target = sheet.get_by_role("button", name="thích", exact=True)
    box = target.bounding_box()
    assert box and min(box["width"], box["height"]) >= 44
    target.tap()
    assert phone.fits_the_screen()
    sheet.get_by_role("button", name="Đóng").tap()
    expect(phone.composer).to_have_value("Dạ👍")


def test_pictures_turn_under_a_finger(phone: Desk, customer: Customer) -> None:
    for photo in ("chan-ga-xanh", "chan-ga-xanh"):
        customer.sends("image", photo=photo)
        customer.says("Mẫu này nè")
    expect(phone.thread.get_by_role("button", name="Xem ảnh")).to_have_count(2, timeout=SOON)
    phone.thread.get_by_role("button", name="Xem ảnh").last.tap()
    viewer = phone.page.get_by_role("dialog")
    expect(viewer).to_contain_text("Ảnh 2 trong 2")
    _sweep(phone, viewer.get_by_role("img", name="Hình ảnh"), 160, 0)
    expect(viewer).to_contain_text("Ảnh 1 trong 2")
    _sweep(phone, viewer.get_by_role("img", name="Hình ảnh"), -160, 0)
    expect(viewer).to_contain_text("Ảnh 2 trong 2")
    _sweep(phone, viewer.get_by_role("img", name="Hình ảnh"), 0, 200)
    expect(viewer).to_have_count(0)


@pytest.mark.parametrize("way", ["gesture", "arrow"])
def test_the_list_keeps_its_place(phone: Desk, way: str) -> None:
    people = [phone.customer("Khách cũ") for _ in range(18)]
    for one in people:
        one.says("Alo")
    expect(phone.inbox.get_by_role("link").first).to_contain_text(people[-1].name, timeout=SOON)
    far = people[2]
    pane = phone.inbox.locator("..")
    phone.row(far).scroll_into_view_if_needed() if phone.row(far).count() else pane.evaluate(
        "one => one.scrollTo(0, 700)"
    )
    expect(phone.row(far)).to_be_visible()
    before = pane.evaluate("one => one.scrollTop")
    assert before > 100
    phone.enter(far)
    if way == "gesture":
        phone.page.go_back()
    else:
        phone.page.get_by_role("link", name="Về danh sách").tap()
    expect(phone.row(far)).to_be_in_viewport()
    assert abs(phone.inbox.locator("..").evaluate("one => one.scrollTop") - before) < 3
    expect(phone.row(far)).to_be_focused()
    # The arrow goes the way of the gesture: another one leaves no thread behind.
    assert "/conversations/" not in phone.page.url


def test_find_filter_resolve_and_the_customer(phone: Desk) -> None:
    customer = phone.customer("Tống Khánh Vy")
    customer.says("Cho chị hỏi")
    expect(phone.row(customer)).to_be_visible(timeout=SOON)
    phone.page.get_by_role("searchbox").fill("khanh vy")
    expect(phone.inbox.get_by_role("link")).to_have_count(1)
    phone.page.get_by_role("button", name="Lọc danh sách").tap()
    phone.page.get_by_role("menuitemcheckbox", name="Chưa đọc").tap()
    phone.page.keyboard.press("Escape")
    assert phone.fits_the_screen()
    phone.enter(customer)
    phone.page.get_by_role("button", name="Hiện thông tin khách hàng").tap()
    card = phone.page.get_by_role("dialog", name="Khách hàng")
    card.get_by_role("button", name="Thêm nhãn").tap()
    card.get_by_role("combobox", name="Nhãn mới").fill("Khách thân")
    card.get_by_role("option", name="Khách thân").first.tap()
    expect(card.get_by_role("button", name="Bỏ nhãn Khách thân")).to_be_visible(timeout=SOON)
    card.get_by_role("button", name="Đóng").tap()
    expect(card).to_have_count(0)
    phone.page.get_by_role("button", name="Kết thúc phiên").tap()
    expect(phone.page.get_by_role("button", name="Mở lại phiên")).to_be_visible(timeout=SOON)
    phone.page.get_by_role("link", name="Về danh sách").tap()
    # The search is still there; it looks among what is open, and finds nobody.
    expect(phone.page.get_by_role("searchbox")).to_have_value("khanh vy")
    expect(phone.page.get_by_text("Không tìm thấy hội thoại nào")).to_be_visible(timeout=SOON)


def _pictures(customer: Customer) -> list[dict[str, Any]]:
    return [one for one in customer.screen() if one["type"] == "image" and one["src"] == 0]


def _middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _hold(phone: Desk, target: Locator) -> None:
    x, y = _middle(target)
    finger = phone.page.context.new_cdp_session(phone.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    phone.page.wait_for_timeout(HELD_MS)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _sweep(phone: Desk, target: Locator, right: float, down: float) -> None:
    x, y = _middle(target)
    finger = phone.page.context.new_cdp_session(phone.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        point = {"x": x + right * step / 5, "y": y + down * step / 5}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
