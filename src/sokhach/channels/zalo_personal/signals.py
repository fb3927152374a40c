"""That staff have read a thread, or write in it, told to the platform by whoever holds the session. The only writer of
`personal_signal`. Nothing depends on it: what fails is left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels.zalo_personal import limits as of
from sokhach.channels.zalo_personal import names, outbound
from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.protocol import Typing
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

SEEN_AFTER = timedelta(seconds=2)
"""A person looks at several messages; all of them are told at once."""
TYPING_EVERY = timedelta(seconds=4)
TYPING_LASTS = timedelta(seconds=10)
"""After that nobody types any more."""
AT_ONCE = 8
TAKEN_FOR = timedelta(seconds=60)

_ASK = text(
    """
    INSERT INTO personal_signal (conversation_id, kind, account_id, asked_at, due_at)
    SELECT c.id, :kind, c.account_id, :now, :due FROM conversation c JOIN channel_account a ON a.id = c.account_id
    WHERE c.id = :id AND a.channel = 'zalo_personal'
    ON CONFLICT (conversation_id, kind) DO UPDATE SET asked_at = excluded.asked_at,
        due_at = coalesce(personal_signal.due_at,
            greatest(excluded.due_at, personal_signal.told_at + CAST(:pause AS interval)))
    """
)
_DUE = text(
    """
    WITH due AS (
        SELECT conversation_id, kind, due_at FROM personal_signal
        WHERE due_at <= :now AND account_id = ANY (CAST(:held AS bigint[]))
        ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE personal_signal s SET due_at = :until FROM due, conversation c, channel_account a
    WHERE s.conversation_id = due.conversation_id AND s.kind = due.kind AND c.id = s.conversation_id
        AND a.id = s.account_id
    RETURNING s.conversation_id, s.kind, s.account_id, s.asked_at, s.told_at, c.thread_key,
        c.kind = 'group' AS in_group, c.read_at, a.external_id AS own
    """
)
_TOLD = text(
    """
    UPDATE personal_signal SET told_at = :told, due_at = CASE WHEN asked_at > :asked THEN :again END
    WHERE conversation_id = :id AND kind = :kind
    """
)


async def seen(connection: AsyncConnection, conversation_id: int, now: datetime) -> None:
    """Who attends to the customer has read the thread. Part of the caller's transaction; nothing for what is no
    personal account."""
    await _ask(connection, conversation_id, "seen", now, SEEN_AFTER, SEEN_AFTER)


async def typing(connection: AsyncConnection, conversation_id: int, now: datetime) -> None:
    """Staff write in the thread at this moment."""
    await _ask(connection, conversation_id, "typing", now, timedelta(0), TYPING_EVERY)


async def _ask(
    connection: AsyncConnection, conversation_id: int, kind: str, now: datetime, after: timedelta, pause: timedelta
) -> None:
    values = {"id": conversation_id, "kind": kind, "now": now, "due": now + after, "pause": pause}
    await connection.execute(_ASK, values)
    wake(connection, "signals")


async def step(database: Database, calls: Calls) -> int:
    """Loop: tells what is due by the accounts that are held here; returns how many it took. `database` is the
    owner's."""
    now = clock.now()
    held = sorted(calls.sending())
    if not held:
        return 0
    async with database.side_transaction() as connection:
        values = {"now": now, "held": held, "limit": AT_ONCE, "until": now + TAKEN_FOR}
        rows = (await connection.execute(_DUE, values)).all()
        wanted = (await limit_service.load(connection))[of.SEND_SEEN] == 1 if rows else False
    for row in rows:
        try:
            if row.kind == "typing":
                await _type(calls, row, now)
            elif wanted:
                await _see(database, calls, row)
        except CallFailedError as error:
            log.info("signal_not_told", account=row.account_id, kind=row.kind, error=str(error))
        async with database.transaction() as connection:
            told = _read_until(row) if row.kind == "seen" else clock.now()
            again = clock.now() + (TYPING_EVERY if row.kind == "typing" else SEEN_AFTER)
            done = {"id": row.conversation_id, "kind": row.kind, "asked": row.asked_at, "told": told, "again": again}
            await connection.execute(_TOLD, done)
    return len(rows)


async def _type(calls: Calls, row: Row[Any], now: datetime) -> None:
    if now - row.asked_at <= TYPING_LASTS:
        await calls.call(Typing(account=row.account_id, thread=row.thread_key, group=row.in_group), object)


def _read_until(row: Row[Any]) -> datetime:
    """What somebody only looked at after who attends to the customer asked is not told: `read_at` is everybody's."""
    asked = row.asked_at + SEEN_AFTER
    return min(row.read_at, asked) if row.read_at is not None else asked


async def _see(database: Database, calls: Calls, row: Row[Any]) -> None:
    async with database.transaction() as connection:
        found: Sequence[outbound.Named] = await names.incoming(
            connection, row.conversation_id, row.own, row.told_at, _read_until(row), of.SEEN_AT_MOST
        )
    request = outbound.seen_of(row.account_id, row.thread_key, row.in_group, found, own=row.own)
    if request is not None:
        await calls.call(request, object)
