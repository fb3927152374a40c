"""Properties of the decision: whatever comes, of a private thread no word, name or id passes on a staff's own SIM."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.zalo_personal.private.rules import Exclusions, Thread, decide, thread_of

OWN = "1000000000000000001"
WORK, PRIVATE = "2000000000000000002", "3000000000000000003"
WORK_GROUP, PRIVATE_GROUP = "4000000000000000004", "5000000000000000005"
OURS = Exclusions("own", frozenset({Thread(WORK, False), Thread(WORK_GROUP, True)}))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([OWN, WORK, PRIVATE, "0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["uidFrom", "idTo", "groupId", "content", "data", "x"]), inner, max_size=4)
    ),
    max_leaves=10,
)
people = st.sampled_from(["0", OWN, WORK, PRIVATE])
places = st.sampled_from([WORK_GROUP, PRIVATE_GROUP])
lists = st.sampled_from(["msgs", "groupMsgs", "delivereds", "seens", "groupSeens", "controls", "reacts", None, "odd"])
commands = st.sampled_from([501, 502, 504, 510, 511, 521, 522, 524, 551, 553, 601, 602, 610, 611, 612, 777])


def said(writer: str, reader: str, **more: Any) -> dict[str, Any]:
    return {"msgId": "71", "cliMsgId": "81", "uidFrom": writer, "idTo": reader, "ts": "1750000000000", **more}


class TestDecide:
    @given(commands, lists, json_values)
    def test_a_company_sim_keeps_everything(self, cmd: int, listed: str | None, item: object) -> None:
        assert decide(Exclusions("company"), OWN, cmd, listed, item).verdict == "keep"

    @given(commands, lists, json_values)
    def test_whatever_comes_something_is_decided(self, cmd: int, listed: str | None, item: object) -> None:
        found = decide(OURS, OWN, cmd, listed, item)
        assert found.verdict in {"keep", "stub", "seal", "nothing"}
        if found.verdict == "stub":
            assert found.thread is not None
            assert found.message is not None

    @given(commands, lists, json_values)
    def test_what_is_kept_is_of_work(self, cmd: int, listed: str | None, item: object) -> None:
        found = decide(OURS, OWN, cmd, listed, item)
        if found.verdict == "keep" and found.thread is not None:
            assert found.thread in OURS.work

    @given(commands, lists, json_values)
    def test_what_names_a_private_person_as_writer_or_reader_is_not_kept(
        self, cmd: int, listed: str | None, content: object
    ) -> None:
        for item in (said(PRIVATE, "0", content=content), said("0", PRIVATE, content=content), said(PRIVATE, OWN)):
            if listed not in {"controls", "delivereds", "seens", "groupSeens"}:
                assert decide(OURS, OWN, cmd, listed, item).verdict != "keep"

    @given(commands, lists, json_values)
    def test_without_marks_nothing_is_kept(self, cmd: int, listed: str | None, item: object) -> None:
        found = decide(Exclusions("own"), OWN, cmd, listed, item)
        file_done = listed == "controls" and "file_done" in json.dumps(item)
        assert found.verdict != "keep" or file_done

    def test_a_message_of_work_is_kept_both_ways(self) -> None:
        assert decide(OURS, OWN, 501, "msgs", said(WORK, "0")).verdict == "keep"
        assert decide(OURS, OWN, 501, "msgs", said("0", WORK)).verdict == "keep"
        assert decide(OURS, OWN, 501, "msgs", said(OWN, WORK)).verdict == "keep"
        assert decide(OURS, OWN, 510, "msgs", said(WORK, OWN)).verdict == "keep"

    def test_a_private_message_becomes_a_stub_with_its_side_and_time(self) -> None:
        came = decide(OURS, OWN, 501, "msgs", said(PRIVATE, "0"))
        went = decide(OURS, OWN, 510, "msgs", said("0", PRIVATE))
        assert (came.verdict, came.direction, came.at) == ("stub", "in", 1750000000000)
        assert (went.verdict, went.direction) == ("stub", "out")
        assert came.message == f"{PRIVATE}:81"
        assert went.message == f"{OWN}:81"

    def test_a_group_is_a_thread_of_its_own_whoever_writes(self) -> None:
        assert decide(OURS, OWN, 521, "groupMsgs", said(PRIVATE, WORK_GROUP)).verdict == "keep"
        assert decide(OURS, OWN, 521, "groupMsgs", said(WORK, PRIVATE_GROUP)).verdict == "stub"
        assert decide(OURS, OWN, 511, "groupMsgs", said("0", PRIVATE_GROUP)).verdict == "stub"

    def test_a_person_is_not_a_group_of_the_same_number(self) -> None:
        assert decide(OURS, OWN, 521, "groupMsgs", said(WORK, WORK)).verdict == "stub"

    def test_who_read_a_private_message_leaves_nothing(self) -> None:
        assert decide(OURS, OWN, 502, "seens", {"idTo": PRIVATE, "msgId": "71"}).verdict == "nothing"
        delivered = {"msgId": "71", "deliveredUids": [PRIVATE], "seenUids": []}
        assert decide(OURS, OWN, 502, "delivereds", delivered).verdict == "nothing"
        assert decide(OURS, OWN, 522, "groupSeens", {"groupId": PRIVATE_GROUP, "seenUids": [WORK]}).verdict == "nothing"

    def test_receipts_of_work_are_kept(self) -> None:
        assert decide(OURS, OWN, 502, "seens", {"idTo": WORK, "msgId": "71"}).verdict == "keep"
        seen = {"groupId": WORK_GROUP, "seenUids": [PRIVATE], "msgId": "71"}
        assert decide(OURS, OWN, 522, "groupSeens", seen).verdict == "keep"

    def test_a_recall_in_a_private_thread_is_no_message(self) -> None:
        recalled = said(PRIVATE, "0", msgType="chat.undo", content={"deleteMsg": 1, "globalMsgId": 71})
        assert decide(OURS, OWN, 501, "msgs", recalled).verdict == "nothing"

    def test_what_happens_in_groups_and_with_friends(self) -> None:
        def control(kind: str, data: object) -> dict[str, Any]:
            return {"content": {"act_type": kind, "act": "x", "data": data}}

        assert decide(OURS, OWN, 601, "controls", control("group", {"groupId": WORK_GROUP})).verdict == "keep"
        private = control("group", json.dumps({"groupId": PRIVATE_GROUP}))
        assert decide(OURS, OWN, 601, "controls", private).verdict == "nothing"
        asked = control("fr", {"fromUid": PRIVATE, "toUid": OWN, "message": "chào"})
        assert decide(OURS, OWN, 601, "controls", asked).verdict == "nothing"
        assert decide(OURS, OWN, 601, "controls", control("fr", WORK)).verdict == "keep"
        assert decide(OURS, OWN, 601, "controls", control("file_done", {"url": "x"})).verdict == "keep"

    def test_an_unknown_opcode_that_may_be_private_is_sealed(self) -> None:
        assert decide(OURS, OWN, 504, "msgs", said(PRIVATE, "0")).verdict == "seal"
        assert decide(OURS, OWN, 551, None, {"blob": "?"}).verdict == "seal"
        assert decide(OURS, OWN, 524, "groupMsgs", said(WORK, PRIVATE_GROUP)).verdict == "seal"

    def test_an_unknown_opcode_between_us_and_work_is_kept(self) -> None:
        assert decide(OURS, OWN, 504, "msgs", said(WORK, "0")).verdict == "keep"

    @given(st.sampled_from([WORK, PRIVATE]), people)
    def test_live_and_old_messages_are_of_the_same_thread(self, writer: str, reader: str) -> None:
        item = said(writer, reader)
        assert thread_of(OWN, 501, "msgs", item) == thread_of(OWN, 510, "msgs", item)


class TestTime:
    """`said` is of 1 750 000 000 000; a mark a moment later does not reach it."""

    EARLIER = Exclusions("own", OURS.work, dict.fromkeys(OURS.work, 1_750_000_000_000))
    LATER = Exclusions("own", OURS.work, dict.fromkeys(OURS.work, 1_750_000_000_001))
    COMPANY = Exclusions("company", OURS.work, dict.fromkeys(OURS.work, 1_750_000_000_000), 1_750_000_000_500)
    NOW = 1_750_000_009_000

    @given(st.sampled_from([501, 510]), st.sampled_from([said(WORK, "0"), said("0", WORK)]))
    def test_a_message_from_before_the_mark_is_a_stub(self, cmd: int, item: dict[str, Any]) -> None:
        assert decide(self.EARLIER, OWN, cmd, "msgs", item, self.NOW).verdict == "keep"
        assert decide(self.LATER, OWN, cmd, "msgs", item, self.NOW).verdict == "stub"

    @given(st.sampled_from([521, 511]))
    def test_so_is_one_of_a_group(self, cmd: int) -> None:
        item = said(PRIVATE, WORK_GROUP)
        assert decide(self.EARLIER, OWN, cmd, "groupMsgs", item, self.NOW).verdict == "keep"
        assert decide(self.LATER, OWN, cmd, "groupMsgs", item, self.NOW).verdict == "stub"

    @given(st.sampled_from([None, "", "x", "0", "1", True, "99999999999999"]))
    def test_without_a_time_live_ones_are_of_now_and_old_ones_of_before(self, ts: object) -> None:
        item = said(WORK, "0") | {"ts": ts}
        assert decide(self.LATER, OWN, 501, "msgs", item, self.NOW).verdict == "keep"
        assert decide(self.LATER, OWN, 510, "msgs", item, self.NOW).verdict == "stub"

    def test_what_cannot_be_placed_is_sealed_from_before(self) -> None:
        item = said(WORK, "0")
        assert decide(self.EARLIER, OWN, 504, "msgs", item, self.NOW).verdict == "keep"
        assert decide(self.LATER, OWN, 504, "msgs", item, self.NOW).verdict == "seal"

    def test_the_past_of_an_own_sim_stays_private_when_it_becomes_the_companys(self) -> None:
        late = {"ts": "1750000000500"}
        assert decide(self.COMPANY, OWN, 510, "msgs", said(PRIVATE, "0") | late, self.NOW).verdict == "keep"
        assert decide(self.COMPANY, OWN, 510, "msgs", said(PRIVATE, "0"), self.NOW).verdict == "stub"
        assert decide(self.COMPANY, OWN, 510, "msgs", said(WORK, "0"), self.NOW).verdict == "keep"
        assert decide(self.COMPANY, OWN, 501, "msgs", said(PRIVATE, "0") | {"ts": None}, self.NOW).verdict == "keep"
        assert decide(self.COMPANY, OWN, 551, None, {"blob": "?"}, self.NOW).verdict == "keep"
