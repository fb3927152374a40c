"""Reads of channel accounts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Account
from sokhach.channels.rules import sends_blocked
from sokhach.channels.upkeep import liveness
from sokhach.core import clock
from sokhach.core.catalogue import Locale, explain, say
from sokhach.core.database import ask


class Liveness(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the account is silent for longer than it usually is at this hour. `text` is ready to show."""

    state: Literal["ok", "quiet", "unknown"]
    text: str
    last_event_at: datetime | None


class ChannelAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A channel account as the console shows it. `received_count` = applied + quarantined + still waiting;
    `failed_count` of them could not be applied (the same as `quarantined_count`). `sends_blocked`: nothing can be sent
    until a person acts, for the reason of `health_text`."""

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
    failed_count: int
    avatar_url: str | None
    liveness: Liveness
    sends_blocked: bool


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A time of which messages may be missing. Without a conversation it is the whole account's."""

    id: int
    conversation_id: int | None
    from_at: datetime
    until_at: datetime
    reason: str
    text: str


class StoredAccount(NamedTuple):
    account: Account
    health: str
    health_reason: str | None


_VIEWS = text(
    """
    SELECT a.id, a.channel, a.name, a.external_id, a.health, a.health_reason, a.health_since, a.last_outbound_at,
        t.last_inbound_at, coalesce(t.processed, 0)::bigint AS processed,
        coalesce(q.quarantined, 0)::bigint AS quarantined, coalesce(p.pending, 0)::bigint AS pending, page.avatar_url
    FROM channel_account a
    LEFT JOIN channel_profile page ON page.account_id = a.id
    LEFT JOIN (
        SELECT account_id, sum(processed) AS processed, max(last_inbound_at) AS last_inbound_at
        FROM channel_tally GROUP BY account_id
    ) t ON t.account_id = a.id
    LEFT JOIN quarantined_by_account() q ON q.account_id = a.id
    LEFT JOIN pending_by_account() p ON p.account_id = a.id
    WHERE CAST(:id AS bigint) IS NULL OR a.id = :id
    ORDER BY a.id
    """
)
_HOURS = text("SELECT account_id, hour, events FROM channel_hour WHERE hour >= :since")
_GAPS = text(
    """
    SELECT g.id, c.id AS conversation_id, g.from_at, g.until_at, g.reason
    FROM conversation c JOIN channel_account a ON a.id = c.account_id
    JOIN gap g ON g.account_id = c.account_id AND (
        g.thread_key = c.thread_key
        OR (g.thread_key IS NULL AND a.channel = 'zalo_personal' AND g.until_at > c.created_at)
    )
    WHERE c.id = :conversation AND g.closed_at IS NULL
        AND (CAST(:from_at AS timestamptz) IS NULL OR g.until_at > :from_at)
        AND (CAST(:until_at AS timestamptz) IS NULL OR g.from_at < :until_at)
    ORDER BY g.from_at, g.id
    """
)


async def account_views(
    connection: AsyncConnection, locale: Locale, account_id: int | None = None
) -> Sequence[ChannelAccount]:
    """All accounts, or the one, for a signed-in actor."""
    now = clock.now()
    hours = await hours_of(connection, now)
    return [
        _view(row, hours.get(row.id, {}), locale, now) for row in await connection.execute(_VIEWS, {"id": account_id})
    ]


def _view(row: Any, hours: Mapping[datetime, int], locale: Locale, now: datetime) -> ChannelAccount:
    return ChannelAccount(
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
        failed_count=row.quarantined,
        avatar_url=row.avatar_url,
        liveness=_liveness(hours, row.last_inbound_at, locale, now),
        sends_blocked=sends_blocked(row.health),
    )


def _liveness(hours: Mapping[datetime, int], last_event_at: datetime | None, locale: Locale, now: datetime) -> Liveness:
    verdict = liveness.judge(hours, last_event_at, now)
    words = "never" if last_event_at is None else verdict.state
    shown = say(locale, f"liveness.{words}", usual=round(verdict.usual), expected=round(verdict.expected))
    return Liveness(state=verdict.state, text=shown, last_event_at=last_event_at)


async def hours_of(connection: AsyncConnection, now: datetime) -> Mapping[int, Mapping[datetime, int]]:
    """What each account sent, hour by hour, as far back as liveness looks."""
    hours: dict[int, dict[datetime, int]] = defaultdict(dict)
    for row in await connection.execute(_HOURS, {"since": now - liveness.WINDOW}):
        hours[row.account_id][row.hour] = row.events
    return hours


async def gaps_between(
    connection: AsyncConnection,
    conversation_id: int,
    from_at: datetime | None,
    until_at: datetime | None,
    locale: Locale,
) -> Sequence[Gap]:
    """The open gaps of a conversation that touch the time between, oldest first; None: no bound on that side. A
    personal account that was away was so for each of its conversations."""
    values = {"conversation": conversation_id, "from_at": from_at, "until_at": until_at}
    return [gap_view(row, locale) for row in await ask(connection, _GAPS, values)]


def gap_view(row: Mapping[Any, Any], locale: Locale) -> Gap:
    return Gap(
        id=row["id"],
        conversation_id=row["conversation_id"],
        from_at=row["from_at"],
        until_at=row["until_at"],
        reason=row["reason"],
        text=explain(locale, "gap", row["reason"]),
    )


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
