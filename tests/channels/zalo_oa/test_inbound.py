"""What each of Zalo's payloads means to us."""

import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.connector import (
    Account,
    Attachment,
    Inbound,
    InboundChannelEvent,
    InboundDetails,
    InboundFollow,
    InboundMessage,
    InboundParticipant,
    InboundPrivacyRequest,
    InboundProfile,
    InboundReaction,
    InboundReceipt,
    InboundTag,
    UnparsableError,
)
from sokhach.channels.zalo_oa.inbound import parse, reported, told
from sokhach.channels.zalo_oa.webhook import KnownAccount, peek, thread_of
from sokhach.core.catalogue import TEXTS
from tests.channels.zalo_oa.events import ADMIN, GROUP, USER, VISIT, VISITOR, every_event
from tests.channels.zalo_oa.fuzz import broken
from tests.support.oa import CREDENTIALS, OA_ID, at, ms, said

ACCOUNT = Account(id=1, channel="zalo_oa", external_id=OA_ID, name="Điện Minh Long")
EVENTS = every_event()
KNOWN = KnownAccount(1, OA_ID, CREDENTIALS)
REASONS = {key.removeprefix("quarantine.") for key in TEXTS["vi"] if key.startswith("quarantine.")} - {"other"}


def parsed(payload: dict[str, Any] | bytes, source: Any = "webhook") -> list[Inbound]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return list(parse(ACCOUNT, source, body, at(3600)))


def the_message(payload: dict[str, Any]) -> InboundMessage:
    [item] = parsed(payload)
    assert isinstance(item, InboundMessage)
    return item


def refused(payload: dict[str, Any] | bytes, source: Any = "webhook") -> str:
    with pytest.raises(UnparsableError) as caught:
        parsed(payload, source)
    return caught.value.reason


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


class TestGroups:
    def test_said(self) -> None:
        message = the_message(EVENTS["user_send_group_text"])
        assert (message.thread_kind, message.thread_key, message.person) == ("group", GROUP, USER)

    def test_answered(self) -> None:
        message = the_message(EVENTS["oa_send_group_text"])
        assert (message.direction, message.thread_key, message.person) == ("out", GROUP, None)

    @pytest.mark.parametrize(
        ("event", "change"),
        [
            ("user_join_group", "joined"),
            ("accept_request_join_group", "joined"),
            ("react_request_join_group_accept", "joined"),
            ("user_out_group", "left"),
            ("user_leave_group", "left"),
        ],
    )
    def test_who_comes_and_goes(self, event: str, change: Any) -> None:
        coming, shown = parsed(EVENTS[event])
        assert coming == InboundParticipant(thread_key=GROUP, people=(USER,), change=change, at=at(0))
        assert isinstance(shown, InboundMessage)
        assert (shown.kind, shown.thread_kind, shown.thread_key, shown.person) == ("event", "group", GROUP, None)

    @pytest.mark.parametrize(
        ("event", "shown"),
        [("add_group_admin", "add_group_admin"), ("update_group_info", "update_group_info"),
         ("disperse_group", "delete_group"), ("react_request_join_group_reject", "reject_request_join_group")],
    )  # fmt: skip
    def test_what_happens_in_a_group(self, event: str, shown: str) -> None:
        message = the_message(EVENTS[event])
        assert (message.event, message.details, message.interacts) == (shown, {"people": [USER]}, False)

    @pytest.mark.parametrize("event", ["user_send_group_text", "oa_send_group_text", "user_join_group"])
    def test_all_that_is_of_a_group_shares_a_lane(self, event: str) -> None:
        seen = peek(json.dumps(EVENTS[event]).encode())
        assert seen
        assert thread_of(KNOWN, seen) == GROUP


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


class TestFollow:
    @pytest.mark.parametrize("event", ["follow", "unfollow"])
    def test_is_a_fact_and_an_event_in_the_thread(self, event: str) -> None:
        fact, shown = parsed(EVENTS[event])
        assert fact == InboundFollow(person=USER, following=event == "follow", source="oa_profile", at=at(0))
        assert isinstance(shown, InboundMessage)
        assert (shown.kind, shown.event, shown.thread_key) == ("event", event, USER)
        assert shown.interacts is (event == "follow")


class TestProfile:
    def test_reply(self) -> None:
        data = {
            "user_id": USER,
            "display_name": " Nguyễn Thị Lan ",
            "avatar": "https://cdn.example/lan.jpg",
            "user_is_follower": True,
            "user_alias": "Khách VIP",
            "tags_and_notes_info": {"notes": [], "tag_names": ["VIP", " "]},
            "shared_info": {"phone": 84912345678, "name": "", "city": "Bình Dương"},
        }
        assert parsed({"data": data, "error": 0, "message": "Success"}, "profile") == [
            InboundProfile(
                person=USER,
                display_name="Nguyễn Thị Lan",
                avatar_url="https://cdn.example/lan.jpg",
                following=True,
                at=at(3600),
            ),
            InboundDetails(person=USER, phone="84912345678", city="Bình Dương", alias="Khách VIP", at=at(3600)),
            InboundTag(name="VIP", people=(USER,), change="added", at=at(3600)),
        ]

    @pytest.mark.parametrize("odd", [[], "", 7, {"phone": []}, {"phone": {"a": 1}}])
    def test_odd_details_cost_no_profile(self, odd: Any) -> None:
        data = {"user_id": USER, "display_name": "Lan", "shared_info": odd, "tags_and_notes_info": odd}
        [profile] = parsed({"data": data}, "profile")
        assert isinstance(profile, InboundProfile)

    def test_what_it_does_not_say_is_not_known(self) -> None:
        [profile] = parsed({"data": {"user_id": USER, "display_name": "Lan", "avatar": ""}}, "profile")
        assert isinstance(profile, InboundProfile)
        assert (profile.following, profile.avatar_url) == (None, None)

    def test_an_error_is_no_profile(self) -> None:
        assert refused({"error": -216, "message": "Access token is invalid"}, "profile") == "missing-field"


class TestDetails:
    def test_a_form_that_was_filled_in(self) -> None:
        details, shown = parsed(EVENTS["user_submit_info"])
        assert details == InboundDetails(
            person=USER,
            name="Nguyễn Thị Lan",
            phone="84912345678",
            address="12 Lý Thường Kiệt",
            ward="Phường Dĩ An",
            city="Bình Dương",
            birthday="30/10/1999",
            gender="Nữ",
            at=at(0),
        )
        assert isinstance(shown, InboundMessage)
        assert (shown.event, shown.interacts) == ("user_submit_info", False)

    def test_in_its_older_form(self) -> None:
        details, _ = parsed(EVENTS["user_submit_info in its older form"])
        assert details == InboundDetails(
            person=USER, name="Lan", phone="84912345679", address="12", ward="A", district="Dĩ An", city="BD", at=at(0)
        )

    def test_a_call_tells_the_number(self) -> None:
        details, shown = parsed(EVENTS["user_call_oa"])
        assert details == InboundDetails(person=USER, phone="84912345670", at=at(0))
        assert isinstance(shown, InboundMessage)
        assert (shown.external_id, shown.interacts) == ("user_call_oa:c-1", True)
        assert (shown.details["status"], shown.details["duration_seconds"]) == ("answered", "60")

    def test_a_call_that_nobody_answered_is_no_word_of_the_customer(self) -> None:
        _, shown = parsed(EVENTS["oa_call_user"])
        assert isinstance(shown, InboundMessage)
        assert (shown.interacts, shown.details["status"]) == (False, "missed")

    def test_a_widget_knows_the_customer_by_another_name(self) -> None:
        shown, details = parsed(EVENTS["widget_interaction_accepted"])
        assert isinstance(shown, InboundMessage)
        assert shown.interacts
        assert details == InboundDetails(person=USER, external_ref="crm-1001", at=at(0))


class TestTags:
    @pytest.mark.parametrize(
        ("event", "name", "change"),
        [("add_user_to_tag", "VIP", "added"), ("remove_user_from_tag", "VIP", "removed")],
    )
    def test_on_people(self, event: str, name: str, change: Any) -> None:
        assert parsed(EVENTS[event]) == [InboundTag(name=name, people=(USER,), change=change, at=at(0))]

    @pytest.mark.parametrize(
        ("event", "name", "change", "logged"),
        [
            ("add_user_to_tag of nobody", "Sỉ", "created", "tag_created"),
            ("remove_tag", "VIP", "deleted", "tag_deleted"),
        ],
    )
    def test_as_such(self, event: str, name: str, change: Any, logged: str) -> None:
        tag, entry = parsed(EVENTS[event])
        assert tag == InboundTag(name=name, change=change, at=at(0))
        assert isinstance(entry, InboundChannelEvent)
        assert (entry.name, entry.details) == (logged, {"name": name})


class TestPrivacy:
    def test_withdrawal_is_a_request_and_an_event(self) -> None:
        asked, shown = parsed(EVENTS["user_withdraw"])
        assert asked == InboundPrivacyRequest(person=USER, kind="withdraw", at=at(0))
        assert isinstance(shown, InboundMessage)
        assert (shown.event, shown.interacts) == ("user_withdraw", False)


class TestLog:
    @pytest.mark.parametrize(
        ("event", "details", "about"),
        [
            ("user_feedback", {"rate": "5", "note": "Tôi rất hài lòng.; Nhân viên vui vẻ"}, "zns-1"),
            ("user_click_response_button", {"button": "Gọi lại cho tôi"}, "zns-1"),
            ("change_template_status", {"template": "31239", "old": "PENDING_REVIEW", "status": "ENABLE"}, None),
            ("change_template_quality", {"template": "31239", "quality": "MEDIUM"}, None),
            ("change_oa_daily_quota", {"old": "1000", "new": "2000", "timestamp": "1"}, None),
            ("extension_purchased", {"name": "1", "until": "18/12/2026"}, None),
            ("oa_send_consent", {"phone": "84900000003", "consent": "SENT"}, None),
            ("event_journey_time_out", {}, None),
        ],
    )
    def test_entries(self, event: str, details: dict[str, Any], about: str | None) -> None:
        [entry] = parsed(EVENTS[event])
        assert isinstance(entry, InboundChannelEvent)
        assert (entry.name, entry.details, entry.message_external_id) == (event, details, about)
        assert (entry.known, entry.revokes) == (True, False)

    def test_a_permission_taken_back(self) -> None:
        [entry] = parsed(EVENTS["permission_revoked"])
        assert isinstance(entry, InboundChannelEvent)
        assert entry.revokes

    @pytest.mark.parametrize("more", [{}, {"timestamp": "0"}, {"timestamp": "hôm qua"}, {"timestamp": [1], "tag": 5}])
    def test_an_event_that_nobody_has_heard_of(self, more: dict[str, Any]) -> None:
        [entry] = parsed({"event_name": "user_dances", **more})
        assert isinstance(entry, InboundChannelEvent)
        assert (entry.name, entry.known, entry.at) == ("user_dances", False, at(3600))

    def test_the_same_again_has_the_same_name(self) -> None:
        """So that it is written down once."""
        [first], [second] = parsed(EVENTS["user_feedback"]), parsed(EVENTS["user_feedback"])
        assert isinstance(first, InboundChannelEvent)
        assert first == second


class TestHistory:
    ITEM: ClassVar[dict[str, Any]] = {
        "src": 1,
        "time": int(ms(at(0))),
        "type": "text",
        "message": "Còn hàng không ạ?",
        "message_id": "in-text",
        "from_id": USER,
        "to_id": OA_ID,
        "from_display_name": "Lan",
    }

    def test_is_the_message_that_the_webhook_brings(self) -> None:
        assert parsed(self.ITEM, "history") == parsed(EVENTS["user_send_text"])

    def test_of_our_side(self) -> None:
        [message] = parsed(self.ITEM | {"src": 0, "from_id": OA_ID, "to_id": USER}, "history")
        assert isinstance(message, InboundMessage)
        assert (message.direction, message.thread_key) == ("out", USER)

    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ({"type": "photo", "url": "https://cdn.example/a.jpg", "message": ""}, "image"),
            ({"type": "GIF", "url": "https://cdn.example/a.gif"}, "gif"),
            ({"type": "voice", "url": "https://cdn.example/a.amr"}, "audio"),
            ({"type": "sticker", "url": "https://cdn.example/s.png"}, "sticker"),
            ({"type": "link", "url": "https://shop.example", "thumb": "", "description": "Cửa hàng"}, "link"),
            ({"type": "links", "links": [{"url": "https://shop.example/1", "title": "Một"}]}, "link"),
            ({"type": "location", "location": {"latitude": "10.7", "longitude": "106.7"}}, "location"),
            ({"type": "location", "location": '{"latitude":10.7,"longitude":106.7}'}, "location"),
            ({"type": "location", "location": "ở nhà"}, "unsupported"),
            ({"type": "photo"}, "unsupported"),
            ({"type": "hologram"}, "unsupported"),
        ],
    )
    def test_kinds(self, more: dict[str, Any], kind: str) -> None:
        [message] = parsed(self.ITEM | more, "history")
        assert isinstance(message, InboundMessage)
        assert message.kind == kind
        assert len(message.attachments) == (kind != "unsupported")

    @pytest.mark.parametrize("field", ["src", "time", "message_id", "from_id", "to_id"])
    def test_parts_that_are_needed(self, field: str) -> None:
        assert (
            refused({name: value for name, value in self.ITEM.items() if name != field}, "history") == "missing-field"
        )

    def test_of_another_oa(self) -> None:
        assert refused(self.ITEM | {"to_id": "1"}, "history") == "unknown-shape"


class TestDocs:
    def test_each_event_stands_in_the_table(self) -> None:
        page = Path(__file__).parents[3] / "docs/channels/zalo-oa.md"
        table = page.read_text("utf-8").split("## Events\n")[1].split("\n## ")[0]
        named = {
            name
            for line in table.splitlines()
            if line.startswith("| ")
            for name in re.findall(r"`(\w+)`", line.split("|")[1])
        }
        known = set(told.TELLERS) | set(told.SAME) | set(reported.REPORTERS) | {"permission_revoked"}
        heard = {event["event_name"] for event in EVENTS.values()}
        alike = {name for name in heard if re.match("(user|oa)_send_group_", name)} | {"user_send_poll"}
        assert named >= known | (heard - alike)
        assert named - known <= heard | {"sokhach_unknown_events_total"}


class TestAnything:
    """Whatever is missing, added or of another type: items that are whole, or a refusal with a reason."""

    @given(name=st.sampled_from(sorted(EVENTS)), data=st.data())
    def test_a_broken_payload(self, name: str, data: st.DataObject) -> None:
        payload = data.draw(broken(EVENTS[name]))
        try:
            items = parsed(payload)
        except UnparsableError as error:
            assert error.reason in REASONS
        else:
            assert all(item.at if not isinstance(item, InboundMessage) else item.sent_at for item in items)


class TestRefused:
    def test_not_json(self) -> None:
        assert refused(b"") == "invalid-json"
        assert refused(b'{"event_name": "user_send_text"') == "invalid-json"
        assert refused(b"mac=1") == "invalid-json"

    def test_not_utf8(self) -> None:
        assert refused(json.dumps(EVENTS["user_send_text"]).encode("utf-16")) == "invalid-utf8"

    def test_a_byte_order_mark_says_nothing(self) -> None:
        body = json.dumps(said(USER, "m1", at(0), "Dạ")).encode()
        assert parsed(b"\xef\xbb\xbf" + body) == parsed(body)

    def test_half_an_emoji(self) -> None:
        body = json.dumps(said(USER, "m1", at(0), "X")).replace('"X"', '"\\ud83d"').encode()
        assert refused(body) == "invalid-json"

    def test_nul(self) -> None:
        assert refused(said(USER, "m1", at(0), "a\0b")) == "nul-character"

    def test_a_backslash_before_the_letters_of_nul_is_no_nul(self) -> None:
        assert the_message(said(USER, "m1", at(0), "C:\\u0000")).text == "C:\\u0000"

    def test_nested_too_deeply(self) -> None:
        body = json.dumps(said(USER, "m1", at(0))).encode()[:-1] + b', "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
        assert refused(body) == "unknown-shape"

    @pytest.mark.parametrize("name", ["sender", "recipient", "message"])
    def test_parts_that_are_needed(self, name: str) -> None:
        payload = dict(EVENTS["user_send_text"])
        del payload[name]
        assert refused(payload) == "missing-field"

    @pytest.mark.parametrize(
        "change",
        [
            {"message": {"text": "không có mã"}},
            {"message": {"text": "mã trống", "msg_id": ""}},
            {"sender": {"id": ""}},
            {"sender": {}},
        ],
    )
    def test_ids_that_are_needed(self, change: dict[str, Any]) -> None:
        """Two messages with an empty id would be taken for one."""
        assert refused(EVENTS["user_send_text"] | change) == "missing-field"

    @pytest.mark.parametrize(
        "change",
        [
            {"message": {"text": 7, "msg_id": "1"}},
            {"message": {"text": {"a": "b"}, "msg_id": "1"}},
            {"message": "text"},
            {"message": {"msg_id": ["1"]}},
            {"sender": "9001"},
            {"sender": {"id": 1.5}},
            {"timestamp": None},
            {"timestamp": True},
            {"event_name": 5},
        ],
    )
    def test_types(self, change: dict[str, Any]) -> None:
        assert refused(EVENTS["user_send_text"] | change) == "wrong-type"

    @pytest.mark.parametrize(
        "timestamp",
        ["", "hôm qua", ms(at(3600) + timedelta(days=2)), "9" * 30, "9" * 5000, str(10**15)],
    )
    def test_times_out_of_reach(self, timestamp: str) -> None:
        assert refused(EVENTS["user_send_text"] | {"timestamp": timestamp}) == "time-out-of-range"

    @pytest.mark.parametrize("timestamp", ["-1", "0", "154390853474", 1])
    def test_a_time_before_there_was_zalo_says_nothing(self, timestamp: Any) -> None:
        """Zalo's own sample is of 1974. The time of receipt stands for it, and what was said is kept."""
        message = the_message(EVENTS["user_send_text"] | {"timestamp": timestamp})
        assert (message.sent_at, message.details) == (at(3600), {"timestamp": str(timestamp)})

    def test_times_within_reach(self) -> None:
        """An old message that comes late, and a clock that is a little fast."""
        old = datetime(2012, 8, 2, tzinfo=UTC)
        for moment in (old, at(3600) + timedelta(hours=23)):
            assert the_message(said(USER, "m1", moment)).sent_at == moment

    def test_another_oas_message(self) -> None:
        assert refused(EVENTS["user_send_text"] | {"recipient": {"id": "1"}}) == "unknown-shape"

    def test_an_oa_that_writes_to_itself(self) -> None:
        assert refused(EVENTS["user_send_text"] | {"sender": {"id": OA_ID}}) == "unknown-shape"
