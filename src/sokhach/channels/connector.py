"""What every channel speaks to us in, whatever its own wire: normalised inbound items, and a way to send."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

LANES = 64
Source = Literal["webhook", "profile", "history"]


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    type: Literal["image", "sticker"]
    url: str
    thumbnail_url: str | None = None
    width: int | None = None
    height: int | None = None
    external_id: str | None = None


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Something said in a thread, by the customer (`in`) or by our side outside Sổ Khách or echoed to us (`out`).

    `thread_key` names the thread on the account: the person's id in a direct one, the group's in a group.
    `person` is the customer's external id (in a group: of whoever wrote; None when our side wrote there).
    `author` is the external id of the human of our side who wrote it with the channel's own tools, when known.
    """

    external_id: str
    thread_key: str
    thread_kind: Literal["direct", "group"] = "direct"
    person: str | None
    direction: Literal["in", "out"]
    author: str | None = None
    kind: Literal["text", "image", "sticker", "event", "unsupported"]
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    event: str | None = None
    quoted_external_id: str | None = None
    sent_at: datetime


class InboundReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """Messages of ours that a customer's phone got or showed."""

    external_ids: tuple[str, ...]
    kind: Literal["delivered", "seen"]
    at: datetime


class InboundFollow(msgspec.Struct, frozen=True, kw_only=True):
    """A person began or ceased to follow the account. The thread shows it as an event message of its own."""

    person: str
    following: bool
    at: datetime


class InboundProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What the channel says of a person at `at`."""

    person: str
    display_name: str
    avatar_url: str | None
    following: bool | None
    at: datetime


class InboundKept(msgspec.Struct, frozen=True, kw_only=True):
    """An event that we keep in the journal and have no use for yet."""

    name: str


Inbound = InboundMessage | InboundReceipt | InboundFollow | InboundProfile | InboundKept


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


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message to send. `quoted_external_id` is the platform's id of what it answers to."""

    thread_key: str
    thread_kind: Literal["direct", "group"]
    text: str
    quoted_external_id: str | None = None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """The platform took the message."""

    external_id: str
    sent_at: datetime


class SendRefusedError(Exception):
    """The platform surely did NOT take the message. `reason` is a stable code of the catalogue (`delivery.<reason>`).

    `retry_after_seconds`: worth trying again then (the platform is busy, our token is being renewed …); None: never.
    `account_down`: the whole account cannot send until a person acts; its messages wait.
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
    """A message as the platform's own history shows it."""

    external_id: str
    direction: Literal["in", "out"]
    text: str | None
    sent_at: datetime


class Connector(Protocol):
    """One channel. `parse` and `lane_key` are pure; the rest talk to the platform. No transaction is open meanwhile."""

    channel: str

    def parse(self, account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
        """Raises `UnparsableError`."""
        ...

    async def send(self, account: Account, message: Outgoing) -> Sent:
        """Raises `SendRefusedError` or `SendUncertainError`."""
        ...

    async def recent(self, account: Account, thread_key: str, since: datetime) -> Sequence[HistoryItem] | None:
        """The thread's messages not older than `since`, newest first; None when the history cannot be had now."""
        ...

    async def fetch_profile(self, account: Account, person: str) -> bytes | None:
        """The platform's raw answer about a person, for the journal (`source` profile); None: it knows nobody such.

        Raises `SendRefusedError` when it may be asked again later.
        """
        ...

    async def refresh_tokens(self, account: Account) -> datetime | None:
        """Renews what expires if it is time; returns when it wants to be called next. Raises `SendRefusedError`."""
        ...
