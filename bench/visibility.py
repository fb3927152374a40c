"""`make bench-visibility`: what the list of conversations costs who sees a part, beside who sees everything.

A million conversations (`SIZE` s: 100,000) without their messages, which walls do not look at. Timed is what the
product's own statements take as the web role, for a page of the list with its counts: no HTTP, no rendering.
"""

import asyncio
import os
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, get_args

import psycopg
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.support import Cluster, cluster, console, percentile, report, say
from sokhach.conversations import queries
from sokhach.conversations.queries import View
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.config import Settings
from sokhach.core.database import Database, dsn, urls
from sokhach.core.paging import Position, write_cursor
from sokhach.people.queries import caller_by_id

SIZES = {"s": 100_000, "m": 1_000_000, "l": 1_000_000}
END = datetime(2026, 11, 1, tzinfo=UTC)
STAFF, TEAM = 60, 14
ADMIN, MANAGER, LEAD, BUSIEST, HOLDER, SHARED, DEPUTY = 1, 2, 3, 7, 8, 9, 10
LED = range(20, 20 + TEAM)
ACCOUNTS, HELD = 12, (11, 12)
"""The last two are personal; their holder has 2 of 1,000 conversations each."""
SHARES = 300
OPEN, WAITING, POOL = 0.04, 0.02, 0.03
SPEED = {"staff_p95_ms": "≤ manager_p95_ms + 5"}


class Kind(NamedTuple):
    """Whom we ask as; `of`: whose figures they count among."""

    name: str
    staff_id: int
    of: str


KINDS = (
    Kind("manager", MANAGER, "manager"),
    Kind("ordinary", 40, "staff"),
    Kind("busiest", BUSIEST, "staff"),
    Kind("holder of two", HOLDER, "staff"),
    Kind(f"{SHARES} shares", SHARED, "staff"),
    Kind("deputy", DEPUTY, "staff"),
    Kind(f"lead of {TEAM}", LEAD, "staff"),
)


def main() -> None:
    size = os.environ.get("SIZE", "m")
    with cluster() as database:
        settings = _prepare(database, SIZES[size])
        figures = asyncio.run(_measure(settings, int(os.environ.get("TIMES", "60"))))
    rows = [(name, f"{value:,.2f}", SPEED.get(name, "")) for name, value in figures.items()]
    report(f"What the walls cost at {SIZES[size]:,} conversations", rows, figures)


def _prepare(database: Cluster, count: int) -> Settings:
    """A filled database; one that this file or the migrations would fill otherwise is filled anew."""
    name = f"bench_visibility_{count}"
    settings = database.settings(name)
    if database.exists(name):
        with psycopg.connect(dsn(urls(settings).owner)) as connection:
            full = connection.execute("SELECT count(*) FROM pg_class WHERE relname = 'bench_full'").fetchone()
        if full and full[0] and not os.environ.get("FRESH"):
            return settings
    settings = database.create(name)
    say(f"filling {count:,} conversations")
    with psycopg.connect(dsn(urls(settings).owner)) as connection:
        _people(connection)
        _copy(connection, "contact", "id name name_folded custodian_id created_at", _contacts(count))
        connection.execute("ALTER TABLE conversation DISABLE TRIGGER USER")
        _copy(connection, "conversation", _CONVERSATION, _conversations(count))
        connection.execute("ALTER TABLE conversation ENABLE TRIGGER USER")
        _grants(connection, count)
        connection.execute("CREATE TABLE bench_full (id integer)")
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    return settings


def _people(connection: psycopg.Connection[Any]) -> None:
    roles = {ADMIN: "admin", MANAGER: "manager", LEAD: "lead"}
    for one in range(1, STAFF + 1):
        connection.execute(
            "INSERT INTO staff (name, name_folded, email, role, locale, color_scheme, created_at)"
            " VALUES (%s, %s, %s, %s, 'vi', 'auto', %s)",
            [f"NV {one}", f"nv {one}", f"nv{one}@bench.example", roles.get(one, "staff"), END],
        )
    connection.execute("INSERT INTO team (kind, name) VALUES ('team', 'Nhóm 1')")
    for one in (LEAD, *LED):
        connection.execute("INSERT INTO staff_team VALUES (%s, 1, %s)", [one, one == LEAD])
    for one in range(1, ACCOUNTS + 1):
        connection.execute(
            "INSERT INTO channel_account (channel, external_id, name, credentials, health, created_at, holder_id)"
            " VALUES (%s, %s, %s, '', 'ok', %s, %s)",
            ["zalo_oa", f"oa{one}", f"OA {one}", END, HOLDER if one in HELD else None],
        )
    connection.execute(
        "INSERT INTO staff_leave (staff_id, from_at, until_at, deputy_id, note, created_by, created_at)"
        " VALUES (%s, %s, %s, %s, '', %s, %s)",
        [41, END - timedelta(days=1), END + timedelta(days=3650), DEPUTY, 41, END],
    )


def _custodian(number: int) -> int | None:
    """A fifth is one person's; some are nobody's; the rest is spread."""
    chance = random.Random(number)
    if chance.random() < POOL:
        return None
    return BUSIEST if chance.random() < 0.2 else chance.randrange(8, STAFF + 1)


def _contacts(count: int) -> Iterator[Sequence[Any]]:
    for number in range(1, count + 1):
        yield number, f"Khách {number}", f"khach {number}", _custodian(number), END


_CONVERSATION = (
    "id account_id thread_key kind contact_id custodian_id assignee_id created_at last_message_at message_count"
    " unread_count waiting_since episode_open"
)


def _conversations(count: int) -> Iterator[Sequence[Any]]:
    chance = random.Random(1)
    for number in range(1, count + 1):
        at = END - timedelta(seconds=chance.random() * 365 * 86_400)
        custodian = _custodian(number)
        assignee = chance.randrange(8, STAFF + 1) if custodian is not None and chance.random() < 0.05 else None
        account = HELD[number % 2] if number % 250 == 0 else number % (ACCOUNTS - len(HELD)) + 1
        is_open = chance.random() < OPEN
        waits = at if is_open and chance.random() < WAITING / OPEN else None
        yield number, account, f"u{number}", "direct", number, custodian, assignee, at, at, 1, 0, waits, is_open


def _grants(connection: psycopg.Connection[Any], count: int) -> None:
    chance = random.Random(2)
    rows = [
        (one, staff, "share", staff, END, END + timedelta(days=3650), "")
        for staff, most in ((SHARED, SHARES), *((other, 5) for other in range(20, STAFF + 1)))
        for one in chance.sample(range(1, count + 1), most)
    ]
    _copy(
        connection, "conversation_grant", "conversation_id staff_id kind granted_by granted_at until note", iter(rows)
    )


def _copy(connection: psycopg.Connection[Any], table: str, columns: str, rows: Iterator[Sequence[Any]]) -> None:
    named = ", ".join(columns.split())
    overriding = connection.cursor()
    with overriding.copy(f"COPY {table} ({named}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


async def _measure(settings: Settings, times: int) -> Mapping[str, float]:
    """Each view's first page with counts, and a page from anywhere, in turn; planned once, as the product does."""
    web = Database(urls(settings).web, size=1, plans_once=True)
    clock.set_offset((END - clock.now()).total_seconds() + 60)
    took: dict[tuple[str, str], list[float]] = {}
    chance = random.Random(3)
    async with web.transaction() as connection:
        actors = {kind: await _actor(connection, kind.staff_id) for kind in KINDS}
    for turn in range(-3, times):
        for kind, actor in actors.items():
            for view in get_args(View):
                at = END - timedelta(seconds=chance.random() * 300 * 86_400)
                deep = write_cursor(Position(at, 1))
                for place, before in (("first, counts", None), ("deep", deep)):
                    async with web.transaction(actor) as connection:
                        began = time.perf_counter()
                        await queries.list_conversations(connection, actor, view=view, before=before, limit=50)
                        seconds = time.perf_counter() - began
                    if turn >= 0:
                        took.setdefault((kind.name, f"{view} {place}"), []).append(seconds)
    await web.close()
    _show(took)
    figures = {f"{of}_p95_ms": _worst(took, of) for of in ("manager", "staff")}
    return figures | {"difference_ms": figures["staff_p95_ms"] - figures["manager_p95_ms"]}


def _worst(took: Mapping[tuple[str, str], list[float]], of: str) -> float:
    """The 95th percentile of the slowest kind of page."""
    names = {kind.name for kind in KINDS if kind.of == of}
    return max(percentile(seconds, 0.95) for (name, _), seconds in took.items() if name in names) * 1000


async def _actor(connection: AsyncConnection, staff_id: int) -> Actor:
    caller = await caller_by_id(connection, staff_id)
    assert caller is not None
    return caller.actor


def _show(took: Mapping[tuple[str, str], list[float]]) -> None:
    table = Table("", "", "median", "p95", title="A page of the list, ms", title_justify="left")
    for kind, seconds in took.items():
        table.add_row(*kind, *(f"{percentile(seconds, part) * 1000:.1f}" for part in (0.5, 0.95)))
    console.print(table)


if __name__ == "__main__":
    main()
