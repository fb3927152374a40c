"""QR codes as pictures: byte mode, versions 1 to 10, correction level L, so that a phone could read what is shown."""

from functools import cache

from sokhach.sandbox.raster import png

# For each version at level L: data words in all, correction words a block, blocks (all of one length, or one longer).
CAPACITY = (
    (19, 7, 1), (34, 10, 1), (55, 15, 1), (80, 20, 1), (108, 26, 1), (136, 18, 2), (156, 20, 2), (194, 24, 2),
    (232, 30, 2), (274, 18, 4),
)  # fmt: skip
ALIGNMENT = ((), (6, 18), (6, 22), (6, 26), (6, 30), (6, 34), (6, 22, 38), (6, 24, 42), (6, 26, 46), (6, 28, 50))
SCALE, QUIET = 6, 4
MASK = 0
"""One mask for all: (row + column) even."""

FORMAT_BITS = 0b111011111000100
"""Level L with mask 0."""

VERSION_BITS = {7: 0x07C94, 8: 0x085BC, 9: 0x09A99, 10: 0x0A4D3}


def _tables() -> tuple[list[int], list[int]]:
    powers, logarithms = [0] * 512, [0] * 256
    value = 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logarithms


EXP, LOG = _tables()


def _multiply(a: int, b: int) -> int:
    return 0 if not a or not b else EXP[LOG[a] + LOG[b]]


def _correction(data: list[int], count: int) -> list[int]:
    generator = [1]
    for power in range(count):
        longer = [*generator, 0]
        for place, factor in enumerate(generator):
            longer[place + 1] ^= _multiply(factor, EXP[power])
        generator = longer
    rest = [*data, *[0] * count]
    for place in range(len(data)):
        lead = rest[place]
        for offset, factor in enumerate(generator):
            rest[place + offset] ^= _multiply(factor, lead)
    return rest[len(data) :]


def _words(content: bytes, version: int) -> list[int]:
    total, correction, blocks = CAPACITY[version - 1]
    length_bits = 8 if version < 10 else 16
    bits = f"0100{len(content):0{length_bits}b}" + "".join(f"{byte:08b}" for byte in content)
    bits += "0" * min(4, total * 8 - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = [int(bits[place : place + 8], 2) for place in range(0, len(bits), 8)]
    data += [(0xEC, 0x11)[place % 2] for place in range(total - len(data))]
    short, longer = divmod(total, blocks)
    parts: list[list[int]] = []
    for block in range(blocks):
        size = short + (1 if block >= blocks - longer else 0)
        parts.append(data[:size])
        data = data[size:]
    checks = [_correction(part, correction) for part in parts]
    woven = [part[place] for place in range(short + 1) for part in parts if place < len(part)]
    return woven + [check[place] for place in range(correction) for check in checks]


class _Grid:
    def __init__(self, version: int) -> None:
        self.size = 17 + 4 * version
        self.dark = [[False] * self.size for _ in range(self.size)]
        self.fixed = [[False] * self.size for _ in range(self.size)]
        for row, column in ((0, 0), (0, self.size - 7), (self.size - 7, 0)):
            self._finder(row, column)
        self._timing()
        self._alignments(version)
        self._formats()
        if version in VERSION_BITS:
            self._versions(VERSION_BITS[version])

    def put(self, row: int, column: int, dark: bool) -> None:
        if 0 <= row < self.size and 0 <= column < self.size:
            self.dark[row][column] = dark
            self.fixed[row][column] = True

    def _finder(self, row: int, column: int) -> None:
        for dy in range(-1, 8):
            for dx in range(-1, 8):
                ring = max(abs(dy - 3), abs(dx - 3))
                self.put(row + dy, column + dx, ring in (0, 1, 3))

    def _timing(self) -> None:
        for place in range(8, self.size - 8):
            self.put(6, place, place % 2 == 0)
            self.put(place, 6, place % 2 == 0)

    def _alignments(self, version: int) -> None:
        centres = ALIGNMENT[version - 1]
        for row in centres:
            for column in centres:
                if not self._in_finder(row, column):
                    self._alignment(row, column)

    def _alignment(self, row: int, column: int) -> None:
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                self.put(row + dy, column + dx, max(abs(dy), abs(dx)) != 1)

    def _in_finder(self, row: int, column: int) -> bool:
        edge = self.size - 9
        return (row < 9 and column < 9) or (row < 9 and column > edge) or (row > edge and column < 9)

    def _formats(self) -> None:
        bits = [bool(FORMAT_BITS >> place & 1) for place in range(15)]
        first = [(place, 8) for place in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, place) for place in (7, 5, 4, 3, 2, 1, 0)]
        last = self.size - 1
        second = [(8, last - place) for place in range(8)] + [(last - 6 + place, 8) for place in range(7)]
        for places in (first, second):
            for (row, column), bit in zip(places, bits, strict=True):
                self.put(row, column, bit)
        self.put(self.size - 8, 8, True)

    def _versions(self, value: int) -> None:
        for place in range(18):
            bit = bool(value >> place & 1)
            row, column = place // 3, self.size - 11 + place % 3
            self.put(row, column, bit)
            self.put(column, row, bit)

    def fill(self, words: list[int]) -> None:
        """Two columns at a time from the right, up and down in turn, masked."""
        bits = iter("".join(f"{word:08b}" for word in words))
        up = True
        for right in (*range(self.size - 1, 6, -2), 5, 3, 1):
            for row in reversed(range(self.size)) if up else range(self.size):
                for column in (right, right - 1):
                    if not self.fixed[row][column]:
                        self.dark[row][column] = (next(bits, "0") == "1") != ((row + column) % 2 == 0)
            up = not up


@cache
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of the code, true = dark. `ValueError` when the text is too long."""
    content = text.encode()
    for version, (total, _, _) in enumerate(CAPACITY, start=1):
        if len(content) + (2 if version < 10 else 3) <= total:
            grid = _Grid(version)
            grid.fill(_words(content, version))
            return tuple(tuple(row) for row in grid.dark)
    raise ValueError("too long for a code")


def qr_png(text: str) -> bytes:
    code = modules(text)
    side = (len(code) + 2 * QUIET) * SCALE
    blank = b"\xff" * side * 3
    rows = [blank] * (QUIET * SCALE)
    for row in code:
        middle = b"".join((b"\0" if dark else b"\xff") * 3 * SCALE for dark in row)
        margin = b"\xff" * 3 * QUIET * SCALE
        rows += [margin + middle + margin] * SCALE
    return png(side, side, rows + [blank] * (QUIET * SCALE))
