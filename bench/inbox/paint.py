"""`open_paint_ms`: in Chromium, from the click on a conversation until its last message is painted."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, sync_playwright
from tests.e2e.conftest import ARGUMENTS, chromium_program

from bench.inbox.browser import Browser
from bench.inbox.office import Office
from bench.support import percentile

SIZE: Any = {"width": 1440, "height": 900}
BETWEEN_MS = 900
"""Somebody looks at what they opened; it is marked read meanwhile."""
# A frame callback runs before its frame is painted, and a task that it asks for after that.
WATCH = """(messageId) => {
    window.painted = new Promise((resolve) => {
        addEventListener("click", (event) => {
            const look = () => {
                if (!document.querySelector(`[role=log] [data-message~="${messageId}"]`)) {
                    requestAnimationFrame(look);
                    return;
                }
                const channel = new MessageChannel();
                channel.port1.onmessage = () => resolve(performance.now() - event.timeStamp);
                requestAnimationFrame(() => channel.port2.postMessage(null));
            };
            requestAnimationFrame(look);
        }, { capture: true, once: true });
    });
}"""


def measure(office: Office, clicks: int) -> Mapping[str, float]:
    person = office.person("staff")
    api = Browser(office.port, person)
    rows = api.get(f"/api/conversations?view=open&limit={clicks + 2}").body["items"]
    api.close()
    address = f"http://127.0.0.1:{office.port}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=list(ARGUMENTS))
        context = chromium.new_context(viewport=SIZE, locale="vi-VN")
        context.add_cookies([{"name": "sokhach_session", "value": person.session, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/conversations?view=open")
        page.locator("[data-conversation]").first.wait_for()
        page.wait_for_timeout(1500)
        # The first two bring what every thread needs: code, fonts.
        took = [_click(page, row["id"], row["last_message"]["id"]) for row in rows][2:]
        chromium.close()
    return {"open_paint_p50_ms": percentile(took, 0.5), "open_paint_ms": percentile(took, 0.95)}


def _click(page: Page, conversation_id: int, message_id: int) -> float:
    row = page.locator(f'[data-conversation="{conversation_id}"]')
    row.scroll_into_view_if_needed()
    page.evaluate(WATCH, str(message_id))
    row.click()
    milliseconds: float = page.evaluate("() => window.painted")
    page.wait_for_timeout(BETWEEN_MS)
    return milliseconds
