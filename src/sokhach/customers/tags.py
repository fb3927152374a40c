"""Tags: words by which the company sorts its customers. The only writer of `tag`, `contact_tag` and `tag_removal`.

Accounts and staff each have a say; of what they said of a contact and a tag, the latest counts (the view `tagged`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.upkeep import tag_changes
from sokhach.core.actor import Actor
from sokhach.core.audit import AuditAction, record
from sokhach.customers.rules import colour_of


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    """`colour` is the name of one of the console's colours."""

    id: int
    name: str
    colour: str


class TagSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What an account says of a tag: on whom it is, or (without contacts) that it was made or done away with."""

    name: str
    contact_ids: Sequence[int]
    change: Literal["added", "removed", "created", "deleted"]
    at: datetime


async def all_tags(connection: AsyncConnection) -> list[Tag]:
    """Those that the transaction's actor may know of, by name."""
    rows = await connection.execute(
        text("SELECT t.id, t.name, t.colour FROM tag t WHERE t.id IN (SELECT k.id FROM known_tags() k) ORDER BY t.name")
    )
    return [Tag(id=row.id, name=row.name, colour=row.colour) for row in rows]


async def of_contacts(connection: AsyncConnection, contact_ids: Collection[int]) -> Mapping[int, list[Tag]]:
    """Contact → the tags that they carry, by name."""
    found: dict[int, list[Tag]] = defaultdict(list)
    if contact_ids:
        for row in await connection.execute(_OF_CONTACTS, {"ids": list(contact_ids)}):
            found[row.contact_id].append(Tag(id=row.id, name=row.name, colour=row.colour))
    return found


def tags_of(contact_id: str) -> str:
    """SQL, for lists: the tags that this contact carries, by name, as JSON like `Tag`; null for none."""
    return f"""(
        SELECT json_agg(json_build_object('id', tag.id, 'name', tag.name, 'colour', tag.colour) ORDER BY tag.name)
        FROM tagged t JOIN tag ON tag.id = t.tag_id WHERE t.contact_id = {contact_id}
    )"""


async def put(connection: AsyncConnection, actor: Actor, contact_id: int, name: str, now: datetime) -> None:
    """A person tags a contact whom they see; a name that nobody used before makes the tag."""
    await _ensure(connection, {name: now})
    values = {"contact": contact_id, "name": name, "present": True, "now": now, "staff": actor.staff_id}
    if (await connection.execute(_CARRIES, values)).first() is None:
        await record(connection, AuditAction.CONTACT_TAG, contact_id, after={"tag": name})
    await connection.execute(_SAY, values)
    await tag_changes.ask(connection, contact_id, name, "added", now)


async def take(connection: AsyncConnection, actor: Actor, contact_id: int, tag_id: int, now: datetime) -> str | None:
    """A person takes a tag off a contact whom they see. Returns the tag's name; None when the contact has none such."""
    found = await connection.execute(_CARRIED, {"contact": contact_id, "tag": tag_id})
    name: str | None = found.scalar_one_or_none()
    if name is not None:
        values = {"contact": contact_id, "name": name, "present": False, "now": now, "staff": actor.staff_id}
        await connection.execute(_SAY, values)
        await record(connection, AuditAction.CONTACT_UNTAG, contact_id, before={"tag": name})
        await tag_changes.ask(connection, contact_id, name, "removed", now)
    return name


async def apply(connection: AsyncConnection, account_id: int, seen: Sequence[TagSeen]) -> list[int]:
    """What an account says, the latest word last, whatever order it comes in. Returns the contacts that it is about."""
    if not seen:
        return []
    first: dict[str, datetime] = {}
    for one in seen:
        first[one.name] = min(one.at, first.get(one.name, one.at))
    await _ensure(connection, first)
    removals = [{"name": one.name, "at": one.at} for one in seen if one.change == "deleted"]
    if removals:
        await connection.execute(_REMOVE, {"rows": _json(removals), "account": account_id})
    rows = [
        {"contact_id": contact_id, "name": one.name, "present": one.change == "added", "at": one.at}
        for one in seen
        if one.change in {"added", "removed"}
        for contact_id in one.contact_ids
    ]
    changed: set[int] = set()
    if rows:
        found = await connection.execute(_TELL, {"rows": _json(rows), "account": account_id})
        changed.update(found.scalars())
    if removals:
        found = await connection.execute(_SWEEP, {"rows": _json(removals), "account": account_id})
        changed.update(found.scalars())
    return sorted(changed)


async def apply_whole(
    connection: AsyncConnection, account_id: int, carried: Mapping[str, Sequence[int]], at: datetime
) -> list[int]:
    """All that an account says of tags (name → contacts) at `at`: what it said before and says no more is taken off.
    Returns the contacts that it is about."""
    await _ensure(connection, dict.fromkeys(carried, at))
    rows = [{"contact_id": contact, "name": name} for name, contacts in carried.items() for contact in contacts]
    found = await connection.execute(_TELL_WHOLE, {"rows": _json(rows), "account": account_id, "at": at})
    return sorted(set(found.scalars()))


async def _ensure(connection: AsyncConnection, names: Mapping[str, datetime]) -> None:
    rows = [{"name": name, "colour": colour_of(name), "at": at} for name, at in sorted(names.items())]
    await connection.execute(_ENSURE, {"rows": _json(rows)})


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_OF_CONTACTS = text(
    """
    SELECT t.contact_id, tag.id, tag.name, tag.colour FROM tagged t JOIN tag ON tag.id = t.tag_id
    WHERE t.contact_id = ANY (:ids) ORDER BY tag.name
    """
)
_CARRIED = text(
    "SELECT tag.name FROM tagged t JOIN tag ON tag.id = t.tag_id WHERE t.contact_id = :contact AND t.tag_id = :tag"
)
_CARRIES = text("SELECT FROM tagged t JOIN tag ON tag.id = t.tag_id WHERE t.contact_id = :contact AND tag.name = :name")
_ENSURE = text(
    """
    INSERT INTO tag (name, colour, created_at)
    SELECT name, colour, at FROM json_to_recordset(CAST(:rows AS json)) AS r (name text, colour text, at timestamptz)
    WHERE NOT EXISTS (SELECT FROM tag t WHERE t.name = r.name)
    ON CONFLICT (name) DO NOTHING
    """
)
_SAY = text(
    """
    INSERT INTO contact_tag (contact_id, tag_id, present, changed_at, changed_by)
    SELECT :contact, tag.id, :present, :now, :staff FROM tag WHERE tag.name = :name
    ON CONFLICT (contact_id, tag_id, account_id) DO UPDATE
        SET present = excluded.present, changed_at = excluded.changed_at, changed_by = excluded.changed_by
    """
)
# A removal of the whole tag that is younger than the word makes the word void.
_TELL = text(
    """
    INSERT INTO contact_tag (contact_id, tag_id, account_id, present, changed_at)
    SELECT DISTINCT ON (r.contact_id, tag.id) r.contact_id, tag.id, :account,
        r.present AND NOT EXISTS (SELECT FROM tag_removal x
            WHERE x.account_id = :account AND x.tag_id = tag.id AND x.removed_at >= r.at), r.at
    FROM json_to_recordset(CAST(:rows AS json))
        AS r (contact_id bigint, name text, present boolean, at timestamptz)
    JOIN tag ON tag.name = r.name
    ORDER BY r.contact_id, tag.id, r.at DESC, r.present
    ON CONFLICT (contact_id, tag_id, account_id) DO UPDATE
        SET present = excluded.present, changed_at = excluded.changed_at
        WHERE contact_tag.changed_at < excluded.changed_at
            OR (contact_tag.changed_at = excluded.changed_at AND contact_tag.present AND NOT excluded.present)
    RETURNING contact_id
    """
)
_TELL_WHOLE = text(
    """
    WITH said AS (
        SELECT DISTINCT r.contact_id, tag.id AS tag_id FROM json_to_recordset(CAST(:rows AS json))
            AS r (contact_id bigint, name text)
        JOIN tag ON tag.name = r.name
    ), gone AS (
        UPDATE contact_tag k SET present = false, changed_at = :at
        WHERE k.account_id = :account AND k.present AND k.changed_at < :at
            AND NOT EXISTS (SELECT FROM said s WHERE s.contact_id = k.contact_id AND s.tag_id = k.tag_id)
        RETURNING k.contact_id
    ), put AS (
        INSERT INTO contact_tag AS k (contact_id, tag_id, account_id, present, changed_at)
        SELECT contact_id, tag_id, :account, true, :at FROM said ORDER BY contact_id, tag_id
        ON CONFLICT (contact_id, tag_id, account_id) DO UPDATE SET present = true, changed_at = excluded.changed_at
            WHERE NOT k.present AND k.changed_at < excluded.changed_at
        RETURNING contact_id
    )
    SELECT contact_id FROM gone UNION SELECT contact_id FROM put
    """
)
_REMOVE = text(
    """
    INSERT INTO tag_removal (account_id, tag_id, removed_at)
    SELECT :account, tag.id, max(r.at) FROM json_to_recordset(CAST(:rows AS json)) AS r (name text, at timestamptz)
    JOIN tag ON tag.name = r.name GROUP BY tag.id
    ON CONFLICT (account_id, tag_id) DO UPDATE SET removed_at = greatest(tag_removal.removed_at, excluded.removed_at)
    """
)
_SWEEP = text(
    """
    UPDATE contact_tag k SET present = false FROM tag, tag_removal x
    WHERE tag.name IN (SELECT name FROM json_to_recordset(CAST(:rows AS json)) AS r (name text))
        AND x.tag_id = tag.id AND x.account_id = :account AND k.tag_id = tag.id AND k.account_id = :account
        AND k.present AND k.changed_at <= x.removed_at
    RETURNING k.contact_id
    """
)
