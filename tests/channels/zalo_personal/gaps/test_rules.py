from datetime import UTC, datetime, timedelta

import pytest

from sokhach.channels.zalo_personal.gaps.named import named_in
from sokhach.channels.zalo_personal.gaps.rules import KEPT, Reading, lacking, page_ends, percent, united
from sokhach.channels.zalo_personal.private.rules import Thread

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FROM, UNTIL = NOW - timedelta(hours=8), NOW - timedelta(minutes=1)
OWN, ANNA, GROUP = "1", "22", "900"


class TestPageEnds:
    def test_it_joins_what_is_here(self) -> None:
        assert page_ends(FROM, FROM, 5, True) == "joined"
        assert page_ends(FROM, FROM - timedelta(days=1), 5, True) == "joined"

    def test_only_an_empty_page_is_the_end(self) -> None:
        assert page_ends(FROM, UNTIL, 1, True) == "open"
        assert page_ends(FROM, None, 0, False) == "ended"

    def test_the_same_page_again_leads_nowhere(self) -> None:
        assert page_ends(FROM, UNTIL, 5, False) == "stuck"

    def test_the_first_connection_reads_to_the_end(self) -> None:
        assert page_ends(None, FROM, 5, True) == "open"


class TestLacking:
    def test_what_was_joined_lacks_nothing(self) -> None:
        assert lacking(FROM, UNTIL, None, Reading("joined", FROM), NOW) is None

    def test_the_platform_has_everything_since_the_login(self) -> None:
        assert lacking(FROM, UNTIL, FROM - timedelta(days=1), Reading("ended", UNTIL), NOW) is None

    def test_before_the_login_there_is_nothing(self) -> None:
        login = NOW - timedelta(hours=2)
        assert lacking(FROM, UNTIL, login, Reading("ended", UNTIL), NOW) == (FROM, login)

    def test_nothing_is_kept_for_ever(self) -> None:
        long_ago = NOW - timedelta(days=30)
        found = lacking(long_ago, UNTIL, long_ago - timedelta(days=1), Reading("ended", None), NOW)
        assert found == (long_ago, NOW - KEPT)

    def test_who_does_not_know_the_login_claims_nothing(self) -> None:
        assert lacking(FROM, UNTIL, None, Reading("ended", None), NOW) == (FROM, UNTIL)

    def test_a_reading_that_got_stuck_has_what_it_read(self) -> None:
        read = NOW - timedelta(hours=3)
        assert lacking(FROM, UNTIL, FROM - timedelta(days=1), Reading("stuck", read), NOW) == (FROM, read)

    def test_both_kinds_of_threads_count(self) -> None:
        assert united([None, (FROM, UNTIL)]) == (FROM, UNTIL)
        assert united([None, None]) is None


@pytest.mark.parametrize(("stored", "missing", "expected"), [(0, 0, None), (9, 0, 100.0), (7, 3, 70.0), (0, 2, 0.0)])
def test_percent(stored: int, missing: int, expected: float | None) -> None:
    assert percent(stored, missing) == expected


def said(writer: str, reader: str, **more: object) -> dict[str, object]:
    return {"msgId": "71", "cliMsgId": "81", "uidFrom": writer, "idTo": reader, "ts": "1750000000000",
            "msgType": "webchat", "content": "xin chào", **more}  # fmt: skip


class TestNamedIn:
    def test_direct_and_group_wherever_they_stand(self) -> None:
        answer = {
            "data": {"msgs": [said(ANNA, "0")], "groupMsgs": [said(ANNA, GROUP, cliMsgId="82")]},
            "more": [{"lastMsg": said("0", ANNA, cliMsgId="83", content=None)}],
        }
        found = named_in(OWN, answer)
        assert [(one.name, one.thread, one.inbound, one.given) for one in found] == [
            ("22:81", Thread(ANNA, False), True, True),
            ("22:82", Thread(GROUP, True), True, True),
            ("1:83", Thread(ANNA, False), False, False),
        ]

    def test_without_a_word_about_it_who_is_known_as_a_group_is_one(self) -> None:
        assert named_in(OWN, [said("0", GROUP)], frozenset({GROUP}))[0].thread == Thread(GROUP, True)
        assert named_in(OWN, [said(ANNA, GROUP)])[0].thread == Thread(GROUP, True)
        assert named_in(OWN, [said("0", ANNA)])[0].thread == Thread(ANNA, False)

    def test_a_map_by_thread_that_says_whether_it_is_a_group(self) -> None:
        answer = {"lastMsgs": {GROUP: {"isGroup": True, "msg": said("0", GROUP)}}}
        assert named_in(OWN, answer)[0].thread == Thread(GROUP, True)

    def test_recalls_and_what_cannot_be_read_are_no_messages(self) -> None:
        assert named_in(OWN, [said(ANNA, "0", content={"deleteMsg": 1})]) == []
        assert named_in(OWN, [said(ANNA, "0", msgType="chat.undo")]) == []
        assert named_in(OWN, [said(ANNA, "0", ts="?")]) == []
        assert named_in(OWN, "nonsense") == []
        assert named_in(OWN, None) == []
