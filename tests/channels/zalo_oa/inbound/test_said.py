"""Messages, and what is told about messages."""

import unicodedata
from typing import Any

import pytest

from sokhach.channels.connector import Attachment, InboundMessage, InboundProfile, InboundReaction, InboundReceipt
from tests.channels.zalo_oa.events import ADMIN, GROUP, USER, VISIT, VISITOR
from tests.channels.zalo_oa.inbound.reading import EVENTS, parsed, refused, the_message
from tests.support.oa import at, ms, said


class TestMessages:
    def test_text(self) -> None:
        assert the_message(EVENTS["user_send_text"]) == InboundMessage(
            external_id="in-text",
            thread_key=USER,
            person=USER,
            direction="in",
            kind="text",
            text="Còn hàng không ạ?",
            sent_at=at(0),
        )

    def test_text_is_in_normal_form_c(self) -> None:
        """As typed on some phones it is not, and would be found by nobody."""
        typed = unicodedata.normalize("NFD", "Điện nước Hải Phòng")
        assert the_message(said(USER, "m1", at(0), typed)).text == "Điện nước Hải Phòng"

    def test_quote(self) -> None:
        assert the_message(EVENTS["user_send_text with a quote"]).quoted_external_id == "in-text"

    def test_image(self) -> None:
        message = the_message(EVENTS["user_send_image"])
        assert message.kind == "image"
        [image] = message.attachments
        assert (image.url, image.thumbnail_url) == ("https://cdn.example/a.jpg", "https://cdn.example/a-small.jpg")

    def test_sticker(self) -> None:
        message = the_message(EVENTS["user_send_sticker"])
        assert message.kind == "sticker"
        assert [(one.url, one.external_id) for one in message.attachments] == [
            ("https://cdn.example/sticker.png", "23311")
        ]

    @pytest.mark.parametrize(
        ("kind", "attachment"),
        [
            (
                "gif",
                Attachment(
                    type="gif", url="https://cdn.example/a.gif", thumbnail_url="https://cdn.example/a-small.gif"
                ),
            ),
            (
                "link",
                Attachment(
                    type="link",
                    url="https://shop.example",
                    thumbnail_url="https://shop.example/x.png",
                    description="Cửa hàng",
                ),
            ),
            ("audio", Attachment(type="audio", url="https://cdn.example/a.amr")),
            (
                "video",
                Attachment(type="video", url="https://cdn.example/a.mp4", thumbnail_url="https://cdn.example/v.jpg"),
            ),
            ("location", Attachment(type="location", latitude=10.7769, longitude=106.7009)),
            ("business_card", Attachment(type="contact_card", url="https://qr", phone="84900000001")),
            (
                "file",
                Attachment(
                    type="file", url="https://cdn.example/b.pdf", name="Báo giá.pdf", size_bytes=53000, checksum="0"
                ),
            ),
        ],
    )
    def test_attachments(self, kind: str, attachment: Attachment) -> None:
        message = the_message(EVENTS[f"user_send_{kind}"])
        assert (message.kind, message.event, message.direction) == (attachment.type, None, "in")
        assert message.attachments == (attachment,)

    def test_a_kind_that_is_new_to_us_waits_for_an_answer_like_any_other(self) -> None:
        message = the_message(EVENTS["user_send_poll"])
        assert (message.kind, message.event, message.direction) == ("unsupported", "user_send_poll", "in")

    @pytest.mark.parametrize(
        "coordinates",
        [
            {},
            {"latitude": "91", "longitude": "1"},
            {"latitude": "x", "longitude": "1"},
            {"latitude": "nan", "longitude": 1},
        ],
    )
    def test_a_place_that_is_nowhere(self, coordinates: dict[str, Any]) -> None:
        message = {"msg_id": "1", "attachments": [{"type": "location", "payload": {"coordinates": coordinates}}]}
        assert the_message(EVENTS["user_send_location"] | {"message": message}).kind == "unsupported"

    @pytest.mark.parametrize("size", ["-1", "1e400", "nan", "nhiều", str(2**60)])
    def test_a_size_that_cannot_be(self, size: str) -> None:
        payload = {"url": "https://cdn.example/x", "name": "x.pdf", "size": size}
        message = {"msg_id": "1", "attachments": [{"type": "file", "payload": payload}]}
        [file] = the_message(EVENTS["user_send_file"] | {"message": message}).attachments
        assert file.size_bytes is None

    def test_a_card_whose_description_is_no_json(self) -> None:
        payload = {"url": "https://zalo.me/1", "description": "Anh Ba", "title": "Anh Ba"}
        message = {"msg_id": "1", "attachments": [{"type": "link", "payload": payload}]}
        [card] = the_message(EVENTS["user_send_business_card"] | {"message": message}).attachments
        assert (card.title, card.phone) == ("Anh Ba", None)

    def test_image_without_a_picture_is_not_taken_for_one(self) -> None:
        payload = EVENTS["user_send_image"] | {"message": {"msg_id": "1", "attachments": [{"type": "image"}]}}
        assert the_message(payload).kind == "unsupported"

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//cdn.example/a"]
    )
    def test_only_web_addresses_are_taken_over(self, url: str) -> None:
        message = {"msg_id": "1", "attachments": [{"type": "image", "payload": {"url": url}}]}
        assert the_message(EVENTS["user_send_image"] | {"message": message}).attachments == ()

    def test_ids_beyond_what_a_double_holds_stay_whole(self) -> None:
        number = 2**63 - 25
        message = the_message(said("1", "1", at(0)) | {"sender": {"id": number}, "message": {"msg_id": number}})
        assert (message.person, message.external_id) == (str(number), str(number))

    def test_timestamp_as_a_number(self) -> None:
        assert the_message(said(USER, "m1", at(0)) | {"timestamp": int(ms(at(7)))}).sent_at == at(7)

    def test_what_is_new_to_us_in_a_payload_is_passed_over(self) -> None:
        assert the_message(said(USER, "m1", at(0), extra={"new": [1]})).text


class TestEchoes:
    def test_by_api(self) -> None:
        message = the_message(EVENTS["oa_send_text"])
        assert (message.direction, message.thread_key, message.person) == ("out", USER, USER)
        assert message.author is None

    def test_by_a_person_with_zalos_own_tools(self) -> None:
        assert the_message(EVENTS["oa_send_text by an admin"]).author == ADMIN

    @pytest.mark.parametrize(
        ("kind", "known"),
        [("image", "image"), ("gif", "gif"), ("sticker", "sticker"), ("file", "file"), ("list", "link")],
    )
    def test_kinds(self, kind: str, known: str) -> None:
        assert the_message(EVENTS[f"oa_send_{kind}"]).kind == known

    def test_of_a_template(self) -> None:
        payload = {"zinstant_id": "8", "text": "Đơn DH1 đã giao", "link_url": "https://shop.example/1", "checksum": "c"}
        message = {"msg_id": "1", "attachments": [{"type": "template", "payload": payload}]}
        echo = the_message(EVENTS["oa_send_template"] | {"message": message})
        assert (echo.kind, echo.text, echo.attachments) == ("template", "Đơn DH1 đã giao", ())
        assert echo.template == {"external_id": "8", "link_url": "https://shop.example/1", "checksum": "c"}


class TestAnonymous:
    @pytest.mark.parametrize("kind", ["text", "image", "file", "sticker"])
    @pytest.mark.parametrize("event", ["anonymous_send", "oa_send_anonymous"])
    def test_is_a_thread_of_its_own_with_a_name(self, event: str, kind: str) -> None:
        profile, message = parsed(EVENTS[f"{event}_{kind}"])
        assert isinstance(profile, InboundProfile)
        assert profile.display_name == "Khách ẩn danh DFB5"
        assert isinstance(message, InboundMessage)
        assert message.thread_key == message.person == profile.person == f"anonymous:{VISIT}"
        assert (message.kind, message.direction) == (kind, "in" if event == "anonymous_send" else "out")
        assert message.details["anonymous_id"] == VISITOR


class TestReactions:
    def test_of_a_customer(self) -> None:
        assert parsed(EVENTS["user_reacted_message"]) == [
            InboundReaction(external_id="out-text", thread_key=USER, person=USER, icon="/-heart", at=at(0))
        ]

    def test_of_our_side(self) -> None:
        assert parsed(EVENTS["oa_reacted_message"]) == [
            InboundReaction(external_id="in-text", thread_key=USER, person=None, icon="/-strong", at=at(0))
        ]

    def test_in_a_group(self) -> None:
        [reaction] = parsed(EVENTS["user_reacted_message in a group"])
        assert isinstance(reaction, InboundReaction)
        assert (reaction.thread_key, reaction.person) == (GROUP, USER)

    def test_taken_back(self) -> None:
        message = {"msg_id": "out-text", "react_icon": "/-remove"}
        [reaction] = parsed(EVENTS["user_reacted_message"] | {"message": message})
        assert isinstance(reaction, InboundReaction)
        assert reaction.icon is None

    @pytest.mark.parametrize("icon", [None, "", " ", "x" * 41])
    def test_without_an_icon(self, icon: str | None) -> None:
        message = {"msg_id": "out-text", "react_icon": icon}
        assert refused(EVENTS["user_reacted_message"] | {"message": message}) == "missing-field"


class TestReceipts:
    def test_received(self) -> None:
        assert parsed(EVENTS["user_received_message"]) == [
            InboundReceipt(external_ids=("out-text",), kind="delivered", at=at(0))
        ]

    def test_of_a_template_the_time_of_delivery_counts(self) -> None:
        """And it is known by our own name too, should Zalo's never have reached us."""
        assert parsed(EVENTS["user_received_message of a template"]) == [
            InboundReceipt(external_ids=("zns-1", "tracking:order-88213"), kind="delivered", at=at(-9))
        ]

    def test_seen(self) -> None:
        assert parsed(EVENTS["user_seen_message"]) == [
            InboundReceipt(external_ids=("out-text", "out-image"), kind="seen", at=at(0))
        ]
