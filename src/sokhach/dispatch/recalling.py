"""Taking messages of ours back, asked for by people. The worker's side is `recalls.py`."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels import rules as channels
from sokhach.core.actor import Actor
from sokhach.core.audit import AuditAction, record
from sokhach.core.database import wake
from sokhach.core.problems import Problem, not_found
from sokhach.core.realtime import Notice, announce
from sokhach.dispatch.service import external_id_of

_MESSAGE = text(
    """
    SELECT m.id, m.conversation_id, m.kind AS message_kind, m.direction, c.account_id, c.kind, c.thread_key,
        c.last_inbound_at, a.channel, a.health, a.health_reason,
        EXISTS (SELECT FROM message_recall r WHERE r.message_id = m.id) AS recalled
    FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN channel_account a ON a.id = c.account_id
    WHERE m.id = :id
    """
)
# Asked for again after it failed, it is tried again; while it is on its way or done, nothing happens.
_ADD = text(
    """
    INSERT INTO outgoing_recall (message_id, conversation_id, account_id, staff_id, state, attempts, created_at, due_at,
        changed_at)
    VALUES (:message, :conversation, :account, :staff, 'queued', 0, :now, :now, :now)
    ON CONFLICT (message_id) DO UPDATE SET staff_id = excluded.staff_id, state = 'queued', reason = NULL, attempts = 0,
        created_at = excluded.created_at, due_at = excluded.due_at, changed_at = excluded.changed_at
        WHERE outgoing_recall.state = 'failed'
    RETURNING message_id
    """
)


async def recall(connection: AsyncConnection, actor: Actor, message_id: int, now: datetime) -> None:
    """Queues it. Asking twice is asking once.

    Raises `Problem`: not-found, recall-not-possible, reply-….
    """
    row = (await connection.execute(_MESSAGE, {"id": message_id})).one_or_none()
    if row is None:
        raise not_found()
    window = channels.reply_window(
        channel=row.channel,
        kind=row.kind,
        thread_key=row.thread_key,
        last_inbound_at=row.last_inbound_at,
        health=row.health,
        health_reason=row.health_reason,
        now=now,
        limits=await limit_service.load(connection),
    )
    if not window.allowed:
        raise Problem(f"reply-{window.reason}", 409)
    can = channels.abilities(row.channel, window, has_phone=False, kind=row.kind)
    ours = row.direction == "out" and row.message_kind != "event" and not row.recalled
    if "recall" not in can or not ours or await external_id_of(connection, row.conversation_id, message_id) is None:
        raise Problem("recall-not-possible", 409)
    values = {
        "message": row.id,
        "conversation": row.conversation_id,
        "account": row.account_id,
        "staff": actor.staff_id,
        "now": now,
    }
    if (await connection.execute(_ADD, values)).first() is None:
        return
    await record(connection, AuditAction.MESSAGE_RECALL, row.id, after={"conversation_id": row.conversation_id})
    payload = {"message_ids": [row.id]}
    await announce(connection, [Notice(kind="message.changed", conversation_id=row.conversation_id, payload=payload)])
    wake(connection)
