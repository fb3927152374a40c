"""Vietnamese text: normal form, folding for order and search, previews."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[\u0300-\u036f]")
PREVIEW_LENGTH = 140


def nfc(value: str) -> str:
    """Normal form C. Zalo measures lengths in it, and NFD Vietnamese is up to 30 % longer."""
    return unicodedata.normalize("NFC", value)


def fold(value: str) -> str:
    """Key for sorting and searching: lower case, no diacritics, đ → d, single spaces.

    >>> fold("Nguyễn  Thị Đào")
    'nguyen thi dao'
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", value.casefold())).replace("đ", "d")
    return _SPACES.sub(" ", bare).strip()


def preview(value: str, length: int = PREVIEW_LENGTH) -> str:
    """One line of at most `length` characters."""
    line = _SPACES.sub(" ", value[: length * 4]).strip()
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def slice_utf16(value: str, start: int, length: int) -> str:
    """`length` UTF-16 units from `start`, as browsers and Zalo count.

    >>> slice_utf16("🌸 @Lan ơi", 3, 4)
    '@Lan'
    """
    units = value.encode("utf-16-le", "surrogatepass")
    return units[start * 2 : (start + length) * 2].decode("utf-16-le", "replace")
