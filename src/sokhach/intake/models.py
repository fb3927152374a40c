"""The journal: what channels handed us, as they handed it."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class Journal(Base):
    """One row for each payload, byte for byte, kept for life. Appended by the gateway; a trigger makes it pending."""

    __tablename__ = "journal"
    __table_args__ = (CheckConstraint("source IN ('webhook', 'profile', 'history', 'frame')", name="source"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    lane: Mapped[int] = mapped_column(SmallInteger)
    source: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(TIME)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class JournalPending(Base):
    """Journal rows that the pipeline has yet to apply; `again`: it did so before, and is asked to repeat it."""

    __tablename__ = "journal_pending"
    __table_args__ = (Index("ix_journal_pending_account_id", "account_id"),)

    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    again: Mapped[bool] = mapped_column(primary_key=True, server_default=false())
    journal_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)


class Quarantine(Base):
    """A payload that could not be applied, with its reason, until a replay succeeds."""

    __tablename__ = "quarantine"
    __table_args__ = (
        Index("ix_quarantine_unresolved", "id", postgresql_where=text("resolved_at IS NULL")),
        Index("uq_quarantine_journal_id", "journal_id", unique=True),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    reason: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    received_at: Mapped[datetime] = mapped_column(TIME)
    last_attempt_at: Mapped[datetime] = mapped_column(TIME)
    resolved_at: Mapped[datetime | None] = mapped_column(TIME)
