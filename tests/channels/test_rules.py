from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.rules import HEALTH_OF, ReplyWindow, health_of, reply_window
from sokhach.channels.zalo_oa.errors import TABLE
from sokhach.core.catalogue import knows

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
moments = st.datetimes(min_value=datetime(2013, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def window(
    last: datetime | None, now: datetime = NOW, *, kind: str = "direct", health: str = "ok", reason: str | None = None
) -> ReplyWindow:
    return reply_window(
        channel="zalo_oa", kind=kind, last_inbound_at=last, health=health, health_reason=reason, now=now
    )


class TestReplyWindow:
    def test_a_fresh_message_may_be_answered_for_nothing(self) -> None:
        found = window(NOW - timedelta(hours=1))
        assert found == ReplyWindow(
            allowed=True,
            free_until=NOW + timedelta(hours=47),
            window_until=NOW + timedelta(days=7, hours=-1),
        )

    def test_closes_after_seven_days_to_the_second(self) -> None:
        assert window(NOW - timedelta(days=7)).allowed
        closed = window(NOW - timedelta(days=7, seconds=1))
        assert (closed.allowed, closed.reason) == (False, "window-closed")

    def test_who_never_wrote_cannot_be_written_to(self) -> None:
        assert window(None) == ReplyWindow(allowed=False, reason="never-interacted")

    def test_groups_come_later(self) -> None:
        assert window(NOW, kind="group").reason == "group-not-supported"

    def test_an_account_that_is_down_lets_messages_wait(self) -> None:
        found = window(NOW, health="down", reason="token-revoked")
        assert (found.allowed, found.reason) == (True, "account-down")
        assert window(NOW, health="down", reason="not-authorised").reason == "not-authorised"
        assert window(NOW, health="degraded", reason="token-revoked").reason is None

    def test_another_channel_has_its_own_rules(self) -> None:
        found = reply_window(
            channel="zalo_personal", kind="group", last_inbound_at=None, health="ok", health_reason=None, now=NOW
        )
        assert found == ReplyWindow(allowed=True)

    @given(last=moments, now=moments)
    def test_is_open_exactly_until_it_says(self, last: datetime, now: datetime) -> None:
        found = window(last, now)
        assert found.free_until is not None
        assert found.window_until is not None
        assert last < found.free_until < found.window_until
        assert found.allowed == (now <= found.window_until)
        assert (found.reason is None) == found.allowed

    @given(last=moments, now=moments, more=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
    def test_never_opens_by_waiting(self, last: datetime, now: datetime, more: timedelta) -> None:
        assert window(last, now).allowed or not window(last, now + more).allowed


class TestHealthOf:
    def test_every_account_error_has_words_for_its_health(self) -> None:
        down = {error.reason for error in TABLE if error.action in {"account", "renew"}}
        assert all(knows(f"health.{health_of(reason)}") for reason in down | HEALTH_OF.keys())
