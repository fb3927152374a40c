"""What bytes are, told from the bytes. Nobody's word for it counts: neither a header nor the end of a name."""

import re
from typing import NamedTuple

HEAD_BYTES = 64 * 1024
UNKNOWN = "application/octet-stream"
HTML = "text/html"
SVG = "image/svg+xml"
PROGRAM = "application/x-executable"
# What a browser may show within our pages. Everything else leaves as a download.
SHOWN = frozenset(
    {
        "audio/aac", "audio/amr", "audio/amr-wb", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav",
        "audio/webm",
        "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp",
        "video/mp4", "video/quicktime", "video/webm",
    }
)  # fmt: skip
# Names whose files run when somebody opens them.
_RUNS = frozenset(
    "apk app bat bin cmd com cpl dll exe gadget hta jar js jse lnk msc msi msp pif ps1 reg scr sh vb vbe vbs wsf wsh"
    .split()
)  # fmt: skip

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\x7fELF", PROGRAM),
    (b"\xfe\xed\xfa\xce", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"dex\n", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"AndroidManifest.xml", PROGRAM),
    (b"classes.dex", PROGRAM),
    (b"META-INF/MANIFEST.MF", PROGRAM),
    (b"word/", f"{_OFFICE}wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}presentationml.presentation"),
)
_BY_BRAND = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}
_OLD_OFFICE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
# Possessive and atomic, so that no file can make the search go back and forth.
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<!--(?>.*?-->)|<\?xml[^>]*>|<!doctype svg[^>]*>)*+"
    rb"<(?:(?P<svg>svg)|!doctype\s+html|html|head|body|script|iframe|title|meta|style|table|div|h1|p|a|img)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"


class Sniffed(NamedTuple):
    content_type: str
    runs: bool = False
    """Opening it runs a program."""

    @property
    def is_page(self) -> bool:
        """Words for people or programs, such as the page that tells of an error: no picture, voice or video."""
        return self.content_type.startswith("text/") or self.content_type in {SVG, "application/json"}


def sniff(head: bytes, name: str | None = None) -> Sniffed:
    """What a file is, from its first `HEAD_BYTES`. The name only tells apart what looks alike, never makes it safer."""
    extension = (name or "").rstrip(" .").rpartition(".")[2].lower()
    content_type = _binary(head) or _two_bytes(head, extension) or UNKNOWN
    return Sniffed(content_type, content_type == PROGRAM or extension in _RUNS)


def _binary(head: bytes) -> str | None:
    for start, content_type in _STARTS:
        if head.startswith(start):
            return content_type
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BY_BRAND.get(head[8:12]) or ("video/3gpp" if head[8:10] == b"3g" else "video/mp4")
    return None


def _two_bytes(head: bytes, extension: str) -> str | None:
    """Starts so short that words may begin with them come after words."""
    if head.startswith(b"PK\x03\x04"):
        return _zip(head)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(extension, UNKNOWN)
    if found := _words(head, extension):
        return found
    if head.startswith(b"MZ"):
        return PROGRAM
    if head.startswith(b"BM"):
        return "image/bmp"
    if head[:1] == b"\xff" and len(head) > 1:
        if head[1] & 0xF6 == 0xF0:
            return "audio/aac"
        if head[1] & 0xE0 == 0xE0:
            return "audio/mpeg"
    return None


def _zip(head: bytes) -> str:
    return next((content_type for inside, content_type in _IN_ZIP if inside in head), "application/zip")


def _words(head: bytes, extension: str) -> str | None:
    """Text of any kind, or None."""
    if not head:
        return None
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            plain = head[: len(head) // 2 * 2].decode("utf-16").encode()
        except UnicodeDecodeError:
            return None
    else:
        plain = head
    if plain.translate(None, _CONTROL) != plain:
        return None
    if found := _MARKUP.match(plain):
        return SVG if found["svg"] else HTML
    if plain.startswith(b"#!"):
        return PROGRAM
    if plain.lstrip()[:1] in {b"{", b"["}:
        return "application/json"
    return "text/csv" if extension == "csv" else "text/plain"
