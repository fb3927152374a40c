"""`POST /v3.0/oa/message/cs`: every check between the request and the customer's phone (reference §1.3)."""

import unicodedata
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from sokhach.sandbox.accounts import Customer, OfficialAccount
from sokhach.sandbox.refusals import (
    FREE_WINDOW_MS,
    REPLIES_PER_MESSAGE,
    Allowance,
    Refusal,
    allowance,
    invalid,
)
from sokhach.sandbox.threads import Message
from sokhach.sandbox.world import World

MAX_TEXT = 2000


class Recipient(msgspec.Struct):
    user_id: str | UnsetType = UNSET
    message_id: str | UnsetType = UNSET


class OutgoingMessage(msgspec.Struct):
    text: str | UnsetType = UNSET
    quote_message_id: str | UnsetType = UNSET
    attachment: dict[str, Any] | UnsetType = UNSET


class SendRequest(msgspec.Struct):
    recipient: Recipient
    message: OutgoingMessage


def send_cs(world: World, app_id: str, oa: OfficialAccount, body: bytes) -> tuple[Message, list[int], Allowance]:
    """Check and send. Gives the message, its echo webhooks and the quota it used; raises the `Refusal` that applies."""
    order = _decode(body)
    text = _text(order.message)
    customer, answered = _recipient(world, oa, order.recipient)
    quote = _quote(world, customer, order.message)
    allowed = allowance(customer, oa, world.clock.now_ms())
    with world.store.transaction():
        _spend(world, oa, customer, allowed)
        if answered is not None:
            world.threads.count_reply(answered)
        message, echo = world.threads.send(oa, customer, text, app_id=app_id, quote_msg_id=quote)
    return message, echo, allowed


def _decode(body: bytes) -> SendRequest:
    try:
        return msgspec.json.decode(body, type=SendRequest)
    except msgspec.ValidationError as error:
        # The message ends in "- at `$.recipient.user_id`"; Zalo names the field.
        path = str(error).rpartition("`$")[2].strip("`.") or "params"
        raise invalid(path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise invalid("params") from error


def _text(message: OutgoingMessage) -> str:
    if message.attachment is not UNSET:
        raise Refusal(-233, "Message type is not supported")
    if message.text is UNSET or not message.text.strip():
        raise invalid("text")
    if len(unicodedata.normalize("NFC", message.text)) > MAX_TEXT:
        raise Refusal(-210, f"text is over the limit of {MAX_TEXT} characters")
    return message.text


def _recipient(world: World, oa: OfficialAccount, recipient: Recipient) -> tuple[Customer, Message | None]:
    """By user, or by the inbound message that is answered (at most 8 answers within 48 h)."""
    if recipient.user_id is not UNSET:
        customer = world.accounts.find_customer(oa.oa_id, recipient.user_id)
        if customer is None:
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


def _spend(world: World, oa: OfficialAccount, customer: Customer, allowed: Allowance) -> None:
    if allowed.quota_type == "sub_quota":
        oa.sub_quota_remain -= 1
        world.accounts.save_oa(oa)
    if allowed.quota_type == "welcome_msg":
        customer.welcome_sent += 1
        world.accounts.save_customer(customer)
