from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sokhach.channels.limits import Limits
from sokhach.channels.zalo_oa.client import RefusedError
from sokhach.channels.zalo_oa.connector import refusal
from sokhach.channels.zalo_oa.errors import TABLE, ZNS, ZaloError, lookup
from sokhach.channels.zalo_oa.limits import NIGHT_UNTIL
from sokhach.core.catalogue import LOCALES, TEXTS, Locale

PAGE = Path(__file__).parents[3] / "docs" / "channels" / "zalo-oa.md"


WHAT = {
    "never": "the message fails",
    "human": "the message fails; an administrator can change that",
    "once": "one more try at once, then the message fails",
    "later": "try again after {}",
    "morning": "try again at 6:00 in the morning",
    "renew": "renew the token and call once more; if that fails, the account is down",
    "upload": "upload the file anew, then send",
    "account": "the account is down, its messages wait",
}


def documented(table: Sequence[ZaloError]) -> str:
    lines = ["| Code | Meaning | What we do | Shown as |", "|---|---|---|---|"]
    for error in table:
        seconds = error.retry_after_seconds
        do = WHAT[error.action].format(f"{seconds:.0f} s" if seconds is not None else "a while")
        lines.append(f"| {error.code} | {error.meaning} | {do} | `delivery.{error.reason}` |")
    return "\n".join(lines)


@pytest.mark.parametrize("table", [TABLE, ZNS], ids=["oa", "zns"])
class TestTable:
    def test_codes_are_unique_and_descending(self, table: Sequence[ZaloError]) -> None:
        codes = [error.code for error in table]
        assert codes == sorted(set(codes), reverse=True)

    @pytest.mark.parametrize("locale", LOCALES)
    def test_every_reason_has_words(self, table: Sequence[ZaloError], locale: Locale) -> None:
        assert {f"delivery.{error.reason}" for error in (*table, lookup(-9999))} <= TEXTS[locale].keys()

    def test_those_to_try_later_say_when(self, table: Sequence[ZaloError]) -> None:
        assert all((error.retry_after_seconds is not None) == (error.action == "later") for error in table)

    def test_is_in_the_documentation(self, table: Sequence[ZaloError]) -> None:
        words = documented(table)
        assert words in PAGE.read_text("utf-8"), f"put this table into {PAGE.name}:\n{words}"


class TestReference:
    """Every code that the reference names is in a table."""

    OA = (
        "-32 -100 -200 -201 -204 -205 -209 -212 -210 -211 -218 -213 -214 -216 -220 -217 -219 -221 -224 -235 -223 -227"
        " -230 -232 -233 -234 -237 -238 -241 -240 -242 -244 -248 -249 -320 -321 -403 -1340 -1341 -124"
    )
    BY_PHONE = (
        "-100 -101 -102 -103 -104 -105 -106 -107 -108 -109 -1091 -110 -111 -112 -1121 -1122 -1124 -1123 -113 -1131 -114"
        " -115 -116 -117 -118 -119 -120 -1201 -1202 -121 -122 -123 -124 -1241 -125 -126 -127 -128 -129 -130 -131 -132"
        " -133 -134 -135 -1351 -136 -137 -138 -1381 -139 -140 -141 -142 -143 -144 -1441 -145 -146 -147 -1471 -1472 -148"
        " -149 -1491 -150 -151 -152 -153 -158 -159 -160 -161 -162"
    )

    def test_of_the_oa_api(self) -> None:
        assert {error.code for error in TABLE} == set(map(int, self.OA.split()))

    def test_of_templates_by_phone(self) -> None:
        assert {error.code for error in ZNS} == set(map(int, self.BY_PHONE.split()))

    def test_what_a_template_may_not_says_nothing_of_answers(self) -> None:
        assert lookup(-224).action == "account"
        assert lookup(-224, "template").action == "human"
        assert lookup(-204, "zns").action == "account"
        assert lookup(-124, "zns").action == "renew"

    def test_the_same_number_means_another_thing_by_phone(self) -> None:
        assert lookup(-100).action == "upload"
        assert lookup(-100, "zns").action == "once"
        assert lookup(-32, "zns").reason == "rate-limited"


class TestRefusal:
    NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # 23:00 in Vietnam

    def test_night_ends_at_six_in_vietnam(self) -> None:
        error = refusal(RefusedError(-234, ""), self.NIGHT)
        assert self.NIGHT + timedelta(seconds=error.retry_after_seconds or 0) == datetime(2026, 11, 21, 23, tzinfo=UTC)

    def test_night_ends_when_an_administrator_says(self) -> None:
        error = refusal(RefusedError(-234, ""), self.NIGHT, limits=Limits({NIGHT_UNTIL.key: 7}))
        assert self.NIGHT + timedelta(seconds=error.retry_after_seconds or 0) == datetime(2026, 11, 22, 0, tzinfo=UTC)

    def test_a_field_that_names_the_recipient(self) -> None:
        assert refusal(RefusedError(-201, "user_id is invalid!"), self.NIGHT).reason == "invalid-recipient"
        assert refusal(RefusedError(-201, "text is invalid!"), self.NIGHT).reason == "invalid-field"

    def test_account_and_token_errors_take_the_account_down(self) -> None:
        assert refusal(RefusedError(-204, ""), self.NIGHT).account_down
        assert refusal(RefusedError(-216, ""), self.NIGHT).account_down
        assert not refusal(RefusedError(-230, ""), self.NIGHT).account_down

    def test_what_is_unknown_is_not_tried_again(self) -> None:
        error = refusal(RefusedError(-12345, "new"), self.NIGHT)
        assert error.retry_after_seconds is None
        assert not error.account_down
