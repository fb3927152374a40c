"""Keeps episodes, turns and a conversation's clocks in step with its messages. Only it writes `episode` and `turn`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.fragments import ADMIN
from sokhach.conversations.holding import hold, holding
from sokhach.conversations.rules import EpisodeState, Fact, Progress, Resolved, Said, TurnState, order
from sokhach.core.config import settings
from sokhach.core.database import Asked, ask_all, bigints

_STANDING = text(
    """
    SELECT c.id, c.progressed_at,
        e.id AS episode_id, e.opened_at, e.opened_by, e.last_activity_at, e.first_response_at,
        t.id AS turn_id, t.first_message_id, t.waiting_since, t.message_count,
        (SELECT max(r.seen_until) FROM resolution r WHERE r.conversation_id = c.id AND r.revoked_at IS NULL)
            AS resolved_until
    FROM conversation c
    LEFT JOIN episode e ON e.conversation_id = c.id AND e.resolved_at IS NULL
    LEFT JOIN turn t ON t.conversation_id = c.id AND t.closed_at IS NULL
    WHERE c.id = ANY (CAST(:ids AS bigint[]))
    """
)
# A staff message counts from when the platform took it; what others of our side sent, from the channel's clock.
_FACTS = text(
    f"""
    SELECT m.id, m.sent_at AS at, m.direction = 'in' AS by_customer,
        coalesce(m.author_staff_id, h.staff_id) AS author_staff_id, NULL::timestamptz AS written_at
    FROM message m JOIN conversation c ON c.id = m.conversation_id
    {ADMIN}
    WHERE m.conversation_id = :id AND m.sent_at >= :since AND m.kind <> 'event'
        AND m.author_kind IN ('customer', 'channel') AND m.import_id IS NULL
    UNION ALL
    SELECT m.id, d.sent_at, false, m.author_staff_id, m.sent_at
    FROM delivery d JOIN message m ON m.id = d.message_id
    WHERE d.conversation_id = :id AND d.client_id IS NOT NULL AND d.sent_at >= :since AND NOT EXISTS (
        SELECT FROM resolution r WHERE r.conversation_id = :id AND r.revoked_at IS NULL
            AND r.seen_until >= m.sent_at AND r.seen_until < :since
    )
    """
)
_RESOLUTIONS = text(
    "SELECT seen_until, resolved_at, staff_id FROM resolution"
    " WHERE conversation_id = :id AND revoked_at IS NULL AND seen_until >= :since"
)
_WRITE_EPISODES = text(
    """
    INSERT INTO episode (id, conversation_id, opened_at, opened_by, last_activity_at, silence_due_at,
        first_response_at, resolved_at, resolution, resolved_by) OVERRIDING SYSTEM VALUE
    SELECT coalesce(id, nextval('episode_id_seq')), conversation_id, opened_at, opened_by, last_activity_at,
        silence_due_at, first_response_at, resolved_at, resolution, resolved_by
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, conversation_id bigint, opened_at timestamptz,
        opened_by text, last_activity_at timestamptz, silence_due_at timestamptz, first_response_at timestamptz,
        resolved_at timestamptz, resolution text, resolved_by bigint)
    ORDER BY resolved_at NULLS LAST
    ON CONFLICT (id) DO UPDATE SET last_activity_at = excluded.last_activity_at,
        silence_due_at = excluded.silence_due_at, first_response_at = excluded.first_response_at,
        resolved_at = excluded.resolved_at, resolution = excluded.resolution, resolved_by = excluded.resolved_by
    """
)
_WRITE_TURNS = text(
    """
    INSERT INTO turn (id, conversation_id, first_message_id, waiting_since, message_count, closed_at, close_reason,
        answer_message_id, answered_by) OVERRIDING SYSTEM VALUE
    SELECT coalesce(id, nextval('turn_id_seq')), conversation_id, first_message_id, waiting_since, message_count,
        closed_at, close_reason, answer_message_id, answered_by
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, conversation_id bigint, first_message_id bigint,
        waiting_since timestamptz, message_count integer, closed_at timestamptz, close_reason text,
        answer_message_id bigint, answered_by bigint)
    ORDER BY closed_at NULLS LAST
    ON CONFLICT (id) DO UPDATE SET message_count = excluded.message_count, closed_at = excluded.closed_at,
        close_reason = excluded.close_reason, answer_message_id = excluded.answer_message_id,
        answered_by = excluded.answered_by
    """
)
# One update of a row that many indexes point to. Unread are the customer's messages after `read_at`: the last that
# staff saw, or said with the channel's own tools.
_WRITE_STANDING = text(
    """
    UPDATE conversation c SET
        waiting_since = CASE WHEN r.moved THEN r.waiting_since ELSE c.waiting_since END,
        episode_open = CASE WHEN r.moved THEN r.episode_open ELSE c.episode_open END,
        progressed_at = greatest(c.progressed_at, r.progressed_at),
        created_at = least(c.created_at, r.first_at),
        message_count = c.message_count + r.messages,
        read_at = greatest(c.read_at, r.out),
        unread_count = CASE
            WHEN c.read_at IS NULL AND r.out IS NULL THEN c.unread_count + r.unread
            WHEN coalesce(r.out <= c.read_at, r.out IS NULL) AND coalesce(r.first_in > c.read_at, true)
                THEN c.unread_count + r.unread
            ELSE (SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in'
                AND m.kind <> 'event' AND m.import_id IS NULL AND m.sent_at > greatest(c.read_at, r.out)) END,
        last_inbound_at = greatest(c.last_inbound_at, r.inbound),
        last_message_id = CASE WHEN r.last_at >= c.last_message_at OR c.last_message_id IS NULL
            THEN coalesce(r.last_id, c.last_message_id) ELSE c.last_message_id END,
        last_message_at = CASE WHEN c.last_message_id IS NULL THEN coalesce(r.last_at, c.last_message_at)
            ELSE greatest(c.last_message_at, r.last_at) END
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, moved boolean, waiting_since timestamptz,
        episode_open boolean, progressed_at timestamptz, messages integer, unread integer, first_in timestamptz,
        inbound timestamptz, out timestamptz, first_at timestamptz, last_at timestamptz, last_id bigint)
    WHERE c.id = r.id
    """
)


class Counts(msgspec.Struct, kw_only=True):
    """What new messages add to their conversation's row. Times are the channel's; `out` is our side's last."""

    messages: int = 0
    unread: int = 0
    first_in: datetime | None = None
    inbound: datetime | None = None
    out: datetime | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None
    last_id: int | None = None


def silence() -> timedelta:
    return timedelta(hours=settings().silence_hours)


async def advance(
    connection: AsyncConnection, facts: Mapping[int, Sequence[Fact]], counts: Mapping[int, Counts] | None = None
) -> None:
    """Takes new facts by conversation. The messages among them are stored already; so are the resolutions.

    Facts later than all before them move the clocks on; a fact that comes late has its time worked out anew. What new
    messages add to their conversations' rows (`counts`) is written along.
    """
    standing: dict[int, Progress] = {}
    if facts:
        _, rows = await ask_all(connection, holding(facts), Asked(_STANDING, {"ids": bigints(facts)}))
        for row in rows:
            new = order(facts[row["id"]])
            since = _late_since(new, row["progressed_at"], row["resolved_until"])
            if since is not None:
                standing[row["id"]] = await _rework(connection, row["id"], since)
            else:
                standing[row["id"]] = progress = _standing(row)
                progress.advance(new, silence())
    await _write(connection, standing, counts or {})


async def rework(connection: AsyncConnection, conversation_id: int, since: datetime) -> None:
    """Works out again the episodes and turns from the episode of `since` on: a decision was taken back."""
    await hold(connection, [conversation_id])
    await _write(connection, {conversation_id: await _rework(connection, conversation_id, since)}, {})


def _late_since(
    new: Sequence[Fact], progressed_at: datetime | None, resolved_until: datetime | None
) -> datetime | None:
    """From when on to work out anew because some of `new` belong before facts that were taken already; None: all are
    news."""
    first = min(fact.at for fact in new)
    written = [fact.written_at for fact in new if isinstance(fact, Said) and fact.written_at is not None]
    moved = [at for at in written if resolved_until is not None and at <= resolved_until]
    if moved or (progressed_at is not None and first < progressed_at):
        return min([first, *moved])
    return None


def _standing(row: Mapping[Any, Any]) -> Progress:
    episode = turn = None
    if row["episode_id"] is not None:
        episode = EpisodeState(
            id=row["episode_id"],
            opened_at=row["opened_at"],
            opened_by=row["opened_by"],
            last_activity_at=row["last_activity_at"],
            first_response_at=row["first_response_at"],
        )
    if row["turn_id"] is not None:
        turn = TurnState(
            id=row["turn_id"],
            first_message_id=row["first_message_id"],
            waiting_since=row["waiting_since"],
            message_count=row["message_count"],
        )
    return Progress(episode, turn)


async def _rework(connection: AsyncConnection, conversation_id: int, since: datetime) -> Progress:
    """An episode opens with no turn waiting, so its opening is a clean place to begin. Rows keep their ids in order."""
    values: dict[str, Any] = {"id": conversation_id, "since": since}
    opened = await connection.execute(
        text("SELECT max(opened_at) FROM episode WHERE conversation_id = :id AND opened_at <= :since"), values
    )
    values["since"] = opened.scalar_one() or since
    episode_ids = await connection.execute(
        text("DELETE FROM episode WHERE conversation_id = :id AND opened_at >= :since RETURNING id"), values
    )
    turn_ids = await connection.execute(
        text("DELETE FROM turn WHERE conversation_id = :id AND waiting_since >= :since RETURNING id"), values
    )
    facts: list[Fact] = [
        Said(row.at, row.id, row.by_customer, row.author_staff_id, row.written_at)
        for row in await connection.execute(_FACTS, values)
    ]
    facts += [
        Resolved(row.seen_until, row.resolved_at, row.staff_id)
        for row in await connection.execute(_RESOLUTIONS, values)
    ]
    progress = Progress()
    progress.advance(order(facts), silence())
    for state, kept in zip(progress.episodes, sorted(episode_ids.scalars()), strict=False):
        state.id = kept
    for state, kept in zip(progress.turns, sorted(turn_ids.scalars()), strict=False):
        state.id = kept
    return progress


async def _write(connection: AsyncConnection, standing: Mapping[int, Progress], counts: Mapping[int, Counts]) -> None:
    episodes: list[Mapping[str, Any]] = []
    turns: list[Mapping[str, Any]] = []
    for conversation_id, progress in standing.items():
        here = {"conversation_id": conversation_id}
        due = progress.silence_due_at(silence())
        for episode in progress.episodes:
            still_open = {"silence_due_at": due if episode is progress.episode else None}
            episodes.append(_fields(episode) | here | still_open)
        turns += [_fields(turn) | here for turn in progress.turns]
    rows = [_row(one, standing.get(one), counts.get(one)) for one in sorted({*standing, *counts})]
    written = ((_WRITE_EPISODES, episodes), (_WRITE_TURNS, turns), (_WRITE_STANDING, rows))
    asked = [Asked(one, {"rows": msgspec.json.encode(values).decode()}) for one, values in written if values]
    if asked:
        await ask_all(connection, *asked)


def _row(conversation_id: int, progress: Progress | None, counts: Counts | None) -> Mapping[str, Any]:
    row = _fields(counts or _NOTHING) | {"id": conversation_id, "moved": progress is not None}
    if progress is not None:
        row["waiting_since"] = progress.turn.waiting_since if progress.turn else None
        row["episode_open"] = progress.episode is not None
        row["progressed_at"] = progress.at
    return row


_NOTHING = Counts()


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(struct)
