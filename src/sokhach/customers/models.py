"""Contacts: the company's customers, and the identities by which channels know them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Identity, Index, Text, text
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
    __table_args__ = (Index("ix_contact_custodian_id", "custodian_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(Text, code("KH"))
    name: Mapped[str] = mapped_column(Text)
    name_folded: Mapped[str] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    custodian_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(TIME)


class ContactIdentity(Base):
    """What a contact is called on one account (`kind` channel), or a phone number or e-mail address of theirs."""

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
        Index("ix_contact_identity_contact_id", "contact_id"),
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
    first_seen_at: Mapped[datetime] = mapped_column(TIME)
