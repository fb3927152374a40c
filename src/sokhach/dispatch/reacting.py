"""Reactions of our side, asked for by people. The worker's side is `reactions.py`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels import rules as channels
from sokhach.channels.zalo_oa import limits as zalo_oa
from sokhach.channels.zalo_personal import limits as zalo_personal
from sokhach.core.actor import Actor
from sokhach.core.database import wake
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.realtime import Notice, announce
from sokhach.dispatch.service import external_id_of

ICONS: Mapping[str, Sequence[str]] = {
    channels.ZALO_OA: zalo_oa.REACTION_ICONS,
    channels.ZALO_PERSONAL: zalo_personal.REACTION_ICONS,
}
"""By channel."""

_MESSAGE = text(
    """
    SELECT m.id, m.conversation_id, m.kind AS message_kind, c.account_id, c.kind, c.thread_key, c.last_inbound_at,
        a.channel, a.health, a.health_reason,
        (SELECT count(*) FROM outgoing_reaction r WHERE r.message_id = m.id AND r.state <> 'failed') AS reactions
    FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN channel_account a ON a.id = c.account_id
    WHERE m.id = :id
    """
)
_ADD = text(
    """
    INSERT INTO outgoing_reaction (message_id, conversation_id, account_id, staff_id, external_id, icon, state,
        attempts, created_at, due_at, changed_at)
    VALUES (:message, :conversation, :account, :staff, :external, :icon, 'queued', 0, :now, :now, :now)
    """
)


async def react(connection: AsyncConnection, actor: Actor, message_id: int, icon: str | None, now: datetime) -> None:
    """Queues `icon` on a message, or its removal (None).

    Raises `InvalidInput` for an icon that the channel does not have, or `Problem`: not-found, reaction-not-possible,
    reply-….
    """
    row = (await connection.execute(_MESSAGE, {"id": message_id})).one_or_none()
    if row is None:
        raise not_found()
    if icon is not None and icon not in ICONS.get(row.channel, ()):
        raise InvalidInput([Fault("icon", "choice")])
    limits = await limit_service.load(connection)
    window = channels.reply_window(
        channel=row.channel,
        kind=row.kind,
        thread_key=row.thread_key,
        last_inbound_at=row.last_inbound_at,
        health=row.health,
        health_reason=row.health_reason,
        now=now,
        limits=limits,
    )
    if not window.allowed:
        raise Problem(f"reply-{window.reason}", 409)
    external_id = await external_id_of(connection, row.conversation_id, message_id)
    too_many = row.channel == channels.ZALO_OA and row.reactions >= limits[zalo_oa.REACTIONS]
    if row.channel not in ICONS or external_id is None or too_many:
        raise Problem("reaction-not-possible", 409)
    await _queue(connection, actor, row, external_id, icon, now)


async def _queue(
    connection: AsyncConnection, actor: Actor, row: Row[Any], external_id: str, icon: str | None, now: datetime
) -> None:
    await connection.execute(
        _ADD,
        {
            "message": row.id,
            "conversation": row.conversation_id,
            "account": row.account_id,
            "staff": actor.staff_id,
            "external": external_id,
            "icon": icon,
            "now": now,
        },
    )
    payload = {"message_ids": [row.id]}
    await announce(connection, [Notice(kind="message.changed", conversation_id=row.conversation_id, payload=payload)])
    wake(connection)
