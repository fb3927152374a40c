"""What happened on a channel, in words: for threads, and for the log of an account."""

from collections.abc import Mapping, Sequence
from typing import Any

from sokhach.core.catalogue import TEXTS, Locale, say

NOTHING = "—"
# What the texts of events name, as `details` hold it.
_FACTS = (
    "button",
    "duration_seconds",
    "name",
    "new",
    "new_words",
    "note",
    "number",
    "old",
    "phone",
    "rate",
    "reason",
    "template",
    "until",
)
# At the end of a text, nothing is better than a dash.
_MISSING = {"note": "", "reason": ""}
# What stands in `details` as the platform's word, and has a text of its own: `event.<fact>.<word>`.
_WORDS = ("call", "consent", "quality", "source", "status")


def event_text(locale: Locale, name: str, details: Mapping[str, Any], people: Sequence[str] = ()) -> str:
    """One line on the event `name`. `people`: the names of whom it is about. Channels leave things out: what is not
    known is a dash, and an event that this version does not know has a text as well."""
    key = f"event.{name}"
    if key not in TEXTS[locale]:
        return say(locale, "event.other", name=name)
    params: dict[str, object] = {fact: details.get(fact) or _MISSING.get(fact, NOTHING) for fact in _FACTS}
    for fact in _WORDS:
        word = details.get(fact)
        known = f"event.{fact}.{word}"
        params[fact] = say(locale, known) if known in TEXTS[locale] else str(word or NOTHING)
    params["people"] = ", ".join(people) or say(locale, "event.somebody")
    return say(locale, key, **params).strip()
