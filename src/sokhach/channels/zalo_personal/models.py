"""Personal accounts: session, logins, consents, spans of connection. The host writes all but what its people order."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME

STATES = "'stopped', 'connecting', 'online', 'offline', 'taken_over', 'kicked', 'needs_login', 'dead'"


class PersonalAccount(Base):
    """The session of a personal account. `credentials` and `proxy` are sealed, and stay with the account; `revision`
    counts changes for which a running session has to begin anew. `wanted`: it is to be connected; `next_attempt_at`
    None: not by itself. `held_by` runs it until `held_until`. `warm_from`: since when it is used, for caps.
    `company_since`: when an own SIM became the company's; what is older stays private. `handed_over_at`: since when an
    own SIM has a holder who has not logged in yet, and to whom nothing private of it is shown."""

    __tablename__ = "personal_account"
    __table_args__ = (
        CheckConstraint("sim IN ('company', 'own')", name="sim"),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        Index("ix_personal_account_next_attempt_at", "next_attempt_at", postgresql_where=text("wanted")),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    sim: Mapped[str] = mapped_column(Text)
    company_since: Mapped[datetime | None] = mapped_column(TIME)
    handed_over_at: Mapped[datetime | None] = mapped_column(TIME)
    phone: Mapped[str | None] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    credentials: Mapped[bytes | None] = mapped_column(LargeBinary)
    credentials_at: Mapped[datetime | None] = mapped_column(TIME)
    proxy: Mapped[bytes | None] = mapped_column(LargeBinary)
    proxied: Mapped[bool] = mapped_column(Boolean, Computed("proxy IS NOT NULL", persisted=True))
    revision: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(Text)
    state_reason: Mapped[str | None] = mapped_column(Text)
    state_since: Mapped[datetime] = mapped_column(TIME)
    wanted: Mapped[bool] = mapped_column(Boolean)
    stopped_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    stopped_at: Mapped[datetime | None] = mapped_column(TIME)
    connected_at: Mapped[datetime | None] = mapped_column(TIME)
    last_frame_at: Mapped[datetime | None] = mapped_column(TIME)
    warm_from: Mapped[datetime] = mapped_column(TIME)
    held_by: Mapped[str | None] = mapped_column(Text)
    held_until: Mapped[datetime | None] = mapped_column(TIME)
    shard: Mapped[int | None] = mapped_column(SmallInteger)
    next_attempt_at: Mapped[datetime | None] = mapped_column(TIME)
    attempts: Mapped[int] = mapped_column(Integer)


class PersonalSpan(Base):
    """A time in which an account was connected; `ended_at` None: it is. Times outside of spans may lack messages."""

    __tablename__ = "personal_span"
    __table_args__ = (
        Index("uq_personal_span_conn", "conn", unique=True),
        Index("ix_personal_span_account_id_connected_at", "account_id", "connected_at"),
        Index("ix_personal_span_open", "account_id", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"))
    conn: Mapped[str] = mapped_column(Text)
    connected_at: Mapped[datetime] = mapped_column(TIME)
    ended_at: Mapped[datetime | None] = mapped_column(TIME)
    code: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(Text)
    last_item_at: Mapped[datetime | None] = mapped_column(TIME)


class PersonalLogin(Base):
    """A login by QR, step by step. `account_id`: the account that is meant, or that it came to; `error` a slug of
    `personal-login.<error>`."""

    __tablename__ = "personal_login"
    __table_args__ = (
        CheckConstraint("sim IN ('company', 'own')", name="sim"),
        CheckConstraint(
            "state IN ('asked', 'code', 'scanned', 'declined', 'expired', 'done', 'failed', 'aborted')", name="state"
        ),
        Index("ix_personal_login_open", "id", postgresql_where=text("state IN ('asked', 'code', 'scanned')")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("channel_account.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sim: Mapped[str] = mapped_column(Text)
    proxy: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    image: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None] = mapped_column(TIME)
    name: Mapped[str | None] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    uid: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)
    held_by: Mapped[str | None] = mapped_column(Text)
    held_until: Mapped[datetime | None] = mapped_column(TIME)
    created_at: Mapped[datetime] = mapped_column(TIME)
    changed_at: Mapped[datetime] = mapped_column(TIME)


class PersonalConsent(Base):
    """A holder agreed to the unofficial connection and to recording, in the words of `version`. Nobody changes it."""

    __tablename__ = "personal_consent"
    __table_args__ = (
        Index("ix_personal_consent_holder_id", "holder_id", "at"),
        Index("ix_personal_consent_login_id", "login_id"),
        Index("ix_personal_consent_account_id", "account_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    login_id: Mapped[int | None] = mapped_column(ForeignKey("personal_login.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("channel_account.id"))
    version: Mapped[int] = mapped_column(Integer)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(TIME)
    address: Mapped[str | None] = mapped_column(INET)


class PersonalSwitch(Base):
    """One row: since when no personal account sends anything."""

    __tablename__ = "personal_switch"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    stopped_at: Mapped[datetime | None] = mapped_column(TIME)
    stopped_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class PersonalCall(Base):
    """Something that somebody asked of an account, done by whoever holds it. `begun_at`: it is under way, and not asked
    a second time."""

    __tablename__ = "personal_call"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'done', 'failed')", name="state"),
        Index("ix_personal_call_asked", "account_id", "id", postgresql_where=text("state = 'asked'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("personal_account.account_id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    op: Mapped[str] = mapped_column(Text)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(Text)
    result: Mapped[Any | None] = mapped_column(JSONB)
    error: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[datetime | None] = mapped_column(TIME)
    created_at: Mapped[datetime] = mapped_column(TIME)
    changed_at: Mapped[datetime] = mapped_column(TIME)


class FrameTally(Base):
    """How often a frame came that nothing could be made of, by its command and `why`."""

    __tablename__ = "frame_tally"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    cmd: Mapped[int] = mapped_column(Integer, primary_key=True)
    why: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    first_at: Mapped[datetime] = mapped_column(TIME)
    last_at: Mapped[datetime] = mapped_column(TIME)
