"""Messages, in direct threads and in groups, of customers and of the account's holder; and their recall."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sokhach.channels.connector import (
    EVERYBODY,
    Inbound,
    InboundMessage,
    InboundName,
    InboundRecall,
    Mention,
    UnparsableError,
)
from sokhach.channels.zalo_personal.inbound import marked
from sokhach.channels.zalo_personal.inbound.contents import content_of
from sokhach.channels.zalo_personal.inbound.wire import (
    NOBODY,
    Heard,
    Json,
    called,
    id_of,
    listed,
    mapping,
    name_of_message,
    party,
    time_of,
    words,
)
from sokhach.core.text import nfc, slice_utf16

MOST_MENTIONS = 200


class Place(NamedTuple):
    """`ours`: the holder did it, on their phone or through us. `uid` is who."""

    thread_key: str
    thread_kind: Literal["direct", "group"]
    uid: str
    ours: bool

    @property
    def person(self) -> str | None:
        """As `InboundMessage` has it."""
        if self.thread_kind == "direct":
            return self.thread_key
        return None if self.ours else self.uid


def direct(heard: Heard) -> Sequence[Inbound]:
    return _read(heard, place_of(heard, group=False))


def in_group(heard: Heard) -> Sequence[Inbound]:
    return _read(heard, place_of(heard, group=True))


def place_of(heard: Heard, *, group: bool) -> Place | None:
    """None: a note of the holder's to themselves. Raises `UnparsableError`."""
    sender, recipient = party(heard.item.get("uidFrom")), party(heard.item.get("idTo"))
    if sender is None:
        raise UnparsableError("missing-field", "uidFrom is needed")
    ours = sender in {NOBODY, heard.own}
    thread = recipient if group or ours else sender
    if thread is None or (group and thread == NOBODY):
        raise UnparsableError("missing-field", "idTo is needed")
    if thread in {NOBODY, heard.own}:
        return None
    return Place(thread, "group" if group else "direct", heard.own if ours else sender, ours)


def _read(heard: Heard, place: Place | None) -> Sequence[Inbound]:
    if place is None:
        return []
    msg_type = words(heard.item.get("msgType")) or ""
    content = heard.item.get("content")
    if msg_type == "chat.undo" or (isinstance(content, dict) and "deleteMsg" in content):
        return [_recall(heard, place, mapping(content))]
    if msg_type == "chat.reaction":
        return marked.reactions(heard, place.thread_key, None if place.ours else place.uid)
    return _message(heard, place, msg_type)


def _message(heard: Heard, place: Place, msg_type: str) -> Sequence[Inbound]:
    item = heard.item
    external_id, *aliases = _names(item, place.uid)
    at = time_of(item.get("ts"), heard.received_at)
    found = content_of(msg_type, item.get("content"))
    quoted, quote = _quote(mapping(item.get("quote")), heard.own)
    happened = found.kind == "event"
    details = {**found.details, **quote}
    if happened:
        details["people"] = [] if place.ours else [place.uid]
    message = InboundMessage(
        external_id=external_id,
        aliases=tuple(aliases),
        thread_key=place.thread_key,
        thread_kind=place.thread_kind,
        person=place.person,
        direction="out" if place.ours and not happened else "in",
        author=heard.own if place.ours else None,
        kind=found.kind,
        text=found.text,
        attachments=found.attachments,
        event=f"{found.event}_out" if happened and place.ours else found.event,
        details=details,
        mentions=_mentions(item.get("mentions"), item.get("content")),
        interacts=not happened,
        quoted_external_id=quoted,
        sent_at=at,
    )
    name = None if place.ours else called(item.get("dName"))
    return [message, InboundName(person=place.uid, name=name, at=at)] if name else [message]


def _names(item: Json, uid: str) -> list[str]:
    """All that the message is called, the first for good: the sender's own id stays, whatever ids Zalo gives."""
    own = id_of(item.get("cliMsgId"))
    names = [f"{uid}:{own}"] if own else []
    names += [one for key in ("msgId", "realMsgId") if (one := name_of_message(item.get(key)))]
    if not names:
        raise UnparsableError("missing-field", "cliMsgId or msgId is needed")
    return list(dict.fromkeys(names))


def _recall(heard: Heard, place: Place, content: Json) -> InboundRecall:
    """Whoever takes a message back wrote it: by their id of it, and by Zalo's."""
    own = id_of(content.get("cliMsgId"))
    names = [name_of_message(content.get("globalMsgId")), f"{place.uid}:{own}" if own else None]
    if not any(names):
        raise UnparsableError("missing-field", "content.globalMsgId is needed")
    return InboundRecall(
        external_ids=tuple(one for one in names if one),
        thread_key=place.thread_key,
        by="staff" if place.ours else "customer",
        at=time_of(heard.item.get("ts"), heard.received_at),
    )


def _quote(quote: Json, own: str) -> tuple[str | None, dict[str, Any]]:
    """The name of what is answered; and its words, should it be a message that we do not have."""
    name = name_of_message(quote.get("globalMsgId"))
    if name is None and (number := id_of(quote.get("cliMsgId"))):
        owner = party(quote.get("ownerId"))
        name = f"{own if owner in {None, NOBODY} else owner}:{number}"
    if name is None:
        return None, {}
    told = {"name": called(quote.get("fromD")), "text": words(quote.get("msg"))}
    return name, {"quote": told} if any(told.values()) else {}


def _mentions(value: Any, content: Any) -> tuple[Mention, ...]:
    """Positions in the text as it is stored: in normal form, in UTF-16 units."""
    if not isinstance(content, str):
        return ()
    size = len(content.encode("utf-16-le", "surrogatepass")) // 2
    found: list[Mention] = []
    for one in map(mapping, listed(value)[:MOST_MENTIONS]):
        uid, pos, length = party(one.get("uid")), one.get("pos"), one.get("len")
        if uid is None or type(pos) is not int or type(length) is not int:
            continue
        if pos < 0 or length <= 0 or pos + length > size:
            continue
        before, name = slice_utf16(content, 0, pos), slice_utf16(content, pos, length)
        found.append(Mention(uid=EVERYBODY if uid == EVERYBODY else uid, pos=_length(before), len=_length(name)))
    return tuple(found)


def _length(text: str) -> int:
    return len(nfc(text).encode("utf-16-le", "surrogatepass")) // 2
