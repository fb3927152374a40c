"""Imports of old conversations, and what each of them added."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME

JSON = dict[str, Any]
UNDER_WAY = "state IN ('checking', 'running', 'undoing')"


class HistoryImport(Base):
    """A file and what becomes of it. `position` is the byte of the file from which the worker goes on, `line` the line
    there. `form` says how the file is read, `head` what its beginning shows; `found` counts what was read so far,
    `preview` holds what the check counted, `undone` what was taken away again."""

    __tablename__ = "history_import"
    __table_args__ = (
        CheckConstraint(
            "state IN ('uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'undoing', 'undone',"
            " 'discarded')",
            name="state",
        ),
        Index("ix_history_import_under_way", "id", postgresql_where=text(UNDER_WAY)),
        Index("ix_history_import_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    storage_key: Mapped[str | None] = mapped_column(Text)
    form: Mapped[JSON] = mapped_column(JSONB)
    head: Mapped[JSON] = mapped_column(JSONB)
    mapping: Mapped[JSON | None] = mapped_column(JSONB)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("channel_account.id", ondelete="SET NULL"))
    custodian_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(BigInteger)
    line: Mapped[int] = mapped_column(BigInteger)
    found: Mapped[JSON] = mapped_column(JSONB)
    preview: Mapped[JSON | None] = mapped_column(JSONB)
    faults: Mapped[list[Any]] = mapped_column(JSONB)
    sample: Mapped[list[Any]] = mapped_column(JSONB)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(TIME)
    started_at: Mapped[datetime | None] = mapped_column(TIME)
    ended_at: Mapped[datetime | None] = mapped_column(TIME)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None] = mapped_column(TIME)
    undone: Mapped[JSON | None] = mapped_column(JSONB)


class MessageImport(Base):
    """From which line of which import a message is. `external_id` is what the file calls it, which the channel need not
    know; `whole_minute`: its time has no seconds; `twin_id`: its channel told it by itself, it gives way."""

    __tablename__ = "message_import"
    __table_args__ = (
        Index("uq_message_import_import_id_line", "import_id", "line", unique=True),
        Index("ix_message_import_conversation_id_external_id", "conversation_id", "external_id"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("history_import.id"))
    line: Mapped[int] = mapped_column(BigInteger)
    conversation_id: Mapped[int] = mapped_column(BigInteger)
    external_id: Mapped[str | None] = mapped_column(Text)
    whole_minute: Mapped[bool]
    twin_id: Mapped[int | None] = mapped_column(BigInteger)


class ImportMade(Base):
    """A conversation, a contact or an identity that was not there before an import."""

    __tablename__ = "import_made"
    __table_args__ = (
        CheckConstraint("num_nonnulls(conversation_id, contact_id, identity_id) = 1", name="one"),
        Index("ix_import_made_import_id", "import_id"),
        Index("uq_import_made_conversation_id", "conversation_id", unique=True),
        Index("uq_import_made_contact_id", "contact_id", unique=True),
        Index("uq_import_made_identity_id", "identity_id", unique=True),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("history_import.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    identity_id: Mapped[int | None] = mapped_column(ForeignKey("contact_identity.id", ondelete="CASCADE"))


class HistoryImportSeen(Base):
    """What a check has met in the file already: threads and external ids, hashed. Gone when it ends."""

    __tablename__ = "history_import_seen"

    import_id: Mapped[int] = mapped_column(ForeignKey("history_import.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
