import msgspec
import pytest

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.limits import Limits
from sokhach.channels.outgoing import (
    Asset,
    Button,
    Content,
    Outgoing,
    OutgoingInfoRequest,
    OutgoingMedia,
    OutgoingReaction,
    OutgoingSticker,
    OutgoingTemplate,
    OutgoingText,
)
from sokhach.channels.zalo_oa.limits import TEXT_CHARACTERS, text_length
from sokhach.channels.zalo_oa.requests import request_of

NFD = "Tie\u0302\u0301ng Vie\u0323\u0302t"
PICTURE = Asset(
    kind="image", media_id=1, digest="d", name="a.jpg", content_type="image/jpeg", size_bytes=3, external_id="asset"
)
TEMPLATE = OutgoingTemplate(template_id="7", via="uid", data={"name": "Lan"}, tracking_id="sokhach-1")


def outgoing(content: Content, quoted: str | None = None) -> Outgoing:
    return Outgoing(thread_key="1", thread_kind="direct", content=content, quoted_external_id=quoted)


def message(content: Content, quoted: str | None = None) -> object:
    request = request_of(outgoing(content, quoted))
    assert (request.where, request.path) == ("oa", "/v3.0/oa/message/cs")
    assert request.body["recipient"] == {"user_id": "1"}
    return request.body["message"]


class TestText:
    def test_goes_in_normal_form_c(self) -> None:
        assert message(OutgoingText(text=NFD)) == {"text": "Tiếng Việt"}

    def test_quote(self) -> None:
        assert message(OutgoingText(text="Dạ"), "abc") == {"text": "Dạ", "quote_message_id": "abc"}

    def test_length_is_measured_after_composing(self) -> None:
        assert len(NFD * 200) > 2_000
        request_of(outgoing(OutgoingText(text=(NFD * 200)[:2_600])))
        with pytest.raises(SendRefusedError):
            request_of(outgoing(OutgoingText(text="a" * 2_001)))

    def test_an_emoji_counts_two(self) -> None:
        assert text_length("🥲") == 2
        with pytest.raises(SendRefusedError):
            request_of(outgoing(OutgoingText(text="🥲" * 1_001)))

    def test_the_limit_is_the_one_that_holds_now(self) -> None:
        limits = Limits({TEXT_CHARACTERS.key: 100})
        with pytest.raises(SendRefusedError):
            request_of(outgoing(OutgoingText(text="a" * 101)), limits=limits)

    def test_buttons(self) -> None:
        buttons = (
            Button(title="Xem", type="oa.open.url", payload="https://shop.example/a"),
            Button(title="Còn hàng?", type="oa.query.show", payload="Còn hàng không?"),
            Button(title="Gọi", type="oa.open.phone", payload="0912345678"),
            Button(title="Nhắn", type="oa.open.sms", payload="0912345678", content="Chào"),
        )
        sent = message(OutgoingText(text="Dạ", buttons=buttons))
        assert sent == {
            "text": "Dạ",
            "attachment": {
                "type": "template",
                "payload": {
                    "buttons": [
                        {"title": "Xem", "type": "oa.open.url", "payload": {"url": "https://shop.example/a"}},
                        {"title": "Còn hàng?", "type": "oa.query.show", "payload": "Còn hàng không?"},
                        {"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "0912345678"}},
                        {
                            "title": "Nhắn",
                            "type": "oa.open.sms",
                            "payload": {"phone_code": "0912345678", "content": "Chào"},
                        },
                    ]
                },
            },
        }


class TestOthers:
    def test_picture_with_caption(self) -> None:
        element = {"media_type": "image", "attachment_id": "asset"}
        payload = {"template_type": "media", "elements": [element]}
        assert message(OutgoingMedia(asset=PICTURE, caption="Mẫu mới")) == {
            "text": "Mẫu mới",
            "attachment": {"type": "template", "payload": payload},
        }

    def test_gif_has_its_size(self) -> None:
        gif = msgspec.structs.replace(PICTURE, kind="gif", width=320, height=200)
        sent = msgspec.json.decode(msgspec.json.encode(message(OutgoingMedia(asset=gif))))
        element = sent["attachment"]["payload"]["elements"][0]
        assert element == {"media_type": "gif", "attachment_id": "asset", "width": 320, "height": 200}
        assert "text" not in sent

    def test_file_goes_by_its_token_and_alone(self) -> None:
        file = msgspec.structs.replace(PICTURE, kind="file")
        sent = message(OutgoingMedia(asset=file))
        assert sent == {"attachment": {"type": "file", "payload": {"token": "asset"}}}

    def test_nothing_is_sent_that_is_not_uploaded(self) -> None:
        with pytest.raises(SendRefusedError) as refused:
            request_of(outgoing(OutgoingMedia(asset=msgspec.structs.replace(PICTURE, external_id=None))))
        assert refused.value.reason == "asset-expired"

    def test_sticker(self) -> None:
        payload = {"template_type": "media", "elements": [{"media_type": "sticker", "attachment_id": "s1"}]}
        assert message(OutgoingSticker(sticker_id="s1")) == {"attachment": {"type": "template", "payload": payload}}

    def test_request_for_details_shows_the_oas_picture(self) -> None:
        card = OutgoingInfoRequest(title="Giao hàng", subtitle="Cho shop xin địa chỉ")
        with pytest.raises(SendRefusedError):
            request_of(outgoing(card))
        request = request_of(outgoing(card), picture="https://cdn.example/oa.png")
        element = request.body["message"]["attachment"]["payload"]["elements"][0]
        assert element == {
            "title": "Giao hàng",
            "subtitle": "Cho shop xin địa chỉ",
            "image_url": "https://cdn.example/oa.png",
        }

    @pytest.mark.parametrize(("icon", "wire"), [("/-heart", "/-heart"), (None, "/-remove")])
    def test_reaction_goes_by_the_old_address(self, icon: str | None, wire: str) -> None:
        request = request_of(outgoing(OutgoingReaction(external_id="abc", icon=icon)))
        assert (request.where, request.path) == ("oa", "/v2.0/oa/message")
        assert request.body["sender_action"] == {"react_icon": wire, "react_message_id": "abc"}

    def test_template_by_id(self) -> None:
        request = request_of(outgoing(TEMPLATE))
        assert (request.where, request.path) == ("template", "/v3.0/oa/message/template")
        assert request.body == {"user_id": "1", "template_id": "7", "template_data": {"name": "Lan"}}

    def test_template_by_phone(self) -> None:
        by_phone = msgspec.structs.replace(TEMPLATE, via="phone", phone="+84912345678")
        request = request_of(outgoing(by_phone))
        assert (request.where, request.path) == ("zns", "/message/template")
        assert request.body["phone"] == "84912345678"
        assert request.body["tracking_id"] == "sokhach-1"

    def test_groups_have_another_api(self) -> None:
        with pytest.raises(SendRefusedError):
            request_of(Outgoing(thread_key="1", thread_kind="group", content=OutgoingText(text="Dạ")))
