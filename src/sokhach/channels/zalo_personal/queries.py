"""Reads of personal accounts, their logins and errands, for a signed-in actor."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels.queries import gap_view
from sokhach.channels.zalo_personal import caps
from sokhach.channels.zalo_personal.views import (
    AccountHolder,
    PersonalAccount,
    PersonalAccountDetail,
    PersonalAccountList,
    PrivateCount,
    RecordedConsent,
    SendingStopped,
    fields_of,
    frame_of,
    span_of,
)
from sokhach.core import clock
from sokhach.core.catalogue import Locale, explain, say
from sokhach.core.config import Settings
from sokhach.core.text import fold

SHOWN = 50
CONSENT_VERSION = 2
"""Of the words `personal-consent.text`; with new ones holders are asked again."""

_ACCOUNTS = text(
    """
    SELECT a.id, a.name, a.external_id AS uid, p.phone, p.avatar_url, a.holder_id, h.name AS holder_name, p.sim,
        p.state, p.state_reason, p.state_since, a.health_reason, p.warm_from, p.proxied, p.wanted,
        (SELECT c.last_message_at FROM conversation c WHERE c.account_id = a.id
            ORDER BY c.last_message_at DESC, c.id DESC LIMIT 1) AS last_message_at,
        k.stored, k.missing, k.since AS complete_since, coalesce(g.gaps, 0)::bigint AS gaps,
        coalesce((SELECT json_object_agg(u.cap, u.used) FROM personal_cap_use u
            WHERE u.account_id = a.id AND u.day = :day AND u.cap NOT LIKE 'same_words%'), '{}') AS used,
        coalesce(o.queued, 0)::bigint AS queued,
        (SELECT count(*) FROM personal_call r WHERE r.account_id = a.id AND r.state = 'asked') AS waiting_calls,
        s.stopped_at, s.stopped_by, by.name AS stopped_by_name
    FROM personal_account p JOIN channel_account a ON a.id = p.account_id
    LEFT JOIN staff h ON h.id = a.holder_id
    LEFT JOIN personal_completeness k ON k.account_id = a.id
    LEFT JOIN (SELECT account_id, count(*) AS gaps FROM gap WHERE closed_at IS NULL GROUP BY 1) g
        ON g.account_id = a.id
    LEFT JOIN (SELECT account_id, count(*) AS queued FROM outbox GROUP BY 1) o ON o.account_id = a.id
    LEFT JOIN personal_switch s ON true LEFT JOIN staff by ON by.id = s.stopped_by
    WHERE (CAST(:id AS bigint) IS NULL OR a.id = :id) AND (CAST(:state AS text) IS NULL OR p.state = :state)
        AND (CAST(:holder AS bigint) IS NULL OR a.holder_id = :holder)
    ORDER BY a.name, a.id
    """
)
_SWITCH = text(
    "SELECT s.stopped_at, s.stopped_by, by.name AS stopped_by_name"
    " FROM personal_switch s LEFT JOIN staff by ON by.id = s.stopped_by"
)
_SPANS = text(
    "SELECT connected_at, ended_at, reason FROM personal_span WHERE account_id = :id"
    " ORDER BY connected_at DESC, id DESC LIMIT :limit"
)
_FRAMES = text(
    "SELECT cmd, why, count, last_at FROM frame_tally WHERE account_id = :id ORDER BY last_at DESC, cmd, why"
)
_GAPS = text(
    """
    SELECT g.id, c.id AS conversation_id, g.from_at, g.until_at, g.reason
    FROM gap g LEFT JOIN conversation c ON c.account_id = g.account_id AND c.thread_key = g.thread_key
    WHERE g.account_id = :id AND g.closed_at IS NULL ORDER BY g.from_at DESC, g.id DESC LIMIT :limit
    """
)
_CONSENT = text(
    "SELECT c.at, c.version, by.name AS recorded_by FROM personal_consent c"
    " LEFT JOIN staff by ON by.id = c.recorded_by AND by.id <> c.holder_id"
    " WHERE c.account_id = :id ORDER BY c.at DESC, c.id DESC LIMIT 1"
)
_OWN_CONSENT = text("SELECT max(at) FROM personal_consent WHERE holder_id = :me AND version = :version")
_EXTENT = text("SELECT threads, messages FROM private_extent(:id)")
_LOGIN = text(
    "SELECT id, state, image, expires_at, name, avatar_url, account_id, error FROM personal_login WHERE id = :id"
)
_CALL = text("SELECT state, result, error FROM personal_call WHERE id = :id")


class PersonalLogin(msgspec.Struct, frozen=True, kw_only=True):
    """`image`: a data URL to be scanned before `expires_at`. `name` and `avatar_url` are of who scanned it; `error` in
    words."""

    id: int
    state: str
    image: str | None
    expires_at: datetime | None
    name: str | None
    avatar_url: str | None
    account_id: int | None
    error: str | None


class PersonalConsent(msgspec.Struct, frozen=True, kw_only=True):
    """What a holder agrees to; `recorded_at`: when the caller agreed to these words."""

    version: str
    text: str
    recorded_at: datetime | None


class PersonalCallView(msgspec.Struct, frozen=True, kw_only=True):
    """`error` in words. Nobody found by phone: done, without a result."""

    state: str
    result: dict[str, Any] | None
    error: str | None


async def account_list(
    connection: AsyncConnection,
    settings: Settings,
    locale: Locale,
    *,
    state: str | None = None,
    holder_id: int | None = None,
    search: str = "",
) -> PersonalAccountList:
    """However many accounts: two statements, a third when there is none."""
    rows, items = await _accounts(connection, settings, locale, state=state, holder_id=holder_id)
    wanted = fold(search)
    return PersonalAccountList(
        [
            PersonalAccount(**fields)
            for row, fields in zip(rows, items, strict=True)
            if wanted in fold(f"{row['name']} {row['uid']} {row['phone'] or ''} {row['holder_name'] or ''}")
        ],
        _stopped(rows[0] if rows else (await connection.execute(_SWITCH)).mappings().one()),
    )


async def account_detail(
    connection: AsyncConnection, settings: Settings, locale: Locale, account_id: int
) -> PersonalAccountDetail | None:
    """None: the caller sees no such account."""
    rows, items = await _accounts(connection, settings, locale, account_id=account_id)
    if not rows:
        return None
    of = {"id": account_id, "limit": SHOWN}
    spans = (await connection.execute(_SPANS, of)).mappings()
    frames = (await connection.execute(_FRAMES, {"id": account_id})).mappings()
    gaps = (await connection.execute(_GAPS, of)).mappings()
    consent = (await connection.execute(_CONSENT, {"id": account_id})).one_or_none()
    extent = (await connection.execute(_EXTENT, {"id": account_id})).one()
    return PersonalAccountDetail(
        **items[0],
        spans=[span_of(row, locale) for row in spans],
        frames=[frame_of(row, locale) for row in frames],
        gaps=[gap_view(row, locale) for row in gaps],
        consent=RecordedConsent(consent.at, str(consent.version), consent.recorded_by) if consent else None,
        private=PrivateCount(extent.threads, extent.messages),
        proxy=rows[0]["proxied"],
    )


async def login_view(connection: AsyncConnection, login_id: int, locale: Locale) -> PersonalLogin | None:
    row = (await connection.execute(_LOGIN, {"id": login_id})).one_or_none()
    if row is None:
        return None
    return PersonalLogin(
        id=row.id,
        state=row.state,
        image=f"data:image/png;base64,{base64.b64encode(row.image).decode()}" if row.image else None,
        expires_at=row.expires_at,
        name=row.name,
        avatar_url=row.avatar_url,
        account_id=row.account_id,
        error=explain(locale, "personal-login", row.error) if row.error else None,
    )


async def consent_view(connection: AsyncConnection, staff_id: int, locale: Locale) -> PersonalConsent:
    values = {"me": staff_id, "version": CONSENT_VERSION}
    at = (await connection.execute(_OWN_CONSENT, values)).scalar_one()
    return PersonalConsent(version=str(CONSENT_VERSION), text=say(locale, "personal-consent.text"), recorded_at=at)


def consent_hash(locale: Locale) -> bytes:
    """Of the words that were shown."""
    return hashlib.sha256(say(locale, "personal-consent.text").encode()).digest()


async def call_view(connection: AsyncConnection, call_id: int, locale: Locale) -> PersonalCallView | None:
    row = (await connection.execute(_CALL, {"id": call_id})).one_or_none()
    if row is None:
        return None
    error = explain(locale, "delivery", row.error) if row.error else None
    return PersonalCallView(state=row.state, result=row.result, error=error)


async def _accounts(
    connection: AsyncConnection,
    settings: Settings,
    locale: Locale,
    *,
    account_id: int | None = None,
    state: str | None = None,
    holder_id: int | None = None,
) -> tuple[Sequence[Any], list[dict[str, Any]]]:
    now = clock.now()
    limits = await limit_service.load(connection)
    values = {"id": account_id, "state": state, "holder": holder_id, "day": caps.day_of(now, settings.timezone)}
    rows = (await connection.execute(_ACCOUNTS, values)).mappings().all()
    return rows, [fields_of(row, limits, locale, settings, now) for row in rows]


def _stopped(row: Any) -> SendingStopped | None:
    if row["stopped_at"] is None:
        return None
    by = AccountHolder(row["stopped_by"], row["stopped_by_name"]) if row["stopped_by"] is not None else None
    return SendingStopped(row["stopped_at"], by)
