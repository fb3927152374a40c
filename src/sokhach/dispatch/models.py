"""The outbox: messages on their way out."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
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
