"""Loop: friends, groups, aliases, labels and requests of friendship of the accounts that are held here, read once
connected and then daily (labels every few minutes, friends and requests also after a break). What changed goes the way
of everything that comes in, by the journal. The only writer of `personal_directory` and `personal_friend`."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

import msgspec
import structlog
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import limit_service
from sokhach.channels.connector import Source
from sokhach.channels.limits import Limits
from sokhach.channels.zalo_personal import limits as of
from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.connector import Privacy
from sokhach.channels.zalo_personal.friends import listing
from sokhach.channels.zalo_personal.journalled import Answer, AnswerKind
from sokhach.channels.zalo_personal.protocol import AccountRequest, Aliases, FriendRequests, Friends, Groups, Labels
from sokhach.core import clock
from sokhach.core.chance import chance
from sokhach.core.database import Database, wake

log = structlog.get_logger()

LaneOf = Callable[[int, str], int]
Append = Callable[[AsyncConnection, Sequence[tuple[int, int, Source, datetime, bytes]]], Awaitable[None]]

AT_ONCE = 5
TAKEN_FOR = timedelta(minutes=3)
DAILY = timedelta(days=1)
SPREAD = 0.2
"""Readings are put off by up to this share more, so that accounts do not ask in step."""
FIRST_RETRY_SECONDS = 60
LONGEST_RETRY_SECONDS = 6 * 3600
SOON = timedelta(seconds=10)

REQUESTS: Mapping[AnswerKind, Callable[[int], AccountRequest]] = {
    "friends": lambda account: Friends(account=account),
    "groups": lambda account: Groups(account=account),
    "aliases": lambda account: Aliases(account=account),
    "labels": lambda account: Labels(account=account),
    "requests": lambda account: FriendRequests(account=account),
}
AFTER_BREAK: Mapping[AnswerKind, timedelta] = {"friends": timedelta(hours=1), "requests": timedelta(minutes=10)}
"""What happened to them while the account was not connected, nothing tells; however often it breaks, they are read once
in so long."""

_BEGIN = text(
    """
    INSERT INTO personal_directory (account_id, kind, due_at, attempts)
    SELECT account, kind, :now, 0 FROM unnest(CAST(:held AS bigint[])) AS account
    CROSS JOIN unnest(CAST(:kinds AS text[])) AS kind ON CONFLICT DO NOTHING
    """
)
_AFTER_BREAK = text(
    """
    UPDATE personal_directory d SET due_at = :now
    FROM unnest(CAST(:kinds AS text[]), CAST(:pauses AS interval[])) AS k (kind, pause), personal_span s
    WHERE d.account_id = ANY (CAST(:held AS bigint[])) AND d.kind = k.kind AND d.due_at > :now AND d.attempts = 0
        AND s.account_id = d.account_id AND s.ended_at IS NULL
        AND d.fetched_at < least(s.connected_at, CAST(:now AS timestamptz) - k.pause)
    """
)
_CLAIM = text(
    """
    WITH due AS (
        SELECT account_id, kind FROM personal_directory
        WHERE due_at <= :now AND account_id = ANY (CAST(:held AS bigint[]))
        ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE personal_directory d SET due_at = :until, attempts = least(d.attempts + 1, 1000)
    FROM due, channel_account a
    WHERE d.account_id = due.account_id AND d.kind = due.kind AND a.id = d.account_id
    RETURNING d.account_id, d.kind, d.digest, d.attempts, a.external_id AS own,
        EXISTS (SELECT FROM channel_tag_change t WHERE t.account_id = d.account_id) AS changing,
        EXISTS (SELECT FROM conversation c WHERE c.account_id = d.account_id AND c.created_at > d.fetched_at) AS met
    """
)
_SETTLE = text(
    """
    UPDATE personal_directory SET due_at = :due, fetched_at = :now, digest = :digest, attempts = 0
    WHERE account_id = :account AND kind = :kind
    """
)
_POSTPONE = text("UPDATE personal_directory SET due_at = :due WHERE account_id = :account AND kind = :kind")
_FRIENDS_GONE = text(
    "DELETE FROM personal_friend WHERE account_id = :account AND external_id <> ALL (CAST(:people AS text[]))"
)
_FRIENDS = text(
    """
    INSERT INTO personal_friend (account_id, external_id, noted_at)
    SELECT :account, person, :now FROM unnest(CAST(:people AS text[])) AS person ON CONFLICT DO NOTHING
    """
)


class Directory:
    """One per worker. `append` writes into the journal."""

    def __init__(self, database: Database, calls: Calls, privacy: Privacy, lane_of: LaneOf, append: Append) -> None:
        self._database = database
        self._calls = calls
        self._privacy = privacy
        self._lane_of = lane_of
        self._append = append

    async def step(self) -> int:
        """Reads what is due; returns how many lists it took. Whoever dies meanwhile leaves them to the next."""
        held = sorted(self._calls.held())
        if not held:
            return 0
        now = clock.now()
        async with self._database.side_transaction() as connection:
            await connection.execute(_BEGIN, {"now": now, "held": held, "kinds": list(REQUESTS)})
            after = {"kinds": list(AFTER_BREAK), "pauses": list(AFTER_BREAK.values())}
            await connection.execute(_AFTER_BREAK, {"now": now, "held": held, **after})
            values = {"now": now, "held": held, "limit": AT_ONCE, "until": now + TAKEN_FOR}
            rows = (await connection.execute(_CLAIM, values)).all()
            limits = await limit_service.load(connection)
        for row in rows:
            await self._read(row, limits)
        return len(rows)

    async def _read(self, row: Row[Any], limits: Limits) -> None:
        kind = cast("AnswerKind", row.kind)
        if kind == "labels" and row.changing:
            # What staff put on somebody goes out first, or the list would take it away again.
            await self._postpone(row, SOON)
            return
        begun = clock.now()
        try:
            said = await self._calls.call(REQUESTS[kind](row.account_id), object)
        except CallFailedError as error:
            log.info("directory_not_read", account=row.account_id, kind=kind, error=str(error))
            seconds = min(FIRST_RETRY_SECONDS * 2 ** min(row.attempts, 12), LONGEST_RETRY_SECONDS)
            await self._postpone(row, timedelta(seconds=seconds))
            return
        data = self._privacy.answer(row.account_id, kind, said)
        pause = timedelta(minutes=limits[of.LABELS_MINUTES]) if kind == "labels" else DAILY
        async with self._database.transaction() as connection:
            if kind == "requests":
                data, young = await listing.unheard(connection, row.account_id, data, begun)
                pause = listing.YOUNG if young else pause
            again = begun + pause * (1 + SPREAD * chance())
            digest = sha256(msgspec.json.encode(data, order="sorted")).hexdigest()
            # Of people who are new here the same list says more than it did.
            if digest != row.digest or (row.met and kind != "requests"):
                answer = Answer(kind=kind, own=row.own, data=msgspec.Raw(msgspec.json.encode(data)))
                lane = self._lane_of(row.account_id, "")
                await self._append(connection, [(row.account_id, lane, "profile", begun, msgspec.json.encode(answer))])
                wake(connection, "intake")
            if kind == "friends":
                people = list(_uids(data))
                await connection.execute(_FRIENDS_GONE, {"account": row.account_id, "people": people})
                await connection.execute(_FRIENDS, {"account": row.account_id, "people": people, "now": begun})
            values = {"account": row.account_id, "kind": kind, "due": again, "now": begun, "digest": digest}
            await connection.execute(_SETTLE, values)

    async def _postpone(self, row: Row[Any], wait: timedelta) -> None:
        async with self._database.transaction() as connection:
            due = clock.now() + wait
            await connection.execute(_POSTPONE, {"account": row.account_id, "kind": row.kind, "due": due})


def _uids(data: object) -> Iterable[str]:
    """Of a list of Zalo's users."""
    if not isinstance(data, list):
        return
    for one in cast("list[object]", data):
        if isinstance(one, Mapping):
            user = cast("Mapping[str, object]", one)
            uid = user.get("userId") or user.get("uid")
            if isinstance(uid, str | int):
                yield str(uid)
