"""What is put on messages that are there, or will be: reactions, and that they came and were read; and who types."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sokhach.channels.connector import Inbound, InboundReaction, InboundReceipt, UnparsableError
from sokhach.channels.zalo_personal.inbound.wire import (
    NOBODY,
    Heard,
    id_of,
    listed,
    mapping,
    name_of_message,
    number_of,
    party,
    time_of,
)
from sokhach.core.text import nfc

LONGEST_ICON = 40
TAKEN_BACK = -1


class Typing(NamedTuple):
    thread_key: str
    thread_kind: Literal["direct", "group"]
    person: str


def direct_reaction(heard: Heard) -> Sequence[Inbound]:
    return _reacted(heard, group=False)


def group_reaction(heard: Heard) -> Sequence[Inbound]:
    return _reacted(heard, group=True)


def _reacted(heard: Heard, *, group: bool) -> Sequence[Inbound]:
    sender, recipient = party(heard.item.get("uidFrom")), party(heard.item.get("idTo"))
    if sender is None:
        raise UnparsableError("missing-field", "uidFrom is needed")
    ours = sender in {NOBODY, heard.own}
    thread = recipient if group or ours else sender
    if thread is None:
        raise UnparsableError("missing-field", "idTo is needed")
    if thread in {NOBODY, heard.own}:
        return []
    return reactions(heard, thread, None if ours else sender)


def reactions(heard: Heard, thread_key: str, person: str | None) -> Sequence[Inbound]:
    """The event's own id is not that of the message: `rMsg` names it."""
    content = mapping(heard.item.get("content"))
    icon = content.get("rIcon")
    gone = not isinstance(icon, str) or not icon.strip() or number_of(content.get("rType")) == TAKEN_BACK
    names = [name_of_message(mapping(one).get("gMsgID")) for one in listed(content.get("rMsg"))]
    if not any(names):
        raise UnparsableError("missing-field", "content.rMsg[].gMsgID is needed")
    return [
        InboundReaction(
            external_id=name,
            thread_key=thread_key,
            person=person,
            author=heard.own if person is None else None,
            icon=None if gone else nfc(str(icon)).strip()[:LONGEST_ICON],
            at=time_of(heard.item.get("ts"), heard.received_at),
        )
        for name in dict.fromkeys(names)
        if name
    ]


def delivered(heard: Heard) -> Sequence[Inbound]:
    """To somebody else than the holder's own devices."""
    at = time_of(heard.item.get("mSTs"), heard.received_at)
    receipts: list[Inbound] = []
    if _others(heard, "deliveredUids", when_missing=True):
        receipts.append(_receipt(heard, "delivered", at))
    if number_of(heard.item.get("seen")) == 1 or _others(heard, "seenUids", when_missing=False):
        receipts.append(_receipt(heard, "seen", at))
    return receipts


def seen(heard: Heard) -> Sequence[Inbound]:
    """`idTo` is who read; the holder's own reading is nobody's receipt. Zalo does not say when."""
    if party(heard.item.get("idTo")) in {NOBODY, heard.own} or not _others(heard, "seenUids", when_missing=True):
        return []
    return [_receipt(heard, "seen", heard.received_at)]


def _receipt(heard: Heard, kind: Any, at: Any) -> InboundReceipt:
    names = [name_of_message(heard.item.get(key)) for key in ("msgId", "realMsgId")]
    if not any(names):
        raise UnparsableError("missing-field", "msgId is needed")
    external_ids = tuple(dict.fromkeys(one for one in names if one))
    return InboundReceipt(external_ids=external_ids, kind=kind, stray=True, at=at)


def _others(heard: Heard, key: str, *, when_missing: bool) -> bool:
    if not isinstance(heard.item.get(key), list):
        return when_missing
    return any(uid not in {None, NOBODY, heard.own} for uid in map(party, listed(heard.item.get(key))))


def typing(heard: Heard) -> Typing | None:
    """`data` is JSON without its outer braces. None: nobody else types."""
    data = heard.item.get("data")
    told = mapping(data if not isinstance(data, str) or data.lstrip().startswith("{") else f"{{{data}}}")
    person, group = id_of(told.get("uid")), id_of(told.get("gid"))
    if person is None or person == heard.own:
        return None
    if group is not None or heard.item.get("act") == "gtyping":
        return Typing(group, "group", person) if group else None
    return Typing(person, "direct", person)
