"""A channel tells later what a file has told already (old messages are read on connecting, gaps are filled): the
channel's own word stands, with all that follows from it, and the imported one gives way."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.events import MessagesStored
from sokhach.conversations.holding import hold
from sokhach.core.database import bigints
from sokhach.core.text import fold
from sokhach.intake.importing.knowing import MINUTE, NEAR, Told, names_of, same

Row = Mapping[Any, Any]


async def give_way(connection: AsyncConnection, events: Sequence[MessagesStored]) -> None:
    """Handler of `MessagesStored`."""
    told = {event.conversation_id for event in events if event.message_ids}
    if not told:
        return
    found = await connection.execute(_IMPORTED_INTO, {"ids": bigints(sorted(told))})
    where = set(found.scalars())
    if not where:
        return
    ids = [id for event in events if event.conversation_id in where for id in event.message_ids]
    await hold(connection, where)
    near = await connection.execute(_NEAR, {"ids": bigints(ids), "reach": MINUTE + NEAR})
    named: dict[int, set[str]] = defaultdict(set)
    for row in await connection.execute(_NAMES, {"ids": bigints(ids)}):
        named[row.id].add(row.name)
    twin_of: dict[int, int] = {}
    # One of ours for one of theirs: whoever says `ok` twice has said it twice.
    for row in near.mappings():
        if row["imported"] in twin_of or row["id"] in twin_of.values():
            continue
        if _is_one(row, named[row["id"]]):
            twin_of[row["imported"]] = row["id"]
    if twin_of:
        await connection.execute(_GIVE_WAY, {"imported": list(twin_of), "twins": list(twin_of.values())})


def _is_one(row: Row, names: set[str]) -> bool:
    if row["external_id"] and names.intersection(names_of(row["external_id"])):
        return True
    ours = Told(row["old_kind"], fold(row["old_body"] or ""), row["old_at"], row["whole_minute"])
    return same(ours, Told(row["kind"], fold(row["body"] or ""), row["sent_at"], whole_minute=False))


_IMPORTED_INTO = text(
    """
    SELECT c.id FROM unnest(CAST(:ids AS bigint[])) AS c (id)
    WHERE EXISTS (SELECT FROM message_import i WHERE i.conversation_id = c.id)
    """
)
# At about the same time, the nearest first.
_NEAR = text(
    """
    SELECT m.id, m.kind, m.body, m.sent_at, o.id AS imported, o.kind AS old_kind, o.body AS old_body,
        o.sent_at AS old_at, i.external_id, i.whole_minute
    FROM message m JOIN message o ON o.conversation_id = m.conversation_id AND o.direction = m.direction
        AND o.import_id IS NOT NULL AND o.sent_at BETWEEN m.sent_at - :reach AND m.sent_at + :reach
    JOIN message_import i ON i.message_id = o.id
    WHERE m.id = ANY (CAST(:ids AS bigint[])) AND m.import_id IS NULL AND m.kind <> 'event'
    ORDER BY m.sent_at, m.id, abs(extract(epoch FROM o.sent_at - m.sent_at)), o.id
    """
)
_NAMES = text(
    """
    SELECT id, external_id AS name FROM message
    WHERE id = ANY (CAST(:ids AS bigint[])) AND external_id IS NOT NULL
    UNION SELECT message_id, external_id FROM message_alias WHERE message_id = ANY (CAST(:ids AS bigint[]))
    """
)
_GIVE_WAY = text("SELECT give_way(CAST(:imported AS bigint[]), CAST(:twins AS bigint[]))")
