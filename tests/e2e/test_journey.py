"""A customer writes on Zalo, staff answer in the console: the product's main job, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import Desk


class TestConversation:
    @pytest.mark.parametrize("size", ["desk", "phone"])
    def test_from_the_first_word_to_the_seen_tick(self, size: str, request: pytest.FixtureRequest) -> None:
        desk: Desk = request.getfixturevalue(size)
        customer = desk.customer("Nguyễn Thị Ánh Tuyết")
        customer.says("Shop ơi bộ ga cotton 1m8 còn màu xám không ạ?")
        expect(desk.row(customer)).to_be_visible(timeout=15_000)
        expect(desk.row(customer)).to_contain_text("bộ ga cotton 1m8")
        expect(desk.row(customer)).to_contain_text("phút")

        desk.enter(customer)
        expect(desk.bubble("còn màu xám không ạ")).to_be_visible()
        desk.send("Dạ còn ạ, chị lấy mấy bộ để em giữ hàng?")
        mine = desk.bubble("chị lấy mấy bộ")
        expect(mine).to_have_count(1)
        assert customer.wait_for(1) == ["Dạ còn ạ, chị lấy mấy bộ để em giữ hàng?"]
        expect(mine).to_contain_text("Đã nhận", timeout=15_000)
        customer.opens_the_chat()
        expect(mine).to_contain_text("Đã xem", timeout=15_000)
        assert len(customer.phone()) == 1
        assert desk.no_sideways_scroll()

        customer.says("Chị lấy 2 bộ nhé")
        expect(desk.bubble("Chị lấy 2 bộ nhé")).to_be_visible(timeout=15_000)

    def test_quick_messages_arrive_once_and_in_order(self, desk: Desk) -> None:
        customer = desk.customer("Lê Hoàng Phúc")
        customer.says("Báo giá giúp anh 60 bộ ga trắng khách sạn")
        desk.row(customer).click(timeout=15_000)
        for number in range(1, 4):
            desk.send(f"Báo giá phần {number}")
        assert customer.wait_for(3) == [f"Báo giá phần {number}" for number in range(1, 4)]
        expect(desk.thread.locator("[data-side=out]:has([data-side])")).to_have_count(3)

    def test_pictures_stickers_and_follows_show(self, desk: Desk) -> None:
        customer = desk.customer("Khánh Linh")
        customer.follows()
        customer.sends("image")
        customer.sends("sticker")
        desk.row(customer).click(timeout=15_000)
        expect(desk.thread.get_by_role("button", name="Xem ảnh")).to_be_visible(timeout=15_000)
        expect(desk.thread.get_by_alt_text("Nhãn dán")).to_be_visible()
        expect(desk.thread).to_contain_text(re.compile("quan tâm", re.IGNORECASE))
        desk.thread.get_by_role("button", name="Xem ảnh").click()
        expect(desk.page.get_by_role("dialog")).to_be_visible()

    def test_a_lost_answer_is_settled_and_nothing_is_sent_twice(self, desk: Desk) -> None:
        customer = desk.customer("Đỗ Thanh Nga")
        customer.says("Đơn của chị giao chưa em?")
        desk.row(customer).click(timeout=15_000)
        desk.running.order("/faults", kind="api_lost_reply", count=1, scope={"path": "/v3.0/oa/message/cs"})
        desk.send("Dạ đơn đang trên đường giao ạ")
        mine = desk.bubble("đang trên đường giao")
        expect(mine).to_contain_text(re.compile("Đã gửi|Đã nhận"), timeout=30_000)
        assert customer.phone() == ["Dạ đơn đang trên đường giao ạ"]

    def test_resolving_is_seen_by_everybody(self, desk: Desk, phone: Desk) -> None:
        customer = desk.customer("Bùi Thái Sơn")
        customer.says("Cảm ơn shop nhé")
        desk.row(customer).click(timeout=15_000)
        expect(phone.row(customer)).to_be_visible(timeout=15_000)
        desk.page.get_by_role("button", name="Kết thúc phiên").click()
        expect(phone.row(customer)).to_have_count(0, timeout=15_000)
        expect(desk.page.get_by_role("button", name=re.compile("Mở lại"))).to_be_visible()

    def test_what_came_while_offline_is_there_afterwards(self, desk: Desk) -> None:
        customer = desk.customer("Vũ Ngọc Mai")
        customer.says("Tin 0")
        desk.row(customer).click(timeout=15_000)
        expect(desk.bubble("Tin 0")).to_be_visible()
        desk.page.context.set_offline(True)
        for number in range(1, 31):
            customer.says(f"Tin {number}")
        expect(desk.page.get_by_text(re.compile("Mất kết nối")).first).to_be_visible(timeout=40_000)
        desk.page.context.set_offline(False)
        expect(desk.bubble("Tin 30")).to_be_visible(timeout=30_000)
        after_resume = desk.thread.locator("[data-side]").all_inner_texts()
        desk.page.reload()
        expect(desk.bubble("Tin 30")).to_be_visible()
        assert after_resume == desk.thread.locator("[data-side]").all_inner_texts()
        desk.complaints.clear()


class TestComposer:
    def test_enter_within_a_composition_does_not_send(self, desk: Desk) -> None:
        customer = desk.customer("Trần Anh Tuấn")
        customer.says("Alo")
        desk.row(customer).click(timeout=15_000)
        desk.composer.fill("Dạ vâng")
        desk.composer.evaluate(
            "box => box.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"
        )
        expect(desk.composer).to_have_value("Dạ vâng")
        desk.composer.press("Shift+Enter")
        expect(desk.composer).to_have_value("Dạ vâng\n")
        desk.composer.press("Enter")
        expect(desk.composer).to_have_value("")
        assert len(customer.wait_for(1)) == 1
