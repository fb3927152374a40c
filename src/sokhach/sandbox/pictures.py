"""Pictures for the simulated CDN of what people photograph: a slip, a box, a room, a dress. Flat shapes, drawn here."""

from collections.abc import Callable
from functools import cache

from sokhach.sandbox.raster import Color, png

WIDTH, HEIGHT = 64, 48
"""Of the ground in its own units; a picture has 10 pixels a unit, a thumbnail 2.5."""

WHITE, PAPER, INK, GREY, SHADE = (255, 255, 255), (246, 244, 238), (62, 66, 74), (190, 194, 200), (150, 150, 152)
GREEN, RED, BLUE, WOOD, DARK_WOOD = (46, 160, 98), (206, 62, 58), (58, 104, 170), (176, 134, 92), (128, 92, 60)


class Canvas:
    def __init__(self, ground: Color, scale: float) -> None:
        self._scale = scale
        self._width, self._height = round(WIDTH * scale), round(HEIGHT * scale)
        self._rows = [bytearray(bytes(ground) * self._width) for _ in range(self._height)]

    def slab(self, top: tuple[float, float, float], bottom: tuple[float, float, float], colour: Color) -> None:
        """A trapezoid: each side is (y, left, right)."""
        first, last = round(top[0] * self._scale), round(bottom[0] * self._scale)
        for y in range(max(first, 0), min(last, self._height)):
            part = (y - first) / max(last - first, 1)
            self._span(y, top[1] + (bottom[1] - top[1]) * part, top[2] + (bottom[2] - top[2]) * part, colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Color) -> None:
        self.slab((top, left, right), (bottom, left, right), colour)

    def disc(self, x: float, y: float, radius: float, colour: Color) -> None:
        for row in range(round((y - radius) * self._scale), round((y + radius) * self._scale)):
            reach = radius**2 - (row / self._scale - y) ** 2
            if 0 <= row < self._height and reach > 0:
                self._span(row, x - reach**0.5, x + reach**0.5, colour)

    def lines(self, left: float, top: float, lengths: tuple[float, ...], colour: Color, gap: float = 3) -> None:
        """Of writing."""
        for place, length in enumerate(lengths):
            self.box(left, top + place * gap, left + length, top + place * gap + 1, colour)

    def png(self) -> bytes:
        """Darker towards the floor, as photographs are."""
        shaded = [row.translate(_shades(y * 24 // self._height)) for y, row in enumerate(self._rows)]
        return png(self._width, self._height, [bytes(row) for row in shaded])

    def _span(self, y: int, left: float, right: float, colour: Color) -> None:
        first, last = max(round(left * self._scale), 0), min(round(right * self._scale), self._width)
        if last > first:
            self._rows[y][first * 3 : last * 3] = bytes(colour) * (last - first)


@cache
def _shades(step: int) -> bytes:
    return bytes(int(value * (1 - 0.012 * step)) for value in range(256))


def _slip(canvas: Canvas) -> None:
    canvas.box(17, 2, 47, 48, WHITE)
    canvas.disc(32, 10, 5, GREEN)
    canvas.slab((9, 28.5, 30.5), (13, 30.5, 32.5), WHITE)
    canvas.slab((7, 35, 37), (13, 30.5, 32.5), WHITE)
    canvas.box(23, 18, 41, 21, INK)
    canvas.lines(20, 26, (10, 14, 9, 12, 8), GREY, 4)
    canvas.lines(36, 26, (8, 6, 8, 5, 8), SHADE, 4)


def _dented_box(canvas: Canvas) -> None:
    canvas.box(0, 34, 64, 48, DARK_WOOD)
    canvas.slab((12, 18, 52), (17, 12, 46), (206, 168, 120))
    canvas.box(12, 17, 46, 41, WOOD)
    for top, bottom in (((12, 52, 52), (17, 46, 52)), ((17, 46, 52), (36, 46, 52)), ((36, 46, 52), (41, 46, 46))):
        canvas.slab(top, bottom, (146, 108, 72))
    canvas.box(26, 17, 31, 41, (214, 196, 150))
    canvas.slab((26, 33, 46), (36, 39, 46), (112, 82, 54))
    canvas.slab((30, 38, 46), (34, 42, 46), (84, 60, 40))


def _panel(canvas: Canvas) -> None:
    canvas.box(14, 4, 50, 44, (222, 224, 226))
    canvas.box(17, 7, 47, 41, (96, 102, 110))
    for row in (11, 26):
        canvas.box(18, row - 1, 46, row + 11, (64, 68, 74))
        for place in range(6):
            left = 19.5 + place * 4.4
            canvas.box(left, row, left + 3.6, row + 10, (236, 236, 232))
            canvas.box(left + 1, row + 4, left + 2.6, row + 7, RED if place == 2 and row == 11 else INK)
    for left, colour in ((22, RED), (28, BLUE), (34, (222, 186, 60))):
        canvas.slab((41, left, left + 1.2), (48, left - 2, left - 0.8), colour)


def _room(canvas: Canvas) -> None:
    canvas.slab((34, 0, 64), (48, 0, 64), WOOD)
    canvas.box(38, 6, 58, 24, WHITE)
    canvas.box(39.5, 7.5, 47.3, 22.5, (168, 206, 232))
    canvas.box(48.7, 7.5, 56.5, 22.5, (184, 216, 236))
    canvas.box(6, 26, 34, 36, (92, 122, 128))
    canvas.box(4, 30, 9, 40, (76, 104, 110))
    canvas.box(31, 30, 36, 40, (76, 104, 110))
    canvas.box(12, 9, 24, 18, (226, 206, 170))
    canvas.slab((40, 26, 50), (43, 22, 54), DARK_WOOD)


def _dress(canvas: Canvas) -> None:
    canvas.slab((4, 31, 33), (9, 24, 40), DARK_WOOD)
    canvas.slab((9, 24, 40), (20, 27, 37), (196, 74, 98))
    canvas.slab((20, 27, 37), (45, 17, 47), (212, 92, 116))
    canvas.box(26.5, 19.5, 37.5, 21.5, (250, 224, 214))
    canvas.slab((21, 31.5, 32.5), (45, 30, 34), (186, 66, 90))


def _jars(canvas: Canvas) -> None:
    canvas.box(0, 36, 64, 48, (224, 206, 190))
    canvas.box(14, 22, 31, 39, (244, 226, 220))
    canvas.box(13, 17, 32, 23, (204, 164, 110))
    canvas.lines(18, 28, (9, 6), (176, 128, 118))
    canvas.box(38, 12, 49, 39, (152, 190, 170))
    canvas.box(41, 5, 46, 12, WHITE)
    canvas.lines(40.5, 22, (6, 4, 5), WHITE)


def _plan(canvas: Canvas) -> None:
    canvas.box(6, 4, 58, 44, INK)
    for left, top, right, bottom in (
        (7, 5, 28, 24),
        (29, 5, 57, 18),
        (29, 19, 57, 43),
        (7, 25, 20, 43),
        (21, 25, 28, 43),
    ):
        canvas.box(left, top, right, bottom, PAPER)
    canvas.box(12, 24, 17, 25, PAPER)
    canvas.box(38, 18, 44, 19, PAPER)
    canvas.lines(12, 13, (9, 6), GREY)
    canvas.lines(38, 30, (11, 7), GREY)
    canvas.lines(37, 10, (10,), RED)


def _marks(canvas: Canvas) -> None:
    canvas.box(12, 2, 52, 48, WHITE)
    canvas.lines(22, 5, (20, 14), INK)
    for row in range(7):
        top = 13 + row * 5
        canvas.box(15, top, 49, top + 0.4, SHADE)
        canvas.lines(17, top + 2, (10 + row % 3 * 3,), GREY)
        canvas.lines(42, top + 2, (3,), RED if row in (2, 5) else BLUE)
    canvas.box(38, 13, 38.4, 48, SHADE)


def _paper(canvas: Canvas) -> None:
    canvas.slab((2, 14, 52), (48, 11, 54), PAPER)
    canvas.lines(24, 6, (18,), RED)
    canvas.lines(20, 12, (26, 28, 24, 27, 28, 20), GREY)
    canvas.disc(42, 38, 6, RED)
    canvas.disc(42, 38, 5, PAPER)
    canvas.disc(42, 38, 2, RED)
    canvas.lines(18, 36, (12, 8), BLUE)


def _car(canvas: Canvas) -> None:
    canvas.box(0, 36, 64, 48, (112, 114, 118))
    canvas.slab((12, 20, 44), (23, 13, 52), (196, 202, 208))
    canvas.slab((14, 21.5, 31), (22, 17, 31), (70, 90, 108))
    canvas.slab((14, 33, 43), (22, 33, 48), (70, 90, 108))
    canvas.box(5, 22, 60, 36, (176, 184, 192))
    for x in (17, 48):
        canvas.disc(x, 36, 5.5, (38, 40, 44))
        canvas.disc(x, 36, 2.5, GREY)
    canvas.slab((26, 29, 43), (28, 27, 39), (90, 70, 62))
    canvas.slab((29, 33, 44), (30, 31, 40), (108, 84, 74))


_DRAWINGS: dict[str, tuple[Color, Callable[[Canvas], None]]] = {
    "bien-lai": ((214, 226, 220), _slip),
    "hop-mop": ((232, 226, 216), _dented_box),
    "tu-dien": ((236, 232, 222), _panel),
    "can-phong": ((238, 230, 214), _room),
    "vay-hong": ((238, 232, 228), _dress),
    "lo-kem": ((248, 238, 232), _jars),
    "mat-bang": ((206, 208, 206), _plan),
    "phieu-diem": ((186, 170, 150), _marks),
    "giay-to": ((150, 128, 104), _paper),
    "xe-xuoc": ((190, 208, 220), _car),
}
PICTURE_NAMES = tuple(_DRAWINGS)


@cache
def picture(name: str, *, thumbnail: bool = False) -> bytes | None:
    """A PNG; None for an unknown name."""
    if name not in _DRAWINGS:
        return None
    ground, draw = _DRAWINGS[name]
    canvas = Canvas(ground, 2.5 if thumbnail else 10)
    draw(canvas)
    return canvas.png()
