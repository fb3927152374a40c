"""What becomes of a file: pure rules."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sokhach.conversations.media.sniffing import SHOWN, Sniffed
from sokhach.core.config import Settings

MEGABYTE = 1_000_000
"""What settings call a megabyte."""
PICTURES = frozenset({"image", "gif", "sticker"})
# The link of a file lives for days; a server that is in trouble for one is not coming back for it.
UNREACHABLE_FOR = timedelta(hours=24)
FIRST_RETRY_SECONDS = 5
LONGEST_RETRY_SECONDS = 3600
# "Not there" is believed after so many answers: a platform may tell of a file before all its servers have it.
GONE_RETRY_SECONDS = (5, 30, 120)


def most_bytes(settings: Settings) -> Mapping[str, int]:
    """Type of a file → the largest that is kept."""
    image = settings.media_image_mb * MEGABYTE
    return {
        "image": image,
        "gif": image,
        "sticker": image,
        "audio": settings.media_audio_mb * MEGABYTE,
        "video": settings.media_video_mb * MEGABYTE,
        "file": settings.media_file_mb * MEGABYTE,
    }


def true_type(announced: str, sniffed: Sniffed) -> str | None:
    """What a file that was announced as a picture, voice or video is. None: a page stands in its place.

    Whatever is not what it was said to be is a file: kept, and never opened by our pages.
    """
    kind = sniffed.content_type.partition("/")[0]
    if announced == "file":
        return "file"
    if sniffed.is_page:
        return None
    if announced in PICTURES and kind == "image":
        return announced if sniffed.content_type in SHOWN else "file"
    if announced in {"audio", "video"} and kind in {"audio", "video"}:
        # A container of films may hold a voice alone.
        return announced
    return "file"


def heard_as(media_type: str, content_type: str) -> str:
    """A voice in a container of films is a voice."""
    if media_type == "audio" and content_type.startswith("video/"):
        return {"video/webm": "audio/webm", "video/3gpp": "audio/3gpp"}.get(content_type, "audio/mp4")
    return content_type


def gone_retry(attempts: int) -> timedelta | None:
    """When to ask again for what was not there at the `attempts`-th try; None: never."""
    if attempts > len(GONE_RETRY_SECONDS):
        return None
    return timedelta(seconds=GONE_RETRY_SECONDS[attempts - 1])


def retry(attempts: int, noted_at: datetime, now: datetime) -> timedelta | None:
    """When to call a server in trouble again; None: never."""
    if now - noted_at > UNREACHABLE_FOR:
        return None
    return ours_retry(attempts)


def ours_retry(attempts: int) -> timedelta:
    """When to try again what failed on our side: that is never given up."""
    return timedelta(seconds=min(FIRST_RETRY_SECONDS * 2 ** min(attempts - 1, 12), LONGEST_RETRY_SECONDS))
