"""What can be sent by a channel: a small family of contents, whatever the channel's own wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

ButtonType = Literal["oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.sms", "oa.open.phone"]
Via = Literal["uid", "phone"]
Ability = Literal[
    "text",
    "image",
    "gif",
    "file",
    "sticker",
    "quote",
    "reaction",
    "request_info",
    "buttons",
    "template_uid",
    "template_phone",
    "video",
    "mention",
    "recall",
    "typing",
]
"""What staff may do in a thread; `reply.can` of the API lists those that the channel takes there now."""


class Button(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A button under a text. `payload`: the address (`oa.open.url`), the text that the customer sends by it
    (`oa.query.…`), the phone number (`oa.open.phone`, `oa.open.sms`). `content`: the words of the SMS."""

    title: str
    type: ButtonType
    payload: str
    content: str | None = None


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that are to be at the platform before the message leaves. `digest` (SHA-256, hex) names them: the same
    bytes are uploaded once. `external_id` is the platform's id of them once they are there; `path` is where they lie
    during the call, for a channel that uploads as part of it."""

    kind: Literal["image", "gif", "file", "video"]
    media_id: int
    digest: str
    name: str
    content_type: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    external_id: str | None = None
    path: str | None = None


class Mentioned(msgspec.Struct, frozen=True):
    """Somebody in a group is called by name in a text, at `pos` for `len` UTF-16 units; uid "-1" is everybody."""

    uid: str
    pos: int
    len: int


class OutgoingText(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Words, in normal form C. Only they can quote."""

    text: str
    buttons: tuple[Button, ...] = ()
    mentions: tuple[Mentioned, ...] = ()


class OutgoingMedia(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="media"):
    """A picture (`image`, `gif`), with a caption if it has one, or a `file` or `video`, which has none."""

    asset: Asset
    caption: str = ""


class OutgoingSticker(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="sticker"):
    sticker_id: str


class OutgoingInfoRequest(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="request_info"):
    """A card by which the customer may give name, phone and address."""

    title: str
    subtitle: str


class OutgoingTemplate(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="template"):
    """A message by a template that the platform approved; not bound to the reply window. `phone` (E.164 without the
    plus) when it goes by phone number. `tracking_id` comes back in receipts."""

    template_id: str
    via: Via
    data: Mapping[str, str]
    phone: str | None = None
    tracking_id: str


class OutgoingReaction(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="reaction"):
    """`icon` on a message that the platform knows as `external_id`; None takes ours away."""

    external_id: str
    icon: str | None


Content = OutgoingText | OutgoingMedia | OutgoingSticker | OutgoingInfoRequest | OutgoingTemplate | OutgoingReaction


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """Something to send in a thread. `quoted_external_id` is the platform's id of what it answers to."""

    thread_key: str
    thread_kind: Literal["direct", "group"]
    content: Content
    quoted_external_id: str | None = None


class Quota(msgspec.Struct, frozen=True, kw_only=True):
    """What may still be sent, as the platform says. `kind` is its word. `of_thread`: it counts for this customer only,
    else for the whole account."""

    kind: str
    remain: int
    total: int
    until: datetime | None = None
    of_thread: bool = False


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """The platform took the message. `external_id` is None where it names none (reactions); `aliases`: by which it goes
    as well."""

    external_id: str | None
    aliases: Sequence[str] = ()
    sent_at: datetime
    quota: Quota | None = None


class Uploaded(msgspec.Struct, frozen=True, kw_only=True):
    """The platform keeps these bytes under `external_id` until `expires_at`."""

    external_id: str
    expires_at: datetime


class TemplateParam(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    required: bool
    type: str
    max_length: int | None = None
    min_length: int | None = None


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template as the platform describes it. Prices in đồng for one message; None: not told. `via` is how it can be
    sent at all."""

    template_id: str
    name: str
    status: str
    quality: str | None = None
    tag: str | None = None
    via: tuple[Via, ...] = ("uid", "phone")
    params: tuple[TemplateParam, ...] = ()
    price_uid: int | None = None
    price_phone: int | None = None
    preview_url: str | None = None
    created_at: datetime | None = None
