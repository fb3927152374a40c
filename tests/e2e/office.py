"""Whose a customer is: said by the administrator over the API, and done by people at the console."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from playwright.sync_api import Locator, expect

from sokhach import demo
from tests.e2e.desk import PHONE, SOON, Customer, Desk, wait_until
from tests.support.product import LOGIN, Product


def name_of(login: str) -> str:
    return next(one.name for one in demo.STAFF if one.login == login)


class Office:
    """The administrator, by the API."""

    def __init__(self, running: Product) -> None:
        self._client = httpx.Client(base_url=running.address, timeout=30, trust_env=False)
        self._client.cookies.set("sokhach_session", running.sign_in(LOGIN))
        self._client.get("/healthz")
        self._client.headers["x-csrftoken"] = self._client.cookies["csrftoken"]

    def close(self) -> None:
        self._client.close()

    def conversation(self, customer: Customer) -> int:
        found: list[int] = []

        def look() -> bool:
            rows = self.get("/api/conversations", view="all")["items"]
            found[:] = [row["id"] for row in rows if row["title"] == customer.name]
            return bool(found)

        wait_until(look, customer.name)
        return found[0]

    def staff(self, login: str) -> int:
        wanted = name_of(login)
        return next(
            one["id"] for one in self.get("/api/staff/choices", search=wanted)["items"] if one["name"] == wanted
        )

    def gives(self, conversation: int, login: str | None) -> None:
        heir = self.staff(login) if login else None
        self.put(f"/api/conversations/{conversation}/custodian", staff_id=heir, note="")

    def assigns(self, conversation: int, login: str) -> None:
        self.put(f"/api/conversations/{conversation}/assignee", staff_id=self.staff(login))

    def shares(self, conversation: int, login: str) -> int:
        until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        body = {"staff_id": self.staff(login), "until": until, "note": ""}
        answer = self._client.post(f"/api/conversations/{conversation}/shares", json=body)
        return answer.raise_for_status().json()["id"]

    def get(self, path: str, **query: str) -> Any:
        return self._client.get(path, params=query).raise_for_status().json()

    def put(self, path: str, **body: object) -> None:
        self._client.put(path, json=body).raise_for_status()


def do(desk: Desk, what: str) -> Locator:
    """Opens a dialog about whose the conversation is, by the menu of the header."""
    desk.page.get_by_role("button", name="Phụ trách và chia sẻ").click()
    phone = desk.page.viewport_size and desk.page.viewport_size["width"] == PHONE[0]
    role = "button" if phone else "menuitem"
    desk.page.get_by_role(role, name=what).last.click()
    shown = desk.page.get_by_role("dialog", name=what)
    expect(shown).to_be_visible(timeout=SOON)
    return shown


def choose(dialog: Locator, login: str, typed: str) -> None:
    """By the keyboard, without the marks of the name."""
    field = dialog.get_by_role("combobox")
    field.press_sequentially(typed)
    expect(dialog.get_by_role("option", name=name_of(login))).to_be_visible(timeout=SOON)
    while dialog.locator("[role=option][aria-selected=true]").inner_text() != name_of(login):
        field.press("ArrowDown")
    field.press("Enter")


def open_card(desk: Desk, size: tuple[int, int]) -> Locator:
    if size == PHONE:
        desk.page.get_by_role("button", name="Hiện thông tin khách hàng").click()
        return desk.page.get_by_role("dialog", name="Khách hàng")
    return desk.page.get_by_role("complementary", name="Khách hàng")
