"""Pictures: how large they are, small ones of them, and ones that fit a channel. Whoever sent them may mean harm."""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from PIL import Image, ImageOps

TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
}
FORMATS = tuple(TYPES)
MOST_PIXELS = 64_000_000
THUMBNAIL_PIXELS = 480
THUMBNAIL_TYPE = "image/webp"
# Steps on which a picture is made smaller until it fits: longest side, quality.
_STEPS = ((2560, 85), (2048, 82), (1600, 80), (1280, 75), (960, 70), (640, 60))

P = ParamSpec("P")
T = TypeVar("T")
# Unpacked pictures are large: one at a time in a process.
_HANDS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


class TooManyPixelsError(Exception):
    """Unpacked, the picture would fill the memory."""


class Fitted(NamedTuple):
    """A picture remade as JPEG; sizes in pixels."""

    content: bytes
    width: int
    height: int

    def as_picture(self, before: "Picture") -> "Picture":
        return before._replace(width=self.width, height=self.height)


class Picture(NamedTuple):
    """Sizes in pixels, as the picture is shown. `thumbnail`: WebP, at most 480 × 480, without whatever the camera
    wrote into the file."""

    width: int
    height: int
    animated: bool
    thumbnail: bytes


async def unpack(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs `look` or `fit` beside everything else."""
    return await asyncio.get_running_loop().run_in_executor(_HANDS, lambda: work(*args, **kwargs))


def look(path: Path) -> Picture | None:
    """Opens and shrinks a picture; None for one that is broken. Raises `TooManyPixelsError`. Blocks."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            _check(image)
            width, height = _shown_size(image)
            animated = bool(getattr(image, "is_animated", False))
            return Picture(width, height, animated, _thumbnail(image))
    except (TooManyPixelsError, Image.DecompressionBombError) as error:
        raise TooManyPixelsError from error
    except Exception:
        # A decoder that is given nonsense raises whatever it likes. The file is kept, and shown as it is.
        return None


def fit(path: Path, most_bytes: int) -> Fitted | None:
    """The picture as JPEG of at most `most_bytes`, turned as it is shown; None when it cannot be. Blocks.

    Raises `TooManyPixelsError`.
    """
    try:
        with Image.open(path, formats=FORMATS) as image:
            _check(image)
            image.draft("RGB", (_STEPS[0][0], _STEPS[0][0]))
            flat = _flat(ImageOps.exif_transpose(image))
    except (TooManyPixelsError, Image.DecompressionBombError) as error:
        raise TooManyPixelsError from error
    except Exception:
        return None
    packed_bytes, packed_side = 0, 1
    for side, quality in _STEPS:
        # Bytes go with the area: a step that cannot be small enough is not tried.
        if packed_bytes * side * side > 2 * most_bytes * packed_side * packed_side:
            continue
        flat.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        packed = io.BytesIO()
        flat.save(packed, "JPEG", quality=quality, optimize=True)
        packed_bytes, packed_side = packed.tell(), side
        if packed_bytes <= most_bytes:
            return Fitted(packed.getvalue(), flat.width, flat.height)
    return None


def _check(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixelsError


def _shown_size(image: Image.Image) -> tuple[int, int]:
    """A camera held upright writes a lying picture and a note to turn it."""
    turned = False
    with suppress(Exception):
        turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    return (image.height, image.width) if turned else (image.width, image.height)


def _thumbnail(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * THUMBNAIL_PIXELS, 2 * THUMBNAIL_PIXELS))
    small = image if image.mode in {"RGB", "RGBA", "L"} else image.convert("RGBA" if _transparent(image) else "RGB")
    small.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = ImageOps.exif_transpose(small)
    packed = io.BytesIO()
    small.save(packed, "WEBP", quality=80, method=4, exif=b"", icc_profile=None)
    return packed.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """On white: JPEG knows no transparency."""
    if not _transparent(image):
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    ground.alpha_composite(clear)
    return ground.convert("RGB")


def _transparent(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
