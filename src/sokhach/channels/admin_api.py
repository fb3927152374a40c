"""Who answers with the channel's own tools, over HTTP. Beside the routes of `api.py`."""

from collections.abc import Sequence

import msgspec
from litestar import get, put
from litestar.params import FromPath, JSONBody

from sokhach.channels import admins
from sokhach.channels.admins import LARGEST_ID, ChannelAdminView
from sokhach.core.actor import Permission
from sokhach.core.problems import not_found
from sokhach.core.web import Connection

MANAGE = Permission.CHANNEL_ACCOUNT_MANAGE


class ChannelAdminList(msgspec.Struct, frozen=True):
    items: Sequence[ChannelAdminView]


class ChannelAdminName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """None: it is not known who that is."""

    staff_id: int | None


@get("/api/channel-accounts/{account_id:int}/admins", access=MANAGE, operation_id="ListChannelAdmins")
async def list_channel_admins(connection: Connection, account_id: FromPath[int]) -> ChannelAdminList:
    """Everybody who was heard of, the last first; empty for an account of whom nobody was."""
    return ChannelAdminList(await admins.views(connection, _id(account_id)))


@put("/api/channel-accounts/{account_id:int}/admins/{external_id:str}", access=MANAGE, operation_id="NameChannelAdmin")
async def name_channel_admin(
    connection: Connection, account_id: FromPath[int], external_id: FromPath[str], data: JSONBody[ChannelAdminName]
) -> ChannelAdminList:
    """Says which of our people that is. What they write is shown as theirs, and what they answer from now on counts as
    theirs. Answers with all of the account."""
    await admins.name(connection, _id(account_id), external_id, data.staff_id)
    return ChannelAdminList(await admins.views(connection, account_id))


def _id(account_id: int) -> int:
    if account_id > LARGEST_ID:
        raise not_found()
    return account_id


routes = [list_channel_admins, name_channel_admin]
