"""What was refused. `access_log` is of the conversations (`read_messages` writes it), `audit_log` of the core."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import INET, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base

TIME = TIMESTAMP(timezone=True)


class AccessRefusal(Base):
    """Somebody asked for what they may not see or do: one row per person, thing and five minutes, which counts.

    `kind` says what `target_id` is of; `action`: of nothing in particular. `permission`: the one that was lacking.
    `conversation_id` and `contact_id`: what the thing belongs to. The function `note_refusal` is the only writer.
    """

    __tablename__ = "access_refusal"
    __table_args__ = (
        CheckConstraint("reason IN ('not-visible', 'not-permitted')", name="reason"),
        CheckConstraint(
            "kind IN ('conversation', 'contact', 'media', 'message', 'note', 'share', 'action')", name="kind"
        ),
        Index("ix_access_refusal_at", text("at DESC"), text("id DESC")),
        Index("ix_access_refusal_staff_id_at", "staff_id", text("at DESC"), text("id DESC")),
        Index("ix_access_refusal_conversation_id_at", "conversation_id", text("at DESC"), text("id DESC")),
        Index("ix_access_refusal_contact_id_at", "contact_id", text("at DESC"), text("id DESC")),
        Index(
            "uq_access_refusal_once",
            "staff_id",
            "kind",
            text("coalesce(target_id, 0)"),
            text("coalesce(permission, '')"),
            "reason",
            "period",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(Text)
    permission: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    target_id: Mapped[int | None] = mapped_column(BigInteger)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    route: Mapped[str] = mapped_column(Text)
    period: Mapped[datetime] = mapped_column(TIME)
    at: Mapped[datetime] = mapped_column(TIME)
    last_at: Mapped[datetime] = mapped_column(TIME)
    attempts: Mapped[int] = mapped_column(Integer)
    address: Mapped[str | None] = mapped_column(INET)
    device: Mapped[str] = mapped_column(Text)
