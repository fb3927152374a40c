"""Conversations and what is said in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME
from sokhach.customers.models import code

OPEN_TURN = text("closed_at IS NULL")
NEWEST = (text("last_message_at DESC"), text("id DESC"))
ASSIGNED = "assignee_id IS NOT NULL"
OF_NOBODY = "custodian_id IS NULL AND assignee_id IS NULL"
WAITS = "waiting_since IS NOT NULL"
OPEN_EPISODE = text("resolved_at IS NULL")


class Conversation(Base):
    """A permanent thread on one account. `custodian_id` follows the contact's by trigger in a direct conversation and
    is the conversation's own in a group. The `last_…` columns and counts are maintained for the list."""

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint("kind IN ('direct', 'group')", name="kind"),
        CheckConstraint("kind = 'group' OR contact_id IS NOT NULL", name="contact"),
        Index("uq_conversation_account_id_thread_key", "account_id", "thread_key", unique=True),
        Index("ix_conversation_last_message_at", *NEWEST),
        Index("ix_conversation_custodian_id_last_message_at", "custodian_id", *NEWEST),
        Index("ix_conversation_assignee_id_last_message_at", "assignee_id", *NEWEST, postgresql_where=text(ASSIGNED)),
        Index("ix_conversation_account_id_last_message_at", "account_id", *NEWEST),
        Index("ix_conversation_account_id_open", "account_id", *NEWEST, postgresql_where=text("episode_open")),
        Index("ix_conversation_account_id_waiting", "account_id", "waiting_since", "id", postgresql_where=text(WAITS)),
        Index("ix_conversation_pool", "account_id", *NEWEST, postgresql_where=text(OF_NOBODY)),
        Index("ix_conversation_open", *NEWEST, postgresql_where=text("episode_open")),
        Index("ix_conversation_waiting_since", "waiting_since", "id", postgresql_where=text(WAITS)),
        Index("ix_conversation_custodian_id_open", "custodian_id", *NEWEST, postgresql_where=text("episode_open")),
        Index(
            "ix_conversation_assignee_id_open",
            "assignee_id",
            *NEWEST,
            postgresql_where=text(f"{ASSIGNED} AND episode_open"),
        ),
        Index(
            "ix_conversation_pool_open", "account_id", *NEWEST, postgresql_where=text(f"{OF_NOBODY} AND episode_open")
        ),
        Index(
            "ix_conversation_custodian_id_waiting",
            "custodian_id",
            "waiting_since",
            "id",
            postgresql_where=text(WAITS),
        ),
        Index(
            "ix_conversation_assignee_id_waiting",
            "assignee_id",
            "waiting_since",
            "id",
            postgresql_where=text(f"{ASSIGNED} AND {WAITS}"),
        ),
        Index(
            "ix_conversation_pool_waiting",
            "account_id",
            "waiting_since",
            "id",
            postgresql_where=text(f"{OF_NOBODY} AND {WAITS}"),
        ),
        Index("ix_conversation_contact_id", "contact_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(Text, code("HT"))
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    thread_key: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    title: Mapped[str | None] = mapped_column(Text)
    titled_at: Mapped[datetime | None] = mapped_column(TIME)
    custodian_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(TIME)
    last_message_at: Mapped[datetime] = mapped_column(TIME)
    last_message_id: Mapped[int | None] = mapped_column(BigInteger)
    last_inbound_at: Mapped[datetime | None] = mapped_column(TIME)
    message_count: Mapped[int] = mapped_column(Integer)
    unread_count: Mapped[int] = mapped_column(Integer)
    read_at: Mapped[datetime | None] = mapped_column(TIME)
    waiting_since: Mapped[datetime | None] = mapped_column(TIME)
    episode_open: Mapped[bool]
    progressed_at: Mapped[datetime | None] = mapped_column(TIME)


class ConversationParticipant(Base):
    """Who is in a group conversation. `left_at` counts when it is later than `came_at`, the last time that the channel
    said they came, or were there."""

    __tablename__ = "conversation_participant"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("contact_identity.id"), primary_key=True, index=True)
    joined_at: Mapped[datetime] = mapped_column(TIME)
    came_at: Mapped[datetime | None] = mapped_column(TIME)
    left_at: Mapped[datetime | None] = mapped_column(TIME)


class Episode(Base):
    """One round of care: from the first message to its resolution by a person or by silence."""

    __tablename__ = "episode"
    __table_args__ = (
        CheckConstraint("opened_by IN ('customer', 'staff')", name="opened_by"),
        CheckConstraint("resolution IN ('staff', 'silence')", name="resolution"),
        CheckConstraint("(resolved_at IS NULL) = (resolution IS NULL)", name="resolved"),
        Index("uq_episode_open", "conversation_id", unique=True, postgresql_where=OPEN_EPISODE),
        Index("ix_episode_conversation_id_opened_at", "conversation_id", "opened_at"),
        Index("ix_episode_silence_due_at", "silence_due_at", postgresql_where=text("silence_due_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    opened_at: Mapped[datetime] = mapped_column(TIME)
    opened_by: Mapped[str] = mapped_column(Text)
    last_activity_at: Mapped[datetime] = mapped_column(TIME)
    silence_due_at: Mapped[datetime | None] = mapped_column(TIME)
    first_response_at: Mapped[datetime | None] = mapped_column(TIME)
    resolved_at: Mapped[datetime | None] = mapped_column(TIME)
    resolution: Mapped[str | None] = mapped_column(Text)
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Resolution(Base):
    """A person closed the episode in which the message of `seen_until` stood. A fact that people made: kept when
    episodes are worked out anew; `revoked_at` when somebody reopened."""

    __tablename__ = "resolution"
    __table_args__ = (Index("ix_resolution_conversation_id_seen_until", "conversation_id", "seen_until"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    seen_until: Mapped[datetime] = mapped_column(TIME)
    resolved_at: Mapped[datetime] = mapped_column(TIME)
    revoked_at: Mapped[datetime | None] = mapped_column(TIME)


class Turn(Base):
    """A run of customer messages that waits for an answer: the atom of every response figure."""

    __tablename__ = "turn"
    __table_args__ = (
        CheckConstraint("close_reason IN ('answered', 'resolved')", name="close_reason"),
        CheckConstraint("(closed_at IS NULL) = (close_reason IS NULL)", name="closed"),
        Index("uq_turn_open", "conversation_id", unique=True, postgresql_where=OPEN_TURN),
        Index("ix_turn_conversation_id_waiting_since", "conversation_id", "waiting_since"),
        Index("ix_turn_due_at", "due_at", postgresql_where=text("closed_at IS NULL AND due_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    first_message_id: Mapped[int] = mapped_column(BigInteger)
    waiting_since: Mapped[datetime] = mapped_column(TIME)
    message_count: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime | None] = mapped_column(TIME)
    closed_at: Mapped[datetime | None] = mapped_column(TIME)
    close_reason: Mapped[str | None] = mapped_column(Text)
    answer_message_id: Mapped[int | None] = mapped_column(BigInteger)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Message(Base):
    """Append-only. `sent_at` is the channel's clock; order is (sent_at, id). `leaf` seals id, time, author and body.
    `author_staff_id`: of our people, who wrote it here; or with the channel's own tools, as holder of the account.
    `import_id`: it came from a file of old conversations, and counts in no clock."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("author_kind IN ('customer', 'staff', 'channel', 'system')", name="author_kind"),
        CheckConstraint(
            "kind IN ('text', 'image', 'gif', 'sticker', 'audio', 'video', 'file', 'location', 'link', 'contact_card',"
            " 'template', 'event', 'unsupported')",
            name="kind",
        ),
        Index(
            "uq_message_conversation_id_external_id",
            "conversation_id",
            "external_id",
            unique=True,
            postgresql_where=text("external_id IS NOT NULL"),
        ),
        Index("ix_message_conversation_id_sent_at_id", "conversation_id", "sent_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    external_id: Mapped[str | None] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(Text)
    author_kind: Mapped[str] = mapped_column(Text)
    author_identity_id: Mapped[int | None] = mapped_column(BigInteger)
    author_staff_id: Mapped[int | None] = mapped_column(BigInteger)
    author_external_id: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    quoted_external_id: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(TIME)
    received_at: Mapped[datetime] = mapped_column(TIME)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    import_id: Mapped[int | None] = mapped_column(BigInteger)


class MessageAlias(Base):
    """Another id by which the channel knows a message: the one that the platform gave to what we sent, or any besides
    that with which it came."""

    __tablename__ = "message_alias"
    __table_args__ = (Index("ix_message_alias_message_id", "message_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))


class MessageRecall(Base):
    """Who wrote a message took it back, `by` the customer or our side; it belongs to thread and message by their names
    on the channel, and may come before them. `message_id`: the message, once it is known."""

    __tablename__ = "message_recall"
    __table_args__ = (
        CheckConstraint("by IN ('customer', 'staff')", name="by"),
        Index("ix_message_recall_message_id", "message_id", postgresql_where=text("message_id IS NOT NULL")),
        Index("ix_message_recall_early", "account_id", postgresql_where=text("message_id IS NULL")),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    thread_key: Mapped[str] = mapped_column(Text, primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(TIME)
    message_id: Mapped[int | None] = mapped_column(BigInteger)


class MessageReceipt(Base):
    """The channel says that a message was delivered or seen; it may say so before we know the message."""

    __tablename__ = "message_receipt"
    __table_args__ = (CheckConstraint("kind IN ('delivered', 'seen')", name="kind"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(TIME)


class Reaction(Base):
    """What somebody last put on a message: `icon` as the channel writes it, None when they took it back. It may come
    before the message, and does not make a thread by itself: it belongs to both by their names on the channel.
    `author` is the person's external id, empty for our side."""

    __tablename__ = "reaction"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    thread_key: Mapped[str] = mapped_column(Text, primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    author: Mapped[str] = mapped_column(Text, primary_key=True)
    icon: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(TIME)


class Delivery(Base):
    """What became of an outgoing message. `settled_by`: who said so when nobody else could tell."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'delivered', 'seen', 'failed', 'uncertain')", name="state"
        ),
        Index("uq_delivery_conversation_id_client_id", "conversation_id", "client_id", unique=True),
        Index(
            "ix_delivery_unsettled",
            "conversation_id",
            "message_id",
            postgresql_where=text("state IN ('queued', 'sending', 'uncertain')"),
        ),
        Index("ix_delivery_settled", "conversation_id", "sending_at", postgresql_where=text("settled_by IS NOT NULL")),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    client_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    queued_at: Mapped[datetime | None] = mapped_column(TIME)
    sending_at: Mapped[datetime | None] = mapped_column(TIME)
    sent_at: Mapped[datetime | None] = mapped_column(TIME)
    delivered_at: Mapped[datetime | None] = mapped_column(TIME)
    seen_at: Mapped[datetime | None] = mapped_column(TIME)
    changed_at: Mapped[datetime] = mapped_column(TIME)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class AccessLog(Base):
    """Who read which conversation: one row per reader, conversation, road and five minutes."""

    __tablename__ = "access_log"
    __table_args__ = (
        CheckConstraint("road IN ('thread', 'file', 'search', 'export', 'reveal', 'note')", name="road"),
        Index("ix_access_log_conversation_id", "conversation_id", "period"),
        Index("ix_access_log_read_at", text("read_at DESC"), text("id DESC")),
        Index("ix_access_log_staff_id_read_at", "staff_id", text("read_at DESC"), text("id DESC")),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    road: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[datetime] = mapped_column(TIME, primary_key=True)
    read_at: Mapped[datetime] = mapped_column(TIME)
    address: Mapped[str | None] = mapped_column(INET)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
