"""Hours of work, days that are otherwise, and shifts. Leave is in `people/models.py`: it decides who sees what."""

import datetime as dt
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Identity, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class CalendarWeek(Base):
    """Hours of the company (`team_id` None) or of a branch or team: seven lists of intervals, from Monday. Who has no
    row works as what is above it. `changed_by` None: set up with the demo, not by a person."""

    __tablename__ = "calendar_week"
    __table_args__ = (UniqueConstraint("team_id", postgresql_nulls_not_distinct=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    week: Mapped[list[Any]] = mapped_column(JSONB)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(TIME)


class CalendarDay(Base):
    """A date on which the company, or a team and those below it, work otherwise."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint("kind IN ('closed', 'open', 'ordinary')", name="kind"),
        CheckConstraint("(kind = 'open') = (jsonb_array_length(intervals) > 0)", name="intervals"),
        UniqueConstraint("team_id", "day", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    day: Mapped[dt.date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    intervals: Mapped[list[Any]] = mapped_column(JSONB)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime] = mapped_column(TIME)


class Shift(Base):
    """Somebody is on duty from `from_at` until before `until_at`. Shifts of one person never overlap."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("until_at > from_at", name="times"),
        Index("ix_shift_staff_id_from_at", "staff_id", "from_at"),
        Index("ix_shift_from_at", "from_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    from_at: Mapped[datetime] = mapped_column(TIME)
    until_at: Mapped[datetime] = mapped_column(TIME)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(TIME)
