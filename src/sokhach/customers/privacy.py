"""Requests of people about their data: kept, shown with their term, closed by a person. The only writer of
`privacy_request`. Nothing is deleted by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Actor, Permission
from sokhach.core.audit import AuditAction, record
from sokhach.core.catalogue import Locale, explain
from sokhach.core.realtime import Notice, announce
from sokhach.customers.queries import IdentityAccount
from sokhach.customers.rules import ANSWER_WITHIN

State = Literal["open", "closed"]
MOST = 500


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A person asked for `kind` on an account."""

    identity_id: int
    contact_id: int
    kind: Literal["withdraw"]
    at: datetime


class RequestContact(msgspec.Struct, kw_only=True):
    id: int
    code: str
    name: str
    avatar_url: str | None


class RequestCloser(msgspec.Struct, kw_only=True):
    id: int
    name: str


class PrivacyRequestView(msgspec.Struct, kw_only=True):
    """`text` says what is asked for. `due_at`: the term of the law."""

    id: int
    kind: str
    text: str
    contact: RequestContact | None
    account: IdentityAccount
    requested_at: datetime
    due_at: datetime
    closed_at: datetime | None
    closed_by: RequestCloser | None
    note: str | None


async def apply(connection: AsyncConnection, account_id: int, asked: Sequence[Asked]) -> None:
    """Opens requests; the same one told again stays as it is."""
    if not asked:
        return
    rows = [msgspec.structs.asdict(one) | {"due_at": one.at + ANSWER_WITHIN} for one in asked]
    opened = await connection.execute(_OPEN, {"rows": msgspec.json.encode(rows).decode(), "account": account_id})
    if opened.first() is not None:
        await _announce(connection)


async def list_requests(connection: AsyncConnection, state: State, locale: Locale) -> list[PrivacyRequestView]:
    """Open ones by their term, closed ones newest first; at most 500."""
    order = "p.due_at, p.id" if state == "open" else "p.closed_at DESC, p.id DESC"
    rows = await connection.execute(
        text(f"{_SELECT} WHERE (p.closed_at IS NULL) = :open ORDER BY {order} LIMIT {MOST}"), {"open": state == "open"}
    )
    return [_view(row, locale) for row in rows]


async def close(
    connection: AsyncConnection, actor: Actor, request_id: int, note: str, now: datetime, locale: Locale
) -> PrivacyRequestView | None:
    """A person has done what was asked for, or says why not. One that is closed stays as it was closed."""
    closed = await connection.execute(_CLOSE, {"id": request_id, "staff": actor.staff_id, "note": note, "now": now})
    if closed.first() is not None:
        await _announce(connection)
        await record(connection, AuditAction.PRIVACY_REQUEST_CLOSE, request_id, after={"note": note})
    row = (await connection.execute(text(f"{_SELECT} WHERE p.id = :id"), {"id": request_id})).one_or_none()
    return _view(row, locale) if row is not None else None


def _view(row: Any, locale: Locale) -> PrivacyRequestView:
    contact = None
    if row.contact_code is not None:
        contact = RequestContact(
            id=row.contact_id,
            code=row.contact_code,
            name=row.contact_name or row.contact_code,
            avatar_url=row.contact_avatar,
        )
    return PrivacyRequestView(
        id=row.id,
        kind=row.kind,
        text=explain(locale, "privacy-request", row.kind),
        contact=contact,
        account=IdentityAccount(id=row.account_id, name=row.account_name, channel=row.channel),
        requested_at=row.requested_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        closed_by=RequestCloser(id=row.closed_by, name=row.closer_name) if row.closed_by is not None else None,
        note=row.note,
    )


async def _announce(connection: AsyncConnection) -> None:
    payload = {"permission": Permission.PRIVACY_REQUEST_READ.value}
    await announce(connection, [Notice(kind="privacy_request.changed", payload=payload)])


_OPEN = text(
    """
    INSERT INTO privacy_request (account_id, identity_id, contact_id, kind, requested_at, due_at)
    SELECT DISTINCT :account, identity_id, contact_id, kind, at, due_at FROM json_to_recordset(CAST(:rows AS json))
        AS r (identity_id bigint, contact_id bigint, kind text, at timestamptz, due_at timestamptz)
    ON CONFLICT (identity_id, kind, requested_at) DO NOTHING
    RETURNING id
    """
)
_CLOSE = text(
    "UPDATE privacy_request SET closed_at = :now, closed_by = :staff, note = :note"
    " WHERE id = :id AND closed_at IS NULL RETURNING id"
)
_SELECT = """
    SELECT p.id, p.kind, p.contact_id, k.code AS contact_code, k.name AS contact_name, k.avatar_url AS contact_avatar,
        p.account_id, a.name AS account_name, a.channel, p.requested_at, p.due_at, p.closed_at, p.closed_by,
        s.name AS closer_name, p.note
    FROM privacy_request p
    JOIN channel_account a ON a.id = p.account_id
    LEFT JOIN contact k ON k.id = p.contact_id
    LEFT JOIN staff s ON s.id = p.closed_by
"""
