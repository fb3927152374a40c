"""Every sentence that the backend shows to a person, in Vietnamese and English.

A text is a format string. Besides Python's own formats it knows `{seconds:minutes}` (whole minutes, rounded up) and
`{count:number}` (grouped as the language does).
"""

import math
from string import Formatter
from typing import Any, Literal

from sokhach.core.catalogue.en import TEXTS as EN
from sokhach.core.catalogue.vi import TEXTS as VI

Locale = Literal["vi", "en"]
LOCALES: tuple[Locale, ...] = ("vi", "en")
DEFAULT_LOCALE: Locale = "vi"
TEXTS: dict[Locale, dict[str, str]] = {"vi": VI, "en": EN}


def say(locale: Locale, key: str, **params: object) -> str:
    """The text of `key`. Raises KeyError for a key or parameter that does not exist."""
    return _FORMATTERS[locale].vformat(TEXTS[locale][key], (), params)


def explain(locale: Locale, kind: str, reason: str) -> str:
    """The text of a stored reason: `explain("vi", "delivery", "blocked")`. Data may hold reasons that this version does
    not know; they get the text of `<kind>.other`."""
    key = f"{kind}.{reason}"
    return say(locale, key) if key in TEXTS[locale] else say(locale, f"{kind}.other", reason=reason)


def knows(key: str) -> bool:
    return key in VI


def choose(accept_language: str) -> Locale:
    """The language that an Accept-Language header asks for; Vietnamese when it asks for neither.

    >>> choose("fr, en-GB;q=0.8, vi;q=0.3")
    'en'
    """
    best: tuple[float, Locale] = (0.0, DEFAULT_LOCALE)
    for part in accept_language.split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        weight = _weight(quality)
        for locale in LOCALES:
            if language == locale and weight > best[0]:
                best = (weight, locale)
    return best[1]


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if math.isfinite(weight) else 0.0


class _LocaleFormatter(Formatter):
    def __init__(self, thousands: str) -> None:
        self._thousands = thousands

    def format_field(self, value: Any, format_spec: str) -> Any:
        if format_spec == "minutes":
            return str(math.ceil(value / 60))
        if format_spec == "number":
            return f"{value:,}".replace(",", self._thousands)
        return super().format_field(value, format_spec)


_FORMATTERS: dict[Locale, _LocaleFormatter] = {"vi": _LocaleFormatter("."), "en": _LocaleFormatter(",")}
