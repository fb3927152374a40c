"""Tables of the ground floor."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import INET, JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base

TIME = TIMESTAMP(timezone=True)


class Clock(Base):
    """One row: how far the company's clock is moved (tests and demos; 0 in production)."""

    __tablename__ = "clock"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    offset_seconds: Mapped[float] = mapped_column(Double)


class RealtimeEvent(Base):
    """What browsers are told. `position` is given after commit by the sequencer; ids only, never customers' words."""

    __tablename__ = "realtime_event"
    __table_args__ = (
        Index("ix_realtime_event_unsequenced", "id", postgresql_where=text("position IS NULL")),
        Index("uq_realtime_event_position", "position", unique=True),
        Index("ix_realtime_event_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    position: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    conversation_id: Mapped[int | None] = mapped_column(BigInteger)
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(TIME)


class RealtimePosition(Base):
    """One row: the last position that the sequencer gave."""

    __tablename__ = "realtime_position"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)


class EventRetry(Base):
    """Events whose handler raised: the rest was committed, this waits to be handled again."""

    __tablename__ = "event_retry"
    __table_args__ = (Index("ix_event_retry_next_attempt_at", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    handler: Mapped[str] = mapped_column(Text)
    event_type: Mapped[str] = mapped_column(Text)
    events: Mapped[list[Any]] = mapped_column(JSONB)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    last_error: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(TIME)
    next_attempt_at: Mapped[datetime] = mapped_column(TIME)


class AuditLog(Base):
    """Something that a person changed, or had done. Append-only. `staff_id` None: from the command line."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_at", text("at DESC"), text("id DESC")),
        Index("ix_audit_log_staff_id_at", "staff_id", text("at DESC"), text("id DESC")),
        Index("ix_audit_log_action_at", "action", text("at DESC"), text("id DESC")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(TIME)
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(Text)
    target_id: Mapped[int | None] = mapped_column(BigInteger)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    address: Mapped[str | None] = mapped_column(INET)
    device: Mapped[str] = mapped_column(Text)


class Mail(Base):
    """An e-mail that is to be sent, or was: without its words once it is settled."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("(due_at IS NULL) = (sealed IS NULL)", name="settled"),
        Index("ix_mail_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(TIME)
    until: Mapped[datetime] = mapped_column(TIME)
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime | None] = mapped_column(TIME)
    sent_at: Mapped[datetime | None] = mapped_column(TIME)
    error: Mapped[str | None] = mapped_column(Text)
