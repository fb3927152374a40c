"""What becomes of outgoing messages. The only writer of `delivery`, and of messages that staff write.

States go one way: queued → sending → sent → delivered → seen; `failed` and `uncertain` may still turn out to be sent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import progress, seal
from sokhach.conversations.holding import hold_those_of
from sokhach.conversations.rules import Fact, Said
from sokhach.core.database import Asked, Rows, ask_all, wake
from sokhach.core.realtime import Notice, announce, announcement

NOT_SENT = "not-sent"
"""`delivery.<reason>` of a message of which a person says that the customer does not have it."""

_ADD = text(
    """
    WITH said AS (
        INSERT INTO message (id, conversation_id, direction, author_kind, author_staff_id, kind, body, content,
            quoted_external_id, sent_at, received_at, salt, leaf)
        VALUES (:id, :conversation, 'out', 'staff', :staff, :kind, :body, CAST(:content AS jsonb), :quoted, :now, :now,
            :salt, :leaf)
    ), queued AS (
        INSERT INTO delivery (message_id, conversation_id, client_id, state, queued_at, changed_at)
        VALUES (:id, :conversation, :client, 'queued', :now, :now)
    )
    UPDATE conversation SET message_count = message_count + 1, unread_count = 0, read_at = last_message_at,
        last_message_id = CASE WHEN :now >= last_message_at THEN :id ELSE last_message_id END,
        last_message_at = greatest(last_message_at, :now)
    WHERE id = :conversation
    """
)


class Settled(msgspec.Struct, frozen=True):
    """The platform has `message_id` of ours under `external_id`; None: a person saw it there, its name is not known."""

    message_id: int
    external_id: str | None
    sent_at: datetime


async def add_outgoing(
    connection: AsyncConnection,
    *,
    conversation_id: int,
    staff_id: int,
    client_id: UUID,
    text: str | None,
    now: datetime,
    kind: str = "text",
    content: Mapping[str, Any] | None = None,
    quoted_external_id: str | None = None,
    message_id: int | None = None,
    also: Sequence[Asked] = (),
) -> tuple[int, bool]:
    """Writes a staff member's message, queued. Returns (message id, whether it is new): a `client_id` counts once.

    `message_id`: for a caller who made the `claim`, and found nothing written. `also` is asked right after it is
    written, in the same round trip.
    """
    if message_id is None:
        _, written, [following] = await ask_all(connection, *claim(conversation_id, [client_id]))
        if existing := in_order(written, [client_id]):
            return existing[0], False
        message_id = int(following["id"])
    salt = seal.new_salt()
    values: dict[str, Any] = {
        "conversation": conversation_id,
        "client": client_id,
        "id": message_id,
        "staff": staff_id,
        "kind": kind,
        "body": text,
        "content": msgspec.json.encode(content).decode() if content is not None else None,
        "quoted": quoted_external_id,
        "now": now,
        "salt": salt,
        "leaf": seal.leaf(message_id, now, f"staff:{staff_id}", salt, text, content),
    }
    notice = Notice(kind="conversation.changed", conversation_id=conversation_id, payload={"message_ids": [message_id]})
    await ask_all(connection, Asked(_ADD, values), announcement([notice]), *also)
    wake(connection, "outbox", "sequencer")
    return message_id, True


def claim(conversation_id: int, client_ids: Sequence[UUID]) -> tuple[Asked, Asked, Asked]:
    """Whoever writes under `client_ids` holds the first of them until they commit. Answers: nothing; what was written
    under them (see `in_order`); an id for a message."""
    return (
        Asked(_LOCK_CLIENT_ID, {"client": str(client_ids[0])}),
        Asked(_BY_CLIENT_IDS, {"conversation": conversation_id, "clients": list(client_ids)}),
        Asked(_NEXT_ID),
    )


def in_order(written: Rows, client_ids: Sequence[UUID]) -> list[int]:
    """The messages that were written under these, in their order."""
    ids = {row["client_id"]: row["message_id"] for row in written}
    return [ids[one] for one in client_ids if one in ids]


async def next_id(connection: AsyncConnection) -> int:
    """For one more message of the same claim."""
    [[row]] = await ask_all(connection, Asked(_NEXT_ID))
    return row["id"]


async def note_settler(connection: AsyncConnection, message_id: int, staff_id: int) -> None:
    """Who says what became of a message of which nobody else could tell."""
    await connection.execute(
        text("UPDATE delivery SET settled_by = :staff WHERE message_id = :id"), {"id": message_id, "staff": staff_id}
    )


_LOCK_CLIENT_ID = text("SELECT pg_advisory_xact_lock(hashtextextended(:client, 0))")
_BY_CLIENT_IDS = text(
    "SELECT client_id, message_id FROM delivery"
    " WHERE conversation_id = :conversation AND client_id = ANY (CAST(:clients AS uuid[]))"
)
_NEXT_ID = text("SELECT nextval('message_id_seq') AS id")


async def mark_sending(connection: AsyncConnection, message_ids: Sequence[int], now: datetime) -> list[int]:
    """Before the platform is called. Returns those that were queued; the others are no longer ours to send."""
    rows = await connection.execute(
        text(
            "UPDATE delivery SET state = 'sending', reason = NULL, sending_at = :now, changed_at = :now,"
            " settled_by = NULL"
            " WHERE message_id = ANY (:ids) AND state = 'queued' RETURNING message_id, conversation_id"
        ),
        {"ids": list(message_ids), "now": now},
    )
    changed = rows.all()
    await _announce(connection, [(row.message_id, row.conversation_id) for row in changed])
    return [row.message_id for row in changed]


async def mark_sent(
    connection: AsyncConnection, message_id: int, external_id: str | None, sent_at: datetime, now: datetime
) -> None:
    """The platform took it, as its history or a person says; whoever says so first wins. The caller holds the name by
    which the platform knows it (`hold_names`), if there is one."""
    await hold_those_of(connection, [message_id])
    await settle(connection, [Settled(message_id, external_id, sent_at)], now)


async def mark_all_sent(
    connection: AsyncConnection, account_id: int, settled: Sequence[Settled], now: datetime
) -> None:
    """The platform took these messages of one account, as its answers say."""
    names = [one.external_id for one in settled if one.external_id is not None]
    await hold_names(connection, account_id, names, alone=True)
    await hold_those_of(connection, [one.message_id for one in settled])
    await settle(connection, settled, now)


async def hold_names(
    connection: AsyncConnection, account_id: int, external_ids: Collection[str], *, alone: bool = False
) -> None:
    """Whoever writes an alias or a receipt holds the platform's name of the message until they commit, or the sender,
    who learns of a name, and the lane, which hears of its receipt, would each miss what the other wrote. Lanes share:
    what is said of one message comes by one lane. Taken before any conversation, so that nobody waits in a ring."""
    await hold_all_names(connection, {account_id: external_ids}, alone=[account_id] if alone else ())


async def hold_all_names(
    connection: AsyncConnection, names: Mapping[int, Collection[str]], *, alone: Collection[int] = ()
) -> None:
    """`hold_names` for several accounts, in one order. `alone`: those of them whose names are not shared."""
    rows = [
        {"account_id": account_id, "names": list(called), "alone": account_id in alone}
        for account_id, called in names.items()
        if called
    ]
    if rows:
        await connection.execute(_HOLD_NAMES, {"rows": msgspec.json.encode(rows).decode()})


# A few locks for all names: the database has no room for one each.
_HOLD_NAMES = text(
    """
    SELECT CASE WHEN alone THEN pg_advisory_xact_lock(key) ELSE pg_advisory_xact_lock_shared(key) END
    FROM (
        SELECT DISTINCT (7004::bigint << 32) + r.account_id * 64 + (hashtext(name) & 63) AS key, r.alone
        FROM json_to_recordset(CAST(:rows AS json)) AS r (account_id bigint, names json, alone boolean),
            json_array_elements_text(r.names) AS name
        ORDER BY key
    ) AS keys
    """
)


async def settle(connection: AsyncConnection, settled: Sequence[Settled], now: datetime) -> None:
    """`mark_sent` for many, whose names and conversations the caller holds: state, alias, receipts that came early, and
    the answer to a customer who waits."""
    told = [{"id": one.message_id, "external": one.external_id, "at": one.sent_at} for one in settled]
    rows = msgspec.json.encode(told).decode()
    named = any(one.external_id is not None for one in settled)
    asked = [Asked(_SENT, {"rows": rows, "now": now})]
    asked += [Asked(_NAME, {"rows": rows}), Asked(_RECEIPTS, {"rows": rows})] if named else []
    moved, *more = await ask_all(connection, *asked)
    facts: dict[int, list[Fact]] = defaultdict(list)
    for row in moved:
        said = Said(row["at"], row["message_id"], False, row["author_staff_id"], row["written_at"])
        facts[row["conversation_id"]].append(said)
    changed: list[tuple[int, int]] = [(row["message_id"], row["conversation_id"]) for row in moved]
    if named:
        changed += await _receive(connection, [Received(**one) for one in more[-1]], now)
    await progress.advance(connection, facts)
    await _announce(connection, changed, answered=facts)


_TOLD = "json_to_recordset(CAST(:rows AS json)) AS t (id bigint, external text, at timestamptz)"
_SENT = text(
    f"""
    UPDATE delivery d SET state = 'sent', reason = NULL, sent_at = t.at, changed_at = :now
    FROM {_TOLD} JOIN message m ON m.id = t.id
    WHERE d.message_id = t.id AND d.state IN ('queued', 'sending', 'uncertain', 'failed')
    RETURNING d.message_id, d.conversation_id, t.at, m.author_staff_id, m.sent_at AS written_at
    """
)
# It may have been taken back before we knew what it is called.
_NAME = text(
    f"""
    WITH told AS (
        SELECT m.id, c.account_id, c.thread_key, t.external
        FROM {_TOLD} JOIN message m ON m.id = t.id JOIN conversation c ON c.id = m.conversation_id
        WHERE t.external IS NOT NULL
    ), named AS (
        INSERT INTO message_alias (account_id, external_id, message_id) SELECT account_id, external, id FROM told
        ON CONFLICT DO NOTHING
    )
    UPDATE message_recall r SET message_id = t.id FROM told t
    WHERE r.account_id = t.account_id AND r.thread_key = t.thread_key AND r.external_id = t.external
        AND r.message_id IS NULL
    """
)
# A receipt may have come before we knew the message; an alias may be what it names.
_RECEIPTS = text(
    f"""
    SELECT t.id AS message_id, r.kind, min(r.at) AS at FROM {_TOLD}
    JOIN message m ON m.id = t.id JOIN conversation c ON c.id = m.conversation_id
    JOIN message_receipt r ON r.account_id = c.account_id AND r.external_id = t.external
    GROUP BY t.id, r.kind ORDER BY t.id, r.kind
    """
)


async def mark_failed(connection: AsyncConnection, message_id: int, reason: str, now: datetime) -> None:
    """The platform surely does not have it. `reason` is a key of the catalogue (`delivery.<reason>`)."""
    await _move(connection, message_id, "failed", reason, now, ("queued", "sending", "uncertain"))


async def mark_uncertain(connection: AsyncConnection, message_id: int, reason: str, now: datetime) -> None:
    """Nobody can tell whether the platform has it."""
    await _move(connection, message_id, "uncertain", reason, now, ("sending",))


async def mark_queued(connection: AsyncConnection, message_id: int, reason: str | None, now: datetime) -> None:
    """It waits for (another) try; `reason` says why it is not sent yet."""
    await _move(connection, message_id, "queued", reason, now, ("queued", "sending", "uncertain", "failed"))


async def note_reaction(
    connection: AsyncConnection, account_id: int, thread_key: str, external_id: str, icon: str | None, now: datetime
) -> None:
    """The platform took our side's reaction. Its echo will say the same, by the platform's clock."""
    await connection.execute(
        _REACT,
        {"account": account_id, "thread": thread_key, "external": external_id, "icon": icon, "now": now},
    )


_REACT = text(
    """
    INSERT INTO reaction (account_id, thread_key, external_id, author, icon, at)
    VALUES (:account, :thread, :external, '', :icon, :now)
    ON CONFLICT (account_id, thread_key, external_id, author) DO UPDATE SET icon = excluded.icon, at = excluded.at
        WHERE reaction.at <= excluded.at
    """
)


class Received(NamedTuple):
    """A customer's phone got a message of ours, or showed it."""

    message_id: int
    kind: Literal["delivered", "seen"]
    at: datetime


async def apply_receipts(connection: AsyncConnection, received: Sequence[Received], now: datetime) -> None:
    """What was shown was delivered, and what was delivered was sent, though nobody else may have told us."""
    if received:
        await _settle_received(connection, received, now)
        await _announce(connection, await _receive(connection, received, now))


async def _settle_received(connection: AsyncConnection, received: Sequence[Received], now: datetime) -> None:
    first = _earliest(received)
    doubtful = (await connection.execute(_DOUBTFUL, {"ids": list(first), "not_sent": NOT_SENT})).scalars().all()
    if doubtful:
        await hold_those_of(connection, doubtful)
        await settle(connection, [Settled(one, None, first[one]) for one in doubtful], now)


# A person who said «not sent» did not know better; the phone does.
_DOUBTFUL = text(
    "SELECT message_id FROM delivery WHERE message_id = ANY (:ids) AND (state IN ('sending', 'uncertain')"
    " OR (state = 'failed' AND reason = :not_sent AND settled_by IS NOT NULL)) ORDER BY 1"
)


async def _receive(connection: AsyncConnection, received: Sequence[Received], now: datetime) -> list[tuple[int, int]]:
    """Returns (message, conversation) of those that moved."""
    changed: list[tuple[int, int]] = []
    for kind, move in (("delivered", _DELIVERED), ("seen", _SEEN)):
        first = _earliest([one for one in received if one.kind == kind])
        if first:
            rows = [{"id": message_id, "at": at} for message_id, at in first.items()]
            moved = await connection.execute(move, {"rows": msgspec.json.encode(rows).decode(), "now": now})
            changed += [(row.message_id, row.conversation_id) for row in moved]
    return changed


def _earliest(received: Sequence[Received]) -> dict[int, datetime]:
    first: dict[int, datetime] = {}
    for one in received:
        first[one.message_id] = min(one.at, first.get(one.message_id, one.at))
    return first


_GOT = "json_to_recordset(CAST(:rows AS json)) AS r (id bigint, at timestamptz)"
_DELIVERED = text(
    f"""
    UPDATE delivery d SET delivered_at = r.at, changed_at = :now,
        state = CASE WHEN d.state = 'seen' THEN d.state ELSE 'delivered' END
    FROM {_GOT}
    WHERE d.message_id = r.id AND d.sent_at IS NOT NULL AND (d.delivered_at IS NULL OR d.delivered_at > r.at)
    RETURNING d.message_id, d.conversation_id
    """
)
_SEEN = text(
    f"""
    UPDATE delivery d SET seen_at = r.at, changed_at = :now, state = 'seen'
    FROM {_GOT}
    WHERE d.message_id = r.id AND d.sent_at IS NOT NULL AND (d.seen_at IS NULL OR d.seen_at > r.at)
    RETURNING d.message_id, d.conversation_id
    """
)


async def _move(
    connection: AsyncConnection, message_id: int, state: str, reason: str | None, now: datetime, before: Sequence[str]
) -> None:
    rows = await connection.execute(
        text(
            "UPDATE delivery SET state = :state, reason = :reason, changed_at = :now"
            " WHERE message_id = :id AND state = ANY (:before) RETURNING message_id, conversation_id"
        ),
        {"state": state, "reason": reason, "now": now, "id": message_id, "before": list(before)},
    )
    await _announce(connection, [(row.message_id, row.conversation_id) for row in rows])


async def _announce(
    connection: AsyncConnection, changed: Sequence[tuple[int, int]], *, answered: Iterable[int] = ()
) -> None:
    """`answered` are conversations whose clocks moved as well: whoever sees the list must hear of it."""
    notices = [Notice(kind="conversation.changed", conversation_id=one) for one in answered]
    notices += [
        Notice(kind="delivery.changed", conversation_id=conversation, payload={"message_id": message})
        for message, conversation in changed
    ]
    await announce(connection, notices)
