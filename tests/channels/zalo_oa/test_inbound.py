"""What each of Zalo's payloads means to us."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sokhach.channels.connector import (
    Account,
    Inbound,
    InboundFollow,
    InboundKept,
    InboundMessage,
    InboundProfile,
    InboundReceipt,
    UnparsableError,
)
from sokhach.channels.zalo_oa.inbound import parse
from sokhach.channels.zalo_oa.webhook import KnownAccount, peek, thread_of
from tests.channels.zalo_oa.events import ADMIN, GROUP, USER, every_event
from tests.support.oa import CREDENTIALS, OA_ID, at, ms, said

ACCOUNT = Account(id=1, channel="zalo_oa", external_id=OA_ID, name="Điện Minh Long")
EVENTS = every_event()
KNOWN = KnownAccount(1, OA_ID, CREDENTIALS)


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

    @pytest.mark.parametrize("kind", ["gif", "link", "audio", "video", "location", "business_card", "file"])
    def test_what_is_for_later_is_shown_as_such(self, kind: str) -> None:
        """It waits for an answer like any other."""
        message = the_message(EVENTS[f"user_send_{kind}"])
        assert (message.kind, message.event, message.direction) == ("unsupported", f"user_send_{kind}", "in")

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

    @pytest.mark.parametrize(("kind", "known"), [("image", "image"), ("sticker", "sticker"), ("file", "unsupported")])
    def test_kinds(self, kind: str, known: str) -> None:
        assert the_message(EVENTS[f"oa_send_{kind}"]).kind == known


class TestGroups:
    def test_said(self) -> None:
        message = the_message(EVENTS["user_send_group_text"])
        assert (message.thread_kind, message.thread_key, message.person) == ("group", GROUP, USER)

    def test_answered(self) -> None:
        message = the_message(EVENTS["oa_send_group_text"])
        assert (message.direction, message.thread_key, message.person) == ("out", GROUP, None)

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

    def test_seen(self) -> None:
        assert parsed(EVENTS["user_seen_message"]) == [
            InboundReceipt(external_ids=("out-text", "out-image"), kind="seen", at=at(0))
        ]


class TestFollow:
    @pytest.mark.parametrize("event", ["follow", "unfollow"])
    def test_is_a_fact_and_an_event_in_the_thread(self, event: str) -> None:
        fact, shown = parsed(EVENTS[event])
        assert fact == InboundFollow(person=USER, following=event == "follow", at=at(0))
        assert isinstance(shown, InboundMessage)
        assert (shown.kind, shown.event, shown.thread_key) == ("event", event, USER)


class TestProfile:
    def test_reply(self) -> None:
        data = {
            "user_id": USER,
            "display_name": " Nguyễn Thị Lan ",
            "avatar": "https://cdn.example/lan.jpg",
            "user_is_follower": True,
            "shared_info": {"phone": 84900000002},
        }
        assert parsed({"data": data, "error": 0, "message": "Success"}, "profile") == [
            InboundProfile(
                person=USER,
                display_name="Nguyễn Thị Lan",
                avatar_url="https://cdn.example/lan.jpg",
                following=True,
                at=at(3600),
            )
        ]

    def test_what_it_does_not_say_is_not_known(self) -> None:
        [profile] = parsed({"data": {"user_id": USER, "display_name": "Lan", "avatar": ""}}, "profile")
        assert isinstance(profile, InboundProfile)
        assert (profile.following, profile.avatar_url) == (None, None)

    def test_an_error_is_no_profile(self) -> None:
        assert refused({"error": -216, "message": "Access token is invalid"}, "profile") == "missing-field"


class TestKept:
    @pytest.mark.parametrize(
        "name",
        sorted(
            name
            for name in EVENTS
            if not name.startswith(("user_send_", "oa_send_")) and "follow" not in name and "_message" not in name
        ),
    )
    def test_all_other_events(self, name: str) -> None:
        assert parsed(EVENTS[name]) == [InboundKept(name=name)]

    @pytest.mark.parametrize("name", ["oa_send_consent", "oa_send_anonymous_text", "user_reacted_message"])
    def test_what_only_looks_like_a_message(self, name: str) -> None:
        assert parsed(EVENTS[name]) == [InboundKept(name=name)]

    def test_an_event_that_nobody_has_heard_of(self) -> None:
        assert parsed({"event_name": "user_dances", "timestamp": "0"}) == [InboundKept(name="user_dances")]


class TestRefused:
    def test_not_json(self) -> None:
        assert refused(b"") == "invalid-json"
        assert refused(b'{"event_name": "user_send_text"') == "invalid-json"
        assert refused(b"mac=1") == "invalid-json"

    def test_not_utf8(self) -> None:
        assert refused(json.dumps(EVENTS["user_send_text"]).encode("utf-16")) == "invalid-utf8"

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
        ["", "hôm qua", "-1", "0", "154390853474", ms(at(3600) + timedelta(days=2)), "9" * 30, "9" * 5000, str(10**15)],
    )
    def test_times_out_of_reach(self, timestamp: str) -> None:
        assert refused(EVENTS["user_send_text"] | {"timestamp": timestamp}) == "time-out-of-range"

    def test_times_within_reach(self) -> None:
        """An old message that comes late, and a clock that is a little fast."""
        old = datetime(2012, 8, 2, tzinfo=UTC)
        for moment in (old, at(3600) + timedelta(hours=23)):
            assert the_message(said(USER, "m1", moment)).sent_at == moment

    def test_another_oas_message(self) -> None:
        assert refused(EVENTS["user_send_text"] | {"recipient": {"id": "1"}}) == "unknown-shape"

    def test_an_oa_that_writes_to_itself(self) -> None:
        assert refused(EVENTS["user_send_text"] | {"sender": {"id": OA_ID}}) == "unknown-shape"
