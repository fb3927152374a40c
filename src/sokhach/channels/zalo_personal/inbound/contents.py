"""What a message carries, by Zalo's `msgType`: a text, or an object whose `params` are JSON in a text."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sokhach.channels.connector import Attachment, MessageKind
from sokhach.channels.zalo_personal.inbound.wire import (
    Json,
    called,
    count_of,
    id_of,
    mapping,
    number_of,
    party,
    web_address,
    words,
)
from sokhach.core.text import nfc

LONGEST_TYPE = 40


class Content(NamedTuple):
    """`event`: of an event its name, of what is not supported Zalo's word for it."""

    kind: MessageKind
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    event: str | None = None
    details: Mapping[str, Any] = {}


def content_of(msg_type: str, content: Any) -> Content:
    """What cannot be shown as what it is, is shown as not supported, with its words."""
    if isinstance(content, str) and (msg_type in _WORDS or not mapping(content)):
        return _plain(msg_type, content)
    fields = mapping(content)
    reader = READERS.get(msg_type)
    found = reader(fields, mapping(fields.get("params"))) if reader else None
    return found or _unsupported(msg_type, fields)


def _plain(msg_type: str, content: str) -> Content:
    if msg_type in _WORDS:
        return Content("text", nfc(content)) if content.strip() else _unsupported(msg_type, {})
    if msg_type in _LINKS and (url := web_address(content.strip())):
        return Content("link", nfc(content), (Attachment(type="link", url=url),))
    return Content("unsupported", words(content), event=msg_type[:LONGEST_TYPE])


def _unsupported(msg_type: str, fields: Json) -> Content:
    said = words(fields.get("title")) or words(fields.get("description")) or words(fields.get("msg"))
    return Content("unsupported", said, event=(msg_type or "?")[:LONGEST_TYPE])


def _styled(fields: Json, _: Json) -> Content | None:
    """Words with colours or lists: the words."""
    said = words(fields.get("title"))
    return Content("text", said) if said else None


def _picture(fields: Json, params: Json) -> Content | None:
    url = web_address(params.get("hd")) or web_address(fields.get("href")) or web_address(params.get("rawUrl"))
    picture = Attachment(
        type="image",
        url=url,
        thumbnail_url=web_address(fields.get("thumb")),
        width=count_of(params.get("width")),
        height=count_of(params.get("height")),
        size_bytes=count_of(params.get("hdSize")) or count_of(params.get("fileSize")),
    )
    if url is None and picture.thumbnail_url is None:
        return None
    return Content("image", words(fields.get("title")) or words(fields.get("description")), (picture,))


def _gif(fields: Json, params: Json) -> Content | None:
    found = _picture(fields, params)
    if found is None:
        return None
    [one] = found.attachments
    gif = Attachment(type="gif", url=one.url, thumbnail_url=one.thumbnail_url, width=one.width, height=one.height)
    return Content("gif", found.text, (gif,))


def _voice(fields: Json, params: Json) -> Content | None:
    """`m4a` is what every browser plays."""
    url = web_address(params.get("m4a")) or web_address(fields.get("href")) or web_address(fields.get("voiceUrl"))
    if url is None:
        return None
    return Content("audio", None, (Attachment(type="audio", url=url, size_bytes=count_of(params.get("fileSize"))),))


def _video(fields: Json, params: Json) -> Content | None:
    url = web_address(fields.get("href"))
    if url is None:
        return None
    video = Attachment(
        type="video",
        url=url,
        thumbnail_url=web_address(fields.get("thumb")),
        width=count_of(params.get("video_width")) or count_of(params.get("width")),
        height=count_of(params.get("video_height")) or count_of(params.get("height")),
        size_bytes=count_of(params.get("fileSize")),
    )
    return Content("video", words(fields.get("title")) or words(fields.get("description")), (video,))


def _file(fields: Json, params: Json) -> Content | None:
    name = called(fields.get("title"))
    url = web_address(fields.get("href"))
    if url is None and name is None:
        return None
    file = Attachment(
        type="file",
        url=url,
        thumbnail_url=web_address(fields.get("thumb")),
        name=name,
        size_bytes=count_of(params.get("fileSize")),
        checksum=called(params.get("checksum")),
    )
    return Content("file", words(fields.get("description")), (file,))


def _sticker(fields: Json, params: Json) -> Content | None:
    number = id_of(fields.get("id")) or id_of(params.get("id"))
    url = web_address(fields.get("href")) or web_address(params.get("stickerUrl")) or web_address(params.get("url"))
    if number is None and url is None:
        return None
    sticker = Attachment(
        type="sticker",
        url=url,
        thumbnail_url=web_address(fields.get("thumb")),
        external_id=number,
        width=count_of(params.get("width")),
        height=count_of(params.get("height")),
    )
    return Content("sticker", None, (sticker,))


def _location(fields: Json, params: Json) -> Content | None:
    for place in (params, fields, mapping(fields.get("description")), mapping(fields.get("desc"))):
        latitude = number_of(_first(place, "latitude", "lat", "lati"))
        longitude = number_of(_first(place, "longitude", "lon", "lng", "longi"))
        if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            continue
        spot = Attachment(
            type="location",
            latitude=latitude,
            longitude=longitude,
            title=called(fields.get("title")),
            description=_prose(fields.get("description")) or _prose(params.get("address")),
        )
        return Content("location", None, (spot,))
    return None


def _link(fields: Json, params: Json) -> Content | None:
    """`title` is what was typed; people, calls and pages come under the same type."""
    action = str(fields.get("action") or "")
    if "call" in action:
        return _call(action, params)
    if action.endswith("user") or "card" in action:
        return _card(fields, params)
    url = web_address(fields.get("href")) or web_address(params.get("href"))
    if url is None:
        return None
    link = Attachment(
        type="link",
        url=url,
        thumbnail_url=web_address(fields.get("thumb")),
        title=called(params.get("mediaTitle")) or called(fields.get("title")),
        description=_prose(fields.get("description")),
    )
    return Content("link", words(fields.get("title")), (link,))


def _card(fields: Json, params: Json) -> Content | None:
    more = {**mapping(fields.get("description")), **params}
    name = called(fields.get("title")) or called(more.get("name"))
    phone = called(more.get("phone")) or called(party(more.get("phone")))
    uid = id_of(more.get("uid")) or id_of(more.get("gUid")) or id_of(more.get("contactUid"))
    if name is None and phone is None and uid is None:
        return None
    card = Attachment(
        type="contact_card",
        name=name,
        title=name,
        phone=phone,
        external_id=uid,
        thumbnail_url=web_address(fields.get("thumb")),
        url=web_address(fields.get("href")),
    )
    return Content("contact_card", None, (card,))


def _call(action: str, params: Json) -> Content:
    """A call by Zalo; what was said in it nobody can know."""
    seconds = number_of(params.get("duration")) or 0
    answered = "miss" not in action and seconds > 0
    details = {
        "call": "VIDEO" if number_of(params.get("calltype")) == 1 else "AUDIO",
        "status": "answered" if answered else "missed",
        "duration_seconds": str(round(max(seconds, 0))),
    }
    return Content("event", event="zalo_call", details=details)


def _poll(fields: Json, params: Json) -> Content | None:
    said = words(params.get("question")) or words(fields.get("question")) or words(fields.get("title"))
    return Content("unsupported", said, event="group.poll") if said else None


def _todo(fields: Json, params: Json) -> Content | None:
    said = words(fields.get("title")) or words(params.get("content")) or words(fields.get("content"))
    return Content("unsupported", said, event="chat.todo") if said else None


_WORDS = frozenset({"webchat", "chat.text"})
_LINKS = frozenset({"chat.recommended", "chat.link"})
READERS: Mapping[str, Callable[[Json, Json], Content | None]] = {
    "webchat": _styled,
    "chat.text": _styled,
    "chat.voice": _voice,
    "chat.photo": _picture,
    "chat.doodle": _picture,
    "chat.sticker": _sticker,
    "chat.recommended": _link,
    "chat.link": _link,
    "chat.location.new": _location,
    "chat.video.msg": _video,
    "share.file": _file,
    "chat.gif": _gif,
    "chat.contact": _card,
    "chat.todo": _todo,
    "group.poll": _poll,
}


def _first(fields: Json, *names: str) -> Any:
    return next((fields[name] for name in names if name in fields), None)


def _prose(value: Any) -> str | None:
    """Not JSON, which some types have in the same place."""
    found = words(value)
    return None if found is None or found.startswith(("{", "[")) else found
