"""API tokens: a program acts for a person, sees what they see, and may do what its scopes and their role both allow."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
import structlog
from sqlalchemy import func, insert, literal_column, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import PERMISSIONS, Actor, Permission
from sokhach.core.audit import AuditAction, record
from sokhach.core.crypto import hash_token, new_token
from sokhach.core.problems import Fault, InvalidInput, not_found
from sokhach.core.text import nfc
from sokhach.people import rules
from sokhach.people.models import Staff
from sokhach.people.rules import staff_code
from sokhach.people.sign_in_models import ApiToken

log = structlog.get_logger()

PREFIX = "skh_"
HINT_LENGTH = 10
LONGEST = timedelta(days=366)
MOST_TOKENS = 50
TOUCH_EVERY = timedelta(minutes=10)

# What everybody may read of what they see has no permission of its own, but a scope.
READ_SCOPES = {
    "contact:read": ("/api/contacts", "/api/tags"),
    "conversation:read": ("/api/conversations", "/api/media"),
}
# Who may get in is decided by people only.
NEVER = frozenset({Permission.SECURITY_POLICY_MANAGE, Permission.STAFF_MANAGE})


class Found(NamedTuple):
    """A token that is good."""

    id: int
    staff_id: int
    name: str
    scopes: frozenset[str]
    last_used_at: datetime | None


class TokenOwner(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    code: str
    name: str


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """`hint` is how it begins; `last_used_at` to ten minutes."""

    id: int
    staff: TokenOwner
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    address: str | None
    revoked_at: datetime | None


def scopes_for(actor: Actor) -> list[str]:
    """What a token of theirs may hold, alphabetical."""
    return sorted({*READ_SCOPES, *(one.value for one in PERMISSIONS[actor.role] - NEVER)})


def scope_of_path(path: str) -> str | None:
    """The scope that lets a token read there, of routes that ask for no permission."""
    for scope, roots in READ_SCOPES.items():
        if any(path == root or path.startswith(root + "/") for root in roots):
            return scope
    return None


async def make(
    connection: AsyncConnection, actor: Actor, *, name: str, scopes: Collection[str], expires_at: datetime
) -> tuple[int, str]:
    """Its id, and the token itself, of which a hash is kept. Raises `invalid-input`."""
    now = clock.now()
    faults = rules.name_faults(name)
    if not scopes:
        faults.append(Fault("scopes", "blank"))
    elif not set(scopes) <= set(scopes_for(actor)):
        faults.append(Fault("scopes", "unknown"))
    if expires_at.tzinfo is None:
        faults.append(Fault("expires_at", "form"))
    elif expires_at <= now:
        faults.append(Fault("expires_at", "in-past"))
    elif expires_at > now + LONGEST:
        faults.append(Fault("expires_at", "too-far-ahead", LONGEST.days))
    if faults:
        raise InvalidInput(faults)
    if sum(one.revoked_at is None for one in await tokens_of(connection, actor.staff_id)) >= MOST_TOKENS:
        raise InvalidInput([Fault("name", "too-many", MOST_TOKENS)])
    token = PREFIX + new_token()
    name = nfc(name).strip()
    added = (
        insert(ApiToken)
        .values(
            staff_id=actor.staff_id,
            name=name,
            token_hash=hash_token(token),
            hint=token[:HINT_LENGTH],
            scopes=sorted(set(scopes)),
            created_at=now,
            expires_at=expires_at,
        )
        .returning(ApiToken.id)
    )
    token_id: int = (await connection.execute(added)).scalar_one()
    after = {"name": name, "scopes": sorted(set(scopes)), "expires_at": expires_at.isoformat()}
    await record(connection, AuditAction.API_TOKEN_ADD, token_id, after=after)
    log.info("api_token_added", token=token_id, staff=actor.staff_id)
    return token_id, token


async def tokens_of(connection: AsyncConnection, staff_id: int | None) -> Sequence[Token]:
    """Of one person, or of all whom the actor may look after; newest first."""
    rows = (
        select(*_SHOWN, Staff.name.label("staff_name"))
        .join(Staff, Staff.id == ApiToken.staff_id)
        .order_by(ApiToken.id.desc())
        .limit(literal_column("1000"))
    )
    if staff_id is not None:
        rows = rows.where(ApiToken.staff_id == staff_id)
    return [
        Token(
            id=row.id,
            staff=TokenOwner(id=row.staff_id, code=staff_code(row.staff_id), name=row.staff_name),
            name=row.name,
            hint=row.hint,
            scopes=list(row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            address=str(row.address) if row.address else None,
            revoked_at=row.revoked_at,
        )
        for row in await connection.execute(rows)
    ]


async def revoke(connection: AsyncConnection, token_id: int, staff_id: int | None) -> None:
    """One's own, or with `staff_id` None any. Revoked twice is revoked since the first time. Raises `not-found`."""
    revoked = update(ApiToken).where(ApiToken.id == token_id)
    if staff_id is not None:
        revoked = revoked.where(ApiToken.staff_id == staff_id)
    since = func.coalesce(ApiToken.revoked_at, clock.now())
    if (await connection.execute(revoked.values(revoked_at=since))).rowcount == 0:
        raise not_found()
    await record(connection, AuditAction.API_TOKEN_REVOKE, token_id)
    log.info("api_token_revoked", token=token_id)


async def revoke_all_of(connection: AsyncConnection, staff_id: int) -> None:
    revoked = update(ApiToken).where(ApiToken.staff_id == staff_id, ApiToken.revoked_at.is_(None))
    await connection.execute(revoked.values(revoked_at=clock.now()))


async def find(connection: AsyncConnection, token: str) -> Found | None:
    """Before anybody is signed in."""
    row = (await connection.execute(_FIND, {"given": hash_token(token), "at": clock.now()})).one_or_none()
    return Found(row.id, row.staff_id, row.name, frozenset(row.scopes), row.last_used_at) if row else None


async def touch(connection: AsyncConnection, found: Found, address: str) -> None:
    """Writes at most every ten minutes that it is in use."""
    now = clock.now()
    if found.last_used_at is None or now - found.last_used_at >= TOUCH_EVERY:
        used = update(ApiToken).where(ApiToken.id == found.id).values(last_used_at=now, address=address)
        await connection.execute(used)


_SHOWN = (
    ApiToken.id,
    ApiToken.staff_id,
    ApiToken.name,
    ApiToken.hint,
    ApiToken.scopes,
    ApiToken.created_at,
    ApiToken.expires_at,
    ApiToken.last_used_at,
    ApiToken.address,
    ApiToken.revoked_at,
)
_FIND = text("SELECT * FROM api_token_of(:given, :at)")
