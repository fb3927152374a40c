"""Every payload: what is refused and why, whatever is broken, and the table of the documentation."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.connector import InboundMessage, UnparsableError
from sokhach.channels.zalo_oa.inbound import reported, told
from sokhach.core.catalogue import TEXTS
from tests.channels.zalo_oa.events import USER
from tests.channels.zalo_oa.fuzz import broken
from tests.channels.zalo_oa.inbound.reading import EVENTS, parsed, refused, the_message
from tests.support.oa import OA_ID, at, ms, said

REASONS = {key.removeprefix("quarantine.") for key in TEXTS["vi"] if key.startswith("quarantine.")} - {"other"}


class TestDocs:
    def test_each_event_stands_in_the_table(self) -> None:
        page = Path(__file__).parents[4] / "docs/channels/zalo-oa.md"
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
