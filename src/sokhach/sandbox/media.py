"""What customers send and accounts upload: the bytes, and links to them on the simulated CDN that expire."""

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from sokhach.sandbox.accounts import OfficialAccount, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.drawing import CLOTHS, PHOTO_NAMES, STICKER_IDS, photo
from sokhach.sandbox.pictures import PICTURE_NAMES
from sokhach.sandbox.store import Store

SAMPLES = Path(__file__).parent / "samples"
"""Files made for the sandbox: pictures as a phone takes them, a spoken note in both voice formats, a clip, papers."""

UPLOAD_LIFE_MS = 7 * 24 * 3_600_000

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "amr": "audio/amr",
    "aac": "audio/aac",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}

VARIANTS: dict[str, tuple[str, ...]] = {
    "image": (
        "bo-chan-ga.jpg", "chan-ga-xanh.png", "chup-nghieng.jpg", "rem-vai-kem.png", "duong-may-loi.jpg",
        "goi-ke-do.png", "mau-rem.jpg", "hop-bi-mop.png", *(f"{name}.png" for name in PICTURE_NAMES),
    ),
    "gif": ("vay-tay.gif",),
    "audio": ("loi-nhan.amr", "ghi-am.aac"),
    "video": ("mo-hop.mp4",),
    "file": ("danh-sach-can-mua.csv", "yeu-cau-bao-gia.pdf", "don-dat-hang.docx"),
    "sticker": STICKER_IDS,
}  # fmt: skip
"""What a customer may send of each kind, in turn."""


class Asset(msgspec.Struct, kw_only=True):
    """Uploaded by an account (`image`, `gif`, `file`; dead after a week) or sent by a customer (`received`)."""

    asset_id: str
    oa_id: str
    kind: str
    name: str
    content_type: str
    content: bytes
    checksum: str
    created_ms: int
    expires_ms: int | None = None


class Link(msgspec.Struct, kw_only=True):
    """`source` is `sample:<file>`, `drawn:<photo>` or `asset:<id>`."""

    link_id: str
    oa_id: str
    source: str
    expires_ms: int | None = None


class Content(msgspec.Struct):
    """Absent bytes: the link is expired or points at nothing."""

    oa_id: str
    content: bytes | None
    content_type: str
    expired: bool = False


class Given(msgspec.Struct):
    """Bytes that a control call brought, for a customer to send."""

    name: str
    content_type: str
    content: bytes


def content_type_of(name: str) -> str:
    return CONTENT_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def checksum(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


class Media:
    def __init__(
        self, base_url: str, store: Store, clock: SimulatedClock, new_link_id: Callable[[], str] = new_message_id
    ) -> None:
        self._base = base_url
        self._store = store
        self._clock = clock
        self._new_link_id = new_link_id
        self._turn: dict[str, int] = {}

    def numbered(self, new_link_id: Callable[[], str]) -> "Media":
        """The same media, whose links are named by the caller."""
        return Media(self._base, self._store, self._clock, new_link_id)

    def avatar_url(self, owner_id: str, size: int) -> str:
        return f"{self._base}/cdn/avatars/{owner_id}/{size}.svg"

    def cover_url(self, oa_id: str) -> str:
        """A picture of cloth, the same for the same account."""
        name = CLOTHS[int(oa_id[-1]) % len(CLOTHS)] if oa_id[-1:].isdecimal() else CLOTHS[0]
        return f"{self._base}/cdn/images/{name}.png"

    def sticker_url(self, sticker_id: str) -> str:
        return f"{self._base}/cdn/stickers/{sticker_id}.png"

    # What customers send

    def kinds(self) -> set[str]:
        return set(self._builders())

    def attachment(
        self, oa: OfficialAccount, kind: str, variant: str | None = None, given: Given | None = None
    ) -> dict[str, Any]:
        """A fresh payload for an inbound attachment; keys as in the samples. `KeyError` for an unknown kind or variant.

        `variant` picks one of `VARIANTS`, `given` brings bytes of its own; otherwise they come in turn.
        """
        return self._builders()[kind](oa, self._pick(kind, variant), given)

    def _pick(self, kind: str, variant: str | None) -> str:
        choices = VARIANTS.get(kind, ("",))
        if variant is not None:
            return choices[choices.index(variant)] if variant in choices else _unknown(variant)
        turn = self._turn.get(kind, 0)
        self._turn[kind] = turn + 1
        return choices[turn % len(choices)]

    def _builders(self) -> dict[str, Callable[[OfficialAccount, str, Given | None], dict[str, Any]]]:
        return {
            "image": self._picture,
            "gif": self._picture,
            "sticker": lambda _oa, name, _given: {"id": name, "url": self.sticker_url(name)},
            "link": lambda _oa, _name, _given: {
                "thumbnail": "", "description": "Bảng giá tháng này", "url": f"{self._base}/cdn/link",
            },
            "audio": lambda oa, name, given: {"url": self._sent(oa, name, given)},
            "video": self._video,
            "location": lambda _oa, _name, _given: {
                "coordinates": {"latitude": "10.7642473", "longitude": "106.6564314"}
            },
            "business_card": lambda oa, _name, _given: {
                "description": f'{{"phone":"84912345678","qrCodeUrl":"{self._of_sample(oa, "mau-rem.jpg")}"}}'
            },
            "file": self._file,
        }  # fmt: skip

    def _picture(self, oa: OfficialAccount, name: str, given: Given | None) -> dict[str, Any]:
        url = self._sent(oa, name, given)
        return {"thumbnail": url if given else self._of_sample(oa, _thumbnail(name)), "url": url}

    def _video(self, oa: OfficialAccount, name: str, given: Given | None) -> dict[str, Any]:
        thumbnail = "" if given else self._of_sample(oa, _thumbnail(name))
        return {"thumbnail": thumbnail, "description": "", "url": self._sent(oa, name, given)}

    def _file(self, oa: OfficialAccount, name: str, given: Given | None) -> dict[str, Any]:
        known = given or Given(name, content_type_of(name), (SAMPLES / name).read_bytes())
        return {
            "url": self._sent(oa, name, given),
            "size": str(len(known.content)),
            "name": known.name,
            "checksum": checksum(known.content),
            "type": known.name.rpartition(".")[2].lower(),
        }

    def _sent(self, oa: OfficialAccount, name: str, given: Given | None) -> str:
        if given is None:
            return self._of_sample(oa, name)
        asset = self.keep(oa, "received", given.name, given.content_type, given.content)
        return self.link(oa, f"asset:{asset.asset_id}", given.name)

    def _of_sample(self, oa: OfficialAccount, name: str) -> str:
        drawn = name.removesuffix(".png").removesuffix("-thumb") in PHOTO_NAMES
        return self.link(oa, f"drawn:{name.removesuffix('.png')}" if drawn else f"sample:{name}", name)

    # What accounts upload

    def keep(
        self, oa: OfficialAccount, kind: str, name: str, content_type: str, content: bytes, life_ms: int | None = None
    ) -> Asset:
        now = self._clock.now_ms()
        asset = Asset(
            asset_id=secrets.token_urlsafe(24),
            oa_id=oa.oa_id,
            kind=kind,
            name=name,
            content_type=content_type,
            content=content,
            checksum=checksum(content),
            created_ms=now,
            expires_ms=None if life_ms is None else now + life_ms,
        )
        self._store.upsert("asset", asset, "asset_id")
        return asset

    def asset(self, oa_id: str, asset_id: str) -> Asset | None:
        return self._store.one(Asset, "SELECT * FROM asset WHERE asset_id = ? AND oa_id = ?", (asset_id, oa_id))

    def uploads_since(self, oa_id: str, since_ms: int) -> int:
        sql = "SELECT count(*) FROM asset WHERE oa_id = ? AND kind <> 'received' AND created_ms >= ?"
        return int(self._store.value(sql, (oa_id, since_ms)))

    # Links

    def link(self, oa: OfficialAccount, source: str, name: str) -> str:
        """An address that dies with the account's media life."""
        link = Link(
            link_id=self._new_link_id(),
            oa_id=oa.oa_id,
            source=source,
            expires_ms=self._clock.now_ms() + oa.media_life_seconds * 1000,
        )
        self._store.upsert("cdn_link", link, "link_id")
        return f"{self._base}/cdn/media/{link.link_id}/{quote(name)}"

    def follow(self, link_id: str) -> Content | None:
        """What a link gives now."""
        link = self._store.one(Link, "SELECT * FROM cdn_link WHERE link_id = ?", (link_id,))
        if link is None:
            return None
        kind, _, name = link.source.partition(":")
        if link.expires_ms is not None and link.expires_ms <= self._clock.now_ms():
            return Content(link.oa_id, None, "text/plain", expired=True)
        if kind == "asset":
            asset = self.asset(link.oa_id, name)
            return None if asset is None else self._of_asset(asset)
        if kind == "drawn":
            drawn = photo(name.removesuffix("-thumb"), thumbnail=name.endswith("-thumb"))
            return Content(link.oa_id, drawn, "image/png")
        return Content(link.oa_id, (SAMPLES / name).read_bytes(), content_type_of(name))

    def _of_asset(self, asset: Asset) -> Content:
        if asset.expires_ms is not None and asset.expires_ms <= self._clock.now_ms():
            return Content(asset.oa_id, None, "text/plain", expired=True)
        return Content(asset.oa_id, asset.content, asset.content_type)


def _thumbnail(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    return f"{stem}-thumb.png" if extension == "png" else f"{stem}-thumb.jpg"


def _unknown(variant: str) -> str:
    raise KeyError(variant)
