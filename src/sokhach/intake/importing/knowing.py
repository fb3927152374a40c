"""Which messages of a file the store has already: from the channel, from what our people sent, or from another import.

By the id that the file gives, as the channel or an earlier file called it; else by thread, direction and words, within
seconds. Rows of one file that only look alike are not taken for one another: people do say `ok` twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.text import fold
from sokhach.intake.importing.placing import Placed

NEAR = timedelta(seconds=2)
"""Clocks of two programs differ by so much."""
MINUTE = timedelta(seconds=60)


class Told(NamedTuple):
    """A message as far as it can be recognised."""

    kind: str
    words: str
    at: datetime
    whole_minute: bool


async def known(connection: AsyncConnection, import_id: int, placed: Sequence[Placed]) -> set[int]:
    """Numbers of the lines whose messages the store has."""
    there = [one for one in placed if one.thread.conversation_id is not None]
    by_id = await _by_id(connection, there)
    left = [one for one in there if one.line.number not in by_id]
    return by_id | await _by_words(connection, import_id, left)


def same(one: Told, other: Told) -> bool:
    """Whether both are one message. A time without seconds may be anywhere in its minute.

    >>> from datetime import UTC
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> same(Told("text", "ok", at, True), Told("text", "ok", at + timedelta(seconds=40), False))
    True
    """
    if one.words != other.words or (not one.words and one.kind != other.kind):
        return False
    if one.whole_minute == other.whole_minute:
        return abs(one.at - other.at) <= NEAR
    minute, exact = (one, other) if one.whole_minute else (other, one)
    return -NEAR <= exact.at - minute.at < MINUTE + NEAR


def names_of(external_id: str) -> list[str]:
    """What a channel may call the message that a file names so: our personal accounts prefix the platform's ids."""
    return [external_id, f"m:{external_id}"]


async def _by_id(connection: AsyncConnection, placed: Sequence[Placed]) -> set[int]:
    wanted = [
        {
            "n": one.line.number,
            "account": one.thread.account_id,
            "conversation": one.thread.conversation_id,
            "name": name,
        }
        for one in placed
        if one.line.external_id
        for name in names_of(one.line.external_id)
    ]
    if not wanted:
        return set()
    rows = await connection.execute(_BY_ID, {"wanted": _json(wanted)})
    return set(rows.scalars())


async def _by_words(connection: AsyncConnection, import_id: int, placed: Sequence[Placed]) -> set[int]:
    if not placed:
        return set()
    reach = MINUTE + NEAR
    lines = {one.line.number: one.line for one in placed}
    wanted = [
        {
            "n": one.line.number,
            "conversation": one.thread.conversation_id,
            "direction": one.line.direction,
            "since": one.line.at - reach,
            "until": one.line.at + reach,
        }
        for one in placed
    ]
    rows = await connection.execute(_NEAR, {"wanted": _json(wanted), "import": import_id})
    near: dict[int, list[Told]] = defaultdict(list)
    for row in rows:
        near[row.n].append(Told(row.kind, fold(row.body or ""), row.sent_at, row.whole_minute))
    found: set[int] = set()
    for number, told in near.items():
        line = lines[number]
        this = Told(line.kind, fold(line.text), line.at, line.whole_minute)
        if any(same(this, other) for other in told):
            found.add(number)
    return found


def twice(placed: Iterable[Placed]) -> set[int]:
    """Numbers of lines whose id another line of the same thread had before."""
    seen: set[tuple[int, str, str]] = set()
    found: set[int] = set()
    for one in placed:
        key = (one.thread.account_id, one.thread.key, one.line.external_id)
        if one.line.external_id and key in seen:
            found.add(one.line.number)
        seen.add(key)
    return found


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_BY_ID = text(
    """
    WITH wanted AS MATERIALIZED (
        SELECT * FROM json_to_recordset(CAST(:wanted AS json))
            AS r (n bigint, account bigint, conversation bigint, name text)
    )
    SELECT w.n FROM wanted w JOIN message m ON m.conversation_id = w.conversation AND m.external_id = w.name
    UNION
    SELECT w.n FROM wanted w JOIN message_alias a ON a.account_id = w.account AND a.external_id = w.name
    JOIN message m ON m.id = a.message_id AND m.conversation_id = w.conversation
    UNION
    SELECT w.n FROM wanted w JOIN message_import i ON i.conversation_id = w.conversation AND i.external_id = w.name
    """
)
_NEAR = text(
    """
    SELECT w.n, m.kind, m.body, m.sent_at, coalesce(i.whole_minute, false) AS whole_minute
    FROM json_to_recordset(CAST(:wanted AS json)) AS w (n bigint, conversation bigint, direction text,
        since timestamptz, until timestamptz)
    JOIN message m ON m.conversation_id = w.conversation AND m.sent_at BETWEEN w.since AND w.until
        AND m.direction = w.direction
    LEFT JOIN message_import i ON i.message_id = m.id
    WHERE m.kind <> 'event' AND m.import_id IS DISTINCT FROM :import
    """
)
