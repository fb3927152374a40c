"""From normalised items to rows: who, where, what. Set-based, for one account, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import admins as channel_admins
from sokhach.channels import log
from sokhach.channels.admins import Seen
from sokhach.channels.connector import (
    GROUP,
    Account,
    Inbound,
    InboundChannelEvent,
    InboundDetails,
    InboundFollow,
    InboundGroup,
    InboundMessage,
    InboundParticipant,
    InboundPrivacyRequest,
    InboundProfile,
    InboundReaction,
    InboundReceipt,
    InboundTag,
)
from sokhach.conversations import delivery, reactions
from sokhach.conversations import intake as conversations
from sokhach.conversations.intake import Coming, Incoming, NewThread, Receipt
from sokhach.conversations.reactions import ReactionSeen
from sokhach.core.events import Event
from sokhach.customers import privacy, tags
from sokhach.customers import service as customers
from sokhach.customers.events import IdentitiesCreated, ProfilesOutdated
from sokhach.customers.privacy import Asked
from sokhach.customers.rules import phone_of
from sokhach.customers.service import DetailsSeen, FollowSeen, Known
from sokhach.customers.tags import TagSeen

Timed = tuple[Inbound, datetime]
T = TypeVar("T")
# After these the channel knows more of a person than it told.
OUTDATES = frozenset({"update_user_info"})


async def apply(connection: AsyncConnection, account: Account, items: Sequence[Timed], now: datetime) -> list[Event]:
    """Applies a batch; returns what happened, for the caller to publish. Applying it again changes nothing."""
    await delivery.hold_names(connection, account.id, _names(items))
    people, created = await customers.ensure_identities(connection, account.id, _people(items))
    threads, made = await conversations.ensure_conversations(connection, account.id, _threads(items, people))
    await conversations.add_participants(connection, _participants(items, threads, people))
    admins = _admins(items)
    staff = await channel_admins.staff_behind(connection, account.id, admins) if admins else {}
    stored = await conversations.store(connection, account.id, _messages(items, threads, people, staff), now)
    await conversations.apply_receipts(connection, account.id, _receipts(items), now)
    await customers.apply_follows(connection, _follows(items, people))
    renamed = await customers.apply_profiles(connection, _profiles(items, people))
    events: list[Event] = [*_to_ask_about(created, items), *stored]
    if any(isinstance(item, _RARE) for item, _ in items):
        renamed = [*renamed, *await _apply_rare(connection, account, items, threads, people, now)]
        events += await reactions.apply(connection, account.id, _reactions(items))
        events += await conversations.title_groups(connection, account.id, _group_names(items))
    if admins:
        await channel_admins.note(connection, account.id, admins)
    return [*events, *_outdated(account, items, made), *await conversations.renamed(connection, renamed)]


# What an ordinary batch has none of.
_RARE = (
    InboundReaction,
    InboundDetails,
    InboundTag,
    InboundParticipant,
    InboundPrivacyRequest,
    InboundChannelEvent,
    InboundGroup,
)


async def _apply_rare(
    connection: AsyncConnection,
    account: Account,
    items: Sequence[Timed],
    threads: Mapping[str, int],
    people: Mapping[str, Known],
    now: datetime,
) -> list[int]:
    """Returns the contacts that look different now."""
    await conversations.note_comings(connection, _comings(items, threads, people))
    told = await customers.apply_details(connection, _details(items, people))
    tagged = await tags.apply(connection, account.id, _tags(items, people))
    await privacy.apply(connection, account.id, _privacy(items, people))
    await log.apply(connection, account, _of(InboundChannelEvent, items), now)
    return [*told, *tagged]


def _of(kind: type[T], items: Sequence[Timed]) -> list[T]:
    return [item for item, _ in items if isinstance(item, kind)]


def _names(items: Sequence[Timed]) -> set[str]:
    """Of our side's messages, by which their receipts find them."""
    names: set[str] = set()
    for item, _ in items:
        if isinstance(item, InboundReceipt):
            names.update(item.external_ids)
        elif isinstance(item, InboundMessage) and item.direction == "out":
            names.add(item.external_id)
    return names


def _people(items: Sequence[Timed]) -> dict[str, datetime]:
    """Whom the batch is about, and since when we know of them. The log of an account makes nobody a customer."""
    people: dict[str, datetime] = {}
    for item, _ in items:
        if isinstance(item, InboundReceipt | InboundChannelEvent | InboundGroup):
            continue
        at = item.sent_at if isinstance(item, InboundMessage) else item.at
        for person in _whom(item):
            people[person] = min(at, people.get(person, at))
    return people


def _whom(item: Inbound) -> Sequence[str]:
    if isinstance(item, InboundTag | InboundParticipant):
        return item.people
    if isinstance(item, InboundMessage) and item.kind == "event" and "people" in item.details:
        return item.details["people"]
    person: str | None = getattr(item, "person", None)
    return [person] if person is not None else []


def _to_ask_about(created: Sequence[IdentitiesCreated], items: Sequence[Timed]) -> list[Event]:
    """Of whom a profile came with the batch, the channel knows no more."""
    if not created:
        return []
    known = {item.person for item in _of(InboundProfile, items)}
    left = [(one.account_id, [person for person in one.people if person not in known]) for one in created]
    return [IdentitiesCreated(account_id=account_id, people=people) for account_id, people in left if people]


def _threads(items: Sequence[Timed], people: Mapping[str, Known]) -> list[NewThread]:
    threads: dict[str, NewThread] = {}
    for item, _ in items:
        if not isinstance(item, InboundMessage):
            continue
        first = threads.get(item.thread_key)
        if first is not None and first.created_at <= item.sent_at:
            continue
        who = people.get(item.thread_key) if item.thread_kind == "direct" else None
        threads[item.thread_key] = NewThread(
            thread_key=item.thread_key,
            kind=item.thread_kind,
            contact_id=who.contact_id if who else None,
            custodian_id=who.custodian_id if who else None,
            created_at=item.sent_at,
        )
    return list(threads.values())


def _participants(
    items: Sequence[Timed], threads: Mapping[str, int], people: Mapping[str, Known]
) -> dict[tuple[int, int], datetime]:
    seen: dict[tuple[int, int], datetime] = {}
    for item, _ in items:
        if isinstance(item, InboundMessage) and item.thread_kind == "group" and item.person is not None:
            key = (threads[item.thread_key], people[item.person].identity_id)
            seen[key] = min(item.sent_at, seen.get(key, item.sent_at))
    return seen


def _admins(items: Sequence[Timed]) -> dict[str, Seen]:
    admins: dict[str, Seen] = {}
    for item, _ in items:
        if isinstance(item, InboundMessage) and item.direction == "out" and item.author:
            seen = admins.get(item.author, Seen(item.sent_at, item.sent_at))
            admins[item.author] = Seen(min(item.sent_at, seen.first_at), max(item.sent_at, seen.last_at))
    return admins


def _messages(
    items: Sequence[Timed], threads: Mapping[str, int], people: Mapping[str, Known], staff: Mapping[str, int]
) -> list[Incoming]:
    return [
        Incoming(
            conversation_id=threads[item.thread_key],
            external_id=item.external_id,
            direction=item.direction,
            author_kind=_author_kind(item),
            author_identity_id=people[item.person].identity_id if item.direction == "in" and item.person else None,
            author_external_id=item.person if item.direction == "in" else item.author,
            answered_by=staff.get(item.author) if item.direction == "out" and item.author else None,
            kind=item.kind,
            body=item.text,
            content=_content(item),
            quoted_external_id=item.quoted_external_id,
            sent_at=item.sent_at,
            received_at=received_at,
            interacts=item.interacts,
        )
        for item, received_at in items
        if isinstance(item, InboundMessage)
    ]


def _content(item: InboundMessage) -> dict[str, Any] | None:
    content: dict[str, Any] = {}
    if item.attachments:
        content["attachments"] = msgspec.to_builtins(item.attachments)
    if item.event is not None:
        content["event"] = item.event
    if item.details:
        content["details"] = dict(item.details)
    if item.template:
        content["template"] = dict(item.template)
    return content or None


def _author_kind(item: InboundMessage) -> Literal["customer", "channel", "system"]:
    if item.direction == "out":
        return "channel"
    return "customer" if item.person is not None else "system"


def _receipts(items: Sequence[Timed]) -> list[Receipt]:
    return [
        Receipt(external_id=external_id, kind=item.kind, at=item.at)
        for item, _ in items
        if isinstance(item, InboundReceipt)
        for external_id in item.external_ids
    ]


def _follows(items: Sequence[Timed], people: Mapping[str, Known]) -> list[FollowSeen]:
    return [
        FollowSeen(
            identity_id=people[item.person].identity_id,
            following=item.following,
            source=item.source if isinstance(item, InboundFollow) else None,
            at=item.at,
        )
        for item, _ in items
        if isinstance(item, InboundFollow | InboundProfile) and item.following is not None
    ]


def _profiles(items: Sequence[Timed], people: Mapping[str, Known]) -> list[customers.ProfileSeen]:
    return [
        customers.profile_seen(people[item.person].identity_id, item.display_name, item.avatar_url, item.at)
        for item, _ in items
        if isinstance(item, InboundProfile)
    ]


def _reactions(items: Sequence[Timed]) -> list[ReactionSeen]:
    return [
        ReactionSeen(
            thread_key=item.thread_key,
            external_id=item.external_id,
            author=item.person or "",
            icon=item.icon,
            at=item.at,
        )
        for item in _of(InboundReaction, items)
    ]


def _comings(
    items: Sequence[Timed], threads: Mapping[str, int], people: Mapping[str, Known]
) -> dict[tuple[int, int], Coming]:
    comings: dict[tuple[int, int], Coming] = {}
    for item in _of(InboundParticipant, items):
        for person in item.people:
            key = (threads[item.thread_key], people[person].identity_id)
            coming = comings.setdefault(key, Coming(first_at=item.at))
            coming.first_at = min(item.at, coming.first_at)
            if item.change == "joined":
                coming.came_at = max(item.at, coming.came_at or item.at)
            else:
                coming.left_at = max(item.at, coming.left_at or item.at)
    return comings


_SPOKEN_OF = ("name", "phone", "address", "ward", "district", "city", "birthday", "gender", "alias", "external_ref")


def _details(items: Sequence[Timed], people: Mapping[str, Known]) -> list[DetailsSeen]:
    seen: list[DetailsSeen] = []
    for item in _of(InboundDetails, items):
        fields = {name: value for name in _SPOKEN_OF if (value := getattr(item, name)) is not None}
        phone = phone_of(item.phone) if item.phone else None
        if phone:
            fields["phone"] = phone
        who = people[item.person]
        seen.append(
            DetailsSeen(identity_id=who.identity_id, contact_id=who.contact_id, fields=fields, phone=phone, at=item.at)
        )
    return seen


def _tags(items: Sequence[Timed], people: Mapping[str, Known]) -> list[TagSeen]:
    return [
        TagSeen(
            name=item.name,
            contact_ids=sorted({people[person].contact_id for person in item.people}),
            change=item.change,
            at=item.at,
        )
        for item in _of(InboundTag, items)
    ]


def _privacy(items: Sequence[Timed], people: Mapping[str, Known]) -> list[Asked]:
    return [
        Asked(
            identity_id=people[item.person].identity_id,
            contact_id=people[item.person].contact_id,
            kind=item.kind,
            at=item.at,
        )
        for item in _of(InboundPrivacyRequest, items)
    ]


def _group_names(items: Sequence[Timed]) -> dict[str, str]:
    return {item.thread_key: item.name for item in _of(InboundGroup, items)}


def _outdated(account: Account, items: Sequence[Timed], made: Sequence[NewThread]) -> list[Event]:
    groups = {thread.thread_key for thread in made if thread.kind == "group"}
    groups |= {item.thread_key for item in _of(InboundMessage, items) if item.event == "update_group_info"}
    people = sorted(
        {
            item.person
            for item in _of(InboundMessage, items)
            if item.kind == "event" and item.event in OUTDATES and item.person is not None
        }
    )
    people += [GROUP + key for key in sorted(groups)]
    return [ProfilesOutdated(account_id=account.id, people=people)] if people else []
