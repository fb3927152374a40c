"""Verbs of the way out, for people. The worker's side is `sender.py`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service, templates
from sokhach.channels import rules as channels
from sokhach.channels.connector import EVERYBODY
from sokhach.channels.limits import Limits
from sokhach.channels.outgoing import Ability, Mentioned
from sokhach.conversations import delivery
from sokhach.conversations.fragments import KNOWN_AS
from sokhach.conversations.holding import hold_those_of
from sokhach.conversations.media import service as media
from sokhach.core.actor import Actor
from sokhach.core.database import Asked, ask_all, wake
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.dispatch import checks, composing
from sokhach.dispatch.composing import Part, Said

NOT_SENT = delivery.NOT_SENT
Found = Mapping[str, Any]
"""A conversation, by `_CONVERSATION`."""

_CONVERSATION = text(
    """
    SELECT c.id, c.kind, c.thread_key, c.contact_id, c.account_id, c.last_inbound_at, a.channel, a.health,
        a.health_reason
    FROM conversation c JOIN channel_account a ON a.id = c.account_id WHERE c.id = :id
    """
)
_DELIVERY = text(
    """
    SELECT d.message_id, d.state, d.sending_at, d.conversation_id, c.account_id, m.kind
    FROM delivery d JOIN conversation c ON c.id = d.conversation_id JOIN message m ON m.id = d.message_id
    WHERE d.message_id = :id FOR UPDATE OF d
    """
)
_QUEUE = text(
    """
    INSERT INTO outbox (message_id, conversation_id, account_id, attempts, created_at, due_at)
    VALUES (:message, :conversation, :account, 0, :now, :now)
    ON CONFLICT (message_id) DO UPDATE SET attempts = 0, created_at = excluded.created_at, due_at = excluded.due_at
    """
)
_QUOTED = text(
    f"SELECT {KNOWN_AS} FROM message m WHERE m.id = :id AND m.conversation_id = :conversation AND m.kind <> 'event'"
)
# Who is in the group, of those who are called.
_MENTIONED = text(
    "SELECT identity_id AS id, external_id FROM people_in_groups(ARRAY[CAST(:conversation AS bigint)])"
    " WHERE identity_id = ANY (:ids)"
)
_PHONE = text("SELECT phone_id_of(:contact)")
_NAME = text(
    "INSERT INTO message_alias (account_id, external_id, message_id) VALUES (:account, :name, :message)"
    " ON CONFLICT DO NOTHING"
)


async def send(
    connection: AsyncConnection, actor: Actor, conversation_id: int, client_id: UUID, said: Said, now: datetime
) -> tuple[list[int], bool]:
    """Queues what a person says, as one message or several; returns (message ids in order, whether they are new): a
    `client_id` counts once in a conversation.

    Raises `InvalidInput`, or `Problem`: not-found, message-too-long, quote-not-possible, upload-gone,
    template-not-usable, contact-has-no-phone, reply-….
    """
    ids = [composing.client_id_of(client_id, part) for part in range(composing.MOST_PARTS)]
    found, _, written, [following], changed = await ask_all(
        connection,
        Asked(_CONVERSATION, {"id": conversation_id}),
        *delivery.claim(conversation_id, ids),
        limit_service.CHANGED,
    )
    if not found:
        raise not_found()
    if existing := delivery.in_order(written, ids):
        return existing, False
    [conversation] = found
    checks.check_form(said)
    parts = await _compose(connection, actor, conversation, limit_service.limits(changed), said, now)
    created: list[int] = []
    for client, part in zip(ids, parts, strict=False):
        message_id: int = await delivery.next_id(connection) if created else following["id"]
        await _add(connection, actor, conversation, client, message_id, part, now)
        created.append(message_id)
    return created, True


async def resend(connection: AsyncConnection, message_id: int, now: datetime) -> None:
    """Queues a failed message once more, the same message. An uncertain one must be settled first.

    Raises `Problem`: not-found, not-resendable, and those of the reply window.
    """
    row = await _delivery(connection, message_id)
    if row.state != "failed":
        raise Problem("not-resendable", 409)
    [conversation], changed = await ask_all(
        connection, Asked(_CONVERSATION, {"id": row.conversation_id}), limit_service.CHANGED
    )
    limits = limit_service.limits(changed)
    _check_window(conversation, limits, now, by_template=row.kind == "template" and await _is_template(connection, row))
    await delivery.mark_queued(connection, message_id, None, now)
    await ask_all(connection, _queue(message_id, row.conversation_id, row.account_id, now))
    wake(connection)


async def settle(
    connection: AsyncConnection, actor: Actor, message_id: int, outcome: Literal["sent", "not_sent"], now: datetime
) -> None:
    """A person looked at the customer's thread and says what became of an uncertain message.

    Raises `Problem`: not-found, not-uncertain.
    """
    row = await _delivery(connection, message_id)
    if row.state != "uncertain":
        raise Problem("not-uncertain", 409)
    await delivery.note_settler(connection, message_id, actor.staff_id)
    if outcome == "sent":
        await delivery.mark_sent(connection, message_id, None, row.sending_at or now, now)
    else:
        await delivery.mark_failed(connection, message_id, NOT_SENT, now)
    wake(connection)


async def external_id_of(connection: AsyncConnection, conversation_id: int, message_id: int) -> str | None:
    """By which the platform knows a message of the conversation; None: it is none of the platform's."""
    values = {"id": message_id, "conversation": conversation_id}
    return (await connection.execute(_QUOTED, values)).scalar_one_or_none()


async def _compose(
    connection: AsyncConnection, actor: Actor, conversation: Found, limits: Limits, said: Said, now: datetime
) -> Sequence[Part]:
    _check_window(conversation, limits, now, by_template=said.template is not None)
    if said.template is not None:
        return [await _template(connection, conversation, said.template)]
    if said.sticker_id is not None:
        return [composing.sticker(said.sticker_id)]
    if said.request_info is not None:
        _check_ability(conversation, "request_info", said.request_info, limits, now)
        checks.check_request(said.request_info, limits)
        return [composing.info_request(said.request_info)]
    checks.check_words(said.text, files=bool(said.media_ids))
    _check_ability(conversation, "buttons", said.buttons, limits, now)
    checks.check_buttons(said.buttons, limits)
    mentions = await _mentions(connection, conversation, said, limits, now)
    quoted = None
    if said.quote_message_id is not None:
        quoted = await external_id_of(connection, conversation["id"], said.quote_message_id)
        if quoted is None:
            raise Problem("quote-not-possible", 409)
    files = await media.uploads(
        connection, conversation_id=conversation["id"], staff_id=actor.staff_id, media_ids=said.media_ids
    )
    checks.check_files(said.media_ids, files)
    return composing.words_and_files(
        said.text,
        files,
        said.buttons,
        quoted,
        channels.text_limit(conversation["channel"], limits),
        lambda words: channels.text_length(conversation["channel"], words),
        mentions,
    )


async def _mentions(
    connection: AsyncConnection, conversation: Found, said: Said, limits: Limits, now: datetime
) -> Sequence[Mentioned]:
    checks.check_mentions(said, can="mention" in _abilities(conversation, limits, now))
    if not said.mentions or said.text is None:
        return []
    ids = [one.identity_id for one in said.mentions if one.identity_id is not None]
    rows = await connection.execute(_MENTIONED, {"conversation": conversation["id"], "ids": ids})
    names: dict[int | None, str] = {row.id: row.external_id for row in rows}
    names[None] = EVERYBODY
    if any(one.identity_id not in names for one in said.mentions):
        raise InvalidInput([Fault("mentions", "choice")])
    return composing.placed(said.text, [(names[one.identity_id], one.pos, one.len) for one in said.mentions])


async def _template(connection: AsyncConnection, conversation: Found, choice: composing.TemplateChoice) -> Part:
    template = await templates.find(connection, conversation["account_id"], choice.template_id)
    if template is None or template.status != templates.ENABLED or choice.via not in template.via:
        raise Problem("template-not-usable", 409)
    if found := templates.faults(template, choice.data):
        raise InvalidInput([Fault(f"template.data.{one.name}", one.key, one.limit) for one in found])
    phone_id: int | None = None
    if choice.via == "phone":
        phone_id = (await connection.execute(_PHONE, {"contact": conversation["contact_id"]})).scalar_one()
        if phone_id is None:
            raise Problem("contact-has-no-phone", 409)
    return composing.template(choice, template.name, [param.name for param in template.params], phone_id)


async def _add(
    connection: AsyncConnection,
    actor: Actor,
    conversation: Found,
    client_id: UUID,
    message_id: int,
    part: Part,
    now: datetime,
) -> None:
    await delivery.add_outgoing(
        connection,
        conversation_id=conversation["id"],
        staff_id=actor.staff_id,
        client_id=client_id,
        kind=part.kind,
        text=part.body,
        content=part.content,
        quoted_external_id=part.quoted_external_id,
        now=now,
        message_id=message_id,
        also=[_queue(message_id, conversation["id"], conversation["account_id"], now)],
    )
    if part.media_id is not None:
        await media.attach(connection, message_id, [part.media_id])
    if part.tracking:
        name = composing.tracking_alias(message_id)
        await connection.execute(_NAME, {"account": conversation["account_id"], "name": name, "message": message_id})


async def _is_template(connection: AsyncConnection, row: Row[Any]) -> bool:
    """Whether a message of kind template goes by one of the platform's templates. Only those have a name of ours."""
    found = await connection.execute(
        text("SELECT FROM message_alias WHERE account_id = :account AND external_id = :name"),
        {"account": row.account_id, "name": composing.tracking_alias(row.message_id)},
    )
    return found.first() is not None


async def _delivery(connection: AsyncConnection, message_id: int) -> Row[Any]:
    await hold_those_of(connection, [message_id])
    row = (await connection.execute(_DELIVERY, {"id": message_id})).one_or_none()
    if row is None:
        raise not_found()
    return row


def _queue(message_id: int, conversation_id: int, account_id: int, now: datetime) -> Asked:
    return Asked(_QUEUE, {"message": message_id, "conversation": conversation_id, "account": account_id, "now": now})


def _abilities(conversation: Found, limits: Limits, now: datetime) -> Sequence[str]:
    return channels.abilities(
        conversation["channel"], _window(conversation, limits, now), has_phone=False, kind=conversation["kind"]
    )


def _check_ability(conversation: Found, ability: Ability, given: object, limits: Limits, now: datetime) -> None:
    """What one channel has and another has not. Raises `InvalidInput`."""
    if given and ability not in _abilities(conversation, limits, now):
        raise InvalidInput([Fault(ability, "choice")])


def _check_window(conversation: Found, limits: Limits, now: datetime, *, by_template: bool) -> None:
    """Templates are not bound to the window, but to a person."""
    window = _window(conversation, limits, now)
    if not window.allowed and not (by_template and window.reason not in channels.UNANSWERABLE):
        raise Problem(f"reply-{window.reason}", 409)


def _window(conversation: Found, limits: Limits, now: datetime) -> channels.ReplyWindow:
    return channels.reply_window(
        channel=conversation["channel"],
        kind=conversation["kind"],
        thread_key=conversation["thread_key"],
        last_inbound_at=conversation["last_inbound_at"],
        health=conversation["health"],
        health_reason=conversation["health_reason"],
        now=now,
        limits=limits,
    )
