"""Regularly: what the platform says is the newest of each thread, against what is here. What is missing is asked for
once more; what does not come then is a gap in its thread."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import notices
from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.gaps import arrivals, rules, writing
from sokhach.channels.zalo_personal.gaps.counters import Counters
from sokhach.channels.zalo_personal.gaps.named import DIRECT, GROUP, Named, named_in
from sokhach.channels.zalo_personal.gaps.writing import Missing
from sokhach.channels.zalo_personal.private.gate import Gate
from sokhach.channels.zalo_personal.protocol import GroupHistory, ItemEvent, LastMessages, Old, OldReply
from sokhach.core import clock
from sokhach.core.database import Database, wake

log = structlog.get_logger()

EVERY = timedelta(minutes=5)
BUSY_EVERY = timedelta(minutes=1)
"""Where something came in since: what was left out of it is still the newest of its thread, perhaps."""
COUNTED_EVERY = timedelta(minutes=5)
"""All messages of an account are counted anew no more often, unless something was missing or came."""
SOON = timedelta(seconds=12)
ON_ITS_WAY = timedelta(seconds=20)
"""What is newer may come by itself still; so long what was asked for may take."""
GIVEN_UP = timedelta(seconds=10)
LEASE = timedelta(seconds=90)
FIRST_RETRY_SECONDS = 30.0
LONGEST_RETRY_SECONDS = 1800.0
MOST_PAGES = 20
ANSWERED = "answered"
"""Connection of items that came as an answer, not by a frame."""


class Entry(NamedTuple):
    """A row for the journal, in the order of its columns."""

    account_id: int
    lane: int
    source: Any
    received_at: datetime
    payload: bytes


Journal = Callable[[AsyncConnection, Sequence[Entry]], Awaitable[None]]
LaneOf = Callable[[int, str], int]

# Several of us plan at once: in one order, or they wait for each other's rows in a ring.
_PLAN = text(
    """
    INSERT INTO personal_completeness (account_id, since, stored, missing, attempts, due_at)
    SELECT p.account_id, min(s.connected_at), 0, 0, 0, :due
    FROM personal_account p JOIN personal_span s ON s.account_id = p.account_id
    WHERE p.account_id = ANY (CAST(:held AS bigint[]))
        AND NOT EXISTS (SELECT FROM personal_completeness c WHERE c.account_id = p.account_id)
    GROUP BY p.account_id ORDER BY p.account_id ON CONFLICT DO NOTHING
    """
)
# After the reading of what came while it was not connected.
_CLAIM = text(
    """
    WITH due AS (
        SELECT c.account_id FROM personal_completeness c
        WHERE c.due_at <= :now AND c.account_id = ANY (CAST(:held AS bigint[])) AND NOT EXISTS (
            SELECT FROM personal_fill f WHERE f.account_id = c.account_id AND f.done_at IS NULL AND f.attempts < 3
        )
        ORDER BY c.due_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE personal_completeness c SET due_at = :lease FROM due, channel_account a
    WHERE c.account_id = due.account_id AND a.id = c.account_id
    RETURNING c.account_id, a.external_id AS own, a.holder_id, c.since, c.reconciled_at, c.counted_at,
        c.attempts
    """
)
_KNOWN = text(
    """
    SELECT array(SELECT thread_key FROM conversation WHERE account_id = :account AND kind = 'group') AS groups,
        (SELECT coalesce(json_agg(json_build_array(w.thread_key, w.in_group, w.marked_at)), '[]') FROM work_contact w
            WHERE w.account_id = :account AND w.ended_at IS NULL) AS marks
    """
)
_COUNT = text(
    """
    UPDATE personal_completeness p SET
        stored = CASE WHEN :anew THEN (
                SELECT count(*) FROM conversation c JOIN message m ON m.conversation_id = c.id
                WHERE c.account_id = p.account_id AND m.kind <> 'event' AND m.sent_at >= p.since
                    AND m.import_id IS NULL
            ) + (SELECT count(*) FROM private_stub s WHERE s.account_id = p.account_id) ELSE p.stored END,
        missing = (SELECT count(*) FROM personal_missing m WHERE m.account_id = p.account_id AND m.arrived_at IS NULL
            AND m.gap_id IS NOT NULL),
        counted_at = CASE WHEN :anew THEN CAST(:now AS timestamptz) ELSE p.counted_at END,
        reconciled_at = :reconciled, attempts = 0, due_at = :due
    WHERE p.account_id = :account
    """
)
_UNSETTLED = text(
    "SELECT EXISTS (SELECT FROM personal_missing WHERE account_id = :account AND arrived_at IS NULL AND gap_id IS NULL)"
    " AS unsettled,"
    " (SELECT max(last_item_at) FROM personal_span WHERE account_id = :account AND ended_at IS NULL) AS last_item_at"
)
_POSTPONE = text(
    "UPDATE personal_completeness SET due_at = :due, attempts = least(attempts + 1, 1000) WHERE account_id = :account"
)


class _Turn(NamedTuple):
    account_id: int
    own: str
    holder_id: int | None
    since: datetime
    reconciled_at: datetime | None
    counted_at: datetime | None
    attempts: int


class Reconciler:
    """Any number of workers may run one each; `database` is the owner's."""

    def __init__(
        self, database: Database, calls: Calls, gate: Gate, counters: Counters, lane_of: LaneOf, journal: Journal
    ) -> None:
        self._database = database
        self._calls = calls
        self._gate = gate
        self._counters = counters
        self._lane_of = lane_of
        self._journal = journal

    async def step(self) -> int:
        """Looks at one account that is connected here; 0 when none is due."""
        held = list(self._calls.held())
        if not held:
            return 0
        now = clock.now()
        async with self._database.transaction() as connection:
            await connection.execute(_PLAN, {"held": held, "due": now})
            values = {"held": held, "now": now, "lease": now + LEASE}
            row = (await connection.execute(_CLAIM, values)).one_or_none()
        if row is None:
            return 0
        turn = _Turn(*row)
        try:
            await self._reconcile(turn)
        except CallFailedError as error:
            await self._postpone(turn, error)
        return 1

    async def _reconcile(self, turn: _Turn) -> None:
        asked_at = clock.now()
        answer = await self._calls.call(LastMessages(account=turn.account_id), msgspec.Raw)
        async with self._database.transaction() as connection:
            named = await self._ours(connection, turn, msgspec.json.decode(answer), asked_at)
            missing = await writing.absent(connection, turn.account_id, named)
            await self._take(connection, turn, missing, asked_at)
            jumps = self._counters.due(turn.account_id, asked_at - ON_ITS_WAY)
            await self._take(connection, turn, await writing.hidden(connection, turn.account_id, jumps), asked_at)
            await arrivals.judge(connection, turn.account_id, missing, asked_at)
        self._counters.done(turn.account_id, jumps)
        await self._ask_again(turn)
        await self._finish(turn, asked_at)

    async def _ours(self, connection: AsyncConnection, turn: _Turn, answer: object, now: datetime) -> list[Named]:
        """Those that should be here by now: not from before the account was connected, nor of a private thread, nor
        from before that was work, or the SIM the company's."""
        known = (await connection.execute(_KNOWN, {"account": turn.account_id})).one()
        exclusions = self._gate.exclusions(turn.account_id)
        became = exclusions.company_since
        company = datetime.fromtimestamp(became / 1000, UTC) if became is not None else turn.since
        marks = {(key, group): datetime.fromisoformat(at) for key, group, at in known.marks}
        ours: list[Named] = []
        named = named_in(turn.own, answer, frozenset(known.groups))
        self._counters.looked(turn.account_id, named, now)
        for one in named:
            if not self._gate.keeps(turn.account_id, one.thread.key, group=one.thread.group):
                continue
            kept_since = marks.get((one.thread.key, one.thread.group), company)
            if exclusions.sim == "company":
                kept_since = min(kept_since, company)
            if max(turn.since, kept_since) <= one.sent_at <= now - ON_ITS_WAY:
                ours.append(one)
        return ours

    async def _take(self, connection: AsyncConnection, turn: _Turn, missing: Sequence[Named], now: datetime) -> None:
        """What the answer itself holds goes on its way; the rest is written down."""
        noted = await writing.note(connection, turn.account_id, missing, now)
        entries = [self._entry(turn, one, now) for one in missing if one.given and one.name in noted]
        if kept := [one for one in entries if one is not None]:
            await self._journal(connection, kept)
            wake(connection, "intake")
        if noted:
            log.warning("personal_messages_missed", account=turn.account_id, messages=len(noted), given=len(kept))

    def _entry(self, turn: _Turn, one: Named, now: datetime) -> Entry | None:
        group = one.thread.group
        event = ItemEvent(
            account=turn.account_id,
            conn=ANSWERED,
            n=0,
            cmd=GROUP if group else DIRECT,
            sub=0,
            own=turn.own,
            at=round(now.timestamp() * 1000),
            list="groupMsgs" if group else "msgs",
            item=msgspec.Raw(msgspec.json.encode(one.item)),
        )
        payload = self._gate.item(event)
        if payload is None:
            return None
        lane = self._lane_of(turn.account_id, self._gate.thread_of(event) or "")
        return Entry(turn.account_id, lane, "frame", now, payload)

    async def _ask_again(self, turn: _Turn) -> None:
        """What is missing is asked for by the ways there are: old messages, and a group's own history."""
        async with self._database.transaction() as connection:
            missing = await writing.unasked(connection, turn.account_id)
        if not missing:
            return
        for group in (False, True):
            wanted = [one.sent_at for one in missing if one.in_group is group]
            if not wanted:
                continue
            try:
                await self._page_back(turn.account_id, group, min(wanted))
            except CallFailedError as error:
                if error.not_sent:
                    raise
                # Zalo does not give them: what is missing is a gap, all the same.
                log.info("old_messages_refused", account=turn.account_id, error=error.kind, code=error.code)
        for thread_key in sorted({one.thread_key for one in missing if one.in_group}):
            await self._read_group(turn, thread_key, missing)
        async with self._database.transaction() as connection:
            await writing.asked(connection, turn.account_id, missing, clock.now())

    async def _page_back(self, account_id: int, group: bool, until: datetime) -> None:
        last: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._calls.call(Old(account=account_id, group=group, last_id=last), OldReply)
            oldest = datetime.fromtimestamp(page.oldest_ts / 1000, UTC) if page.oldest_ts is not None else None
            advanced = page.oldest_id not in (None, last)
            if rules.page_ends(until, oldest, page.count, advanced) != "open":
                return
            last = page.oldest_id

    async def _read_group(self, turn: _Turn, thread_key: str, missing: Sequence[Missing]) -> None:
        """Its answers are no frames: what is in them goes into the journal from here."""
        request = GroupHistory(account=turn.account_id, group=thread_key)
        try:
            answer = await self._calls.call(request, msgspec.Raw)
        except CallFailedError as error:
            if error.not_sent:
                raise
            log.info("group_history_refused", account=turn.account_id, error=error.kind, code=error.code)
            return
        names = {one.name for one in missing if one.thread_key == thread_key}
        now = clock.now()
        found = [one for one in named_in(turn.own, msgspec.json.decode(answer), frozenset({thread_key}))
                 if one.name in names and one.given]  # fmt: skip
        kept = [entry for one in found if (entry := self._entry(turn, one, now)) is not None]
        if kept:
            async with self._database.transaction() as connection:
                await self._journal(connection, kept)
                wake(connection, "intake")

    async def _finish(self, turn: _Turn, asked_at: datetime) -> None:
        now = clock.now()
        async with self._database.transaction() as connection:
            came = await writing.settle(connection, turn.account_id, now)
            looked_at = turn.reconciled_at - ON_ITS_WAY if turn.reconciled_at else None
            shown = await writing.show(
                connection,
                turn.account_id,
                since=turn.since,
                looked_at=looked_at,
                asked_before=now - GIVEN_UP,
                now=now,
            )
            state = (await connection.execute(_UNSETTLED, {"account": turn.account_id})).one()
            busy = state.last_item_at is not None and (
                turn.reconciled_at is None or state.last_item_at > turn.reconciled_at
            )
            wait = SOON if state.unsettled else BUSY_EVERY if busy else EVERY
            anew = bool(came or shown) or turn.counted_at is None or now - turn.counted_at >= COUNTED_EVERY
            values = {"account": turn.account_id, "now": now, "reconciled": asked_at, "due": now + wait, "anew": anew}
            await connection.execute(_COUNT, values)
            if came or shown:
                await notices.account_changed(connection, turn.account_id, turn.holder_id)

    async def _postpone(self, turn: _Turn, error: CallFailedError) -> None:
        log.info("reconciliation_postponed", account=turn.account_id, error=error.kind)
        wait = min(FIRST_RETRY_SECONDS * 2 ** min(turn.attempts, 10), LONGEST_RETRY_SECONDS)
        async with self._database.transaction() as connection:
            await connection.execute(
                _POSTPONE, {"account": turn.account_id, "due": clock.now() + timedelta(seconds=wait)}
            )
