"""What a channel has to say before a message of ours leaves: that it may go now, or that it waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, runtime_checkable

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is due. `words` is its text."""

    account_id: int
    conversation_id: int
    words: str


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Not before `until`. `reason` is a slug of `delivery.<reason>`; None: a moment, of which nothing need be said."""

    until: datetime
    reason: str | None = None


class Gate(Protocol):
    """Of one channel. What it lets go is counted in the transaction in which the message is taken to be sent."""

    async def admit(self, connection: AsyncConnection, leaving: Leaving, now: datetime) -> Hold | None: ...


@runtime_checkable
class Bound(Protocol):
    """A connector whose accounts are each held by one worker."""

    def sending(self) -> frozenset[int]:
        """The accounts by which messages can leave from here now."""
        ...


def sending(connectors: Mapping[str, object]) -> list[int]:
    """Of all connectors: the accounts that this worker holds, of channels that ask for it."""
    bound = [one for one in connectors.values() if isinstance(one, Bound)]
    return sorted({account for one in bound for account in one.sending()})
