"""Hands that stay on the keyboard, Vietnamese input methods among them."""

import re

from playwright.sync_api import CDPSession, expect

from tests.e2e.desk import SOON, Desk


class TestInputMethods:
    def test_enter_belongs_to_the_composition_first(self, desk: Desk) -> None:
        customer = desk.customer("Trần Anh Tuấn")
        customer.says("Alo")
        desk.enter(customer)
        desk.composer.click()
        method = desk.page.context.new_cdp_session(desk.page)
        _compose(method, "Da", "Dạ", "Dạ v", "Dạ vâ", "Dạ vâng")
        _press_enter_as_an_input_method(method)
        expect(desk.composer).to_have_value("Dạ vâng")
        method.send("Input.insertText", {"text": "Dạ vâng"})
        desk.page.keyboard.type(" anh")
        expect(desk.composer).to_have_value("Dạ vâng anh")
        assert desk.sent_texts == []
        desk.page.keyboard.press("Enter")
        expect(desk.composer).to_have_value("")
        assert customer.received(1) == desk.sent_texts == ["Dạ vâng anh"]

    def test_an_event_that_says_it_composes_sends_nothing(self, desk: Desk) -> None:
        customer = desk.customer("Trần Anh Tuấn")
        customer.says("Alo")
        desk.enter(customer)
        desk.composer.fill("Dạ")
        # As Chrome and Firefox tell it, and as Safari does.
        for event in ("{isComposing: true, keyCode: 13}", "{isComposing: false, keyCode: 229}"):
            desk.composer.evaluate(
                f"""box => {{
                    box.dispatchEvent(new CompositionEvent('compositionstart'));
                    const how = {{key: 'Enter', bubbles: true, cancelable: true, ...{event}}};
                    box.dispatchEvent(new KeyboardEvent('keydown', how));
                    box.dispatchEvent(new CompositionEvent('compositionend'));
                }}"""
            )
            expect(desk.composer).to_have_value("Dạ")
        assert desk.sent_texts == []
        desk.composer.press("Enter")
        assert customer.received(1) == ["Dạ"]

    def test_shift_enter_makes_a_line(self, desk: Desk) -> None:
        customer = desk.customer("Đỗ Thanh Nga")
        customer.says("Nhà em ở Long Biên")
        desk.enter(customer)
        desk.composer.click()
        desk.page.keyboard.type("Dạ phí giao 30 nghìn ạ")
        desk.page.keyboard.press("Shift+Enter")
        desk.page.keyboard.type("Mai có hàng chị nhé")
        desk.page.keyboard.press("Enter")
        assert customer.received(1) == desk.sent_texts == ["Dạ phí giao 30 nghìn ạ\nMai có hàng chị nhé"]


class TestShortcuts:
    def test_through_the_list_into_the_composer_and_back(self, desk: Desk) -> None:
        first, second = desk.customer("Nguyễn Thị Mỹ Hạnh"), desk.customer("Cô Bảy Cần Thơ")
        second.says("con oi cho co hoi")
        expect(desk.row(second)).to_be_visible(timeout=SOON)
        first.says("Em ở quận 7, có ship hông shop")
        expect(desk.inbox.get_by_role("link").first).to_contain_text(first.name, timeout=SOON)

        keys = desk.page.keyboard
        keys.press("j")
        expect(desk.row(first)).to_be_focused()
        keys.press("j")
        expect(desk.row(second)).to_be_focused()
        keys.press("k")
        expect(desk.row(first)).to_be_focused()
        keys.press("Enter")
        expect(desk.page.get_by_role("heading", name=first.name)).to_be_visible()
        keys.press("r")
        expect(desk.composer).to_be_focused()
        keys.type("jkr")
        expect(desk.composer).to_have_value("jkr")
        keys.press("Escape")
        expect(desk.composer).not_to_be_focused()
        keys.press("Escape")
        expect(desk.page).to_have_url(re.compile(r"/conversations\?"))
        expect(desk.row(first)).to_be_focused()
        desk.enter(first)
        expect(desk.composer).to_have_value("jkr")

    def test_the_sheet_of_shortcuts(self, desk: Desk) -> None:
        desk.page.keyboard.press("?")
        sheet = desk.page.get_by_role("dialog", name="Phím tắt")
        expect(sheet).to_contain_text("Hội thoại kế tiếp")
        desk.page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)


def _compose(method: CDPSession, *steps: str) -> None:
    for step in steps:
        method.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})


def _press_enter_as_an_input_method(method: CDPSession) -> None:
    """The browser itself marks the key as one within a composition."""
    for kind in ("rawKeyDown", "keyUp"):
        method.send(
            "Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
        )
