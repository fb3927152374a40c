"""The limits that hold now, and changing them. The only writer of `channel_limit`."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.limits import Limit, Limits
from sokhach.channels.zalo_oa import limits as zalo_oa
from sokhach.channels.zalo_personal import limits as zalo_personal
from sokhach.core.actor import Actor
from sokhach.core.audit import AuditAction, record
from sokhach.core.catalogue import Locale, say
from sokhach.core.database import Asked, Rows, ask_all
from sokhach.core.problems import Fault, InvalidInput, not_found

ALL: dict[str, Limit] = {limit.key: limit for limit in (*zalo_oa.TABLE, *zalo_personal.TABLE)}


class LimitView(msgspec.Struct, frozen=True, kw_only=True):
    """`text` and `unit_text` are ready to show. `as_of`: the day (ISO) on which `source` stated `default_value`."""

    key: str
    text: str
    value: int
    unit: str
    unit_text: str
    default_value: int
    least: int
    most: int
    source: str
    as_of: str
    changed_by: str | None
    changed_at: datetime | None


CHANGED = Asked(text("SELECT key, value FROM channel_limit"))


async def load(connection: AsyncConnection) -> Limits:
    """What holds now."""
    [rows] = await ask_all(connection, CHANGED)
    return limits(rows)


def limits(rows: Rows) -> Limits:
    """By the answer to `CHANGED`."""
    return Limits({row["key"]: row["value"] for row in rows})


async def views(connection: AsyncConnection, locale: Locale) -> Sequence[LimitView]:
    rows = await connection.execute(
        text(
            "SELECT l.key, l.value, l.changed_at, s.name AS changed_by FROM channel_limit l"
            " JOIN staff s ON s.id = l.changed_by"
        )
    )
    changed = {row.key: row for row in rows}
    return [
        LimitView(
            key=limit.key,
            text=say(locale, f"limit.{limit.key}"),
            value=changed[limit.key].value if limit.key in changed else limit.default,
            unit=limit.unit,
            unit_text=say(locale, f"unit.{limit.unit}"),
            default_value=limit.default,
            least=limit.least,
            most=limit.most,
            source=say(locale, f"limit-source.{limit.source}"),
            as_of=limit.as_of,
            changed_by=changed[limit.key].changed_by if limit.key in changed else None,
            changed_at=changed[limit.key].changed_at if limit.key in changed else None,
        )
        for limit in ALL.values()
    ]


async def change(connection: AsyncConnection, actor: Actor, key: str, value: int, now: datetime) -> None:
    """Raises `Problem` not-found, and `InvalidInput` for a value that cannot be."""
    limit = ALL.get(key)
    if limit is None:
        raise not_found()
    if value < limit.least:
        raise InvalidInput([Fault("value", "too-small", limit.least)])
    if value > limit.most:
        raise InvalidInput([Fault("value", "too-large", limit.most)])
    before = await _own(connection, key)
    await connection.execute(
        text(
            "INSERT INTO channel_limit (key, value, changed_by, changed_at) VALUES (:key, :value, :staff, :now)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by,"
            " changed_at = excluded.changed_at"
        ),
        {"key": key, "value": value, "staff": actor.staff_id, "now": now},
    )
    if before != value:
        await record(
            connection,
            AuditAction.CHANNEL_LIMIT_CHANGE,
            before={"limit": key, "value": limit.default if before is None else before},
            after={"limit": key, "value": value},
        )


async def reset(connection: AsyncConnection, key: str) -> None:
    """Back to what our source says. Raises `Problem` not-found."""
    if key not in ALL:
        raise not_found()
    before = await _own(connection, key)
    await connection.execute(text("DELETE FROM channel_limit WHERE key = :key"), {"key": key})
    if before is not None:
        await record(
            connection,
            AuditAction.CHANNEL_LIMIT_RESET,
            before={"limit": key, "value": before},
            after={"limit": key, "value": ALL[key].default},
        )


async def _own(connection: AsyncConnection, key: str) -> int | None:
    """What an administrator set; None: it is as its source says."""
    own: int | None = await connection.scalar(
        text("SELECT value FROM channel_limit WHERE key = :key FOR UPDATE"), {"key": key}
    )
    return own
