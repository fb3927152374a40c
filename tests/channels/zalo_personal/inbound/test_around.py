"""Reactions, receipts, who types, groups, friends, and what Zalo answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sokhach.channels.connector import (
    InboundChannelEvent,
    InboundDetails,
    InboundGroup,
    InboundLabels,
    InboundMembers,
    InboundMessage,
    InboundName,
    InboundParticipant,
    InboundProfile,
    InboundReaction,
    InboundReceipt,
    InboundStub,
)
from sokhach.channels.words import event_text
from sokhach.channels.zalo_personal.inbound import Typing, happened, parse, typing_of
from sokhach.core.catalogue import TEXTS
from tests.channels.zalo_personal.inbound.reading import ACCOUNT, RECEIVED, answered, heard, refused, said
from tests.channels.zalo_personal.items import (
    GROUP,
    OWN,
    PEER,
    friend_event,
    group_event,
    journalled,
    message,
    named,
    reacted,
    received,
    seen,
)
from tests.support.oa import at


class TestMarks:
    def test_a_reaction_names_the_message_by_its_own_id(self) -> None:
        [one] = heard(reacted(9, 1, at(60)), 612, "reacts")
        assert one == InboundReaction(external_id=named(1), thread_key=PEER, person=PEER, icon="/-heart", at=at(60))

    def test_ours_and_in_a_group(self) -> None:
        [one] = heard(reacted(9, 1, at(60), own=True, group=GROUP), 612, "reactGroups")
        assert isinstance(one, InboundReaction)
        assert (one.person, one.author, one.thread_key) == (None, OWN, GROUP)

    def test_taken_back(self) -> None:
        [one] = heard(reacted(9, 1, at(60), icon=""), 612, "reacts")
        assert isinstance(one, InboundReaction)
        assert one.icon is None

    def test_received_and_seen(self) -> None:
        both = received(1, moment=at(9)) | {"realMsgId": "77", "seen": 1}
        names = (named(1), "m:77")
        assert heard(both, 502, "delivereds") == [
            InboundReceipt(external_ids=names, kind="delivered", stray=True, at=at(9)),
            InboundReceipt(external_ids=names, kind="seen", stray=True, at=at(9)),
        ]
        assert heard(seen(1), 502, "seens") == [
            InboundReceipt(external_ids=(named(1),), kind="seen", stray=True, at=RECEIVED)
        ]

    def test_the_holders_own_devices_are_no_receipt(self) -> None:
        assert heard(received(1, OWN), 502, "delivereds") == []
        assert heard(seen(1, "0"), 502, "seens") == []
        in_group = {"msgId": "5", "groupId": GROUP, "seenUids": [OWN]}
        assert heard(in_group, 522, "groupSeens") == []
        assert len(heard(in_group | {"seenUids": [OWN, PEER]}, 522, "groupSeens")) == 1

    def test_who_types(self) -> None:
        direct = {"act_type": "typing", "act": "typing", "data": f'"uid":"{PEER}","ts":"1784347480000","isPC":0'}
        assert typing_of(direct, OWN, RECEIVED) == Typing(PEER, "direct", PEER)
        group = {"act_type": "typing", "act": "gtyping", "data": f'"uid":"{PEER}","gid":"{GROUP}"'}
        assert typing_of(group, OWN, RECEIVED) == Typing(GROUP, "group", PEER)
        for nobody in ({}, {"data": f'"uid":"{OWN}"'}, {"act_type": "typing", "data": '"uid'}, b"{", b"7"):
            assert typing_of(nobody, OWN, RECEIVED) is None


class TestGroups:
    def test_somebody_joins(self) -> None:
        items = heard(group_event("join", at(7), {PEER: "Khách Hàng"}), 601, "controls")
        assert InboundParticipant(thread_key=GROUP, people=(PEER,), change="joined", at=at(7)) in items
        assert InboundGroup(thread_key=GROUP, name="Khách sỉ", at=at(7)) in items
        assert InboundName(person=PEER, name="Khách Hàng", at=at(7)) in items
        [shown] = [one for one in items if isinstance(one, InboundMessage)]
        assert (shown.event, shown.thread_kind, shown.details["people"]) == ("group_joined", "group", [PEER])

    def test_the_account_joins(self) -> None:
        items = heard(group_event("join", at(7), {OWN: "Chị Hoa"}), 601, "controls")
        assert not any(isinstance(one, InboundParticipant | InboundName) for one in items)
        assert said(group_event("join", at(7), {OWN: ""}), 601, "controls").event == "group_joined_self"

    def test_the_same_event_has_the_same_name(self) -> None:
        twice = [said(group_event("update", at(7), {}), 601, "controls").external_id for _ in range(2)]
        assert twice[0] == twice[1]
        assert said(group_event("update", at(8), {}), 601, "controls").external_id != twice[0]

    @pytest.mark.parametrize("act", [*happened.GROUP_ACTS, "danced"])
    def test_every_act_has_words(self, act: str) -> None:
        one = said(
            group_event(act, at(7), {PEER: "Khách Hàng"}, groupTopic={"params": '{"title":"Họp"}'}), 601, "controls"
        )
        self_too = said(group_event(act, at(7), {OWN: "Chị Hoa"}), 601, "controls")
        for name in (one.event, self_too.event):
            for locale in ("vi", "en"):
                assert f"event.{name}" in TEXTS[locale]
                assert "{" not in event_text(locale, str(name), one.details, ["Lan"])


class TestFriends:
    def test_a_customer_asks(self) -> None:
        data = {"toUid": OWN, "fromUid": PEER, "src": 30, "message": "Em hỏi giá ạ"}
        shown, logged = heard(friend_event("req_v2", data), 601, "controls")
        assert isinstance(shown, InboundMessage)
        assert (shown.event, shown.thread_key, shown.details["note"]) == ("friend_asked", PEER, "Em hỏi giá ạ")
        assert isinstance(logged, InboundChannelEvent)
        assert (logged.name, logged.person, logged.known) == ("friend_asked", PEER, True)

    def test_we_ask(self) -> None:
        shown, _ = heard(friend_event("req_v2", {"toUid": PEER, "fromUid": OWN}), 601, "controls")
        assert isinstance(shown, InboundMessage)
        assert (shown.event, shown.thread_key) == ("friend_asked_out", PEER)

    @pytest.mark.parametrize(("asker", "event"), [(PEER, "friend_rejected_out"), (OWN, "friend_rejected")])
    def test_who_was_asked_declines(self, asker: str, event: str) -> None:
        other = OWN if asker == PEER else PEER
        shown = said(friend_event("reject", {"toUid": other, "fromUid": asker}), 601, "controls")
        assert (shown.event, shown.thread_key) == (event, PEER)

    def test_who_becomes_a_friend_a_second_time_does_so_but_not_by_the_same_frame(self) -> None:
        def name(after: timedelta) -> str | None:
            item = journalled(friend_event("add", PEER), 601, "controls")
            [one] = [one for one in parse(ACCOUNT, "frame", item, RECEIVED + after) if isinstance(one, InboundMessage)]
            return one.external_id

        assert name(timedelta(0)) == name(timedelta(seconds=1))
        assert name(timedelta(0)) != name(timedelta(hours=1))

    @pytest.mark.parametrize("data", [PEER, f'"{PEER}"', int(PEER)])
    def test_a_bare_uid(self, data: Any) -> None:
        item = {"content": {"act_type": "fr", "act": "add", "data": data}}
        shown, _ = heard(item, 601, "controls")
        assert isinstance(shown, InboundMessage)
        assert (shown.event, shown.thread_key) == ("friend_added", PEER)

    @pytest.mark.parametrize("act", happened.FRIEND_ACTS)
    def test_every_act_has_words(self, act: str) -> None:
        for data in (PEER, {"toUid": PEER, "fromUid": OWN}):
            if isinstance(data, str) or act in {"req_v2", "reject", "undo_req"}:
                name = said(friend_event(act, data), 601, "controls").event
                assert all(f"event.{name}" in TEXTS[locale] for locale in ("vi", "en")), name


class TestControls:
    def test_a_file_that_is_done_is_for_who_uploads(self) -> None:
        item = {"content": {"act_type": "file_done", "act": "file_done", "fileId": "8", "data": {"url": "https://x"}}}
        assert heard(item, 601, "controls") == []

    def test_what_says_nothing_more(self) -> None:
        for kind, act in happened.SILENT:
            assert heard({"content": {"act_type": kind, "act": act, "data": "{}"}}, 601, "controls") == []

    def test_what_is_not_known_stands_in_the_log(self) -> None:
        [one] = heard({"content": {"act_type": "market", "act": "sold", "data": {}}}, 601, "controls")
        assert isinstance(one, InboundChannelEvent)
        assert (one.name, one.known) == ("market:sold", False)


class TestKept:
    @pytest.mark.parametrize("cmd", [504, 524, 551, 553, 9999])
    def test_an_opcode_that_nobody_knows(self, cmd: int) -> None:
        assert refused(journalled(message(1, at(5)), cmd)) == "unknown-opcode"

    def test_a_list_that_nobody_knows(self) -> None:
        assert refused(journalled(message(1, at(5)), 501, "news")) == "unknown-opcode"
        assert refused(journalled(message(1, at(5)), 501, None)) == "unknown-opcode"

    @pytest.mark.parametrize(
        ("why", "reason"),
        [
            ("undecryptable", "frame-undecryptable"),
            ("no-key", "frame-undecryptable"),
            ("unreadable", "frame-unreadable"),
        ],
    )
    def test_a_frame(self, why: str, reason: str) -> None:
        line = b'{"v":1,"conn":"c","n":1,"cmd":501,"sub":0,"why":"%s","frame":"AAAA","at":1}' % why.encode()
        assert refused(line) == reason

    def test_what_nobody_knows_whose_it_is(self) -> None:
        assert refused(b'{"v":1,"sealed":"AAAA","cmd":553}') == "private-unattributed"

    def test_a_stub(self) -> None:
        line = {"v": 1, "stub": {"thread": "aa", "message": "bb", "direction": "in", "at": 1795140000000}}
        [one] = heard(None, **line)
        assert isinstance(one, InboundStub)

    def test_what_is_of_the_connection(self) -> None:
        for cmd in (1, 2, 602, 3000):
            assert heard({"act": "typing"}, cmd, "actions") == []

    @pytest.mark.parametrize("reason", [
        "unknown-opcode", "frame-undecryptable", "frame-unreadable", "private-unattributed", "missing-field",
        "wrong-type", "invalid-json", "invalid-utf8", "nul-character", "unknown-shape",
    ])  # fmt: skip
    def test_every_reason_has_words(self, reason: str) -> None:
        assert all(f"quarantine.{reason}" in TEXTS[locale] for locale in ("vi", "en"))


class TestAnswers:
    def test_friends(self) -> None:
        user = {"userId": PEER, "zaloName": "Khách Hàng", "displayName": "Anh Tuấn sửa xe", "avatar": "https://a/b",
                "phoneNumber": "84912345678", "isFr": 1}  # fmt: skip
        profile, details = answered("friends", [user, {}, None, {"userId": "9"}])
        assert profile == InboundProfile(
            person=PEER,
            display_name="Khách Hàng",
            avatar_url="https://a/b",
            following=None,
            known_only=True,
            at=RECEIVED,
        )
        assert details == InboundDetails(
            person=PEER, known_only=True, alias="Anh Tuấn sửa xe", phone="84912345678", at=RECEIVED
        )

    def test_profiles_by_uid(self) -> None:
        told = {"changed_profiles": {f"{PEER}_0": {"zaloName": "Khách"}}, "phonebook_version": 1}
        [one] = answered("profiles", told)
        assert isinstance(one, InboundProfile)
        assert (one.person, one.display_name) == (PEER, "Khách")
        assert answered("profiles", {PEER: {"zaloName": "Khách"}}) == [one]

    def test_groups(self) -> None:
        people = [{"id": PEER, "name": "Lan", "avatar": "https://a/b"}, {"id": "42", "name": "Đức"}, {"id": OWN}, {}]
        told = {"id": GROUP, "name": "Khách sỉ", "members": [OWN, PEER, "42"], "total": 3, "people": people}
        name, members, lan, duc = answered("groups", [told, {"id": "4"}])
        assert name == InboundGroup(thread_key=GROUP, name="Khách sỉ", at=RECEIVED)
        assert members == InboundMembers(thread_key=GROUP, people=(PEER, "42"), whole=True, at=RECEIVED)
        assert lan == InboundProfile(
            person=PEER, display_name="Lan", avatar_url="https://a/b", following=None, known_only=True, at=RECEIVED
        )
        assert duc == InboundName(person="42", name="Đức", at=RECEIVED)

    def test_a_group_of_which_not_all_are_told(self) -> None:
        [members] = answered("groups", [{"id": GROUP, "members": [PEER, PEER], "total": 2}])
        assert members == InboundMembers(thread_key=GROUP, people=(PEER,), whole=False, at=RECEIVED)

    def test_aliases(self) -> None:
        [one] = answered("aliases", [{"userId": PEER, "alias": "Chị Lan"}, {"userId": "9", "alias": " "}])
        assert one == InboundDetails(person=PEER, known_only=True, alias="Chị Lan", at=RECEIVED)

    def test_requests_of_friendship_are_as_their_events(self) -> None:
        asked = {"ours": False, "message": "Em hỏi giá rèm", "time": 1_700_000_000_000}
        told = [{"userId": PEER, "zaloName": "Lan", "request": asked}, {"userId": "9"}, {"request": asked}]
        shown, logged, profile = answered("requests", told)
        assert isinstance(shown, InboundMessage)
        assert isinstance(logged, InboundChannelEvent)
        assert isinstance(profile, InboundProfile)
        assert (shown.kind, shown.event, shown.thread_key) == ("event", "friend_asked", PEER)
        assert (logged.name, logged.person, logged.details) == ("friend_asked", PEER, {"note": "Em hỏi giá rèm"})
        assert shown.sent_at == logged.at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
        assert answered("requests", told) == [shown, logged, profile]
        [ours, *_] = answered("requests", [{"userId": PEER, "request": {**asked, "ours": True}}])
        assert isinstance(ours, InboundMessage)
        assert ours.event == "friend_asked_out"
        assert ours.external_id != shown.external_id

    def test_labels(self) -> None:
        labels = [{"id": 1, "text": "Khách  sỉ", "conversations": [PEER, f"g{GROUP}", PEER]}, {"id": 2, "text": ""}]
        [one] = answered("labels", {"labels": labels, "version": 4})
        assert one == InboundLabels(people={"Khách sỉ": (PEER,)}, at=RECEIVED)

    def test_what_is_no_answer(self) -> None:
        assert refused(b'{"v":1,"kind":"labels","own":"1","data":{}}', "profile") == "unknown-shape"
        assert refused(b'{"v":1,"kind":"dances","own":"1","data":{}}', "profile") == "wrong-type"
        assert refused(b"[]", "history") == "unknown-shape"
