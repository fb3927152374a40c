"""Webhook bodies, key for key as in the samples of the reference."""

from typing import Any

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.records import Attachment, Message

Payload = dict[str, Any]


def from_user(app_id: str, oa_id: str, customer: Customer, event: str, message: Payload, at_ms: int) -> Payload:
    return _between(app_id, {"id": customer.user_id}, oa_id, customer, event, message, at_ms)


def from_oa(
    app_id: str, oa_id: str, customer: Customer, event: str, message: Payload, at_ms: int, admin_id: str | None = None
) -> Payload:
    """Echoes and receipts. `admin_id` only when a person answered with Zalo's own tools."""
    sender = {"id": oa_id} if admin_id is None else {"id": oa_id, "admin_id": admin_id}
    return _between(app_id, sender, customer.user_id, customer, event, message, at_ms)


def _between(
    app_id: str, sender: Payload, recipient_id: str, customer: Customer, event: str, message: Payload, at_ms: int
) -> Payload:
    """A visitor of the web widget has no id by app."""
    by_app = {} if customer.anonymous else {"user_id_by_app": customer.user_id_by_app}
    return {
        "app_id": app_id,
        "sender": sender,
        **by_app,
        "recipient": {"id": recipient_id},
        "event_name": event,
        "message": message,
        "timestamp": str(at_ms),
    }


def follow(app_id: str, oa_id: str, customer: Customer, event: str, at_ms: int, source: str) -> Payload:
    """`event` is follow or unfollow; `source` oa_profile, message_invite or social_plugin."""
    return {
        "oa_id": oa_id,
        "follower": {"id": customer.user_id},
        "user_id_by_app": customer.user_id_by_app,
        "event_name": event,
        "source": source,
        "app_id": app_id,
        "timestamp": str(at_ms),
    }


def of_person(app_id: str, oa_id: str, customer: Customer, event: str, at_ms: int, **more: Any) -> Payload:
    """The flat form: chat-now, withdrawal, changed details."""
    return {
        "event_name": event,
        "app_id": app_id,
        "oa_id": oa_id,
        "user_id": customer.user_id,
        "user_id_by_app": customer.user_id_by_app,
        **more,
        "timestamp": str(at_ms),
    }


def of_account(app_id: str, oa_id: str, event: str, at_ms: int, **more: Any) -> Payload:
    """The flat form of what concerns the account, a tag, a group or a call."""
    return {"app_id": app_id, "oa_id": oa_id, **more, "event_name": event, "timestamp": str(at_ms)}


def content(message: Message) -> Payload:
    """The `message` object of a stored message."""
    return body(message.msg_id, message.text, message.quote_msg_id, message.attachments())


def body(msg_id: str, text: str | None, quote_msg_id: str | None, attachments: list[Attachment]) -> Payload:
    """The `message` object; text comes first as in the samples, attachments last."""
    made: Payload = {} if text is None else {"text": text}
    made["msg_id"] = msg_id
    if quote_msg_id is not None:
        made["quote_msg_id"] = quote_msg_id
    if attachments:
        made["attachments"] = [{"type": one.type, "payload": one.payload} for one in attachments]
    return made
