"""Humans of ours who answer with the channel's own tools. The only writer of `channel_admin`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.audit import AuditAction, record
from sokhach.core.database import KEYS, Key, by_account
from sokhach.core.problems import Fault, InvalidInput, not_found

log = structlog.get_logger()

LARGEST_ID = 2**63 - 1


class Seen(NamedTuple):
    """When somebody was first and last heard of."""

    first_at: datetime
    last_at: datetime


class ChannelAdminView(msgspec.Struct, kw_only=True):
    """`external_id` is the channel's; `staff_id` and `staff_name` are of the one of our people who that is."""

    external_id: str
    staff_id: int | None
    staff_name: str | None
    first_seen_at: datetime
    last_seen_at: datetime


async def staff_behind(connection: AsyncConnection, admins: Iterable[Key]) -> dict[Key, int]:
    """Who of our people each is, as far as anybody said. The account's own id is its holder."""
    rows = await connection.execute(_BEHIND, {"keys": by_account(admins)})
    return {(row.account_id, row.external_id): row.staff_id for row in rows}


async def note(connection: AsyncConnection, admins: Mapping[Key, Seen]) -> None:
    """Widens the time in which each was heard of. All lanes meet in these rows, so it comes last in a transaction."""
    rows = [
        {"account_id": account_id, "external_id": one, "first_at": seen.first_at, "last_at": seen.last_at}
        for (account_id, one), seen in admins.items()
    ]
    await connection.execute(_NOTE, {"rows": msgspec.json.encode(rows).decode()})


async def views(connection: AsyncConnection, account_id: int) -> list[ChannelAdminView]:
    """Those of an account, the last heard of first."""
    rows = await connection.execute(_VIEWS, {"account": account_id})
    return [ChannelAdminView(**row) for row in rows.mappings()]


async def name(connection: AsyncConnection, account_id: int, external_id: str, staff_id: int | None) -> None:
    """Says who it is, from now on; what they answered before stays as it was recorded. Raises `InvalidInput` when
    nobody such works here."""
    if staff_id is not None:
        possible = 0 < staff_id <= LARGEST_ID
        if not possible or (await connection.execute(_WORKS, {"staff": staff_id})).first() is None:
            raise InvalidInput([Fault("staff_id", "unknown")])
    before = (await connection.execute(_NAMED, {"account": account_id, "admin": external_id})).one_or_none()
    if before is None:
        raise not_found()
    await connection.execute(_NAME, {"account": account_id, "admin": external_id, "staff": staff_id})
    if before.staff_id != staff_id:
        await record(
            connection,
            AuditAction.CHANNEL_ACCOUNT_NAME_ADMIN,
            account_id,
            before={"channel_admin": external_id, "staff_id": before.staff_id},
            after={"channel_admin": external_id, "staff_id": staff_id},
        )
    log.info("channel_admin_named", account=account_id, admin=external_id, staff=staff_id)


_BEHIND = text(
    f"""
    SELECT k.account_id, s.external_id, s.staff_id FROM {KEYS} CROSS JOIN LATERAL (
        SELECT external_id, staff_id FROM channel_admin
        WHERE account_id = k.account_id AND external_id = k.name AND staff_id IS NOT NULL
        UNION ALL SELECT external_id, holder_id FROM channel_account
        WHERE id = k.account_id AND external_id = k.name AND holder_id IS NOT NULL
    ) AS s
    """
)
_NOTE = text(
    """
    INSERT INTO channel_admin AS a (account_id, external_id, first_seen_at, last_seen_at)
    SELECT r.account_id, r.external_id, r.first_at, r.last_at
    FROM json_to_recordset(CAST(:rows AS json))
        AS r (account_id bigint, external_id text, first_at timestamptz, last_at timestamptz)
    WHERE NOT EXISTS (
        SELECT FROM channel_admin known WHERE known.account_id = r.account_id AND known.external_id = r.external_id
            AND known.first_seen_at <= r.first_at AND known.last_seen_at >= r.last_at
    )
    ORDER BY r.account_id, r.external_id
    ON CONFLICT (account_id, external_id) DO UPDATE SET first_seen_at = least(a.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(a.last_seen_at, excluded.last_seen_at)
    """
)
_VIEWS = text(
    """
    SELECT a.external_id, a.staff_id, s.name AS staff_name, a.first_seen_at, a.last_seen_at
    FROM channel_admin a LEFT JOIN staff s ON s.id = a.staff_id
    WHERE a.account_id = :account ORDER BY a.last_seen_at DESC, a.external_id
    """
)
_WORKS = text("SELECT FROM staff WHERE id = :staff AND suspended_at IS NULL")
_NAMED = text("SELECT staff_id FROM channel_admin WHERE account_id = :account AND external_id = :admin FOR UPDATE")
_NAME = text("UPDATE channel_admin SET staff_id = :staff WHERE account_id = :account AND external_id = :admin")
