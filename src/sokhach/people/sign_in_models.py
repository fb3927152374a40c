"""What lets people in beside a password: links, second factors, API tokens; and what the company asks of them.

Secrets are kept as hashes, or sealed where we need them back.
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, LargeBinary, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, INET
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class StaffLink(Base):
    """A link that lets somebody choose a password, once. A new one replaces it; a used one is gone."""

    __tablename__ = "staff_link"
    __table_args__ = (CheckConstraint("kind IN ('invitation', 'password_reset')", name="kind"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime] = mapped_column(TIME)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[datetime] = mapped_column(TIME)


class Totp(Base):
    """The second factor of a person, in use once it is confirmed. `last_step`: codes up to this one are used."""

    __tablename__ = "totp"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(TIME)
    confirmed_at: Mapped[datetime | None] = mapped_column(TIME)
    last_step: Mapped[int | None] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """Opens once in place of a second factor. A used one is gone."""

    __tablename__ = "recovery_code"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class ApiToken(Base):
    """A program that acts for a person, within `scopes`. `hint` is its beginning, by which people know it again."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        CheckConstraint("expires_at <= created_at + interval '367 days'", name="expires"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    hint: Mapped[str] = mapped_column(Text)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(TIME)
    expires_at: Mapped[datetime] = mapped_column(TIME)
    last_used_at: Mapped[datetime | None] = mapped_column(TIME)
    address: Mapped[str | None] = mapped_column(INET)
    revoked_at: Mapped[datetime | None] = mapped_column(TIME)


class SecurityPolicy(Base):
    """One row: what the company asks of everybody. `totp_roles`: who needs a second factor."""

    __tablename__ = "security_policy"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    totp_roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
