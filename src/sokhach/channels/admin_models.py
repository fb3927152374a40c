"""Humans of ours at a channel."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from sokhach.core.database import Base
from sokhach.core.models import TIME


class ChannelAdmin(Base):
    """A human who answered with the channel's own tools, by the id that the channel gives them; `staff_id`: who that
    is, once an administrator said so."""

    __tablename__ = "channel_admin"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_account.id"), primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    first_seen_at: Mapped[datetime] = mapped_column(TIME)
    last_seen_at: Mapped[datetime] = mapped_column(TIME)
