"""What the pages of the logs show. Texts are ready to show, in the reader's language."""

from datetime import datetime
from typing import Literal

import msgspec

from sokhach.conversations.views import StaffRef

Road = Literal["thread", "file", "search", "export", "reveal", "note"]
RefusalReason = Literal["not-visible", "not-permitted"]
RefusalKind = Literal["conversation", "contact", "media", "message", "note", "share", "action"]


class ConversationMention(msgspec.Struct, kw_only=True):
    """`name`: of the group, or of the customer; None when neither has one."""

    id: int
    code: str
    name: str | None


class ContactMention(msgspec.Struct, kw_only=True):
    id: int
    code: str
    name: str


class AccessEntry(msgspec.Struct, kw_only=True):
    """Somebody read something of a conversation: one for each reader, conversation, road and five minutes. `at`: the
    first time in them. `address`: None when it was not written down."""

    id: int
    at: datetime
    staff: StaffRef
    conversation: ConversationMention
    contact: ContactMention | None
    road: Road
    road_text: str
    address: str | None


class AccessPage(msgspec.Struct, kw_only=True):
    """Newest first; `next` is for `before` of the page after."""

    items: list[AccessEntry]
    next: str | None


class RefusalEntry(msgspec.Struct, kw_only=True):
    """Somebody asked for what they may not see or do, `attempts` times between `at` and `last_at`. `conversation` and
    `contact`: what the thing belongs to. `permission`: the one that was lacking."""

    id: int
    at: datetime
    last_at: datetime
    attempts: int
    staff: StaffRef
    reason: RefusalReason
    kind: RefusalKind
    kind_text: str
    permission: str | None
    permission_text: str | None
    conversation: ConversationMention | None
    contact: ContactMention | None
    route: str
    address: str | None
    device: str


class RefusalPage(msgspec.Struct, kw_only=True):
    """Newest first; `next` is for `before` of the page after."""

    items: list[RefusalEntry]
    next: str | None


class AuditTarget(msgspec.Struct, kw_only=True):
    """What was changed. `name` None: it has none, or is gone. `conversation_id`: where the console opens it."""

    kind: str
    id: int
    code: str
    name: str | None
    conversation_id: int | None = None


class AuditChange(msgspec.Struct, kw_only=True):
    """One field, before and after, in words; None: there was nothing."""

    field: str
    label: str
    before: str | None
    after: str | None


class AuditEntry(msgspec.Struct, kw_only=True):
    """Something that a person changed. `staff` None: at the command line; its `name` is the code of who is gone."""

    id: int
    at: datetime
    staff: StaffRef | None
    action: str
    action_text: str
    target: AuditTarget | None
    changes: list[AuditChange]
    address: str | None
    device: str


class AuditPage(msgspec.Struct, kw_only=True):
    """Newest first; `next` is for `before` of the page after."""

    items: list[AuditEntry]
    next: str | None


class AuditActionChoice(msgspec.Struct, kw_only=True):
    action: str
    text: str


class AuditActionList(msgspec.Struct, kw_only=True):
    items: list[AuditActionChoice]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: the relation, or what is lacking."""

    kind: str
    text: str


class Explanation(msgspec.Struct, kw_only=True):
    """Whether somebody sees a conversation, how much of its customer (`level`), and by what, the strongest first. When
    they do not, `reasons` say what is lacking."""

    sees: bool
    level: Literal["full", "masked", "pool", "mention"] | None
    level_text: str
    staff: StaffRef
    conversation: ConversationMention
    contact: ContactMention | None
    reasons: list[Reason]
