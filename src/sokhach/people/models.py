"""Staff, their teams, and how they sign in."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class Team(Base):
    """A branch or a team; a tree."""

    __tablename__ = "team"
    __table_args__ = (CheckConstraint("kind IN ('branch', 'team')", name="kind"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)


class Staff(Base):
    """A person who works here. Never deleted: what they wrote stays theirs."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('staff', 'lead', 'manager', 'admin', 'auditor')", name="role"),
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="can_sign_in"),
        CheckConstraint("locale IN ('vi', 'en')", name="locale"),
        CheckConstraint("color_scheme IN ('auto', 'light', 'dark')", name="color_scheme"),
        CheckConstraint("(recording_confirmed_at IS NULL) = (recording_version IS NULL)", name="recording"),
        Index("uq_staff_email", text("lower(email)"), unique=True),
        Index("uq_staff_phone", "phone", unique=True),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_folded: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    color_scheme: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(TIME)
    suspended_at: Mapped[datetime | None] = mapped_column(TIME)
    # When they confirmed that work chats are recorded, and which wording of it.
    recording_confirmed_at: Mapped[datetime | None] = mapped_column(TIME)
    recording_version: Mapped[int | None] = mapped_column(SmallInteger)


class StaffCredential(Base):
    """The password of a person, apart from `staff` so that no list of people can carry it."""

    __tablename__ = "staff_credential"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(TIME)


class StaffTeam(Base):
    """Membership; a lead sees what anyone in the team's subtree sees."""

    __tablename__ = "staff_team"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)
    leads: Mapped[bool] = mapped_column(Boolean)


class StaffLeave(Base):
    """Somebody is away from `from_at` until before `until_at`; `deputy_id` sees and does what is theirs meanwhile."""

    __tablename__ = "staff_leave"
    __table_args__ = (
        CheckConstraint("until_at > from_at", name="times"),
        CheckConstraint("deputy_id <> staff_id", name="deputy"),
        Index("ix_staff_leave_staff_id", "staff_id", "from_at"),
        Index(
            "ix_staff_leave_deputy_id",
            "deputy_id",
            "until_at",
            postgresql_where=text("deputy_id IS NOT NULL AND cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    from_at: Mapped[datetime] = mapped_column(TIME)
    until_at: Mapped[datetime] = mapped_column(TIME)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(TIME)
    cancelled_at: Mapped[datetime | None] = mapped_column(TIME)


class Session(Base):
    """A signed-in browser. The cookie's token is kept as its hash only; `id` is what people call it by."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_expires_at", "expires_at"), UniqueConstraint("id"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(TIME)
    last_seen_at: Mapped[datetime] = mapped_column(TIME)
    expires_at: Mapped[datetime] = mapped_column(TIME)
    address: Mapped[str | None] = mapped_column(INET)
    user_agent: Mapped[str] = mapped_column(Text)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    # Dangerous actions ask for the password again, unless it was given a moment ago.
    sudo_until: Mapped[datetime | None] = mapped_column(TIME)


class SignInAttempt(Base):
    """Failed sign-ins, to slow guessing by login and by address."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_login_hash_at", "login_hash", "at"),
        Index("ix_sign_in_attempt_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    login_hash: Mapped[bytes] = mapped_column(LargeBinary)
    address: Mapped[str | None] = mapped_column(INET)
    at: Mapped[datetime] = mapped_column(TIME)


class SetupCode(Base):
    """The hash of the one-time code with which the first owner is made from the browser."""

    __tablename__ = "setup_code"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(TIME)
