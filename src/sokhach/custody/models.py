"""The ledger of custody."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class CustodyChange(Base):
    """A customer, a group or the answering of a conversation went from one to another. Append-only. Of a customer
    (`contact_id`) with all their direct conversations, else of the one conversation. `from_id`, `to_id` None: of
    nobody. Of `assign` they are assignees, else custodians. `by_id` None: not a person."""

    __tablename__ = "custody_change"
    __table_args__ = (
        CheckConstraint("(contact_id IS NULL) <> (conversation_id IS NULL)", name="of_one"),
        CheckConstraint("kind IN ('transfer', 'claim', 'assign')", name="kind"),
        CheckConstraint("kind <> 'assign' OR conversation_id IS NOT NULL", name="assign"),
        Index(
            "ix_custody_change_contact_id_at",
            "contact_id",
            text("at DESC"),
            text("id DESC"),
            postgresql_where=text("contact_id IS NOT NULL"),
        ),
        Index(
            "ix_custody_change_conversation_id_at",
            "conversation_id",
            text("at DESC"),
            text("id DESC"),
            postgresql_where=text("conversation_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    kind: Mapped[str] = mapped_column(Text)
    from_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(TIME)
    note: Mapped[str] = mapped_column(Text)
