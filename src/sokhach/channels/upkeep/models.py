"""Tables of what keeps channel accounts working and complete: consents, outages, sweeps and gaps, liveness, pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class ChannelAuthorization(Base):
    """An OAuth consent that somebody began and has not come back from. `sealed` holds what the code is exchanged with.
    The row is deleted when it is used, so that a state works once."""

    __tablename__ = "channel_authorization"
    __table_args__ = (Index("ix_channel_authorization_expires_at", "expires_at"),)

    state_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    channel: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("channel_account.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(TIME)


class Heartbeat(Base):
    """One row: when a web process could last receive, and write down, what channels send."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(TIME)


class Outage(Base):
    """A time in which nothing could be received. Once the accounts' sweeps are asked for it is `handled`."""

    __tablename__ = "outage"
    __table_args__ = (Index("ix_outage_unhandled", "id", postgresql_where=text("handled_at IS NULL")),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    from_at: Mapped[datetime] = mapped_column(TIME)
    until_at: Mapped[datetime] = mapped_column(TIME)
    handled_at: Mapped[datetime | None] = mapped_column(TIME)


class ChannelSweep(Base):
    """One reading of the platform's history back to `since`. `runner` works on it and is believed to until `due_at`;
    where it stands is in the row and in its threads, so that anybody can go on.

    The list of threads is walked from `list_offset` until what is older than `list_until`; then once more over what
    came to its front meanwhile (newer than `list_newest`), until a walk adds no thread (`list_added`)."""

    __tablename__ = "channel_sweep"
    __table_args__ = (
        CheckConstraint("cause IN ('outage', 'reconnected', 'missed', 'asked')", name="cause"),
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),
        Index("uq_channel_sweep_queued", "account_id", unique=True, postgresql_where=text("state = 'queued'")),
        Index("uq_channel_sweep_running", "account_id", unique=True, postgresql_where=text("state = 'running'")),
        Index("ix_channel_sweep_account_id", "account_id", "id"),
        Index("ix_channel_sweep_due_at", "due_at", postgresql_where=text("state IN ('queued', 'running')")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    cause: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    since: Mapped[datetime] = mapped_column(TIME)
    until: Mapped[datetime] = mapped_column(TIME)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    found: Mapped[int] = mapped_column(BigInteger)
    added: Mapped[int] = mapped_column(BigInteger)
    list_offset: Mapped[int] = mapped_column(BigInteger)
    list_until: Mapped[datetime | None] = mapped_column(TIME)
    list_newest: Mapped[datetime | None] = mapped_column(TIME)
    list_added: Mapped[int] = mapped_column(BigInteger)
    listed: Mapped[bool]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    runner: Mapped[str | None] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(TIME)
    created_at: Mapped[datetime] = mapped_column(TIME)
    started_at: Mapped[datetime | None] = mapped_column(TIME)
    finished_at: Mapped[datetime | None] = mapped_column(TIME)


class ChannelSweepThread(Base):
    """A thread that a sweep still has to read, or has read; `oldest_at` is how far back its history came."""

    __tablename__ = "channel_sweep_thread"

    sweep_id: Mapped[int] = mapped_column(ForeignKey("channel_sweep.id", ondelete="CASCADE"), primary_key=True)
    thread_key: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    oldest_at: Mapped[datetime | None] = mapped_column(TIME)
    done: Mapped[bool]


class Gap(Base):
    """A time of which messages may be missing here, because the platform's history does not give them. Without a
    `thread_key` it is the whole account's. `sweep_id`: the last sweep that met it; personal accounts have none."""

    __tablename__ = "gap"
    __table_args__ = (
        CheckConstraint(
            "reason IN ('history-ended', 'refused', 'unreadable', 'anonymous', 'group', 'not-connected', 'dropped')",
            name="reason",
        ),
        Index("ix_gap_account_id", "account_id", "thread_key", "from_at"),
        Index(
            "ix_gap_open_of_account",
            "account_id",
            "reason",
            postgresql_where=text("closed_at IS NULL AND thread_key IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    sweep_id: Mapped[int | None] = mapped_column(ForeignKey("channel_sweep.id"))
    thread_key: Mapped[str | None] = mapped_column(Text)
    from_at: Mapped[datetime] = mapped_column(TIME)
    until_at: Mapped[datetime] = mapped_column(TIME)
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(TIME)
    closed_at: Mapped[datetime | None] = mapped_column(TIME)


class ChannelHour(Base):
    """How many webhooks an account sent in an hour."""

    __tablename__ = "channel_hour"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(TIME, primary_key=True)
    events: Mapped[int] = mapped_column(BigInteger)


class ChannelHourMark(Base):
    """One row: up to which journal id the hours are counted, and up to which they will be: no transaction that is still
    open can add below `next_to` once it has stood a while."""

    __tablename__ = "channel_hour_mark"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    counted_to: Mapped[int] = mapped_column(BigInteger)
    next_to: Mapped[int] = mapped_column(BigInteger)
    marked_at: Mapped[datetime | None] = mapped_column(TIME)


class ChannelWatch(Base):
    """What the worker last thought of an account's silence, and when it looks for missed messages next."""

    __tablename__ = "channel_watch"
    __table_args__ = (
        CheckConstraint("liveness IN ('ok', 'quiet', 'unknown')", name="liveness"),
        Index("ix_channel_watch_probe_due_at", "probe_due_at"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    liveness: Mapped[str] = mapped_column(Text)
    liveness_since: Mapped[datetime | None] = mapped_column(TIME)
    probe_due_at: Mapped[datetime] = mapped_column(TIME)


class ChannelProfile(Base):
    """What the platform says of an account itself. `name`: there; here it may have another.
    `quotas` is a list of {kind, remain, total, until}."""

    __tablename__ = "channel_profile"
    __table_args__ = (Index("ix_channel_profile_due_at", "due_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    is_verified: Mapped[bool | None]
    category: Mapped[str | None] = mapped_column(Text)
    follower_count: Mapped[int | None] = mapped_column(BigInteger)
    package_name: Mapped[str | None] = mapped_column(Text)
    package_until: Mapped[str | None] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    cover_url: Mapped[str | None] = mapped_column(Text)
    zca_linked: Mapped[bool | None]
    quotas: Mapped[list[Any] | None] = mapped_column(JSONB)
    fetched_at: Mapped[datetime | None] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)


class ChannelTag(Base):
    """A tag that exists at the platform, as it was last listed."""

    __tablename__ = "channel_tag"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    listed_at: Mapped[datetime] = mapped_column(TIME)


class ChannelTagChange(Base):
    """A tag that the platform is yet to put on a person, or to take away."""

    __tablename__ = "channel_tag_change"
    __table_args__ = (
        CheckConstraint("change IN ('added', 'removed')", name="change"),
        Index("ix_channel_tag_change_due_at", "due_at"),
        Index("ix_channel_tag_change_person", "account_id", "external_id", "name", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    external_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime] = mapped_column(TIME)
