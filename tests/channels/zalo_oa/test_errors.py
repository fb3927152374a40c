from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sokhach.channels.zalo_oa.client import RefusedError
from sokhach.channels.zalo_oa.connector import refusal
from sokhach.channels.zalo_oa.errors import TABLE, lookup
from sokhach.core.catalogue import LOCALES, TEXTS

PAGE = Path(__file__).parents[3] / "docs" / "channels" / "zalo-oa.md"


def documented() -> str:
    lines = ["| Code | Meaning | What we do | Shown as |", "|---|---|---|---|"]
    what = {
        "never": "the message fails",
        "once": "one more try at once, then the message fails",
        "later": "try again after {}",
        "morning": "try again at 6:00 in the morning",
        "renew": "renew the token and call once more; if that fails, the account is down",
        "account": "the account is down, its messages wait",
    }
    for error in TABLE:
        seconds = error.retry_after_seconds
        do = what[error.action].format(f"{seconds:.0f} s" if seconds is not None else "a while")
        lines.append(f"| {error.code} | {error.meaning} | {do} | `delivery.{error.reason}` |")
    return "\n".join(lines)


class TestTable:
    def test_codes_are_unique_and_descending(self) -> None:
        codes = [error.code for error in TABLE]
        assert codes == sorted(set(codes), reverse=True)

    @pytest.mark.parametrize("locale", LOCALES)
    def test_every_reason_has_words(self, locale: str) -> None:
        texts = TEXTS["vi" if locale == "vi" else "en"]
        assert {f"delivery.{error.reason}" for error in (*TABLE, lookup(-9999))} <= texts.keys()

    def test_those_to_try_later_say_when(self) -> None:
        assert all((error.retry_after_seconds is not None) == (error.action == "later") for error in TABLE)

    def test_is_in_the_documentation(self) -> None:
        assert documented() in PAGE.read_text("utf-8"), f"put this table into {PAGE.name}:\n{documented()}"


class TestRefusal:
    NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # 23:00 in Vietnam

    def test_night_ends_at_six_in_vietnam(self) -> None:
        error = refusal(RefusedError(-234, ""), self.NIGHT)
        assert self.NIGHT + timedelta(seconds=error.retry_after_seconds or 0) == datetime(2026, 11, 21, 23, tzinfo=UTC)

    def test_account_and_token_errors_take_the_account_down(self) -> None:
        assert refusal(RefusedError(-204, ""), self.NIGHT).account_down
        assert refusal(RefusedError(-216, ""), self.NIGHT).account_down
        assert not refusal(RefusedError(-230, ""), self.NIGHT).account_down

    def test_what_is_unknown_is_not_tried_again(self) -> None:
        error = refusal(RefusedError(-12345, "new"), self.NIGHT)
        assert error.retry_after_seconds is None
        assert not error.account_down
