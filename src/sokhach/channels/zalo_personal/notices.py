"""What browsers are told of personal accounts: ids only, to whoever looks after accounts and to whom it concerns."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.actor import Permission
from sokhach.core.realtime import Notice, announce

_HOLDER = text("SELECT holder_id FROM channel_account WHERE id = :id")


async def account_changed(connection: AsyncConnection, account_id: int, holder_id: int | None) -> None:
    payload = {"id": account_id, "permission": Permission.CHANNEL_ACCOUNT_READ.value, "staff_id": holder_id}
    await announce(connection, [Notice(kind="personal_account.changed", payload=payload)])


async def login_changed(connection: AsyncConnection, login_id: int, asked_by: int) -> None:
    payload = {"id": login_id, "permission": Permission.CHANNEL_ACCOUNT_MANAGE.value, "staff_id": asked_by}
    await announce(connection, [Notice(kind="personal_login.changed", payload=payload)])


async def call_changed(connection: AsyncConnection, call_id: int, asked_by: int) -> None:
    payload = {"id": call_id, "permission": Permission.CHANNEL_ACCOUNT_MANAGE.value, "staff_id": asked_by}
    await announce(connection, [Notice(kind="personal_call.changed", payload=payload)])


async def switch_changed(connection: AsyncConnection) -> None:
    payload = {"permission": Permission.CHANNEL_ACCOUNT_READ.value}
    await announce(connection, [Notice(kind="personal_account.changed", payload=payload)])


async def friends_changed(connection: AsyncConnection, account_id: int) -> None:
    """Something about the account's requests of friendship."""
    holder_id = (await connection.execute(_HOLDER, {"id": account_id})).scalar_one_or_none()
    await account_changed(connection, account_id, holder_id)
