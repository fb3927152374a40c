"""Loop: sweeps. The platform's list of threads is walked, then each thread that has something newer than `since`,
newest first; what is not here yet goes into the journal as it came, and on by the pipeline as everything does.

Each page and where the sweep stands after it are one transaction, so a worker that dies leaves nothing done twice and
nothing out. New messages push older ones to later offsets: a walk by rising offsets sees some twice, and leaves none
out.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service
from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.rules import health_of
from sokhach.channels.upkeep import gaps
from sokhach.channels.upkeep.platform import HistoryEntry, HistoryPage, Platform, is_account_gone
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

CALLS_PER_SECOND = 5.0
"""Of 66 that an app has for everything."""
CALLS_A_TURN = 100
LEASE = timedelta(seconds=60)
"""Longer than a call takes. A worker that died leaves its sweep to the next after it."""
FIRST_RETRY_SECONDS = 10.0
LONGEST_RETRY_SECONDS = 900.0
UNLISTED_MOST = 1000

LaneOf = Callable[[int, str], int]
"""The lane of (account id, thread key), as the gateway reckons it."""


class _Sweep(NamedTuple):
    id: int
    account: Account
    runner: str
    cause: str
    since: datetime
    until: datetime
    list_offset: int
    list_until: datetime | None
    list_newest: datetime | None
    list_added: int
    listed: bool
    attempts: int


class _LostError(Exception):
    """Another worker goes on with this sweep."""


class Sweeper:
    """Any number of workers may run one each; `database` is the owner's."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        lane_of: LaneOf,
        *,
        calls_per_second: float = CALLS_PER_SECOND,
        calls_a_turn: int = CALLS_A_TURN,
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._lane_of = lane_of
        self._pause_seconds = 1 / calls_per_second
        self._calls_a_turn = calls_a_turn

    async def step(self) -> int:
        """Goes on with one sweep for some calls. 0 when none is due."""
        sweep = await self._claim()
        if sweep is None:
            return 0
        platform = self._platforms.get(sweep.account.channel)
        if platform is None:
            await self._fail(sweep, SendRefusedError("unsupported", "no history on this channel"))
            return 1
        try:
            await self._go_on(sweep, platform)
        except _LostError:
            log.info("sweep_lost", sweep=sweep.id)
        except SendRefusedError as error:
            log.warning("sweep_refused", sweep=sweep.id, reason=error.reason, detail=error.detail)
            await self._postpone_or_fail(sweep, error)
        return 1

    async def _claim(self) -> _Sweep | None:
        now, runner = clock.now(), secrets.token_hex(8)
        values = {"now": now, "lease": now + LEASE, "runner": runner}
        try:
            async with self._database.side_transaction() as connection:
                row = (await connection.execute(_CLAIM, values)).one_or_none()
                if row is not None:
                    await service.tell(connection, row.account_id)
        except IntegrityError:  # another sweep of the account began in the same moment
            return None
        if row is None:
            return None
        account = Account(id=row.account_id, channel=row.channel, external_id=row.external_id, name=row.name)
        return _Sweep(
            row.id, account, runner, row.cause, row.since, row.until, row.list_offset, row.list_until,
            row.list_newest, row.list_added, row.listed, row.attempts,
        )  # fmt: skip

    async def _go_on(self, sweep: _Sweep, platform: Platform) -> None:
        for _ in range(self._calls_a_turn):
            if not sweep.listed:
                sweep = await self._list(sweep, await platform.recent_threads(sweep.account, sweep.list_offset))
            else:
                thread = await self._next_thread(sweep)
                if thread is None:
                    await self._finish(sweep)
                    return
                await self._read(sweep, platform, *thread)
            await asyncio.sleep(self._pause_seconds)
        async with self._database.transaction() as connection:
            await self._hold(connection, sweep, until=clock.now())
            await service.tell(connection, sweep.account.id)
            wake(connection)

    async def _list(self, sweep: _Sweep, page: HistoryPage) -> _Sweep:
        """One page of the list of threads."""
        until = sweep.list_until or sweep.since
        newest = sweep.list_newest or max((entry.sent_at for entry in page.entries), default=until)
        keys = [entry.thread_key for entry in page.entries if entry.sent_at >= until]
        is_over = page.is_last or any(entry.sent_at < until for entry in page.entries)
        async with self._database.transaction() as connection:
            await self._hold(connection, sweep)
            added = sweep.list_added + await _add_threads(connection, sweep, keys)
            if any(item.may_be_since(until) for item in page.unreadable):
                await self._gap(connection, sweep, None, sweep.since, sweep.until, "unreadable")
            if is_over and sweep.list_until is None and len(keys) == len(page.entries):
                await self._add_unlisted(connection, sweep, page.entries)
            if not is_over:
                sweep = sweep._replace(list_offset=sweep.list_offset + page.got, list_newest=newest, list_added=added)
            elif added:
                sweep = sweep._replace(list_offset=0, list_until=newest, list_newest=None, list_added=0)
            else:
                sweep = sweep._replace(listed=True)
            await connection.execute(_LISTED, sweep._asdict())
        return sweep

    async def _add_unlisted(self, connection: AsyncConnection, sweep: _Sweep, entries: Sequence[HistoryEntry]) -> None:
        """The list ended before `since`. If it leaves out threads that we know, it ends too early: those are asked for
        by name, and of others nobody can tell."""
        values = {"sweep": sweep.id, "account": sweep.account.id, "limit": UNLISTED_MOST}
        if not (await connection.execute(_ADD_UNLISTED, values)).rowcount:
            return
        oldest = min((entry.sent_at for entry in entries), default=sweep.until)
        await self._gap(connection, sweep, None, sweep.since, min(oldest, sweep.until), "history-ended")

    async def _next_thread(self, sweep: _Sweep) -> tuple[str, int] | None:
        async with self._database.transaction() as connection:
            row = (await connection.execute(_NEXT_THREAD, {"sweep": sweep.id})).one_or_none()
        return (row.thread_key, row.position) if row else None

    async def _read(self, sweep: _Sweep, platform: Platform, thread_key: str, position: int) -> None:
        """One page of a thread."""
        try:
            page = await platform.thread_history(sweep.account, thread_key, position)
        except SendRefusedError as error:
            if error.retry_after_seconds is not None or is_account_gone(error):
                raise
            log.warning("sweep_thread_refused", sweep=sweep.id, reason=error.reason, detail=error.detail)
            await self._give_up(sweep, thread_key)
            return
        wanted = [entry for entry in page.entries if entry.sent_at >= sweep.since]
        unreadable = [item.payload for item in page.unreadable if item.may_be_since(sweep.since)]
        has_reached = len(wanted) < len(page.entries)
        async with self._database.transaction() as connection:
            await self._hold(connection, sweep)
            missing = await self._journal(connection, sweep, thread_key, wanted, unreadable)
            values = {
                "sweep": sweep.id,
                "thread": thread_key,
                "position": position + page.got,
                "oldest": min((entry.sent_at for entry in page.entries), default=None),
                "done": has_reached or page.is_last,
            }
            oldest = (await connection.execute(_READ, values)).scalar_one()
            found = len(wanted) + len(unreadable)
            await connection.execute(_COUNT, {"id": sweep.id, "found": found, "added": missing})
            if has_reached:
                await gaps.close(connection, sweep.account.id, thread_key, sweep.since, clock.now())
            elif page.is_last:
                await self._ended(connection, sweep, thread_key, oldest)

    async def _journal(
        self,
        connection: AsyncConnection,
        sweep: _Sweep,
        thread_key: str,
        entries: Sequence[HistoryEntry],
        unreadable: Sequence[bytes],
    ) -> int:
        """Puts what is not here yet on its way. What is under way already may go twice; its id makes it one. What
        cannot be read goes too, once: the pipeline puts it into quarantine, where somebody sees it."""
        account_id = sweep.account.id
        ids = [entry.external_id for entry in entries]
        values = {"account": account_id, "thread": thread_key, "ids": ids}
        known = set((await connection.execute(_KNOWN, values)).scalars())
        # Oldest first: what is put down in one go is applied in this order.
        missing = [entry.payload for entry in reversed(entries) if entry.external_id not in known]
        missing += [one for one in reversed(unreadable) if not await _is_refused(connection, account_id, one)]
        if missing:
            lane, now = self._lane_of(account_id, thread_key), clock.now()
            await connection.execute(
                _JOURNAL,
                [{"account": account_id, "lane": lane, "now": now, "payload": payload} for payload in missing],
            )
            wake(connection)
        return len(missing)

    async def _ended(
        self, connection: AsyncConnection, sweep: _Sweep, thread_key: str, oldest: datetime | None
    ) -> None:
        """The history ends after `since`. That may be where the conversation began: unless we know of something older
        than what the history has left."""
        values = {"account": sweep.account.id, "thread": thread_key, "oldest": oldest or sweep.until}
        known_at = (await connection.execute(_OLDER, values)).scalar_one_or_none()
        if known_at is None:
            await gaps.close(connection, sweep.account.id, thread_key, sweep.since, clock.now())
            return
        from_at = max(sweep.since, known_at)
        await self._gap(
            connection, sweep, thread_key, from_at, min(oldest or sweep.until, sweep.until), "history-ended"
        )

    async def _give_up(self, sweep: _Sweep, thread_key: str) -> None:
        async with self._database.transaction() as connection:
            await self._hold(connection, sweep)
            values = {"sweep": sweep.id, "thread": thread_key, "position": 0, "oldest": None, "done": True}
            await connection.execute(_READ, values)
            await self._gap(connection, sweep, thread_key, sweep.since, sweep.until, "refused")

    async def _gap(
        self,
        connection: AsyncConnection,
        sweep: _Sweep,
        thread_key: str | None,
        from_at: datetime,
        until_at: datetime,
        reason: gaps.Reason,
    ) -> None:
        await gaps.add(
            connection,
            account_id=sweep.account.id,
            sweep_id=sweep.id,
            thread_key=thread_key,
            from_at=from_at,
            until_at=until_at,
            reason=reason,
            now=clock.now(),
        )

    async def _finish(self, sweep: _Sweep) -> None:
        now = clock.now()
        async with self._database.transaction() as connection:
            await self._hold(connection, sweep)
            await gaps.close_of_account(connection, sweep.account.id, sweep.id, sweep.since, now)
            if sweep.cause != "asked":
                await gaps.add_unreadable(
                    connection,
                    account_id=sweep.account.id,
                    sweep_id=sweep.id,
                    from_at=sweep.since,
                    until_at=sweep.until,
                    now=now,
                )
            await connection.execute(_FORGET_THREADS, {"id": sweep.id})
            await connection.execute(_END, {"id": sweep.id, "state": "done", "reason": None, "now": now})
            await service.tell(connection, sweep.account.id)
            wake(connection)
        log.info("sweep_done", sweep=sweep.id, account=sweep.account.id)

    async def _postpone_or_fail(self, sweep: _Sweep, error: SendRefusedError) -> None:
        """Missing rights to the history are no reason to stop sending: only that sweep fails."""
        if error.retry_after_seconds is None and not is_account_gone(error):
            await self._fail(sweep, error)
            return
        now = clock.now()
        backoff = min(FIRST_RETRY_SECONDS * 2 ** min(sweep.attempts, 10), LONGEST_RETRY_SECONDS)
        due = now + timedelta(seconds=max(error.retry_after_seconds or 0, backoff))
        async with self._database.transaction() as connection:
            await connection.execute(
                _POSTPONE, {"id": sweep.id, "runner": sweep.runner, "due": due, "reason": error.reason}
            )
            if is_account_gone(error):
                await service.set_health(connection, sweep.account.id, "down", health_of(error.reason), now)
            await service.tell(connection, sweep.account.id)

    async def _fail(self, sweep: _Sweep, error: SendRefusedError) -> None:
        now = clock.now()
        async with self._database.transaction() as connection:
            await self._hold(connection, sweep)
            await self._gap(connection, sweep, None, sweep.since, sweep.until, "refused")
            await connection.execute(_FORGET_THREADS, {"id": sweep.id})
            await connection.execute(_END, {"id": sweep.id, "state": "failed", "reason": error.reason, "now": now})
            await service.tell(connection, sweep.account.id)
            wake(connection)

    async def _hold(self, connection: AsyncConnection, sweep: _Sweep, until: datetime | None = None) -> None:
        """Whoever took the sweep over stops us here, before anything is written. Raises `_LostError`."""
        values = {"id": sweep.id, "runner": sweep.runner, "due": until or clock.now() + LEASE}
        if (await connection.execute(_HOLD, values)).first() is None:
            raise _LostError


async def _add_threads(connection: AsyncConnection, sweep: _Sweep, keys: Sequence[str]) -> int:
    if not keys:
        return 0
    return (await connection.execute(_ADD_THREADS, {"sweep": sweep.id, "keys": sorted(set(keys))})).rowcount


async def _is_refused(connection: AsyncConnection, account_id: int, payload: bytes) -> bool:
    return bool((await connection.execute(_REFUSED, {"account": account_id, "payload": payload})).scalar_one())


_CLAIM = text(
    """
    WITH due AS (
        SELECT s.id FROM channel_sweep s JOIN channel_account a ON a.id = s.account_id
        WHERE s.state IN ('queued', 'running') AND s.due_at <= :now AND a.tokens IS NOT NULL AND a.health <> 'down'
            AND (s.state = 'running' OR NOT EXISTS (
                SELECT FROM channel_sweep r WHERE r.account_id = s.account_id AND r.state = 'running'
            ))
        ORDER BY s.due_at, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
    )
    UPDATE channel_sweep s SET state = 'running', runner = :runner, due_at = :lease,
        started_at = coalesce(s.started_at, :now)
    FROM due, channel_account a WHERE s.id = due.id AND a.id = s.account_id
    RETURNING s.*, a.channel, a.external_id, a.name
    """
)
_HOLD = text(
    "UPDATE channel_sweep SET due_at = :due, attempts = 0, reason = NULL"
    " WHERE id = :id AND runner = :runner AND state = 'running' RETURNING id"
)
_POSTPONE = text(
    "UPDATE channel_sweep SET due_at = :due, attempts = least(attempts + 1, 1000), reason = :reason, runner = NULL"
    " WHERE id = :id AND runner = :runner AND state = 'running'"
)
_END = text(
    "UPDATE channel_sweep SET state = :state, reason = :reason, finished_at = :now, runner = NULL WHERE id = :id"
)
_LISTED = text(
    "UPDATE channel_sweep SET list_offset = :list_offset, list_until = :list_until, list_newest = :list_newest,"
    " list_added = :list_added, listed = :listed WHERE id = :id"
)
_ADD_THREADS = text(
    "INSERT INTO channel_sweep_thread (sweep_id, thread_key, position, done)"
    " SELECT :sweep, key, 0, false FROM unnest(CAST(:keys AS text[])) AS key ON CONFLICT DO NOTHING"
)
_ADD_UNLISTED = text(
    """
    INSERT INTO channel_sweep_thread (sweep_id, thread_key, position, done)
    SELECT :sweep, c.thread_key, 0, false FROM conversation c
    WHERE c.account_id = :account AND c.kind = 'direct' AND c.thread_key NOT LIKE 'anonymous:%'
        AND EXISTS (SELECT FROM message m WHERE m.conversation_id = c.id AND m.kind <> 'event' AND m.import_id IS NULL)
        AND NOT EXISTS (SELECT FROM channel_sweep_thread t WHERE t.sweep_id = :sweep AND t.thread_key = c.thread_key)
    ORDER BY c.last_message_at DESC LIMIT :limit
    """
)
_NEXT_THREAD = text(
    "SELECT thread_key, position FROM channel_sweep_thread WHERE sweep_id = :sweep AND NOT done"
    " ORDER BY thread_key LIMIT 1"
)
_READ = text(
    "UPDATE channel_sweep_thread SET position = :position, done = :done,"
    " oldest_at = least(oldest_at, CAST(:oldest AS timestamptz))"
    " WHERE sweep_id = :sweep AND thread_key = :thread RETURNING oldest_at"
)
_COUNT = text("UPDATE channel_sweep SET found = found + :found, added = added + :added WHERE id = :id")
_KNOWN = text(
    """
    SELECT m.external_id FROM conversation c JOIN message m ON m.conversation_id = c.id
    WHERE c.account_id = :account AND c.thread_key = :thread AND m.external_id = ANY (CAST(:ids AS text[]))
    UNION
    SELECT external_id FROM message_alias WHERE account_id = :account AND external_id = ANY (CAST(:ids AS text[]))
    """
)
_REFUSED = text(
    """
    SELECT EXISTS (
        SELECT FROM (
            SELECT journal_id FROM quarantine WHERE account_id = :account AND resolved_at IS NULL
            UNION ALL SELECT journal_id FROM journal_pending WHERE account_id = :account
        ) AS p JOIN journal j ON j.id = p.journal_id WHERE j.source = 'history' AND j.payload = :payload
    )
    """
)
_OLDER = text(
    """
    SELECT m.sent_at FROM conversation c JOIN message m ON m.conversation_id = c.id
    WHERE c.account_id = :account AND c.thread_key = :thread AND m.sent_at < :oldest AND m.kind <> 'event'
        AND m.import_id IS NULL
    ORDER BY m.sent_at DESC, m.id DESC LIMIT 1
    """
)
_JOURNAL = text(
    "INSERT INTO journal (account_id, lane, source, received_at, payload)"
    " VALUES (:account, :lane, 'history', :now, :payload)"
)
_FORGET_THREADS = text("DELETE FROM channel_sweep_thread WHERE sweep_id = :id")
