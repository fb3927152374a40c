"""Whether and how staff may answer in a conversation now, what it costs, and how much is left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service, quotas
from sokhach.channels.limits import Limits
from sokhach.channels.outgoing import Quota
from sokhach.channels.rules import ZALO_OA, ZALO_PERSONAL, ReplyWindow, abilities, reply_window, text_limit
from sokhach.channels.zalo_oa import limits as zalo_oa
from sokhach.conversations import personal_replying as holding
from sokhach.conversations.views import Reply, SendQuota
from sokhach.core.catalogue import Locale, explain, say
from sokhach.core.database import Asked, ask_all

WELCOME = "welcome_msg"

_HAS_PHONE = text("SELECT phone_id_of(:contact) IS NOT NULL AS known")


async def reply_of(
    connection: AsyncConnection, row: Mapping[Any, Any], locale: Locale, now: datetime, zone: ZoneInfo
) -> Reply:
    """`row` is one of `queries`: conversation and account. `zone` is the company's."""
    personal = row["channel"] == ZALO_PERSONAL
    changed, [phone], quotas_told, *standing = await ask_all(
        connection,
        limit_service.CHANGED,
        Asked(_HAS_PHONE, {"contact": row["contact_id"]}),
        quotas.asked(row["account_id"], row["thread_key"], now),
        *(holding.asked(row["account_id"], row["id"], now, zone) if personal else ()),
    )
    limits = limit_service.limits(changed)
    waits, used = holding.of(standing, limits, now, zone, locale) if personal else (None, [])
    window = reply_window(
        channel=row["channel"],
        kind=row["kind"],
        thread_key=row["thread_key"],
        last_inbound_at=row["last_inbound_at"],
        health=row["health"],
        health_reason=row["health_reason"],
        now=now,
        limits=limits,
    )
    quota = quota_that_counts(window, quotas.known(quotas_told), now)
    blocked = row["health"] == "down"
    return Reply(
        allowed=window.allowed,
        reason=_reason(window, row["health_reason"] if blocked else None, locale),
        free_until=window.free_until,
        window_until=window.window_until,
        max_length=text_limit(row["channel"], limits),
        cost_text=cost_text(row["channel"], window, quota, limits, locale, now),
        quota=SendQuota(remain=quota.remain, total=quota.total) if quota else None,
        can=[str(one) for one in abilities(row["channel"], window, has_phone=phone["known"], kind=row["kind"])],
        blocked=blocked,
        waits=waits,
        caps=used,
    )


def quota_that_counts(window: ReplyWindow, known: Mapping[str, Quota], now: datetime) -> Quota | None:
    """From what the next answer is taken: while it is free from the greetings for somebody who only opened the chat, if
    from anything; later from the package. None: nothing is counted, or nobody told us."""
    if not window.allowed or window.free_until is None:
        return None
    if now <= window.free_until:
        return known.get(WELCOME)
    packages = [known[kind] for kind in quotas.PACKAGE_KINDS if kind in known]
    return next((one for one in packages if one.remain > 0), packages[0] if packages else None)


def cost_text(
    channel: str, window: ReplyWindow, quota: Quota | None, limits: Limits, locale: Locale, now: datetime
) -> str | None:
    if channel != ZALO_OA or not window.allowed or window.free_until is None:
        return None
    if now <= window.free_until:
        return say(locale, "cost.free-until", hours=limits[zalo_oa.FREE_HOURS])
    price = limits[zalo_oa.REPLY_PRICE]
    if quota is None:
        return say(locale, "cost.paid", price=price)
    if quota.remain > 0:
        return say(locale, "cost.package", remain=quota.remain, total=quota.total)
    return say(locale, "cost.package-out", price=price)


def _reason(window: ReplyWindow, health_reason: str | None, locale: Locale) -> str | None:
    """That the whole account cannot send goes before what is wrong with this conversation."""
    if health_reason is not None:
        return explain(locale, "health", health_reason)
    return explain(locale, "reply", window.reason) if window.reason else None
