"""What somebody at the console does and sees, in the words that are on the screen."""

import itertools
import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from sokhach import demo
from tests.support.product import Product

PHONE = (390, 844)
_NUMBERS = itertools.count(1)


class Customer:
    """A person on the simulated Zalo."""

    def __init__(self, running: Product, name: str) -> None:
        self._running = running
        self.name = name
        added = running.order(f"/oas/{demo.OA_ID}/users", name=name, auto_seen_ms=None)
        self._path = f"/oas/{demo.OA_ID}/users/{added['user_id']}"

    def says(self, text: str) -> None:
        self._running.order(f"{self._path}/messages", text=text)

    def sends(self, kind: str) -> None:
        self._running.order(f"{self._path}/messages", type=kind)

    def follows(self) -> None:
        self._running.order(f"{self._path}/follow")

    def opens_the_chat(self) -> None:
        self._running.order(f"{self._path}/seen")

    def phone(self) -> list[str]:
        """The texts of ours that the phone shows."""
        shown: list[dict[str, Any]] = self._running.control.get(f"{self._path}/messages").json()
        return [one["text"] for one in shown if one["src"] == 0]

    def wait_for(self, count: int) -> list[str]:
        """Until so many of our messages have reached the phone."""
        for _ in range(150):
            if len(shown := self.phone()) >= count:
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{len(self.phone())} of {count} messages reached the phone")


class Desk:
    def __init__(self, running: Product, page: Page) -> None:
        self.running = running
        self.page = page
        self.complaints: list[str] = []
        """What the browser's console reported; a test that provokes something takes it out."""
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str = "/") -> None:
        self.page.goto(path)
        expect(self.page.get_by_role("heading", name="Hội thoại")).to_be_visible()

    def customer(self, name: str) -> Customer:
        """Somebody whom no other test knows."""
        return Customer(self.running, f"{name} {next(_NUMBERS)}")

    def row(self, customer: Customer) -> Locator:
        return self.page.locator("[data-conversation]").filter(has_text=customer.name)

    def enter(self, customer: Customer) -> None:
        self.row(customer).click()
        expect(self.thread).to_be_visible()

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer")

    def bubble(self, text: str) -> Locator:
        return self.thread.locator("[data-side]:has([data-side])").filter(has_text=text)

    def send(self, text: str) -> None:
        self.composer.fill(text)
        self.page.get_by_role("button", name=re.compile("^Gửi")).click()

    def no_sideways_scroll(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
