"""What every channel speaks to us in, whatever its own wire: normalised inbound items, and a way to send."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from sokhach.channels.outgoing import Asset, Outgoing, Sent, Template, Uploaded

LANES = 64
Source = Literal["webhook", "profile", "history", "frame"]


AttachmentType = Literal["image", "gif", "sticker", "audio", "video", "file", "location", "link", "contact_card"]
MessageKind = Literal[
    "text",
    "image",
    "gif",
    "sticker",
    "audio",
    "video",
    "file",
    "location",
    "link",
    "contact_card",
    "template",
    "event",
    "unsupported",
]


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What goes with a message, as the channel describes it. `url` leads to the platform and may expire.

    `checksum` is the platform's own; `latitude` and `longitude` are in degrees; `phone` is that of a contact card, as
    the platform wrote it.
    """

    type: AttachmentType
    url: str | None = None
    thumbnail_url: str | None = None
    width: int | None = None
    height: int | None = None
    external_id: str | None = None
    name: str | None = None
    size_bytes: int | None = None
    content_type: str | None = None
    checksum: str | None = None
    title: str | None = None
    description: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    phone: str | None = None


class Mention(msgspec.Struct, frozen=True):
    """Somebody is called by name in a text, at `pos` for `len` UTF-16 units of it; `EVERYBODY` may be."""

    uid: str
    pos: int
    len: int


EVERYBODY = "-1"
SEEN_UP_TO = frozenset({"zalo_personal"})
"""Channels that name the last message that somebody saw, and mean all before it."""


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Something said in a thread, by the customer (`in`) or by our side outside Sổ Khách or echoed to us (`out`), or
    something that happened in it (kind `event`, always `in`).

    `thread_key` names the thread on the account: the person's id in a direct one, the group's in a group.
    `person` is the customer's external id (in a group: of whoever wrote; None when our side or nobody did).
    `author` is the external id of the human of our side who wrote it with the channel's own tools, when known.
    `details` are facts of an event by names of ours, or what a message carries that has no place of its own.
    `interacts`: whether the platform takes it for a word of the customer's, from which its windows are reckoned.
    `aliases` are other ids of the same message; whatever comes with one of them is this message.
    """

    external_id: str
    aliases: tuple[str, ...] = ()
    thread_key: str
    thread_kind: Literal["direct", "group"] = "direct"
    person: str | None
    direction: Literal["in", "out"]
    author: str | None = None
    kind: MessageKind
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    event: str | None = None
    details: Mapping[str, Any] = {}
    template: Mapping[str, Any] = {}
    mentions: tuple[Mention, ...] = ()
    interacts: bool = True
    quoted_external_id: str | None = None
    sent_at: datetime


class InboundReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """Messages of ours that a customer's phone got or showed. `stray`: it may come by another lane than they do."""

    external_ids: tuple[str, ...]
    stray: bool = False
    kind: Literal["delivered", "seen"]
    at: datetime


class InboundReaction(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody put `icon` on a message, or took back what they had put there (None). It may come before the message.

    `person` is the customer who did, None: our side, `author` being the human of ours when known.
    """

    external_id: str
    thread_key: str
    person: str | None
    author: str | None = None
    icon: str | None
    at: datetime


class InboundRecall(msgspec.Struct, frozen=True, kw_only=True):
    """A message was taken back by who wrote it, `by` the customer or our side. `external_ids` are names of one message.
    It may come before the message."""

    external_ids: tuple[str, ...]
    thread_key: str
    by: Literal["customer", "staff"]
    at: datetime


class InboundStub(msgspec.Struct, frozen=True, kw_only=True):
    """There was a message in a thread that is none of the company's business. `thread` and `message` are keyed hashes,
    hex."""

    thread: str
    message: str
    direction: Literal["in", "out"]
    at: datetime


class InboundFollow(msgspec.Struct, frozen=True, kw_only=True):
    """A person began or ceased to follow the account, by way of `source` (the channel's word). The thread shows it as
    an event message of its own."""

    person: str
    following: bool
    source: str | None = None
    at: datetime


class InboundProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What the channel says of a person at `at`. `known_only`: it makes nobody known who was not."""

    person: str
    display_name: str
    avatar_url: str | None
    following: bool | None
    known_only: bool = False
    at: datetime


class InboundName(msgspec.Struct, frozen=True, kw_only=True):
    """What the channel calls a person in passing: until a profile says it, for somebody who is known."""

    person: str
    name: str
    at: datetime


class InboundGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What the channel calls a group at `at`."""

    thread_key: str
    name: str
    at: datetime


class InboundDetails(msgspec.Struct, frozen=True, kw_only=True):
    """How a person may be reached, as they told it or as the channel knows it. What is None is not spoken of.

    `phone` is as it was written; whoever stores it brings it into E.164. `known_only` as `InboundProfile` has it.
    """

    person: str
    known_only: bool = False
    name: str | None = None
    phone: str | None = None
    address: str | None = None
    ward: str | None = None
    district: str | None = None
    city: str | None = None
    birthday: str | None = None
    gender: str | None = None
    alias: str | None = None
    external_ref: str | None = None
    at: datetime


class InboundTag(msgspec.Struct, frozen=True, kw_only=True):
    """The account's tag `name` was put on people or taken off, or was made or done away with as such."""

    name: str
    people: tuple[str, ...] = ()
    change: Literal["added", "removed", "created", "deleted"]
    at: datetime


class InboundLabels(msgspec.Struct, frozen=True, kw_only=True):
    """All tags of the account and whom they are on (name → people): on nobody else. Whoever is not known is passed
    over."""

    people: Mapping[str, tuple[str, ...]]
    at: datetime


class InboundParticipant(msgspec.Struct, frozen=True, kw_only=True):
    """People came into a group or left it."""

    thread_key: str
    people: tuple[str, ...]
    change: Literal["joined", "left"]
    at: datetime


class InboundMembers(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in a group at `at`, our side left out; `whole`: nobody else. Of a group in which nothing was said yet
    nobody is kept."""

    thread_key: str
    people: tuple[str, ...]
    whole: bool
    at: datetime


class InboundPrivacyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A person wants something done about their data: `withdraw`, that it be forgotten."""

    person: str
    kind: Literal["withdraw"]
    at: datetime


class InboundChannelEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something for the account's log. Applied once for each (`name`, `key`).

    `message_external_id`: the message of ours that it is about. `revokes`: the account may not be used any more.
    `known`: False for an event that this version has no idea of.
    """

    name: str
    key: str
    person: str | None = None
    message_external_id: str | None = None
    details: Mapping[str, Any] = {}
    revokes: bool = False
    known: bool = True
    at: datetime


Inbound = (
    InboundMessage
    | InboundReceipt
    | InboundReaction
    | InboundRecall
    | InboundFollow
    | InboundProfile
    | InboundName
    | InboundGroup
    | InboundDetails
    | InboundTag
    | InboundLabels
    | InboundParticipant
    | InboundMembers
    | InboundPrivacyRequest
    | InboundChannelEvent
    | InboundStub
)


class UnparsableError(Exception):
    """The payload cannot be applied. `reason` is a stable code of the catalogue (`quarantine.<reason>`)."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What a connector needs to know of a channel account."""

    id: int
    channel: str
    external_id: str
    name: str


ASSET_EXPIRED = "asset-expired"
TRACKING = "tracking:"
"""Begins the names that we give to messages ourselves, among the external ids that the platform gives."""
GROUP = "group:"
"""Begins the name of a group where those of people stand."""


class SendRefusedError(Exception):
    """The platform surely did NOT take the message. `reason` is a stable code of the catalogue (`delivery.<reason>`).

    `retry_after_seconds`: worth trying again then (the platform is busy, our token is being renewed …); None: never.
    `account_down`: the whole account cannot send until a person acts; its messages wait.
    With the reason `ASSET_EXPIRED` the upload is to be made anew.
    """

    def __init__(
        self, reason: str, detail: str, *, retry_after_seconds: float | None = None, account_down: bool = False
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        self.account_down = account_down


class SendUncertainError(Exception):
    """Nobody can tell whether the platform took the message: the call was made and no readable answer came."""


class HistoryItem(msgspec.Struct, frozen=True, kw_only=True):
    """A message as the platform's own history shows it. `kind` as `InboundMessage` has it."""

    external_id: str
    direction: Literal["in", "out"]
    kind: str = "text"
    text: str | None
    sent_at: datetime


class Connector(Protocol):
    """One channel. `parse` and `lane_key` are pure; the rest talk to the platform. No transaction is open meanwhile."""

    channel: str

    def parse(self, account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
        """Raises `UnparsableError`."""
        ...

    async def upload(self, account: Account, asset: Asset, content: bytes) -> Uploaded:
        """Brings bytes to the platform, where a message can name them. Raises `SendRefusedError`: a lost answer does no
        harm, for nothing is sent."""
        ...

    async def send(self, account: Account, message: Outgoing) -> Sent:
        """Raises `SendRefusedError` or `SendUncertainError`."""
        ...

    async def fetch_templates(self, account: Account) -> Sequence[Template]:
        """All templates of the account. Raises `SendRefusedError`."""
        ...

    async def recent(self, account: Account, thread_key: str, since: datetime) -> Sequence[HistoryItem] | None:
        """The thread's messages not older than `since`, newest first; None when the history cannot be had now."""
        ...

    async def fetch_profile(self, account: Account, person: str) -> bytes | None:
        """The platform's raw answer about a person, or a group (`GROUP` and its id), for the journal (`source`
        profile); None: it knows none such.

        Raises `SendRefusedError` when it may be asked again later.
        """
        ...

    async def refresh_tokens(self, account: Account) -> datetime | None:
        """Renews what expires if it is time; returns when it wants to be called next. Raises `SendRefusedError`."""
        ...
