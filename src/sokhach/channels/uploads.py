"""What files of ours a channel carries."""

from typing import NamedTuple

from sokhach.channels.limits import Limits
from sokhach.channels.rules import ZALO_OA
from sokhach.channels.zalo_oa import limits as zalo_oa


class Carries(NamedTuple):
    """Content types that a channel takes as they are, and the most bytes of each kind."""

    pictures: frozenset[str]
    picture_bytes: int
    gif_bytes: int
    files: frozenset[str]
    file_bytes: int


_ZALO_PICTURES = frozenset({"image/jpeg", "image/png"})
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
    if channel != ZALO_OA:
        return None
    return Carries(
        pictures=_ZALO_PICTURES,
        picture_bytes=limits[zalo_oa.IMAGE_BYTES],
        gif_bytes=limits[zalo_oa.GIF_BYTES],
        files=_ZALO_FILES,
        file_bytes=limits[zalo_oa.FILE_BYTES],
    )
