"""Zalo OA payloads (webhooks, profile replies) into normalised items. Facts: Zalo's webhook documentation, §2 of which
events carry what; ids and timestamps are decimal strings beyond 2^53."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from sokhach.channels.connector import (
    Account,
    Attachment,
    Inbound,
    InboundFollow,
    InboundKept,
    InboundMessage,
    InboundProfile,
    InboundReceipt,
    Source,
    UnparsableError,
)
from sokhach.core import clock
from sokhach.core.text import nfc

# Zalo opened in August 2012: nothing of it is older. A clock may run ahead of ours by a day at most.
OLDEST = datetime(2012, 8, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)

Id = str | int


class Party(msgspec.Struct):
    id: Id
    admin_id: Id | None = None


class Payload(msgspec.Struct):
    id: Id | None = None
    url: str | None = None
    thumbnail: str | None = None


class WireAttachment(msgspec.Struct):
    type: str
    payload: Payload | None = None


class WireMessage(msgspec.Struct):
    msg_id: Id | None = None
    msg_ids: list[Id] = []
    text: str | None = None
    quote_msg_id: Id | None = None
    attachments: list[WireAttachment] = []


class Event(msgspec.Struct):
    event_name: str
    timestamp: Id
    sender: Party | None = None
    recipient: Party | None = None
    follower: Party | None = None
    message: WireMessage | None = None


class Profile(msgspec.Struct):
    user_id: Id
    display_name: str
    avatar: str | None = None
    user_is_follower: bool | UnsetType = UNSET


class ProfileReply(msgspec.Struct):
    data: Profile


_event = msgspec.json.Decoder(Event)
_profile = msgspec.json.Decoder(ProfileReply)
# An escaped NUL, not an escaped backslash before the letters u0000.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SAID = re.compile(r"^(user|oa)_send_(group_)?(\w+)$")
_NOT_SAID = frozenset({"oa_send_consent"})


def parse(account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
    """Raises `UnparsableError`. An event that we know nothing of is kept, not refused."""
    if source == "profile":
        return [_to_profile(_decode(_profile, payload), received_at)]
    event = _decode(_event, payload)
    name = event.event_name
    if (said := _SAID.match(name)) and name not in _NOT_SAID and not said[3].startswith("anonymous"):
        return [_to_message(account, event, payload, kind=said[3], group=bool(said[2]), received_at=received_at)]
    if name in {"user_received_message", "user_seen_message"}:
        return [_to_receipt(event, received_at)]
    if name in {"follow", "unfollow"}:
        return _to_follow(event, name, received_at)
    return [InboundKept(name=name)]


def _decode(decoder: msgspec.json.Decoder[Any], payload: bytes) -> Any:
    try:
        payload.decode("utf-8")
        value = decoder.decode(payload)
    except UnicodeDecodeError as error:
        raise UnparsableError("invalid-utf8", str(error)) from error
    except msgspec.ValidationError as error:
        reason = "missing-field" if "missing required field" in str(error) else "wrong-type"
        raise UnparsableError(reason, str(error)) from error
    except msgspec.DecodeError as error:
        raise UnparsableError("invalid-json", str(error)) from error
    except RecursionError as error:
        raise UnparsableError("unknown-shape", "nested too deeply") from error
    if b"u0000" in payload and _NUL.search(payload):
        raise UnparsableError("nul-character", "the text holds a NUL character")
    return value


def _to_message(
    account: Account, event: Event, payload: bytes, *, kind: str, group: bool, received_at: datetime
) -> InboundMessage:
    sender, recipient, message = event.sender, event.recipient, event.message
    if sender is None or recipient is None or message is None or not _is_id(message.msg_id):
        raise UnparsableError("missing-field", "sender, recipient, message and message.msg_id are needed")
    if not _is_id(sender.id) or not _is_id(recipient.id):
        raise UnparsableError("missing-field", "sender.id and recipient.id are needed")
    inbound = event.event_name.startswith("user_")
    customer = str(sender.id if inbound else recipient.id)
    if not group and account.external_id not in {str(sender.id), str(recipient.id)}:
        raise UnparsableError("unknown-shape", "the OA is neither sender nor recipient")
    if customer == account.external_id:
        raise UnparsableError("unknown-shape", "the OA is its own customer")
    attachments = tuple(_attachments(kind, message))
    known: Literal["text", "image", "sticker", "unsupported"] = "unsupported"
    if kind == "text" and message.text is not None:
        known = "text"
    elif kind in {"image", "sticker"} and attachments:
        known = "image" if kind == "image" else "sticker"
    return InboundMessage(
        external_id=str(message.msg_id),
        thread_key=str(recipient.id) if group else customer,
        thread_kind="group" if group else "direct",
        person=customer if inbound or not group else None,
        direction="in" if inbound else "out",
        author=str(sender.admin_id) if sender.admin_id is not None else None,
        kind=known,
        text=nfc(message.text) if message.text is not None else None,
        attachments=attachments,
        event=event.event_name if known == "unsupported" else None,
        quoted_external_id=str(message.quote_msg_id) if message.quote_msg_id is not None else None,
        sent_at=_time(event.timestamp, received_at),
    )


def _attachments(kind: str, message: WireMessage) -> Sequence[Attachment]:
    if kind not in {"image", "sticker"}:
        return []
    return [
        Attachment(
            type="image" if kind == "image" else "sticker",
            url=attachment.payload.url,
            thumbnail_url=attachment.payload.thumbnail or None,
            external_id=str(attachment.payload.id) if attachment.payload.id is not None else None,
        )
        for attachment in message.attachments
        if attachment.payload and attachment.payload.url and attachment.payload.url.startswith(("https://", "http://"))
    ]


def _to_receipt(event: Event, received_at: datetime) -> InboundReceipt:
    if event.message is None:
        raise UnparsableError("missing-field", "message")
    ids = [event.message.msg_id] if event.message.msg_id is not None else event.message.msg_ids
    return InboundReceipt(
        external_ids=tuple(str(one) for one in ids),
        kind="seen" if event.event_name == "user_seen_message" else "delivered",
        at=_time(event.timestamp, received_at),
    )


def _to_follow(event: Event, name: str, received_at: datetime) -> Sequence[Inbound]:
    if event.follower is None or not _is_id(event.follower.id):
        raise UnparsableError("missing-field", "follower")
    person, at = str(event.follower.id), _time(event.timestamp, received_at)
    return [
        InboundFollow(person=person, following=name == "follow", at=at),
        InboundMessage(
            external_id=f"{name}:{event.timestamp}",
            thread_key=person,
            person=person,
            direction="in",
            kind="event",
            event=name,
            sent_at=at,
        ),
    ]


def _is_id(value: Id | None) -> bool:
    return value is not None and value != ""


def _to_profile(reply: ProfileReply, received_at: datetime) -> InboundProfile:
    profile = reply.data
    return InboundProfile(
        person=str(profile.user_id),
        display_name=nfc(profile.display_name).strip(),
        avatar_url=profile.avatar if profile.avatar and profile.avatar.startswith(("https://", "http://")) else None,
        following=None if profile.user_is_follower is UNSET else profile.user_is_follower,
        at=received_at,
    )


def _time(value: Id, received_at: datetime) -> datetime:
    try:
        at = clock.from_milliseconds(int(value))
    except (ValueError, OverflowError) as error:
        raise UnparsableError("time-out-of-range", f"timestamp {str(value)[:40]!r}") from error
    if not OLDEST <= at <= received_at + AHEAD:
        raise UnparsableError("time-out-of-range", f"timestamp {at.isoformat()}")
    return at
