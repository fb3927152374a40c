"""Pure: from what a person wants to say to the messages that a channel can carry, and from a stored message back to
what is to be sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec

from sokhach.channels.connector import TRACKING
from sokhach.channels.outgoing import (
    Asset,
    Button,
    Content,
    Mentioned,
    OutgoingInfoRequest,
    OutgoingMedia,
    OutgoingSticker,
    OutgoingTemplate,
    OutgoingText,
    Via,
)
from sokhach.conversations.media.service import Upload
from sokhach.core.text import nfc
from sokhach.dispatch.words import split

MOST_FILES = 20
MOST_PARTS = 50
"""More than a request of the API can hold."""


class InfoRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card that asks the customer for name, phone and address."""

    title: str
    subtitle: str


class TemplateChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An approved template with its fields filled in; `via` the channel's own id of the customer, or their phone."""

    template_id: str
    data: dict[str, str]
    via: Via


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody in a group whom the text calls by name, at `pos` for `len` UTF-16 units; None: everybody."""

    identity_id: int | None
    pos: int
    len: int


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants to send: words, files, both; or exactly one of a sticker, a request, a template."""

    text: str | None = None
    mentions: tuple[Named, ...] = ()
    media_ids: tuple[int, ...] = ()
    sticker_id: str | None = None
    quote_message_id: int | None = None
    buttons: tuple[Button, ...] = ()
    request_info: InfoRequest | None = None
    template: TemplateChoice | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One message. `content` is what `message.content` holds."""

    kind: str
    body: str | None = None
    content: dict[str, Any] | None = None
    quoted_external_id: str | None = None
    media_id: int | None = None
    tracking: bool = False


def client_id_of(client_id: UUID, part: int) -> UUID:
    """The nth part's own: the first has the request's."""
    return client_id if part == 0 else uuid5(client_id, str(part))


def words_and_files(
    text: str | None,
    files: Sequence[Upload],
    buttons: Sequence[Button],
    quoted_external_id: str | None,
    limit: int | None,
    length: Callable[[str], int],
    mentions: Sequence[Mentioned] = (),
) -> list[Part]:
    """Words go before files, unless they fit under the first picture. A quote goes with the first words, buttons with
    the last. `mentions` are places in the only text, as `placed` has them."""
    words = nfc(text) if text is not None else ""
    texts = split(words, limit, length) if limit is not None else [words.strip()] if words.strip() else []
    if (
        len(texts) == 1
        and files
        and files[0].type in {"image", "gif"}
        and not (buttons or mentions or quoted_external_id is not None)
    ):
        return [_file(files[0], texts[0]), *(_file(one) for one in files[1:])]
    last = len(texts) - 1
    parts = [
        Part(
            kind="text",
            body=one,
            content=_beside(buttons if nth == last else (), mentions if nth == 0 else ()),
            quoted_external_id=quoted_external_id if nth == 0 else None,
        )
        for nth, one in enumerate(texts)
    ]
    return [*parts, *(_file(one) for one in files)]


def placed(text: str, mentions: Sequence[tuple[str, int, int]]) -> list[Mentioned]:
    """Where mentions (uid, place and length in UTF-16 units of `text`) stand once the text is composed (form C) and
    without white space around it. Those that name nothing of it are left out."""
    lead = len(nfc(text)) - len(nfc(text).lstrip())
    whole = text.encode("utf-16-le", "surrogatepass")
    found: list[Mentioned] = []
    for uid, pos, length in sorted(mentions, key=lambda one: one[1]):
        before = nfc(whole[: 2 * pos].decode("utf-16-le", "replace"))
        name = nfc(whole[2 * pos : 2 * (pos + length)].decode("utf-16-le", "replace"))
        at = utf16_length(before) - lead
        if name.strip() and at >= 0 and (not found or found[-1].pos + found[-1].len <= at):
            found.append(Mentioned(uid, at, utf16_length(name)))
    return found


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _beside(buttons: Sequence[Button], mentions: Sequence[Mentioned]) -> dict[str, Any] | None:
    content: dict[str, Any] = {}
    if buttons:
        content["buttons"] = msgspec.to_builtins(buttons)
    if mentions:
        content["mentions"] = msgspec.to_builtins(mentions)
    return content or None


def sticker(sticker_id: str) -> Part:
    return Part(kind="sticker", content={"attachments": [{"type": "sticker", "external_id": sticker_id}]})


def info_request(request: InfoRequest) -> Part:
    title, subtitle = nfc(request.title).strip(), nfc(request.subtitle).strip()
    return Part(
        kind="template",
        body=f"{title}\n{subtitle}",
        content={"request_info": {"title": title, "subtitle": subtitle}},
    )


def template(choice: TemplateChoice, name: str, order: Sequence[str], phone_id: int | None) -> Part:
    """`order` is that of the template's own fields. The number itself is not for everybody who reads the thread."""
    fields = [{"name": one, "value": nfc(choice.data[one])} for one in order if one in choice.data]
    content: dict[str, Any] = {"template_id": choice.template_id, "name": name, "via": choice.via, "fields": fields}
    if phone_id is not None:
        content["phone_id"] = phone_id
    body = "\n".join([name, *(f"{one['name']}: {one['value']}" for one in fields)])
    return Part(kind="template", body=body, content={"template": content}, tracking=True)


def content_of(
    message_id: int,
    kind: str,
    body: str | None,
    content: Mapping[str, Any],
    asset: Asset | None,
    phone: str | None = None,
) -> Content | None:
    """What is to be sent for a stored message; `phone`: the number to which its template goes. None when it is none
    that we know how to send."""
    if asset is not None and kind in {"image", "gif", "file", "video"}:
        return OutgoingMedia(asset=asset, caption=body or "" if kind in {"image", "gif"} else "")
    match kind:
        case "text":
            buttons = msgspec.convert(content.get("buttons", []), tuple[Button, ...])
            mentions = msgspec.convert(content.get("mentions", []), tuple[Mentioned, ...])
            return OutgoingText(text=body or "", buttons=buttons, mentions=mentions)
        case "sticker":
            return OutgoingSticker(sticker_id=content["attachments"][0]["external_id"])
        case "template" if "request_info" in content:
            return msgspec.convert(content["request_info"], OutgoingInfoRequest)
        case "template" if "template" in content:
            chosen = content["template"]
            return OutgoingTemplate(
                template_id=chosen["template_id"],
                via=chosen["via"],
                data={one["name"]: one["value"] for one in chosen["fields"]},
                phone=phone or chosen.get("phone"),
                tracking_id=tracking_id(message_id),
            )
        case _:
            return None


def tracking_id(message_id: int) -> str:
    """Our name for a message by template: comes back in the channel's receipts."""
    return f"sokhach-{message_id}"


def tracking_alias(message_id: int) -> str:
    """Under which a receipt that names no id of the channel's finds the message."""
    return f"{TRACKING}{tracking_id(message_id)}"


def _file(file: Upload, caption: str | None = None) -> Part:
    said = {
        "type": file.type,
        "name": file.name,
        "content_type": file.content_type,
        "size_bytes": file.size_bytes,
        "width": file.width,
        "height": file.height,
    }
    attachment = {name: value for name, value in said.items() if value is not None}
    return Part(kind=file.type, body=caption, content={"attachments": [attachment]}, media_id=file.id)
