"""What lets somebody see a conversation that is none of theirs."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME

STANDS = text("revoked_at IS NULL")


class ConversationGrant(Base):
    """A colleague shows somebody a conversation, until a time (`share`), or mentions them in a note of it (`mention`).
    It lives until then, or until it is revoked."""

    __tablename__ = "conversation_grant"
    __table_args__ = (
        CheckConstraint("kind IN ('share', 'mention')", name="kind"),
        CheckConstraint("(kind = 'share') = (until IS NOT NULL)", name="until"),
        Index("ix_conversation_grant_conversation_id", "conversation_id", "staff_id", postgresql_where=STANDS),
        Index("ix_conversation_grant_staff_id", "staff_id", "conversation_id", postgresql_where=STANDS),
        Index(
            "ix_conversation_grant_until", "until", postgresql_where=text("revoked_at IS NULL AND until IS NOT NULL")
        ),
        Index(
            "uq_conversation_grant_mention",
            "conversation_id",
            "staff_id",
            unique=True,
            postgresql_where=text("kind = 'mention' AND revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    granted_at: Mapped[datetime] = mapped_column(TIME)
    until: Mapped[datetime | None] = mapped_column(TIME)
    revoked_at: Mapped[datetime | None] = mapped_column(TIME)
    note: Mapped[str] = mapped_column(Text)
