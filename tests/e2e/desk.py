"""What customers do on Zalo, and what somebody at the console does and sees, in the words that are on the screen."""

import itertools
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, Protocol

from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect

from sokhach import demo
from tests.support.product import Product

DESKTOP = (1440, 900)
PHONE = (390, 844)
LAN = demo.STAFF[1][1]
"""Staff: no administration."""
HUY = demo.STAFF[2][1]
"""Staff, whose settings a test may change."""

SOON = 15_000
"""Milliseconds within which something must have come all the way, on a busy machine too."""

_NUMBERS = itertools.count(1)


class OpenDesk(Protocol):
    def __call__(
        self, login: str | None = ..., *, path: str = ..., product: Product = ..., **options: Any
    ) -> "Desk": ...


def new_context(
    browser: Browser, running: Product, *, size: tuple[int, int] = DESKTOP, scheme: Literal["light", "dark"] = "light"
) -> BrowserContext:
    touch = size[0] < 500
    return browser.new_context(
        base_url=running.address,
        viewport={"width": size[0], "height": size[1]},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        color_scheme=scheme,
        reduced_motion="reduce",
        has_touch=touch,
        is_mobile=touch,
    )


class Customer:
    """A person on the simulated Zalo."""

    def __init__(self, running: Product, name: str, oa_id: str = demo.OA_ID) -> None:
        self._running = running
        self.name = name
        added = running.order(f"/oas/{oa_id}/users", name=name, auto_seen_ms=None)
        self.user_id: str = added["user_id"]
        self._path = f"/oas/{oa_id}/users/{self.user_id}"

    def says(self, text: str, *, days_ago: float = 0) -> None:
        self._write(days_ago, text=text)

    def sends(self, kind: str, *, days_ago: float = 0, photo: str | None = None) -> None:
        """`photo` is one of the sandbox's; else they take turns."""
        pictures = f"{self._running.control.base_url}".replace("/control", "/cdn/images").rstrip("/")
        shown = {"thumbnail": f"{pictures}/{photo}-thumb.png", "url": f"{pictures}/{photo}.png"}
        self._write(days_ago, type=kind, payload=shown if photo else None)

    def _write(self, days_ago: float, **what: object) -> None:
        at = None if days_ago == 0 else int((time.time() - days_ago * 86_400) * 1000)
        self._running.order(f"{self._path}/messages", timestamp=at, **what)

    def follows(self) -> None:
        self._running.order(f"{self._path}/follow")

    def opens_the_chat(self) -> None:
        self._running.order(f"{self._path}/seen")

    def reacts(self, msg_id: str, icon: str) -> None:
        self._running.order(f"{self._path}/reactions", msg_id=msg_id, react_icon=icon)

    def changes(self, **facts: object) -> None:
        """`phone_on`, `refuses_messages` and the like."""
        self._running.control.patch(self._path, json=facts).raise_for_status()

    def answered_on_zalo(self, text: str) -> None:
        """An administrator of the OA answers in Zalo's own tools."""
        self._running.order(
            f"/oas/{demo.OA_ID}/admin-messages", user_id=self.user_id, text=text, admin_id="4609571003748261"
        )

    def screen(self) -> list[dict[str, Any]]:
        """All that the phone shows, oldest first, as the sandbox describes it."""
        return self._running.control.get(f"{self._path}/messages").json()

    def phone(self) -> list[str]:
        """The texts of ours that the phone shows."""
        return [one["text"] for one in self.screen() if one["src"] == 0]

    def received(self, count: int) -> list[str]:
        """The same, once so many have come."""
        wait_until(lambda: len(self.phone()) >= count, f"{count} messages at the phone")
        return self.phone()


class Desk:
    """A page of the console."""

    def __init__(self, running: Product, page: Page) -> None:
        self.running = running
        self.page = page
        self._heard: list[str] = []
        self._begun = time.monotonic()
        self.diary: list[str] = []
        """What went over the line, for whoever reads of a failed test."""
        # Nobody is signed in yet when the page asks for the first time.
        self._excuses = [r"^401 GET /api/session$"]
        page.on("pageerror", lambda error: self._heard.append(f"exception {error}"))
        page.on("console", lambda said: self._hear_console(said.type, said.text))
        page.on("response", lambda answer: self._hear_answer(answer.status, answer.request.method, answer.url))
        page.on("requestfailed", lambda request: self._hear_failure(request.failure, request.method, request.url))
        page.on("websocket", self._follow)

    # What the browser reports

    def excuse(self, pattern: str) -> None:
        """The test provokes this: `<status> <method> <path>`, `failed: <reason> <method> <path>` or a console line."""
        self._excuses.append(pattern)

    def may_lose(self) -> None:
        """A conversation is about to go from here: it may be read, or marked read, in the moment when it is gone."""
        self.excuse(r"^404 (GET /api/conversations/\d+|POST /api/conversations/\d+/read$)")

    def complaints(self) -> list[str]:
        return [said for said in self._heard if not any(re.search(excuse, said) for excuse in self._excuses)]

    @contextmanager
    def offline(self) -> Iterator[None]:
        self.excuse("ERR_INTERNET_DISCONNECTED")
        self.page.context.set_offline(True)
        yield
        self.page.context.set_offline(False)

    def _follow(self, socket: WebSocket) -> None:
        self._note("socket opened")
        socket.on("framereceived", lambda frame: self._note(f"socket {frame}"))
        socket.on("close", lambda _: self._note("socket closed"))

    def _note(self, what: str) -> None:
        self.diary.append(f"{time.monotonic() - self._begun:7.2f} {what}")

    def _hear_console(self, kind: str, text: str) -> None:
        # Failed loads are heard with their address below.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self._heard.append(text)

    def _hear_answer(self, status: int, method: str, url: str) -> None:
        if "/api/" in url:
            self._note(f"{status} {method} {url.removeprefix(self.running.address)}")
        if status >= 400:
            self._heard.append(f"{status} {method} {self._path(url)}")

    def _hear_failure(self, reason: str | None, method: str, url: str) -> None:
        self._note(f"failed: {reason} {method} {url}")
        # A page that goes elsewhere drops what it was loading.
        if reason != "net::ERR_ABORTED":
            self._heard.append(f"failed: {reason} {method} {self._path(url)}")

    def _path(self, url: str) -> str:
        return url.removeprefix(self.running.address).partition("?")[0]

    # The list

    @property
    def inbox(self) -> Locator:
        return self.page.get_by_role("list", name="Danh sách hội thoại")

    def customer(self, name: str, oa_id: str = demo.OA_ID) -> Customer:
        """Somebody whom no other test knows."""
        return Customer(self.running, f"{name} {next(_NUMBERS)}", oa_id)

    def row(self, customer: Customer) -> Locator:
        return self.inbox.get_by_role("link").filter(has=self.page.get_by_text(customer.name, exact=True))

    def waiting(self, customer: Customer) -> Locator:
        """The badge of a row that says how long the customer waits."""
        return self.row(customer).get_by_title("Khách chờ từ")

    def enter(self, customer: Customer) -> None:
        self.row(customer).click(timeout=SOON)
        expect(self.page.get_by_role("heading", name=customer.name)).to_be_visible()
        expect(self.thread).to_be_visible()

    def enter_far_below(self, customer: Customer) -> None:
        """The same for somebody whom only the end of the whole list shows: the rows between are not drawn."""
        self.page.get_by_role("navigation", name="Mục hội thoại").get_by_role("link", name="Tất cả").click()
        self.inbox.hover()
        for _ in range(50):
            if self.row(customer).count():
                break
            self.page.mouse.wheel(0, 600)
            self.page.wait_for_timeout(100)
        self.enter(customer)

    # The thread

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log", name="Tin nhắn")

    def bubble(self, text: str) -> Locator:
        """A message with what stands around it."""
        return self.thread.locator("[data-side]:has([data-side])").filter(has_text=text)

    @property
    def sent_texts(self) -> list[str]:
        return self.thread.locator("[data-side=out] [data-side=out]").all_inner_texts()

    def tick(self, text: str, words: str | re.Pattern[str]) -> None:
        """Waits until the message's state reads so."""
        expect(self.bubble(text).locator("[data-tick]")).to_have_text(words, timeout=SOON)

    def tags_of(self, *parts: Locator) -> list[str]:
        """Parts of the page as the browser holds them, tag by tag."""
        return [line for part in parts for line in part.evaluate(_TAGS)]

    # The composer

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Tin nhắn cho khách")

    def send(self, text: str) -> None:
        self.composer.fill(text)
        self.page.get_by_role("button", name="Gửi", exact=True).click()

    # The rest

    def go(self, name: str) -> None:
        """To a page of the administration."""
        self.page.get_by_role("navigation", name="Các trang").get_by_role("link", name="Quản trị").click()
        self.page.get_by_role("navigation", name="Quản trị").get_by_role("link", name=name).click()

    def sign_in(self, login: str, password: str) -> None:
        self.page.get_by_label("E-mail hoặc số điện thoại").fill(login)
        self.page.get_by_label("Mật khẩu", exact=True).fill(password)
        self.page.get_by_role("button", name="Đăng nhập").click()

    def fits_the_screen(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


_TAGS = """part => [...part.querySelectorAll('*')].map(element => {
    // Ids are made in the order in which a page drew its parts.
    const made = ['id', 'aria-labelledby', 'aria-controls', 'aria-describedby'];
    const told = [...element.attributes].filter(one => !made.includes(one.name));
    const attributes = told.map(one => `${one.name}=${one.value}`).sort();
    // How long somebody has waited is told anew every ten seconds, from when the page was opened.
    if (element.title?.startsWith('Khách chờ từ')) return element.title;
    const words = [...element.childNodes].filter(one => one.nodeType === Node.TEXT_NODE).map(one => one.data);
    return [element.localName, ...attributes, ...words].join(' ');
})"""


def wait_until(holds: Callable[[], bool], what: str, within_seconds: float = SOON / 1000) -> None:
    deadline = time.monotonic() + within_seconds
    while not holds():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.05)
