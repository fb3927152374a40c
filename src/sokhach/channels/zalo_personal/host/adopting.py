"""Somebody logged in: the account is made, or a known one gets other credentials and keeps its row. Cookies are tied to
the browser that the code was made for: it is kept with them, while a known account keeps its way out."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service as channels
from sokhach.channels.rules import ZALO_PERSONAL
from sokhach.channels.zalo_personal import notices
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.protocol import QrEvent
from sokhach.core.audit import AuditAction, record
from sokhach.core.database import wake
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce

_LOGIN = text(
    """
    SELECT l.id, l.account_id, l.holder_id, l.asked_by, l.sim, l.proxy, l.name, l.avatar_url,
        meant.external_id AS meant_uid, known.id AS known_id, known.holder_id AS known_holder
    FROM personal_login l LEFT JOIN channel_account meant ON meant.id = l.account_id
    LEFT JOIN channel_account known ON known.channel = :channel AND known.external_id = :uid
    WHERE l.id = :id AND l.state IN ('asked', 'code', 'scanned') FOR UPDATE OF l
    """
)
_ADD = text(
    """
    INSERT INTO channel_account (channel, external_id, name, credentials, health, health_since, created_at, holder_id,
        pool)
    VALUES (:channel, :uid, :name, '', 'unknown', :now, :now, :holder, 'nobody') RETURNING id
    """
)
_RENAME = text("UPDATE channel_account SET name = coalesce(CAST(:name AS text), name) WHERE id = :id")
_KEEP = text(
    """
    INSERT INTO personal_account AS p (account_id, sim, avatar_url, credentials, credentials_at, proxy, revision, state,
        state_since, wanted, warm_from, next_attempt_at, attempts)
    VALUES (:id, :sim, :avatar, :credentials, :now, :proxy, 1, 'connecting', :now, true, :now, :now, 0)
    ON CONFLICT (account_id) DO UPDATE SET avatar_url = coalesce(excluded.avatar_url, p.avatar_url),
        credentials = excluded.credentials, credentials_at = excluded.credentials_at,
        proxy = CASE WHEN :meant THEN coalesce(excluded.proxy, p.proxy) ELSE coalesce(p.proxy, excluded.proxy) END,
        sim = CASE WHEN :agreed THEN 'company' ELSE p.sim END,
        company_since = CASE WHEN :agreed AND p.sim = 'own' THEN :now ELSE p.company_since END,
        handed_over_at = CASE WHEN :shown THEN NULL ELSE p.handed_over_at END,
        revision = p.revision + 1, state = 'connecting', state_reason = NULL,
        state_since = :now, wanted = true, stopped_at = NULL, stopped_by = NULL, next_attempt_at = :now, attempts = 0
    """
)
_FORGET_PEOPLE = text(
    "DELETE FROM private_people x USING personal_account p"
    " WHERE x.account_id = :id AND p.account_id = x.account_id AND p.sim = 'company'"
)
_AGREED = text("UPDATE personal_consent SET account_id = :account WHERE login_id = :login")
_DONE = text(
    "UPDATE personal_login SET state = :state, error = :error, uid = :uid, image = NULL, changed_at = :now,"
    " account_id = coalesce(CAST(:account AS bigint), account_id), name = coalesce(CAST(:name AS text), name),"
    " avatar_url = coalesce(CAST(:avatar AS text), avatar_url) WHERE id = :id"
)


async def adopt(connection: AsyncConnection, sealing: Sealing, event: QrEvent, now: datetime) -> None:
    """Of a login that is done. Another account than the one that was meant is refused, and forgotten."""
    if event.uid is None or event.credentials is None:
        raise ValueError("a login that is done has a uid and credentials")
    values = {"id": event.login, "uid": event.uid, "channel": ZALO_PERSONAL}
    login = (await connection.execute(_LOGIN, values)).one_or_none()
    if login is None:
        return
    error = _refusal(login, event.uid)
    account_id: int | None = None
    if error is None:
        account_id = await _keep(connection, login, event, sealing.seal(event.credentials), now)
    done = {
        "id": event.login,
        "state": "done" if error is None else "failed",
        "error": error,
        "uid": event.uid,
        "now": now,
        "account": account_id,
        "name": event.name,
        "avatar": event.avatar,
    }
    await connection.execute(_DONE, done)
    await notices.login_changed(connection, event.login, login.asked_by)


def _refusal(login: Any, uid: str) -> str | None:
    """A slug of `personal-login.<slug>`."""
    if login.meant_uid is not None and login.meant_uid != uid:
        return "other-account"
    if login.account_id is None and login.known_id is not None and login.known_holder not in (None, login.holder_id):
        return "held-by-other"
    return None


async def _keep(connection: AsyncConnection, login: Any, event: QrEvent, credentials: bytes, now: datetime) -> int:
    name = event.name or login.name
    account_id: int
    if login.known_id is None:
        added = {
            "channel": ZALO_PERSONAL,
            "uid": event.uid,
            "name": name or event.uid,
            "now": now,
            "holder": login.holder_id,
        }
        account_id = (await connection.execute(_ADD, added)).scalar_one()
    else:
        account_id = login.known_id
        await connection.execute(_RENAME, {"id": account_id, "name": name})
    shown = login.known_holder == login.holder_id
    kept = {
        "id": account_id,
        "meant": login.account_id is not None,
        "shown": shown,
        # Asked for by the holder, in whose hand the phone is: their own SIM may become the company's by it.
        "agreed": shown and login.asked_by == login.holder_id and login.sim == "company",
        "sim": login.sim,
        "avatar": event.avatar or login.avatar_url,
        "credentials": credentials,
        "proxy": login.proxy,
        "now": now,
    }
    await connection.execute(_KEEP, kept)
    await connection.execute(_FORGET_PEOPLE, {"id": account_id})
    await connection.execute(_AGREED, {"account": account_id, "login": login.id})
    after = {"uid": event.uid, "holder_id": login.holder_id, "login_id": login.id}
    await record(connection, AuditAction.PERSONAL_ACCOUNT_CONNECT, account_id, after=after, staff_id=login.asked_by)
    await channels.tell(connection, account_id)
    await notices.account_changed(connection, account_id, login.holder_id)
    # Whose account it is says what they see.
    await announce(connection, [Notice(kind=ACCESS_CHANGED, payload={"staff_id": login.holder_id})])
    wake(connection)
    return account_id
