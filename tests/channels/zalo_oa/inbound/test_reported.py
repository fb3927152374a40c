"""What is reported of an account and of templates, and what nobody has heard of: entries of the account's log."""

from typing import Any

import pytest

from sokhach.channels.connector import InboundChannelEvent
from tests.channels.zalo_oa.inbound.reading import EVENTS, parsed
from tests.support.oa import at


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
