"""Everybody confirms that chats at work are recorded (Law 91/2025/QH15 on the protection of personal data)."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock

VERSION = 1
"""Of the wording that people confirm; with a new one everybody is asked again."""


async def confirm(connection: AsyncConnection) -> None:
    """Of the transaction's actor. Confirmed twice is confirmed since the first time."""
    await connection.execute(
        text("SELECT confirm_recording(CAST(:version AS smallint), :at)"), {"version": VERSION, "at": clock.now()}
    )
