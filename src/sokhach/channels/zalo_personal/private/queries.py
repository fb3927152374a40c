"""Reads of what is work and what is private on an account. The database says who sees which."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal.private.people import Person
from sokhach.channels.zalo_personal.private.rules import Sim, Thread

DAYS = timedelta(days=30)

Kind = Literal["work", "private"]


class MarkedBy(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    name: str


class MarkedContact(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is, or was, work: `kind` since `at`, as `by` said. `contact_id` when there are conversations with
    them that the caller sees."""

    person: str
    group: bool
    contact_id: int | None
    name: str
    kind: Kind
    by: MarkedBy
    at: datetime


class PrivateDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the company's, and how much of it was private."""

    day: date
    threads: int
    messages: int


class PrivateView(msgspec.Struct, frozen=True, kw_only=True):
    """`items`: who is or was work. `threads`, `messages`, `by_day` (of the last 30 days): how much was not captured;
    whose, nobody can tell. `can_mark`: the caller is the holder of an own SIM."""

    sim: Sim
    can_mark: bool
    items: Sequence[MarkedContact]
    threads: int
    messages: int
    by_day: Sequence[PrivateDay]


class Standing(NamedTuple):
    """`is_holder`: the caller holds it, and a holder of an own SIM has shown so by a login."""

    sim: Sim
    is_holder: bool


_STANDING = text(
    """
    SELECT p.sim, a.holder_id IS NOT DISTINCT FROM CAST(:me AS bigint)
        AND (p.sim = 'company' OR p.handed_over_at IS NULL)
    FROM personal_account p
    JOIN channel_account a ON a.id = p.account_id WHERE p.account_id = :account
    """
)
_MARKED = text(
    """
    SELECT DISTINCT ON (w.thread_key, w.in_group) w.thread_key, w.in_group, w.name AS called,
        w.ended_at IS NULL AS is_work, coalesce(w.ended_at, w.marked_at) AS at,
        s.id AS staff_id, s.name AS staff_name, k.id AS contact_id, coalesce(k.name, c.title) AS known_as
    FROM work_contact w
    JOIN staff s ON s.id = coalesce(w.ended_by, w.marked_by)
    LEFT JOIN conversation c ON c.account_id = w.account_id AND c.thread_key = w.thread_key
    LEFT JOIN contact k ON k.id = c.contact_id
    WHERE w.account_id = :account ORDER BY w.thread_key, w.in_group, w.id DESC
    """
)
_EXTENT = text("SELECT threads, messages FROM private_extent(:account)")
_DAYS = text("SELECT day, threads, messages FROM private_days(:account, :zone, :since)")
_WORK = text("SELECT thread_key, in_group FROM work_contact WHERE account_id = :account AND ended_at IS NULL")
_SEALED = text("SELECT sealed, fetched_at FROM private_people WHERE account_id = :account")


async def standing(connection: AsyncConnection, account_id: int, staff_id: int) -> Standing | None:
    """None: the caller sees no such account."""
    row = (await connection.execute(_STANDING, {"account": account_id, "me": staff_id})).one_or_none()
    return Standing(*row) if row is not None else None


async def private_view(
    connection: AsyncConnection, account_id: int, found: Standing, zone: ZoneInfo, now: datetime
) -> PrivateView:
    extent = (await connection.execute(_EXTENT, {"account": account_id})).one()
    days = await connection.execute(_DAYS, {"account": account_id, "zone": str(zone), "since": now - DAYS})
    marked = await connection.execute(_MARKED, {"account": account_id})
    items = [
        MarkedContact(
            person=row.thread_key,
            group=row.in_group,
            contact_id=row.contact_id,
            name=row.known_as or row.called or row.thread_key,
            kind="work" if row.is_work else "private",
            by=MarkedBy(id=row.staff_id, name=row.staff_name),
            at=row.at,
        )
        for row in marked
    ]
    return PrivateView(
        sim=found.sim,
        can_mark=found.is_holder and found.sim == "own",
        items=sorted(items, key=lambda one: one.at, reverse=True),
        threads=extent.threads,
        messages=extent.messages,
        by_day=[PrivateDay(day=row.day, threads=row.threads, messages=row.messages) for row in days],
    )


async def work_threads(connection: AsyncConnection, account_id: int) -> set[Thread]:
    return {Thread(*row) for row in await connection.execute(_WORK, {"account": account_id})}


async def sealed_people(connection: AsyncConnection, account_id: int) -> tuple[bytes | None, datetime | None]:
    """Nothing for anybody but the holder: the database does not show it."""
    row = (await connection.execute(_SEALED, {"account": account_id})).one_or_none()
    return (row.sealed, row.fetched_at) if row is not None else (None, None)


class PersonChoice(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    group: bool
    kind: Kind


def choices(people: Sequence[Person], work: set[Thread]) -> list[PersonChoice]:
    return [
        PersonChoice(
            id=one.id, name=one.name, group=one.group, kind="work" if Thread(one.id, one.group) in work else "private"
        )
        for one in people
    ]
