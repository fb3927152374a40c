"""Files from the visitor's device, as a phone would send them."""

from sokhach.sandbox.media import CONTENT_TYPES, Given

MOST_BYTES = 25 * 1024 * 1024

PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}
VIDEOS = {"mp4": "video/mp4", "mov": "video/quicktime"}
VOICES = {"amr": "audio/amr", "aac": "audio/aac"}


def taken(name: str, content: bytes) -> tuple[str, Given]:
    """The kind of message that the file becomes, and the file. What a browser would run as a page of ours is plain
    bytes here: its type comes from what it is, never from what it is called by somebody else."""
    name = name.replace("/", "-").strip() or "tep-dinh-kem"
    ending = name.rpartition(".")[2].lower()
    picture = next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)
    if picture is not None:
        return ("gif" if picture == "image/gif" else "image"), Given(name, picture, content)
    if ending in VIDEOS and content[4:8] == b"ftyp":
        return "video", Given(name, VIDEOS[ending], content)
    if ending in VOICES:
        return "audio", Given(name, VOICES[ending], content)
    return "file", Given(name, CONTENT_TYPES.get(ending, "application/octet-stream"), content)
