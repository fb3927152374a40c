"""Writing down of what time messages may be missing, and taking it back when a later sweep finds them."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.upkeep.sweeps import FURTHEST

Reason = Literal["history-ended", "refused", "unreadable", "anonymous", "group"]
ANONYMOUS = "anonymous:%"
VISIT = timedelta(days=1)
"""So long after their last word an anonymous visitor may still have been there."""

# A gap that goes on where an open one ends, or within it, makes that one longer.
_WIDEN = """
    UPDATE gap SET until_at = greatest(gap.until_at, :until_at), sweep_id = :sweep
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
_ADD_UNREADABLE = text(
    """
    WITH unread AS (
        SELECT thread_key, CASE WHEN kind = 'group' THEN 'group' ELSE 'anonymous' END AS reason FROM conversation
        WHERE account_id = :account AND ((kind = 'group' AND last_message_at >= :alive)
            OR (kind <> 'group' AND thread_key LIKE :anonymous AND last_message_at >= :visited))
    ), widened AS (
        UPDATE gap SET until_at = greatest(gap.until_at, :until_at), sweep_id = :sweep FROM unread u
        WHERE gap.account_id = :account AND gap.thread_key = u.thread_key AND gap.reason = u.reason
            AND gap.closed_at IS NULL AND gap.from_at <= :from_at AND gap.until_at >= :from_at
        RETURNING gap.thread_key
    )
    INSERT INTO gap (account_id, sweep_id, thread_key, from_at, until_at, reason, created_at)
    SELECT :account, :sweep, u.thread_key, :from_at, :until_at, u.reason, :now FROM unread u
    WHERE NOT EXISTS (SELECT FROM widened w WHERE w.thread_key = u.thread_key)
    """
)
_CLOSE = text(
    """
    UPDATE gap SET closed_at = :now
    WHERE account_id = :account AND thread_key = :thread AND closed_at IS NULL
        AND reason IN ('history-ended', 'refused') AND from_at >= :since
    """
)
# Unless the sweep itself (a gap has the last that met it) did not have all.
_CLOSE_ACCOUNT = text(
    """
    UPDATE gap SET closed_at = :now
    WHERE account_id = :account AND thread_key IS NULL AND closed_at IS NULL AND from_at >= :since
        AND NOT EXISTS (
            SELECT FROM gap g WHERE g.sweep_id = :sweep AND g.thread_key IS NULL AND g.closed_at IS NULL
        )
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
    """Groups that were alive lately, and anonymous visitors of the last day: no history has them."""
    if from_at < until_at:
        await connection.execute(
            _ADD_UNREADABLE,
            {
                "account": account_id,
                "sweep": sweep_id,
                "anonymous": ANONYMOUS,
                "alive": from_at - FURTHEST,
                "visited": from_at - VISIT,
                "from_at": from_at,
                "until_at": until_at,
                "now": now,
            },
        )


async def close(connection: AsyncConnection, account_id: int, thread_key: str, since: datetime, now: datetime) -> None:
    """The history was read without a break from `since` on."""
    values = {"account": account_id, "thread": thread_key, "since": since, "now": now}
    await connection.execute(_CLOSE, values)


async def close_of_account(
    connection: AsyncConnection, account_id: int, sweep_id: int, since: datetime, now: datetime
) -> None:
    """The sweep is over: nobody whom it did not leave out wrote anything since `since` that it did not ask for."""
    values = {"account": account_id, "sweep": sweep_id, "since": since, "now": now}
    await connection.execute(_CLOSE_ACCOUNT, values)
