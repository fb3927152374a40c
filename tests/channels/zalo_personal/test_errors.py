"""Every error of a call, and what becomes of the message."""

import itertools
from pathlib import Path
from typing import get_args

import pytest

from sokhach.channels.connector import SendRefusedError, SendUncertainError
from sokhach.channels.rules import health_of
from sokhach.channels.zalo_personal import errors
from sokhach.channels.zalo_personal.calls import CallFailedError, NotHeldError
from sokhach.channels.zalo_personal.host.rules import says_expired
from sokhach.channels.zalo_personal.protocol import ErrorKind, Phase
from sokhach.core.catalogue import knows

BROKEN = [kind for kind in get_args(ErrorKind) if kind != "api"]


def api(code: int | None) -> CallFailedError:
    return CallFailedError("api", "Zalo says no", code=code)


class TestCodes:
    @pytest.mark.parametrize("known", errors.TABLE, ids=lambda one: str(one.code))
    def test_each_is_a_refusal_with_words(self, known: errors.PersonalError) -> None:
        found = errors.to_send_error(api(known.code))
        assert isinstance(found, SendRefusedError)
        assert found.reason == known.reason
        assert knows(f"delivery.{known.reason}")
        assert found.account_down == (known.action == "session")
        assert (found.retry_after_seconds is not None) == (known.action == "later")

    def test_a_session_that_is_over_says_so_of_the_account(self) -> None:
        for code in (-13, 102, 600):
            found = errors.to_send_error(api(code))
            assert isinstance(found, SendRefusedError)
            assert found.account_down
            assert knows(f"health.{health_of(found.reason)}")

    @pytest.mark.parametrize("code", [None, 0, 1, 9_999, -1])
    def test_one_that_nobody_knows_is_a_refusal_that_is_not_tried_again(self, code: int | None) -> None:
        found = errors.to_send_error(api(code))
        assert isinstance(found, SendRefusedError)
        assert (found.reason, found.retry_after_seconds, found.account_down) == ("platform-error", None, False)

    def test_codes_stand_once(self) -> None:
        codes = [one.code for one in errors.TABLE]
        assert len(codes) == len(set(codes))

    def test_the_page_of_the_channel_shows_them(self) -> None:
        page = Path("docs/channels/zalo-personal-sending.md").read_text(encoding="utf-8")
        for one in errors.TABLE:
            assert f"| {one.code} | {one.meaning} | `{one.reason}` |" in page


class TestPhases:
    @pytest.mark.parametrize("kind", BROKEN)
    def test_before_anything_was_sent_it_is_tried_again(self, kind: ErrorKind) -> None:
        found = errors.to_send_error(CallFailedError(kind, "broke off", phase="upload"))
        assert isinstance(found, SendRefusedError)
        assert found.retry_after_seconds is not None
        assert not found.account_down
        assert knows(f"delivery.{found.reason}")

    @pytest.mark.parametrize(("kind", "phase"), list(itertools.product(BROKEN, (None, "send"))))
    def test_after_that_nobody_can_tell(self, kind: ErrorKind, phase: Phase | None) -> None:
        assert isinstance(errors.to_send_error(CallFailedError(kind, "broke off", phase=phase)), SendUncertainError)

    def test_an_account_that_is_not_here_sent_nothing(self) -> None:
        found = errors.to_send_error(NotHeldError(1))
        assert isinstance(found, SendRefusedError)
        assert (found.reason, found.retry_after_seconds) == ("session-away", errors.NOT_ONLINE_SECONDS)

    def test_what_may_be_done_twice_is_never_uncertain(self) -> None:
        for kind, phase in itertools.product(BROKEN, (None, "upload", "send")):
            assert errors.refusal(CallFailedError(kind, "broke off", phase=phase)).retry_after_seconds is not None


@pytest.mark.parametrize("known", errors.TABLE, ids=lambda one: str(one.code))
def test_whatever_makes_messages_wait_for_a_login_ends_the_session(known: errors.PersonalError) -> None:
    assert says_expired(api(known.code)) is (known.action == "session")
    assert errors.refusal(api(known.code)).account_down is says_expired(api(known.code))
