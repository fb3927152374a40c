"""The platform repeats to us what we sent. Which of our messages an echo, or an entry of its history, may be."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import delivery
from sokhach.conversations.delivery import NOT_SENT, Settled
from sokhach.conversations.fragments import NOT_OURS
from sokhach.core.database import bigints
from sokhach.core.text import nfc

CLOCKS_APART = timedelta(seconds=5)
"""How far the platform's clock may be behind ours."""
TAKEN_WITHIN = timedelta(seconds=90)
"""The platform has a message by then or never: calls end before that. A later one with the same words is another."""
CALLS_LAST = timedelta(seconds=60)
"""Whoever calls has given up by then (`dispatch.sender`)."""

# How the platform may show what we sent. Words with buttons come back as a form.
SHOWN_AS: dict[str, frozenset[str]] = {
    "text": frozenset({"text", "template"}),
    "image": frozenset({"image"}),
    "gif": frozenset({"gif", "image"}),
    "file": frozenset({"file"}),
    "sticker": frozenset({"sticker"}),
    "template": frozenset({"template"}),
}


class Ours(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours whose name at the platform is not known. `certain`: it is being sent at this moment.
    `called_until`: when the call of it was given up, with the difference of the clocks."""

    message_id: int
    kind: str
    words: str
    sending_at: datetime
    certain: bool = False
    called_until: datetime = datetime.max.replace(tzinfo=UTC)


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    """`by_hand`: a person wrote it with the channel's own tools, so it is none of ours."""

    conversation_id: int
    external_id: str
    kind: str
    words: str
    sent_at: datetime
    by_hand: bool = False


def fits(ours: Ours, kind: str, words: str, sent_at: datetime) -> bool:
    """By kind, by time, and by words where they are the message."""
    if not ours.sending_at - CLOCKS_APART <= sent_at <= ours.sending_at + TAKEN_WITHIN:
        return False
    if kind not in SHOWN_AS.get(ours.kind, frozenset()):
        return False
    if ours.kind == "text":
        return nfc(words).strip() == nfc(ours.words).strip()
    if ours.kind in {"image", "gif"} and words and ours.words:
        return nfc(words).strip() == nfc(ours.words).strip()
    return True


def choose(waiting: Sequence[Ours], echo: Echo) -> Ours | None:
    """The message that `echo` is of; None when it is of none, or when nobody can tell which."""
    fitting = [one for one in waiting if fits(one, echo.kind, echo.words, echo.sent_at)]
    # Others send from the account too: a picture without words may be a bot's, unless it came while we called.
    fitting = [one for one in fitting if one.certain or (one.words and echo.words) or echo.sent_at <= one.called_until]
    if len(fitting) > 1:
        # All that are being sent now do arrive, in their order.
        fitting = [one for one in fitting if one.certain][:1]
    return fitting[0] if len(fitting) == 1 else None


async def settle(
    connection: AsyncConnection, account_id: int, echoes: Sequence[Echo], now: datetime
) -> Collection[str]:
    """Settles what the echoes prove; returns the ids of those that are of messages that we have. The caller holds the
    conversations."""
    if not echoes:
        return frozenset()
    names = msgspec.json.encode([one.external_id for one in echoes]).decode()
    known = await connection.execute(_BY_ALIAS, {"account": account_id, "ids": names})
    ours = {row.external_id for row in known}
    strange = [one for one in echoes if one.external_id not in ours and not one.by_hand]
    if not strange:
        return ours
    waiting = await _waiting(connection, strange)
    settled: dict[str, Settled] = {}
    for echo in sorted(strange, key=lambda one: one.sent_at):
        there = waiting.get(echo.conversation_id, [])
        found = choose(there, echo) if echo.external_id not in settled else None
        if found is not None:
            there.remove(found)
            settled[echo.external_id] = Settled(found.message_id, echo.external_id, echo.sent_at)
    await delivery.settle(connection, list(settled.values()), now)
    return ours | settled.keys()


async def _waiting(connection: AsyncConnection, echoes: Sequence[Echo]) -> dict[int, list[Ours]]:
    values: dict[str, Any] = {
        "ids": bigints({one.conversation_id for one in echoes}),
        "since": min(one.sent_at for one in echoes) - TAKEN_WITHIN,
        "until": max(one.sent_at for one in echoes) + CLOCKS_APART,
        "not_sent": NOT_SENT,
    }
    found: dict[int, list[Ours]] = {}
    for row in await connection.execute(_NAMELESS, values):
        one = Ours(
            message_id=row.message_id,
            kind=row.kind,
            words=row.body or "",
            sending_at=row.sending_at,
            certain=row.state == "sending",
            called_until=min(row.changed_at, row.sending_at + CALLS_LAST) + CLOCKS_APART,
        )
        found.setdefault(row.conversation_id, []).append(one)
    return found


_BY_ALIAS = text(
    "SELECT external_id FROM message_alias WHERE account_id = :account"
    " AND external_id = ANY (ARRAY(SELECT json_array_elements_text(CAST(:ids AS json))))"
)
# What is on its way or in doubt, and what a person settled, rightly or wrongly, before the platform named it.
_NAMELESS = text(
    f"""
    SELECT d.conversation_id, d.message_id, d.state, d.sending_at, d.changed_at, m.kind, m.body
    FROM delivery d JOIN message m ON m.id = d.message_id
    WHERE d.conversation_id = ANY (CAST(:ids AS bigint[])) AND d.state IN ('sending', 'uncertain')
    UNION ALL
    SELECT d.conversation_id, d.message_id, d.state, d.sending_at, d.changed_at, m.kind, m.body
    FROM delivery d JOIN message m ON m.id = d.message_id
    WHERE d.conversation_id = ANY (CAST(:ids AS bigint[])) AND d.settled_by IS NOT NULL
        AND d.sending_at BETWEEN :since AND :until
        AND (d.state IN ('sent', 'delivered', 'seen') OR (d.state = 'failed' AND d.reason = :not_sent))
        AND NOT EXISTS (
            SELECT FROM message_alias a WHERE a.message_id = d.message_id AND a.external_id {NOT_OURS}
        )
    ORDER BY message_id
    """
)
