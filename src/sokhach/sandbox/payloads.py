"""Webhook bodies, key for key as in the samples of the reference."""

from typing import Any

Payload = dict[str, Any]


def from_user(app_id: str, oa_id: str, user_id: str, by_app: str, event: str, message: Payload, at_ms: int) -> Payload:
    return _between(app_id, {"id": user_id}, oa_id, by_app, event, message, at_ms)


def from_oa(
    app_id: str,
    oa_id: str,
    user_id: str,
    by_app: str,
    event: str,
    message: Payload,
    at_ms: int,
    admin_id: str | None = None,
) -> Payload:
    """Echoes and receipts. `admin_id` only when a person answered with Zalo's own tools."""
    sender = {"id": oa_id} if admin_id is None else {"id": oa_id, "admin_id": admin_id}
    return _between(app_id, sender, user_id, by_app, event, message, at_ms)


def _between(
    app_id: str, sender: Payload, recipient_id: str, by_app: str, event: str, message: Payload, at_ms: int
) -> Payload:
    return {
        "app_id": app_id,
        "sender": sender,
        "user_id_by_app": by_app,
        "recipient": {"id": recipient_id},
        "event_name": event,
        "message": message,
        "timestamp": str(at_ms),
    }


def follow(app_id: str, oa_id: str, user_id: str, by_app: str, event: str, at_ms: int) -> Payload:
    """`event` is follow or unfollow."""
    return {
        "oa_id": oa_id,
        "follower": {"id": user_id},
        "user_id_by_app": by_app,
        "event_name": event,
        "source": "oa_profile",
        "app_id": app_id,
        "timestamp": str(at_ms),
    }


def click_chat_now(app_id: str, oa_id: str, user_id: str, by_app: str, at_ms: int) -> Payload:
    return {
        "event_name": "user_click_chatnow",
        "app_id": app_id,
        "oa_id": oa_id,
        "user_id": user_id,
        "user_id_by_app": by_app,
        "timestamp": str(at_ms),
    }


def message(
    msg_id: str, *, text: str | None = None, quote_msg_id: str | None = None, attachment: Payload | None = None
) -> Payload:
    """The `message` object; text comes first as in the samples, attachments last."""
    body: Payload = {} if text is None else {"text": text}
    body["msg_id"] = msg_id
    if quote_msg_id is not None:
        body["quote_msg_id"] = quote_msg_id
    if attachment is not None:
        body["attachments"] = [attachment]
    return body
