"""Pixels as a PNG file."""

import struct
import zlib

Color = tuple[int, int, int]


def png(width: int, height: int, rows: list[bytes], *, alpha: bool = False) -> bytes:
    """A truecolour PNG, 8 bits a channel, from rows of RGB or RGBA bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
