"""Reads of channel accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Account
from sokhach.core.catalogue import Locale, explain


class ChannelAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A channel account as the console shows it. `received_count` = applied + quarantined + still waiting."""

    id: int
    channel: str
    name: str
    external_id: str
    health: str
    health_reason: str | None
    health_text: str | None
    health_since: datetime | None
    last_inbound_at: datetime | None
    last_outbound_at: datetime | None
    received_count: int
    processed_count: int
    quarantined_count: int


class StoredAccount(NamedTuple):
    account: Account
    health: str
    health_reason: str | None


_VIEWS = text(
    """
    SELECT a.id, a.channel, a.name, a.external_id, a.health, a.health_reason, a.health_since, a.last_outbound_at,
        t.last_inbound_at, coalesce(t.processed, 0)::bigint AS processed,
        coalesce(q.quarantined, 0)::bigint AS quarantined, coalesce(p.pending, 0)::bigint AS pending
    FROM channel_account a
    LEFT JOIN (
        SELECT account_id, sum(processed) AS processed, max(last_inbound_at) AS last_inbound_at
        FROM channel_tally GROUP BY account_id
    ) t ON t.account_id = a.id
    LEFT JOIN quarantined_by_account() q ON q.account_id = a.id
    LEFT JOIN pending_by_account() p ON p.account_id = a.id
    ORDER BY a.id
    """
)


async def account_views(connection: AsyncConnection, locale: Locale) -> Sequence[ChannelAccount]:
    """All accounts, for a signed-in actor."""
    return [
        ChannelAccount(
            id=row.id,
            channel=row.channel,
            name=row.name,
            external_id=row.external_id,
            health=row.health,
            health_reason=row.health_reason,
            health_text=explain(locale, "health", row.health_reason) if row.health_reason else None,
            health_since=row.health_since,
            last_inbound_at=row.last_inbound_at,
            last_outbound_at=row.last_outbound_at,
            received_count=row.processed + row.pending,
            processed_count=row.processed - row.quarantined,
            quarantined_count=row.quarantined,
        )
        for row in await connection.execute(_VIEWS)
    ]


async def accounts(connection: AsyncConnection) -> Sequence[StoredAccount]:
    rows = await connection.execute(
        text("SELECT id, channel, external_id, name, health, health_reason FROM channel_account ORDER BY id")
    )
    return [
        StoredAccount(
            Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name),
            row.health,
            row.health_reason,
        )
        for row in rows
    ]


async def find_account(connection: AsyncConnection, channel: str, external_id: str) -> Account | None:
    row = (
        await connection.execute(
            text(
                "SELECT id, channel, external_id, name FROM channel_account"
                " WHERE channel = :channel AND external_id = :external_id"
            ),
            {"channel": channel, "external_id": external_id},
        )
    ).one_or_none()
    if row is None:
        return None
    return Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name)


async def has_tokens(connection: AsyncConnection, account_id: int) -> bool:
    """Whether the account was ever authorised."""
    return (
        await connection.execute(
            text("SELECT tokens IS NOT NULL FROM channel_account WHERE id = :id"), {"id": account_id}
        )
    ).scalar_one()
