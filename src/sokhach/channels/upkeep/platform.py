"""What the upkeep of accounts asks of a channel. No transaction is open while one of these is called.

All raise `SendRefusedError`: with `retry_after_seconds` it is worth asking again, with `account_down` not before a
person has acted, and else never.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from sokhach.channels.connector import Account, SendRefusedError

GONE = frozenset({"account-disabled", "account-not-connected", "app-disabled", "app-secret", "token", "undecipherable"})


def is_account_gone(error: SendRefusedError) -> bool:
    """Whether nothing at all can be done with the account until a person acts. A right, or a package, that one call
    lacks is no reason to stop sending."""
    return error.account_down and error.reason in GONE


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A message as the platform's history has it; `payload` is it, byte for byte, for the journal. `inbound`: the
    customer's."""

    external_id: str
    thread_key: str
    inbound: bool
    sent_at: datetime
    payload: bytes


class UnreadableEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An item that is no `HistoryEntry`, byte for byte. `not_after`: the time of the newer entry before it on the page;
    None: there is none, and it may be of any time."""

    payload: bytes
    not_after: datetime | None

    def may_be_since(self, since: datetime) -> bool:
        return self.not_after is None or self.not_after >= since


class HistoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first. `asked` is how many there could be at most: fewer `got` means that this is the end. What could not
    be read is counted in `got`, and is not among the entries."""

    entries: Sequence[HistoryEntry]
    got: int
    asked: int
    unreadable: Sequence[UnreadableEntry] = ()

    @property
    def is_last(self) -> bool:
        return self.got < self.asked


class QuotaLine(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    remain: int | None
    total: int | None
    until: str | None


class AccountPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform says of an account. None: it does not say."""

    name: str
    description: str | None = None
    is_verified: bool | None = None
    category: str | None = None
    follower_count: int | None = None
    package_name: str | None = None
    package_until: str | None = None
    avatar_url: str | None = None
    cover_url: str | None = None
    zca_linked: bool | None = None
    quotas: Sequence[QuotaLine] | None = None
    tags: Sequence[str] | None = None


class Platform(Protocol):
    """One channel, as far as upkeep goes."""

    async def recent_threads(self, account: Account, offset: int) -> HistoryPage:
        """The latest message of each thread."""
        ...

    async def thread_history(self, account: Account, thread_key: str, offset: int) -> HistoryPage: ...

    async def account_page(self, account: Account) -> AccountPage: ...

    async def change_tag(
        self, account: Account, person: str, name: str, change: Literal["added", "removed"]
    ) -> None: ...


def quota_rows(lines: Sequence[QuotaLine] | None) -> list[dict[str, Any]] | None:
    return None if lines is None else [msgspec.structs.asdict(line) for line in lines]
