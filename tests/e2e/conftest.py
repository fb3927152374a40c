"""The whole product, and a browser in front of it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.desk import PHONE, Desk
from tests.support.product import Product, product

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "e2e":
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def running() -> Iterator[Product]:
    with product() as started:
        started.quiet()
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "no Chromium: run the tests by `make test`, which installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def desk(running: Product, browser: Browser) -> Iterator[Desk]:
    """Somebody at work on a desktop screen, signed in as the administrator."""
    yield from _at_work(running, browser, 1440, 900)


@pytest.fixture
def phone(running: Product, browser: Browser) -> Iterator[Desk]:
    """The same on a phone."""
    yield from _at_work(running, browser, *PHONE)


@pytest.fixture
def fresh_page(running: Product, browser: Browser) -> Iterator[Page]:
    """A page that nobody has signed in on."""
    context = _context(browser, running, 1440, 900)
    yield context.new_page()
    context.close()


def _at_work(running: Product, browser: Browser, width: int, height: int) -> Iterator[Desk]:
    context = _context(browser, running, width, height)
    context.add_cookies([{"name": "sokhach_session", "value": running.sign_in(), "url": running.address}])
    desk = Desk(running, context.new_page())
    desk.open()
    yield desk
    context.close()
    assert desk.complaints == []


def _context(browser: Browser, running: Product, width: int, height: int) -> BrowserContext:
    return browser.new_context(
        base_url=running.address,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        has_touch=width < 500,
    )
