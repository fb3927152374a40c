"""Pictures for the simulated CDN, drawn here: photos and stickers as PNG, portraits as SVG."""

import hashlib
import html
from collections.abc import Callable
from functools import cache

from sokhach.sandbox.pictures import PICTURE_NAMES, picture
from sokhach.sandbox.raster import Color, png

PHOTO_SIZE = (640, 480)
THUMBNAIL_SIZE = (160, 120)
STICKER_SIZE = 130
STICKER_IDS = ("46625", "46626", "46627", "46628")
CLOTHS = ("chan-ga-xanh", "rem-vai-kem", "goi-ke-do", "hop-bi-mop")
PHOTO_NAMES = (*CLOTHS, *PICTURE_NAMES)

PALETTES: dict[str, tuple[Color, Color]] = {
    "chan-ga-xanh": ((38, 84, 124), (214, 229, 240)),
    "rem-vai-kem": ((196, 164, 112), (250, 243, 224)),
    "goi-ke-do": ((160, 44, 52), (248, 214, 206)),
    "hop-bi-mop": ((120, 96, 70), (216, 190, 150)),
}
MOUTHS = {"46625": 0.5, "46626": 0.2, "46627": -0.4, "46628": 0.9}


@cache
def photo(name: str, *, thumbnail: bool = False) -> bytes | None:
    """A picture of a thing, or folded cloth: soft vertical stripes that darken towards the floor. None for an unknown
    name."""
    palette = PALETTES.get(name)
    if palette is None:
        return picture(name, thumbnail=thumbnail)
    width, height = THUMBNAIL_SIZE if thumbnail else PHOTO_SIZE
    dark, light = palette
    stripe = width // 8
    rows: list[bytes] = []
    for y in range(height):
        shade = 1 - 0.35 * y / height
        row = bytearray()
        for x in range(stripe):
            fold = abs(2 * x / stripe - 1)
            row += bytes(int((a * fold + b * (1 - fold)) * shade) for a, b in zip(dark, light, strict=True))
        rows.append(bytes(row) * 8)
    return png(width, height, rows)


@cache
def sticker(sticker_id: str) -> bytes | None:
    """A round yellow face on a transparent ground; the id chooses the mouth. None for an unknown id."""
    smile = MOUTHS.get(sticker_id)
    if smile is None:
        return None
    face = _face(smile)
    rows: list[bytes] = []
    for y in range(STICKER_SIZE):
        row = bytearray()
        for x in range(STICKER_SIZE):
            row += bytes(face(2 * x / STICKER_SIZE - 1, 2 * y / STICKER_SIZE - 1))
        rows.append(bytes(row))
    return png(STICKER_SIZE, STICKER_SIZE, rows, alpha=True)


def _face(smile: float) -> Callable[[float, float], tuple[int, int, int, int]]:
    def colour(x: float, y: float) -> tuple[int, int, int, int]:
        if x * x + y * y > 0.92:
            return 0, 0, 0, 0
        eye = min((x - 0.33) ** 2, (x + 0.33) ** 2) + (y + 0.25) ** 2
        mouth = abs(y - 0.4 - smile * (0.2 - x * x))
        if eye < 0.012 or (mouth < 0.06 and abs(x) < 0.5):
            return 74, 48, 12, 255
        return 255, 205 - int(30 * y), 60, 255

    return colour


def portrait(user_id: str, name: str, size: int) -> bytes:
    """A coloured disc with initials, the same for the same person."""
    words = name.split() or ["?"]
    initials = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    hue = hashlib.sha256(user_id.encode()).digest()[0] * 360 // 256
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 100 100">'
        f'<rect width="100" height="100" fill="hsl({hue} 45% 45%)"/>'
        f'<text x="50" y="50" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-size="40" '
        f'fill="#fff">{html.escape(initials.upper())}</text></svg>'
    ).encode()
