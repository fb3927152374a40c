"""`make screenshots`: the pictures of README and docs, from the running product with the demo's weeks and a talk in it.

`ARGS=--all` takes every page at 1440, 1366 and 390 px, light and dark, into test-results/pictures, to be looked at.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from sokhach import demo
from tests.e2e.conftest import ARGUMENTS, chromium_program
from tests.e2e.desk import DESKTOP, LAN, PHONE, SOON, Customer, Desk, new_context, wait_until
from tests.support.product import LOGIN, Product, product

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ALL = Path("test-results") / "pictures"
MOST_BYTES = 450_000
LAPTOP = (1366, 768)
LIVING_SECONDS = 60

MAIN = "Nguyễn Thị Ánh Tuyết"
Scheme = Literal["light", "dark"]


class Shot(NamedTuple):
    """`page` is a place of `_places`."""

    name: str
    page: str
    size: tuple[int, int] = DESKTOP
    scheme: Scheme = "light"


SHOTS = (
    Shot("inbox-desktop", "thread"),
    Shot("inbox-desktop-dark", "thread", scheme="dark"),
    Shot("inbox-laptop", "thread", LAPTOP),
    Shot("inbox-phone", "thread", PHONE),
    Shot("list-phone", "inbox", PHONE),
    Shot("customer-phone", "customer-phone"),
    Shot("customer-phone-on-a-phone", "customer-phone", PHONE),
    Shot("channel-accounts", "channel-accounts"),
    Shot("channel-account", "channel-account"),
    Shot("staff", "staff"),
    Shot("demo", "demo"),
    Shot("quarantine", "quarantine"),
)
SIZES = {"1440": DESKTOP, "1366": LAPTOP, "390": PHONE}


class Office:
    """Staff who answer by the API, each with a session of their own."""

    def __init__(self, running: Product) -> None:
        self._running = running
        self._clients: dict[str, httpx.Client] = {}

    def answer(self, login: str, customer: Customer, text: str) -> int:
        """Id of the conversation, when the answer is on the customer's phone and seen."""
        client = self._client(login)
        conversation = self._conversation(client, customer)
        said = {"client_id": str(uuid4()), "text": text}
        client.post(f"/api/conversations/{conversation}/messages", json=said).raise_for_status()
        wait_until(lambda: text in customer.phone(), f"{text!r} at the phone")
        customer.opens_the_chat()
        return conversation

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
    options = argparse.ArgumentParser()
    options.add_argument("--all", action="store_true", help="every page in every size and scheme, to be looked at")
    given = options.parse_args()
    with product(demo_days=28) as running, sync_playwright() as playwright:
        running.wait_filled(300)
        time.sleep(LIVING_SECONDS)
        running.quiet()
        tuyet, thread = _talk(running)
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(ARGUMENTS))
        with _camera(browser, running) as take:
            # Read by now: without the line above what was new.
            opened = take(f"/conversations/{thread}", DESKTOP, "light")
            Desk(running, opened).tick("Chị để ý điện thoại", "Đã xem")
            opened.get_by_text("Đang tải về").wait_for(state="detached", timeout=4 * SOON)
            time.sleep(1)
            places = _places(running, tuyet, thread)
            if given.all:
                _take_all(take, places)
            else:
                _take(take, places)
        browser.close()


def _talk(running: Product) -> tuple[Customer, int]:
    """What the first picture shows: a customer asks, two of the staff answer."""
    office = Office(running)
    stranger = Customer(running, "Bùi Anh Thư")
    stranger.says("Tin từ một máy có đồng hồ sai", days_ago=-41 * 365)
    tuyet = Customer(running, MAIN)
    tuyet.says("Shop ơi bộ ga cotton satin 1m8 còn màu này không ạ?", days_ago=12 / 1440)
    tuyet.sends("image", days_ago=12 / 1440, photo="chan-ga-xanh")
    office.answer(LOGIN, tuyet, "Dạ còn chị ơi. Trọn bộ 4 món giá 1.250.000 đ, miễn phí giao hàng ạ.")
    tuyet.says("Có kèm vỏ chăn không em?")
    tuyet.says("Giao về quận 7 thì khi nào chị nhận được?")
    office.answer(LAN, tuyet, "Dạ có vỏ chăn 2m × 2m2 ạ. Quận 7 thì chiều mai chị nhận được.")
    tuyet.says("Vậy cho chị một bộ nhé 😊")
    return tuyet, office.answer(LOGIN, tuyet, "Dạ em lên đơn rồi ạ. Chị để ý điện thoại chiều mai giúp em nhé!")


def _places(running: Product, customer: Customer, thread: int) -> dict[str, str]:
    """Every page there is, by name."""
    account = running.rows("SELECT min(id) FROM channel_account")[0][0]
    return {
        "inbox": "/",
        "thread": f"/conversations/{thread}",
        "customer-phone": f"{running.phone}?oa={demo.OA_ID}&user={customer.user_id}",
        "channel-accounts": "/channel-accounts",
        "channel-account": f"/channel-accounts/{account}",
        "staff": "/staff",
        "demo": "/demo",
        "limits": "/channel-limits",
        "privacy-requests": "/privacy-requests",
        "quarantine": "/quarantine",
        "access-log": "/access-log",
        "access-refusals": "/access-refusals",
        "audit-log": "/audit-log",
        "visibility": f"/visibility?staff=1&conversation={thread}",
    }


Take = Callable[[str, tuple[int, int], Scheme], Page]


@contextmanager
def _camera(browser: Browser, running: Product) -> Iterator[Take]:
    cookie = running.sign_in()

    def take(path: str, size: tuple[int, int], scheme: Scheme) -> Page:
        context = new_context(browser, running, size=size, scheme=scheme)
        context.add_cookies([{"name": "sokhach_session", "value": cookie, "url": running.address}])
        opened = context.new_page()
        opened.goto(path)
        opened.wait_for_load_state("load")
        opened.wait_for_timeout(2_500)
        drawn = "[...document.images].every((image) => image.complete || image.loading === 'lazy')"
        wait_until(lambda: bool(opened.evaluate(drawn)), "the pictures of the page")
        return opened

    yield take


def _take(take: Take, places: dict[str, str]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        file = PICTURES / f"{shot.name}.png"
        _save(take(places[shot.page], shot.size, shot.scheme), file)
        size = file.stat().st_size
        assert size <= MOST_BYTES, f"{file.name} has {size:,} bytes"
        print(f"{file.relative_to(PICTURES.parents[1])}: {size / 1000:.0f} kB")


def _take_all(take: Take, places: dict[str, str]) -> None:
    ALL.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for place, path in places.items():
        for width, size in SIZES.items():
            for scheme in schemes:
                _save(take(path, size, scheme), ALL / f"{place}-{width}-{scheme}.png")
        print(f"{ALL}/{place}-*.png")


def _save(page: Page, file: Path) -> None:
    page.screenshot(path=file, animations="disabled", caret="hide", timeout=SOON)
    page.context.close()


if __name__ == "__main__":
    main()
