"""What messages carry besides words."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class Media(Base):
    """One file: of a message from a channel (fetched from `source_url`), or uploaded by `staff_id` for an answer.

    `position` is that of the attachment in its message. `type`, `content_type` and sizes are what the bytes are, once
    `stored`; before, what the channel said. `refused`: we do not want it; `failed`: it cannot be had any more.
    `sticker_id`: of a sticker that came without a link; it waits until `source_url` is found.
    `storage_key` names the bytes, its derivatives stand beside it. It is random, and the web role cannot read it.
    """

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'stored', 'failed', 'refused')", name="state"),
        CheckConstraint("type IN ('image', 'gif', 'sticker', 'audio', 'video', 'file')", name="type"),
        CheckConstraint(
            "state <> 'stored' OR (content_type IS NOT NULL AND size_bytes IS NOT NULL AND sha256 IS NOT NULL"
            " AND storage_key IS NOT NULL AND stored_at IS NOT NULL)",
            name="stored",
        ),
        CheckConstraint("state NOT IN ('failed', 'refused') OR reason IS NOT NULL", name="reason"),
        CheckConstraint("message_id IS NOT NULL OR staff_id IS NOT NULL", name="origin"),
        Index("uq_media_message_id_position", "message_id", "position", unique=True),
        Index("ix_media_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index("ix_media_unattached", "created_at", postgresql_where=text("message_id IS NULL")),
        Index("ix_media_sticker_id", "sticker_id", postgresql_where=text("state = 'pending' AND source_url IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    source_url: Mapped[str | None] = mapped_column(Text)
    poster_url: Mapped[str | None] = mapped_column(Text)
    sticker_id: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    duration_ms: Mapped[int | None] = mapped_column(Integer)
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    storage_key: Mapped[str | None] = mapped_column(Text)
    has_thumbnail: Mapped[bool]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime | None] = mapped_column(TIME)
    created_at: Mapped[datetime] = mapped_column(TIME)
    stored_at: Mapped[datetime | None] = mapped_column(TIME)


class Sticker(Base):
    """Where a channel has the picture of a sticker, once for all accounts and messages. It is asked for since
    `asked_at`; `unknown`: until `due_at` nobody asks again."""

    __tablename__ = "sticker"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'found', 'unknown')", name="state"),
        CheckConstraint("(state = 'found') = (url IS NOT NULL)", name="found"),
    )

    channel: Mapped[str] = mapped_column(Text, primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    asked_at: Mapped[datetime] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)
