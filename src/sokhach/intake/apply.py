"""From normalised items to rows: who, where, what. Set-based over all accounts of a batch, in the caller's transaction:
what many accounts hear at once costs no more statements than what one does."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import admins as channel_admins
from sokhach.channels import log
from sokhach.channels.admins import Seen
from sokhach.channels.connector import (
    GROUP,
    SEEN_UP_TO,
    Account,
    Inbound,
    InboundChannelEvent,
    InboundDetails,
    InboundFollow,
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
    InboundReceipt,
    InboundStub,
    InboundTag,
)
from sokhach.channels.zalo_personal.friends import settling as friendships
from sokhach.channels.zalo_personal.private import stubs
from sokhach.conversations import delivery, reactions, reading, recalls, titles
from sokhach.conversations import intake as conversations
from sokhach.conversations.intake import Incoming, NewThread, Receipt
from sokhach.core.database import Key
from sokhach.core.events import Event
from sokhach.customers import privacy, tags
from sokhach.customers import service as customers
from sokhach.customers.events import IdentitiesCreated, ProfilesOutdated
from sokhach.customers.service import FollowSeen, Known
from sokhach.intake import asides
from sokhach.intake.asides import Items, by_account, of

# After these the channel knows more of a person than it told.
OUTDATES = frozenset({"update_user_info"})


async def apply(
    connection: AsyncConnection, accounts: Mapping[int, Account], items: Items, now: datetime
) -> list[Event]:
    """Applies a batch; returns what happened, for the caller to publish. Applying it again changes nothing."""
    stray = {account_id for account_id, item in of(InboundReceipt, items) if item.stray}
    await delivery.hold_all_names(connection, _names(items), alone=stray)
    items, groups = await asides.of_known_groups(connection, items)
    known, created = await customers.ensure_identities(connection, _people(items))
    people = await asides.find_known(connection, items, known)
    items = asides.without_strangers(items, people)
    threads, made = await conversations.ensure_conversations(connection, _threads(items, people))
    await conversations.add_participants(connection, _participants(items, threads, people))
    admins = _admins(items)
    staff = await channel_admins.staff_behind(connection, admins) if admins else {}
    read = await _hold_read(connection, accounts, items, threads)
    stored = await conversations.store(connection, _messages(items, threads, people, staff, accounts), now)
    await conversations.apply_receipts(connection, _receipts(items), now)
    await reading.spread(connection, read, now)
    await customers.apply_follows(connection, _follows(items, people))
    renamed = await customers.apply_profiles(connection, _profiles(items, people))
    events: list[Event] = [*_to_ask_about(created, items), *stored]
    if items.has(_RARE):
        renamed = [*renamed, *await _apply_rare(connection, accounts, items, threads, people, now)]
        events += await asides.apply_members(connection, items, {**groups, **threads}, people)
        events += await reactions.apply(connection, asides.reactions(items))
        events += await recalls.apply(connection, asides.recalls(items))
        events += await titles.title_groups(connection, asides.titles(items))
    # Whose account it is needs no noting.
    strangers = {one: seen for one, seen in admins.items() if one[1] != accounts[one[0]].external_id}
    if strangers:
        await channel_admins.note(connection, strangers)
    return [*events, *_outdated(items, made), *await titles.renamed(connection, renamed)]


# What an ordinary batch has none of.
_RARE = (
    InboundReaction,
    InboundDetails,
    InboundTag,
    InboundParticipant,
    InboundMembers,
    InboundPrivacyRequest,
    InboundChannelEvent,
    InboundGroup,
    InboundStub,
    InboundRecall,
    InboundName,
    InboundLabels,
)


async def _apply_rare(
    connection: AsyncConnection,
    accounts: Mapping[int, Account],
    items: Items,
    threads: Mapping[Key, int],
    people: Mapping[Key, Known],
    now: datetime,
) -> list[int]:
    """Returns the contacts that look different now."""
    await conversations.note_comings(connection, asides.comings(items, threads, people))
    changed = await customers.apply_details(connection, asides.details(items, people))
    for account_id, tagged in sorted(asides.tagged(items, people).items()):
        changed += await tags.apply(connection, account_id, tagged)
    for account_id, asked in sorted(asides.privacy_asked(items, people).items()):
        await privacy.apply(connection, account_id, asked)
    for account_id, told in sorted(by_account(InboundChannelEvent, items).items()):
        new = await log.apply(connection, accounts[account_id], told, now)
        await friendships.heard(connection, account_id, new, now)
    await stubs.store(connection, of(InboundStub, items))
    changed += await asides.apply_names(connection, items, people)
    changed += await asides.apply_labels(connection, items, people)
    return changed


async def _hold_read(
    connection: AsyncConnection,
    accounts: Mapping[int, Account],
    items: Items,
    threads: Mapping[Key, int],
) -> Collection[int]:
    """Where something is seen that may mean more, or something was sent of which that may be said already."""
    seen: set[Key] = set()
    sent: set[Key] = set()
    telling = {account_id for account_id, account in accounts.items() if account.channel in SEEN_UP_TO}
    if not telling:
        return []
    for account_id, receipt in of(InboundReceipt, items):
        if account_id in telling:
            seen.update((account_id, name) for name in receipt.external_ids)
    for account_id, item in of(InboundMessage, items):
        if account_id in telling and item.direction == "out":
            sent.add((account_id, item.thread_key))
    if not seen and not sent:
        return []
    # All at once, or those that are held later would be out of order.
    return {*await reading.hold_read(connection, threads.values(), seen), *(threads[key] for key in sent)}


_NAMING_OURS = (InboundReceipt, InboundRecall)


def _names(items: Items) -> dict[int, set[str]]:
    """Of our side's messages, by which their receipts find them; by account."""
    names: dict[int, set[str]] = defaultdict(set)
    for kind in _NAMING_OURS:
        for account_id, item in of(kind, items):
            names[account_id].update(item.external_ids)
    for account_id, item in of(InboundMessage, items):
        if item.direction == "out":
            names[account_id].update((item.external_id, *item.aliases))
    return names


_OF_NOBODY = (InboundReceipt, InboundRecall, InboundChannelEvent, InboundGroup, InboundStub)


def _people(items: Items) -> dict[Key, datetime]:
    """Whom the batch is about, and since when we know of them. The log of an account makes nobody a customer."""
    people: dict[Key, datetime] = {}
    for account_id, item, _ in items:
        if isinstance(item, _OF_NOBODY) or asides.only_if_known(item):
            continue
        at = item.sent_at if isinstance(item, InboundMessage) else item.at
        for person in _whom(item):
            key = (account_id, person)
            people[key] = min(at, people.get(key, at))
    return people


_OF_MANY = (InboundTag, InboundParticipant, InboundMembers)


def _whom(item: Inbound) -> Sequence[str]:
    if isinstance(item, InboundMessage):
        if item.kind == "event" and "people" in item.details:
            return item.details["people"]
    elif isinstance(item, _OF_MANY):
        return item.people
    person: str | None = getattr(item, "person", None)
    return [person] if person is not None else []


def _to_ask_about(created: Sequence[IdentitiesCreated], items: Items) -> list[Event]:
    """Of whom a profile came with the batch, the channel knows no more. About members of a group it is asked at once,
    not one by one."""
    if not created:
        return []
    known = {(account_id, item.person) for account_id, item in of(InboundProfile, items)}
    unknown = {(one.account_id, person) for one in created for person in one.people} - known
    events: list[Event] = []
    for account_id, item in of(InboundMembers, items):
        members = {(account_id, person) for person in item.people}
        if members & unknown:
            events.append(ProfilesOutdated(account_id=account_id, people=[GROUP + item.thread_key]))
            unknown -= members
    left = [(one.account_id, [who for who in one.people if (one.account_id, who) in unknown]) for one in created]
    return [
        *events,
        *(IdentitiesCreated(account_id=account_id, people=people) for account_id, people in left if people),
    ]


def _threads(items: Items, people: Mapping[Key, Known]) -> dict[Key, NewThread]:
    threads: dict[Key, NewThread] = {}
    for account_id, item in of(InboundMessage, items):
        key = (account_id, item.thread_key)
        first = threads.get(key)
        if first is not None and first.created_at <= item.sent_at:
            continue
        who = people.get(key) if item.thread_kind == "direct" else None
        threads[key] = NewThread(
            account_id=account_id,
            thread_key=item.thread_key,
            kind=item.thread_kind,
            contact_id=who.contact_id if who else None,
            custodian_id=who.custodian_id if who else None,
            created_at=item.sent_at,
        )
    return threads


def _participants(
    items: Items, threads: Mapping[Key, int], people: Mapping[Key, Known]
) -> dict[tuple[int, int], datetime]:
    seen: dict[tuple[int, int], datetime] = {}
    for account_id, item in of(InboundMessage, items):
        if item.thread_kind == "group" and item.person is not None:
            key = (threads[account_id, item.thread_key], people[account_id, item.person].identity_id)
            seen[key] = min(item.sent_at, seen.get(key, item.sent_at))
    return seen


def _admins(items: Items) -> dict[Key, Seen]:
    admins: dict[Key, Seen] = {}
    for account_id, item in of(InboundMessage, items):
        if item.direction == "out" and item.author:
            seen = admins.get((account_id, item.author), Seen(item.sent_at, item.sent_at))
            admins[account_id, item.author] = Seen(min(item.sent_at, seen.first_at), max(item.sent_at, seen.last_at))
    return admins


def _messages(
    items: Items,
    threads: Mapping[Key, int],
    people: Mapping[Key, Known],
    staff: Mapping[Key, int],
    accounts: Mapping[int, Account],
) -> list[Incoming]:
    return [
        Incoming(
            account_id=account_id,
            conversation_id=threads[account_id, item.thread_key],
            external_id=item.external_id,
            aliases=item.aliases,
            direction=item.direction,
            author_kind=_author_kind(item),
            author_identity_id=people[account_id, item.person].identity_id
            if item.direction == "in" and item.person
            else None,
            author_external_id=item.person if item.direction == "in" else item.author,
            by_hand=item.author not in {None, accounts[account_id].external_id},
            answered_by=staff.get((account_id, item.author)) if item.direction == "out" and item.author else None,
            author_staff_id=staff.get(_own(accounts[account_id])) if _by_holder(item, accounts[account_id]) else None,
            kind=item.kind,
            body=item.text,
            content=_content(item),
            quoted_external_id=item.quoted_external_id,
            sent_at=item.sent_at,
            received_at=received_at,
            interacts=item.interacts,
        )
        for account_id, item, received_at in items.kinds.get(InboundMessage, ())
        if isinstance(item, InboundMessage)
    ]


def _own(account: Account) -> Key:
    return account.id, account.external_id


def _by_holder(item: InboundMessage, account: Account) -> bool:
    return item.direction == "out" and item.author == account.external_id


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
    if item.mentions:
        content["mentions"] = msgspec.to_builtins(item.mentions)
    return content or None


def _author_kind(item: InboundMessage) -> Literal["customer", "channel", "system"]:
    if item.direction == "out":
        return "channel"
    return "customer" if item.person is not None else "system"


def _receipts(items: Items) -> list[Receipt]:
    return [
        Receipt(account_id=account_id, external_id=external_id, kind=item.kind, at=item.at)
        for account_id, item in of(InboundReceipt, items)
        for external_id in item.external_ids
    ]


_FOLLOWING = (InboundFollow, InboundProfile)


def _follows(items: Items, people: Mapping[Key, Known]) -> list[FollowSeen]:
    return [
        FollowSeen(
            identity_id=people[account_id, item.person].identity_id,
            following=item.following,
            source=item.source if isinstance(item, InboundFollow) else None,
            at=item.at,
        )
        for account_id, item, _ in (items if items.has(_FOLLOWING) else ())
        if isinstance(item, _FOLLOWING) and item.following is not None
    ]


def _profiles(items: Items, people: Mapping[Key, Known]) -> list[customers.ProfileSeen]:
    return [
        customers.profile_seen(people[account_id, item.person].identity_id, item.display_name, item.avatar_url, item.at)
        for account_id, item in of(InboundProfile, items)
    ]


def _outdated(items: Items, made: Sequence[NewThread]) -> list[Event]:
    outdated: dict[int, set[str]] = defaultdict(set)
    for thread in made:
        if thread.kind == "group":
            outdated[thread.account_id].add(GROUP + thread.thread_key)
    for account_id, item in of(InboundMessage, items):
        if item.event == "update_group_info":
            outdated[account_id].add(GROUP + item.thread_key)
        if item.kind == "event" and item.event in OUTDATES and item.person is not None:
            outdated[account_id].add(item.person)
    return [ProfilesOutdated(account_id=one, people=sorted(outdated[one])) for one in sorted(outdated)]
