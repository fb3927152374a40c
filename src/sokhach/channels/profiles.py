"""Loop: of people whom we know by id only, the channel is asked for name and picture. Its answer goes the way of
everything that comes in, by the journal."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import GROUP, Account, Connector, SendRefusedError
from sokhach.channels.pacing import held
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.customers.events import IdentitiesCreated, ProfilesOutdated

log = structlog.get_logger()

AT_ONCE = 20
"""A step; steps are at least 0.4 s apart. What Zalo lets an app call beyond these 3,000 a minute is for the staff's own
messages."""
CONNECTIONS = 8
STORES = 2
"""Of the worker's connections to the database."""
LOOKED_AT = 1_000
"""Of so many requests, the newest ones, those whose threads are the most recent go first: they are on screens."""
FIRST_RETRY_SECONDS = 60
LONGEST_RETRY_SECONDS = 6 * 3600
GIVE_UP_AFTER = 20

LaneOf = Callable[[int, str], int]
"""The lane of (account id, thread key), as the gateway reckons it."""


class _Request(NamedTuple):
    account: Account
    person: str
    attempts: int


_CLAIM = text(
    """
    WITH newest AS MATERIALIZED (
        SELECT p.account_id, p.external_id FROM profile_request p JOIN channel_account a ON a.id = p.account_id
        WHERE p.due_at <= :now AND a.health <> 'down'
            AND (a.tokens IS NOT NULL OR a.id = ANY (CAST(:held AS bigint[])))
        ORDER BY p.due_at DESC LIMIT :looked_at
    ), due AS (
        SELECT p.account_id, p.external_id FROM newest n
        JOIN profile_request p ON p.account_id = n.account_id AND p.external_id = n.external_id
        LEFT JOIN conversation c ON c.account_id = n.account_id
            AND c.thread_key = regexp_replace(n.external_id, CAST(:group AS text), '')
        WHERE p.due_at <= :now
        ORDER BY c.last_message_at DESC NULLS LAST LIMIT :limit FOR UPDATE OF p SKIP LOCKED
    )
    UPDATE profile_request r SET attempts = r.attempts + 1,
        due_at = :now + least(CAST(:first AS double precision) * 2 ^ least(r.attempts, 12), :longest) * interval '1 s'
    FROM due, channel_account a
    WHERE r.account_id = due.account_id AND r.external_id = due.external_id AND a.id = due.account_id
    RETURNING r.account_id, r.external_id AS person, r.attempts, a.channel, a.external_id, a.name
    """
)
_ASK = text(
    "INSERT INTO profile_request (account_id, external_id, attempts, due_at)"
    " SELECT account_id, person, 0, :now FROM json_to_recordset(CAST(:rows AS json))"
    " AS r (account_id bigint, people json), json_array_elements_text(r.people) AS person"
    " ORDER BY account_id, person ON CONFLICT DO NOTHING"
)
_DELETE = text("DELETE FROM profile_request WHERE account_id = :account AND external_id = :person RETURNING 1")
_JOURNAL = text(
    "INSERT INTO journal (account_id, lane, source, received_at, payload)"
    " VALUES (:account, :lane, 'profile', :now, :payload)"
)


async def ask_for(connection: AsyncConnection, events: Sequence[IdentitiesCreated]) -> None:
    """Handler: new people are asked about at once."""
    await connection.execute(_ASK, {"rows": msgspec.json.encode(events).decode(), "now": clock.now()})
    wake(connection, "profiles")


async def ask_again(connection: AsyncConnection, events: Sequence[ProfilesOutdated]) -> None:
    """Handler: what we know of these people is old."""
    await connection.execute(_ASK, {"rows": msgspec.json.encode(events).decode(), "now": clock.now()})
    wake(connection, "profiles")


async def step(database: Database, connectors: Mapping[str, Connector], lane_of: LaneOf) -> int:
    """Asks for what is due; returns how many requests it took. A failure leaves the request with a back-off that was
    set when it was taken, so a worker that dies does no harm. Any number of workers may run it; `database` is the
    owner's."""
    now = clock.now()
    async with database.side_transaction() as connection:
        rows = await connection.execute(
            _CLAIM,
            {
                "now": now,
                "held": held(connectors),
                "looked_at": LOOKED_AT,
                "limit": AT_ONCE,
                "group": f"^{GROUP}",
                "first": FIRST_RETRY_SECONDS,
                "longest": LONGEST_RETRY_SECONDS,
            },
        )
        requests = [
            _Request(
                Account(id=row.account_id, channel=row.channel, external_id=row.external_id, name=row.name),
                row.person,
                row.attempts,
            )
            for row in rows
        ]
    calls, stores = asyncio.Semaphore(CONNECTIONS), asyncio.Semaphore(STORES)

    async def one(request: _Request) -> None:
        connector = connectors.get(request.account.channel)
        if connector is None:
            return
        try:
            async with calls:
                payload = await _fetch(connector, request)
        except SendRefusedError:
            return
        lane = lane_of(request.account.id, request.person.removeprefix(GROUP))
        async with stores, database.transaction() as connection:
            await _settle(connection, request, payload, lane, clock.now())

    await asyncio.gather(*map(one, requests))
    return len(requests)


async def _fetch(connector: Connector, request: _Request) -> bytes | None:
    """None: there is nothing to know, or it was asked in vain too often. Raises `SendRefusedError` when it is worth
    another try."""
    try:
        return await connector.fetch_profile(request.account, request.person)
    except SendRefusedError as error:
        log.info("profile_postponed", account=request.account.id, reason=error.reason, attempts=request.attempts)
        if request.attempts < GIVE_UP_AFTER:
            raise
        return None


async def _settle(
    connection: AsyncConnection, request: _Request, payload: bytes | None, lane: int, now: datetime
) -> None:
    """Of two workers that both have an answer (one was slow), the one that deletes the request writes it down."""
    values = {"account": request.account.id, "person": request.person}
    deleted = (await connection.execute(_DELETE, values)).first()
    if deleted is None or payload is None:
        return
    await connection.execute(_JOURNAL, {"account": request.account.id, "lane": lane, "now": now, "payload": payload})
    wake(connection, "intake")
