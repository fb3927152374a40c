"""What people order of personal accounts. The host does it; here it is written down, and said who ordered it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service as channels
from sokhach.channels.zalo_personal import notices, queries
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.core.actor import Actor, Permission
from sokhach.core.audit import AuditAction, record
from sokhach.core.catalogue import Locale, say
from sokhach.core.database import wake
from sokhach.core.origin import current_origin
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce

Action = Literal["start", "stop", "return"]
Sim = Literal["company", "own"]
MANAGE = Permission.CHANNEL_ACCOUNT_MANAGE

_STANDING = text(
    """
    SELECT p.account_id AS id, p.state, p.wanted, p.sim, a.holder_id, a.health
    FROM personal_account p JOIN channel_account a ON a.id = p.account_id WHERE p.account_id = ANY (:ids)
    """
)
_ORDER = text("SELECT id FROM order_personal_accounts(:ids, :action, :now)")
_CHANGE = text(
    "SELECT change_personal_account(:id, :holder, :sim, :other_proxy, CAST(:proxy AS bytea))",
)
_STAFF = text("SELECT 1 FROM staff WHERE id = :id AND suspended_at IS NULL")
_ASK_LOGIN = text(
    "INSERT INTO personal_login (account_id, holder_id, asked_by, sim, proxy, state, created_at, changed_at)"
    " VALUES (:account, :holder, :me, :sim, :proxy, 'asked', :now, :now) RETURNING id"
)
_AGREE = text(
    "INSERT INTO personal_consent (holder_id, recorded_by, login_id, account_id, version, text_hash, at, address)"
    " VALUES (:holder, :me, :login, :account, :version, :hash, :now, CAST(:address AS inet))"
)
_RENEW_LOGIN = text(
    "UPDATE personal_login SET state = 'asked', image = NULL, error = NULL, expires_at = NULL, changed_at = :now"
    " WHERE id = :id AND state NOT IN ('done', 'aborted') RETURNING asked_by"
)
_ABORT_LOGIN = text(
    "UPDATE personal_login SET state = 'aborted', image = NULL, changed_at = :now"
    " WHERE id = :id AND state NOT IN ('done', 'aborted') RETURNING asked_by"
)
_TURN = text("UPDATE personal_switch SET stopped_at = :at, stopped_by = :by WHERE (stopped_at IS NULL) = (:stopped)")
_ASK_CALL = text(
    "INSERT INTO personal_call (account_id, asked_by, op, arguments, state, created_at, changed_at)"
    " VALUES (:account, :me, :op, CAST(:arguments AS jsonb), 'asked', :now, :now) RETURNING id"
)
_AUDIT = {
    "start": AuditAction.PERSONAL_ACCOUNT_START,
    "stop": AuditAction.PERSONAL_ACCOUNT_STOP,
    "return": AuditAction.PERSONAL_ACCOUNT_RETURN,
}


class Refused(msgspec.Struct, frozen=True):
    """`reason` in words."""

    id: int
    reason: str


class ActionOutcome(msgspec.Struct, frozen=True):
    done: Sequence[int]
    refused: Sequence[Refused]


async def act(
    connection: AsyncConnection, actor: Actor, ids: Sequence[int], action: Action, locale: Locale, now: datetime
) -> ActionOutcome:
    """Each for itself: what cannot be done to one keeps none of the others from it."""
    rows = {row.id: row for row in await connection.execute(_STANDING, {"ids": list(ids)})}
    values = {"ids": list(ids), "action": action, "now": now}
    done = set((await connection.execute(_ORDER, values)).scalars())
    for account_id in sorted(done):
        await record(connection, _AUDIT[action], account_id, before={"state": rows[account_id].state})
        await notices.account_changed(connection, account_id, rows[account_id].holder_id)
        await channels.tell(connection, account_id)
    wake(connection)
    refused = [
        Refused(one, say(locale, f"personal-action.{_why_not(rows.get(one), actor, action)}"))
        for one in dict.fromkeys(ids)
        if one not in done
    ]
    return ActionOutcome([one for one in dict.fromkeys(ids) if one in done], refused)


def _why_not(row: Any, actor: Actor, action: Action) -> str:
    if row is None:
        return "not-found"
    if not (actor.may(MANAGE) or (action == "return" and row.holder_id == actor.staff_id)):
        return "not-permitted"
    if action == "stop":
        return "stopped-already"
    if row.state == "needs_login":
        return "needs-login"
    if row.state == "online":
        return "online-already"
    return "stopped" if not row.wanted else "no-credentials"


async def change(
    connection: AsyncConnection,
    sealing: Sealing,
    account_id: int,
    *,
    holder_id: int,
    sim: Sim,
    proxy: str | None,
    now: datetime,
) -> None:
    """`proxy` None leaves it as it is, and "" takes it away. Raises `not-found`, `invalid-input`, and
    `holder-must-agree` for an own SIM that is to be the company's: its holder agrees to that by a login."""
    row = (await connection.execute(_STANDING, {"ids": [account_id]})).one_or_none()
    if row is None:
        raise not_found()
    if row.sim == "own" and sim == "company":
        raise Problem("holder-must-agree", 409)
    if holder_id != row.holder_id and (await connection.execute(_STAFF, {"id": holder_id})).first() is None:
        raise InvalidInput([Fault("holder_id", "choice")])
    values = {
        "id": account_id,
        "holder": holder_id,
        "sim": sim,
        "other_proxy": proxy is not None,
        "proxy": sealing.seal_proxy(proxy),
    }
    if not (await connection.execute(_CHANGE, values)).scalar_one():
        raise not_found()
    before: dict[str, Any] = {"holder_id": row.holder_id, "sim": row.sim}
    after: dict[str, Any] = {"holder_id": holder_id, "sim": sim}
    if proxy is not None:
        after["proxy"] = bool(proxy)
    await record(connection, AuditAction.PERSONAL_ACCOUNT_CHANGE, account_id, before=before, after=after)
    await notices.account_changed(connection, account_id, holder_id)
    await channels.tell(connection, account_id)
    if holder_id != row.holder_id:
        await announce(connection, [Notice(kind=ACCESS_CHANGED)])
    wake(connection)


async def ask_login(
    connection: AsyncConnection,
    sealing: Sealing,
    actor: Actor,
    *,
    holder_id: int,
    sim: Sim,
    account_id: int | None,
    proxy: str | None,
    locale: Locale,
    now: datetime,
) -> int:
    """The worker shows a code soon. An account's own holder and SIM go before what is given. Raises `not-permitted`,
    `not-found`, `invalid-input`."""
    if account_id is not None:
        row = (await connection.execute(_STANDING, {"ids": [account_id]})).one_or_none()
        if row is None:
            raise not_found()
        if row.holder_id is not None:
            holder_id = row.holder_id
        sim = row.sim
    if not actor.may(MANAGE) and (holder_id != actor.staff_id or proxy):
        raise Problem("not-permitted", 403)
    if (await connection.execute(_STAFF, {"id": holder_id})).first() is None:
        raise InvalidInput([Fault("holder_id", "choice")])
    values: Mapping[str, Any] = {
        "account": account_id,
        "holder": holder_id,
        "me": actor.staff_id,
        "sim": sim,
        "proxy": sealing.seal_proxy(proxy),
        "now": now,
    }
    login_id = (await connection.execute(_ASK_LOGIN, values)).scalar_one()
    agreed = {
        "holder": holder_id,
        "me": actor.staff_id,
        "login": login_id,
        "account": account_id,
        "version": queries.CONSENT_VERSION,
        "hash": queries.consent_hash(locale),
        "now": now,
        "address": current_origin().address,
    }
    await connection.execute(_AGREE, agreed)
    after = {"holder_id": holder_id, "account_id": account_id, "sim": sim}
    await record(connection, AuditAction.PERSONAL_LOGIN_ASK, login_id, after=after)
    wake(connection)
    return login_id


async def renew_login(connection: AsyncConnection, login_id: int, now: datetime) -> None:
    """A new code. Raises `not-found`, also for a login that is over."""
    await _change_login(connection, login_id, _RENEW_LOGIN, now)


async def abort_login(connection: AsyncConnection, login_id: int, now: datetime) -> None:
    await _change_login(connection, login_id, _ABORT_LOGIN, now)


async def _change_login(connection: AsyncConnection, login_id: int, statement: Any, now: datetime) -> None:
    row = (await connection.execute(statement, {"id": login_id, "now": now})).one_or_none()
    if row is None:
        raise not_found()
    await notices.login_changed(connection, login_id, row.asked_by)
    wake(connection)


async def turn_switch(connection: AsyncConnection, actor: Actor, *, stopped: bool, now: datetime) -> None:
    """Whether nothing leaves by any personal account. What comes in goes on."""
    values = {"stopped": stopped, "at": now if stopped else None, "by": actor.staff_id if stopped else None}
    if (await connection.execute(_TURN, values)).rowcount == 0:
        return
    await record(connection, AuditAction.PERSONAL_SWITCH_TURN, after={"stopped": stopped})
    await notices.switch_changed(connection)
    wake(connection)


async def ask_call(
    connection: AsyncConnection, actor: Actor, account_id: int, op: str, arguments: Mapping[str, Any], now: datetime
) -> int:
    """The worker that holds the account does it. Raises `not-found`."""
    if (await connection.execute(_STANDING, {"ids": [account_id]})).first() is None:
        raise not_found()
    values = {
        "account": account_id,
        "me": actor.staff_id,
        "op": op,
        "arguments": msgspec.json.encode(arguments).decode(),
        "now": now,
    }
    call_id = (await connection.execute(_ASK_CALL, values)).scalar_one()
    await record(connection, AuditAction.PERSONAL_CALL_ASK, call_id, after={"account_id": account_id, "op": op})
    wake(connection)
    return call_id
