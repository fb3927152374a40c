"""What this store knows of its demo."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class Demo(Base):
    """One row, or none where no demo ever was. `account_ids`, `staff_ids` and `team_ids` are what it made; all else of
    a demo hangs from its accounts. `history_count`: payloads of its history that the journal has (None: not yet),
    up to the id `history_until`."""

    __tablename__ = "demo"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("state IN ('preparing', 'running', 'clearing', 'cleared')", name="state"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(TIME)
    history_count: Mapped[int | None] = mapped_column(BigInteger)
    history_until: Mapped[int | None] = mapped_column(BigInteger)
    account_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    staff_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    team_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    requested_at: Mapped[datetime | None] = mapped_column(TIME)
    cleared_at: Mapped[datetime | None] = mapped_column(TIME)
