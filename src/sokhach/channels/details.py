"""All that is known of one channel account, for its page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import queries
from sokhach.channels.queries import ChannelAccount, Gap
from sokhach.channels.zalo_oa import consent
from sokhach.channels.zalo_oa.credentials import open_tokens
from sokhach.core.catalogue import Locale, explain, say
from sokhach.core.config import Settings
from sokhach.core.crypto import UndecipherableError, Vault

SWEEPS_SHOWN = 20
GAPS_SHOWN = 100


Pool = Literal["everybody", "team", "nobody"]


class ChannelProfileView(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform says of the account, at `fetched_at`. `package_until` is in the platform's own words."""

    description: str | None
    is_verified: bool | None
    category: str | None
    follower_count: int | None
    package_name: str | None
    package_until: str | None
    cover_url: str | None
    zca_linked: bool | None
    fetched_at: datetime


class Quota(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is stable, `text` its name. `until` is in the platform's own words."""

    kind: str
    text: str
    remain: int | None
    total: int | None
    until: str | None


class AccountTag(msgspec.Struct, frozen=True, kw_only=True):
    """A tag that exists at the platform; `id` is that of ours of the same name, `contacts` how many of ours have it."""

    id: int | None
    name: str
    contacts: int


class FollowerSource(msgspec.Struct, frozen=True, kw_only=True):
    """By which way so many people began to follow the account."""

    source: str
    text: str
    count: int


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of the platform's history. `found` messages were looked at, `added` were not yet here."""

    id: int
    cause: Literal["outage", "reconnected", "missed", "asked"]
    since: datetime
    until: datetime
    state: Literal["queued", "running", "done", "failed"]
    found: int
    added: int
    started_at: datetime | None
    finished_at: datetime | None
    text: str


class PoolTeam(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    name: str


class ChannelAccountDetail(ChannelAccount, frozen=True, kw_only=True):
    """A channel account with its page. `webhook_url` is what the platform is to call; `gaps` are open ones, newest
    first; `token_expires_at` is None when the account has no token, or ours cannot be read. `pool`: who sees and may
    claim the conversations that are nobody's; `pool_team` with those below it, when it is `team`."""

    profile: ChannelProfileView | None
    quotas: Sequence[Quota]
    webhook_url: str
    token_expires_at: datetime | None
    tags: Sequence[AccountTag]
    follower_sources: Sequence[FollowerSource]
    sweeps: Sequence[Sweep]
    gaps: Sequence[Gap]
    pool: Pool
    pool_team: PoolTeam | None


_PROFILE = text("SELECT * FROM channel_profile WHERE account_id = :id AND fetched_at IS NOT NULL")
_SWEEPS = text("SELECT * FROM channel_sweep WHERE account_id = :id ORDER BY id DESC LIMIT :limit")
_GAPS = text(
    """
    SELECT g.id, c.id AS conversation_id, g.from_at, g.until_at, g.reason
    FROM gap g LEFT JOIN conversation c ON c.account_id = g.account_id AND c.thread_key = g.thread_key
    WHERE g.account_id = :id AND g.closed_at IS NULL ORDER BY g.from_at DESC, g.id DESC LIMIT :limit
    """
)
_TOKENS = text("SELECT tokens FROM channel_account WHERE id = :id")
_POOL = text(
    "SELECT a.pool, a.pool_team_id, t.name AS team FROM channel_account a LEFT JOIN team t ON t.id = a.pool_team_id"
    " WHERE a.id = :id"
)
_TAGS = text(
    """
    SELECT c.name, tag.id, (SELECT count(*) FROM tagged t WHERE t.tag_id = tag.id) AS contacts
    FROM channel_tag c LEFT JOIN tag ON tag.name = c.name WHERE c.account_id = :id ORDER BY c.name
    """
)
_SOURCES = text(
    """
    SELECT coalesce(follow_source, 'unknown') AS source, count(*) AS people FROM contact_identity
    WHERE account_id = :id AND kind = 'channel' AND following GROUP BY 1 ORDER BY 2 DESC, 1
    """
)


async def detail_of(
    connection: AsyncConnection, settings: Settings, account_id: int, locale: Locale
) -> ChannelAccountDetail | None:
    """None: there is no such account."""
    found = await queries.account_views(connection, locale, account_id)
    if not found:
        return None
    page = (await connection.execute(_PROFILE, {"id": account_id})).mappings().one_or_none()
    quotas: list[dict[str, Any]] = (page["quotas"] or []) if page else []
    sweeps = await connection.execute(_SWEEPS, {"id": account_id, "limit": SWEEPS_SHOWN})
    gaps = await connection.execute(_GAPS, {"id": account_id, "limit": GAPS_SHOWN})
    pool = (await connection.execute(_POOL, {"id": account_id})).one()
    return ChannelAccountDetail(
        **msgspec.structs.asdict(found[0]),
        profile=msgspec.convert(dict(page), ChannelProfileView) if page else None,
        quotas=[_quota(one, locale) for one in quotas],
        webhook_url=consent.webhook_url(settings),
        token_expires_at=await _token_end(connection, settings, account_id),
        tags=await _tags(connection, account_id),
        follower_sources=await _sources(connection, account_id, locale),
        sweeps=[_sweep(row, locale) for row in sweeps],
        gaps=[queries.gap_view(row, locale) for row in gaps.mappings()],
        pool=pool.pool,
        pool_team=PoolTeam(id=pool.pool_team_id, name=pool.team) if pool.pool_team_id is not None else None,
    )


async def _token_end(connection: AsyncConnection, settings: Settings, account_id: int) -> datetime | None:
    sealed = (await connection.execute(_TOKENS, {"id": account_id})).scalar_one()
    try:
        return open_tokens(Vault(settings.keys), sealed).expires_at if sealed else None
    except (UndecipherableError, msgspec.DecodeError):
        return None


async def _tags(connection: AsyncConnection, account_id: int) -> list[AccountTag]:
    rows = await connection.execute(_TAGS, {"id": account_id})
    return [AccountTag(id=row.id, name=row.name, contacts=row.contacts) for row in rows]


async def _sources(connection: AsyncConnection, account_id: int, locale: Locale) -> list[FollowerSource]:
    rows = await connection.execute(_SOURCES, {"id": account_id})
    return [
        FollowerSource(source=row.source, text=explain(locale, "follow-source", row.source), count=row.people)
        for row in rows
    ]


def _quota(one: dict[str, Any], locale: Locale) -> Quota:
    return Quota(
        kind=one["kind"],
        text=explain(locale, "quota", one["kind"]),
        remain=one.get("remain"),
        total=one.get("total"),
        until=one.get("until"),
    )


def _sweep(row: Any, locale: Locale) -> Sweep:
    reason = explain(locale, "delivery", row.reason) if row.reason else ""
    # What failed for a while is queued again, and says why it waits.
    key = "waiting" if reason and row.state in {"queued", "running"} else row.state
    return Sweep(
        id=row.id,
        cause=row.cause,
        since=row.since,
        until=row.until,
        state=row.state,
        found=row.found,
        added=row.added,
        started_at=row.started_at,
        finished_at=row.finished_at,
        text=say(locale, f"sweep.{key}", found=row.found, added=row.added, reason=reason),
    )
