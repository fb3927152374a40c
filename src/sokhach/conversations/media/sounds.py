"""How long a voice message is, where that stands in plain sight. Formats: RFC 4867 (AMR), ISO 14496-3 (ADTS)."""

from pathlib import Path

# Bytes of a frame of 20 ms after its first one, by the mode in that one.
_AMR = (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0)
_AMR_WB = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0)
_AMR_MS = 20
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_AAC_SAMPLES = 1024


def duration_ms(path: Path, content_type: str) -> int | None:
    """None for formats that do not tell, and for what is no such file. Blocks."""
    if content_type == "audio/amr":
        return _amr(path.read_bytes()[len(b"#!AMR\n") :], _AMR)
    if content_type == "audio/amr-wb":
        return _amr(path.read_bytes()[len(b"#!AMR-WB\n") :], _AMR_WB)
    if content_type == "audio/aac":
        return _aac(path.read_bytes())
    return None


def _amr(frames: bytes, sizes: tuple[int, ...]) -> int | None:
    at = count = 0
    while at < len(frames):
        at += 1 + sizes[(frames[at] >> 3) & 15]
        count += 1
    return count * _AMR_MS or None


def _aac(content: bytes) -> int | None:
    at = count = 0
    rate = 0
    while at + 7 <= len(content) and content[at] == 0xFF and content[at + 1] & 0xF6 == 0xF0:
        index = (content[at + 2] >> 2) & 15
        length = (content[at + 3] & 3) << 11 | content[at + 4] << 3 | content[at + 5] >> 5
        if index >= len(_AAC_RATES) or length < 7:
            break
        rate = _AAC_RATES[index]
        count += 1 + (content[at + 6] & 3)
        at += length
    return count * _AAC_SAMPLES * 1000 // rate if rate else None
