"""Channel accounts: adding them, and keeping what is known of their health."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.rules import BOUND, TOKEN_REASONS, UNREACHABLE, Health
from sokhach.core.actor import Permission
from sokhach.core.database import wake
from sokhach.core.realtime import Notice, announce

OUTBOUND_EVERY = timedelta(seconds=5)
"""`last_outbound_at` is no more precise: many sends at once must not queue for one row."""

WEBHOOK_SILENT = "webhook-silent"

_ADD = text(
    """
    INSERT INTO channel_account (channel, external_id, name, credentials, health, health_reason, health_since,
        created_at)
    VALUES (:channel, :external_id, :name, :credentials, 'down', 'not-authorised', :now, :now)
    ON CONFLICT (channel, external_id) DO UPDATE SET credentials = excluded.credentials, name = excluded.name
    RETURNING id
    """
)
_SET_HEALTH = text(
    """
    UPDATE channel_account SET health = :health, health_reason = :reason, health_since = :now
    WHERE id = :id AND (health, health_reason) IS DISTINCT FROM (:health, CAST(:reason AS text))
        AND (CAST(:only AS text[]) IS NULL OR health = ANY (CAST(:only AS text[]))
            OR health_reason = ANY (CAST(:only AS text[])))
        AND (health <> 'down' OR channel <> ALL (CAST(:except AS text[])))
    RETURNING id
    """
)
_ASK_FOR_PAGE = text(
    "INSERT INTO channel_profile (account_id, due_at) VALUES (:id, :now)"
    " ON CONFLICT (account_id) DO UPDATE SET due_at = excluded.due_at"
)


async def add_account(
    connection: AsyncConnection, *, channel: str, external_id: str, name: str, credentials: bytes, now: datetime
) -> int:
    """Adds an account, or gives a known one other (sealed) credentials. It is down until it is authorised."""
    values = {"channel": channel, "external_id": external_id, "name": name, "credentials": credentials, "now": now}
    account_id = (await connection.execute(_ADD, values)).scalar_one()
    await tell(connection, account_id)
    return account_id


async def rename(connection: AsyncConnection, account_id: int, name: str) -> None:
    await connection.execute(
        text("UPDATE channel_account SET name = :name WHERE id = :id"), {"id": account_id, "name": name}
    )
    await tell(connection, account_id)


async def set_health(
    connection: AsyncConnection, account_id: int, health: Health, reason: str | None, now: datetime
) -> None:
    """`reason` is a slug of `health.<reason>`. `since` moves only when health or reason do."""
    await _set_health(connection, account_id, health, reason, now, only=None)


async def sends_work(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """The platform took a message. That says nothing about tokens that cannot be renewed any more; nor about a session
    that ended since: its account is down until whoever holds it is back."""
    await connection.execute(
        text(
            "UPDATE channel_account SET last_outbound_at = :now"
            " WHERE id = :id AND (last_outbound_at IS NULL OR last_outbound_at < :before)"
        ),
        {"id": account_id, "now": now, "before": now - OUTBOUND_EVERY},
    )
    only = ["unknown", "down", UNREACHABLE]
    await _set_health(connection, account_id, "ok", None, now, only=only, down_stays=BOUND)


async def unreachable(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """The platform was called in vain more than once. It is tried on; a worse diagnosis stays."""
    await _set_health(connection, account_id, "degraded", UNREACHABLE, now, only=["unknown", "ok"])


async def warn(connection: AsyncConnection, account_id: int, reason: str | None, now: datetime) -> None:
    """It works still, and will not for long. An account that is down stays so, with its reason."""
    await _set_health(connection, account_id, "degraded", reason, now, only=["unknown", "ok", "degraded"])


async def webhooks_missing(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """The platform has messages of customers of which it did not tell us. A worse diagnosis stays."""
    await _set_health(connection, account_id, "degraded", WEBHOOK_SILENT, now, only=["unknown", "ok", UNREACHABLE])


async def webhooks_come(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """It tells us again."""
    await _set_health(connection, account_id, "ok", None, now, only=[WEBHOOK_SILENT])


async def arrivals_stopped(connection: AsyncConnection, account_id: int, reason: str, now: datetime) -> None:
    """It is connected, and nothing of what others write comes in. A worse diagnosis stays."""
    await _set_health(connection, account_id, "degraded", reason, now, only=["unknown", "ok", UNREACHABLE])


async def arrivals_come(connection: AsyncConnection, account_id: int, reason: str, now: datetime) -> None:
    """What was missed comes in again."""
    await _set_health(connection, account_id, "ok", None, now, only=[reason])


async def tokens_work(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """The platform gave us tokens. That says nothing about an account that it closed for other reasons."""
    await _set_health(connection, account_id, "ok", None, now, only=["unknown", UNREACHABLE, *TOKEN_REASONS])


async def recovered(connection: AsyncConnection, account_id: int, reasons: Sequence[str], now: datetime) -> None:
    """What was wrong for one of these reasons is right again."""
    await _set_health(connection, account_id, "ok", None, now, only=["unknown", *reasons])


async def _set_health(
    connection: AsyncConnection,
    account_id: int,
    health: Health,
    reason: str | None,
    now: datetime,
    *,
    only: list[str] | None,
    down_stays: Sequence[str] = (),
) -> None:
    values: dict[str, Any] = {"id": account_id, "health": health, "reason": reason, "now": now, "only": only}
    values["except"] = list(down_stays)
    if (await connection.execute(_SET_HEALTH, values)).first() is not None:
        await tell(connection, account_id)


async def ask_for_page(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """The worker is to ask the platform about the account itself at once."""
    await connection.execute(_ASK_FOR_PAGE, {"id": account_id, "now": now})
    wake(connection)


async def tell(connection: AsyncConnection, account_id: int) -> None:
    """Browsers that show accounts read this one anew."""
    payload = {"account_id": account_id, "permission": Permission.CHANNEL_ACCOUNT_READ.value}
    await announce(connection, [Notice(kind="channel_account.changed", payload=payload)])
