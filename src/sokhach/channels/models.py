"""Channel accounts: an OA, a personal Zalo, a mailbox …"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class ChannelAccount(Base):
    """An account on a channel. `credentials` (what an admin entered) and `tokens` (what the platform rotates) are
    encrypted; health says whether the account works, since when, and why not. `authorised_at`: when an admin last gave
    it tokens; None also for one that was connected before this was written down. `holder_id`: whose personal account it
    is; `pool`: who sees what is nobody's on it, `pool_team_id` for `team`."""

    __tablename__ = "channel_account"
    __table_args__ = (
        CheckConstraint("channel IN ('zalo_oa', 'zalo_personal')", name="channel"),
        CheckConstraint("health IN ('unknown', 'ok', 'degraded', 'down')", name="health"),
        CheckConstraint("pool IN ('everybody', 'team', 'nobody')", name="pool"),
        CheckConstraint("(pool = 'team') = (pool_team_id IS NOT NULL)", name="pool_team"),
        Index("uq_channel_account_channel_external_id", "channel", "external_id", unique=True),
        Index(
            "ix_channel_account_refresh_due_at",
            "refresh_due_at",
            postgresql_where=text("refresh_due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    channel: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    credentials: Mapped[bytes] = mapped_column(LargeBinary)
    tokens: Mapped[bytes | None] = mapped_column(LargeBinary)
    refresh_due_at: Mapped[datetime | None] = mapped_column(TIME)
    authorised_at: Mapped[datetime | None] = mapped_column(TIME)
    health: Mapped[str] = mapped_column(Text)
    health_reason: Mapped[str | None] = mapped_column(Text)
    health_since: Mapped[datetime | None] = mapped_column(TIME)
    last_outbound_at: Mapped[datetime | None] = mapped_column(TIME)
    created_at: Mapped[datetime] = mapped_column(TIME)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    pool: Mapped[str] = mapped_column(Text, server_default="everybody")
    pool_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))


class ChannelTally(Base):
    """What came in by an account and went through the pipeline, whatever came of it: a row for each lane, so that lanes
    never wait for each other."""

    __tablename__ = "channel_tally"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    processed: Mapped[int] = mapped_column(BigInteger)
    last_inbound_at: Mapped[datetime | None] = mapped_column(TIME)


class ChannelEvent(Base):
    """Something that the channel told of an account, once for each (`name`, `key`). `person` is an external id or a
    phone number; `message_external_id` the message of ours that it is about."""

    __tablename__ = "channel_event"
    __table_args__ = (
        Index("uq_channel_event_account_id_name_key", "account_id", "name", "key", unique=True),
        Index("ix_channel_event_account_id_at", "account_id", text("at DESC"), text("id DESC")),
        Index(
            "ix_channel_event_message",
            "account_id",
            "message_external_id",
            postgresql_where=text("message_external_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    person: Mapped[str | None] = mapped_column(Text)
    message_external_id: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(TIME)


class ProfileRequest(Base):
    """A person of whom we know only the id: their name and picture are to be fetched from the channel."""

    __tablename__ = "profile_request"
    __table_args__ = (Index("ix_profile_request_due_at", "due_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime] = mapped_column(TIME)
