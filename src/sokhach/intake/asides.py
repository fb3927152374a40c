"""What comes in beside messages: reactions, recalls, names and details, tags, labels, comings and goings. From items to
rows, as `apply`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import (
    Inbound,
    InboundDetails,
    InboundGroup,
    InboundLabels,
    InboundMembers,
    InboundMessage,
    InboundName,
    InboundParticipant,
    InboundPrivacyRequest,
    InboundProfile,
    InboundReaction,
    InboundRecall,
    InboundTag,
)
from sokhach.conversations import intake as conversations
from sokhach.conversations.events import MessagesStored
from sokhach.conversations.intake import Coming, Members
from sokhach.conversations.reactions import ReactionSeen
from sokhach.conversations.recalls import RecallSeen
from sokhach.conversations.titles import Titled
from sokhach.core.database import Key
from sokhach.customers import service as customers
from sokhach.customers import tags
from sokhach.customers.privacy import Asked
from sokhach.customers.rules import phone_of
from sokhach.customers.service import DetailsSeen, Known, NameSeen
from sokhach.customers.tags import TagSeen

T = TypeVar("T")


class Heard(NamedTuple):
    """An item from an account, and when it reached us."""

    account_id: int
    item: Inbound
    received_at: datetime


class Items(list[Heard]):
    """A batch in its order, and by kinds. It stays as it was made."""

    def __init__(self, heard: Iterable[Heard]) -> None:
        super().__init__(heard)
        self.kinds: dict[type[Any], list[Heard]] = {}
        for one in self:
            self.kinds.setdefault(type(one.item), []).append(one)

    def has(self, kinds: Collection[type[Any]]) -> bool:
        """Whether something is of one of `kinds`."""
        return any(kind in self.kinds for kind in kinds)


def of(kind: type[T], items: Items) -> list[tuple[int, T]]:
    """With their accounts."""
    return [(one.account_id, cast("T", one.item)) for one in items.kinds.get(kind, ())]


def by_account(kind: type[T], items: Items) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for account_id, item in of(kind, items):
        found[account_id].append(item)
    return found


# Tuples, made once: this is asked of every item that comes in.
_NAMING = (InboundName, InboundLabels)
_DESCRIBING = (InboundProfile, InboundDetails)
_ABOUT_SOMEBODY = (*_NAMING, *_DESCRIBING)


def only_if_known(item: Inbound) -> bool:
    """Whether it makes nobody known who was not."""
    return isinstance(item, _NAMING) or (isinstance(item, _DESCRIBING) and item.known_only)


async def find_known(connection: AsyncConnection, items: Items, people: Mapping[Key, Known]) -> Mapping[Key, Known]:
    """`people`, and those of whom the items speak if they are known."""
    spoken_of: set[Key] = set()
    for account_id, labels in of(InboundLabels, items):
        spoken_of.update((account_id, one) for uids in labels.people.values() for one in uids)
    for account_id, described in (*of(InboundProfile, items), *of(InboundDetails, items)):
        if described.known_only:
            spoken_of.add((account_id, described.person))
    missing = spoken_of - people.keys()
    return {**people, **await customers.find_known(connection, missing)} if missing else people


def without_strangers(items: Items, people: Mapping[Key, Known]) -> Items:
    """Leaves out what is about people with whom the account has not to do."""
    if not items.has(_ABOUT_SOMEBODY):
        return items
    return Items(one for one in items if not (isinstance(one.item, _ABOUT_SOMEBODY) and _of_a_stranger(one, people)))


def _of_a_stranger(one: Heard, people: Mapping[Key, Known]) -> bool:
    if isinstance(one.item, InboundLabels) or not only_if_known(one.item):
        return False
    return (one.account_id, getattr(one.item, "person", "")) not in people


async def of_known_groups(connection: AsyncConnection, items: Items) -> tuple[Items, Mapping[Key, int]]:
    """Leaves out who is in groups in which nothing was said yet, and gives the conversations of the others that are
    there already."""
    told = {(account_id, item.thread_key) for account_id, item in of(InboundMembers, items)}
    if not told:
        return items, {}
    said = {(account_id, item.thread_key) for account_id, item in of(InboundMessage, items)}
    found = await conversations.find_conversations(connection, told)

    def stays(one: Heard) -> bool:
        if not isinstance(one.item, InboundMembers):
            return True
        key = (one.account_id, one.item.thread_key)
        return key in found or key in said

    return Items(one for one in items if stays(one)), found


async def apply_members(
    connection: AsyncConnection, items: Items, threads: Mapping[Key, int], people: Mapping[Key, Known]
) -> list[MessagesStored]:
    """Nothing new is said, but threads show who is there."""
    lists = [
        Members(
            conversation_id=threads[account_id, item.thread_key],
            identity_ids=[people[account_id, person].identity_id for person in item.people],
            whole=item.whole,
            at=item.at,
        )
        for account_id, item in of(InboundMembers, items)
    ]
    await conversations.note_members(connection, lists)
    changed = sorted({one.conversation_id for one in lists})
    return [MessagesStored(conversation_id=one, message_ids=[], inbound=0) for one in changed]


async def apply_names(connection: AsyncConnection, items: Items, people: Mapping[Key, Known]) -> Sequence[int]:
    """Returns the contacts that have a name now."""
    seen = [
        NameSeen(identity_id=people[account_id, item.person].identity_id, name=item.name, at=item.at)
        for account_id, item in of(InboundName, items)
    ]
    return await customers.apply_names(connection, seen)


async def apply_labels(connection: AsyncConnection, items: Items, people: Mapping[Key, Known]) -> Sequence[int]:
    """Returns the contacts whose tags may be others now."""
    changed: set[int] = set()
    for account_id, item in sorted(of(InboundLabels, items), key=lambda one: (one[0], one[1].at)):
        carried = {
            name: sorted({people[account_id, one].contact_id for one in uids if (account_id, one) in people})
            for name, uids in item.people.items()
        }
        changed.update(await tags.apply_whole(connection, account_id, carried, item.at))
    return sorted(changed)


def recalls(items: Items) -> list[RecallSeen]:
    return [
        RecallSeen(account_id=account_id, thread_key=item.thread_key, external_id=external_id, by=item.by, at=item.at)
        for account_id, item in of(InboundRecall, items)
        for external_id in item.external_ids
    ]


def titles(items: Items) -> list[Titled]:
    return [
        Titled(account_id=account_id, thread_key=item.thread_key, title=item.name, at=item.at)
        for account_id, item in of(InboundGroup, items)
    ]


def reactions(items: Items) -> list[ReactionSeen]:
    return [
        ReactionSeen(
            account_id=account_id,
            thread_key=item.thread_key,
            external_id=item.external_id,
            author=item.person or "",
            icon=item.icon,
            at=item.at,
        )
        for account_id, item in of(InboundReaction, items)
    ]


_SPOKEN_OF = ("name", "phone", "address", "ward", "district", "city", "birthday", "gender", "alias", "external_ref")


def details(items: Items, people: Mapping[Key, Known]) -> list[DetailsSeen]:
    seen: list[DetailsSeen] = []
    for account_id, item in of(InboundDetails, items):
        fields = {name: value for name in _SPOKEN_OF if (value := getattr(item, name)) is not None}
        phone = phone_of(item.phone) if item.phone else None
        if phone:
            fields["phone"] = phone
        who = people[account_id, item.person]
        seen.append(
            DetailsSeen(identity_id=who.identity_id, contact_id=who.contact_id, fields=fields, phone=phone, at=item.at)
        )
    return seen


def comings(items: Items, threads: Mapping[Key, int], people: Mapping[Key, Known]) -> dict[tuple[int, int], Coming]:
    found: dict[tuple[int, int], Coming] = {}
    for account_id, item in of(InboundParticipant, items):
        for person in item.people:
            key = (threads[account_id, item.thread_key], people[account_id, person].identity_id)
            coming = found.setdefault(key, Coming(first_at=item.at))
            coming.first_at = min(item.at, coming.first_at)
            if item.change == "joined":
                coming.came_at = max(item.at, coming.came_at or item.at)
            else:
                coming.left_at = max(item.at, coming.left_at or item.at)
    return found


def tagged(items: Items, people: Mapping[Key, Known]) -> dict[int, list[TagSeen]]:
    found: dict[int, list[TagSeen]] = defaultdict(list)
    for account_id, item in of(InboundTag, items):
        contacts = {people[account_id, person].contact_id for person in item.people}
        seen = TagSeen(name=item.name, contact_ids=sorted(contacts), change=item.change, at=item.at)
        found[account_id].append(seen)
    return found


def privacy_asked(items: Items, people: Mapping[Key, Known]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    for account_id, item in of(InboundPrivacyRequest, items):
        who = people[account_id, item.person]
        found[account_id].append(
            Asked(identity_id=who.identity_id, contact_id=who.contact_id, kind=item.kind, at=item.at)
        )
    return found
