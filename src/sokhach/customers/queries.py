"""Reads of contacts. Row-level security is the wall."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

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


class ToldPhone(msgspec.Struct, kw_only=True):
    """`masked`: all but its end is covered."""

    text: str
    masked: bool


class ContactDetails(msgspec.Struct, kw_only=True):
    """What the customer told, or what staff wrote down on the channel; by the latest word on any account."""

    name: str | None = None
    phone: ToldPhone | None = None
    address: str | None = None
    ward: str | None = None
    district: str | None = None
    city: str | None = None
    birthday: str | None = None
    gender: str | None = None
    alias: str | None = None
    external_ref: str | None = None


ContactLevel = Literal["full", "masked", "pool", "mention"]


class Reach(msgspec.Struct, kw_only=True):
    """A phone number (E.164) or an e-mail address; `masked`: all but its end, or its beginning, is covered."""

    id: int
    text: str
    masked: bool


class ContactView(msgspec.Struct, kw_only=True):
    """`level`: how much the caller sees: all; all with phone numbers and e-mail addresses masked; the name only, as
    the customer is nobody's yet (`pool`) or because of a mention."""

    id: int
    code: str
    name: str
    avatar_url: str | None
    level: ContactLevel
    tags: list[Tag]
    phones: list[Reach]
    emails: list[Reach]
    details: ContactDetails
    identities: list[IdentityView]


class RevealedContact(msgspec.Struct, kw_only=True):
    """In full. `details_phone`: the number that the customer told."""

    phones: list[str]
    emails: list[str]
    details_phone: str | None


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
        level=contact.level,
        tags=list(tagged.get(contact_id, [])),
        phones=_reach(identities, "phone"),
        emails=_reach(identities, "email"),
        details=_details(identities),
        identities=[_identity(row, locale) for row in identities if row.kind == "channel"],
    )


async def level_of(connection: AsyncConnection, contact_id: int) -> ContactLevel | None:
    """How much of the contact the transaction's actor sees; None: nothing."""
    level: ContactLevel | None = (await connection.execute(_LEVEL, {"id": contact_id})).scalar_one()
    return level


async def reveal(connection: AsyncConnection, contact_id: int, now: datetime) -> RevealedContact:
    """What is masked, in full, for who may know it; the database writes down that they asked."""
    rows = (await connection.execute(_REVEAL, {"id": contact_id, "now": now})).all()
    return RevealedContact(
        phones=[row.value for row in rows if row.kind == "phone"],
        emails=[row.value for row in rows if row.kind == "email"],
        details_phone=next((row.value for row in rows if row.kind == "details"), None),
    )


async def conversations_of(connection: AsyncConnection, contact_id: int) -> list[int]:
    rows = await connection.execute(text("SELECT id FROM conversation WHERE contact_id = :id"), {"id": contact_id})
    return list(rows.scalars())


def _reach(identities: Sequence[Any], kind: str) -> list[Reach]:
    return [Reach(id=row.id, text=row.external_id, masked=row.masked) for row in identities if row.kind == kind]


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
    masked = any(row.masked for row in identities)
    for row in identities:
        details: dict[str, dict[str, Any]] = row.details or {}
        for field, word in details.items():
            if field not in latest or latest[field]["at"] < word["at"]:
                latest[field] = word
    values: dict[str, Any] = {field: word["value"] for field, word in latest.items()}
    if "phone" in values:
        values["phone"] = {"text": values["phone"], "masked": masked}
    return msgspec.convert(values, ContactDetails)


_LEVEL = text("SELECT contact_level(:id)")
_CONTACT = text("SELECT id, code, name, avatar_url, contact_level(id) AS level FROM contact WHERE id = :id")
_IDENTITIES = text(
    """
    SELECT i.id, i.kind, i.account_id, a.name AS account_name, a.channel, i.external_id, i.display_name, i.following,
        i.follow_source, i.first_seen_at, i.details, i.masked
    FROM contact_identities(:id) i LEFT JOIN channel_account a ON a.id = i.account_id
    """
)
_REVEAL = text("SELECT kind, value FROM reveal_contact(:id, :now)")
