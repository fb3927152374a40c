"""Reads of contacts. Row-level security is the wall."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.catalogue import Locale, explain
from sokhach.customers import tags
from sokhach.customers.tags import Tag

LARGEST_ID = 2**53


class IdentityAccount(msgspec.Struct, kw_only=True):
    id: int
    name: str
    channel: str


class IdentityView(msgspec.Struct, kw_only=True):
    """What a contact is called on one account. `following`: None when the channel has not said."""

    account: IdentityAccount
    external_id: str
    display_name: str | None
    following: bool | None
    follow_source_text: str | None
    first_seen_at: datetime


class ContactDetails(msgspec.Struct, kw_only=True):
    """What the customer told, or what staff wrote down on the channel; by the latest word on any account."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None
    ward: str | None = None
    district: str | None = None
    city: str | None = None
    birthday: str | None = None
    gender: str | None = None
    alias: str | None = None
    external_ref: str | None = None


class ContactView(msgspec.Struct, kw_only=True):
    """`phones` in E.164."""

    id: int
    code: str
    name: str
    avatar_url: str | None
    tags: list[Tag]
    phones: list[str]
    details: ContactDetails
    identities: list[IdentityView]


async def get_contact(connection: AsyncConnection, contact_id: int, locale: Locale) -> ContactView | None:
    """None when there is no such contact, or none for this actor."""
    contact = (await connection.execute(_CONTACT, {"id": contact_id})).one_or_none()
    if contact is None:
        return None
    identities = (await connection.execute(_IDENTITIES, {"id": contact_id})).all()
    tagged = await tags.of_contacts(connection, [contact_id])
    return ContactView(
        id=contact.id,
        code=contact.code,
        name=contact.name or contact.code,
        avatar_url=contact.avatar_url,
        tags=list(tagged.get(contact_id, [])),
        phones=[row.external_id for row in identities if row.kind == "phone"],
        details=_details(identities),
        identities=[_identity(row, locale) for row in identities if row.kind == "channel"],
    )


async def sees(connection: AsyncConnection, contact_id: int) -> bool:
    """Whether the transaction's actor sees the contact."""
    found = await connection.execute(text("SELECT 1 FROM contact WHERE id = :id"), {"id": contact_id})
    return found.first() is not None


async def conversations_of(connection: AsyncConnection, contact_id: int) -> list[int]:
    rows = await connection.execute(text("SELECT id FROM conversation WHERE contact_id = :id"), {"id": contact_id})
    return list(rows.scalars())


def _identity(row: Any, locale: Locale) -> IdentityView:
    return IdentityView(
        account=IdentityAccount(id=row.account_id, name=row.account_name, channel=row.channel),
        external_id=row.external_id,
        display_name=row.display_name,
        following=row.following,
        follow_source_text=explain(locale, "follow-source", row.follow_source) if row.follow_source else None,
        first_seen_at=row.first_seen_at,
    )


def _details(identities: Sequence[Any]) -> ContactDetails:
    latest: dict[str, dict[str, Any]] = {}
    for row in identities:
        details: dict[str, dict[str, Any]] = row.details or {}
        for field, word in details.items():
            if field not in latest or latest[field]["at"] < word["at"]:
                latest[field] = word
    return msgspec.convert({field: word["value"] for field, word in latest.items()}, ContactDetails)


_CONTACT = text("SELECT id, code, name, avatar_url FROM contact WHERE id = :id")
_IDENTITIES = text(
    """
    SELECT i.kind, i.account_id, a.name AS account_name, a.channel, i.external_id, i.display_name, i.following,
        i.follow_source, i.first_seen_at, i.details
    FROM contact_identity i LEFT JOIN channel_account a ON a.id = i.account_id
    WHERE i.contact_id = :id ORDER BY i.first_seen_at, i.id
    """
)
