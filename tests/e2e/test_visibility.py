"""Who sees whom, in two browsers at once: what moves to a colleague is gone from here and there with them."""

import itertools
import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sokhach import demo
from tests.e2e.desk import DESKTOP, HUY, LAN, PHONE, SOON, Customer, OpenDesk, wait_until
from tests.e2e.office import Office, choose, do, name_of, open_card
from tests.support.product import Product

pytestmark = pytest.mark.long

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
LOST = "Hội thoại này không còn trong phạm vi của bạn"
AT_ONCE_SECONDS = 1.0
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def office(running: Product) -> Iterator[Office]:
    made = Office(running)
    yield made
    made.close()


@pytest.fixture
def customer(running: Product) -> Customer:
    """Somebody who has just written."""
    made = Customer(running, f"Trịnh Thị Thu {next(_NUMBERS)}")
    made.says("Bên mình còn hàng không ạ")
    return made


@SIZES
def test_a_customer_moves_to_a_colleague(
    open_desk: OpenDesk, office: Office, customer: Customer, size: tuple[int, int]
) -> None:
    conversation = office.conversation(customer)
    office.gives(conversation, LAN)
    lan, huy, admin = open_desk(LAN, size=size), open_desk(HUY, size=size), open_desk(size=size)
    expect(huy.inbox).to_be_visible()
    expect(huy.row(customer)).to_have_count(0)
    lan.enter(customer)
    lan.composer.fill("Dạ em xem kho")
    lan.page.wait_for_timeout(500)

    admin.enter(customer)
    dialog = do(admin, "Chuyển khách")
    choose(dialog, HUY, "huy")
    dialog.get_by_label("Lời nhắn").fill("khách quen của Huy")
    assert admin.fits_the_screen()
    lan.may_lose()
    with admin.page.expect_response(re.compile("/custodian$")):
        dialog.get_by_role("button", name=f"Chuyển cho {name_of(HUY)}").click()
    moved = time.monotonic()
    expect(lan.page.get_by_text(LOST)).to_be_visible(timeout=SOON)
    expect(lan.thread).to_have_count(0)
    expect(lan.row(customer)).to_have_count(0)
    assert time.monotonic() - moved < AT_ONCE_SECONDS
    expect(huy.row(customer)).to_be_visible(timeout=SOON)
    huy.enter(customer)
    expect(huy.page.get_by_text(f"{name_of(HUY)} phụ trách")).to_be_visible()

    if size == PHONE:
        expect(lan.inbox).to_be_visible()
    # Nothing of it is left in the browser, nor to be had by its address.
    assert customer.name not in lan.page.locator("body").inner_text()
    assert "Dạ em xem kho" not in lan.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    lan.excuse("^404 GET /api/")
    lan.page.goto(f"/conversations/{conversation}")
    expect(lan.page.get_by_text("Không thấy hội thoại này")).to_be_visible(timeout=SOON)

    ledger = do(admin, "Lịch sử phụ trách")
    expect(ledger.get_by_role("listitem").first).to_contain_text(
        f"chuyển khách từ {name_of(LAN)} sang {name_of(HUY)}", timeout=SOON
    )
    expect(ledger.get_by_role("listitem").first).to_contain_text("khách quen của Huy")


@SIZES
def test_the_first_to_claim_gets_the_customer(
    open_desk: OpenDesk, office: Office, customer: Customer, size: tuple[int, int]
) -> None:
    office.conversation(customer)
    lan, huy = open_desk(LAN, size=size), open_desk(HUY, size=size)
    lan.enter(customer)
    huy.enter(customer)
    expect(lan.page.get_by_text("Khách này chưa có người phụ trách.")).to_be_visible()
    card = open_card(huy, size)
    expect(card.get_by_role("button", name="Nhận khách để xem hồ sơ")).to_be_visible(timeout=SOON)
    expect(card.get_by_role("button", name="Thêm nhãn")).to_have_count(0)
    if size == PHONE:
        huy.page.keyboard.press("Escape")
        expect(card).to_have_count(0)

    huy.may_lose()
    lan.page.get_by_role("button", name="Nhận khách", exact=True).click()
    expect(lan.page.get_by_text(f"{name_of(LAN)} phụ trách")).to_be_visible(timeout=SOON)
    expect(huy.page.get_by_text(LOST)).to_be_visible(timeout=SOON)
    expect(huy.row(customer)).to_have_count(0)


def test_somebody_is_told_that_a_colleague_was_quicker(open_desk: OpenDesk, office: Office, customer: Customer) -> None:
    conversation = office.conversation(customer)
    huy = open_desk(HUY)
    huy.enter(customer)
    huy.excuse("^(409|404) ")
    lan = open_desk(LAN)
    csrf = lan.page.context.cookies()
    token = next(one.get("value", "") for one in csrf if one.get("name") == "csrftoken")
    with huy.offline():
        done = lan.page.request.post(f"/api/conversations/{conversation}/claim", headers={"x-csrftoken": token})
        assert done.status == 204
        # The news has not reached his browser: its line is cut. The press goes out as soon as it is back.
        huy.page.evaluate(
            """() => window.addEventListener('online', () => [...document.querySelectorAll('button')]
                .find(one => one.textContent === 'Nhận khách')?.click(), {once: true})"""
        )
    expect(huy.page.get_by_text(re.compile("đã nhận|đã có người phụ trách")).first).to_be_visible(timeout=SOON)
    expect(huy.thread).to_have_count(0)


@SIZES
def test_a_share_ends_when_it_is_taken_back(
    open_desk: OpenDesk, office: Office, customer: Customer, size: tuple[int, int]
) -> None:
    office.gives(office.conversation(customer), LAN)
    lan, huy = open_desk(LAN, size=size), open_desk(HUY, size=size)
    lan.enter(customer)
    dialog = do(lan, "Chia sẻ có thời hạn")
    expect(dialog).to_contain_text("Chưa chia sẻ với ai", timeout=SOON)
    choose(dialog, HUY, "huy")
    dialog.get_by_text("1 ngày").click()
    assert lan.fits_the_screen()
    dialog.get_by_role("button", name=f"Chia sẻ với {name_of(HUY)}").click()
    shared = dialog.get_by_role("region", name="Đang chia sẻ với").get_by_role("listitem")
    expect(shared).to_contain_text(name_of(HUY), timeout=SOON)

    expect(huy.row(customer)).to_be_visible(timeout=SOON)
    huy.enter(customer)
    huy.send("Dạ em trả lời thay Lan")
    assert customer.received(1) == ["Dạ em trả lời thay Lan"]

    huy.may_lose()
    with lan.page.expect_response(re.compile("/api/shares/")):
        dialog.get_by_role("button", name=f"Thu hồi chia sẻ với {name_of(HUY)}").click()
    revoked = time.monotonic()
    expect(huy.page.get_by_text(LOST)).to_be_visible(timeout=SOON)
    expect(huy.row(customer)).to_have_count(0)
    assert time.monotonic() - revoked < AT_ONCE_SECONDS
    expect(shared).to_have_count(0, timeout=SOON)


@SIZES
def test_a_masked_number_is_shown_on_record(
    open_desk: OpenDesk, office: Office, running: Product, customer: Customer, size: tuple[int, int]
) -> None:
    running.order(
        f"/oas/{demo.OA_ID}/users/{customer.user_id}/info", info={"name": customer.name, "phone": "84912345678"}
    )
    conversation = office.conversation(customer)
    contact = office.get(f"/api/conversations/{conversation}")["contact"]["id"]
    wait_until(lambda: told(office, contact), "the number in the book")
    office.gives(conversation, LAN)
    office.assigns(conversation, HUY)

    huy = open_desk(HUY, size=size)
    huy.enter(customer)
    card = open_card(huy, size)
    expect(card.get_by_text(re.compile(r"678$"))).to_be_visible(timeout=SOON)
    expect(card).not_to_contain_text("0912")
    expect(card).to_contain_text("Mỗi lần hiện số được ghi vào nhật ký xem")
    card.get_by_role("button", name="Hiện số").click()
    expect(card.get_by_role("link", name="0912 345 678")).to_be_visible(timeout=SOON)
    assert huy.fits_the_screen()
    read = running.rows(
        "SELECT count(*) FROM access_log l JOIN staff s ON s.id = l.staff_id"
        f" WHERE l.road = 'reveal' AND l.conversation_id = {conversation} AND s.email = '{HUY}'"
    )
    assert read == [(1,)]

    lan = open_desk(LAN, size=size)
    lan.enter(customer)
    expect(open_card(lan, size).get_by_role("link", name="0912 345 678")).to_be_visible(timeout=SOON)


def told(office: Office, contact: int) -> bool:
    card = office.get(f"/api/contacts/{contact}")
    return bool(card["phones"] or card["details"]["phone"])


@SIZES
def test_a_note_calls_a_colleague_and_never_reaches_the_customer(
    open_desk: OpenDesk, office: Office, customer: Customer, size: tuple[int, int]
) -> None:
    office.gives(office.conversation(customer), LAN)
    lan, huy = open_desk(LAN, size=size), open_desk(HUY, size=size)
    expect(huy.row(customer)).to_have_count(0)
    lan.enter(customer)
    lan.composer.fill("Dạ chị đợi em")
    lan.page.get_by_role("tab", name="Ghi chú nội bộ").click()
    note = lan.page.get_by_role("combobox", name="Ghi chú nội bộ")
    note.press_sequentially("@huy")
    expect(lan.page.get_by_role("option", name=name_of(HUY))).to_be_visible(timeout=SOON)
    note.press("Tab")
    note.press_sequentially("kho còn không em?")
    expect(lan.page.get_by_text(f"{name_of(HUY)} sẽ đọc được hội thoại này")).to_be_visible()
    assert lan.fits_the_screen()
    lan.page.get_by_role("button", name="Lưu ghi chú").click()
    words = f"@{name_of(HUY)} kho còn không em?"
    expect(lan.thread.get_by_role("article")).to_contain_text(words, timeout=SOON)

    expect(huy.row(customer)).to_contain_text("Nhắc bạn", timeout=SOON)
    huy.enter(customer)
    expect(huy.thread.get_by_role("article")).to_contain_text(words, timeout=SOON)
    card = open_card(huy, size)
    expect(card).to_contain_text("chỉ thấy tên khách", timeout=SOON)
    if size == PHONE:
        huy.page.keyboard.press("Escape")
    huy.page.get_by_role("tab", name="Ghi chú nội bộ").click()
    huy.page.get_by_role("combobox", name="Ghi chú nội bộ").fill("Còn 12 bộ chị")
    huy.page.get_by_role("button", name="Lưu ghi chú").click()
    # Without a reload.
    expect(lan.thread.get_by_role("article").last).to_contain_text("Còn 12 bộ chị", timeout=SOON)

    lan.page.get_by_role("tab", name="Trả lời").click()
    expect(lan.composer).to_have_value("Dạ chị đợi em")
    lan.page.get_by_role("button", name="Gửi", exact=True).click()
    assert customer.received(1) == ["Dạ chị đợi em"]

    huy.may_lose()
    lan.thread.get_by_role("article").first.hover()
    lan.thread.get_by_role("button", name="Xóa ghi chú").click()
    lan.page.get_by_role("dialog").get_by_role("button", name="Xóa ghi chú").click()
    expect(lan.thread.get_by_role("article").first).to_contain_text("Bạn đã xóa ghi chú này", timeout=SOON)
    # Who saw it by that note alone sees it no more.
    expect(huy.page.get_by_text(LOST)).to_be_visible(timeout=SOON)
    assert customer.phone() == ["Dạ chị đợi em"]


def test_a_suspended_person_is_cut_off_at_once(open_desk: OpenDesk, running: Product, customer: Customer) -> None:
    login = f"mai-{time.monotonic_ns()}@minhlong.example"
    admin = open_desk(path="/staff")
    expect(admin.page.get_by_role("article").first).to_be_visible(timeout=SOON)
    token = next(one.get("value", "") for one in admin.page.context.cookies() if one.get("name") == "csrftoken")
    headers = {"x-csrftoken": token}
    body = {"name": "Phạm Thị Mai", "login": login, "role": "staff", "teams": []}
    added = admin.page.request.post("/api/staff", data=body, headers=headers).json()
    mai = open_desk(None, path="/sign-in")
    mai.sign_in(login, added["password"])
    mai.page.get_by_role("checkbox").check()
    mai.page.get_by_role("button", name="Tiếp tục").click()
    expect(mai.inbox).to_be_visible(timeout=SOON)
    mai.enter(customer)
    mai.excuse("^401 ")
    admin.page.request.post("/api/session/sudo", data={"password": running.password}, headers=headers)
    answer = admin.page.request.put(f"/api/staff/{added['member']['id']}/suspension", headers=headers)
    assert answer.ok, answer.text()
    suspended = time.monotonic()
    mai.page.wait_for_url(re.compile("/sign-in"), timeout=SOON)
    assert time.monotonic() - suspended < 1.5
    assert customer.name not in mai.page.locator("body").inner_text()
    assert mai.page.request.get("/api/conversations").status == 401
