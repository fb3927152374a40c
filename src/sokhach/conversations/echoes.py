"""The platform repeats to us what we sent. Which of our messages an echo, or an entry of its history, may be."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.rules import BOUND
from sokhach.conversations import delivery
from sokhach.conversations.delivery import NOT_SENT, Settled
from sokhach.conversations.fragments import NOT_OURS
from sokhach.core.database import KEYS, Key, bigints, by_account
from sokhach.core.text import nfc

CLOCKS_APART = timedelta(seconds=5)
"""How far the platform's clock may be behind ours."""
TAKEN_WITHIN = timedelta(seconds=90)
"""The platform has a message by then or never: calls end before that. A later one with the same words is another."""
CALLS_LAST = timedelta(seconds=60)
"""Whoever calls has given up by then (`dispatch.sender`)."""
CALLS_FORGOTTEN = timedelta(minutes=3)
"""What is still being sent then was given up by all workers, and nobody came to say so."""

# How the platform may show what we sent. Words with buttons come back as a form, words with an address as a link.
SHOWN_AS: dict[str, frozenset[str]] = {
    "text": frozenset({"text", "template", "link"}),
    "image": frozenset({"image"}),
    "gif": frozenset({"gif", "image"}),
    "file": frozenset({"file"}),
    "sticker": frozenset({"sticker"}),
    "video": frozenset({"video"}),
    "audio": frozenset({"audio"}),
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


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A message of our side as a channel tells it, before anybody knows whose it is. `thread`: account and key."""

    thread: Key
    names: Sequence[str]
    kind: str
    words: str
    sent_at: datetime


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    """`by_hand`: a person wrote it with the channel's own tools, so it is none of ours. `aliases`: its other names."""

    account_id: int
    conversation_id: int
    external_id: str
    aliases: Sequence[str] = ()
    kind: str
    words: str
    sent_at: datetime
    by_hand: bool = False

    @property
    def names(self) -> Sequence[str]:
        return [self.external_id, *self.aliases]

    @property
    def keys(self) -> Sequence[tuple[int, str]]:
        return [(self.conversation_id, name) for name in self.names]


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


async def too_early(connection: AsyncConnection, spoken: Sequence[Spoken], now: datetime) -> list[Spoken]:
    """Those that may be of a message which is being sent at this moment, and which its answer will name: the holder may
    have written the same by their phone meanwhile. Nobody is to judge of them before the call has ended."""
    if not spoken:
        return []
    values: dict[str, Any] = {
        "keys": by_account(one.thread for one in spoken),
        "bound": list(BOUND),
        "since": now - CALLS_FORGOTTEN,
    }
    sending: dict[Key, list[Ours]] = {}
    for row in await connection.execute(_BEING_SENT, values):
        ours = Ours(message_id=row.message_id, kind=row.kind, words=row.body or "", sending_at=row.sending_at)
        sending.setdefault((row.account_id, row.thread_key), []).append(ours)
    early = [
        one
        for one in spoken
        if any(fits(ours, one.kind, one.words, one.sent_at) for ours in sending.get(one.thread, ()))
    ]
    if not early:
        return []
    keys = by_account((one.thread[0], name) for one in early for name in one.names)
    known = {(row.account_id, row.external_id) for row in await connection.execute(_BY_ALIAS, {"keys": keys})}
    return [one for one in early if not any((one.thread[0], name) in known for name in one.names)]


async def settle(connection: AsyncConnection, echoes: Sequence[Echo], now: datetime) -> dict[tuple[int, str], int]:
    """Settles what the echoes prove. Of those that are of messages that we have it returns (conversation, name) →
    message, by any of their names. The caller holds the conversations."""
    if not echoes:
        return {}
    keys = by_account((one.account_id, name) for one in echoes for name in one.names)
    known = await connection.execute(_BY_ALIAS, {"keys": keys})
    ours = {(row.conversation_id, row.external_id): row.message_id for row in known}
    strange = [one for one in echoes if not one.by_hand and ours.keys().isdisjoint(one.keys)]
    if not strange:
        return ours
    waiting = await _waiting(connection, strange, now)
    settled: list[Settled] = []
    for echo in sorted(strange, key=lambda one: one.sent_at):
        there = waiting.get(echo.conversation_id, [])
        found = choose(there, echo) if ours.keys().isdisjoint(echo.keys) else None
        if found is not None:
            there.remove(found)
            settled.append(Settled(found.message_id, echo.external_id, echo.sent_at))
            ours |= dict.fromkeys(echo.keys, found.message_id)
    await delivery.settle(connection, settled, now)
    return ours


async def _waiting(connection: AsyncConnection, echoes: Sequence[Echo], now: datetime) -> dict[int, list[Ours]]:
    values: dict[str, Any] = {
        "ids": bigints({one.conversation_id for one in echoes}),
        "since": min(one.sent_at for one in echoes) - TAKEN_WITHIN,
        "until": max(one.sent_at for one in echoes) + CLOCKS_APART,
        "not_sent": NOT_SENT,
        "bound": list(BOUND),
        "forgotten": now - CALLS_FORGOTTEN,
    }
    found: dict[int, list[Ours]] = {}
    for row in await connection.execute(_NAMELESS, values):
        one = Ours(
            message_id=row.message_id,
            kind=row.kind,
            words=row.body or "",
            sending_at=row.sending_at,
            certain=row.state == "sending" and not row.named,
            called_until=min(row.changed_at, row.sending_at + CALLS_LAST) + CLOCKS_APART,
        )
        found.setdefault(row.conversation_id, []).append(one)
    return found


_BY_ALIAS = text(
    f"""
    SELECT a.* FROM {KEYS} CROSS JOIN LATERAL (
        SELECT m.conversation_id, a.account_id, a.external_id, a.message_id
        FROM message_alias a JOIN message m ON m.id = a.message_id
        WHERE a.account_id = k.account_id AND a.external_id = k.name OFFSET 0
    ) AS a
    """
)
_BEING_SENT = text(
    f"""
    SELECT k.account_id, c.thread_key, d.message_id, d.sending_at, m.kind, m.body
    FROM {KEYS} JOIN channel_account a ON a.id = k.account_id AND a.channel = ANY (CAST(:bound AS text[]))
    CROSS JOIN LATERAL (
        SELECT id, thread_key FROM conversation WHERE account_id = k.account_id AND thread_key = k.name OFFSET 0
    ) AS c
    JOIN delivery d ON d.conversation_id = c.id AND d.state = 'sending' AND d.sending_at > :since
    JOIN message m ON m.id = d.message_id
    """
)
# What is on its way or in doubt, and what a person settled, rightly or wrongly, before the platform named it. `named`:
# only the answer to the call says which it is, as the holder's phone may send the same meanwhile.
_NAMELESS = text(
    f"""
    SELECT d.conversation_id, d.message_id, d.state, d.sending_at, d.changed_at, m.kind, m.body,
        a.channel = ANY (CAST(:bound AS text[])) AS named
    FROM delivery d JOIN message m ON m.id = d.message_id JOIN conversation c ON c.id = d.conversation_id
    JOIN channel_account a ON a.id = c.account_id
    WHERE d.conversation_id = ANY (CAST(:ids AS bigint[])) AND (d.state = 'uncertain' OR (d.state = 'sending'
        AND (a.channel <> ALL (CAST(:bound AS text[])) OR d.sending_at <= :forgotten)))
    UNION ALL
    SELECT d.conversation_id, d.message_id, d.state, d.sending_at, d.changed_at, m.kind, m.body, false
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
