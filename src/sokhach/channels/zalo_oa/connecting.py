"""Connecting an OA: what its admin entered is stored, and a refresh token becomes ours if it is really that OA's."""

from typing import NamedTuple

from sokhach.channels import queries, service
from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.rules import ZALO_OA
from sokhach.channels.upkeep import sweeps
from sokhach.channels.zalo_oa import credentials as sealing
from sokhach.channels.zalo_oa.client import NoAnswerError, NotReachedError, RefusedError
from sokhach.channels.zalo_oa.connector import OtherAccountError, ZaloOA
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core import clock
from sokhach.core.audit import AuditAction, record
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database


class ConnectingError(Exception):
    """Nothing was changed. `cli.error.<key>` of the catalogue says why, filled with `facts`."""

    def __init__(self, key: str, **facts: str) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class Saved(NamedTuple):
    account: Account
    authorised: bool


async def save(
    settings: Settings, database: Database, oa_id: str, name: str, given: Credentials, *, by_somebody: bool = True
) -> Saved:
    """Stores an OA, or new credentials of a known one. Without a `name` a known one keeps its own. What somebody did,
    and not the demo at its start, goes into the audit log."""
    async with database.transaction() as connection:
        known = await queries.find_account(connection, ZALO_OA, oa_id)
        shown = name or (known.name if known else oa_id)
        account_id = await service.add_account(
            connection,
            channel=ZALO_OA,
            external_id=oa_id,
            name=shown,
            credentials=sealing.seal(Vault(settings.keys), given),
            now=clock.now(),
        )
        after = {"name": shown, "external_id": oa_id, "app_id": given.app_id}
        if by_somebody:
            await record(connection, AuditAction.CHANNEL_ACCOUNT_CONNECT, account_id, after=after)
        authorised = await queries.has_tokens(connection, account_id)
    return Saved(Account(id=account_id, channel=ZALO_OA, external_id=oa_id, name=shown), authorised)


async def find(database: Database, oa_id: str) -> Account:
    """Raises `ConnectingError`."""
    async with database.transaction() as connection:
        account = await queries.find_account(connection, ZALO_OA, oa_id)
    if account is None:
        raise ConnectingError("channel-unknown", external_id=oa_id)
    return account


async def authorise(settings: Settings, database: Database, account: Account, token: str, *, rename: bool) -> str:
    """Takes a refresh token that the OA's admin obtained and declares the account healthy; waiting messages go out.
    Returns the account's name, with `rename` the OA's. Raises `ConnectingError`."""
    connector = ZaloOA.of(settings, database)
    try:
        oa = await connector.adopt(account, token)
    except OtherAccountError as error:
        raise ConnectingError("authorise.other-oa", detail=str(error), external_id=account.external_id) from error
    except NotReachedError as error:
        raise ConnectingError("authorise.unreachable", detail=str(error)) from error
    except NoAnswerError as error:
        raise ConnectingError("authorise.unanswered", detail=str(error)) from error
    except (RefusedError, SendRefusedError) as error:
        raise ConnectingError("authorise.refused", detail=str(error)) from error
    finally:
        await connector.close()
    name = oa.name if rename else account.name
    async with database.transaction() as connection:
        await service.rename(connection, account.id, name)
        await sweeps.ask_after_reconnecting(connection, account.id, clock.now())
        await service.set_health(connection, account.id, "ok", None, clock.now())
        await record(connection, AuditAction.CHANNEL_ACCOUNT_AUTHORISE, account.id, after={"name": name})
    return name
