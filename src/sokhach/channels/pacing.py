"""What a channel has to say before a message of ours leaves: that it may go now, or that it waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, runtime_checkable

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is due. `words` is its text. `again`: it was let go before and came back without having left."""

    account_id: int
    conversation_id: int
    words: str
    again: bool = False


GATED = ("quiet-hours", "sending-stopped", "pace-strangers")
"""Reasons of a `Hold` of which something is said, beside `<CAP>…`."""
CAP = "cap-"


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Not before `until`. `reason` is a slug of `delivery.<reason>`; None: a moment, of which nothing need be said."""

    until: datetime
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.reason is not None and self.reason not in GATED and not self.reason.startswith(CAP):
            msg = f"the outbox would not know that a gate holds what waits as {self.reason}"
            raise ValueError(msg)


class Gate(Protocol):
    """Of one channel. What it lets go is counted in the transaction in which the message is taken to be sent."""

    async def admit(self, connection: AsyncConnection, leaving: Leaving, now: datetime) -> Hold | None: ...


@runtime_checkable
class Bound(Protocol):
    """A connector whose accounts are each held by one worker."""

    def held(self) -> frozenset[int]:
        """The accounts whose sessions are here now."""
        ...

    def sending(self) -> frozenset[int]:
        """Those by which messages can leave now: `held`, or none while sending is stopped."""
        ...


def held(connectors: Mapping[str, object]) -> list[int]:
    """Of all connectors: the accounts that this worker holds, of channels that ask for it."""
    return sorted({account for one in _bound(connectors) for account in one.held()})


def sending(connectors: Mapping[str, object]) -> list[int]:
    """Those of them by which messages can leave now."""
    return sorted({account for one in _bound(connectors) for account in one.sending()})


def _bound(connectors: Mapping[str, object]) -> list[Bound]:
    return [one for one in connectors.values() if isinstance(one, Bound)]
