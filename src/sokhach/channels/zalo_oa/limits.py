"""Zalo's limits as data. They change often: each stands with the day on which our sources stated it."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

STATED_ON = "2026-08-20"

TEXT_CHARACTERS = 2_000
FREE_WINDOW = timedelta(hours=48)
"""Since the person's last interaction; replies in it cost nothing."""
REPLY_WINDOW = timedelta(days=7)
"""Since the person's last interaction; later ones are refused (-230). Between the two they are billed."""

ACCESS_TOKEN_LIFE = timedelta(hours=25)
REFRESH_TOKEN_LIFE = timedelta(days=90)
CALLS_PER_MINUTE = 4_000
"""Per app; each OA has a further limit that is not published."""
HISTORY_PAGE = 10

NIGHT_ENDS = time(6, 0)
"""Some types of message are refused from 22:00 to then."""
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Zalo does not say in which zone its hours are."""


def text_length(text: str) -> int:
    """The length of NFC `text` as Zalo's servers count it (UTF-16 units: an emoji counts two)."""
    return len(text.encode("utf-16-le")) // 2
