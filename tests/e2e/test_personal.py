"""A staff's personal account from the code on the screen to the label on the customer: console and both phones."""

import re
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.desk import DESKTOP, HUY, LAN, PHONE, SOON, Desk, OpenDesk, new_context
from tests.e2e.office import choose, open_card
from tests.support.product import Product, product

pytestmark = [pytest.mark.long, pytest.mark.timeout(420)]

LATER = 60_000
"""Milliseconds for what the worker asks Zalo for from time to time."""
_NUMBERS = count(1)


class ZaloPhone:
    """The phone of somebody with a personal account, in a browser."""

    def __init__(self, page: Page, running: Product, name: str) -> None:
        self.page = page
        self.name = name
        self.uid: str = running.order("/web/users", name=name, phone=f"0938{next(_NUMBERS):06}")["uid"]
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"exception {error}"))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{running.phone}?me={self.uid}")
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=SOON)

    def scans(self) -> None:
        self.page.get_by_role("button", name="Quét mã QR").click()
        self.page.get_by_role("list", name="Mã đang chờ").get_by_role("button").first.click(timeout=SOON)
        expect(self.question).to_contain_text(self.name, timeout=SOON)

    @property
    def question(self) -> Locator:
        return self.page.get_by_role("dialog", name="Đăng nhập Zalo trên máy tính")

    def scans_and_agrees(self) -> None:
        self.scans()
        self.question.get_by_role("button", name="Đăng nhập").click()
        expect(self.question).to_be_hidden(timeout=SOON)

    def writes_to(self, other: "ZaloPhone") -> None:
        self.page.get_by_role("button", name="Tin nhắn mới").click()
        shown = self.page.get_by_role("dialog", name="Tin nhắn mới")
        shown.get_by_role("searchbox").fill(other.name)
        shown.get_by_role("button", name=other.name).click()
        self.is_in(other.name)

    @property
    def friendship(self) -> Locator:
        return self.page.get_by_role("region", name="Kết bạn")

    def asks_to_be_friends(self) -> None:
        self.friendship.get_by_role("button", name="Kết bạn").click(timeout=SOON)
        expect(self.friendship).to_contain_text("Đã gửi lời mời kết bạn", timeout=SOON)

    def takes_the_request_back(self) -> None:
        self.friendship.get_by_role("button", name="Thu hồi lời mời").click(timeout=SOON)
        expect(self.friendship.get_by_role("button", name="Kết bạn")).to_be_visible(timeout=SOON)

    @property
    def askers(self) -> Locator:
        return self.page.get_by_role("list", name="Lời mời kết bạn").get_by_role("listitem")

    def opens(self, name: str) -> None:
        self.page.get_by_role("list", name="Hội thoại").get_by_role("button", name=name).click(timeout=SOON)
        self.is_in(name)

    def is_in(self, name: str) -> None:
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=SOON)

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log", name="Tin nhắn")

    def says(self, text: str) -> None:
        self.page.get_by_role("textbox", name=re.compile("^Tin nhắn gửi")).fill(text)
        self.page.get_by_role("button", name="Gửi", exact=True).click()
        expect(self.bubble(text)).to_be_visible(timeout=SOON)

    def bubble(self, text: str) -> Locator:
        return self.thread.locator("[data-message]").filter(has_text=text)

    def recalls(self, text: str) -> None:
        bubble = self.bubble(text)
        if self.touch:
            bubble.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
        else:
            bubble.hover()
            bubble.locator("xpath=../..").get_by_role("button", name="Thả cảm xúc").click()
        self.page.get_by_role("dialog", name="Thả cảm xúc").get_by_role("button", name="Thu hồi").click(timeout=SOON)
        expect(bubble).to_have_count(0, timeout=SOON)
        expect(self.thread).to_contain_text("Tin nhắn đã được thu hồi")

    def labels(self, text: str) -> None:
        self.page.get_by_role("button", name="Thẻ phân loại").click()
        shown = self.page.get_by_role("dialog", name="Thẻ phân loại")
        shown.get_by_label("Thẻ mới").fill(text)
        shown.get_by_role("button", name="Thêm thẻ").click()
        expect(shown.get_by_role("button", name=text)).to_have_attribute("aria-pressed", "true", timeout=SOON)
        shown.get_by_role("button", name="Đóng").click()

    def hearts(self, text: str) -> None:
        bubble = self.bubble(text)
        if self.touch:
            bubble.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
        else:
            bubble.hover()
            bubble.locator("xpath=../..").get_by_role("button", name="Thả cảm xúc").click()
        self.page.get_by_role("dialog", name="Thả cảm xúc").get_by_role("button", name="Yêu thích").click(timeout=SOON)

    @property
    def touch(self) -> bool:
        return (self.page.viewport_size or {"width": 0})["width"] == PHONE[0]

    def fits_the_screen(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


OpenPhone = Callable[[str], ZaloPhone]


@pytest.fixture(scope="module")
def running() -> Iterator[Product]:
    """One of its own: an account more would stand on the pages of other tests."""
    with product() as started:
        started.quiet()
        yield started


@pytest.fixture(scope="module")
def sessions() -> dict[str, tuple[str, float]]:
    return {}


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


@pytest.fixture
def open_phone(running: Product, browser: Browser, size: tuple[int, int]) -> Iterator[OpenPhone]:
    phones: list[ZaloPhone] = []

    def open_one(name: str) -> ZaloPhone:
        context = new_context(browser, running, size=size)
        phones.append(ZaloPhone(context.new_page(), running, f"{name} {next(_NUMBERS)}"))
        return phones[-1]

    yield open_one
    for phone in phones:
        phone.page.context.close()
    assert [said for phone in phones for said in phone.complaints] == []


def connect(desk: Desk, phone: ZaloPhone, holder: str, typed: str) -> None:
    """The administrator has a staff's account connected, with the staff's phone at hand."""
    page = desk.page
    page.goto("/personal-accounts/new")
    choose(page.get_by_role("main"), holder, typed)
    page.get_by_role("radio", name="SIM công ty").click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("main")).to_contain_text("không phải kết nối chính thức", timeout=SOON)
    page.get_by_role("checkbox", name=re.compile("đã đọc và đồng ý")).check()
    page.get_by_role("button", name="Đồng ý và hiện mã QR").click()
    expect(page.get_by_role("img", name="Mã QR để đăng nhập Zalo")).to_be_visible(timeout=LATER)
    assert desk.fits_the_screen()
    phone.scans_and_agrees()
    expect(page.get_by_role("heading", name=f"Đã kết nối {phone.name}")).to_be_visible(timeout=LATER)
    page.get_by_role("link", name="Xem tài khoản").click()
    expect(page.get_by_role("main")).to_contain_text("Đang hoạt động", timeout=LATER)


def row(desk: Desk, name: str) -> Locator:
    return desk.inbox.get_by_role("link").filter(has=desk.page.get_by_text(name, exact=True))


def test_a_personal_account_from_its_code_to_a_label(
    open_desk: OpenDesk, open_phone: OpenPhone, running: Product, size: tuple[int, int]
) -> None:
    staff, customer = open_phone("Lan Minh Long"), open_phone("Trịnh Kim Ngân")
    assert staff.fits_the_screen()
    connect(open_desk(size=size), staff, LAN, "nguyen thi lan")

    customer.writes_to(staff)
    customer.says("Em ơi rèm này còn màu kem không")
    desk = open_desk(LAN, size=size)
    row(desk, customer.name).click(timeout=SOON)
    expect(desk.bubble("Em ơi rèm này còn màu kem không")).to_be_visible(timeout=SOON)
    desk.send("Dạ còn chị ạ")
    expect(customer.bubble("Dạ còn chị ạ")).to_be_visible(timeout=LATER)
    customer.hearts("Dạ còn chị ạ")
    expect(desk.thread.get_by_label(f"❤️ {customer.name}")).to_be_visible(timeout=SOON)

    # What is answered at the console stands on the staff's own phone; what they type there stands at the console.
    staff.opens(customer.name)
    expect(staff.bubble("Dạ còn chị ạ")).to_be_visible(timeout=SOON)
    staff.says("Chiều em giao được luôn")
    expect(customer.bubble("Chiều em giao được luôn")).to_be_visible(timeout=SOON)
    typed = desk.bubble("Chiều em giao được luôn")
    expect(typed).to_be_visible(timeout=SOON)
    expect(typed).to_have_attribute("data-side", "out")
    expect(typed).to_contain_text("Gửi từ điện thoại")
    [(author,)] = running.rows(
        "SELECT s.email FROM message m JOIN staff s ON s.id = m.author_staff_id"
        " WHERE m.body = 'Chiều em giao được luôn' ORDER BY m.id DESC LIMIT 1"
    )
    assert author == LAN

    customer.says("Nhà chị số 12 Lê Lợi")
    expect(desk.bubble("Nhà chị số 12 Lê Lợi")).to_be_visible(timeout=SOON)
    customer.recalls("Nhà chị số 12 Lê Lợi")
    expect(staff.thread).to_contain_text("Tin nhắn đã được thu hồi", timeout=SOON)
    expect(desk.thread).to_contain_text("Khách đã thu hồi tin nhắn này", timeout=SOON)
    expect(desk.bubble("Nhà chị số 12 Lê Lợi")).to_have_count(0)
    office = open_desk(size=size)
    row(office, customer.name).click(timeout=SOON)
    recalled = office.bubble("Nhà chị số 12 Lê Lợi")
    expect(recalled).to_contain_text("Khách đã thu hồi lúc", timeout=SOON)
    assert office.fits_the_screen()
    assert desk.fits_the_screen()
    assert customer.fits_the_screen()

    staff.labels("Khách rèm")
    running.rows("UPDATE personal_directory SET due_at = now() WHERE kind = 'labels' RETURNING 1")
    expect(open_card(desk, size)).to_contain_text("Khách rèm", timeout=LATER)


@pytest.mark.parametrize("size", [DESKTOP], indirect=True, ids=["desktop"])
def test_requests_of_friendship_are_answered(open_desk: OpenDesk, open_phone: OpenPhone, running: Product) -> None:
    staff, ngan, tu = open_phone("Lan Kết Bạn"), open_phone("Trịnh Kim Ngân"), open_phone("Vũ Cẩm Tú")
    office = open_desk()
    connect(office, staff, LAN, "nguyen thi lan")
    ngan.writes_to(staff)
    running.order("/web/requests", from_uid=ngan.uid, to_uid=staff.uid, message="Chào em")
    expect(staff.askers).to_have_count(1, timeout=SOON)
    ngan.takes_the_request_back()
    expect(staff.askers).to_have_count(0, timeout=SOON)
    ngan.asks_to_be_friends()
    running.order("/web/requests", from_uid=tu.uid, to_uid=staff.uid, message="Em muốn hỏi giá rèm")
    expect(staff.askers).to_have_count(2, timeout=SOON)
    assert staff.fits_the_screen()
    holder = open_desk(LAN)
    holder.page.goto(office.page.url)
    theirs, seen_by_office = friend_requests(holder), friend_requests(office)
    row_of = theirs.get_by_role("listitem", name=ngan.name)
    expect(row_of).to_contain_text(f"Xin chào, tôi là {ngan.name}", timeout=SOON)
    expect(theirs.get_by_role("listitem", name=tu.name)).to_contain_text("Em muốn hỏi giá rèm", timeout=SOON)
    assert holder.fits_the_screen()
    row_of.get_by_role("button", name="Đồng ý").click()
    expect(row_of).to_contain_text("Đã là bạn bè trên Zalo", timeout=LATER)
    # The other person who may answer sees what became of it, without a reload.
    expect(seen_by_office.get_by_role("listitem", name=ngan.name)).to_contain_text("Đã là bạn bè", timeout=SOON)
    declined = seen_by_office.get_by_role("listitem", name=tu.name)
    declined.get_by_role("button", name="Từ chối").click()
    expect(declined).to_contain_text("Đã từ chối", timeout=LATER)
    expect(theirs.get_by_role("listitem", name=tu.name)).to_contain_text("Đã từ chối", timeout=SOON)

    # Whoever asked sees it on their phone, and may ask again; this time the phone itself accepts.
    expect(ngan.friendship).to_be_hidden(timeout=SOON)
    expect(ngan.page.get_by_text("Bạn bè", exact=False).first).to_be_visible(timeout=SOON)
    tu.writes_to(staff)
    tu.asks_to_be_friends()
    expect(declined.get_by_role("button", name="Đồng ý")).to_be_visible(timeout=SOON)
    staff.askers.filter(has_text=tu.name).get_by_role("button", name="Đồng ý").click(timeout=SOON)
    expect(staff.askers).to_have_count(0, timeout=SOON)
    expect(tu.friendship).to_be_hidden(timeout=SOON)
    expect(declined).to_contain_text("Đã là bạn bè trên Zalo", timeout=SOON)
    row_of.get_by_role("link", name=ngan.name).click()
    expect(holder.thread).to_contain_text("đã là bạn bè trên Zalo", timeout=SOON)


def friend_requests(desk: Desk) -> Locator:
    return desk.page.get_by_role("list", name="Lời mời kết bạn")


@pytest.mark.parametrize("size", [DESKTOP], indirect=True, ids=["desktop"])
def test_a_code_is_declined_and_asked_for_again(open_desk: OpenDesk, open_phone: OpenPhone) -> None:
    desk, phone = open_desk(), open_phone("Huy Minh Long")
    page = desk.page
    page.goto("/personal-accounts/new")
    choose(page.get_by_role("main"), HUY, "le quoc huy")
    page.get_by_role("radio", name="SIM riêng").click()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("checkbox", name=re.compile("đã đọc và đồng ý")).check(timeout=SOON)
    page.get_by_role("button", name="Đồng ý và hiện mã QR").click()
    expect(page.get_by_role("img", name="Mã QR để đăng nhập Zalo")).to_be_visible(timeout=LATER)
    phone.scans()
    expect(page.get_by_text(f"{phone.name} đã quét mã")).to_be_visible(timeout=SOON)
    phone.page.get_by_role("button", name="Từ chối").click()
    expect(page.get_by_text("Điện thoại đã từ chối")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Lấy mã mới").click()
    expect(page.get_by_role("img", name="Mã QR để đăng nhập Zalo")).to_be_visible(timeout=LATER)
    phone.scans_and_agrees()
    expect(page.get_by_role("heading", name=f"Đã kết nối {phone.name}")).to_be_visible(timeout=LATER)
