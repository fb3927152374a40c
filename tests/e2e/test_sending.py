"""What becomes of an answer when something is slow, broken, or says no. The customer's phone is the judge."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.desk import SOON, Customer, Desk

POSTS = re.compile(r"/api/conversations/\d+/messages$")
SEND_PATH = "/v3.0/oa/message/cs"
HISTORY_PATH = "/v2.0/oa/conversation"
THREE = ["Báo giá phần 1", "Báo giá phần 2", "Báo giá phần 3"]


@pytest.fixture
def customer(desk: Desk) -> Customer:
    """Somebody who wrote, and whose thread is open."""
    somebody = desk.customer("Lê Hoàng Phúc")
    somebody.says("Báo giá giúp anh 60 bộ ga trắng khách sạn")
    desk.enter(somebody)
    return somebody


@pytest.fixture
def faults(desk: Desk) -> "Callable[..., None]":
    """Orders trouble at the simulated Zalo."""

    def order(kind: str, **more: object) -> None:
        desk.running.order("/faults", kind=kind, **more)

    return order


@pytest.fixture(autouse=True)
def no_faults_left(desk: Desk) -> None:
    desk.running.control.delete("/faults").raise_for_status()


class TestOptimism:
    def test_a_slow_line_hides_nothing_and_mixes_nothing(self, desk: Desk, customer: Customer) -> None:
        held: list[Route] = []
        desk.page.route(POSTS, lambda route: route.continue_() if held else held.append(route))
        for text in THREE:
            desk.send(text)
        assert desk.sent_texts == THREE
        for text in THREE:
            desk.tick(text, "Đang gửi")
        # The second leaves when the first has arrived.
        assert (len(held), customer.phone()) == (1, [])
        held[0].continue_()
        desk.tick(THREE[2], "Đã nhận")
        assert customer.phone() == desk.sent_texts == THREE

    def test_what_was_written_offline_goes_by_itself_when_the_line_is_back(
        self, desk: Desk, customer: Customer
    ) -> None:
        with desk.offline():
            for text in THREE:
                desk.send(text)
            expect(desk.bubble(THREE[2])).to_contain_text("Mất kết nối. Tin sẽ tự gửi khi nối lại được.")
            assert desk.sent_texts == THREE
        assert customer.received(3) == THREE
        desk.tick(THREE[2], "Đã nhận")
        assert desk.sent_texts == THREE

    def test_an_answer_of_our_server_that_is_lost_doubles_nothing(self, desk: Desk, customer: Customer) -> None:
        desk.excuse(r"^failed: net::ERR_CONNECTION_RESET POST ")
        desk.page.route(POSTS, _and_lose_the_answer, times=1)
        desk.send(THREE[0])
        desk.tick(THREE[0], "Đã nhận")
        # The browser, which knows nothing, asks again when it may; the server knows.
        with desk.page.expect_response(POSTS) as asked, desk.offline():
            pass
        assert asked.value.status == 200
        desk.send(THREE[1])
        assert customer.received(2) == desk.sent_texts == THREE[:2]

    def test_a_reload_forgets_no_message_that_did_not_leave(self, desk: Desk, customer: Customer) -> None:
        desk.excuse(r"^failed: net::ERR_FAILED POST ")
        desk.page.route(POSTS, lambda route: route.abort())
        desk.send(THREE[0])
        expect(desk.bubble(THREE[0])).to_contain_text("Mất kết nối")
        desk.page.unroute(POSTS)
        desk.page.reload()
        expect(desk.bubble(THREE[0])).to_contain_text("Gửi lại sẽ không bị trùng")
        assert customer.phone() == []
        desk.bubble(THREE[0]).get_by_role("button", name="Gửi lại").click()
        assert customer.received(1) == [THREE[0]]


class TestRefusal:
    def test_zalos_reason_is_told_and_the_message_can_be_sent_again(self, desk: Desk, customer: Customer) -> None:
        customer.changes(refuses_messages=True)
        desk.send(THREE[0])
        expect(desk.bubble(THREE[0])).to_contain_text("Khách đã từ chối nhận loại tin này.", timeout=SOON)
        desk.tick(THREE[0], "Chưa gửi được")
        expect(desk.row(customer)).to_contain_text(re.compile(f"Chưa gửi được .*{THREE[0]}"), timeout=SOON)
        customer.changes(refuses_messages=False)
        desk.bubble(THREE[0]).get_by_role("button", name="Gửi lại").click()
        desk.tick(THREE[0], "Đã nhận")
        expect(desk.row(customer)).not_to_contain_text("Chưa gửi được", timeout=SOON)
        assert customer.phone() == desk.sent_texts == [THREE[0]]

    def test_after_seven_days_the_composer_says_why_it_is_closed(self, desk: Desk) -> None:
        somebody = desk.customer("Phạm Phương Thảo")
        somebody.says("Mình muốn đổi cái khác", days_ago=8)
        desk.enter_far_below(somebody)
        expect(desk.composer).to_be_disabled()
        expect(desk.page.get_by_text("Khách đã hơn 7 ngày chưa nhắn lại. Hãy dùng tin theo mẫu.")).to_be_visible()
        expect(desk.page.get_by_role("button", name="Gửi", exact=True)).to_be_disabled()
        somebody.says("Shop ơi")
        expect(desk.composer).to_be_enabled(timeout=SOON)
        expect(desk.page.get_by_text("Còn 48 giờ trong khung miễn phí")).to_be_visible()

    def test_two_days_later_the_composer_tells_of_the_price(self, desk: Desk) -> None:
        somebody = desk.customer("Đặng Quốc Dũng")
        somebody.says("Có bảo hành không", days_ago=4.5)
        desk.enter_far_below(somebody)
        status = desk.page.get_by_role("status").filter(has_text="Đã hết khung miễn phí.")
        expect(status).to_have_text(
            re.compile(r"^Đã hết khung miễn phí\. Trừ vào gói của Zalo OA: .* tin\. Còn 59 giờ được nhắn\.$")
        )
        desk.send("Dạ bảo hành 12 tháng ạ")
        expect(desk.bubble("Dạ bảo hành 12 tháng ạ")).to_be_visible()


class TestUncertainty:
    def test_settled_by_zalos_history(self, desk: Desk, customer: Customer, faults: Callable[..., None]) -> None:
        faults("api_lost_reply", scope={"path": SEND_PATH}, count=1)
        faults("no_echo", scope={"user_id": customer.user_id})
        desk.send(THREE[0])
        desk.tick(THREE[0], "Chưa rõ khách đã nhận")
        expect(desk.bubble(THREE[0])).to_contain_text("Zalo không trả lời")
        desk.tick(THREE[0], re.compile("Đã gửi|Đã nhận"))
        assert customer.phone() == desk.sent_texts == [THREE[0]]

    @pytest.mark.parametrize(
        ("word", "state", "phone"), [("Khách đã nhận", "Đã gửi", 1), ("Khách chưa nhận", "Chưa gửi được", 1)]
    )
    def test_settled_by_a_person(
        self, desk: Desk, customer: Customer, faults: Callable[..., None], word: str, state: str, phone: int
    ) -> None:
        faults("api_lost_reply", scope={"path": SEND_PATH}, count=1)
        faults("no_echo", scope={"user_id": customer.user_id})
        faults("no_receipts", scope={"user_id": customer.user_id})
        faults("api_status", scope={"path": HISTORY_PATH})
        desk.send(THREE[0])
        desk.tick(THREE[0], "Chưa rõ khách đã nhận")
        # Never again by itself: a person looked at the customer's phone.
        time.sleep(4)
        assert len(customer.phone()) == phone
        desk.bubble(THREE[0]).get_by_role("button", name=word).click()
        desk.tick(THREE[0], state)
        assert len(customer.phone()) == phone


def _and_lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")
