"""Contacts and identities. The only writer of `contact` and `contact_identity`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.database import KEYS, Key, bigints, by_account
from sokhach.core.text import fold
from sokhach.customers.events import IdentitiesCreated
from sokhach.customers.rules import merged


class Known(NamedTuple):
    """A person on an account, and the contact that they are."""

    identity_id: int
    contact_id: int
    custodian_id: int | None
    first_seen_at: datetime


class ProfileSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What a channel says of a person."""

    identity_id: int
    display_name: str
    name_folded: str
    avatar_url: str | None
    at: datetime


class NameSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What a channel calls a person in passing."""

    identity_id: int
    name: str
    at: datetime


class FollowSeen(msgspec.Struct, frozen=True, kw_only=True):
    """`source`: by which way the person came to follow, in the channel's word."""

    identity_id: int
    following: bool
    source: str | None = None
    at: datetime


class DetailsSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What a person told of themselves, by field; `phone` in E.164 when it is a number."""

    identity_id: int
    contact_id: int
    fields: Mapping[str, str]
    phone: str | None
    at: datetime


_FIND = text(
    f"""
    SELECT k.account_id, p.* FROM {KEYS} CROSS JOIN LATERAL (
        SELECT i.external_id, i.id, i.contact_id, c.custodian_id, i.first_seen_at
        FROM contact_identity i JOIN contact c ON c.id = i.contact_id
        WHERE i.kind = 'channel' AND i.account_id = k.account_id AND i.external_id = k.name OFFSET 0
    ) AS p
    """
)
_CREATE = text(
    """
    WITH person AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json))
            AS r (contact_id bigint, account_id bigint, external_id text, first_seen_at timestamptz)
    ), prepared AS (
        INSERT INTO contact (id, name, name_folded, created_at) OVERRIDING SYSTEM VALUE
        SELECT contact_id, '', '', first_seen_at FROM person
    )
    INSERT INTO contact_identity (contact_id, kind, account_id, external_id, first_seen_at)
    SELECT contact_id, 'channel', account_id, external_id, first_seen_at FROM person ORDER BY account_id, external_id
    ON CONFLICT (account_id, external_id) WHERE kind = 'channel' DO NOTHING
    RETURNING account_id, external_id, contact_id
    """
)


async def ensure_identities(
    connection: AsyncConnection, people: Mapping[Key, datetime]
) -> tuple[dict[Key, Known], list[IdentitiesCreated]]:
    """Finds or makes the identities of `people` (→ first seen). Set-based; safe against other lanes."""
    if not people:
        return {}, []
    known = await find_known(connection, people)
    await _seen_earlier(connection, known, people)
    missing = [one for one in people if one not in known]
    if not missing:
        return known, []
    ids = await connection.execute(
        text("SELECT nextval('contact_id_seq') FROM generate_series(1, :n)"), {"n": len(missing)}
    )
    rows = [
        {"contact_id": contact_id, "account_id": one[0], "external_id": one[1], "first_seen_at": people[one]}
        for contact_id, one in zip(ids.scalars(), missing, strict=True)
    ]
    created = (await connection.execute(_CREATE, {"rows": msgspec.json.encode(rows).decode()})).all()
    fresh: dict[int, list[str]] = defaultdict(list)
    for row in created:
        fresh[row.account_id].append(row.external_id)
    # Two lanes may meet the same person (in a group, and directly): whoever is second takes back what it prepared.
    if len(created) < len(rows):
        used = {row.contact_id for row in created}
        unused = [row["contact_id"] for row in rows if row["contact_id"] not in used]
        await connection.execute(text("DELETE FROM contact WHERE id = ANY (:ids)"), {"ids": unused})
    met = await find_known(connection, missing)
    await _seen_earlier(connection, met, people)
    known |= met
    return known, [IdentitiesCreated(account_id=account_id, people=fresh[account_id]) for account_id in sorted(fresh)]


async def find_known(connection: AsyncConnection, people: Iterable[Key]) -> dict[Key, Known]:
    """Those of `people` that have identities."""
    rows = await connection.execute(_FIND, {"keys": by_account(people)})
    return {
        (row.account_id, row.external_id): Known(row.id, row.contact_id, row.custodian_id, row.first_seen_at)
        for row in rows
    }


async def _seen_earlier(
    connection: AsyncConnection, known: Mapping[Key, Known], people: Mapping[Key, datetime]
) -> None:
    """What was said first may come last."""
    rows = [
        {"id": who.identity_id, "at": people[person]}
        for person, who in known.items()
        if people[person] < who.first_seen_at
    ]
    if rows:
        await connection.execute(_SEEN_EARLIER, {"rows": msgspec.json.encode(rows).decode()})


async def apply_profiles(connection: AsyncConnection, profiles: Sequence[ProfileSeen]) -> list[int]:
    """Takes names and pictures over, the newest last. A contact is named after its identity unless a person named it.
    Returns the contacts that changed."""
    if not profiles:
        return []
    await connection.execute(_HOLD_CONTACTS, {"ids": bigints(one.identity_id for one in profiles)})
    rows = await connection.execute(_PROFILE, {"rows": msgspec.json.encode(profiles).decode()})
    return list({row.contact_id for row in rows})


async def apply_names(connection: AsyncConnection, seen: Sequence[NameSeen]) -> list[int]:
    """Names for those who have none yet; of several the first that was used. Returns the contacts that changed."""
    if not seen:
        return []
    ids = bigints({one.identity_id for one in seen})
    nameless = set((await connection.execute(_NAMELESS, {"ids": ids})).scalars())
    rows = [
        {"identity_id": one.identity_id, "name": one.name, "name_folded": fold(one.name), "at": one.at}
        for one in seen
        if one.identity_id in nameless
    ]
    if not rows:
        return []
    await connection.execute(_HOLD_CONTACTS, {"ids": bigints(nameless)})
    changed = await connection.execute(_NAME, {"rows": msgspec.json.encode(rows).decode()})
    return list({row.contact_id for row in changed})


async def apply_follows(connection: AsyncConnection, follows: Sequence[FollowSeen]) -> None:
    """Who follows the account, by the latest word; and by which way the last one came who did."""
    if follows:
        await connection.execute(_FOLLOW, {"rows": msgspec.json.encode(follows).decode()})
    sources = [one for one in follows if one.following and one.source]
    if sources:
        await connection.execute(_FOLLOW_SOURCE, {"rows": msgspec.json.encode(sources).decode()})


async def apply_details(connection: AsyncConnection, seen: Sequence[DetailsSeen]) -> list[int]:
    """Takes over what people told, each field by its latest word, and keeps every phone number as an identity of the
    contact. Equal numbers join no contacts: they may be a family's, or a typing error. Returns the contacts."""
    if not seen:
        return []
    ids = sorted({one.identity_id for one in seen})
    known = {row.id: row.details for row in await connection.execute(_HOLD_DETAILS, {"ids": ids})}
    for one in seen:
        known[one.identity_id] = merged(known.get(one.identity_id), one.fields, one.at)
    rows = [{"id": identity_id, "details": details} for identity_id, details in known.items() if details]
    await connection.execute(_DETAILS, {"rows": msgspec.json.encode(rows).decode()})
    phones = [{"contact_id": one.contact_id, "phone": one.phone, "at": one.at} for one in seen if one.phone]
    if phones:
        await connection.execute(_PHONES, {"rows": msgspec.json.encode(phones).decode()})
    return sorted({one.contact_id for one in seen})


def profile_seen(identity_id: int, display_name: str, avatar_url: str | None, at: datetime) -> ProfileSeen:
    return ProfileSeen(
        identity_id=identity_id,
        display_name=display_name,
        name_folded=fold(display_name),
        avatar_url=avatar_url,
        at=at,
    )


_SEEN_EARLIER = text(
    """
    UPDATE contact_identity i SET first_seen_at = least(i.first_seen_at, held.at)
    FROM (
        SELECT k.id, r.at FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, at timestamptz)
        JOIN contact_identity k ON k.id = r.id ORDER BY k.id FOR NO KEY UPDATE OF k
    ) AS held WHERE i.id = held.id
    """
)
# In one order everywhere, or two who rename many wait for each other in a ring.
_HOLD_CONTACTS = text(
    """
    SELECT FROM contact
    WHERE id IN (SELECT contact_id FROM contact_identity WHERE id = ANY (CAST(:ids AS bigint[])))
    ORDER BY id FOR NO KEY UPDATE
    """
)
_PROFILE = text(
    """
    WITH seen AS (
        SELECT DISTINCT ON (identity_id) * FROM json_to_recordset(CAST(:rows AS json)) AS r (identity_id bigint,
            display_name text, name_folded text, avatar_url text, at timestamptz)
        ORDER BY identity_id, at DESC
    ), before AS (
        SELECT i.id, i.display_name FROM contact_identity i JOIN seen s ON s.identity_id = i.id
    ), identity AS (
        UPDATE contact_identity i SET display_name = s.display_name, avatar_url = s.avatar_url, profiled_at = s.at
        FROM seen s WHERE i.id = s.identity_id AND (i.profiled_at IS NULL OR i.profiled_at <= s.at)
        RETURNING i.id, i.contact_id, s.display_name, s.name_folded, s.avatar_url
    )
    UPDATE contact c SET avatar_url = n.avatar_url, name = n.display_name, name_folded = n.name_folded
    FROM identity n JOIN before b ON b.id = n.id
    WHERE c.id = n.contact_id AND (c.name = '' OR c.name = b.display_name)
        AND (c.name, c.avatar_url) IS DISTINCT FROM (n.display_name, n.avatar_url)
    RETURNING c.id AS contact_id
    """
)
_NAMELESS = text(
    "SELECT id FROM contact_identity WHERE id = ANY (CAST(:ids AS bigint[])) AND coalesce(display_name, '') = ''"
)
_NAME = text(
    """
    WITH seen AS (
        SELECT DISTINCT ON (identity_id) * FROM json_to_recordset(CAST(:rows AS json)) AS r (identity_id bigint,
            name text, name_folded text, at timestamptz)
        ORDER BY identity_id, at, name
    ), identity AS (
        UPDATE contact_identity i SET display_name = s.name
        FROM seen s WHERE i.id = s.identity_id AND coalesce(i.display_name, '') = ''
        RETURNING i.contact_id, s.name, s.name_folded
    )
    UPDATE contact c SET name = n.name, name_folded = n.name_folded FROM identity n
    WHERE c.id = n.contact_id AND c.name = ''
    RETURNING c.id AS contact_id
    """
)
_FOLLOW = text(
    """
    UPDATE contact_identity i SET following = s.following, following_at = s.at
    FROM (
        SELECT DISTINCT ON (identity_id) * FROM json_to_recordset(CAST(:rows AS json))
            AS r (identity_id bigint, following boolean, at timestamptz)
        ORDER BY identity_id, at DESC
    ) s
    WHERE i.id = s.identity_id AND (i.following_at IS NULL OR i.following_at < s.at)
    """
)
_FOLLOW_SOURCE = text(
    """
    UPDATE contact_identity i SET follow_source = s.source, follow_source_at = s.at
    FROM (
        SELECT DISTINCT ON (identity_id) * FROM json_to_recordset(CAST(:rows AS json))
            AS r (identity_id bigint, source text, at timestamptz)
        ORDER BY identity_id, at DESC
    ) s
    WHERE i.id = s.identity_id AND (i.follow_source_at IS NULL OR i.follow_source_at < s.at)
    """
)
_HOLD_DETAILS = text("SELECT id, details FROM contact_identity WHERE id = ANY (:ids) ORDER BY id FOR NO KEY UPDATE")
_DETAILS = text(
    """
    UPDATE contact_identity i SET details = r.details
    FROM json_to_recordset(CAST(:rows AS json)) AS r (id bigint, details jsonb) WHERE i.id = r.id
    """
)
_PHONES = text(
    """
    INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)
    SELECT contact_id, 'phone', phone, min(at) FROM json_to_recordset(CAST(:rows AS json))
        AS r (contact_id bigint, phone text, at timestamptz)
    GROUP BY contact_id, phone ORDER BY contact_id, phone
    ON CONFLICT (contact_id, external_id) WHERE kind = 'phone'
        DO UPDATE SET first_seen_at = least(contact_identity.first_seen_at, excluded.first_seen_at)
    """
)
