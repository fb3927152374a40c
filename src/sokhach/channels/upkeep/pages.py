"""Loop: what platforms say of the accounts themselves: profile, package, quotas, followers, tags. About once an hour,
and when somebody asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service
from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.rules import health_of
from sokhach.channels.upkeep.platform import AccountPage, Platform, is_account_gone, quota_rows
from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.customers import tags
from sokhach.customers.tags import TagSeen

log = structlog.get_logger()

EVERY = timedelta(hours=1)
AGAIN = timedelta(minutes=5)
"""Longer than asking takes; after a failure, so long until the next try."""
AT_ONCE = 4

_NEW = text(
    "INSERT INTO channel_profile (account_id, due_at) SELECT id, :now FROM channel_account a"
    " WHERE NOT EXISTS (SELECT FROM channel_profile p WHERE p.account_id = a.id) ON CONFLICT DO NOTHING"
)
_CLAIM = text(
    """
    WITH due AS (
        SELECT p.account_id FROM channel_profile p JOIN channel_account a ON a.id = p.account_id
        WHERE p.due_at <= :now AND a.tokens IS NOT NULL AND a.health <> 'down'
        ORDER BY p.due_at LIMIT :limit FOR UPDATE OF p SKIP LOCKED
    )
    UPDATE channel_profile p SET due_at = :again FROM due, channel_account a
    WHERE p.account_id = due.account_id AND a.id = due.account_id
    RETURNING a.id, a.channel, a.external_id, a.name
    """
)
# Somebody may have asked again meanwhile: then it stays due.
_STORE = text(
    """
    UPDATE channel_profile SET name = :name, description = :description, is_verified = :is_verified,
        category = :category, follower_count = :follower_count, package_name = :package_name,
        package_until = :package_until, avatar_url = :avatar_url, cover_url = :cover_url, zca_linked = :zca_linked,
        fetched_at = :now,
        quotas = CASE WHEN CAST(:quotas AS jsonb) IS NULL THEN quotas ELSE CAST(:quotas AS jsonb) END,
        due_at = CASE WHEN due_at = :again THEN :next ELSE due_at END
    WHERE account_id = :id
    """
)
# A name that was chosen here stays.
_RENAMED = text(
    """
    UPDATE channel_account a SET name = :name FROM channel_profile p
    WHERE a.id = :id AND p.account_id = a.id AND a.name IN (p.name, a.external_id) AND a.name <> :name
    """
)
_GONE = text(
    "DELETE FROM channel_tag WHERE account_id = :id AND NOT name = ANY (CAST(:names AS text[])) RETURNING name"
)
_LISTED = text(
    "INSERT INTO channel_tag (account_id, name, listed_at)"
    " SELECT :id, name, :now FROM unnest(CAST(:names AS text[])) AS name"
    " ON CONFLICT (account_id, name) DO UPDATE SET listed_at = excluded.listed_at"
)


async def step(database: Database, platforms: Mapping[str, Platform]) -> int:
    """Asks about what is due; returns how many accounts it took. Any number of workers may run it; `database` is the
    owner's."""
    now = clock.now()
    values = {"now": now, "again": now + AGAIN, "limit": AT_ONCE}
    async with database.side_transaction() as connection:
        await connection.execute(_NEW, {"now": now})
        rows = (await connection.execute(_CLAIM, values)).all()
    for row in rows:
        account = Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name)
        platform = platforms.get(account.channel)
        if platform is not None:
            await _fetch(database, platform, account, now + AGAIN)
    return len(rows)


async def _fetch(database: Database, platform: Platform, account: Account, again: datetime) -> None:
    try:
        page = await platform.account_page(account)
    except SendRefusedError as error:
        log.warning("account_page_refused", account=account.id, reason=error.reason, detail=error.detail)
        if is_account_gone(error):
            async with database.transaction() as connection:
                await service.set_health(connection, account.id, "down", health_of(error.reason), clock.now())
        return
    now = clock.now()
    async with database.transaction() as connection:
        await _store(connection, account, page, again, now)
        await service.tell(connection, account.id)


async def _store(
    connection: AsyncConnection, account: Account, page: AccountPage, again: datetime, now: datetime
) -> None:
    quotas = quota_rows(page.quotas)
    values = msgspec.structs.asdict(page) | {
        "id": account.id,
        "now": now,
        "again": again,
        "next": now + EVERY,
        "quotas": None if quotas is None else msgspec.json.encode(quotas).decode(),
    }
    if page.name.strip():
        await connection.execute(_RENAMED, {"id": account.id, "name": page.name})
    await connection.execute(_STORE, values)
    if page.tags is not None:
        await _store_tags(connection, account.id, page.tags, now)


async def _store_tags(connection: AsyncConnection, account_id: int, names: Sequence[str], now: datetime) -> None:
    """A tag of the platform is one of ours; one that it has no more is gone from its people."""
    wanted = sorted(set(names))
    gone = (await connection.execute(_GONE, {"id": account_id, "names": wanted})).scalars().all()
    await connection.execute(_LISTED, {"id": account_id, "names": wanted, "now": now})
    seen = [TagSeen(name=name, contact_ids=(), change="created", at=now) for name in wanted]
    seen += [TagSeen(name=name, contact_ids=(), change="deleted", at=now) for name in gone]
    await tags.apply(connection, account_id, seen)
