"""Marks: the holder of an own SIM says what is work, and what is private again. Rows are written by a function of the
database, which asks who acts."""

from datetime import datetime

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import notices
from sokhach.channels.zalo_personal.private.queries import Kind
from sokhach.channels.zalo_personal.private.rules import Thread
from sokhach.core.audit import AuditAction, record
from sokhach.core.database import wake
from sokhach.core.problems import Problem

log = structlog.get_logger()

_MARK = text("SELECT mark_work(:account, :thread, :in_group, :is_work, CAST(:name AS text), :now)")
_ASK = text("SELECT ask_for_people(:account, :now)")
_HANDED_OVER = text(
    "SELECT EXISTS (SELECT FROM personal_account p JOIN channel_account a ON a.id = p.account_id"
    " WHERE p.account_id = :account AND p.sim = 'own' AND p.handed_over_at IS NOT NULL"
    " AND a.holder_id = nullif(current_setting('app.staff_id', true), '')::bigint)"
)
_HOLDER = text("SELECT holder_id FROM channel_account WHERE id = :account")


async def mark(
    connection: AsyncConnection, account_id: int, thread: Thread, kind: Kind, name: str | None, now: datetime
) -> None:
    """From now on; what was captured stays, what was not cannot be had. Raises `Problem` `not-the-holder`,
    and `holder-must-scan` for a new holder who has not logged in yet."""
    values = {
        "account": account_id,
        "thread": thread.key,
        "in_group": thread.group,
        "is_work": kind == "work",
        "name": name,
        "now": now,
    }
    changed: bool | None = (await connection.execute(_MARK, values)).scalar_one()
    if changed is None:
        if (await connection.execute(_HANDED_OVER, {"account": account_id})).scalar_one():
            raise Problem("holder-must-scan", 409)
        raise Problem("not-the-holder", 403)
    if not changed:
        return
    action = AuditAction.PERSONAL_ACCOUNT_MARK_WORK if kind == "work" else AuditAction.PERSONAL_ACCOUNT_MARK_PRIVATE
    await record(connection, action, account_id, after={"name": name})
    holder_id = (await connection.execute(_HOLDER, {"account": account_id})).scalar_one()
    await notices.account_changed(connection, account_id, holder_id)
    wake(connection)
    log.info("private_mark", account=account_id, kind=kind)


async def ask_for_people(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """The list is to be read anew, if it is not fresh."""
    await connection.execute(_ASK, {"account": account_id, "now": now})
    wake(connection)
