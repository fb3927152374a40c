"""Verbs of the way out, for people. The worker's side is `sender.py`."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import rules as channels
from sokhach.conversations import delivery
from sokhach.core.actor import Actor
from sokhach.core.database import wake
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.text import nfc

NOT_SENT = "not-sent"
"""`delivery.<reason>` of a message of which a person says that the customer does not have it."""

_CONVERSATION = text(
    """
    SELECT c.id, c.kind, c.account_id, c.last_inbound_at, a.channel, a.health, a.health_reason
    FROM conversation c JOIN channel_account a ON a.id = c.account_id WHERE c.id = :id
    """
)
_BY_CLIENT_ID = text("SELECT message_id FROM delivery WHERE conversation_id = :conversation AND client_id = :client")
_DELIVERY = text(
    """
    SELECT d.message_id, d.state, d.sending_at, d.conversation_id, c.account_id
    FROM delivery d JOIN conversation c ON c.id = d.conversation_id WHERE d.message_id = :id FOR UPDATE OF d
    """
)
# Everybody holds the conversation before a delivery in it.
_HOLD_CONVERSATION = text(
    "SELECT FROM conversation WHERE id = (SELECT conversation_id FROM delivery WHERE message_id = :id)"
    " FOR NO KEY UPDATE"
)
_QUEUE = text(
    """
    INSERT INTO outbox (message_id, conversation_id, account_id, attempts, created_at, due_at)
    VALUES (:message, :conversation, :account, 0, :now, :now)
    ON CONFLICT (message_id) DO UPDATE SET attempts = 0, created_at = excluded.created_at, due_at = excluded.due_at
    """
)


async def send(
    connection: AsyncConnection, actor: Actor, conversation_id: int, client_id: UUID, text: str, now: datetime
) -> tuple[int, bool]:
    """Queues a text; returns (message id, whether it is new): a `client_id` counts once in a conversation.

    Raises `Problem`: not-found, message-empty, message-too-long, reply-window-closed, reply-never-interacted,
    reply-group-not-supported.
    """
    words = nfc(text)
    conversation = (await connection.execute(_CONVERSATION, {"id": conversation_id})).one_or_none()
    if conversation is None:
        raise not_found()
    known = {"conversation": conversation_id, "client": client_id}
    existing = (await connection.execute(_BY_CLIENT_ID, known)).scalar_one_or_none()
    if existing is not None:
        return existing, False
    _check_words(conversation.channel, words)
    _check_window(conversation, now)
    message_id, created = await delivery.add_outgoing(
        connection, conversation_id=conversation_id, staff_id=actor.staff_id, client_id=client_id, text=words, now=now
    )
    if created:
        await _queue(connection, message_id, conversation_id, conversation.account_id, now)
    return message_id, created


async def resend(connection: AsyncConnection, message_id: int, now: datetime) -> None:
    """Queues a failed message once more, the same message. An uncertain one must be settled first.

    Raises `Problem`: not-found, not-resendable, and those of the reply window.
    """
    row = await _delivery(connection, message_id)
    if row.state != "failed":
        raise Problem("not-resendable", 409)
    conversation = (await connection.execute(_CONVERSATION, {"id": row.conversation_id})).one()
    _check_window(conversation, now)
    await delivery.mark_queued(connection, message_id, None, now)
    await _queue(connection, message_id, row.conversation_id, row.account_id, now)


async def settle(
    connection: AsyncConnection, message_id: int, outcome: Literal["sent", "not_sent"], now: datetime
) -> None:
    """A person looked at the customer's thread and says what became of an uncertain message.

    Raises `Problem`: not-found, not-uncertain.
    """
    row = await _delivery(connection, message_id)
    if row.state != "uncertain":
        raise Problem("not-uncertain", 409)
    if outcome == "sent":
        await delivery.mark_sent(connection, message_id, None, row.sending_at or now, now)
    else:
        await delivery.mark_failed(connection, message_id, NOT_SENT, now)
    wake(connection)


async def _delivery(connection: AsyncConnection, message_id: int) -> Row[Any]:
    await connection.execute(_HOLD_CONVERSATION, {"id": message_id})
    row = (await connection.execute(_DELIVERY, {"id": message_id})).one_or_none()
    if row is None:
        raise not_found()
    return row


async def _queue(
    connection: AsyncConnection, message_id: int, conversation_id: int, account_id: int, now: datetime
) -> None:
    await connection.execute(
        _QUEUE, {"message": message_id, "conversation": conversation_id, "account": account_id, "now": now}
    )
    wake(connection)


def _check_words(channel: str, words: str) -> None:
    if not words.strip():
        raise InvalidInput([Fault("text", "missing")])
    if "\0" in words:
        raise InvalidInput([Fault("text", "form")])
    limit = channels.text_limit(channel)
    length = channels.text_length(channel, words)
    if limit is not None and length > limit:
        raise Problem("message-too-long", 422, limit=limit, length=length)


def _check_window(conversation: Row[Any], now: datetime) -> None:
    window = channels.reply_window(
        channel=conversation.channel,
        kind=conversation.kind,
        last_inbound_at=conversation.last_inbound_at,
        health=conversation.health,
        health_reason=conversation.health_reason,
        now=now,
    )
    if not window.allowed:
        raise Problem(f"reply-{window.reason}", 409)
