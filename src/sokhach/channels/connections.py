"""Connecting accounts from the console: a consent is begun, the person comes back with a code, it is stored."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import service
from sokhach.channels.connector import SendRefusedError
from sokhach.channels.rules import ZALO_OA
from sokhach.channels.upkeep import sweeps
from sokhach.channels.zalo_oa import consent
from sokhach.channels.zalo_oa import credentials as sealing
from sokhach.channels.zalo_oa.consent import Begun, ConsentError, Granted
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.channels.zalo_oa.tokens import renewal_due, token_lock
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.audit import AuditAction, record
from sokhach.core.config import Settings
from sokhach.core.crypto import UndecipherableError, Vault, hash_token, new_token
from sokhach.core.database import urls, wake


class Link(NamedTuple):
    """Where the person is sent; and of what the link is made, for an app that has it saved in Zalo's console."""

    authorize_url: str
    redirect_uri: str
    code_challenge: str
    webhook_url: str


class Returned(NamedTuple):
    """A consent whose person came back. `external_id`: of the account that it was begun for, if any."""

    begun: Begun
    external_id: str | None


_BEGIN = text(
    "INSERT INTO channel_authorization (state_hash, channel, staff_id, account_id, sealed, expires_at)"
    " VALUES (:state, :channel, :staff, :account, :sealed, :expires)"
)
_FORGET = text("DELETE FROM channel_authorization WHERE expires_at <= :now")
_RETURN = text(
    """
    WITH used AS (
        DELETE FROM channel_authorization WHERE state_hash = :state AND channel = :channel
        RETURNING account_id, sealed, expires_at
    )
    SELECT used.sealed, a.external_id FROM used LEFT JOIN channel_account a ON a.id = used.account_id
    WHERE used.expires_at > :now
    """
)
_CREDENTIALS = text("SELECT credentials FROM channel_account WHERE id = :id AND channel = :channel")
_KNOWN = text("SELECT id FROM channel_account WHERE channel = :channel AND external_id = :external_id")
_STORE = text("SELECT connect_channel_account(:channel, :external_id, :name, :credentials, :tokens, :due, :now)")


async def begin(
    connection: AsyncConnection,
    settings: Settings,
    actor: Actor,
    credentials: Credentials,
    account_id: int | None = None,
) -> Link:
    """Remembers what the code will be exchanged with, for `actor` alone, once, for ten minutes."""
    begun = consent.begin(settings, credentials)
    state, now = new_token(), clock.now()
    await connection.execute(_FORGET, {"now": now})
    values = {
        "state": hash_token(state),
        "channel": ZALO_OA,
        "staff": actor.staff_id,
        "account": account_id,
        "sealed": consent.seal(Vault(settings.keys), begun),
        "expires": now + consent.LIFE,
    }
    await connection.execute(_BEGIN, values)
    return Link(
        consent.authorize_url(settings, begun, state),
        begun.redirect_uri,
        consent.challenge_of(begun.verifier),
        consent.webhook_url(settings),
    )


async def stored_credentials(connection: AsyncConnection, settings: Settings, account_id: int) -> Credentials | None:
    """Those of a known account; None: there is no such account. Raises `ConsentError`."""
    sealed = (await connection.execute(_CREDENTIALS, {"id": account_id, "channel": ZALO_OA})).scalar_one_or_none()
    if sealed is None:
        return None
    try:
        return sealing.open_credentials(Vault(settings.keys), sealed)
    except (UndecipherableError, msgspec.DecodeError) as error:
        raise ConsentError("connection-credentials-lost") from error


async def come_back(connection: AsyncConnection, settings: Settings, state: str) -> Returned:
    """Uses up a state. Raises `ConsentError` for one that is unknown, used, too old, or somebody else's."""
    values = {"state": hash_token(state), "channel": ZALO_OA, "now": clock.now()}
    row = (await connection.execute(_RETURN, values)).one_or_none()
    if row is None:
        raise ConsentError("connection-expired")
    try:
        return Returned(consent.unseal(Vault(settings.keys), row.sealed), row.external_id)
    except (UndecipherableError, msgspec.DecodeError) as error:
        raise ConsentError("connection-expired") from error


async def granted(settings: Settings, returned: Returned, code: str, oa_id: str) -> Granted:
    """Asks Zalo, with no transaction open. Raises `ConsentError`, also when it is not the OA that was meant."""
    found = await consent.exchange(settings, returned.begun, code, clock.now())
    meant = {one for one in (oa_id, returned.external_id) if one}
    if meant - {str(found.oa.oaid)}:
        raise ConsentError("connection-other-oa", str(found.oa.oaid))
    return found


Begin = Callable[[], Awaitable[AsyncConnection]]
Commit = Callable[[], Awaitable[None]]


async def store(settings: Settings, credentials: Credentials, found: Granted, begin: Begin, commit: Commit) -> int:
    """Stores the account in a transaction of its own, under the lock of its tokens, so that no renewal under way
    writes over them. What was missed while it was disconnected is read from the history. Returns the account's id.

    Raises `ConsentError`.
    """
    oa_id = str(found.oa.oaid)
    known = (await (await begin()).execute(_KNOWN, {"channel": ZALO_OA, "external_id": oa_id})).one_or_none()
    await commit()
    if known is None:
        return await _write(settings, credentials, found, await begin(), commit)
    try:
        async with token_lock(urls(settings).web, known.id):
            connection = await begin()
            await sweeps.ask_after_reconnecting(connection, known.id, clock.now())
            return await _write(settings, credentials, found, connection, commit)
    except SendRefusedError as error:
        raise ConsentError("connection-unreachable", str(error)) from error


async def _write(
    settings: Settings, credentials: Credentials, found: Granted, connection: AsyncConnection, commit: Commit
) -> int:
    vault, now = Vault(settings.keys), clock.now()
    values = {
        "channel": ZALO_OA,
        "external_id": str(found.oa.oaid),
        "name": found.oa.name,
        "credentials": sealing.seal(vault, credentials),
        "tokens": sealing.seal(vault, found.tokens),
        "due": renewal_due(found.tokens, now),
        "now": now,
    }
    account_id = (await connection.execute(_STORE, values)).scalar_one()
    after = {"name": found.oa.name, "external_id": str(found.oa.oaid), "app_id": credentials.app_id}
    await record(connection, AuditAction.CHANNEL_ACCOUNT_CONNECT, account_id, after=after)
    await service.ask_for_page(connection, account_id, now)
    await service.tell(connection, account_id)
    wake(connection)
    await commit()
    return account_id
