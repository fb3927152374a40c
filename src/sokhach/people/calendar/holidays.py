"""Public holidays of Việt Nam, by law and by the lunar calendar, from the package `holidays`.

Checked against what the government announced for 2020–2026 (`tests/people/calendar/test_holidays.py`). What it has yet
to announce is reckoned by the rules of earlier years; whoever keeps the calendar corrects it by hand.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2099
# The package calls it the 29th also in years whose last month has 29 days, when it is the 28th.
_NAMES = {"29 Tết": ("Áp giao thừa Tết Nguyên Đán", "Day before Lunar New Year's Eve")}
_SWAP = re.compile(r"\((?:thay cho ngày) (\d{2}/\d{2}/\d{4})\)")

PublicKind = Literal["holiday", "substitute", "swap", "make_up"]
"""`substitute`: a day off for a holiday that falls on a weekend. `swap` and `make_up`: civil servants are off on the
one and work on the other; companies may, so neither counts unless the company says so."""


class PublicDay(NamedTuple):
    """`swapped_with`: of a swap its make-up day, and the other way round."""

    kind: PublicKind
    vi: str
    en: str
    swapped_with: date | None = None

    @property
    def closes(self) -> bool:
        return self.kind in {"holiday", "substitute"}


@lru_cache(maxsize=200)
def public_days(year: int) -> Mapping[date, PublicDay]:
    """Of one year, by date. Empty outside of 2000–2099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    days = dict(_of(year))
    for other in (year - 1, year, year + 1):
        for off, public in _of(other).items():
            made_up = public.swapped_with
            if made_up is not None and made_up.year == year:
                vi, en = f"Làm bù cho ngày {off:%d/%m/%Y}", f"Working day in place of {off:%d/%m/%Y}"
                days[made_up] = PublicDay("make_up", vi, en, off)
    return dict(sorted(days.items()))


@lru_cache(maxsize=200)
def _of(year: int) -> Mapping[date, PublicDay]:
    vi = holidays.country_holidays("VN", years=year, language="vi")
    en = holidays.country_holidays("VN", years=year, language="en_US")
    plain = holidays.country_holidays("VN", years=year, language="vi", observed=False)
    found: dict[date, PublicDay] = {}
    for day in sorted(vi):
        name = vi[day]
        if swap := _SWAP.search(name):
            day_of_month, month, of_year = map(int, swap[1].split("/"))
            made_up = date(of_year, month, day_of_month)
            texts = f"Hoán đổi với ngày {made_up:%d/%m/%Y}", f"Swapped with {made_up:%d/%m/%Y}"
            found[day] = PublicDay("swap", *texts, made_up)
        else:
            found[day] = PublicDay("holiday" if day in plain else "substitute", *_NAMES.get(name, (name, en[day])))
    return found
