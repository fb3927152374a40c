"""`make screenshots`: the pictures of README and docs, from the running product with the demo's weeks and a talk in it.

`ARGS=--all` takes every page at 1440, 1366 and 390 px, light and dark, and what opens over them at 1366 and 390, into
test-results/pictures, to be looked at. `ARGS="--all --only staff demo"` takes those whose names begin so.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, Protocol
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from sokhach import demo
from tests.e2e.conftest import ARGUMENTS, chromium_program
from tests.e2e.desk import DESKTOP, LAN, PHONE, SOON, Customer, Desk, new_context, wait_until
from tests.e2e.scenes import SCENES, long_talk
from tests.support.product import LOGIN, Product, product

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ALL = Path("test-results") / "pictures"
MOST_BYTES = 500_000
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
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


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

    def find(self, customer: Customer) -> int:
        return self._conversation(self._client(LOGIN), customer)

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
    options.add_argument("--only", nargs="+", default=[""], help="with --all: names begin with one of these")
    options.add_argument("--days", type=int, default=28, help="of the demo's history")
    given = options.parse_args()
    with product(demo_days=given.days) as running, sync_playwright() as playwright:
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
                long = long_talk(running)
                places["long"] = f"/conversations/{Office(running).find(long)}"
                _take_all(take, places, tuple(given.only))
            else:
                _take(take, places)
        browser.close()


def _talk(running: Product) -> tuple[Customer, int]:
    """What the first picture shows: a customer asks, two of the staff answer."""
    office = Office(running)
    stranger = Customer(running, "Bùi Anh Thư")
    stranger.says("Tin từ một máy có đồng hồ sai", days_ago=-41 * 365)
    running.order(f"/oas/{demo.OA_ID}/users/{stranger.user_id}/withdrawal")
    tuyet = Customer(running, MAIN)
    tuyet.says("Shop ơi bộ ga cotton satin 1m8 còn màu này không ạ?", days_ago=12 / 1440)
    tuyet.sends("image", days_ago=12 / 1440, photo="chan-ga-xanh")
    office.answer(LOGIN, tuyet, "Dạ còn chị ơi. Trọn bộ 4 món giá 1.250.000 đ, miễn phí giao hàng ạ.")
    tuyet.says("Có kèm vỏ chăn không em? Giao về quận 7 thì khi nào chị nhận được?")
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
        "connect": "/channel-accounts/new",
        "staff": "/staff",
        "staff-teams": "/staff?view=teams",
        "staff-nobody": "/staff?search=zzzz",
        "demo": "/demo",
        "limits": "/channel-limits",
        "privacy-requests": "/privacy-requests",
        "privacy-requests-closed": "/privacy-requests?state=closed",
        "quarantine": "/quarantine",
        "sign-in": "/sign-in",
        "no-such-page": "/khong-co-trang-nay",
        "access-log": "/access-log",
        "access-refusals": "/access-refusals",
        "audit-log": "/audit-log",
        "visibility": f"/visibility?staff=1&conversation={thread}",
    }


class Take(Protocol):
    def __call__(self, path: str, size: tuple[int, int], scheme: Scheme, login: str | None = LOGIN) -> Page: ...


@contextmanager
def _camera(browser: Browser, running: Product) -> Iterator[Take]:
    contexts: dict[tuple[tuple[int, int], Scheme, str | None], BrowserContext] = {}
    cookies: dict[str, str] = {}

    def context(size: tuple[int, int], scheme: Scheme, login: str | None) -> BrowserContext:
        made = contexts[size, scheme, login] = new_context(browser, running, size=size, scheme=scheme)
        if login:
            cookies[login] = cookies.get(login) or running.sign_in(login)
            made.add_cookies([{"name": "sokhach_session", "value": cookies[login], "url": running.address}])
        return made

    def take(path: str, size: tuple[int, int], scheme: Scheme, login: str | None = LOGIN) -> Page:
        opened = (contexts.get((size, scheme, login)) or context(size, scheme, login)).new_page()
        opened.goto(path)
        opened.wait_for_load_state("load")
        opened.wait_for_timeout(2_000)
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


def _take_all(take: Take, places: dict[str, str], only: tuple[str, ...]) -> None:
    ALL.mkdir(parents=True, exist_ok=True)
    login = {"sign-in": None}
    missed: list[str] = []
    for place in filter(lambda name: name.startswith(only), places):
        for width, size in SIZES.items():
            for scheme in SCHEMES:
                _save(take(places[place], size, scheme, login.get(place, LOGIN)), ALL / f"{place}-{width}-{scheme}.png")
    for scene in filter(lambda one: one.name.startswith(only), SCENES):
        for width in ("1366", "390"):
            for scheme in SCHEMES:
                page = take(places[scene.page], SIZES[width], scheme, scene.login)
                name = f"{scene.name}-{width}-{scheme}"
                try:
                    scene.act(page)
                except BrowserError as error:
                    missed.append(f"{name}: {error.message.splitlines()[0]}")
                page.wait_for_timeout(800)
                _save(page, ALL / f"{name}.png")
    print(f"{ALL}: {len(list(ALL.iterdir()))} pictures")
    assert not missed, "\n".join(missed)


def _save(page: Page, file: Path) -> None:
    page.screenshot(path=file, animations="disabled", caret="hide", timeout=SOON)
    page.close()


if __name__ == "__main__":
    main()
