"""Writing down of what time messages may be missing, and taking it back when a later sweep finds them."""

from datetime import datetime
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.upkeep.sweeps import FURTHEST

Reason = Literal["history-ended", "refused", "anonymous", "group"]
ANONYMOUS = "anonymous:%"

# A gap that goes on where an open one ends, or within it, makes that one longer.
_WIDEN = """
    UPDATE gap SET until_at = greatest(gap.until_at, :until_at)
    WHERE account_id = :account AND thread_key IS NOT DISTINCT FROM CAST(:thread AS text) AND reason = :reason
        AND closed_at IS NULL AND from_at <= :from_at AND until_at >= :from_at
    RETURNING id
"""
_ADD = text(
    f"""
    WITH widened AS ({_WIDEN})
    INSERT INTO gap (account_id, sweep_id, thread_key, from_at, until_at, reason, created_at)
    SELECT :account, :sweep, CAST(:thread AS text), :from_at, :until_at, :reason, :now
    WHERE NOT EXISTS (SELECT FROM widened)
    """
)
_UNREADABLE = text(
    """
    SELECT thread_key, CASE WHEN kind = 'group' THEN 'group' ELSE 'anonymous' END AS reason FROM conversation
    WHERE account_id = :account AND (kind = 'group' OR thread_key LIKE :anonymous) AND last_message_at >= :lately
    """
)
_CLOSE = text(
    """
    UPDATE gap SET closed_at = :now
    WHERE account_id = :account AND thread_key IS NOT DISTINCT FROM CAST(:thread AS text) AND closed_at IS NULL
        AND reason IN ('history-ended', 'refused') AND from_at >= :since
    """
)


async def add(
    connection: AsyncConnection,
    *,
    account_id: int,
    sweep_id: int,
    thread_key: str | None,
    from_at: datetime,
    until_at: datetime,
    reason: Reason,
    now: datetime,
) -> None:
    """Nothing for a time that is empty."""
    if from_at < until_at:
        await connection.execute(
            _ADD,
            {
                "account": account_id,
                "sweep": sweep_id,
                "thread": thread_key,
                "from_at": from_at,
                "until_at": until_at,
                "reason": reason,
                "now": now,
            },
        )


async def add_unreadable(
    connection: AsyncConnection, *, account_id: int, sweep_id: int, from_at: datetime, until_at: datetime, now: datetime
) -> None:
    """Groups and anonymous visitors who were there lately: no history has them."""
    values = {"account": account_id, "anonymous": ANONYMOUS, "lately": from_at - FURTHEST}
    for row in (await connection.execute(_UNREADABLE, values)).all():
        await add(
            connection,
            account_id=account_id,
            sweep_id=sweep_id,
            thread_key=row.thread_key,
            from_at=from_at,
            until_at=until_at,
            reason=row.reason,
            now=now,
        )


async def close(
    connection: AsyncConnection, account_id: int, thread_key: str | None, since: datetime, now: datetime
) -> None:
    """The history was read without a break from `since` on."""
    values = {"account": account_id, "thread": thread_key, "since": since, "now": now}
    await connection.execute(_CLOSE, values)
