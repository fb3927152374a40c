"""The row that says what the demo is and what belongs to it. For the owner of the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.database import wake

State = Literal["preparing", "running", "clearing", "cleared"]


class Known(NamedTuple):
    """`history_count`: payloads of its history in the journal; None: not yet there. `requested_at`: when somebody
    (`requested_by`; None: at the command line) had it cleared."""

    state: State
    history_count: int | None
    account_ids: Sequence[int]
    staff_ids: Sequence[int]
    team_ids: Sequence[int]
    requested_by: int | None
    requested_at: datetime | None

    @property
    def stands(self) -> bool:
        return self.state in ("preparing", "running")


async def find(connection: AsyncConnection, *, lock: bool = False) -> Known | None:
    """With `lock` nobody else changes it before this transaction ends."""
    row = (await connection.execute(_LOCK if lock else _FIND)).one_or_none()
    return Known(*row) if row else None


async def claim_clearing(connection: AsyncConnection) -> Known | None:
    """The demo if it is to be cleared and nobody else is at it now."""
    row = (await connection.execute(_CLAIM)).one_or_none()
    return Known(*row) if row else None


async def begin(
    connection: AsyncConnection, *, staff_ids: Sequence[int], team_ids: Sequence[int], now: datetime
) -> None:
    """A demo that is not there yet, or was cleared."""
    values = {"staff": list(staff_ids), "teams": list(team_ids), "now": now}
    await connection.execute(_BEGIN, values)


async def add_account(connection: AsyncConnection, account_id: int) -> bool:
    """False when the demo is being cleared meanwhile."""
    return (await connection.execute(_ADD_ACCOUNT, {"account": account_id})).first() is not None


async def note_history(connection: AsyncConnection, count: int) -> bool:
    """Said in the transaction that journals it: the history is there as a whole, or not at all. False when it is there
    already, or the demo is being cleared."""
    return (await connection.execute(_NOTE_HISTORY, {"count": count})).first() is not None


async def add_history(connection: AsyncConnection, count: int) -> None:
    """So many payloads more, in the transaction that journals them."""
    await connection.execute(_ADD_HISTORY, {"count": count})


async def finish(connection: AsyncConnection) -> None:
    await connection.execute(text("UPDATE demo SET state = 'running' WHERE state = 'preparing'"))


async def ask_to_clear(connection: AsyncConnection, staff_id: int | None, now: datetime) -> bool:
    """False when there is no demo to clear. Also for the web role, as an administrator."""
    asked = await connection.execute(_ASK, {"staff": staff_id, "now": now})
    wake(connection)
    return asked.first() is not None


async def own_up(connection: AsyncConnection, oa_ids: Sequence[str], uids: Sequence[str]) -> Known:
    """An account that was being connected when the clearing was asked for is the demo's, too."""
    await connection.execute(_OWN_UP, {"oas": list(oa_ids), "uids": list(uids)})
    return Known(*(await connection.execute(_FIND)).one())


async def end(connection: AsyncConnection, now: datetime) -> None:
    await connection.execute(_END, {"now": now})


_COLUMNS = "state, history_count, account_ids, staff_ids, team_ids, requested_by, requested_at"
_FIND = text(f"SELECT {_COLUMNS} FROM demo")
_LOCK = text(f"SELECT {_COLUMNS} FROM demo FOR UPDATE")
_CLAIM = text(f"SELECT {_COLUMNS} FROM demo WHERE state = 'clearing' FOR NO KEY UPDATE SKIP LOCKED")
_BEGIN = text(
    """
    INSERT INTO demo (id, state, since, account_ids, staff_ids, team_ids)
    VALUES (1, 'preparing', :now, '{}', :staff, :teams)
    ON CONFLICT (id) DO UPDATE SET state = 'preparing', since = excluded.since, history_count = NULL,
        history_until = NULL, account_ids = '{}', staff_ids = excluded.staff_ids, team_ids = excluded.team_ids,
        requested_by = NULL, requested_at = NULL, cleared_at = NULL
    WHERE demo.state = 'cleared'
    """
)
_ADD_ACCOUNT = text(
    """
    UPDATE demo SET account_ids = array_remove(account_ids, :account) || CAST(:account AS bigint)
    WHERE state IN ('preparing', 'running') RETURNING 1
    """
)
_NOTE_HISTORY = text(
    """
    UPDATE demo SET history_count = :count, history_until = (SELECT max(id) FROM journal)
    WHERE state = 'preparing' AND history_count IS NULL RETURNING 1
    """
)
_ADD_HISTORY = text(
    """
    UPDATE demo SET history_count = coalesce(history_count, 0) + :count, history_until = (SELECT max(id) FROM journal)
    WHERE state IN ('preparing', 'running')
    """
)
_ASK = text(
    """
    UPDATE demo SET state = 'clearing', requested_by = :staff, requested_at = :now
    WHERE state IN ('preparing', 'running') RETURNING 1
    """
)
_OWN_UP = text(
    """
    UPDATE demo SET account_ids = account_ids || ARRAY(
        SELECT a.id FROM channel_account a
        WHERE (a.channel = 'zalo_oa' AND a.external_id = ANY (:oas)
                OR a.channel = 'zalo_personal' AND a.external_id = ANY (:uids))
            AND a.id <> ALL (demo.account_ids)
    )
    """
)
_END = text("UPDATE demo SET state = 'cleared', cleared_at = :now WHERE state = 'clearing'")
