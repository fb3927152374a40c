"""Loop: reactions of our side leave. One that meets no answer is in doubt and not sent again by itself: its echo tells.

A reaction has no place among the messages of its conversation, so it waits for none of them, nor they for it; those on
one message leave in their order.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import rules as channels
from sokhach.channels import service as accounts
from sokhach.channels.connector import Account, Connector, SendRefusedError, SendUncertainError
from sokhach.channels.outgoing import Outgoing, OutgoingReaction
from sokhach.channels.pacing import sending
from sokhach.conversations import delivery
from sokhach.core import clock
from sokhach.core.chance import chance
from sokhach.core.database import Database
from sokhach.core.realtime import Notice, announce
from sokhach.dispatch import rules

log = structlog.get_logger()

AT_ONCE = 8
TAKEN_FOR = timedelta(seconds=60)
NO_ANSWER = "no-answer"
WAITED_TOO_LONG = "waited-too-long"
WORKER_DIED = "worker-died"

_DUE = text(
    """
    SELECT r.id, r.message_id, r.conversation_id, r.external_id, r.icon, r.state, r.attempts, r.created_at,
        c.thread_key, c.kind, a.id AS account_id, a.channel, a.external_id AS account_external_id, a.name
    FROM outgoing_reaction r JOIN conversation c ON c.id = r.conversation_id
    JOIN channel_account a ON a.id = r.account_id
    WHERE r.state IN ('queued', 'sending') AND r.due_at <= :now AND NOT EXISTS (
        SELECT FROM outgoing_reaction p
        WHERE p.message_id = r.message_id AND p.id < r.id AND p.state IN ('queued', 'sending')
    ) AND (a.channel <> ALL (:bound) OR a.id = ANY (CAST(:held AS bigint[])) OR r.state <> 'queued'
        OR r.created_at < :too_old)
    ORDER BY r.due_at, r.id LIMIT :limit FOR UPDATE OF r SKIP LOCKED
    """
)
_MOVE = text(
    """
    UPDATE outgoing_reaction SET state = :state, reason = :reason, attempts = :attempts, due_at = :due,
        changed_at = :now
    WHERE id = :id AND state IN ('queued', 'sending')
    """
)


class Due(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    message_id: int
    conversation_id: int
    account: Account
    outgoing: Outgoing
    icon: str | None
    external_id: str
    state: str
    attempts: int
    created_at: datetime


async def step(database: Database, connectors: Mapping[str, Connector]) -> int:
    """Sends what is due; returns how many. `database` is the owner's."""
    async with database.side_transaction() as connection:
        due = await _take(connection, clock.now(), sending(connectors))
    for one in due:
        await _send(database, connectors, one)
    return len(due)


async def _take(connection: AsyncConnection, now: datetime, held: Sequence[int]) -> Sequence[Due]:
    """Marks what is due as being sent, before the platform is called. What another worker left in the middle is in
    doubt."""
    taken: list[Due] = []
    values = {
        "now": now,
        "limit": AT_ONCE,
        "bound": list(channels.BOUND),
        "held": held,
        "too_old": now - rules.WAITS_AT_MOST,
    }
    for row in (await connection.execute(_DUE, values)).all():
        due = Due(
            id=row.id,
            message_id=row.message_id,
            conversation_id=row.conversation_id,
            account=Account(id=row.account_id, channel=row.channel, external_id=row.account_external_id, name=row.name),
            outgoing=Outgoing(
                thread_key=row.thread_key,
                thread_kind=row.kind,
                content=OutgoingReaction(external_id=row.external_id, icon=row.icon),
            ),
            icon=row.icon,
            external_id=row.external_id,
            state=row.state,
            attempts=row.attempts,
            created_at=row.created_at,
        )
        if due.state == "sending":
            await _move(connection, due, "uncertain", WORKER_DIED, now)
        elif rules.waited_too_long(due.created_at, now):
            await _move(connection, due, "failed", WAITED_TOO_LONG, now)
        else:
            due = msgspec.structs.replace(due, attempts=due.attempts + 1)
            await _move(connection, due, "sending", None, now, wait=TAKEN_FOR)
            taken.append(due)
    return taken


async def _send(database: Database, connectors: Mapping[str, Connector], due: Due) -> None:
    connector = connectors.get(due.account.channel)
    try:
        if connector is None:
            raise SendRefusedError("unsupported", f"no connector for {due.account.channel}")
        await connector.send(due.account, due.outgoing)
    except SendRefusedError as error:
        await _refused(database, due, error)
    except SendUncertainError as error:
        log.warning("reaction_uncertain", reaction=due.id, detail=str(error))
        async with database.transaction() as connection:
            await _move(connection, due, "uncertain", NO_ANSWER, clock.now())
    else:
        async with database.transaction() as connection:
            now = clock.now()
            await _move(connection, due, "sent", None, now)
            await accounts.sends_work(connection, due.account.id, now)
            thread = due.outgoing.thread_key
            await delivery.note_reaction(connection, due.account.id, thread, due.external_id, due.icon, now)


async def _refused(database: Database, due: Due, error: SendRefusedError) -> None:
    now = clock.now()
    log.info("reaction_refused", reaction=due.id, reason=error.reason, detail=error.detail)
    async with database.transaction() as connection:
        after = rules.ACCOUNT_PROBE_SECONDS if error.account_down else error.retry_after_seconds
        if error.account_down:
            reason = channels.health_of(error.reason)
            await accounts.set_health(connection, due.account.id, "down", reason, now)
        if after is None:
            await _move(connection, due, "failed", error.reason, now)
        else:
            wait = rules.retry_after(due.attempts, after, chance())
            await _move(connection, due, "queued", error.reason, now, wait=wait)


async def _move(
    connection: AsyncConnection,
    due: Due,
    state: str,
    reason: str | None,
    now: datetime,
    *,
    wait: timedelta = timedelta(0),
) -> None:
    values = {"id": due.id, "state": state, "reason": reason, "attempts": due.attempts, "due": now + wait, "now": now}
    await connection.execute(_MOVE, values)
    if state != "sending":
        payload = {"message_ids": [due.message_id]}
        notice = Notice(kind="message.changed", conversation_id=due.conversation_id, payload=payload)
        await announce(connection, [notice])
