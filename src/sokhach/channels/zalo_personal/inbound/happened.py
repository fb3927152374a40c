"""What happens around messages: in groups, and between the holder and other people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sokhach.channels.connector import (
    Inbound,
    InboundChannelEvent,
    InboundGroup,
    InboundMessage,
    InboundName,
    InboundParticipant,
    UnparsableError,
)
from sokhach.channels.zalo_personal.inbound.wire import (
    NOBODY,
    Heard,
    Json,
    called,
    decoded,
    digest,
    id_of,
    listed,
    mapping,
    party,
    time_of,
    words,
)

LONGEST_ACT = 60
AGAIN = timedelta(seconds=30)


class Act(NamedTuple):
    """`change`: what it does to the people that it is about."""

    event: str
    change: Literal["joined", "left"] | None = None


GROUP_ACTS: Mapping[str, Act] = {
    "join": Act("group_joined", "joined"),
    "leave": Act("group_left", "left"),
    "remove_member": Act("group_removed", "left"),
    "block_member": Act("group_blocked", "left"),
    "join_request": Act("group_asked"),
    "update": Act("group_updated"),
    "update_avatar": Act("group_avatar"),
    "update_setting": Act("group_settings"),
    "new_link": Act("group_link"),
    "add_admin": Act("group_admin_added"),
    "remove_admin": Act("group_admin_removed"),
    "change_owner": Act("group_owner"),
    "new_pin_topic": Act("group_pinned"),
    "update_pin_topic": Act("group_pinned"),
    "reorder_pin_topic": Act("group_pinned"),
    "unpin_topic": Act("group_unpinned"),
    "update_topic": Act("group_board"),
    "remove_topic": Act("group_board"),
    "update_board": Act("group_board"),
    "remove_board": Act("group_board"),
    "accept_remind": Act("group_reminder"),
    "reject_remind": Act("group_reminder"),
    "remind_topic": Act("group_reminder"),
}
ASKED = "friend_asked"
DECLINED = "friend_rejected"
"""Names who asked whom, as the request did: the other one declined."""
FRIEND_ACTS: Mapping[str, str] = {
    "add": "friend_added",
    "remove": "friend_removed",
    "block": "friend_blocked",
    "unblock": "friend_unblocked",
    "req_v2": ASKED,
    "reject": DECLINED,
    "undo_req": "friend_withdrawn",
}
# Either says what another says as well, or nothing of anybody.
SILENT = frozenset(
    {
        ("group", "join_reject"),
        ("fr", "req"),
        ("fr", "seen_fr_req"),
        ("fr", "pin_create"),
        ("fr", "pin_unpin"),
        ("fr", "block_call"),
        ("fr", "unblock_call"),
    }
)
WITH_SELF = frozenset({"group_joined", "group_left", "group_removed", "group_admin_added", "group_admin_removed"})


def control(heard: Heard) -> Sequence[Inbound]:
    """`file_done` is for whoever uploads. What this version has no idea of stands in the account's log."""
    content = mapping(heard.item.get("content")) or heard.item
    kind, act = words(content.get("act_type")), words(content.get("act")) or ""
    if kind is None:
        raise UnparsableError("missing-field", "content.act_type is needed")
    if kind == "file_done" or (kind, act) in SILENT:
        return []
    if kind == "group":
        return _group(heard, act, mapping(content.get("data")))
    if kind == "fr" and act in FRIEND_ACTS:
        return _friend(heard, FRIEND_ACTS[act], content.get("data"))
    name = f"{kind}:{act}"[:LONGEST_ACT]
    return [InboundChannelEvent(name=name, key=digest(heard.item), known=False, at=heard.received_at)]


def _group(heard: Heard, act: str, data: Json) -> Sequence[Inbound]:
    thread_key = id_of(data.get("groupId")) or id_of(data.get("group_id"))
    if thread_key is None:
        raise UnparsableError("missing-field", "content.data.groupId is needed")
    known = GROUP_ACTS.get(act, Act("group_changed"))
    at = time_of(data.get("time"), heard.received_at)
    members = _members(data)
    people = [uid for uid in members if uid != heard.own]
    myself = heard.own in members and not people and known.event in WITH_SELF
    name = called(data.get("groupName"))
    topic = mapping(data.get("groupTopic")) or mapping(data.get("topic"))
    note = words(mapping(topic.get("params")).get("title")) or words(data.get("msg"))
    event = f"{known.event}_self" if myself else known.event
    items: list[Inbound] = []
    if known.change and people:
        items.append(InboundParticipant(thread_key=thread_key, people=tuple(people), change=known.change, at=at))
    items.append(
        InboundMessage(
            external_id=f"e:{_key(heard, data.get('time'))}",
            thread_key=thread_key,
            thread_kind="group",
            person=None,
            direction="in",
            kind="event",
            event=event,
            details=_said({"people": people, "name": name, "note": note, "act": act[:LONGEST_ACT]}),
            interacts=False,
            sent_at=at,
        )
    )
    if name:
        items.append(InboundGroup(thread_key=thread_key, name=name, at=at))
    return [*items, *(InboundName(person=uid, name=members[uid], at=at) for uid in people if members[uid])]


def _members(data: Json) -> dict[str, str]:
    """uid → name, as far as it is told; whom the event is about."""
    members: dict[str, str] = {}
    for one in [*listed(data.get("updateMembers")), *listed(data.get("uids"))]:
        fields = mapping(one)
        uid = id_of(fields.get("id")) or id_of(fields.get("uid")) if fields else id_of(one)
        if uid is not None:
            members[uid] = called(fields.get("dName")) or members.get(uid, "")
    return members


def _friend(heard: Heard, event: str, data: Any) -> Sequence[Inbound]:
    person, theirs, note = _other(heard, data)
    if person is None:
        raise UnparsableError("missing-field", "content.data names nobody")
    if event == DECLINED and mapping(data):
        theirs = not theirs
    said = mapping(data).get("time") or heard.item.get("ts")
    name, at = by_whom(event, theirs=theirs), time_of(said, heard.received_at)
    return friendship(name, person, note, _key(heard, said), at)


def by_whom(event: str, *, theirs: bool) -> str:
    """The name of an event of friendship: theirs, or of the account itself."""
    return event if theirs else f"{event}_out"


def friendship(name: str, person: str, note: str | None, key: str, at: datetime) -> Sequence[Inbound]:
    """In the thread with the person, and in the account's log: whoever sees the one sees the other, by its alias."""
    shown = InboundMessage(
        external_id=f"e:{key}",
        aliases=(f"f:{key}",),
        thread_key=person,
        person=person,
        direction="in",
        kind="event",
        event=name,
        details=_said({"people": [person], "note": note}),
        interacts=False,
        sent_at=at,
    )
    logged = InboundChannelEvent(
        name=name, key=key, person=person, message_external_id=shown.aliases[0], details=_said({"note": note}), at=at
    )
    return [shown, logged]


def _other(heard: Heard, data: Any) -> tuple[str | None, bool, str | None]:
    """Who it is about, whether they did it, and what they wrote. A bare uid: of either's doing, Zalo does not say."""
    if isinstance(data, str) and not data.lstrip().startswith(("{", "[", '"')):
        return _somebody(data, heard.own), True, None
    fields = mapping(data)
    if not fields:
        return _somebody(decoded(data.encode()) if isinstance(data, str) else data, heard.own), True, None
    from_uid, to_uid = party(fields.get("fromUid")), party(fields.get("toUid"))
    theirs = from_uid not in {heard.own, NOBODY}
    return _somebody(from_uid if theirs else to_uid, heard.own), theirs, words(fields.get("message"))


def _somebody(value: Any, own: str) -> str | None:
    found = id_of(value)
    return None if found == own else found


def _key(heard: Heard, said: Any) -> str:
    """What comes again is the same; but what does not say when it was (`said`) may truly happen again, later."""
    if said is not None:
        return digest(heard.item)
    return digest({"item": heard.item, "around": int(heard.received_at.timestamp() // AGAIN.total_seconds())})


def _said(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if value is not None}
