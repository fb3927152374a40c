"""Names of files, which people and programs of others make up."""

import re
import unicodedata
from urllib.parse import quote

EXTENSIONS = {
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/vnd.android.package-archive": ".apk",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/amr-wb": ".awb",
    "audio/flac": ".flac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "audio/webm": ".webm",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "video/3gpp": ".3gp",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}
LONGEST_BYTES = 180
# Characters that turn the direction of writing make "gpj.exe" look like "exe.jpg".
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def clean(name: str | None) -> str | None:
    """A name without folders, unseen characters and what file systems refuse, short enough for all of them; None when
    nothing is left."""
    if not name:
        return None
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in unicodedata.normalize("NFC", name))
    plain = re.sub(r'[<>:"|?*]', "_", re.split(r"[/\\]", seen)[-1])
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension.encode()) > 12:
        stem, extension = plain, ""
    else:
        extension = f".{extension}"
    room = LONGEST_BYTES - len(extension.encode())
    short = stem.encode()[:room].decode(errors="ignore").strip(" .")
    return f"{short}{extension}" if short else None


def shown_name(name: str | None, media_type: str, content_type: str, media_id: int) -> str:
    """What a file is saved as. One without a name gets one of its kind and number."""
    return clean(name) or f"{media_type}-{media_id}{EXTENSIONS.get(content_type, '')}"


def disposition(name: str, *, attachment: bool) -> str:
    """Content-Disposition (RFC 6266): a name in ASCII for old programs, and the real one."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%]', "_", plain).strip() or "file"
    return f"{'attachment' if attachment else 'inline'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
