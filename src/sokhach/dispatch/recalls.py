"""Loop: messages of ours that staff take back. Doing it twice does no harm, so what met no answer is tried again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

import structlog
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Account, Connector, SendRefusedError
from sokhach.channels.pacing import held
from sokhach.conversations import recalls
from sokhach.conversations.recalls import RecallSeen
from sokhach.core import clock
from sokhach.core.chance import chance
from sokhach.core.database import Database
from sokhach.core.realtime import Notice, announce
from sokhach.dispatch import rules

log = structlog.get_logger()

AT_ONCE = 8
TAKEN_FOR = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(hours=24)
WAITED_TOO_LONG = "waited-too-long"

_CLAIM = text(
    """
    WITH due AS (
        SELECT r.message_id FROM outgoing_recall r
        WHERE r.state IN ('queued', 'sending') AND r.due_at <= :now
            AND (r.account_id = ANY (CAST(:held AS bigint[])) OR r.created_at < :too_old)
        ORDER BY r.due_at LIMIT :limit FOR UPDATE OF r SKIP LOCKED
    )
    UPDATE outgoing_recall r SET state = 'sending', attempts = least(r.attempts + 1, 1000), due_at = :until,
        changed_at = :now
    FROM due, conversation c, channel_account a
    WHERE r.message_id = due.message_id AND c.id = r.conversation_id AND a.id = r.account_id
    RETURNING r.message_id, r.conversation_id, r.account_id, r.attempts, r.created_at, c.thread_key,
        c.kind = 'group' AS in_group, a.channel, a.external_id, a.name
    """
)
_MOVE = text(
    """
    UPDATE outgoing_recall SET state = :state, reason = :reason, due_at = :due, changed_at = :now
    WHERE message_id = :id AND state = 'sending'
    """
)


@runtime_checkable
class Recaller(Protocol):
    """A connector that can take back what it sent."""

    async def recall(self, account: Account, thread_key: str, group: bool, message_id: int) -> str:
        """Returns the platform's name of the message. Raises `SendRefusedError`."""
        ...


async def step(database: Database, connectors: Mapping[str, Connector]) -> int:
    """Does what is due; returns how many it took. `database` is the owner's."""
    now = clock.now()
    values = {
        "now": now,
        "held": held(connectors),
        "too_old": now - GIVE_UP_AFTER,
        "until": now + TAKEN_FOR,
        "limit": AT_ONCE,
    }
    async with database.side_transaction() as connection:
        rows = (await connection.execute(_CLAIM, values)).all()
    for row in rows:
        await _recall(database, connectors.get(row.channel), row)
    return len(rows)


async def _recall(database: Database, connector: object, row: Row[Any]) -> None:
    account = Account(id=row.account_id, channel=row.channel, external_id=row.external_id, name=row.name)
    try:
        if clock.now() - row.created_at > GIVE_UP_AFTER:
            raise SendRefusedError(WAITED_TOO_LONG, "recall waited too long")
        if not isinstance(connector, Recaller):
            raise SendRefusedError("unsupported", f"no recalls on {row.channel}")
        name = await connector.recall(account, row.thread_key, row.in_group, row.message_id)
    except SendRefusedError as error:
        log.info("recall_refused", message_id=row.message_id, reason=error.reason, detail=error.detail)
        after = rules.ACCOUNT_PROBE_SECONDS if error.account_down else error.retry_after_seconds
        async with database.transaction() as connection:
            if after is None:
                await _move(connection, row, "failed", error.reason, clock.now())
            else:
                due = clock.now() + rules.retry_after(row.attempts, after, chance())
                await _move(connection, row, "queued", error.reason, due)
        return
    async with database.transaction() as connection:
        now = clock.now()
        seen = RecallSeen(account_id=account.id, thread_key=row.thread_key, external_id=name, by="staff", at=now)
        # The echo will say the same.
        await recalls.apply(connection, [seen])
        await _move(connection, row, "done", None, now)


async def _move(connection: AsyncConnection, row: Row[Any], state: str, reason: str | None, due: datetime) -> None:
    values = {"id": row.message_id, "state": state, "reason": reason, "due": due, "now": clock.now()}
    await connection.execute(_MOVE, values)
    notices = [
        Notice(kind="message.changed", conversation_id=row.conversation_id, payload={"message_ids": [row.message_id]})
    ]
    if state == "done":
        notices.append(Notice(kind="conversation.changed", conversation_id=row.conversation_id))
    await announce(connection, notices)
