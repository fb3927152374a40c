"""Who gets in, and what they see there."""

import re

from playwright.sync_api import Page, expect

from sokhach import demo
from tests.e2e.desk import Desk
from tests.support.product import LOGIN, Product


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/")
    page.get_by_label(re.compile("E-mail|Email|điện thoại", re.IGNORECASE)).fill(login)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


class TestSignIn:
    def test_with_the_demo_password(self, running: Product, fresh_page: Page) -> None:
        sign_in(fresh_page, LOGIN, running.password)
        expect(fresh_page.get_by_role("heading", name="Hội thoại")).to_be_visible()

    def test_a_wrong_password_says_so(self, fresh_page: Page) -> None:
        sign_in(fresh_page, LOGIN, "không phải mật khẩu này")
        expect(fresh_page.get_by_text("Tên đăng nhập hoặc mật khẩu chưa đúng.")).to_be_visible()

    def test_staff_do_not_get_to_the_administration(self, running: Product, fresh_page: Page) -> None:
        sign_in(fresh_page, demo.STAFF[1][1], running.password)
        expect(fresh_page.get_by_role("heading", name="Hội thoại")).to_be_visible()
        expect(fresh_page.get_by_role("link", name=re.compile("Tin chờ xử lý lỗi", re.IGNORECASE))).to_have_count(0)
        answer = fresh_page.request.get("/api/quarantine")
        assert answer.status == 403


class TestAdministration:
    def test_channel_accounts_say_how_they_are(self, desk: Desk) -> None:
        desk.page.get_by_role("link", name=re.compile("Tài khoản kênh", re.IGNORECASE)).first.click()
        expect(desk.page.get_by_text(demo.OA_NAME).first).to_be_visible()
        expect(desk.page.get_by_text(re.compile("Hoạt động|tốt", re.IGNORECASE)).first).to_be_visible()

    def test_a_payload_that_cannot_be_applied_waits_in_quarantine_with_its_reason(self, desk: Desk) -> None:
        user = desk.customer("Phạm Phương Thảo")
        user.says("Chào shop")
        desk.running.order(
            f"/oas/{demo.OA_ID}/events",
            payload={
                "app_id": demo.APP_ID,
                "sender": {"id": "7123456789012345678"},
                "recipient": {"id": demo.OA_ID},
                "event_name": "user_send_text",
                "message": {"text": "từ năm 1986", "msg_id": "qua-khu-1"},
                "timestamp": "507600000000",
            },
        )
        expect(desk.row(user)).to_be_visible(timeout=15_000)
        desk.page.get_by_role("link", name=re.compile("Tin chờ xử lý lỗi", re.IGNORECASE)).first.click()
        expect(desk.page.get_by_text(re.compile("thời gian|thời điểm", re.IGNORECASE)).first).to_be_visible(
            timeout=15_000
        )

    def test_in_english_too(self, running: Product, desk: Desk) -> None:
        desk.page.evaluate("document.cookie")
        answer = desk.page.request.patch(
            "/api/session",
            data={"locale": "en"},
            headers={"x-csrftoken": _cookie(desk.page, "csrftoken")},
        )
        assert answer.ok
        desk.page.reload()
        expect(desk.page.get_by_role("heading", name="Conversations")).to_be_visible()
        desk.page.request.patch(
            "/api/session", data={"locale": "vi"}, headers={"x-csrftoken": _cookie(desk.page, "csrftoken")}
        )


def _cookie(page: Page, name: str) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie.get("name") == name)  # pyright: ignore[reportTypedDictNotRequiredAccess]
