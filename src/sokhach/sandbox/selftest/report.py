"""What the self-test found."""

from typing import Literal

import msgspec

By = Literal["rule", "order"]
"""`rule`: a state of things led to it. `order`: somebody ordered exactly this refusal, which proves less."""


class Row(msgspec.Struct, kw_only=True):
    """`code` is a number of Zalo's, or the name of a clause of §2.1; `seen` what came back."""

    section: str
    code: str
    meaning: str
    how: str
    by: By
    seen: str
    shown: bool


class Missing(msgspec.Struct, kw_only=True):
    section: str
    code: str
    meaning: str
    why: str


class Summary(msgspec.Struct, kw_only=True):
    """`ratio` = shown / total; the total counts what has no provocation, too."""

    shown: int
    total: int
    ratio: float
    by_rule: int
    by_order: int
    failed: list[str]
    missing: list[str]


class Report(msgspec.Struct):
    rows: list[Row]
    missing: list[Missing]

    @property
    def summary(self) -> Summary:
        shown = [row for row in self.rows if row.shown]
        total = len(self.rows) + len(self.missing)
        return Summary(
            shown=len(shown),
            total=total,
            ratio=round(len(shown) / total, 4) if total else 0.0,
            by_rule=sum(row.by == "rule" for row in shown),
            by_order=sum(row.by == "order" for row in shown),
            failed=[f"§{row.section} {row.code}" for row in self.rows if not row.shown],
            missing=[f"§{gap.section} {gap.code}" for gap in self.missing],
        )
