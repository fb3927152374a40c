"""The outbox: messages on their way out."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class Outbox(Base):
    """A message that still needs something done: to be sent (`queued`), or settled (`sending`, `uncertain`).

    `due_at` is when to look at it next; while a worker calls the platform it is when that worker is given up.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due_at", "due_at"),
        Index("ix_outbox_conversation_id", "conversation_id", "message_id"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    attempts: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[datetime] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)


class OutgoingReaction(Base):
    """What staff put on a message (`icon` None: took away), on its way to the platform. The last one counts."""

    __tablename__ = "outgoing_reaction"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed', 'uncertain')", name="state"),
        Index("ix_outgoing_reaction_due_at", "due_at", postgresql_where=text("state IN ('queued', 'sending')")),
        Index("ix_outgoing_reaction_message_id", "message_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    external_id: Mapped[str] = mapped_column(Text)
    icon: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[datetime] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)
    changed_at: Mapped[datetime] = mapped_column(TIME)


class OutgoingRecall(Base):
    """A message of ours that staff take back, on its way to the platform. Asking twice does no harm."""

    __tablename__ = "outgoing_recall"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sending', 'done', 'failed')", name="state"),
        Index("ix_outgoing_recall_due_at", "due_at", postgresql_where=text("state IN ('queued', 'sending')")),
        Index("ix_outgoing_recall_conversation_id", "conversation_id"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[datetime] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)
    changed_at: Mapped[datetime] = mapped_column(TIME)
