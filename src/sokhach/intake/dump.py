"""What came from channels, in one canonical form: two stores that heard the same give the same lines.

Natural keys only: no ids, salts or leaves of ours, and no times of arrival. What staff did is left out, and so is what
they brought from files: where they acted in a thread, its counters, turns and episodes are worked out here as if they
had not, and a message that they sent stands as the platform knows it, once it has taken it. Whether silence has closed
the last episode yet depends on when one looks, so an episode shows when silence ends it.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import progress
from sokhach.conversations.fragments import NOT_OURS
from sokhach.conversations.rules import EpisodeState, Fact, Progress, Said, TurnState, order

THREADS_AT_ONCE = 200

_ACCOUNT = "a.channel || ':' || a.external_id"
_CHOSEN = "a.id = coalesce(CAST(:account AS bigint), a.id)"
_IDENTITIES = text(
    f"""
    SELECT {_ACCOUNT} AS account, i.external_id, i.display_name, i.avatar_url, i.following, i.follow_source, i.details,
        i.first_seen_at, ARRAY(
            SELECT p.external_id FROM contact_identity p WHERE p.contact_id = i.contact_id AND p.kind = 'phone'
            ORDER BY p.external_id
        ) AS phones
    FROM contact_identity i JOIN channel_account a ON a.id = i.account_id
    WHERE i.kind = 'channel' AND {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", i.external_id COLLATE "C"
    """
)
_RECALLS = text(
    f"""
    SELECT {_ACCOUNT} AS account, r.thread_key AS thread, r.external_id, r.by, r.at
    FROM message_recall r JOIN channel_account a ON a.id = r.account_id
    WHERE {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", r.thread_key COLLATE "C", r.external_id COLLATE "C"
    """
)
_RECEIPTS = text(
    f"""
    SELECT {_ACCOUNT} AS account, r.external_id, r.kind, r.at
    FROM message_receipt r JOIN channel_account a ON a.id = r.account_id
    WHERE {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", r.external_id COLLATE "C", r.kind
    """
)
# What our side put there may have come by our own answer, without an echo.
_REACTIONS = text(
    f"""
    SELECT {_ACCOUNT} AS account, r.thread_key AS thread, r.external_id, r.author, r.icon
    FROM reaction r JOIN channel_account a ON a.id = r.account_id
    WHERE r.icon IS NOT NULL AND r.author <> '' AND {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", r.thread_key COLLATE "C", r.external_id COLLATE "C", r.author COLLATE "C"
    """
)
_TAGS = text(
    f"""
    SELECT {_ACCOUNT} AS account, t.name, i.external_id AS person
    FROM contact_tag k JOIN tag t ON t.id = k.tag_id JOIN channel_account a ON a.id = k.account_id
    JOIN contact_identity i ON i.contact_id = k.contact_id AND i.account_id = k.account_id AND i.kind = 'channel'
    WHERE k.present AND {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", t.name COLLATE "C", i.external_id COLLATE "C"
    """
)
_PRIVACY_REQUESTS = text(
    f"""
    SELECT {_ACCOUNT} AS account, i.external_id AS person, p.kind, p.requested_at, p.due_at
    FROM privacy_request p JOIN contact_identity i ON i.id = p.identity_id JOIN channel_account a ON a.id = p.account_id
    WHERE {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", i.external_id COLLATE "C", p.kind, p.requested_at
    """
)
_CHANNEL_EVENTS = text(
    f"""
    SELECT {_ACCOUNT} AS account, e.name, e.person, e.message_external_id, e.details, e.at
    FROM channel_event e JOIN channel_account a ON a.id = e.account_id
    WHERE {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", e.name COLLATE "C", e.at, e.person COLLATE "C", e.details::text COLLATE "C"
    """
)
_CHANNEL_ADMINS = text(
    f"""
    SELECT {_ACCOUNT} AS account, h.external_id, h.first_seen_at, h.last_seen_at
    FROM channel_admin h JOIN channel_account a ON a.id = h.account_id
    WHERE {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", h.external_id COLLATE "C"
    """
)
_THREADS = text(
    f"""
    SELECT c.id, {_ACCOUNT} AS account, c.thread_key AS thread, c.kind, c.title, c.created_at, c.message_count,
        c.unread_count, c.last_message_id, c.last_message_at, c.last_inbound_at, c.waiting_since, c.read_at
    FROM conversation c JOIN channel_account a ON a.id = c.account_id
    WHERE {_CHOSEN}
    ORDER BY {_ACCOUNT} COLLATE "C", c.thread_key COLLATE "C"
    """
)
_PARTICIPANTS = text(
    """
    SELECT p.conversation_id, i.external_id, p.joined_at,
        CASE WHEN p.came_at IS NULL OR p.left_at >= p.came_at THEN p.left_at END AS left_at
    FROM conversation_participant p JOIN contact_identity i ON i.id = p.identity_id
    WHERE p.conversation_id = ANY (:ids) ORDER BY i.external_id COLLATE "C"
    """
)
_MESSAGES = text(
    f"""
    SELECT m.conversation_id, m.id, least(m.external_id COLLATE "C", known.external_id) AS external_id, m.direction,
        m.author_external_id AS author, m.author_kind = 'staff' OR m.import_id IS NOT NULL AS by_staff, m.kind,
        m.body, m.content, m.external_id AS own_name, known.names, recall.by AS recalled_by,
        m.quoted_external_id AS quoted, CASE WHEN d.client_id IS NULL THEN m.sent_at ELSE d.sent_at END AS sent_at,
        d.state, d.delivered_at, d.seen_at
    FROM message m
    LEFT JOIN delivery d ON d.message_id = m.id
    LEFT JOIN LATERAL (
        SELECT min(external_id COLLATE "C") AS external_id,
            coalesce(array_agg(external_id ORDER BY external_id COLLATE "C"), '{{}}') AS names
        FROM message_alias WHERE message_id = m.id AND external_id {NOT_OURS}
    ) AS known ON true
    LEFT JOIN LATERAL (
        SELECT min(x.by) AS by FROM message_recall x WHERE x.message_id = m.id
    ) AS recall ON true
    WHERE m.conversation_id = ANY (:ids)
    """
)
_TURNS = text("SELECT * FROM turn WHERE conversation_id = ANY (:ids) ORDER BY waiting_since, id")
_EPISODES = text("SELECT * FROM episode WHERE conversation_id = ANY (:ids) ORDER BY opened_at, id")
_RESOLVED = text("SELECT DISTINCT conversation_id FROM resolution WHERE conversation_id = ANY (:ids)")

Values = Mapping[Any, Any]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Counters and clocks of a thread."""

    message_count: int
    unread_count: int
    last_message: str | None
    last_message_at: datetime | None
    waiting_since: datetime | None


class Thread:
    """A conversation with all that belongs to it, as rows of the store."""

    def __init__(self, row: RowMapping) -> None:
        self.row = row
        self.name = {"account": row["account"], "thread": row["thread"]}
        self.participants: list[Values] = []
        self.messages: list[Values] = []
        self.turns: list[Values] = []
        self.episodes: list[Values] = []
        self.touched = False

    def add_message(self, row: RowMapping) -> None:
        self.touched = self.touched or row["by_staff"]
        if row["external_id"] is not None and row["sent_at"] is not None:
            self.messages.append(row)

    def lines(self, silence: timedelta) -> Iterable[Values]:
        self.messages.sort(key=lambda one: (one["sent_at"], one["id"]))
        external_id = {one["id"]: one["external_id"] for one in self.messages}
        if self._staff_acted():
            standing, turns, episodes = self._without_staff(silence)
        else:
            standing, turns, episodes = self._as_stored()
        yield self._line(
            "thread",
            {
                "kind": self.row["kind"],
                "title": self.row["title"],
                "participants": [[one["external_id"], one["joined_at"], one["left_at"]] for one in self.participants],
                "created_at": self.row["created_at"],
                "last_inbound_at": self.row["last_inbound_at"],
                **msgspec.structs.asdict(standing),
            },
        )
        for message in self.messages:
            names = {*message["names"], message["own_name"]} - {message["external_id"], None}
            yield self._line("message", _picked(message, _MESSAGE) | {"also": sorted(names)})
            if message["direction"] == "out":
                yield self._line("delivery", _picked(message, _DELIVERY))
        for turn in turns:
            yield self._line(
                "turn",
                _picked(turn, _TURN)
                | {
                    "first_message": external_id.get(turn["first_message_id"]),
                    "answer_message": external_id.get(turn["answer_message_id"]),
                },
            )
        for episode in episodes:
            silent_at = episode["resolved_at"] if episode["resolution"] == "silence" else episode["silence_due_at"]
            yield self._line("episode", _picked(episode, _EPISODE) | {"silent_at": silent_at})

    def _line(self, kind: str, values: Values) -> Values:
        return {"is": kind, **self.name, **values}

    def _staff_acted(self) -> bool:
        said = max((one["sent_at"] for one in self.messages if one["direction"] == "out"), default=None)
        return self.touched or self.row["read_at"] != said

    def _as_stored(self) -> tuple[Standing, Sequence[Values], Sequence[Values]]:
        last = next((one for one in self.messages if one["id"] == self.row["last_message_id"]), None)
        standing = Standing(
            message_count=self.row["message_count"],
            unread_count=self.row["unread_count"],
            last_message=last["external_id"] if last else None,
            last_message_at=self.row["last_message_at"],
            waiting_since=self.row["waiting_since"],
        )
        return standing, self.turns, self.episodes

    def _without_staff(self, silence: timedelta) -> tuple[Standing, Sequence[Values], Sequence[Values]]:
        counted = [one for one in self.messages if one["kind"] != "event"]
        facts: list[Fact] = [Said(one["sent_at"], one["id"], one["direction"] == "in") for one in counted]
        told = Progress()
        told.advance(order(facts), silence)
        answered = max((one["sent_at"] for one in self.messages if one["direction"] == "out"), default=None)
        unread = [one for one in counted if one["direction"] == "in" and (not answered or one["sent_at"] > answered)]
        standing = Standing(
            message_count=len(self.messages),
            unread_count=len(unread),
            last_message=self.messages[-1]["external_id"] if self.messages else None,
            last_message_at=self.messages[-1]["sent_at"] if self.messages else None,
            waiting_since=told.turn.waiting_since if told.turn else None,
        )
        due = told.silence_due_at(silence)
        episodes = [_values(one) | {"silence_due_at": due if one is told.episode else None} for one in told.episodes]
        return standing, [_values(one) for one in told.turns], episodes


_MESSAGE = ("external_id", "direction", "author", "kind", "body", "content", "quoted", "sent_at", "recalled_by")
_DELIVERY = ("external_id", "state", "sent_at", "delivered_at", "seen_at")
_TURN = ("waiting_since", "message_count", "closed_at", "close_reason")
_EPISODE = ("opened_at", "opened_by", "last_activity_at", "first_response_at")


async def dump(connection: AsyncConnection, *, account_id: int | None = None) -> AsyncIterator[bytes]:
    """JSON lines (of an account): what stands in no thread first (identities, receipts, reactions, recalls, tags,
    requests about data, the log, who writes with the channel's tools), then thread by thread, each with its messages,
    turns and episodes; ordered by natural keys. Needs a transaction of its own, as the owner: it reads one moment."""
    await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    chosen = {"account": account_id}
    for kind, statement in _APART.items():
        async for row in (await connection.stream(statement, chosen)).mappings():
            yield _encode({"is": kind, **row})
    found = await connection.stream(_THREADS, chosen)
    async for page in found.mappings().partitions(THREADS_AT_ONCE):
        for thread in await _read(connection, page):
            for line in thread.lines(progress.silence()):
                yield _encode(line)


async def _read(connection: AsyncConnection, page: Sequence[RowMapping]) -> list[Thread]:
    threads = {row["id"]: Thread(row) for row in page}
    rows: dict[str, list[RowMapping]] = defaultdict(list)
    for name, statement in _PARTS.items():
        found = await connection.execute(statement, {"ids": list(threads)})
        rows[name] = list(found.mappings())
    for row in rows["messages"]:
        threads[row["conversation_id"]].add_message(row)
    for row in rows["participants"]:
        threads[row["conversation_id"]].participants.append(row)
    for row in rows["turns"]:
        threads[row["conversation_id"]].turns.append(row)
    for row in rows["episodes"]:
        threads[row["conversation_id"]].episodes.append(row)
    for row in rows["resolved"]:
        threads[row["conversation_id"]].touched = True
    return list(threads.values())


_APART = {
    "identity": _IDENTITIES,
    "receipt": _RECEIPTS,
    "reaction": _REACTIONS,
    "recall": _RECALLS,
    "tag": _TAGS,
    "privacy_request": _PRIVACY_REQUESTS,
    "channel_event": _CHANNEL_EVENTS,
    "channel_admin": _CHANNEL_ADMINS,
}
_PARTS = {
    "messages": _MESSAGES,
    "participants": _PARTICIPANTS,
    "turns": _TURNS,
    "episodes": _EPISODES,
    "resolved": _RESOLVED,
}


def _picked(row: Values, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _values(state: TurnState | EpisodeState) -> dict[str, Any]:
    return msgspec.structs.asdict(state)


def _encode(line: Values) -> bytes:
    return msgspec.json.encode(line, order="sorted") + b"\n"
