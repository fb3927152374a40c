"""Notes, and who is mentioned in them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class Note(Base):
    """What a colleague wrote about a conversation. The text never changes, and stays when its author takes the note
    back."""

    __tablename__ = "note"
    __table_args__ = (
        CheckConstraint("(deleted_at IS NULL) = (deleted_by IS NULL)", name="deleted"),
        Index("ix_note_conversation_id_created_at_id", "conversation_id", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(TIME)
    deleted_at: Mapped[datetime | None] = mapped_column(TIME)
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class NoteMention(Base):
    """A colleague whom a note calls. What lets them see the conversation is a row of `conversation_grant`."""

    __tablename__ = "note_mention"

    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
