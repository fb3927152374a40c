"""The grammar of `message` in a send: text, quote, media, file, request for details, list, buttons (reference §1.3).

Checks the form and the assets, and gives the `Draft` that goes out. Refuses what Zalo refuses, with its code.
"""

import unicodedata
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from sokhach.sandbox.accounts import OfficialAccount, new_message_id
from sokhach.sandbox.buttons import check_action, check_buttons, limited, web_address
from sokhach.sandbox.drawing import STICKER_IDS
from sokhach.sandbox.media import Asset, Media, checksum
from sokhach.sandbox.records import Attachment, Draft
from sokhach.sandbox.refusals import Refusal, invalid

MAX_TEXT = 2000
MAX_TITLE = 100
MAX_SUBTITLE = 500
MAX_ELEMENTS = 5

UNSUPPORTED = Refusal(-233, "Message type is not supported")

Json = dict[str, Any]


class OutgoingAttachment(msgspec.Struct):
    type: str
    payload: Json


class OutgoingMessage(msgspec.Struct):
    text: str | UnsetType = UNSET
    quote_message_id: str | UnsetType = UNSET
    attachment: OutgoingAttachment | UnsetType = UNSET


class Composer:
    """`now_ms` decides whether an upload still lives."""

    def __init__(self, media: Media, oa: OfficialAccount, now_ms: int) -> None:
        self._media = media
        self._oa = oa
        self._now_ms = now_ms

    def draft(self, message: OutgoingMessage) -> Draft:
        """Without the quote, which only the recipient's thread can tell."""
        if message.attachment is UNSET:
            return Draft(text=self._words(message, "text", required=True))
        if message.quote_message_id is not UNSET:
            raise invalid("quote_message_id")
        if message.attachment.type == "file":
            return self._file(message, message.attachment.payload)
        if message.attachment.type != "template":
            raise UNSUPPORTED
        return self._template(message, message.attachment.payload)

    def _words(self, message: OutgoingMessage, field: str, *, required: bool) -> str | None:
        text = None if message.text is UNSET else message.text
        if text is None or not text.strip():
            if required or text is not None:
                raise invalid(field)
            return None
        limited(text, MAX_TEXT, field)
        folded = unicodedata.normalize("NFC", text).casefold()
        if any(unicodedata.normalize("NFC", word).casefold() in folded for word in self._oa.banned_words):
            raise Refusal(-248, "Message content violates the platform standards")
        return text

    def _file(self, message: OutgoingMessage, payload: Json) -> Draft:
        """A file goes alone; words are a message of their own."""
        if message.text is not UNSET:
            raise invalid("text")
        token = payload.get("token")
        if not isinstance(token, str):
            raise invalid("token")
        asset = self._upload(token, "file", "token")
        return Draft(type="file", attachments=[Attachment("file", self._file_payload(asset))])

    def _file_payload(self, asset: Asset) -> Json:
        return {
            "url": self._media.link(self._oa, f"asset:{asset.asset_id}", asset.name),
            "size": str(len(asset.content)),
            "name": asset.name,
            "checksum": asset.checksum,
            "type": asset.name.rpartition(".")[2].lower(),
        }

    def _template(self, message: OutgoingMessage, payload: Json) -> Draft:
        buttons = check_buttons(payload.get("buttons", UNSET))
        extra: Json = {"buttons": buttons} if buttons else {}
        match payload.get("template_type", UNSET):
            case "media":
                draft = self._media_element(message, self._elements(payload, 1))
            case "request_user_info":
                draft = self._request(message, self._elements(payload, 1))
            case "list":
                draft = self._list(message, self._elements(payload, MAX_ELEMENTS))
            case msgspec.UNSET if buttons:
                draft = self._form(self._words(message, "text", required=True), "")
            case msgspec.UNSET:
                raise invalid("template_type")
            case _:
                raise UNSUPPORTED
        draft.extra = draft.extra | extra
        return draft

    def _elements(self, payload: Json, most: int) -> list[Json]:
        try:
            elements = msgspec.convert(payload.get("elements"), list[Json])
        except msgspec.ValidationError as error:
            raise invalid("elements") from error
        if not elements:
            raise invalid("elements")
        if len(elements) > most:
            raise Refusal(-210, f"elements is over the limit of {most}")
        return elements

    # Pictures

    def _media_element(self, message: OutgoingMessage, elements: list[Json]) -> Draft:
        (element,) = elements
        kind = element.get("media_type")
        text = self._words(message, "text", required=False)
        if kind == "sticker":
            return Draft(type="sticker", text=text, attachments=[self._sticker(element)])
        if kind not in ("image", "gif"):
            raise UNSUPPORTED
        if kind == "gif":
            for side in ("width", "height"):
                _positive(element.get(side), side)
        return Draft(type=kind, text=text, attachments=[Attachment(kind, self._picture(element, kind))])

    def _picture(self, element: Json, kind: str) -> Json:
        """By address or by upload, never both."""
        if ("url" in element) == ("attachment_id" in element):
            raise invalid("attachment_id" if "url" in element else "url")
        if "url" in element:
            url = web_address(element["url"], "url")
            return {"thumbnail": url, "url": url}
        asset = self._upload(element["attachment_id"], kind, "attachment_id")
        url = self._media.link(self._oa, f"asset:{asset.asset_id}", asset.name)
        return {"thumbnail": url, "url": url}

    def _sticker(self, element: Json) -> Attachment:
        sticker_id = element.get("attachment_id")
        if "url" in element or not isinstance(sticker_id, str) or sticker_id not in STICKER_IDS:
            raise invalid("attachment_id")
        return Attachment("sticker", {"id": sticker_id, "url": self._media.sticker_url(sticker_id)})

    def _upload(self, asset_id: Any, kind: str, field: str) -> Asset:
        asset = self._media.asset(self._oa.oa_id, asset_id) if isinstance(asset_id, str) else None
        if asset is None or asset.kind != kind:
            raise invalid(field)
        if asset.expires_ms is not None and asset.expires_ms <= self._now_ms:
            raise Refusal(-100, f"{field} has expired")
        return asset

    # Forms

    def _request(self, message: OutgoingMessage, elements: list[Json]) -> Draft:
        if message.text is not UNSET:
            raise invalid("text")
        (element,) = elements
        title = limited(element.get("title"), MAX_TITLE, "title")
        subtitle = limited(element.get("subtitle"), MAX_SUBTITLE, "subtitle")
        image = web_address(element.get("image_url"), "image_url")
        draft = self._form(title, image)
        draft.extra = {"request_user_info": {"title": title, "subtitle": subtitle, "image_url": image}}
        return draft

    def _form(self, text: str | None, link_url: str) -> Draft:
        """What the echo calls a template: only a reference to what the phone draws."""
        payload = {
            "zinstant_id": new_message_id(),
            "text": text or "",
            "link_url": link_url,
            "checksum": checksum((text or "").encode()),
        }
        return Draft(type="template", text=text, attachments=[Attachment("template", payload)])

    def _list(self, message: OutgoingMessage, elements: list[Json]) -> Draft:
        text = self._words(message, "text", required=False)
        return Draft(type="list", text=text, attachments=[_row(element) for element in elements])


def _row(element: Json) -> Attachment:
    payload: Json = {
        "title": limited(element.get("title"), MAX_TITLE, "title"),
        "description": limited(element["subtitle"], MAX_SUBTITLE, "subtitle") if "subtitle" in element else "",
        "thumbnail": web_address(element.get("image_url"), "image_url"),
        "url": check_action(element["default_action"], "default_action") if "default_action" in element else "",
    }
    return Attachment("link", payload)


def _positive(value: Any, field: str) -> None:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
        raise invalid(field)
