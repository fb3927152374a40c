"""A browser that was away goes on where it stopped: hundreds of events later it shows what a fresh page shows."""

import base64
import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import FilePayload, WebSocketRoute, expect

from tests.e2e.desk import LAN, PHONE, SOON, Customer, Desk, OpenDesk, wait_until
from tests.support.product import Product

pytestmark = pytest.mark.long

NOTICE = "Mất kết nối. Đang nối lại…"
OTHERS = 20
ROUNDS = 16
MANY = 500
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LATE = 60_000
"""Milliseconds for what hundreds of webhooks set in motion."""


class Colleague:
    """Lan, who goes on working by the API while a browser is away."""

    def __init__(self, running: Product) -> None:
        cookies = {"sokhach_session": running.sign_in(LAN)}
        self._client = httpx.Client(base_url=running.address, cookies=cookies, timeout=30, trust_env=False)
        self._client.get("/healthz")
        self._client.headers["x-csrftoken"] = self._client.cookies["csrftoken"]

    def close(self) -> None:
        self._client.close()

    def conversation(self, customer: Customer) -> int:
        rows = self._client.get("/api/conversations", params={"view": "all", "limit": 100}).json()["items"]
        return next(row["id"] for row in rows if row["title"] == customer.name)

    def answers(self, conversation: int, text: str) -> None:
        said = {"client_id": str(uuid4()), "text": text}
        self._client.post(f"/api/conversations/{conversation}/messages", json=said).raise_for_status()

    def resolves(self, conversation: int) -> None:
        self._client.post(f"/api/conversations/{conversation}/resolution", json={}).raise_for_status()


@pytest.fixture
def lan(running: Product) -> Iterator[Colleague]:
    colleague = Colleague(running)
    yield colleague
    colleague.close()


def test_five_hundred_events_while_offline(desk: Desk, open_desk: OpenDesk, lan: Colleague) -> None:
    asked: list[str] = []
    desk.page.on("websocket", lambda socket: asked.append(socket.url))
    customer = desk.customer("Vũ Ngọc Mai")
    others = [desk.customer("Khách") for _ in range(OTHERS)]
    for one in (*others, customer):
        one.says("Alo shop")
    desk.enter(customer)
    expect(desk.row(others[-1])).to_be_visible(timeout=SOON)
    _has_read(desk, customer)
    # Opened anew, so that the line above what was new is gone.
    desk.page.reload()
    expect(desk.bubble("Alo shop")).to_be_visible()
    wait_until(lambda: len(asked) == 1, "a socket")
    thread = lan.conversation(customer)
    before = _events(desk)
    with desk.offline():
        expect(desk.page.get_by_text(NOTICE)).to_be_visible(timeout=SOON)
        desk.send("Dạ em trả lời lúc mất mạng")
        for number in range(ROUNDS):
            for one in others:
                one.says(f"Câu {number}")
            for half in ("đầu", "sau"):
                customer.says(f"Câu {number} {half}")
                customer.says(f"Câu {number} {half} nữa")
                lan.answers(thread, f"Dạ {number} {half}")
        for one in others[:3]:
            lan.resolves(lan.conversation(one))
        _is_settled(desk)
        # A worker that is behind tells of several messages at once.
        while _events(desk) - before < MANY:
            for one in others:
                one.says("Còn câu nữa")
            _is_settled(desk)
        expect(desk.thread).not_to_contain_text("Câu 1")
        assert customer.phone().count("Dạ em trả lời lúc mất mạng") == 0
    expect(desk.page.get_by_text(NOTICE)).to_have_count(0, timeout=SOON)
    wait_until(lambda: "Dạ em trả lời lúc mất mạng" in customer.phone(), "what was typed offline at the phone")
    desk.tick("Dạ em trả lời lúc mất mạng", re.compile("Đã nhận|Đã xem"))
    expect(desk.bubble("Dạ em trả lời lúc mất mạng")).to_be_in_viewport(timeout=SOON)
    _has_read(desk, customer)
    _is_settled(desk)
    # By its cursor, not from the beginning.
    assert [("cursor=" in url) for url in asked] == [False] + [True] * (len(asked) - 1)
    assert len(asked) > 1

    fresh = open_desk(path=desk.page.url)
    expect(fresh.bubble("Dạ em trả lời lúc mất mạng")).to_be_in_viewport(timeout=SOON)
    wait_until(lambda: _screen(desk) == _screen(fresh), "the same screen", 5)
    assert customer.phone().count("Dạ em trả lời lúc mất mạng") == 1
    # The fresh page has one page of the thread; scrolled back, both have all of it.
    for one in (desk, fresh):
        _to_the_beginning(one)
    assert _thread_texts(desk) == _thread_texts(fresh)
    assert len(_thread_texts(desk)) == 1 + ROUNDS * 6 + 1


def test_a_line_that_is_cut_and_refused_for_a_while(desk: Desk, open_desk: OpenDesk) -> None:
    """Only the socket is down: an office's proxy, or a server that starts again."""
    gate = {"open": True}
    lines: list[WebSocketRoute] = []

    def carry(line: WebSocketRoute) -> None:
        if not gate["open"]:
            line.close(code=1011)
            return
        lines.append(line)
        line.connect_to_server()

    desk.page.route_web_socket(re.compile("/api/realtime"), carry)
    desk.page.reload()
    customer = desk.customer("Huỳnh Cẩm Tú")
    customer.says("Chị ơi")
    desk.enter(customer)
    _has_read(desk, customer)
    desk.page.reload()
    expect(desk.bubble("Chị ơi")).to_be_visible()
    gate["open"] = False
    lines[-1].close(code=1011)
    expect(desk.page.get_by_text(NOTICE)).to_be_visible(timeout=SOON)
    customer.says("Em đợi lâu quá")
    # Answers leave all the same: the line for them is not cut.
    desk.send("Dạ em nghe ạ")
    assert customer.received(1) == ["Dạ em nghe ạ"]
    gate["open"] = True
    expect(desk.page.get_by_text(NOTICE)).to_have_count(0, timeout=LATE)
    desk.tick("Dạ em nghe ạ", "Đã nhận")
    expect(desk.bubble("Em đợi lâu quá")).to_be_visible(timeout=SOON)
    _has_read(desk, customer)
    fresh = open_desk(path=desk.page.url)
    expect(fresh.bubble("Dạ em nghe ạ")).to_be_visible(timeout=SOON)
    wait_until(lambda: _screen(desk) == _screen(fresh), "the same screen", 5)


def test_the_bar_says_so_on_a_phone_too(phone: Desk) -> None:
    customer = phone.customer("Bác Tư")
    customer.says("alo")
    phone.enter(customer)
    with phone.offline():
        expect(phone.page.get_by_text(NOTICE)).to_be_visible(timeout=SOON)
        expect(phone.page.get_by_text("Máy này không có mạng")).to_be_visible()
        phone.composer.fill("Dạ bác đợi con")
        assert phone.fits_the_screen()
    expect(phone.page.get_by_text(NOTICE)).to_have_count(0, timeout=SOON)
    expect(phone.composer).to_have_value("Dạ bác đợi con")
    assert phone.page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}


def test_a_picture_that_the_line_broke_off_goes_up_afterwards(desk: Desk) -> None:
    customer = desk.customer("Chị Thảo")
    customer.says("Cho em xem mẫu")
    desk.enter(customer)
    picture = FilePayload(name="mau.png", mimeType="image/png", buffer=PIXEL)
    with desk.offline():
        desk.page.locator("input[type=file]").set_input_files(picture)
        expect(desk.page.get_by_role("button", name="Tải lại mau.png")).to_be_visible(timeout=SOON)
    expect(desk.page.get_by_role("button", name="Tải lại mau.png")).to_have_count(0, timeout=SOON)
    desk.page.get_by_role("button", name="Gửi", exact=True).click()
    wait_until(lambda: any(one["type"] == "image" for one in customer.screen()), "the picture at the phone")


def _events(desk: Desk) -> int:
    return int(desk.running.rows("SELECT count(*) FROM realtime_event")[0][0])


def _has_read(desk: Desk, customer: Customer) -> None:
    expect(desk.row(customer)).not_to_contain_text("Chưa đọc", timeout=SOON)


def _is_settled(desk: Desk) -> None:
    """Nothing more happens: what was sent has arrived, and what came in is in the book."""
    seen = [-1]

    def quiet() -> bool:
        seen.append(_events(desk))
        desk.page.wait_for_timeout(1_000)
        waiting = desk.running.rows("SELECT (SELECT count(*) FROM journal_pending) + (SELECT count(*) FROM outbox)")
        return seen[-1] == seen[-2] and waiting[0][0] == 0

    wait_until(quiet, "quiet", LATE / 1000)


def _screen(desk: Desk) -> list[str]:
    return desk.tags_of(desk.inbox, desk.thread)


def _to_the_beginning(desk: Desk) -> None:
    desk.thread.hover()
    for _ in range(60):
        if desk.thread.get_by_text("Đầu hội thoại").count():
            return
        desk.thread.evaluate("one => one.scrollTo(0, 0)")
        desk.page.wait_for_timeout(100)
    raise AssertionError("no beginning")


def _thread_texts(desk: Desk) -> list[str]:
    return desk.thread.locator("[data-side] [data-side]").all_inner_texts()
