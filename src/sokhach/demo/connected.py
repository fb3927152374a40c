"""That the demo's personal accounts were connected in the weeks of their history, one of them with a break at night."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal.gaps import writing
from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.demo import state

LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 30
APPLIED_WITHIN = timedelta(seconds=40)
"""Nobody compares what is still on its way."""
BROKEN = timedelta(minutes=47)
BROKEN_DAYS_AGO, BROKEN_UTC_HOUR = 9, 19
"""About two in the morning in Vietnam."""


class _Span(NamedTuple):
    connected_at: datetime
    ended_at: datetime
    reason: str


async def remember(database: Database, account_ids: Sequence[int], days: int) -> None:
    """Once each is connected and has asked for what it missed; who takes too long for that is as new as it is. Done
    again it does nothing."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        for number, account_id in enumerate(account_ids):
            first = await _until_connected(database, account_id)
            async with database.transaction() as connection:
                known = await state.find(connection, lock=True)
                if known is None or not known.stands:
                    return
                await _remember(connection, account_id, _spans(first, days, broken=number == len(account_ids) // 2))


async def _until_connected(database: Database, account_id: int) -> datetime:
    """Gives since when."""
    while True:
        async with database.transaction() as connection:
            at: datetime | None = (await connection.execute(_CONNECTED, {"account": account_id})).scalar_one()
        if at is not None:
            return at
        await asyncio.sleep(LOOK_SECONDS)


def _spans(first: datetime, days: int, *, broken: bool) -> list[_Span]:
    begins = first - timedelta(days=days)
    if not broken or days <= BROKEN_DAYS_AGO + 1:
        return [_Span(begins, first, "restarted")]
    breaks = (first - timedelta(days=BROKEN_DAYS_AGO)).replace(hour=BROKEN_UTC_HOUR, minute=11)
    return [_Span(begins, breaks, "network"), _Span(breaks + BROKEN, first, "restarted")]


async def _remember(connection: AsyncConnection, account_id: int, spans: Sequence[_Span]) -> None:
    for number, span in enumerate(spans):
        values = {"account": account_id, "conn": f"history-{account_id}-{number}", **span._asdict()}
        if (await connection.execute(_SPAN, values)).first() is None:
            return
    for before, after in pairwise(spans):
        await writing.add(
            connection,
            account_id,
            None,
            from_at=before.ended_at,
            until_at=after.connected_at,
            reason="not-connected",
            now=clock.now(),
        )
    values = {"account": account_id, "since": spans[0].connected_at, "due": clock.now() + APPLIED_WITHIN}
    for statement in (_SINCE, _WARM):
        await connection.execute(statement, values)


# The reading of what came before the connection asks which one came before it: it must be over.
_CONNECTED = text(
    """
    SELECT min(s.connected_at) FROM personal_span s
    JOIN personal_completeness c ON c.account_id = s.account_id
    WHERE s.account_id = :account
        AND EXISTS (SELECT FROM personal_fill f WHERE f.account_id = s.account_id)
        AND NOT EXISTS (SELECT FROM personal_fill f WHERE f.account_id = s.account_id AND f.done_at IS NULL)
    """
)
_SPAN = text(
    """
    INSERT INTO personal_span (account_id, conn, connected_at, ended_at, reason, last_item_at)
    VALUES (:account, :conn, :connected_at, :ended_at, :reason, :ended_at) ON CONFLICT (conn) DO NOTHING RETURNING 1
    """
)
_SINCE = text(
    "UPDATE personal_completeness SET since = least(since, :since), counted_at = NULL, due_at = :due"
    " WHERE account_id = :account"
)
_WARM = text("UPDATE personal_account SET warm_from = least(warm_from, :since) WHERE account_id = :account")
