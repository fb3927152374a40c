"""What files of ours a channel carries."""

from typing import NamedTuple

from sokhach.channels.limits import Limits
from sokhach.channels.rules import ZALO_OA, ZALO_PERSONAL
from sokhach.channels.zalo_oa import limits as zalo_oa
from sokhach.channels.zalo_personal import limits as zalo_personal


class Carries(NamedTuple):
    """Content types that a channel takes as they are, and the most bytes of each kind. `files` None: all that do not
    run. `videos` are sent as such, where there are any."""

    pictures: frozenset[str]
    picture_bytes: int
    gif_bytes: int
    files: frozenset[str] | None
    file_bytes: int
    videos: frozenset[str] = frozenset()


_ZALO_PICTURES = frozenset({"image/jpeg", "image/png"})
_WEB_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_WEB_VIDEOS = frozenset({"video/mp4"})
_ZALO_FILES = frozenset(
    {
        "application/msword",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/csv",
    }
)


def carries(channel: str, limits: Limits) -> Carries | None:
    """None: nothing but words."""
    if channel == ZALO_PERSONAL:
        most = limits[zalo_personal.FILE_BYTES]
        return Carries(
            pictures=_WEB_PICTURES,
            picture_bytes=most,
            gif_bytes=most,
            files=None,
            file_bytes=most,
            videos=_WEB_VIDEOS,
        )
    if channel != ZALO_OA:
        return None
    return Carries(
        pictures=_ZALO_PICTURES,
        picture_bytes=limits[zalo_oa.IMAGE_BYTES],
        gif_bytes=limits[zalo_oa.GIF_BYTES],
        files=_ZALO_FILES,
        file_bytes=limits[zalo_oa.FILE_BYTES],
    )
