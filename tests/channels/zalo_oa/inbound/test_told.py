"""What is told of people, groups and calls."""

import json
from typing import Any

import pytest

from sokhach.channels.connector import (
    InboundChannelEvent,
    InboundDetails,
    InboundFollow,
    InboundMessage,
    InboundParticipant,
    InboundPrivacyRequest,
    InboundTag,
)
from sokhach.channels.zalo_oa.webhook import KnownAccount, peek, thread_of
from tests.channels.zalo_oa.events import GROUP, USER
from tests.channels.zalo_oa.inbound.reading import EVENTS, parsed, the_message
from tests.support.oa import CREDENTIALS, OA_ID, at

KNOWN = KnownAccount(1, OA_ID, CREDENTIALS)


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


class TestFollow:
    @pytest.mark.parametrize("event", ["follow", "unfollow"])
    def test_is_a_fact_and_an_event_in_the_thread(self, event: str) -> None:
        fact, shown = parsed(EVENTS[event])
        assert fact == InboundFollow(person=USER, following=event == "follow", source="oa_profile", at=at(0))
        assert isinstance(shown, InboundMessage)
        assert (shown.kind, shown.event, shown.thread_key) == ("event", event, USER)
        assert shown.interacts is (event == "follow")


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
