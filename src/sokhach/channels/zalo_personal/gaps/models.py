"""Tables of what a personal account may lack."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class PersonalFill(Base):
    """What came while an account was not connected is asked for, once for each connection: back to `from_at` (None: it
    is the first one). `direct_id` and `group_id` are where asking stands, `…_at` how far back it came, `…_state` how it
    ended."""

    __tablename__ = "personal_fill"
    __table_args__ = (
        CheckConstraint("direct_state IN ('open', 'joined', 'ended', 'stuck')", name="direct_state"),
        CheckConstraint("group_state IN ('open', 'joined', 'ended', 'stuck')", name="group_state"),
        Index("ix_personal_fill_due_at", "due_at", postgresql_where=text("done_at IS NULL")),
        Index("ix_personal_fill_account_id", "account_id", "span_id"),
    )

    span_id: Mapped[int] = mapped_column(ForeignKey("personal_span.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"))
    from_at: Mapped[datetime | None] = mapped_column(TIME)
    until_at: Mapped[datetime] = mapped_column(TIME)
    direct_state: Mapped[str] = mapped_column(Text)
    direct_id: Mapped[str | None] = mapped_column(Text)
    direct_at: Mapped[datetime | None] = mapped_column(TIME)
    group_state: Mapped[str] = mapped_column(Text)
    group_id: Mapped[str | None] = mapped_column(Text)
    group_at: Mapped[datetime | None] = mapped_column(TIME)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime] = mapped_column(TIME)
    done_at: Mapped[datetime | None] = mapped_column(TIME)


class PersonalMissing(Base):
    """A message that the platform named and did not give. `asked_at`: it was asked for once more; `gap_id`: the time
    that shows it; `arrived_at`: it came after all."""

    __tablename__ = "personal_missing"
    __table_args__ = (
        Index("ix_personal_missing_open", "account_id", postgresql_where=text("arrived_at IS NULL")),
        Index("ix_personal_missing_gap_id", "gap_id", postgresql_where=text("gap_id IS NOT NULL")),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    alias: Mapped[str | None] = mapped_column(Text)
    thread_key: Mapped[str] = mapped_column(Text)
    in_group: Mapped[bool]
    inbound: Mapped[bool]
    sent_at: Mapped[datetime] = mapped_column(TIME)
    found_at: Mapped[datetime] = mapped_column(TIME)
    asked_at: Mapped[datetime | None] = mapped_column(TIME)
    gap_id: Mapped[int | None] = mapped_column(ForeignKey("gap.id"))
    arrived_at: Mapped[datetime | None] = mapped_column(TIME)


class PersonalCompleteness(Base):
    """How much of what the platform is known to have sent since `since` is here, and when that is looked at next."""

    __tablename__ = "personal_completeness"
    __table_args__ = (Index("ix_personal_completeness_due_at", "due_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(TIME)
    stored: Mapped[int] = mapped_column(BigInteger)
    missing: Mapped[int] = mapped_column(BigInteger)
    counted_at: Mapped[datetime | None] = mapped_column(TIME)
    reconciled_at: Mapped[datetime | None] = mapped_column(TIME)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime] = mapped_column(TIME)


class PersonalHour(Base):
    """How many messages from others came in by an account in an hour. `events`, so that the same rule reads it."""

    __tablename__ = "personal_hour"

    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(TIME, primary_key=True)
    events: Mapped[int] = mapped_column(Integer)
