"""Writing down what browsers are to be told."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.database import Asked, wake

# Something changed about who may see what: no browser hears it, its socket asks anew whom it serves.
# payload["staff_id"]: of this person only; without it of everybody.
ACCESS_CHANGED = "access.changed"
# Somebody sees a conversation no more: told to whom that happened, and to nobody who sees it still.
# payload["lost_by"]: ids of staff through whom it was seen; payload["pool"]: the account in whose pool it was, or null.
CONVERSATION_HIDDEN = "conversation.hidden"


# By which notifications the worker tells of positions, and of what is true for a moment only.
CHANNEL = "sokhach_realtime"


class Passing(msgspec.Struct, frozen=True, kw_only=True):
    """What is true for a moment only: kept nowhere, with no place in the order of events."""

    kind: str
    conversation_id: int
    name: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """`payload` holds ids and numbers only. Without a conversation it goes to whoever has payload["permission"], and to
    payload["staff_id"]."""

    kind: str
    conversation_id: int | None = None
    payload: dict[str, Any] = {}


_INSERT = text(
    """
    INSERT INTO realtime_event (kind, conversation_id, payload, created_at)
    SELECT kind, conversation_id, payload, :now FROM json_to_recordset(CAST(:rows AS json))
        AS n (kind text, conversation_id bigint, payload jsonb)
    """
)


async def announce(connection: AsyncConnection, notices: Sequence[Notice]) -> None:
    """Part of the caller's transaction; the browsers hear of it after the commit."""
    if notices:
        await connection.execute(*announcement(notices))
        wake(connection, "sequencer")


async def mention(connection: AsyncConnection, passing: Passing) -> None:
    """To browsers that are there when the transaction commits, and see the conversation."""
    await connection.execute(_NOTIFY, {"channel": CHANNEL, "payload": msgspec.json.encode(passing).decode()})


_NOTIFY = text("SELECT pg_notify(:channel, :payload)")


def announcement(notices: Sequence[Notice]) -> Asked:
    """For whoever asks more in the same round trip, and wakes the worker's loops afterwards: see `announce`."""
    return Asked(_INSERT, {"rows": msgspec.json.encode(notices).decode(), "now": clock.now()})
