"""From normalised items to rows: who, where, what. Set-based, for one account, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import (
    Account,
    Inbound,
    InboundFollow,
    InboundMessage,
    InboundProfile,
    InboundReceipt,
)
from sokhach.conversations import delivery
from sokhach.conversations import intake as conversations
from sokhach.conversations.intake import Incoming, NewThread, Receipt
from sokhach.core.events import Event
from sokhach.customers import service as customers
from sokhach.customers.service import FollowSeen, Known

Timed = tuple[Inbound, datetime]


async def apply(connection: AsyncConnection, account: Account, items: Sequence[Timed], now: datetime) -> list[Event]:
    """Applies a batch; returns what happened, for the caller to publish. Applying it again changes nothing."""
    await delivery.hold_names(connection, account.id, _names(items))
    people, created = await customers.ensure_identities(connection, account.id, _people(items))
    threads = await conversations.ensure_conversations(connection, account.id, _threads(items, people))
    await conversations.add_participants(connection, _participants(items, threads, people))
    stored = await conversations.store(connection, account.id, _messages(items, threads, people), now)
    await conversations.apply_receipts(connection, account.id, _receipts(items), now)
    await customers.apply_follows(connection, _follows(items, people))
    renamed = await customers.apply_profiles(connection, _profiles(items, people))
    return [*created, *stored, *await conversations.renamed(connection, renamed)]


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
    people: dict[str, datetime] = {}
    for item, _ in items:
        at = item.sent_at if isinstance(item, InboundMessage) else getattr(item, "at", None)
        person = getattr(item, "person", None)
        if person is not None and at is not None:
            people[person] = min(at, people.get(person, at))
    return people


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


def _messages(items: Sequence[Timed], threads: Mapping[str, int], people: Mapping[str, Known]) -> list[Incoming]:
    return [
        Incoming(
            conversation_id=threads[item.thread_key],
            external_id=item.external_id,
            direction=item.direction,
            author_kind="customer" if item.direction == "in" else "channel",
            author_identity_id=people[item.person].identity_id if item.direction == "in" and item.person else None,
            author_external_id=item.person if item.direction == "in" else item.author,
            kind=item.kind,
            body=item.text,
            content=_content(item),
            quoted_external_id=item.quoted_external_id,
            sent_at=item.sent_at,
            received_at=received_at,
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
    return content or None


def _receipts(items: Sequence[Timed]) -> list[Receipt]:
    return [
        Receipt(external_id=external_id, kind=item.kind, at=item.at)
        for item, _ in items
        if isinstance(item, InboundReceipt)
        for external_id in item.external_ids
    ]


def _follows(items: Sequence[Timed], people: Mapping[str, Known]) -> list[FollowSeen]:
    return [
        FollowSeen(identity_id=people[item.person].identity_id, following=item.following, at=item.at)
        for item, _ in items
        if isinstance(item, InboundFollow | InboundProfile) and item.following is not None
    ]


def _profiles(items: Sequence[Timed], people: Mapping[str, Known]) -> list[customers.ProfileSeen]:
    return [
        customers.profile_seen(people[item.person].identity_id, item.display_name, item.avatar_url, item.at)
        for item, _ in items
        if isinstance(item, InboundProfile)
    ]
