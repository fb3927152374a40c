"""Whose the conversations of an account are that nobody has yet."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service
from sokhach.channels.details import Pool
from sokhach.core import audit
from sokhach.core.audit import AuditAction
from sokhach.core.problems import Fault, InvalidInput, not_found
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce


async def set_pool(connection: AsyncConnection, account_id: int, pool: Pool, team_id: int | None) -> None:
    """`team`: of those in that team and in those below it. Counts at once, also for open sockets. Raises
    `invalid-input`, `not-found`."""
    if (pool == "team") != (team_id is not None):
        raise InvalidInput([Fault("team_id", "missing" if team_id is None else "not-with-this")])
    if team_id is not None and (await connection.execute(_TEAM, {"id": team_id})).first() is None:
        raise InvalidInput([Fault("team_id", "choice")])
    before = (await connection.execute(_FIND, {"id": account_id})).mappings().one_or_none()
    if before is None:
        raise not_found()
    after: dict[str, Any] = {"pool": pool, "team_id": team_id}
    if after == dict(before):
        return
    await connection.execute(_SET, {"id": account_id, **after})
    await audit.record(connection, AuditAction.CHANNEL_ACCOUNT_SET_POOL, account_id, before=dict(before), after=after)
    await service.tell(connection, account_id)
    await announce(connection, [Notice(kind=ACCESS_CHANGED)])


_FIND = text("SELECT pool, pool_team_id AS team_id FROM channel_account WHERE id = :id")
_TEAM = text("SELECT 1 FROM team WHERE id = :id")
_SET = text(
    "SELECT set_account_reach(a.id, a.holder_id, :pool, CAST(:team_id AS bigint))"
    " FROM channel_account a WHERE a.id = :id"
)
