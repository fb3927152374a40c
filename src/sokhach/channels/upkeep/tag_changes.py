"""Tags that staff put on a customer or take off, on their way to the platforms that know the customer. The last word
counts: of several about one person and tag only the newest is passed on."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.upkeep.platform import Platform, is_account_gone
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

Change = Literal["added", "removed"]
AT_ONCE = 16
FIRST_RETRY_SECONDS = 60
LONGEST_RETRY_SECONDS = 3600

_ASK = text(
    """
    INSERT INTO channel_tag_change (account_id, external_id, name, change, attempts, due_at)
    SELECT i.account_id, i.external_id, :name, :change, 0, :now
    FROM contact_identity i JOIN channel_account a ON a.id = i.account_id
    WHERE i.contact_id = :contact AND i.kind = 'channel' AND a.channel IN ('zalo_oa', 'zalo_personal')
        AND i.external_id NOT LIKE 'anonymous:%'
        AND i.external_id NOT LIKE 'import:%'
    """
)
# The newest of each person and tag, once nobody is at work on an older one.
_CLAIM = text(
    """
    WITH due AS (
        SELECT c.id FROM channel_tag_change c JOIN channel_account a ON a.id = c.account_id
        WHERE c.due_at <= :now AND a.health <> 'down'
            AND (a.tokens IS NOT NULL OR a.id = ANY (CAST(:held AS bigint[]))) AND NOT EXISTS (
            SELECT FROM channel_tag_change o
            WHERE (o.account_id, o.external_id, o.name) = (c.account_id, c.external_id, c.name)
                AND (o.id > c.id OR (o.id < c.id AND o.due_at > :now))
        )
        ORDER BY c.due_at, c.id LIMIT :limit FOR UPDATE OF c SKIP LOCKED
    )
    UPDATE channel_tag_change c SET attempts = least(c.attempts + 1, 1000),
        due_at = :now + least(CAST(:first AS double precision) * 2 ^ least(c.attempts, 12), :longest) * interval '1 s'
    FROM due, channel_account a WHERE c.id = due.id AND a.id = c.account_id
    RETURNING c.id, c.account_id, c.external_id AS person, c.name AS tag, c.change, a.channel, a.external_id, a.name
    """
)
_DONE = text(
    "DELETE FROM channel_tag_change WHERE account_id = :account AND external_id = :person AND name = :tag AND id <= :id"
)


async def ask(connection: AsyncConnection, contact_id: int, name: str, change: Change, now: datetime) -> None:
    """Every account that knows the contact is to be told. Part of the caller's transaction."""
    await connection.execute(_ASK, {"contact": contact_id, "name": name, "change": change, "now": now})
    wake(connection)


async def step(
    database: Database, platforms: Mapping[str, Platform], held: Callable[[], Collection[int]] = frozenset
) -> int:
    """Loop: passes on what is due; returns how many changes it took. The back-off was set when a change was taken, so a
    worker that dies does no harm. `held`: the accounts whose sessions this worker has. `database` is the owner's."""
    now = clock.now()
    values = {
        "now": now,
        "held": list(held()),
        "limit": AT_ONCE,
        "first": FIRST_RETRY_SECONDS,
        "longest": LONGEST_RETRY_SECONDS,
    }
    async with database.side_transaction() as connection:
        rows = (await connection.execute(_CLAIM, values)).all()
    for row in rows:
        account = Account(id=row.account_id, channel=row.channel, external_id=row.external_id, name=row.name)
        platform = platforms.get(account.channel)
        try:
            if platform is not None:
                await platform.change_tag(account, row.person, row.tag, row.change)
        except SendRefusedError as error:
            if error.retry_after_seconds is not None or is_account_gone(error):
                log.info("tag_change_postponed", account=account.id, reason=error.reason)
                continue
            log.warning("tag_change_refused", account=account.id, reason=error.reason, detail=error.detail)
        async with database.transaction() as connection:
            done = {"account": account.id, "person": row.person, "tag": row.tag, "id": row.id}
            await connection.execute(_DONE, done)
    return len(rows)
