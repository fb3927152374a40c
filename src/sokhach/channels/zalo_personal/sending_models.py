"""What leaves by personal accounts: how much, how fast, to whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class PersonalCapUse(Base):
    """What an account did of one kind on a day of the company's: `cap` as `caps` names it, with the hour behind a colon
    where it counts by the hour, with a hash of the words where it counts by them."""

    __tablename__ = "personal_cap_use"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    cap: Mapped[str] = mapped_column(Text, primary_key=True)
    used: Mapped[int] = mapped_column(Integer)


class PersonalPace(Base):
    """Before when nothing more leaves by an account, or nothing to strangers."""

    __tablename__ = "personal_pace"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    next_at: Mapped[datetime | None] = mapped_column(TIME)
    next_stranger_at: Mapped[datetime | None] = mapped_column(TIME)


class PersonalFriend(Base):
    """A person who is the account's friend, as the platform last listed them. Private people are not kept."""

    __tablename__ = "personal_friend"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    noted_at: Mapped[datetime] = mapped_column(TIME)


class PersonalDirectory(Base):
    """When an account's friends, groups, aliases, labels or requests of friendship are read next. `digest`: of what was
    read last."""

    __tablename__ = "personal_directory"
    __table_args__ = (
        CheckConstraint("kind IN ('friends', 'groups', 'aliases', 'labels', 'requests')", name="kind"),
        Index("ix_personal_directory_due_at", "due_at"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(TIME)
    fetched_at: Mapped[datetime | None] = mapped_column(TIME)
    digest: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger)


class PersonalSignal(Base):
    """That staff have seen a thread, or write in it: told to the platform at `due_at`. `told_at`: up to when it was."""

    __tablename__ = "personal_signal"
    __table_args__ = (
        CheckConstraint("kind IN ('seen', 'typing')", name="kind"),
        Index("ix_personal_signal_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"))
    asked_at: Mapped[datetime] = mapped_column(TIME)
    due_at: Mapped[datetime | None] = mapped_column(TIME)
    told_at: Mapped[datetime | None] = mapped_column(TIME)
