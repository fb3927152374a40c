"""The whole product as a user runs it, and browsers in front of it. Each test has customers whom no other knows.

Fixtures live as long as this folder's tests: Playwright keeps a loop running in this thread, which the tests that bring
their own loop could not bear.
"""

import os
import shutil
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.desk import DESKTOP, PHONE, Desk, OpenDesk, new_context
from tests.support.product import LOGIN, Product, product

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PICTURES = Path("test-results")
"""Where the screens of failed tests are left."""
FRESH_SECONDS = 300

_FAILED = pytest.StashKey[bool]()


def chromium_program() -> str:
    """As `scripts/setup.py` looks for it."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert program, "no Chromium: run the tests by `make test`, which installs it"
    return program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "e2e":
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def running() -> Iterator[Product]:
    """`sokhach run --demo`; its own customers are silent."""
    with product() as started:
        started.quiet()
        yield started


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def sessions() -> dict[str, tuple[str, float]]:
    """Cookies by login, and until when they are taken: signing in is slow on purpose, and proof of who one is lasts ten
    minutes."""
    return {}


@pytest.fixture
def open_desk(
    running: Product, browser: Browser, sessions: dict[str, tuple[str, float]], request: pytest.FixtureRequest
) -> Iterator[OpenDesk]:
    """Opens a browser of its own for somebody. The test fails when one complains of what the test did not excuse."""
    desks: list[Desk] = []

    def open_one(login: str | None = LOGIN, *, path: str = "/", product: Product = running, **options: Any) -> Desk:
        context = new_context(browser, product, **options)
        if login:
            if login not in sessions or sessions[login][1] < time.monotonic():
                sessions[login] = (product.sign_in(login), time.monotonic() + FRESH_SECONDS)
            context.add_cookies([{"name": "sokhach_session", "value": sessions[login][0], "url": product.address}])
        desk = Desk(product, context.new_page())
        desks.append(desk)
        desk.page.goto(path)
        if login and path == "/":
            desk.inbox.wait_for()
        return desk

    yield open_one
    for number, desk in enumerate(desks):
        if request.node.stash.get(_FAILED, False):
            PICTURES.mkdir(exist_ok=True)
            name = f"{request.node.name.replace('/', ' ')}-{number}"
            desk.page.screenshot(path=PICTURES / f"{name}.png")
            (PICTURES / f"{name}.log").write_text("\n".join(desk.diary), "utf-8")
        desk.page.context.close()
    assert [said for desk in desks for said in desk.complaints()] == []


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """The administrator at work on a desktop screen."""
    return open_desk(size=DESKTOP)


@pytest.fixture
def phone(open_desk: OpenDesk) -> Desk:
    """The same on a phone."""
    return open_desk(size=PHONE)
