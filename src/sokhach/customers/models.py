"""Contacts: the company's customers, and the identities by which channels know them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


def code(prefix: str) -> Computed:
    """`KH-000123`: six digits or more."""
    return Computed(
        f"'{prefix}-' || CASE WHEN id < 1000000 THEN lpad(id::text, 6, '0') ELSE id::text END", persisted=True
    )


class Contact(Base):
    """A customer. One custodian at a time."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_custodian_id", "custodian_id"),
        Index("ix_contact_name_folded", "name_folded"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(Text, code("KH"))
    name: Mapped[str] = mapped_column(Text)
    name_folded: Mapped[str] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    custodian_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(TIME)


class ContactIdentity(Base):
    """What a contact is called on one account (`kind` channel), or a phone number (E.164) or e-mail address of theirs.

    `details` are what they told the account: {field: {"value": text, "at": time}}, each by its latest word.
    """

    __tablename__ = "contact_identity"
    __table_args__ = (
        CheckConstraint("kind IN ('channel', 'phone', 'email')", name="kind"),
        CheckConstraint("(kind = 'channel') = (account_id IS NOT NULL)", name="account"),
        Index(
            "uq_contact_identity_account_id_external_id",
            "account_id",
            "external_id",
            unique=True,
            postgresql_where=text("kind = 'channel'"),
        ),
        Index(
            "uq_contact_identity_contact_id_phone",
            "contact_id",
            "external_id",
            unique=True,
            postgresql_where=text("kind = 'phone'"),
        ),
        Index("ix_contact_identity_contact_id", "contact_id"),
        Index("ix_contact_identity_phone", "external_id", postgresql_where=text("kind = 'phone'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("channel_account.id"))
    external_id: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str | None] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    profiled_at: Mapped[datetime | None] = mapped_column(TIME)
    following: Mapped[bool | None]
    following_at: Mapped[datetime | None] = mapped_column(TIME)
    follow_source: Mapped[str | None] = mapped_column(Text)
    follow_source_at: Mapped[datetime | None] = mapped_column(TIME)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    first_seen_at: Mapped[datetime] = mapped_column(TIME)


class Tag(Base):
    """A word by which the company sorts its customers; one for all accounts."""

    __tablename__ = "tag"
    __table_args__ = (Index("uq_tag_name", "name", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    colour: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(TIME)


class ContactTag(Base):
    """The last word of an account, or of our staff (`account_id` None), on whether a contact carries a tag. Of all
    these the latest counts."""

    __tablename__ = "contact_tag"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) = (changed_by IS NOT NULL)", name="changed_by"),
        Index(
            "uq_contact_tag_contact_id_tag_id_account_id",
            "contact_id",
            "tag_id",
            "account_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_contact_tag_tag_id", "tag_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("channel_account.id"))
    present: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(TIME)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class TagRemoval(Base):
    """When an account last did away with a tag altogether: what it said of the tag before that counts no more."""

    __tablename__ = "tag_removal"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    removed_at: Mapped[datetime] = mapped_column(TIME)


class PrivacyRequest(Base):
    """A person wants something done about their data, by a time that the law sets; closed by whoever did it."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("kind IN ('withdraw')", name="kind"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
        Index("uq_privacy_request_identity_id_kind_requested_at", "identity_id", "kind", "requested_at", unique=True),
        Index("ix_privacy_request_due_at", "due_at", postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    identity_id: Mapped[int] = mapped_column(ForeignKey("contact_identity.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[datetime] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)
    closed_at: Mapped[datetime | None] = mapped_column(TIME)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str | None] = mapped_column(Text)
