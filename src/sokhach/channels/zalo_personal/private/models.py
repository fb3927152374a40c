"""Tables of what is private on personal accounts, and of how much of the rest is here."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class WorkContact(Base):
    """A thread of a staff's own SIM that the holder said is work, and since when. Ended, it is private again; the row
    stays. `name` is as the holder's list of friends had it."""

    __tablename__ = "work_contact"
    __table_args__ = (
        Index(
            "uq_work_contact_open",
            "account_id",
            "thread_key",
            "in_group",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_work_contact_account_id", "account_id", "id"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"))
    thread_key: Mapped[str] = mapped_column(Text)
    in_group: Mapped[bool]
    name: Mapped[str | None] = mapped_column(Text)
    marked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    marked_at: Mapped[datetime] = mapped_column(TIME)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(TIME)


class PrivateVersion(Base):
    """Counts changes of an account's marks, so that whoever runs it reads them anew."""

    __tablename__ = "private_version"

    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"), primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)


class PrivateStub(Base):
    """That there was a message in a private thread, and when. Keyed hashes stand for both."""

    __tablename__ = "private_stub"
    __table_args__ = (CheckConstraint("direction IN ('in', 'out')", name="direction"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    thread_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    message_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    direction: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(TIME)


class PrivatePeople(Base):
    """Friends and groups of a staff's own SIM, from which the holder chooses: sealed, and opened for nobody else.
    `asked_at`: the holder looks at them, so they are read anew."""

    __tablename__ = "private_people"

    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"), primary_key=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    fetched_at: Mapped[datetime | None] = mapped_column(TIME)
    due_at: Mapped[datetime] = mapped_column(TIME)
