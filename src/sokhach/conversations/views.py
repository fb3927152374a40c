"""What the API says of conversations and messages: shapes only. Times are UTC, ids are integers below 2^53."""

from datetime import datetime
from typing import Literal

import msgspec

from sokhach.channels.connector import Attachment


class AccountRef(msgspec.Struct, kw_only=True):
    id: int
    name: str
    channel: str


class ContactRef(msgspec.Struct, kw_only=True):
    """`name` is what the channel calls the customer; the code until that is known."""

    id: int
    code: str
    name: str
    avatar_url: str | None


class StaffRef(msgspec.Struct, kw_only=True):
    id: int
    name: str


class LastMessage(msgspec.Struct, kw_only=True):
    """`preview` is one line; None for what has no words (a picture, a sticker)."""

    id: int
    preview: str | None
    direction: Literal["in", "out"]
    author_name: str | None
    kind: str
    sent_at: datetime


class ConversationRow(msgspec.Struct, kw_only=True):
    id: int
    code: str
    kind: Literal["direct", "group"]
    account: AccountRef
    contact: ContactRef | None
    title: str
    custodian: StaffRef | None
    assignee: StaffRef | None
    last_message: LastMessage | None
    unread_count: int
    waiting_since: datetime | None
    episode_open: bool


class Reply(msgspec.Struct, kw_only=True):
    """Whether staff may answer now. `reason` is ready to show."""

    allowed: bool
    reason: str | None
    free_until: datetime | None
    window_until: datetime | None


class ConversationDetail(ConversationRow, kw_only=True):
    first_seen_at: datetime
    message_count: int
    reply: Reply


class ConversationPage(msgspec.Struct, kw_only=True):
    """`next`: pass it as `before` for the rows that follow; None at the end."""

    items: list[ConversationRow]
    next: str | None


class Author(msgspec.Struct, kw_only=True):
    """`channel`: somebody of ours who used the channel's own tools."""

    kind: Literal["customer", "staff", "channel", "system"]
    id: int | None
    name: str | None
    avatar_url: str | None


class DeliveryView(msgspec.Struct, kw_only=True):
    """What became of a message of ours. `reason` is ready to show."""

    state: Literal["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain"]
    reason: str | None
    can_retry: bool
    at: datetime


class MessageView(msgspec.Struct, kw_only=True):
    id: int
    conversation_id: int
    direction: Literal["in", "out"]
    author: Author
    kind: Literal["text", "image", "sticker", "event", "unsupported"]
    text: str | None
    attachments: list[Attachment]
    event: str | None
    sent_at: datetime
    client_id: str | None
    delivery: DeliveryView | None


class MessagePage(msgspec.Struct, kw_only=True):
    """Oldest first. `next`: pass it as `before` for the page of older messages."""

    items: list[MessageView]
    next: str | None
