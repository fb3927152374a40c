"""Keeps episodes, turns and a conversation's clocks in step with its messages. Only it writes `episode` and `turn`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.rules import EpisodeState, Fact, Progress, Resolved, Said, TurnState, order
from sokhach.core.config import settings

# Whoever works out a conversation's clocks holds its row, and reads them only afterwards.
_LOCK = text("SELECT id FROM conversation WHERE id = ANY (:ids) ORDER BY id FOR NO KEY UPDATE")
_STANDING = text(
    """
    SELECT c.id, c.progressed_at,
        e.id AS episode_id, e.opened_at, e.opened_by, e.last_activity_at, e.first_response_at,
        t.id AS turn_id, t.first_message_id, t.waiting_since, t.message_count
    FROM conversation c
    LEFT JOIN episode e ON e.conversation_id = c.id AND e.resolved_at IS NULL
    LEFT JOIN turn t ON t.conversation_id = c.id AND t.closed_at IS NULL
    WHERE c.id = ANY (:ids)
    """
)
# A staff message counts from when the platform took it; what others of our side sent, from the channel's clock.
_FACTS = text(
    """
    SELECT m.id, CASE WHEN d.client_id IS NULL THEN m.sent_at ELSE d.sent_at END AS at,
        m.direction = 'in' AS by_customer, m.author_staff_id
    FROM message m LEFT JOIN delivery d ON d.message_id = m.id
    WHERE m.conversation_id = :id AND m.kind <> 'event' AND m.author_kind <> 'system'
        AND m.sent_at >= CAST(:since AS timestamptz) - interval '2 days'
        AND (m.direction = 'in' OR d.sent_at IS NOT NULL)
        AND CASE WHEN d.client_id IS NULL THEN m.sent_at ELSE d.sent_at END >= :since
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
_WRITE_STANDING = text(
    """
    UPDATE conversation c SET waiting_since = r.waiting_since, episode_open = r.episode_open,
        progressed_at = greatest(c.progressed_at, r.progressed_at)
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, waiting_since timestamptz, episode_open boolean,
        progressed_at timestamptz)
    WHERE c.id = r.id
    """
)


def silence() -> timedelta:
    return timedelta(hours=settings().silence_hours)


async def advance(connection: AsyncConnection, facts: Mapping[int, Sequence[Fact]]) -> None:
    """Takes new facts by conversation. The messages among them are stored already; so are the resolutions.

    Facts later than all before them move the clocks on; a fact that comes late has its time worked out anew.
    """
    if not facts:
        return
    await connection.execute(_LOCK, {"ids": list(facts)})
    standing: dict[int, Progress] = {}
    for row in (await connection.execute(_STANDING, {"ids": list(facts)})).mappings():
        new = order(facts[row["id"]])
        if row["progressed_at"] is not None and new[0].at < row["progressed_at"]:
            standing[row["id"]] = await _rework(connection, row["id"], new[0].at)
        else:
            standing[row["id"]] = progress = _standing(row)
            progress.advance(new, silence())
    await _write(connection, standing)


async def rework(connection: AsyncConnection, conversation_id: int, since: datetime) -> None:
    """Works out again the episodes and turns from the episode of `since` on: a decision was taken back."""
    await connection.execute(_LOCK, {"ids": [conversation_id]})
    await _write(connection, {conversation_id: await _rework(connection, conversation_id, since)})


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
        Said(row.at, row.id, row.by_customer, row.author_staff_id) for row in await connection.execute(_FACTS, values)
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


async def _write(connection: AsyncConnection, standing: Mapping[int, Progress]) -> None:
    rows: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for conversation_id, progress in standing.items():
        due = progress.silence_due_at(silence())
        for episode in progress.episodes:
            fields = cast("dict[str, object]", msgspec.structs.asdict(episode))
            fields["silence_due_at"] = due if episode is progress.episode else None
            rows[_WRITE_EPISODES].append(fields | {"conversation_id": conversation_id})
        for turn in progress.turns:
            rows[_WRITE_TURNS].append(
                cast("dict[str, object]", msgspec.structs.asdict(turn)) | {"conversation_id": conversation_id}
            )
        rows[_WRITE_STANDING].append(
            {
                "id": conversation_id,
                "waiting_since": progress.turn.waiting_since if progress.turn else None,
                "episode_open": progress.episode is not None,
                "progressed_at": progress.at,
            }
        )
    for statement, values in rows.items():
        await connection.execute(statement, {"rows": msgspec.json.encode(values).decode()})
