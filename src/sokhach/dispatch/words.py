"""Pure: whether a text says anything, and cutting a long one into messages."""

import unicodedata
from collections.abc import Callable

_JOINER = "\u200d"
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
_REGIONAL = range(0x1F1E6, 0x1F200)
_SKIN = range(0x1F3FB, 0x1F400)


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: spaces, characters without width, marks with nothing below them."""
    return all(unicodedata.category(one) in _UNSEEN or one in _FILLERS for one in text)


def split(text: str, limit: int, length: Callable[[str], int]) -> list[str]:
    """Cuts `text` into parts of at most `limit` by `length`, at the last end of a line or of a word that fits; a word
    that is longer than a message is cut between characters as readers see them. White space at a cut is dropped, and a
    part that shows nothing. Together the parts have all else, in order."""
    parts: list[str] = []
    rest = text.strip()
    while rest and length(rest) > limit:
        cut = _cut(rest, limit, length)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in [*parts, rest] if not is_blank(part)]


def _cut(text: str, limit: int, length: Callable[[str], int]) -> int:
    fits = _fitting(text, limit, length)
    line = text.rfind("\n", 0, fits + 1)
    if line > fits // 2:
        return line
    for index in range(fits, 0, -1):
        if text[index].isspace():
            return index
    for index in range(fits, 0, -1):
        if not _joined(text, index):
            return index
    return fits


def _fitting(text: str, limit: int, length: Callable[[str], int]) -> int:
    """How many characters of `text` fit; at least one, fewer than all."""
    low, high = 1, min(limit, len(text) - 1)
    while low < high:
        middle = (low + high + 1) // 2
        if length(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _joined(text: str, index: int) -> bool:
    """Whether the characters before and at `index` are seen as one."""
    before, after = text[index - 1], text[index]
    if _JOINER in {before, after}:
        return True
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or ord(after) in _SKIN:
        return True
    if ord(before) in _REGIONAL and ord(after) in _REGIONAL:
        flags = 0
        while flags < index and ord(text[index - 1 - flags]) in _REGIONAL:
            flags += 1
        return flags % 2 == 1
    return False
