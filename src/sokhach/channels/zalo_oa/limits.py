"""Zalo's limits as data. They change often: each stands with the day on which our source stated it, and administrators
may change it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sokhach.channels.limits import Limit, Limits, Unit

SOURCE = "zalo-docs"
"""`limit-source.<source>` of the catalogue."""
AS_OF = "2026-08-20"


def _limit(key: str, default: int, unit: Unit, least: int, most: int, source: str = SOURCE) -> Limit:
    return Limit(key=f"zalo_oa.{key}", default=default, unit=unit, source=source, as_of=AS_OF, least=least, most=most)


TEXT_CHARACTERS = _limit("text_characters", 2_000, "characters", 100, 100_000)
"""UTF-16 units after composing (form C)."""
FREE_HOURS = _limit("free_hours", 48, "hours", 0, 8_760)
"""Since the person's last interaction; replies in it cost nothing."""
REPLY_HOURS = _limit("reply_hours", 168, "hours", 1, 8_760)
"""Since the person's last interaction; later ones are refused (-230). Between the two they are billed."""
REPLY_PRICE = _limit("reply_price", 55, "dong", 0, 1_000_000, "reseller")
"""Of one reply after `FREE_HOURS` without a package."""
IMAGE_BYTES = _limit("image_bytes", 1_048_576, "bytes", 10_000, 100_000_000)
GIF_BYTES = _limit("gif_bytes", 5_242_880, "bytes", 10_000, 100_000_000)
FILE_BYTES = _limit("file_bytes", 5_242_880, "bytes", 10_000, 1_000_000_000)
ASSET_DAYS = _limit("asset_days", 7, "days", 1, 365)
"""How long Zalo keeps an upload."""
BUTTONS = _limit("buttons", 5, "count", 0, 50)
BUTTON_TITLE = _limit("button_title", 100, "characters", 1, 1_000)
BUTTON_PAYLOAD = _limit("button_payload", 1_000, "characters", 1, 10_000)
BUTTON_SMS = _limit("button_sms", 160, "characters", 1, 1_000)
REQUEST_TITLE = _limit("request_title", 100, "characters", 1, 1_000)
REQUEST_SUBTITLE = _limit("request_subtitle", 500, "characters", 1, 5_000)
REACTIONS = _limit("reactions", 50, "count", 1, 1_000)
"""By the OA on one message."""
NIGHT_UNTIL = _limit("night_until", 6, "hour_of_day", 0, 23)
"""Some types of message are refused from the evening to then."""

TABLE: tuple[Limit, ...] = (
    TEXT_CHARACTERS,
    FREE_HOURS,
    REPLY_HOURS,
    REPLY_PRICE,
    IMAGE_BYTES,
    GIF_BYTES,
    FILE_BYTES,
    ASSET_DAYS,
    BUTTONS,
    BUTTON_TITLE,
    BUTTON_PAYLOAD,
    BUTTON_SMS,
    REQUEST_TITLE,
    REQUEST_SUBTITLE,
    REACTIONS,
    NIGHT_UNTIL,
)

# Ours, or part of the wire: nothing to set.
HISTORY_PAGE = 10
REACTION_ICONS = (":>", "--b", ":-((", "/-strong", "/-heart", ":-h", ":o")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Zalo does not say in which zone its hours are."""


def text_length(text: str) -> int:
    """The length of NFC `text` as Zalo's servers count it (UTF-16 units: an emoji counts two)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def asset_life(limits: Limits) -> timedelta:
    """How long an upload is counted on: Zalo may have begun the day earlier than we."""
    return timedelta(days=limits[ASSET_DAYS]) - timedelta(hours=12)
