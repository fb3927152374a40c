"""Messages: what customers say, and what our side says outside Sổ Khách or is echoed to us."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import msgspec

from sokhach.channels.connector import (
    TRACKING,
    Account,
    Attachment,
    AttachmentType,
    Inbound,
    InboundMessage,
    InboundProfile,
    InboundReaction,
    InboundReceipt,
    MessageKind,
    UnparsableError,
)
from sokhach.channels.zalo_oa.inbound.wire import (
    Id,
    Payload,
    Said,
    WireMessage,
    id_of,
    needed,
    number_of,
    original_time,
    time_of,
    web_address,
)
from sokhach.core.catalogue import say
from sokhach.core.text import nfc

# The end of an event's name: what the message is.
KINDS: dict[str, MessageKind] = {
    "text": "text",
    "image": "image",
    "gif": "gif",
    "sticker": "sticker",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "location": "location",
    "link": "link",
    "list": "link",
    "business_card": "contact_card",
    "template": "template",
}
ANONYMOUS = "anonymous:"
LARGEST = 2**53
REMOVED = "/-remove"
LONGEST_ICON = 40


class Card(msgspec.Struct):
    """What stands, as JSON in a text, in a business card."""

    phone: Id | None = None
    qrCodeUrl: str | None = None


_card = msgspec.json.Decoder(Card)


def message(account: Account, event: Said, name: str, kind: str, received_at: datetime, *, group: bool) -> Inbound:
    """`kind` is the end of the event's name."""
    inbound = name.startswith("user_")
    sender, recipient, said, external_id = _parts(event)
    customer = sender if inbound else recipient
    if not group and account.external_id not in {sender, recipient}:
        raise UnparsableError("unknown-shape", "the OA is neither sender nor recipient")
    if customer == account.external_id:
        raise UnparsableError("unknown-shape", "the OA is its own customer")
    known, attachments, template = content_of(kind, said)
    text = said.text if said.text is not None else template.pop("text", None)
    at = time_of(event.timestamp, received_at)
    return InboundMessage(
        external_id=external_id,
        thread_key=recipient if group else customer,
        thread_kind="group" if group else "direct",
        person=customer if inbound or not group else None,
        direction="in" if inbound else "out",
        author=_author(event),
        kind=known,
        text=nfc(text) if text is not None else None,
        attachments=attachments,
        event=name if known == "unsupported" else None,
        details=original_time(event.timestamp, at, received_at),
        template=template,
        quoted_external_id=id_of(said.quote_msg_id),
        sent_at=at,
    )


def anonymous(account: Account, event: Said, name: str, kind: str, received_at: datetime) -> Sequence[Inbound]:
    """A visitor of a website's chat box, of whom Zalo says nothing but the conversation."""
    inbound = name.startswith("anonymous_")
    sender, recipient, said, external_id = _parts(event)
    visitor = sender if inbound else recipient
    if visitor == account.external_id:
        raise UnparsableError("unknown-shape", "the OA is its own customer")
    mark = id_of(said.conversation_id) or visitor
    known, attachments, _ = content_of(kind, said)
    at = time_of(event.timestamp, received_at)
    profile = InboundProfile(
        person=ANONYMOUS + mark,
        display_name=say("vi", "contact.anonymous", mark=mark[-4:].upper()),
        avatar_url=None,
        following=None,
        at=at,
    )
    shown = InboundMessage(
        external_id=external_id,
        thread_key=profile.person,
        person=profile.person,
        direction="in" if inbound else "out",
        author=_author(event),
        kind=known,
        text=nfc(said.text) if said.text is not None else None,
        attachments=attachments,
        event=name if known == "unsupported" else None,
        details={"anonymous_id": visitor} | original_time(event.timestamp, at, received_at),
        quoted_external_id=id_of(said.quote_msg_id),
        sent_at=at,
    )
    return [profile, shown]


def receipt(event: Said, name: str, received_at: datetime) -> InboundReceipt:
    """Of a template sent to a phone number, `delivery_time` is when it got there, and `tracking_id` our own name of it,
    which we know even when Zalo's answer to the send was lost."""
    said = event.message
    if said is None:
        raise UnparsableError("missing-field", "message")
    ids = [said.msg_id] if said.msg_id is not None else said.msg_ids
    named = [str(one) for one in ids if id_of(one)]
    if (tracked := id_of(said.tracking_id)) is not None:
        named.append(f"{TRACKING}{tracked}")
    moment = said.delivery_time if id_of(said.delivery_time) else event.timestamp
    return InboundReceipt(
        external_ids=tuple(named),
        kind="seen" if name == "user_seen_message" else "delivered",
        at=time_of(moment or event.timestamp, received_at),
    )


def reaction(account: Account, event: Said, name: str, received_at: datetime) -> InboundReaction:
    sender, recipient, said, external_id = _parts(event)
    by_customer = name == "user_reacted_message"
    in_group = account.external_id not in {sender, recipient}
    icon = (said.react_icon or "").strip()
    if not icon or len(icon) > LONGEST_ICON:
        raise UnparsableError("missing-field", "message.react_icon is needed")
    return InboundReaction(
        external_id=external_id,
        thread_key=sender if by_customer and not in_group else recipient,
        person=sender if by_customer else None,
        author=_author(event),
        icon=None if icon == REMOVED else icon,
        at=time_of(event.timestamp, received_at),
    )


def content_of(kind: str, said: WireMessage) -> tuple[MessageKind, tuple[Attachment, ...], dict[str, str]]:
    """What a message turns out to be, its attachments, and what is known of a template. A picture without a picture is
    not taken for one."""
    known = KINDS.get(kind, "unsupported")
    if known == "text":
        return ("text" if said.text is not None else "unsupported"), (), {}
    payloads = [one.payload for one in said.attachments if one.payload]
    if known == "template":
        return "template", (), _template(payloads)
    if known in {"unsupported", "event"}:
        return "unsupported", (), {}
    attachments = tuple(found for payload in payloads if (found := _attachment(known, payload)))
    return (known if attachments else "unsupported"), attachments, {}


def _parts(event: Said) -> tuple[str, str, WireMessage, str]:
    """Sender, recipient, message and its id."""
    sender, recipient, said = event.sender, event.recipient, event.message
    if sender is None or recipient is None or said is None:
        raise UnparsableError("missing-field", "sender, recipient and message are needed")
    return (
        needed(sender.id, "sender.id"),
        needed(recipient.id, "recipient.id"),
        said,
        needed(said.msg_id, "message.msg_id"),
    )


def _author(event: Said) -> str | None:
    return id_of(event.sender.admin_id) if event.sender else None


def _template(payloads: Sequence[Payload]) -> dict[str, str]:
    if not payloads:
        return {}
    first = payloads[0]
    found = {
        "external_id": id_of(first.zinstant_id),
        "text": first.text or None,
        "link_url": web_address(first.link_url),
        "checksum": first.checksum or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _attachment(kind: MessageKind, payload: Payload) -> Attachment | None:
    """None when it lacks what makes it one of its kind."""
    url = web_address(payload.url)
    if kind == "location":
        return place(payload.coordinates.latitude, payload.coordinates.longitude) if payload.coordinates else None
    if kind == "contact_card":
        return _contact_card(payload, url)
    title, description = payload.title or None, payload.description or None
    has = url or (kind == "file" and payload.name) or (kind == "link" and (title or description))
    if not has:
        return None
    size = number_of(payload.size)
    return Attachment(
        type=_TYPES[kind],
        url=url,
        thumbnail_url=web_address(payload.thumbnail),
        external_id=id_of(payload.id),
        name=nfc(payload.name) if payload.name else None,
        size_bytes=int(size) if size is not None and 0 <= size < LARGEST else None,
        checksum=payload.checksum or None,
        title=nfc(title) if title else None,
        description=nfc(description) if description else None,
    )


_TYPES: dict[MessageKind, AttachmentType] = {
    "image": "image",
    "gif": "gif",
    "sticker": "sticker",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "link": "link",
}


def place(latitude: object, longitude: object) -> Attachment | None:
    """Degrees, as Zalo writes them: texts. None when they name no place on earth."""
    north, east = number_of(latitude), number_of(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    return Attachment(type="location", latitude=north, longitude=east)


def _contact_card(payload: Payload, url: str | None) -> Attachment | None:
    """The number stands as JSON in the description."""
    card = Card()
    with suppress(msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        card = _card.decode(payload.description or "{}")
    phone = (id_of(card.phone) or "").replace("\0", "").strip()[:40]
    title = payload.title or payload.name
    if not phone and not url and not title:
        return None
    return Attachment(
        type="contact_card",
        url=url or web_address((card.qrCodeUrl or "").replace("\0", "")),
        thumbnail_url=web_address(payload.thumbnail),
        title=nfc(title) if title else None,
        phone=phone or None,
    )
