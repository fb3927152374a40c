"""What the API says of conversations and messages: shapes only. Times are UTC, ids are integers below 2^53."""

from datetime import datetime
from typing import Literal

import msgspec

from sokhach.channels.connector import AttachmentType, MessageKind
from sokhach.conversations.visibility.rules import Level


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


DeliveryState = Literal["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain"]


class LastMessage(msgspec.Struct, kw_only=True):
    """`preview` is one line; None for what has no words (a picture, a sticker). `delivery_state` is None for what we
    did not send from here. `recalled`: who wrote it took it back; the preview is for who may still read it."""

    id: int
    preview: str | None
    recalled: bool = False
    direction: Literal["in", "out"]
    author_name: str | None
    kind: str
    sent_at: datetime
    delivery_state: DeliveryState | None


class TagRef(msgspec.Struct, kw_only=True):
    """`colour` is the name of one of the console's colours."""

    id: int
    name: str
    colour: str


class ConversationRow(msgspec.Struct, kw_only=True):
    """`access`: how much of the customer the caller sees: all, all but their phone numbers and e-mail addresses, their
    name because they are nobody's yet (`pool`), or because of a mention."""

    id: int
    code: str
    kind: Literal["direct", "group"]
    account: AccountRef
    contact: ContactRef | None
    title: str
    tags: list[TagRef]
    custodian: StaffRef | None
    assignee: StaffRef | None
    last_message: LastMessage | None
    unread_count: int
    waiting_since: datetime | None
    episode_open: bool
    access: Level


class SendQuota(msgspec.Struct, kw_only=True):
    """How many more messages the platform takes for nothing; None: it did not say."""

    remain: int | None
    total: int | None


class Waits(msgspec.Struct, kw_only=True):
    """What is written now does not leave at once: why, ready to show, and until when; None: until somebody acts."""

    text: str
    until: datetime | None


class CapView(msgspec.Struct, kw_only=True):
    """What the account did of a kind in the present hour or day, and how much it may; `text` says of which."""

    cap: str
    text: str
    used: int
    limit: int


class Reply(msgspec.Struct, kw_only=True):
    """Whether staff may answer now. `reason` and `cost_text` are ready to show.

    `can` names what may be sent: text, image, gif, file, video, sticker, quote, reaction, request_info, buttons,
    template_uid, template_phone; and done besides: mention, recall, typing. `waits` and `caps` are of personal
    accounts. `max_length` is that of one text; longer ones are split. `blocked`: the account cannot send until
    somebody acts, so nothing more should be written.
    """

    allowed: bool
    reason: str | None
    free_until: datetime | None
    window_until: datetime | None
    max_length: int | None
    cost_text: str | None
    quota: SendQuota | None
    can: list[str]
    blocked: bool
    waits: Waits | None = None
    caps: list[CapView] = []


class ConversationDetail(ConversationRow, kw_only=True):
    """`actions` are names of what the caller may do: assign, assign_self, claim, note, reply, resolve, reveal, share,
    tag, transfer."""

    first_seen_at: datetime
    message_count: int
    reply: Reply
    actions: list[str]


class ContactConversations(msgspec.Struct, kw_only=True):
    """`items`: for who sees all that is known of the customer. `count` and `custodians`: for who does not, how many
    conversations there are besides those that they see, and whose; None: not to be known."""

    items: list[ConversationRow] | None
    count: int | None
    custodians: list[StaffRef]


class ConversationCounts(msgspec.Struct, kw_only=True):
    """How many conversations the caller sees that are open, of these those that are their own, and those in which
    somebody waits. 100 stands for more than 99."""

    open: int
    mine: int
    waiting: int


class ConversationPage(msgspec.Struct, kw_only=True):
    """`counts` come with the first page. `next`: pass it as `before` for the rows that follow; None at the end."""

    items: list[ConversationRow]
    counts: ConversationCounts | None
    next: str | None


class Author(msgspec.Struct, kw_only=True):
    """`channel`: somebody of ours who used the channel's own tools; `external_id` is what the channel calls them, and
    `id` and `name` are of the one of our people who that is, when known. `id` is an identity's for `customer`."""

    kind: Literal["customer", "staff", "channel", "system"]
    id: int | None
    external_id: str | None = None
    name: str | None
    avatar_url: str | None


class DeliveryView(msgspec.Struct, kw_only=True):
    """What became of a message of ours. `reason` is ready to show."""

    state: DeliveryState
    reason: str | None
    can_retry: bool
    at: datetime


class AttachmentView(msgspec.Struct, kw_only=True):
    """What goes with a message. `url` and `thumbnail_url` are paths of our own, once the bytes are in our storage;
    `state` none: it has no bytes (a place, a link, a card). `state_text` says in words why it cannot be shown (yet).
    `width` and `height` are pixels, `latitude` and `longitude` degrees. `link_url` is where a link or card leads."""

    type: AttachmentType
    media_id: int | None
    state: Literal["pending", "stored", "failed", "refused", "none"]
    state_text: str | None
    url: str | None
    thumbnail_url: str | None
    name: str | None
    size_bytes: int | None
    content_type: str | None
    width: int | None
    height: int | None
    duration_ms: int | None
    latitude: float | None
    longitude: float | None
    title: str | None
    description: str | None
    link_url: str | None
    phone: str | None


class EventView(msgspec.Struct, kw_only=True):
    """Something that happened in the thread; `text` is ready to show."""

    name: str
    text: str


class QuoteView(msgspec.Struct, kw_only=True):
    """The message that this one answers. Without `message_id` it is one that we do not have."""

    message_id: int | None
    author_name: str | None
    direction: Literal["in", "out"] | None
    kind: MessageKind | None
    text: str | None


class ReactionView(msgspec.Struct, kw_only=True):
    """`icon` as the channel writes it. `mine`: our side put it there, so our side may take it back."""

    icon: str
    count: int
    names: list[str]
    mine: bool


class ButtonView(msgspec.Struct, kw_only=True):
    """`type` is the channel's word for what a tap does; `payload` is for showing."""

    title: str
    type: str
    payload: str | None


class TemplateField(msgspec.Struct, kw_only=True):
    name: str
    value: str


class TemplateAnswer(msgspec.Struct, kw_only=True):
    """What the customer said to a template by its buttons or its stars; `text` is ready to show."""

    name: str
    text: str
    at: datetime


class TemplateView(msgspec.Struct, kw_only=True):
    """A message by template. One that was not sent from here names no template and no fields."""

    template_id: str | None
    name: str | None
    via: Literal["uid", "phone"] | None
    fields: list[TemplateField]
    link_url: str | None
    answers: list[TemplateAnswer]


class RecalledView(msgspec.Struct, kw_only=True):
    """Who wrote the message took it back: when, and on which side they are."""

    at: datetime
    by: Literal["customer", "staff"]


class MentionView(msgspec.Struct, kw_only=True):
    """Somebody called by name in the text, at `pos` for `len` UTF-16 units. `me`: the account, or
    everybody."""

    name: str
    me: bool
    pos: int
    len: int


class RecallingView(msgspec.Struct, kw_only=True):
    """Somebody of ours wants the message back, and it is not done yet; `reason` is ready to show."""

    state: Literal["queued", "sending", "failed"]
    reason: str | None


class MessageView(msgspec.Struct, kw_only=True):
    """`recalled`: its words and files are there for who sees all that is known of the customer, and for nobody else.
    `from_phone`: the holder of the account wrote it with the channel's own tools. `imported`: from a file of old
    conversations."""

    id: int
    conversation_id: int
    direction: Literal["in", "out"]
    author: Author
    kind: MessageKind
    text: str | None
    attachments: list[AttachmentView]
    event: EventView | None
    quote: QuoteView | None
    reactions: list[ReactionView]
    buttons: list[ButtonView]
    template: TemplateView | None
    mentions: list[MentionView]
    recalled: RecalledView | None
    from_phone: bool
    imported: bool
    can_quote: bool
    can_react: bool
    can_recall: bool = False
    recalling: RecallingView | None = None
    sent_at: datetime
    client_id: str | None
    delivery: DeliveryView | None


class GapView(msgspec.Struct, kw_only=True):
    """A time of which messages may be missing: the platform's history does not give them. `text` is ready to show."""

    id: int
    from_at: datetime
    until_at: datetime
    text: str


class MessagePage(msgspec.Struct, kw_only=True):
    """Oldest first. `next`: pass it as `before` for the page of older messages. `gaps` are those that touch the page's
    time."""

    items: list[MessageView]
    gaps: list[GapView]
    next: str | None
