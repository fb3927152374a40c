"""Gaps of personal accounts, and messages that are known to be missing. The only writer of `personal_missing`, and of
`gap` for personal accounts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal.gaps.counters import UNREAD, Jump
from sokhach.channels.zalo_personal.gaps.named import Named

Reason = Literal["not-connected", "history-ended", "dropped"]
JUST = timedelta(milliseconds=1)
"""A gap holds the message that shows it."""


class Missing(NamedTuple):
    name: str
    thread_key: str
    in_group: bool
    sent_at: datetime


_LIMBO = """
    SELECT j.payload FROM (
        SELECT journal_id FROM quarantine WHERE account_id = :account AND resolved_at IS NULL
        UNION ALL SELECT journal_id FROM journal_pending WHERE account_id = :account
    ) p JOIN journal j ON j.id = p.journal_id
"""
_ROWS = """
    json_to_recordset(CAST(:rows AS json)) AS r (name text, alias text, msg_id text, thread_key text,
        in_group boolean, inbound boolean, sent_at timestamptz, given boolean)
"""
_HERE = """
    EXISTS (SELECT FROM message_alias a WHERE a.account_id = :account AND a.external_id IN ({r}.name, {r}.alias))
    OR EXISTS (
        SELECT FROM conversation c JOIN message m ON m.conversation_id = c.id
        WHERE c.account_id = :account AND c.thread_key = {r}.thread_key AND m.external_id IN ({r}.name, {r}.alias)
    )
"""
_UNNAMED = f"{UNREAD}%"
# How many messages of others came to a thread after one moment and until another: here, or missing by name. Of several
# of the first moment only one came before.
_BETWEEN = """
    (SELECT count(*) FILTER (WHERE m.sent_at > {r}.from_at)
            + greatest(count(*) FILTER (WHERE m.sent_at = {r}.from_at) - 1, 0)
        FROM conversation c JOIN message m ON m.conversation_id = c.id
        WHERE c.account_id = :account AND c.thread_key = {r}.thread_key AND m.direction = 'in' AND m.kind <> 'event'
        AND m.sent_at BETWEEN {r}.from_at AND {r}.until_at)
    + (SELECT count(*) FROM personal_missing o
        WHERE o.account_id = :account AND o.thread_key = {r}.thread_key AND o.inbound AND o.arrived_at IS NULL
        AND o.name NOT LIKE '{unnamed}' AND o.sent_at > {r}.from_at AND o.sent_at <= {r}.until_at)
"""
_COUNT_BETWEEN = text(
    f"""
    SELECT {_BETWEEN.format(r="r", unnamed=_UNNAMED)} FROM (SELECT CAST(:thread AS text) AS thread_key,
        CAST(:from_at AS timestamptz) AS from_at, CAST(:until_at AS timestamptz) AS until_at) r
    """
)
_LIMBO_OF = text(f"SELECT l.payload FROM ({_LIMBO}) l WHERE position(convert_to(:thread, 'UTF8') IN l.payload) > 0")
_ABSENT = text(
    f"""
    WITH absent AS MATERIALIZED (SELECT r.* FROM {_ROWS} WHERE NOT ({_HERE.format(r="r")})), limbo AS ({_LIMBO})
    SELECT a.name FROM absent a
    WHERE NOT EXISTS (SELECT FROM limbo l WHERE position(convert_to(a.msg_id, 'UTF8') IN l.payload) > 0)
    """
)
_NOTE = text(
    f"""
    INSERT INTO personal_missing (account_id, name, alias, thread_key, in_group, inbound, sent_at, found_at, arrived_at)
    SELECT :account, r.name, r.alias, r.thread_key, r.in_group, r.inbound, r.sent_at, :now,
        CASE WHEN r.given THEN CAST(:now AS timestamptz) END
    FROM {_ROWS} ORDER BY r.name ON CONFLICT DO NOTHING RETURNING name
    """
)
_ARRIVED = text(
    f"""
    WITH unnamed AS (
        SELECT u.name, u.thread_key, to_timestamp(split_part(u.name, ':', 3)::bigint / 1000.0) AS from_at,
            to_timestamp(split_part(u.name, ':', 4)::bigint / 1000.0) AS until_at,
            split_part(u.name, ':', 5)::bigint AS number
        FROM personal_missing u WHERE u.account_id = :account AND u.arrived_at IS NULL AND u.name LIKE '{_UNNAMED}'
    ), came AS (
        UPDATE personal_missing p SET arrived_at = :now
        WHERE p.account_id = :account AND p.arrived_at IS NULL AND (({_HERE.format(r="p")})
            OR p.name IN (SELECT u.name FROM unnamed u WHERE {_BETWEEN.format(r="u", unnamed=_UNNAMED)} > u.number))
        RETURNING p.name, p.gap_id
    ), closed AS (
        UPDATE gap g SET closed_at = :now
        WHERE g.closed_at IS NULL AND g.id IN (SELECT gap_id FROM came) AND NOT EXISTS (
            SELECT FROM personal_missing o WHERE o.gap_id = g.id AND o.arrived_at IS NULL
                AND o.name NOT IN (SELECT name FROM came)
        )
    )
    SELECT count(*) FROM came
    """
)
_UNASKED = text(
    "SELECT name, thread_key, in_group, sent_at FROM personal_missing"
    " WHERE account_id = :account AND arrived_at IS NULL AND asked_at IS NULL ORDER BY sent_at"
)
_ASKED = text(
    "UPDATE personal_missing SET asked_at = :now"
    " WHERE account_id = :account AND name = ANY (CAST(:names AS text[])) AND asked_at IS NULL"
)
_UNSHOWN = text(
    """
    SELECT p.name, p.thread_key, p.in_group, p.sent_at,
        (SELECT max(m.sent_at) FROM conversation c JOIN message m ON m.conversation_id = c.id
            WHERE c.account_id = p.account_id AND c.thread_key = p.thread_key AND m.sent_at <= p.sent_at
            AND m.import_id IS NULL) AS before_at,
        (SELECT min(m.sent_at) FROM conversation c JOIN message m ON m.conversation_id = c.id
            WHERE c.account_id = p.account_id AND c.thread_key = p.thread_key AND m.sent_at > p.sent_at
            AND m.import_id IS NULL) AS after_at
    FROM personal_missing p
    WHERE p.account_id = :account AND p.arrived_at IS NULL AND p.gap_id IS NULL AND p.asked_at <= :asked_before
    ORDER BY p.sent_at, p.name
    """
)
_WIDEN = text(
    """
    UPDATE gap SET from_at = least(from_at, :from_at), until_at = greatest(until_at, :until_at)
    WHERE id = (
        SELECT id FROM gap WHERE account_id = :account AND thread_key IS NOT DISTINCT FROM CAST(:thread AS text)
            AND reason = :reason AND closed_at IS NULL AND from_at <= :until_at AND until_at >= :from_at
        ORDER BY id LIMIT 1
    ) RETURNING id
    """
)
_ADD = text(
    """
    INSERT INTO gap (account_id, sweep_id, thread_key, from_at, until_at, reason, created_at)
    VALUES (:account, NULL, CAST(:thread AS text), :from_at, :until_at, :reason, :now) RETURNING id
    """
)
_SHOWN = text(
    "UPDATE personal_missing SET gap_id = :gap WHERE account_id = :account AND name = :name AND arrived_at IS NULL"
)
# What a reading went through from end to end hides nothing any more.
_CLOSE = text(
    """
    UPDATE gap SET closed_at = :now
    WHERE account_id = :account AND thread_key IS NULL AND closed_at IS NULL AND from_at >= :from_at
        AND until_at <= :until_at AND reason IN ('not-connected', 'history-ended')
    """
)


async def absent(connection: AsyncConnection, account_id: int, named: Sequence[Named]) -> list[Named]:
    """Those that are neither here nor on their way, nor in quarantine, where somebody sees them."""
    if not named:
        return []
    names = set((await connection.execute(_ABSENT, {"account": account_id, "rows": _rows(named)})).scalars())
    return [one for one in named if one.name in names]


async def hidden(connection: AsyncConnection, account_id: int, jumps: Sequence[Jump]) -> list[Named]:
    """What the platform's counts tell of, and what is neither here nor on its way nor known to be missing."""
    found: list[Named] = []
    for jump in jumps:
        values = {"account": account_id, "thread": jump.thread.key}
        ends = {"from_at": jump.from_at, "until_at": jump.until_at}
        here: int = (await connection.execute(_COUNT_BETWEEN, {**values, **ends})).scalar_one()
        waiting = (await connection.execute(_LIMBO_OF, values)).scalars()
        found += jump.missing(here + sum(jump.holds(payload) for payload in waiting))
    return found


async def note(connection: AsyncConnection, account_id: int, named: Sequence[Named], now: datetime) -> set[str]:
    """Writes down what is missing; returns the names that were not known to be. What was given counts as arrived."""
    if not named:
        return set()
    values = {"account": account_id, "rows": _rows(named), "now": now}
    return set((await connection.execute(_NOTE, values)).scalars())


async def settle(connection: AsyncConnection, account_id: int, now: datetime) -> int:
    """What came after all is missing no more, and a gap of which all came closes. Returns how many messages did."""
    return (await connection.execute(_ARRIVED, {"account": account_id, "now": now})).scalar_one()


async def unasked(connection: AsyncConnection, account_id: int) -> list[Missing]:
    """What is missing and was not asked for again, oldest first."""
    return [Missing(*row) for row in await connection.execute(_UNASKED, {"account": account_id})]


async def asked(connection: AsyncConnection, account_id: int, missing: Sequence[Missing], now: datetime) -> None:
    values = {"account": account_id, "names": [one.name for one in missing], "now": now}
    await connection.execute(_ASKED, values)


async def show(
    connection: AsyncConnection,
    account_id: int,
    *,
    since: datetime,
    looked_at: datetime | None,
    asked_before: datetime,
    now: datetime,
) -> int:
    """Gives each message that asking did not bring a gap: from what is here before it (`since` at the most, or
    `looked_at`, when nothing was missing yet) to what is here after it. Returns how many messages that were."""
    rows = (await connection.execute(_UNSHOWN, {"account": account_id, "asked_before": asked_before})).all()
    for row in rows:
        from_at = max(row.before_at or since, since)
        if looked_at is not None and looked_at <= row.sent_at:
            from_at = max(from_at, looked_at)
        gap_id = await add(
            connection,
            account_id,
            row.thread_key,
            from_at=min(from_at, row.sent_at),
            until_at=max(row.after_at or row.sent_at, row.sent_at + JUST),
            reason="dropped",
            now=now,
        )
        await connection.execute(_SHOWN, {"account": account_id, "name": row.name, "gap": gap_id})
    return len(rows)


async def add(
    connection: AsyncConnection,
    account_id: int,
    thread_key: str | None,
    *,
    from_at: datetime,
    until_at: datetime,
    reason: Reason,
    now: datetime,
) -> int:
    """A gap that touches an open one of its kind makes that one longer. Returns its id."""
    values = {
        "account": account_id,
        "thread": thread_key,
        "from_at": from_at,
        "until_at": until_at,
        "reason": reason,
        "now": now,
    }
    widened = (await connection.execute(_WIDEN, values)).scalar_one_or_none()
    return widened or (await connection.execute(_ADD, values)).scalar_one()


async def close_between(
    connection: AsyncConnection, account_id: int, from_at: datetime, until_at: datetime, now: datetime
) -> None:
    values = {"account": account_id, "from_at": from_at, "until_at": until_at, "now": now}
    await connection.execute(_CLOSE, values)


def _rows(named: Sequence[Named]) -> str:
    rows = [
        {
            "name": one.name,
            "alias": one.alias,
            "msg_id": str(one.item.get("msgId")),
            "thread_key": one.thread.key,
            "in_group": one.thread.group,
            "inbound": one.inbound,
            "sent_at": one.sent_at,
            "given": one.given,
        }
        for one in named
    ]
    return msgspec.json.encode(rows).decode()
