"""What Zalo answers when we ask: profiles of people, and messages of its history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import msgspec

from sokhach.channels.connector import (
    Account,
    Attachment,
    Inbound,
    InboundDetails,
    InboundGroup,
    InboundMessage,
    InboundProfile,
    InboundTag,
    MessageKind,
    UnparsableError,
)
from sokhach.channels.zalo_oa.inbound.said import content_of, place
from sokhach.channels.zalo_oa.inbound.wire import (
    UNSET,
    Coordinates,
    Group,
    HistoryItem,
    Payload,
    Profile,
    WireAttachment,
    WireMessage,
    needed,
    original_time,
    time_of,
    web_address,
    words,
)
from sokhach.core.text import nfc

# What history calls the kinds of messages, in lower case.
KINDS = {
    "text": "text",
    "photo": "image",
    "image": "image",
    "gif": "gif",
    "sticker": "sticker",
    "voice": "audio",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "link": "link",
    "links": "link",
    "location": "location",
}
FROM_CUSTOMER = 1


def profile(said: Profile, received_at: datetime) -> Sequence[Inbound]:
    """Name and picture; and, where Zalo knows them, tags and how to reach the person."""
    person = needed(said.user_id, "data.user_id")
    seen = InboundProfile(
        person=person,
        display_name=nfc(said.display_name).strip(),
        avatar_url=web_address(said.avatar),
        following=None if said.user_is_follower is UNSET else said.user_is_follower,
        at=received_at,
    )
    return [seen, *_details(said, person, received_at), *_tags(said, person, received_at)]


def group(said: Group, received_at: datetime) -> Sequence[Inbound]:
    """Its name, if it has one."""
    name = nfc(said.group_name).strip()
    thread_key = needed(said.group_id, "data.group_id")
    return [InboundGroup(thread_key=thread_key, name=name, at=received_at)] if name else []


def _details(said: Profile, person: str, at: datetime) -> Sequence[Inbound]:
    shared = _mapping(said.shared_info)
    told = {
        "name": words(shared.get("name")),
        "phone": words(shared.get("phone")),
        "address": words(shared.get("address")),
        "ward": words(shared.get("ward")),
        "district": words(shared.get("district")),
        "city": words(shared.get("city")),
        "birthday": words(shared.get("user_dob")),
        "alias": words(said.user_alias),
        "external_ref": words(said.user_external_id),
    }
    if not any(told.values()):
        return []
    known = {name: nfc(value) if value else None for name, value in told.items()}
    return [InboundDetails(person=person, known_only=False, at=at, **known)]


def _tags(said: Profile, person: str, at: datetime) -> Sequence[Inbound]:
    names = _mapping(said.tags_and_notes_info).get("tag_names")
    found = [words(one) for one in cast("list[Any]", names)] if isinstance(names, list) else []
    return [
        InboundTag(name=" ".join(nfc(one).split()), people=(person,), change="added", at=at) for one in found if one
    ]


def history(account: Account, item: HistoryItem, received_at: datetime) -> InboundMessage:
    """A message as any other: its id is that of the webhook, so that what came by both ways is one."""
    inbound = item.src == FROM_CUSTOMER
    sender, recipient = needed(item.from_id, "from_id"), needed(item.to_id, "to_id")
    customer = sender if inbound else recipient
    if account.external_id not in {sender, recipient}:
        raise UnparsableError("unknown-shape", "the OA is neither sender nor recipient")
    if customer == account.external_id:
        raise UnparsableError("unknown-shape", "the OA is its own customer")
    kind, attachments = _content(item)
    at = time_of(item.time, received_at)
    return InboundMessage(
        external_id=needed(item.message_id, "message_id"),
        thread_key=customer,
        person=customer,
        direction="in" if inbound else "out",
        kind=kind,
        text=nfc(item.message) if item.message else None,
        attachments=attachments,
        event=f"history:{item.type[:40]}" if kind == "unsupported" else None,
        details=original_time(item.time, at, received_at),
        sent_at=at,
    )


def _content(item: HistoryItem) -> tuple[MessageKind, tuple[Attachment, ...]]:
    kind = KINDS.get(item.type.lower(), "")
    if kind == "location":
        spot = _place(item.location)
        return ("location", (spot,)) if spot else ("unsupported", ())
    payloads = [Payload(url=item.url, thumbnail=item.thumb, description=item.description)]
    if kind == "link":
        payloads = _links(item.links) or payloads
    attachments = [WireAttachment(type=kind, payload=payload) for payload in payloads]
    known, found, _ = content_of(kind, WireMessage(text=item.message, attachments=attachments))
    return known, found


def _place(location: Any) -> Attachment | None:
    """An object, or the same as JSON in a text."""
    if isinstance(location, str):
        try:
            location = msgspec.json.decode(location)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return None
    found = _mapping(location)
    spot = Coordinates(latitude=found.get("latitude"), longitude=found.get("longitude"))
    return place(spot.latitude, spot.longitude)


def _links(links: Any) -> list[Payload]:
    many = [_mapping(one) for one in cast("list[Any]", links)] if isinstance(links, list) else []
    return [
        Payload(
            url=words(one.get("url") or one.get("href")),
            thumbnail=words(one.get("thumb") or one.get("thumbnail")),
            title=words(one.get("title")),
            description=words(one.get("description")),
        )
        for one in many
    ]


def _mapping(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
