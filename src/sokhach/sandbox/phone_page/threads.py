"""One customer's chat with an account as their phone shows it."""

from collections import defaultdict
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.phone_page import lists, templates
from sokhach.sandbox.phone_page.shown import CallRequest, Quote, ShownMessage, ShownThread, local
from sokhach.sandbox.records import Message
from sokhach.sandbox.world import World

# Deliveries are looked for among so many of the latest webhooks only: their table has no index on messages.
RECENT_WEBHOOKS = 5_000


class _Reaction(msgspec.Struct):
    msg_id: str
    src: int
    icon: str


class _Row(msgspec.Struct):
    """Also what a change of a thread is known by."""

    messages: int
    last: int | None
    received: int
    seen: int


def thread(world: World, customer: Customer, limit: int) -> ShownThread:
    """The latest `limit` messages, oldest first."""
    found = world.threads.on_phone(customer, limit + 1)
    messages = found[-limit:]
    shown = _messages(world, customer, messages)
    more = templates.by_phone(world, customer, since_ms=messages[0].time_ms if len(found) > limit else 0)
    return ShownThread(
        account=lists.account(world, world.accounts.oa(customer.oa_id)),
        customer=lists.customer(world, customer),
        follows=customer.follows,
        phone_on=customer.phone_on,
        refuses_messages=customer.refuses_messages,
        shared=customer.shared_info | ({"phone": customer.shared_phone} if customer.shared_phone else {}),
        messages=sorted([*shown, *more], key=lambda message: message.time),
        complete=len(found) <= limit,
        own_state=_own_state(world, messages),
        call_request=_call_request(world, customer),
        now=world.clock.now_ms(),
    )


def state_of_thread(world: World, customer: Customer) -> tuple[Any, ...]:
    """Differs whenever the page has something new to show."""
    key = (customer.oa_id, customer.user_id)
    sql = """SELECT count(*) AS messages, max(seq) AS last, count(received_ms) AS received, count(seen_ms) AS seen
             FROM message WHERE oa_id = ? AND user_id = ?"""
    row = world.store.one(_Row, sql, key)
    sql = "SELECT total(reaction.id) FROM reaction JOIN message USING (msg_id) WHERE oa_id = ? AND user_id = ?"
    reactions = world.store.value(sql, key)
    latest = world.threads.thread(*key, offset=0, count=1)
    return (
        msgspec.structs.astuple(row) if row else None,
        reactions,
        msgspec.structs.astuple(customer),
        _own_state(world, latest),
        templates.state(world, customer),
        msgspec.structs.astuple(request) if (request := _call_request(world, customer)) else None,
        world.takeovers.holds(customer.user_id),
    )


def _messages(world: World, customer: Customer, messages: list[Message]) -> list[ShownMessage]:
    reactions = _reactions(world, customer)
    known = {message.msg_id: message for message in messages}
    return [
        ShownMessage(
            msg_id=message.msg_id,
            src=message.src,
            type=message.type,
            text=message.text,
            time=message.time_ms,
            quote=_quote(world, message, known),
            attachments=[
                msgspec.structs.replace(one, payload=local(world, one.payload)) for one in message.attachments()
            ],
            extra=local(world, templates.with_buttons(world, message.extra)),
            reactions=reactions[message.msg_id, 0],
            own_reactions=reactions[message.msg_id, 1],
        )
        for message in messages
    ]


def _reactions(world: World, customer: Customer) -> defaultdict[tuple[str, int], list[str]]:
    sql = """SELECT reaction.msg_id, reaction.src, icon FROM reaction JOIN message USING (msg_id)
             WHERE oa_id = ? AND user_id = ? ORDER BY reaction.id"""
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for one in world.store.all(_Reaction, sql, (customer.oa_id, customer.user_id)):
        found[one.msg_id, one.src].append(one.icon)
    return found


def _quote(world: World, message: Message, known: dict[str, Message]) -> Quote | None:
    if message.quote_msg_id is None:
        return None
    quoted = known.get(message.quote_msg_id) or world.threads.find(message.oa_id, message.quote_msg_id)
    if quoted is None:
        return None
    return Quote(quoted.msg_id, quoted.src, quoted.type, quoted.text)


def _own_state(world: World, messages: list[Message]) -> str | None:
    """Of the customer's last message. That the account has seen it shows only in what it did afterwards."""
    place = next((at for at, one in reversed(list(enumerate(messages))) if one.src == 1), None)
    if place is None:
        return None
    own = messages[place]
    if place < len(messages) - 1 or world.threads.reactions(own.msg_id, src=0):
        return "seen"
    sql = f"""SELECT state FROM webhook WHERE id > (SELECT max(id) FROM webhook) - {RECENT_WEBHOOKS}
              AND msg_id = ? AND user_id = ? AND event_name LIKE 'user_send%' ORDER BY id DESC LIMIT 1"""
    state = world.store.value(sql, (own.msg_id, own.user_id))
    return "received" if state in ("acknowledged", None) else "sent"


def _call_request(world: World, customer: Customer) -> CallRequest | None:
    phone = templates.phone_of(customer)
    consent = world.consents.find(customer.oa_id, phone) if phone else None
    if consent is None or consent.answer is not None or consent.expires_ms <= world.clock.now_ms():
        return None
    return CallRequest(consent.call_type, consent.expires_ms)
