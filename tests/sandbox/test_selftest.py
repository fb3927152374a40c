import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sokhach.sandbox.selftest.codes import OA_CODES, ZNS_CODES
from sokhach.sandbox.selftest.oa import OA
from sokhach.sandbox.selftest.probes import Probes
from sokhach.sandbox.selftest.report import Missing, Report, Row
from sokhach.sandbox.selftest.run import RATIO_WANTED, question
from sokhach.sandbox.selftest.shop import Json, Shop


class TestAgainstTheSandbox:
    def test_all_that_is_provoked_is_refused(self) -> None:
        summary = asyncio.run(question()).summary
        assert summary.failed == []
        assert summary.ratio >= RATIO_WANTED
        assert summary.total >= len(OA_CODES) + len(ZNS_CODES) + 20

    def test_lists_name_each_meaning_once(self) -> None:
        for codes in (OA_CODES, ZNS_CODES):
            assert len(set(codes)) == len(codes)


Answer = Callable[[httpx.Request], httpx.Response]


def answering(body: Any, status: int = 200) -> Answer:
    return lambda _: httpx.Response(status, json=body)


async def row(answer: Answer) -> Row:
    """What a probe for -201 makes of an answer."""
    probes = Probes("0", ((-201, "invalid"),))

    @probes.shows(-201, "a call")
    async def provoke(shop: Shop) -> Json:
        return await shop.call("GET", "/anything")

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://zalo") as http:

        async def open_shop() -> Shop:
            return Shop(http)

        rows, missing = await probes.run(open_shop)
    assert missing == []
    return rows[0]


class TestJudgement:
    async def test_a_refusal(self) -> None:
        assert (await row(answering({"error": -201, "message": "text is invalid!"}))).shown

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"error": 0, "message": "Success", "data": {}}, 200),
            ({"error": -210, "message": "too long"}, 200),
            ({"error": "-201", "message": "as text"}, 200),
            ({"error": -201, "message": ""}, 200),
            ({"error": -201, "message": "with data", "data": {}}, 200),
            ({"error": -201, "message": "in another status"}, 400),
            ([], 200),
        ],
    )
    async def test_no_refusal(self, body: Any, status: int) -> None:
        assert not (await row(answering(body, status))).shown

    async def test_no_answer(self) -> None:
        def broken(_: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("gone")

        seen = await row(broken)
        assert not seen.shown
        assert "gone" in seen.seen

    async def test_a_code_without_provocation_counts_against(self) -> None:
        probes = Probes("0", ((-1, "one"), (-2, "two")))
        probes.cannot(-2, "no such host here")
        _, missing = await probes.run(_no_shop)
        assert [gap.why for gap in missing] == ["no provocation is known", "no such host here"]
        assert Report([], missing).summary.ratio == 0

    def test_summary(self) -> None:
        common = {"section": "0", "meaning": "", "how": "", "seen": ""}
        rows = [
            Row(code="-1", by="rule", shown=True, **common),
            Row(code="-2", by="order", shown=True, **common),
            Row(code="-3", by="rule", shown=False, **common),
        ]
        summary = Report(rows, [Missing(section="0", code="-4", meaning="", why="")]).summary
        assert (summary.shown, summary.total, summary.ratio) == (2, 4, 0.5)
        assert (summary.by_rule, summary.by_order) == (1, 1)
        assert (summary.failed, summary.missing) == (["§0 -3"], ["§0 -4"])


async def _no_shop() -> Shop:
    raise AssertionError


class TestCommand:
    def test_prints_tables_and_ends_with_the_summary(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self._run(monkeypatch, shown=9) == 0
        lines = capsys.readouterr().out.strip().splitlines()
        assert json.loads(lines[-1])["ratio"] == 0.9
        assert any("-777" in line for line in lines)

    def test_fails_below_nine_tenths(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self._run(monkeypatch, shown=8) == 1

    def _run(self, monkeypatch: pytest.MonkeyPatch, *, shown: int) -> int:
        from typer.testing import CliRunner

        from sokhach.cli import app

        rows = [
            Row(section="0", code="-777", meaning="m", how="h", by="rule", seen="s", shown=number < shown)
            for number in range(10)
        ]

        async def found() -> Report:
            return Report(rows, [])

        monkeypatch.setattr("sokhach.sandbox.selftest.run.question", found)
        result = CliRunner().invoke(app, ["sandbox", "selftest"])
        print(result.output)
        return result.exit_code


def test_provocations_belong_to_the_list() -> None:
    with pytest.raises(ValueError, match="no -999999"):
        OA.shows(-999999, "nothing")
    with pytest.raises(ValueError, match="for nonsense"):
        OA.shows(-32, "nothing", meaning="nonsense")
