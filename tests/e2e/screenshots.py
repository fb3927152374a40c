"""`make screenshots`: the pictures of README and docs, from the running product with a morning's work in it."""

import time
from pathlib import Path
from typing import Literal
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import ARGUMENTS, chromium_program
from tests.e2e.desk import DESKTOP, HUY, LAN, PHONE, SOON, Customer, Desk, new_context, wait_until
from tests.support.product import LOGIN, Product, product

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 300_000

MAIN = "Nguyễn Thị Ánh Tuyết"
PHOTO = "(ảnh)"
# Who wrote what, and how many minutes ago.
WAITING = (
    ("Ngô Thanh Hà", 196, "Cho em xem thêm mẫu hoa nhí khổ 1m6 với ạ"),
    ("Khách sạn Biển Xanh", 74, "Anh cần báo giá 60 bộ ga trắng, có hoá đơn VAT"),
    ("Chị Hà (sỉ Đà Nẵng)", 48, "Em gửi chị bảng giá sỉ tháng này nhé"),
    ("Cô Bảy Cần Thơ", 23, "con oi goi long vu con hang hong"),
    ("Lê Thu Hằng", 16, "Em ơi đơn DH10482 giao tới đâu rồi?"),
    ("Phạm Gia Hân", 6, PHOTO),
    ("Trần Quốc Bảo", 2, "Rèm cửa 2m4 shop có may theo số đo không?"),
)
ANSWERED = (
    ("Đỗ Kim Ngân", 33, "Shop có giao trong hôm nay không ạ?", HUY, "Dạ trước 18 giờ là tới chị ạ"),
    ("Võ Minh Khôi", 41, "Nệm cao su 1m6 bảo hành mấy năm?", LAN, "Dạ 10 năm chính hãng anh nhé"),
)


class Office:
    """Staff who answer by the API, each with a session of their own."""

    def __init__(self, running: Product) -> None:
        self._running = running
        self._clients: dict[str, httpx.Client] = {}

    def answer(self, login: str, customer: Customer, text: str) -> None:
        client = self._client(login)
        conversation = self._conversation(client, customer)
        said = {"client_id": str(uuid4()), "text": text}
        client.post(f"/api/conversations/{conversation}/messages", json=said).raise_for_status()
        wait_until(lambda: text in customer.phone(), f"{text!r} at the phone")
        customer.opens_the_chat()

    def _conversation(self, client: httpx.Client, customer: Customer) -> int:
        found: list[int] = []

        def look() -> bool:
            rows = client.get("/api/conversations", params={"view": "all"}).json()["items"]
            found[:] = [row["id"] for row in rows if row["title"] == customer.name]
            return bool(found)

        wait_until(look, customer.name)
        return found[0]

    def _client(self, login: str) -> httpx.Client:
        if login not in self._clients:
            cookies = {"sokhach_session": self._running.sign_in(login)}
            client = httpx.Client(base_url=self._running.address, cookies=cookies, trust_env=False)
            client.get("/healthz")
            client.headers["x-csrftoken"] = client.cookies["csrftoken"]
            self._clients[login] = client
        return self._clients[login]


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with product() as running, sync_playwright() as playwright:
        running.quiet()
        _work(running)
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(ARGUMENTS))
        _take(browser, running)
        browser.close()


def _work(running: Product) -> None:
    office = Office(running)
    for name, minutes, words in WAITING:
        _write(Customer(running, name), words, minutes)
    for name, minutes, words, login, answer in ANSWERED:
        customer = Customer(running, name)
        _write(customer, words, minutes)
        office.answer(login, customer, answer)

    tuyet = Customer(running, MAIN)
    _write(tuyet, "Shop ơi bộ ga cotton satin 1m8 còn màu này không ạ?", 12)
    _write(tuyet, PHOTO, 12)
    office.answer(LOGIN, tuyet, "Dạ còn chị ơi. Trọn bộ 4 món giá 1.250.000 đ, miễn phí giao hàng ạ.")
    tuyet.says("Có kèm vỏ chăn không em?")
    tuyet.says("Giao về quận 7 thì khi nào chị nhận được?")
    office.answer(LOGIN, tuyet, "Dạ có vỏ chăn 2m × 2m2 ạ. Quận 7 thì chiều mai chị nhận được.")
    tuyet.says("Vậy cho chị một bộ nhé 😊")
    office.answer(LOGIN, tuyet, "Dạ em lên đơn rồi ạ. Chị để ý điện thoại chiều mai giúp em nhé!")
    stranger = Customer(running, "Bùi Anh Thư")
    stranger.says("Tin từ một máy có đồng hồ sai", days_ago=-41 * 365)
    stranger.says("Tin từ một máy có đồng hồ sai", days_ago=-40 * 365)


def _write(customer: Customer, words: str, minutes_ago: float) -> None:
    days = minutes_ago / 1440
    if words == PHOTO:
        customer.sends("image", days_ago=days, photo="chan-ga-xanh")
    else:
        customer.says(words, days_ago=days)


def _take(browser: Browser, running: Product) -> None:
    cookie = running.sign_in()

    def page(path: str, size: tuple[int, int], scheme: Literal["light", "dark"] = "light") -> Page:
        context = new_context(browser, running, size=size, scheme=scheme)
        context.add_cookies([{"name": "sokhach_session", "value": cookie, "url": running.address}])
        opened = context.new_page()
        opened.goto(path)
        opened.wait_for_load_state("networkidle")
        return opened

    desk = page("/", DESKTOP)
    desk.get_by_role("link").filter(has_text=MAIN).click(timeout=SOON)
    Desk(running, desk).tick("Chị để ý điện thoại", "Đã xem")
    # Read by now: without the line above what was new.
    time.sleep(1)
    thread = desk.url
    _save(page(thread, DESKTOP), "inbox-desktop")
    _save(page(thread, DESKTOP, "dark"), "inbox-desktop-dark")
    _save(page(thread, PHONE), "inbox-phone")
    _save(page("/", PHONE), "list-phone")
    _save(page("/channel-accounts", DESKTOP), "channel-accounts")
    _save(page("/quarantine", DESKTOP), "quarantine")


def _save(page: Page, name: str) -> None:
    page.wait_for_timeout(1_000)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    page.context.close()
    size = file.stat().st_size
    assert size <= MOST_BYTES, f"{file.name} has {size:,} bytes"
    print(f"{file.relative_to(PICTURES.parents[1])}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
