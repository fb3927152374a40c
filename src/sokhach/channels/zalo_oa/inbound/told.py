"""What Zalo tells of people, groups and calls."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sokhach.channels.connector import (
    Inbound,
    InboundChannelEvent,
    InboundDetails,
    InboundFollow,
    InboundMessage,
    InboundParticipant,
    InboundPrivacyRequest,
    InboundTag,
    UnparsableError,
)
from sokhach.channels.zalo_oa.inbound.wire import (
    Info,
    Told,
    digest,
    id_of,
    needed,
    number_of,
    original_time,
    tag_name,
    time_of,
    words,
)
from sokhach.core.text import nfc

# Zalo's lists name some events in two ways.
SAME = {
    "react_request_join_group_accept": "accept_request_join_group",
    "react_request_join_group_reject": "reject_request_join_group",
    "user_leave_group": "user_out_group",
    "disperse_group": "delete_group",
}


class Story:
    """One event on its way to items."""

    def __init__(self, event: Told, name: str, payload: bytes, received_at: datetime) -> None:
        self.event = event
        self.name = name
        self.payload = payload
        self.received_at = received_at
        self.at = time_of(event.timestamp, received_at)

    @property
    def person(self) -> str | None:
        """Zalo names the person in different places."""
        event = self.event
        parties = (event.follower, event.sender, event.customer)
        found = [id_of(event.user_id), *(id_of(party.id) for party in parties if party)]
        found.append(id_of(event.data.user_id) if event.data else None)
        return next((one for one in found if one), None)

    def somebody(self) -> str:
        person = self.person
        if person is None:
            raise UnparsableError("missing-field", f"{self.name} names nobody")
        return person

    def shown(
        self, *, thread_key: str | None = None, key: str | None = None, interacts: bool, **details: Any
    ) -> InboundMessage:
        """The event as it stands in the thread, of the person or of the group."""
        person = None if thread_key else self.somebody()
        return InboundMessage(
            external_id=f"{self.name}:{key or self.event.timestamp}",
            thread_key=thread_key or self.somebody(),
            thread_kind="group" if thread_key else "direct",
            person=person,
            direction="in",
            kind="event",
            event=self.name,
            details={**_said(details), **original_time(self.event.timestamp, self.at, self.received_at)},
            interacts=interacts,
            sent_at=self.at,
        )

    def logged(self, as_: str | None = None, **details: Any) -> InboundChannelEvent:
        """The event as it stands in the account's log."""
        return InboundChannelEvent(
            name=as_ or self.name,
            key=digest(self.payload),
            person=self.person,
            details={**_said(details), **original_time(self.event.timestamp, self.at, self.received_at)},
            at=self.at,
        )


def follow(story: Story) -> Sequence[Inbound]:
    return [
        InboundFollow(
            person=story.somebody(),
            following=story.name == "follow",
            source=words(story.event.source),
            at=story.at,
        ),
        story.shown(interacts=story.name == "follow"),
    ]


def chat_now(story: Story) -> Sequence[Inbound]:
    return [story.shown(interacts=True)]


def submit_info(story: Story) -> Sequence[Inbound]:
    return [*_details(story, story.event.info), story.shown(interacts=False)]


def update_info(story: Story) -> Sequence[Inbound]:
    method = story.event.data.method if story.event.data else None
    return [*_details(story, story.event.info), story.shown(interacts=False, method=method)]


def withdraw(story: Story) -> Sequence[Inbound]:
    return [
        InboundPrivacyRequest(person=story.somebody(), kind="withdraw", at=story.at),
        story.shown(interacts=False),
    ]


def widget_accepted(story: Story) -> Sequence[Inbound]:
    """Consent by a website's widget: Zalo counts it as a word of the customer's."""
    data = story.event.data
    items: list[Inbound] = [story.shown(interacts=True, url=data.url if data else None)]
    if data and (known_as := words(data.user_external_id)):
        items.append(InboundDetails(person=story.somebody(), external_ref=known_as, at=story.at))
    return items


def widget_failed(story: Story) -> Sequence[Inbound]:
    return [story.logged(reason=story.event.data.message if story.event.data else None)]


def order(story: Story) -> Sequence[Inbound]:
    return [story.shown(interacts=False)] if story.person else [story.logged()]


def asked_product(story: Story) -> Sequence[Inbound]:
    return [story.shown(interacts=True)] if story.person else [story.logged()]


def tagged(story: Story) -> Sequence[Inbound]:
    """Only a name means that the tag itself was made."""
    name, people = _tag(story)
    if people:
        return [InboundTag(name=name, people=people, change="added", at=story.at)]
    return [InboundTag(name=name, change="created", at=story.at), story.logged("tag_created", name=name)]


def untagged(story: Story) -> Sequence[Inbound]:
    name, people = _tag(story)
    return [InboundTag(name=name, people=people, change="removed", at=story.at)]


def tag_deleted(story: Story) -> Sequence[Inbound]:
    name, _ = _tag(story)
    return [InboundTag(name=name, change="deleted", at=story.at), story.logged("tag_deleted", name=name)]


def call(story: Story) -> Sequence[Inbound]:
    """`talk_time` is in milliseconds; a call that was answered counts as a word of the customer's."""
    event = story.event
    talked = number_of(event.talk_time) or 0
    facts: dict[str, Any] = {
        "call": event.call_type,
        "status": "answered" if talked > 0 else "missed",
        "duration_seconds": str(round(max(talked, 0) / 1000)),
        "phone": words(event.phone),
    }
    if story.person is None:
        return [story.logged(**facts)]
    shown = story.shown(key=id_of(event.call_id), interacts=talked > 0, **facts)
    phone = words(event.phone)
    known = [InboundDetails(person=story.person, phone=phone, at=story.at)] if phone else []
    return [*known, shown]


def consent(story: Story) -> Sequence[Inbound]:
    """Whether a number may be called. Zalo names the number, rarely the person."""
    event = story.event
    facts = {"phone": words(event.phone), "consent": event.user_consent or event.request_type}
    if story.person is None:
        return [story.logged(**facts)]
    return [story.shown(interacts=False, **facts)]


def group(story: Story) -> Sequence[Inbound]:
    """A group's life. Who comes and goes is also kept of the group itself."""
    thread_key = needed(story.event.group_id, "group_id")
    people = tuple(one for user in story.event.users if (one := id_of(user.id)))
    items: list[Inbound] = []
    if people and story.name in _COMES_AND_GOES:
        change = _COMES_AND_GOES[story.name]
        items.append(InboundParticipant(thread_key=thread_key, people=people, change=change, at=story.at))
    # Two people may come in at one instant.
    key = f"{story.event.timestamp}:{people[0]}" if people else None
    return [*items, story.shown(thread_key=thread_key, key=key, interacts=False, people=list(people))]


_COMES_AND_GOES: dict[str, Any] = {
    "create_group": "joined",
    "user_join_group": "joined",
    "accept_request_join_group": "joined",
    "user_out_group": "left",
}
TELLERS: Mapping[str, Callable[[Story], Sequence[Inbound]]] = {
    "follow": follow,
    "unfollow": follow,
    "user_click_chatnow": chat_now,
    "user_submit_info": submit_info,
    "update_user_info": update_info,
    "user_withdraw": withdraw,
    "widget_interaction_accepted": widget_accepted,
    "widget_failed_to_sync_user_external_id": widget_failed,
    "shop_has_order": order,
    "user_asking_product": asked_product,
    "add_user_to_tag": tagged,
    "remove_user_from_tag": untagged,
    "remove_tag": tag_deleted,
    "user_call_oa": call,
    "oa_call_user": call,
    "oa_send_consent": consent,
    "user_reply_consent": consent,
    "create_group": group,
    "user_join_group": group,
    "user_request_join_group": group,
    "accept_request_join_group": group,
    "reject_request_join_group": group,
    "react_request_join_group": group,
    "add_group_admin": group,
    "remove_group_admin": group,
    "update_group_info": group,
    "user_out_group": group,
    "delete_group": group,
}


def _said(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if value not in (None, "", [])}


def _tag(story: Story) -> tuple[str, tuple[str, ...]]:
    tag = story.event.tag
    name = tag_name(tag.name) if tag else None
    if tag is None or name is None:
        raise UnparsableError("missing-field", "tag.name is needed")
    return name, tuple(dict.fromkeys(one for user in tag.user_ids if (one := id_of(user))))


def _details(story: Story, info: Info | None) -> Sequence[Inbound]:
    if info is None:
        return []
    address = info.full_address
    details = InboundDetails(
        person=story.somebody(),
        name=_text(info.name),
        phone=words(info.phone),
        address=_text(address.user_address if address else None) or _text(info.address),
        ward=_text(address.user_ward if address else None) or _text(info.ward),
        district=_text(address.user_district if address else None) or _text(info.district),
        city=_text(address.user_city if address else None) or _text(info.city),
        birthday=_text(info.user_dob),
        gender=_text(info.gender),
        at=story.at,
    )
    return [details]


def _text(value: str | None) -> str | None:
    found = words(value)
    return nfc(found) if found else None
