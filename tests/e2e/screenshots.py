"""`make screenshots`: the pictures of README and docs, from the running product."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from sokhach import demo
from tests.e2e.conftest import ARGUMENTS
from tests.support.product import Product, product

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ANSWERED = "Đặng Quốc Dũng"
ANSWERS = ("Dạ nệm cao su 1m6 × 2m dày 10 phân bên em 8.900.000 ạ", "Bảo hành 10 năm, anh cần giao về quận nào ạ?")
DESK, PHONE = (1440, 900), (390, 844)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with product() as running, sync_playwright() as playwright:
        # Everybody begins to write at once, and has been answered or not when the pictures are taken.
        running.order("/demo", oa_id=demo.OA_ID, running=True, messages_per_minute=60)
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        cookie = running.sign_in()
        page = _page(browser, running, cookie, DESK, "light")
        page.get_by_text(ANSWERED).first.click(timeout=60_000)
        for answer in ANSWERS:
            page.locator("#composer").fill(answer)
            page.locator("#composer").press("Enter")
        page.wait_for_timeout(25_000)
        running.quiet()
        page.wait_for_timeout(2_000)
        page.screenshot(path=PICTURES / "inbox-desktop.png")
        dark = _page(browser, running, cookie, DESK, "dark")
        dark.get_by_text(ANSWERED).first.click()
        dark.wait_for_timeout(2_000)
        dark.screenshot(path=PICTURES / "inbox-desktop-dark.png")
        phone = _page(browser, running, cookie, PHONE, "light")
        phone.wait_for_timeout(1_500)
        phone.screenshot(path=PICTURES / "list-phone.png")
        phone.get_by_text(ANSWERED).first.click()
        phone.wait_for_timeout(2_000)
        phone.screenshot(path=PICTURES / "inbox-phone.png")
        browser.close()


def _page(browser: Browser, running: Product, cookie: str, size: tuple[int, int], scheme: str) -> Page:
    context = browser.new_context(
        base_url=running.address,
        viewport={"width": size[0], "height": size[1]},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        color_scheme="dark" if scheme == "dark" else "light",
    )
    context.add_cookies([{"name": "sokhach_session", "value": cookie, "url": running.address}])
    page = context.new_page()
    page.goto("/")
    page.get_by_text(ANSWERED).first.wait_for(timeout=60_000)
    return page


if __name__ == "__main__":
    main()
