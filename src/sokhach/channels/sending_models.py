"""What sending needs to know of a channel account: uploads, limits, templates, quotas."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class ChannelAsset(Base):
    """Bytes that the platform keeps for us under `external_id` until `expires_at`. `digest`: their SHA-256 in hex."""

    __tablename__ = "channel_asset"
    __table_args__ = (
        CheckConstraint("kind IN ('image', 'gif', 'file')", name="kind"),
        Index("ix_channel_asset_expires_at", "expires_at"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    external_id: Mapped[str] = mapped_column(Text)
    uploaded_at: Mapped[datetime] = mapped_column(TIME)
    expires_at: Mapped[datetime] = mapped_column(TIME)


class ChannelLimit(Base):
    """A limit or price that an administrator set otherwise than `channels.limits` has it."""

    __tablename__ = "channel_limit"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    changed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(TIME)


class ChannelTemplate(Base):
    """A template of an account as the platform last described it. Prices in đồng a message."""

    __tablename__ = "channel_template"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    template_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    quality: Mapped[str | None] = mapped_column(Text)
    tag: Mapped[str | None] = mapped_column(Text)
    via: Mapped[list[str]] = mapped_column(JSONB)
    params: Mapped[list[Any]] = mapped_column(JSONB)
    price_uid: Mapped[int | None] = mapped_column(BigInteger)
    price_phone: Mapped[int | None] = mapped_column(BigInteger)
    preview_url: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime | None] = mapped_column(TIME)
    synced_at: Mapped[datetime] = mapped_column(TIME)


class ChannelTemplateSync(Base):
    """When an account's templates are read next, and why the last reading failed, if it did."""

    __tablename__ = "channel_template_sync"
    __table_args__ = (Index("ix_channel_template_sync_due_at", "due_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(TIME)
    synced_at: Mapped[datetime | None] = mapped_column(TIME)
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)


class ChannelQuota(Base):
    """What may still be sent, as the platform last said: of the whole account (`thread_key` empty), or to one
    customer."""

    __tablename__ = "channel_quota"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    thread_key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    remain: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    until_at: Mapped[datetime | None] = mapped_column(TIME)
    noted_at: Mapped[datetime] = mapped_column(TIME)
