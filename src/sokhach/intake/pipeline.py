"""Applies the journal: a batch in one transaction, from as many lanes as fill it. A payload that cannot be applied goes
to quarantine with its reason and never holds up its neighbours."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import LANES, Account, Connector, Inbound, InboundMessage, UnparsableError
from sokhach.channels.rules import BOUND
from sokhach.conversations import echoes
from sokhach.conversations.echoes import Spoken
from sokhach.core import clock
from sokhach.core.database import Database, bigints, driver
from sokhach.core.events import Event, EventBus
from sokhach.core.realtime import Notice, announce
from sokhach.core.telemetry import APPLIED
from sokhach.intake.apply import apply
from sokhach.intake.asides import Heard, Items

log = structlog.get_logger()

BATCH = 3000
AT_ONCE = 6
LOCK = 7003

# No more of each lane than one batch takes, however long the queue. `live`: something there came in just now.
_WAITING = text(
    f"""
    SELECT lane.lane, waiting.size, waiting.live
    FROM generate_series(0, {LANES - 1}) AS lane (lane) CROSS JOIN LATERAL (
        SELECT count(*) AS size, bool_or(NOT p.again) AS live FROM (
            SELECT again FROM journal_pending WHERE lane = lane.lane ORDER BY again, journal_id LIMIT :batch
        ) AS p
    ) AS waiting
    WHERE waiting.size > 0
    """
)
_TAKE = text("SELECT lane FROM unnest(CAST(:lanes AS smallint[])) AS lane WHERE pg_try_advisory_xact_lock(:lock, lane)")
_FETCH = b"""
    SELECT j.id, j.lane, j.account_id, j.source, j.received_at, j.payload FROM journal j
    WHERE j.id = ANY (ARRAY(
        SELECT p.journal_id FROM unnest(%s::smallint[]) AS taken (lane) CROSS JOIN LATERAL (
            SELECT journal_id FROM journal_pending WHERE lane = taken.lane ORDER BY again, journal_id LIMIT %s
        ) AS p LIMIT %s
    ))
    ORDER BY j.id
"""


class Row(NamedTuple):
    """A payload from the journal."""

    id: int
    lane: int
    account_id: int
    source: Any
    received_at: datetime
    payload: bytes


class Parsed(NamedTuple):
    row: Row
    items: Sequence[Inbound]


class Refused(NamedTuple):
    row: Row
    reason: str
    detail: str


class Pipeline:
    """Any number of workers may run one each."""

    def __init__(
        self, database: Database, connectors: Mapping[str, Connector], bus: EventBus, *, batch: int = BATCH
    ) -> None:
        self._batch = batch
        self._database = database
        self._connectors = connectors
        self._bus = bus

    async def step(self) -> int:
        """Goes once over the lanes that have something; returns how many payloads it applied or refused.

        Lanes of which little waits share a transaction: a quiet hour costs one each step, not sixty-four. Several
        batches at a time: while the database works on one, the payloads of another are read. A lane that fails as a
        whole does not keep the others from their turn; its error is raised at the end.
        """
        async with self._database.transaction() as connection:
            waiting = (await connection.execute(_WAITING, {"batch": self._batch})).all()
        batches = together([(row.lane, row.size) for row in waiting if row.live], self._batch)
        # A replay keeps nobody waiting: what comes in goes first, and a step takes little of the rest.
        batches += together([(row.lane, row.size) for row in waiting if not row.live], self._batch)[:AT_ONCE]

        done = 0
        failures: list[Exception] = []

        async def drain_some() -> None:
            nonlocal done
            while batches:
                lanes = batches.pop(0)
                try:
                    applied = await self.drain(lanes)
                    done += applied
                except OperationalError:
                    raise
                except Exception as error:
                    if len(lanes) > 1:
                        batches.extend([lane] for lane in lanes)
                    else:
                        failures.append(error)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(AT_ONCE, len(batches))):
                tasks.create_task(drain_some())
        if failures:
            raise ExceptionGroup("lanes failed", failures)
        return done

    async def drain(self, lanes: Sequence[int]) -> int:
        """Applies one batch of these lanes; passes those over that another worker has. 0 when nothing waits."""
        async with self._database.transaction() as connection:
            taken = (await connection.execute(_TAKE, {"lock": LOCK, "lanes": list(lanes)})).scalars().all()
            rows = await _fetch(connection, taken, self._batch) if taken else []
            if not rows:
                return 0
            now = clock.now()
            accounts = await _accounts(connection, {row.account_id for row in rows})
            parsed, refused = self._parse(rows, accounts)
            early = await _too_early(connection, parsed, accounts, now)
            rows = [row for row in rows if row.id not in early]
            parsed = [one for one in parsed if one.row.id not in early]
            if not rows:
                return 0
            events, unfit = await self._apply(connection, parsed, accounts, now)
            refused += unfit
            await self._bus.publish(connection, events)
            await _quarantine(connection, refused, now)
            await _release(connection, rows, refused, now)
            await _done_with(connection, rows)
        APPLIED.labels("applied").inc(len(rows) - len(refused))
        APPLIED.labels("quarantined").inc(len(refused))
        return len(rows)

    def _parse(self, rows: Sequence[Row], accounts: Mapping[int, Account]) -> tuple[list[Parsed], list[Refused]]:
        parsed: list[Parsed] = []
        refused: list[Refused] = []
        for row in rows:
            account = accounts[row.account_id]
            try:
                items = self._connectors[account.channel].parse(account, row.source, row.payload, row.received_at)
                parsed.append(Parsed(row, items))
            except UnparsableError as error:
                refused.append(Refused(row, error.reason, error.detail))
            except Exception as error:  # a mistake of ours must not cost a payload, nor stop the lane
                log.exception("payload_mapping_failed", journal_id=row.id)
                refused.append(Refused(row, "unknown-shape", repr(error)))
        return parsed, refused

    async def _apply(
        self, connection: AsyncConnection, parsed: Sequence[Parsed], accounts: Mapping[int, Account], now: datetime
    ) -> tuple[list[Event], list[Refused]]:
        """In a savepoint; what the database refuses, or we stumble over, is halved until the culprits stand alone."""
        if not parsed:
            return [], []
        try:
            async with connection.begin_nested():
                return await apply(connection, accounts, _heard(parsed), now), []
        except DBAPIError as error:
            if connection.invalidated or not _is_refusal(error):
                raise
            if len(parsed) == 1:
                log.warning("payload_refused_by_database", journal_id=parsed[0].row.id)
                return [], [Refused(parsed[0].row, "database-refused", _first_line(error))]
        except _MISTAKES as error:
            if len(parsed) == 1:
                log.exception("payload_application_failed", journal_id=parsed[0].row.id)
                return [], [Refused(parsed[0].row, "unknown-shape", repr(error))]
        middle = len(parsed) // 2
        events, refused = await self._apply(connection, parsed[:middle], accounts, now)
        more_events, more_refused = await self._apply(connection, parsed[middle:], accounts, now)
        return events + more_events, refused + more_refused


def _heard(parsed: Sequence[Parsed]) -> Items:
    return Items(Heard(row.account_id, item, row.received_at) for row, items in parsed for item in items)


def together(waiting: Sequence[tuple[int, int]], batch: int) -> list[list[int]]:
    """Puts (lane, how many wait there) into groups of lanes, in their order, each of as many as fill a batch: what is
    too much of its last lane waits for the next step.

    >>> together([(3, 5), (4, 2), (9, 10), (11, 1)], 10)
    [[3, 4, 9], [11]]
    """
    groups: list[list[int]] = []
    filled = batch
    for lane, count in waiting:
        if filled >= batch:
            groups.append([])
            filled = 0
        groups[-1].append(lane)
        filled += count
    return groups


async def _too_early(
    connection: AsyncConnection, parsed: Sequence[Parsed], accounts: Mapping[int, Account], now: datetime
) -> set[int]:
    """The payloads that are left for a later look (`echoes.too_early`): seconds as a rule, never longer than a call."""
    spoken: dict[int, list[Spoken]] = {}
    for row, items in parsed:
        account = accounts[row.account_id]
        if account.channel not in BOUND:
            continue
        for item in items:
            if isinstance(item, InboundMessage) and item.direction == "out" and item.author == account.external_id:
                one = Spoken(
                    thread=(account.id, item.thread_key),
                    names=(item.external_id, *item.aliases),
                    kind=item.kind,
                    words=item.text or "",
                    sent_at=item.sent_at,
                )
                spoken.setdefault(row.id, []).append(one)
    early = await echoes.too_early(connection, [one for some in spoken.values() for one in some], now)
    return {row_id for row_id, some in spoken.items() if any(one in early for one in some)}


# Mistakes of ours that one payload can bring about; all else is about the machine.
_MISTAKES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def _is_refusal(error: DBAPIError) -> bool:
    """Classes 21, 22, 23 and 54 (two rows for one, bad data, a broken constraint, too long for an index) are about the
    payload; all else is about the database."""
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(("21", "22", "23", "54"))


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0][:500]


async def _fetch(connection: AsyncConnection, lanes: Sequence[int], limit: int) -> list[Row]:
    cursor = (await driver(connection)).cursor(binary=True)
    await cursor.execute(_FETCH, (list(lanes), limit, limit))
    return [Row(*row) for row in await cursor.fetchall()]


async def _accounts(connection: AsyncConnection, ids: set[int]) -> dict[int, Account]:
    rows = await connection.execute(
        text("SELECT id, channel, external_id, name FROM channel_account WHERE id = ANY (:ids)"), {"ids": list(ids)}
    )
    return {row.id: Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name) for row in rows}


async def _quarantine(connection: AsyncConnection, refused: Sequence[Refused], now: datetime) -> None:
    if not refused:
        return
    rows = [
        {
            "journal_id": one.row.id,
            "account_id": one.row.account_id,
            "reason": one.reason,
            "detail": one.detail[:500].replace("\0", "␀"),
            "received_at": one.row.received_at,
        }
        for one in refused
    ]
    await connection.execute(_QUARANTINE, {"rows": msgspec.json.encode(rows).decode(), "now": now})
    await announce(connection, [Notice(kind="quarantine.changed", payload={"permission": "quarantine:read"})])


async def _release(connection: AsyncConnection, rows: Sequence[Row], refused: Sequence[Refused], now: datetime) -> None:
    """What was quarantined and could be applied now is at peace."""
    still = {one.row.id for one in refused}
    ids = bigints(row.id for row in rows if row.id not in still)
    released = await connection.execute(_RELEASE, {"ids": ids, "now": now})
    if released.first() is not None:
        await announce(connection, [Notice(kind="quarantine.changed", payload={"permission": "quarantine:read"})])


async def _done_with(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    """They wait no more, and count: each once, however often it is applied."""
    heard: dict[int, datetime | None] = {row.account_id: None for row in rows}
    for row in rows:
        if row.source in {"webhook", "frame"}:
            heard[row.account_id] = max(row.received_at, heard[row.account_id] or row.received_at)
    accounts = [{"account_id": account_id, "heard_at": at} for account_id, at in heard.items()]
    lanes, ids = bigints({row.lane for row in rows}), bigints(row.id for row in rows)
    await connection.execute(_DONE, {"accounts": msgspec.json.encode(accounts).decode(), "lanes": lanes, "ids": ids})


_QUARANTINE = text(
    """
    INSERT INTO quarantine (journal_id, account_id, reason, detail, attempts, received_at, last_attempt_at)
    SELECT journal_id, account_id, reason, detail, 1, received_at, :now
    FROM json_to_recordset(CAST(:rows AS json)) AS r (journal_id bigint, account_id bigint, reason text, detail text,
        received_at timestamptz)
    ON CONFLICT (journal_id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail,
        attempts = quarantine.attempts + 1, last_attempt_at = excluded.last_attempt_at, resolved_at = NULL
    """
)
_RELEASE = text(
    "UPDATE quarantine SET resolved_at = :now, last_attempt_at = :now"
    " WHERE journal_id = ANY (CAST(:ids AS bigint[])) AND resolved_at IS NULL RETURNING id"
)
_DONE = text(
    """
    WITH gone AS (
        DELETE FROM journal_pending p
        WHERE p.lane = ANY (ARRAY(SELECT unnest(CAST(:lanes AS smallint[])))) AND p.again IN (false, true)
            AND p.journal_id = ANY (ARRAY(SELECT unnest(CAST(:ids AS bigint[]))))
        RETURNING p.account_id, p.lane, p.again
    )
    INSERT INTO channel_tally (account_id, lane, processed, last_inbound_at)
    SELECT gone.account_id, gone.lane, count(*) FILTER (WHERE NOT gone.again), max(a.heard_at)
    FROM gone JOIN json_to_recordset(CAST(:accounts AS json)) AS a (account_id bigint, heard_at timestamptz)
        ON a.account_id = gone.account_id
    GROUP BY gone.account_id, gone.lane
    ON CONFLICT (account_id, lane) DO UPDATE SET processed = channel_tally.processed + excluded.processed,
        last_inbound_at = greatest(channel_tally.last_inbound_at, excluded.last_inbound_at)
    """
)
