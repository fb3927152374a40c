"""How much a personal account does, as data. Zalo publishes no thresholds: these stand well below what people report as
the point where it begins to refuse, and administrators may change each."""

from sokhach.channels.limits import Limit, Unit

SOURCE = "zca-js"
"""`limit-source.<source>` of the catalogue: reports of people who use the library. None of it is official."""
OURS = "caution"
"""Nobody reports a number; ours is meant to look like a person at work."""
AS_OF = "2026-09-10"


def _limit(key: str, default: int, unit: Unit, least: int, most: int, source: str = OURS) -> Limit:
    return Limit(
        key=f"zalo_personal.{key}", default=default, unit=unit, source=source, as_of=AS_OF, least=least, most=most
    )


MESSAGES_HOUR = _limit("messages_hour", 150, "count", 1, 100_000)
MESSAGES_DAY = _limit("messages_day", 800, "count", 1, 1_000_000)
STRANGERS_DAY = _limit("strangers_day", 20, "count", 0, 10_000, SOURCE)
"""Messages to people who are no friends and have never written. About 100 a day, then code 123 (issues 229, 336)."""
SAME_WORDS_DAY = _limit("same_words_day", 3, "count", 1, 10_000, SOURCE)
"""Of these, messages with the same words. More than 20 in a row got empty answers (issue 146)."""
PHONES_HOUR = _limit("phones_hour", 10, "count", 0, 10_000, SOURCE)
"""Zalo names many look-ups in an hour unusual (issue 351)."""
PHONES_DAY = _limit("phones_day", 40, "count", 0, 10_000)
FRIEND_REQUESTS_DAY = _limit("friend_requests_day", 15, "count", 0, 10_000)
FRIEND_ANSWERS_DAY = _limit("friend_answers_day", 60, "count", 0, 10_000)
"""Requests accepted, declined and taken back."""
GAP_SECONDS = _limit("gap_seconds", 1, "seconds", 0, 3_600)
"""Between two messages or friendships of an account, and up to twice as long."""
STRANGER_GAP_SECONDS = _limit("stranger_gap_seconds", 60, "seconds", 0, 86_400)
WARM_DAYS = _limit("warm_days", 14, "days", 0, 365)
WARM_PERCENT = _limit("warm_percent", 30, "percent", 1, 100)
"""Of what an account may do later, on its first day; it grows evenly."""
QUIET_FROM = _limit("quiet_from", 21, "hour_of_day", 0, 23)
QUIET_UNTIL = _limit("quiet_until", 7, "hour_of_day", 0, 23)
"""The same hour as `QUIET_FROM`: no quiet hours."""
AWAITED_HOURS = _limit("awaited_hours", 12, "hours", 0, 8_760)
"""An answer is awaited for so long after the customer's last word: quiet hours and warm-up do not hold it back."""
FILE_BYTES = _limit("file_bytes", 26_214_400, "bytes", 10_000, 1_000_000_000)
SEND_SEEN = _limit("send_seen", 1, "on_off", 0, 1)
LABELS_MINUTES = _limit("labels_minutes", 5, "minutes", 1, 1_440)

TABLE: tuple[Limit, ...] = (
    MESSAGES_HOUR,
    MESSAGES_DAY,
    STRANGERS_DAY,
    SAME_WORDS_DAY,
    PHONES_HOUR,
    PHONES_DAY,
    FRIEND_REQUESTS_DAY,
    FRIEND_ANSWERS_DAY,
    GAP_SECONDS,
    STRANGER_GAP_SECONDS,
    WARM_DAYS,
    WARM_PERCENT,
    QUIET_FROM,
    QUIET_UNTIL,
    AWAITED_HOURS,
    FILE_BYTES,
    SEND_SEEN,
    LABELS_MINUTES,
)

# Part of the wire: nothing to set.
REACTION_ICONS = (
    "/-heart", "/-strong", ":>", ":o", ":-((", ":-h", ":-*", ":')", "/-shit", "/-rose", "/-break", "/-weak", ";xx",
    ";-/", ";-)", "/-fade", "/-li", "/-bd", "/-bome", "/-ok", "/-v", "/-thanks", "/-punch", "/-share", "_()_", "/-no",
    "/-bad", "/-loveu", "--b", ":((", "x-)", "8-)", ";-d", "b-)", ":--|", "p-(", ":-bye", "|-)", ":wipe", ":-dig",
    "&-(", ":handclap", ">-|", ":-f", ":-l", ":-r", ";-x", ":-o", ";-s", ";-a", ":-<", ":))", "$-)", "/-beer",
)  # fmt: skip
SEEN_AT_MOST = 50


def text_length(text: str) -> int:
    """UTF-16 units of NFC `text`, in which mentions count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
