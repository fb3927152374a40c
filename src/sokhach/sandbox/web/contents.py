"""Contents of messages that are more than words, with media on the simulated CDN."""

import struct
from typing import Any

import msgspec

from sokhach.sandbox.accounts import OfficialAccount
from sokhach.sandbox.drawing import PHOTO_SIZE
from sokhach.sandbox.media import SAMPLES, Given, Media, checksum
from sokhach.sandbox.web.users import WebUser

LIFE_SECONDS = 30 * 24 * 3600
"""How long links to media of personal accounts live; Zalo tells no number."""

CAMERA_SIZE = (1280, 960)
GIF_SIDE = 200
OWNER = OfficialAccount(oa_id="zalo-web", app_id="", name="", media_life_seconds=LIFE_SECONDS)

Content = tuple[str, Any]
"""`msgType` and `content`."""


def attachment(
    *, title: str = "", description: str = "", href: str = "", thumb: str = "", action: str = "", params: Any = ""
) -> dict[str, Any]:
    """`params` is JSON text."""
    text = params if isinstance(params, str) else msgspec.json.encode(params).decode()
    return {
        "title": title, "description": description, "href": href, "thumb": thumb, "childnumber": 0, "action": action,
        "params": text, "type": "",
    }  # fmt: skip


class Contents:
    def __init__(self, media: Media) -> None:
        self._media = media
        self._turn: dict[str, int] = {}

    def keep(self, given: Given) -> str:
        """An address of these bytes."""
        asset = self._media.keep(OWNER, "received", given.name, given.content_type, given.content)
        return self._media.link(OWNER, f"asset:{asset.asset_id}", given.name)

    def of_sample(self, kind: str, variant: str | None, *, caption: str = "") -> Content:
        """With one of the sandbox's own files; `KeyError` for an unknown kind or file. They come in turn."""
        made = self._media.attachment(OWNER, "audio" if kind == "voice" else kind, variant)
        url = made["url"]
        match kind:
            case "image":
                drawn = url.endswith(".png")
                width, height = PHOTO_SIZE if drawn else CAMERA_SIZE
                return self.image_at(url, url, made["thumbnail"], caption=caption, width=width, height=height)
            case "gif":
                return self.gif_at(url, made["thumbnail"], caption=caption, width=GIF_SIDE, height=GIF_SIDE)
            case "voice":
                return self.voice_at(url, _bytes_of(url))
            case "video":
                return self.video_at(url, made["thumbnail"], caption=caption, size=_bytes_of(url))
            case "file":
                return self.file_at(url, made["name"], int(made["size"]), made["checksum"])
            case _:
                raise KeyError(kind)

    def image(self, given: Given, *, caption: str = "") -> Content:
        url = self.keep(given)
        width, height = _size(given.content)
        return self.image_at(url, url, url, caption=caption, width=width, height=height)

    def image_at(self, url: str, hd_url: str, thumb: str, *, caption: str, width: int, height: int) -> Content:
        params = {"width": width, "height": height, "hd": hd_url}
        return "chat.photo", attachment(title=caption, href=url, thumb=thumb, params=params)

    def gif(self, given: Given, *, caption: str = "") -> Content:
        url = self.keep(given)
        width, height = _size(given.content)
        return self.gif_at(url, url, caption=caption, width=width, height=height)

    def gif_at(self, url: str, thumb: str, *, caption: str, width: int, height: int) -> Content:
        return "chat.gif", attachment(title=caption, href=url, thumb=thumb, params={"width": width, "height": height})

    def voice(self, given: Given) -> Content:
        url = self.keep(given)
        return self.voice_at(url, len(given.content))

    def voice_at(self, url: str, size: int) -> Content:
        return "chat.voice", attachment(href=url, params={"m4a": url, "fileSize": str(size), "duration": 4000})

    def video(self, given: Given, *, caption: str = "") -> Content:
        thumb = self._media.attachment(OWNER, "image")["thumbnail"]
        return self.video_at(self.keep(given), thumb, caption=caption, size=len(given.content))

    def video_at(self, url: str, thumb: str, *, caption: str, size: int, duration: int = 4000) -> Content:
        params = {"duration": duration, "fileSize": str(size), "video_width": 1280, "video_height": 720}
        return "chat.video.msg", attachment(title=caption, href=url, thumb=thumb, params=params)

    def file(self, given: Given) -> Content:
        return self.file_at(self.keep(given), given.name, len(given.content), checksum(given.content))

    def file_at(self, url: str, name: str, size: int, digest: str) -> Content:
        params = {
            "fileSize": str(size), "checksum": digest, "checksumSha": None, "fileExt": name.rpartition(".")[2].lower(),
            "fdata": "{}", "fType": 1,
        }  # fmt: skip
        return "share.file", attachment(title=name, href=url, params=params)

    def sticker(self, sticker_id: int, category: int = 10, kind: int = 7) -> Content:
        return "chat.sticker", {"id": sticker_id, "catId": category, "type": kind}

    def link(self, href: str, *, title: str, description: str, words: str) -> Content:
        params = {"mediaTitle": title, "src": href.split("/")[2] if "://" in href else "", "type": 0}
        content = attachment(
            title=words, description=description, href=href, action="recommened.link", params=params
        )  # fmt: skip
        return "chat.recommended", content

    def card(self, person: WebUser) -> Content:
        details = {"phone": person.phone or "", "qrCodeUrl": "", "gUid": person.uid, "caption": ""}
        content = attachment(
            title=person.name, description=msgspec.json.encode(details).decode(), thumb=person.avatar,
            action="recommened.user", params=person.uid,
        )  # fmt: skip
        return "chat.recommended", content

    def location(self, latitude: str, longitude: str, address: str) -> Content:
        params = {"latitude": latitude, "longitude": longitude}
        href = f"https://www.google.com/maps?q={latitude},{longitude}"
        return "chat.location.new", attachment(title=address, description=address, href=href, params=params)


def _size(content: bytes) -> tuple[int, int]:
    """Of PNG and GIF; anything else counts as a photo of a phone."""
    if content.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(b"GIF8"):
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return CAMERA_SIZE


def _bytes_of(url: str) -> int:
    """The size of a sample, by its address."""
    return (SAMPLES / url.rpartition("/")[2]).stat().st_size
