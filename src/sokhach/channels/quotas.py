"""What may still be sent, as platforms last said. The only writer of `channel_quota`."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.outgoing import Quota
from sokhach.core.database import Asked, Rows

PACKAGE_KINDS = ("sub_quota", "purchase_quota", "reward_quota")
"""Of messages after the free time, in the order in which Zalo takes from them."""

_NOTE = text(
    """
    INSERT INTO channel_quota (account_id, thread_key, kind, remain, total, until_at, noted_at)
    VALUES (:account, :thread, :kind, :remain, :total, :until, :now)
    ON CONFLICT (account_id, thread_key, kind) DO UPDATE SET remain = excluded.remain, total = excluded.total,
        until_at = excluded.until_at, noted_at = excluded.noted_at
        WHERE channel_quota.noted_at <= excluded.noted_at
    """
)
# What the account's page says, and what answers to sends said: the later word counts.
_KNOWN = text(
    """
    SELECT kind, remain, total, until_at, noted_at AS at FROM channel_quota
    WHERE account_id = :account AND thread_key IN ('', :thread) AND (until_at IS NULL OR until_at > :now)
    UNION ALL
    SELECT CASE q.kind WHEN 'cs-sub' THEN 'sub_quota' WHEN 'cs-purchase' THEN 'purchase_quota' ELSE 'reward_quota' END,
        sum(q.remain)::bigint, sum(q.total)::bigint, NULL, p.fetched_at
    FROM channel_profile p
    CROSS JOIN LATERAL jsonb_to_recordset(p.quotas) AS q (kind text, remain bigint, total bigint)
    WHERE p.account_id = :account AND q.kind IN ('cs-sub', 'cs-purchase', 'cs-reward') AND q.remain IS NOT NULL
        AND q.total IS NOT NULL
    GROUP BY q.kind, p.fetched_at
    ORDER BY at NULLS FIRST
    """
)


async def note(connection: AsyncConnection, account_id: int, thread_key: str, quota: Quota, now: datetime) -> None:
    """As an answer of the platform told it."""
    await connection.execute(
        _NOTE,
        {
            "account": account_id,
            "thread": thread_key if quota.of_thread else "",
            "kind": quota.kind,
            "remain": quota.remain,
            "total": quota.total,
            "until": quota.until,
            "now": now,
        },
    )


def asked(account_id: int, thread_key: str, now: datetime) -> Asked:
    """For those that hold for a thread: see `known`."""
    return Asked(_KNOWN, {"account": account_id, "thread": thread_key, "now": now})


def known(rows: Rows) -> dict[str, Quota]:
    """By kind, from the answer to `asked`."""
    return {
        row["kind"]: Quota(kind=row["kind"], remain=row["remain"], total=row["total"], until=row["until_at"])
        for row in rows
    }
