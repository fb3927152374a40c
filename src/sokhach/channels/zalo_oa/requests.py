"""Request bodies of sends: one grammar for the OA API, one for templates by phone."""

from typing import Any, NamedTuple

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.limits import DEFAULT_LIMITS, Limits
from sokhach.channels.outgoing import (
    Button,
    Outgoing,
    OutgoingInfoRequest,
    OutgoingMedia,
    OutgoingReaction,
    OutgoingSticker,
    OutgoingTemplate,
    OutgoingText,
)
from sokhach.channels.zalo_oa.errors import Where
from sokhach.channels.zalo_oa.limits import TEXT_CHARACTERS, text_length
from sokhach.core.text import nfc

SEND_PATH = "/v3.0/oa/message/cs"
REACTION_PATH = "/v2.0/oa/message"
TEMPLATE_PATH = "/v3.0/oa/message/template"
ZNS_PATH = "/message/template"
NO_REACTION = "/-remove"

Json = dict[str, Any]


class Request(NamedTuple):
    """Where a body goes. `where` zns: to the host of templates by phone."""

    where: Where
    path: str
    body: Json


def request_of(outgoing: Outgoing, *, limits: Limits = DEFAULT_LIMITS, picture: str | None = None) -> Request:
    """`picture`: the address of the OA's own picture, for a request for details.

    Raises `SendRefusedError` for what the OA API cannot carry.
    """
    if outgoing.thread_kind != "direct":
        raise SendRefusedError("unsupported", "groups have an API of their own")
    content, to = outgoing.content, outgoing.thread_key
    match content:
        case OutgoingText():
            return _message(to, _text(content, outgoing.quoted_external_id, limits))
        case OutgoingMedia():
            return _message(to, _media(content))
        case OutgoingSticker():
            return _message(to, _elements("media", {"media_type": "sticker", "attachment_id": content.sticker_id}))
        case OutgoingInfoRequest():
            if picture is None:
                raise SendRefusedError("no-picture", "the OA has no picture to show")
            card = {"title": content.title, "subtitle": content.subtitle, "image_url": picture}
            return _message(to, _elements("request_user_info", card))
        case OutgoingReaction():
            action = {"react_icon": content.icon or NO_REACTION, "react_message_id": content.external_id}
            return Request("oa", REACTION_PATH, {"recipient": {"user_id": to}, "sender_action": action})
        case OutgoingTemplate():
            return _template(to, content)


def _message(to: str, message: Json) -> Request:
    return Request("oa", SEND_PATH, {"recipient": {"user_id": to}, "message": message})


def _text(content: OutgoingText, quoted: str | None, limits: Limits) -> Json:
    text = nfc(content.text)
    if text_length(text) > limits[TEXT_CHARACTERS]:
        raise SendRefusedError("text-too-long", f"more than {limits[TEXT_CHARACTERS]} characters")
    message: Json = {"text": text}
    if content.buttons:
        buttons = [_button(one) for one in content.buttons]
        message["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
    elif quoted is not None:
        # Zalo takes a quote with bare words only.
        message["quote_message_id"] = quoted
    return message


def _button(button: Button) -> Json:
    payload: Any = button.payload
    if button.type == "oa.open.url":
        payload = {"url": button.payload}
    elif button.type == "oa.open.phone":
        payload = {"phone_code": button.payload}
    elif button.type == "oa.open.sms":
        payload = {"phone_code": button.payload, "content": button.content or ""}
    return {"title": nfc(button.title), "type": button.type, "payload": payload}


def _media(content: OutgoingMedia) -> Json:
    asset = content.asset
    if asset.external_id is None:
        raise SendRefusedError("asset-expired", "not uploaded")
    if asset.kind == "file":
        return {"attachment": {"type": "file", "payload": {"token": asset.external_id}}}
    element: Json = {"media_type": asset.kind, "attachment_id": asset.external_id}
    if asset.kind == "gif":
        element |= {"width": asset.width or 1, "height": asset.height or 1}
    message = _elements("media", element)
    return {"text": nfc(content.caption)} | message if content.caption else message


def _elements(template_type: str, element: Json) -> Json:
    return {"attachment": {"type": "template", "payload": {"template_type": template_type, "elements": [element]}}}


def _template(to: str, content: OutgoingTemplate) -> Request:
    common: Json = {"template_id": content.template_id, "template_data": dict(content.data)}
    if content.via == "uid":
        return Request("template", TEMPLATE_PATH, {"user_id": to} | common)
    if not content.phone:
        raise SendRefusedError("phone-invalid", "no number")
    # Zalo writes numbers without the plus of E.164.
    phone = content.phone.removeprefix("+")
    return Request("zns", ZNS_PATH, {"phone": phone} | common | {"tracking_id": content.tracking_id})
