"""Customers of old conversations: finding whom a file means, and making whom nobody knew. Names and details that are
there already stay as they are. Writes `contact` and `contact_identity` besides `service`, only what is new."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.text import fold


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an account knows by `external_id`. `phone` is E.164."""

    external_id: str
    name: str
    phone: str | None
    custodian_id: int | None
    first_seen_at: datetime


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of what was not there before."""

    contacts: list[int]
    identities: list[int]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A direct thread of somebody who is called so, by name (folded) or phone number."""

    word: str
    thread_key: str


async def by_phone(connection: AsyncConnection, account_id: int, phones: Collection[str]) -> list[Found]:
    """Whose direct threads on the account have one of these numbers."""
    return await _found(connection, _BY_PHONE, account_id, phones)


async def by_name(connection: AsyncConnection, account_id: int, names: Collection[str]) -> list[Found]:
    """`names` are folded."""
    return await _found(connection, _BY_NAME, account_id, names)


async def known_contacts(connection: AsyncConnection, account_id: int, people: Collection[str]) -> dict[str, int]:
    """External id → contact."""
    if not people:
        return {}
    rows = await connection.execute(_KNOWN, {"account": account_id, "words": _json(sorted(people))})
    return {row.external_id: row.contact_id for row in rows}


async def add_people(connection: AsyncConnection, account_id: int, people: Sequence[NewPerson]) -> Made:
    """Makes those whom the account does not know; safe against whoever meets them at the same time."""
    if not people:
        return Made(contacts=[], identities=[])
    ids = (await connection.execute(_IDS, {"n": len(people)})).scalars().all()
    rows = [
        msgspec.structs.asdict(one) | {"contact_id": contact_id, "name_folded": fold(one.name)}
        for contact_id, one in zip(ids, people, strict=True)
    ]
    created = (await connection.execute(_ADD, {"rows": _json(rows), "account": account_id})).all()
    used = {row.contact_id for row in created}
    unused = [contact_id for contact_id in ids if contact_id not in used]
    if unused:
        await connection.execute(text("DELETE FROM contact WHERE id = ANY (:ids)"), {"ids": unused})
    phones = [row for row in rows if row["phone"] and row["contact_id"] in used]
    identities: list[int] = [row.id for row in created]
    if phones:
        identities += (await connection.execute(_ADD_PHONES, {"rows": _json(phones)})).scalars()
    return Made(contacts=sorted(used), identities=identities)


async def _found(
    connection: AsyncConnection, statement: TextClause, account_id: int, words: Collection[str]
) -> list[Found]:
    if not words:
        return []
    rows = await connection.execute(statement, {"account": account_id, "words": _json(sorted(words))})
    return [Found(word=row.word, thread_key=row.thread_key) for row in rows]


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_WORDS = "ANY (ARRAY(SELECT json_array_elements_text(CAST(:words AS json))))"
_BY_PHONE = text(
    f"""
    SELECT DISTINCT i.external_id AS word, c.thread_key
    FROM contact_identity i JOIN conversation c ON c.contact_id = i.contact_id
    WHERE i.kind = 'phone' AND i.external_id = {_WORDS} AND c.account_id = :account AND c.kind = 'direct'
    """
)
_BY_NAME = text(
    f"""
    SELECT DISTINCT k.name_folded AS word, c.thread_key
    FROM contact k JOIN conversation c ON c.contact_id = k.id
    WHERE k.name_folded = {_WORDS} AND k.name_folded <> '' AND c.account_id = :account AND c.kind = 'direct'
    """
)
_KNOWN = text(
    f"""
    SELECT external_id, contact_id FROM contact_identity
    WHERE kind = 'channel' AND account_id = :account AND external_id = {_WORDS}
    """
)
_IDS = text("SELECT nextval('contact_id_seq') FROM generate_series(1, :n)")
_ADD = text(
    """
    WITH person AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS r (contact_id bigint, external_id text, name text,
            name_folded text, custodian_id bigint, first_seen_at timestamptz)
    ), prepared AS (
        INSERT INTO contact (id, name, name_folded, custodian_id, created_at) OVERRIDING SYSTEM VALUE
        SELECT contact_id, name, name_folded, custodian_id, first_seen_at FROM person
    )
    INSERT INTO contact_identity (contact_id, kind, account_id, external_id, display_name, first_seen_at)
    SELECT contact_id, 'channel', :account, external_id, nullif(name, ''), first_seen_at
    FROM person ORDER BY external_id
    ON CONFLICT (account_id, external_id) WHERE kind = 'channel' DO NOTHING
    RETURNING id, contact_id
    """
)
_ADD_PHONES = text(
    """
    INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)
    SELECT contact_id, 'phone', phone, first_seen_at FROM json_to_recordset(CAST(:rows AS json))
        AS r (contact_id bigint, phone text, first_seen_at timestamptz)
    ON CONFLICT (contact_id, external_id) WHERE kind = 'phone' DO NOTHING
    RETURNING id
    """
)
