"""Messages as the sandbox keeps them."""

from typing import Any

import msgspec


class Attachment(msgspec.Struct):
    type: str
    payload: dict[str, Any]


class Draft(msgspec.Struct, kw_only=True):
    """What an account is about to say. `type` names the echo (`oa_send_<type>`); `extra` is shown on the phone only."""

    type: str = "text"
    text: str | None = None
    attachments: list[Attachment] = []
    extra: dict[str, Any] = {}
    quote_msg_id: str | None = None


class Message(msgspec.Struct, kw_only=True):
    """`src` 0 = from the official account, 1 = from the customer. `app_id` = sent through the API by that app."""

    seq: int
    msg_id: str
    oa_id: str
    user_id: str
    src: int
    type: str
    text: str | None
    attachment: str | None
    extra: dict[str, Any] = {}
    quote_msg_id: str | None
    time_ms: int
    app_id: str | None
    admin_id: str | None
    replies: int
    received_ms: int | None
    seen_ms: int | None

    def attachments(self) -> list[Attachment]:
        """As on the wire; empty for plain text."""
        return msgspec.json.decode(self.attachment, type=list[Attachment]) if self.attachment else []

    def payload(self) -> dict[str, Any]:
        """Of the first attachment, empty for plain text."""
        return next((attachment.payload for attachment in self.attachments()), dict[str, Any]())


class Icon(msgspec.Struct):
    icon: str
