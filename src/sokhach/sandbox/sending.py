"""`POST /v3.0/oa/message/cs`: every check between the request and the customer's phone (reference §1.3)."""

from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from sokhach.sandbox.accounts import Customer, OfficialAccount
from sokhach.sandbox.outgoing import Composer, OutgoingMessage
from sokhach.sandbox.quotas import Allowance
from sokhach.sandbox.records import Message
from sokhach.sandbox.refusals import FREE_WINDOW_MS, REPLIES_PER_MESSAGE, Refusal, invalid
from sokhach.sandbox.world import World

T = TypeVar("T")

REACTION_ICONS = (":>", "--b", ":-((", "/-strong", "/-heart", ":-h", ":o", "/-remove")
REACTIONS_PER_MESSAGE = 50


class Recipient(msgspec.Struct):
    user_id: str | UnsetType = UNSET
    message_id: str | UnsetType = UNSET


class SendRequest(msgspec.Struct):
    recipient: Recipient
    message: OutgoingMessage


class AnonymousRecipient(msgspec.Struct):
    anonymous_id: str
    conversation_id: str


class AnonymousRequest(msgspec.Struct):
    recipient: AnonymousRecipient
    message: OutgoingMessage


class SenderAction(msgspec.Struct):
    react_icon: str
    react_message_id: str


class KnownRecipient(msgspec.Struct):
    user_id: str


class ReactionRequest(msgspec.Struct):
    recipient: KnownRecipient
    sender_action: SenderAction


class Sent(msgspec.Struct):
    """The message, its echo webhooks, and the quota that it used."""

    message: Message
    echo: list[int]
    allowance: Allowance


def send_cs(world: World, app_id: str, oa: OfficialAccount, body: bytes) -> Sent:
    """Check and send; raises the `Refusal` that applies."""
    order = decode(body, SendRequest)
    draft = Composer(world.media, oa, world.clock.now_ms()).draft(order.message)
    customer, answered = _recipient(world, oa, order.recipient)
    draft.quote_msg_id = _quote(world, customer, order.message)
    allowed = world.quotas.allowance(customer, oa)
    with world.store.transaction():
        world.quotas.spend(oa, customer, allowed)
        if answered is not None:
            world.threads.count_reply(answered)
        message, echo = world.threads.send(oa, customer, draft, app_id=app_id)
    return Sent(message, echo, allowed)


def send_to_anonymous(world: World, app_id: str, oa: OfficialAccount, body: bytes) -> Sent:
    """To a visitor of the web widget, on the old path: text, picture, file or sticker, within the free window."""
    order = decode(body, AnonymousRequest)
    draft = Composer(world.media, oa, world.clock.now_ms()).draft(order.message)
    if draft.type not in ("text", "image", "file", "sticker") or draft.extra:
        raise Refusal(-233, "Message type is not supported")
    to = order.recipient
    visitor = world.accounts.find_anonymous(oa.oa_id, to.anonymous_id, to.conversation_id)
    if visitor is None:
        raise invalid("anonymous_id")
    if world.clock.now_ms() - (visitor.last_interaction_ms or 0) > FREE_WINDOW_MS:
        raise Refusal(-230, "User has not interacted with the OA in the past 7 days")
    message, echo = world.threads.send(oa, visitor, draft, app_id=app_id)
    return Sent(message, echo, Allowance("reply", {}))


def react(world: World, oa: OfficialAccount, body: bytes) -> tuple[Message, list[int]]:
    """An icon on a message of the thread, at most 50 of them; free, and at any time."""
    order = decode(body, ReactionRequest)
    action = order.sender_action
    if action.react_icon not in REACTION_ICONS:
        raise invalid("react_icon")
    message = world.threads.find(oa.oa_id, action.react_message_id)
    if message is None or message.user_id != order.recipient.user_id:
        raise invalid("react_message_id")
    if action.react_icon != "/-remove" and len(world.threads.reactions(message.msg_id, src=0)) >= REACTIONS_PER_MESSAGE:
        raise Refusal(-210, f"reactions are over the limit of {REACTIONS_PER_MESSAGE}")
    customer = world.accounts.customer(oa.oa_id, message.user_id)
    return message, world.threads.oa_reacts(oa, customer, message, action.react_icon)


def decode(body: bytes, into: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=into)
    except msgspec.ValidationError as error:
        # The message ends in "- at `$.recipient.user_id`"; Zalo names the field.
        path = str(error).rpartition("`$")[2].strip("`.") or "params"
        raise invalid(path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise invalid("params") from error


def _recipient(world: World, oa: OfficialAccount, recipient: Recipient) -> tuple[Customer, Message | None]:
    """By user, or by the inbound message that is answered (at most 8 answers within 48 h)."""
    if recipient.user_id is not UNSET:
        customer = world.accounts.find_customer(oa.oa_id, recipient.user_id)
        if customer is None or customer.anonymous:
            raise invalid("user_id")
        return customer, None
    if recipient.message_id is UNSET:
        raise invalid("recipient")
    answered = world.threads.find(oa.oa_id, recipient.message_id)
    if answered is None or answered.src != 1:
        raise invalid("message_id")
    if world.clock.now_ms() - answered.time_ms > FREE_WINDOW_MS:
        raise Refusal(-230, "User has not interacted with the OA in the past 7 days")
    if answered.replies >= REPLIES_PER_MESSAGE:
        raise Refusal(-211, "Out of quota")
    return world.accounts.customer(oa.oa_id, answered.user_id), answered


def _quote(world: World, customer: Customer, message: OutgoingMessage) -> str | None:
    if message.quote_message_id is UNSET:
        return None
    quoted = world.threads.find(customer.oa_id, message.quote_message_id)
    if quoted is None or quoted.user_id != customer.user_id:
        raise invalid("quote_message_id")
    return quoted.msg_id
