"""A list of provocations, one for each meaning of each code."""

from collections.abc import Awaitable, Callable

import msgspec

from sokhach.sandbox.selftest.report import By, Missing, Row
from sokhach.sandbox.selftest.shop import Json, Shop

Provoke = Callable[[Shop], Awaitable[Json]]


class Probe(msgspec.Struct):
    code: int
    meaning: str
    how: str
    by: By
    run: Provoke


class Probes:
    def __init__(self, section: str, codes: tuple[tuple[int, str], ...]) -> None:
        self.section = section
        self._codes = codes
        self._probes: dict[tuple[int, str], Probe] = {}
        self._reasons: dict[int, str] = {}

    def shows(
        self, code: int, how: str, *, meaning: str | None = None, by: By = "rule"
    ) -> Callable[[Provoke], Provoke]:
        """The function provokes this code; `meaning` tells two of the same code apart."""
        meanings = [words for number, words in self._codes if number == code]
        chosen = meaning or next(iter(meanings), None)
        if chosen is None or chosen not in meanings:
            raise ValueError(f"the reference has no {code} for {chosen}")

        def keep(run: Provoke) -> Provoke:
            self._probes[code, chosen] = Probe(code, chosen, how, by, run)
            return run

        return keep

    def cannot(self, code: int, why: str) -> None:
        self._reasons[code] = why

    async def run(self, open_shop: Callable[[], Awaitable[Shop]]) -> tuple[list[Row], list[Missing]]:
        rows: list[Row] = []
        missing: list[Missing] = []
        for key in self._codes:
            probe = self._probes.get(key)
            if probe is None:
                why = self._reasons.get(key[0], "no provocation is known")
                missing.append(Missing(section=self.section, code=str(key[0]), meaning=key[1], why=why))
            else:
                rows.append(await self._row(probe, open_shop))
        return rows, missing

    async def _row(self, probe: Probe, open_shop: Callable[[], Awaitable[Shop]]) -> Row:
        try:
            answer = await probe.run(await open_shop())
            seen, shown = _judge(probe.code, answer)
        except Exception as error:
            seen, shown = f"{type(error).__name__}: {error}", False
        return Row(
            section=self.section,
            code=str(probe.code),
            meaning=probe.meaning,
            how=probe.how,
            by=probe.by,
            seen=seen,
            shown=shown,
        )


def _judge(code: int, answer: Json) -> tuple[str, bool]:
    """A refusal: HTTP 200, the code as a number, words, and no data."""
    error, message = answer.get("error"), answer.get("message")
    flaws = [
        words
        for applies, words in (
            (answer["_status"] != 200, f"HTTP {answer['_status']}"),
            (error != code, f"error {error!r}"),
            (not isinstance(message, str) or not message, "no message"),
            ("data" in answer, "data beside an error"),
        )
        if applies
    ]
    return (f"{error} {message}" if not flaws else f"{', '.join(flaws)}: {message}"), not flaws
