"""Channel accounts over HTTP."""

from collections.abc import Sequence

import msgspec
from litestar import Request, get
from litestar.datastructures import State

from sokhach.channels import queries
from sokhach.channels.queries import ChannelAccount
from sokhach.core.actor import Permission
from sokhach.core.problems import locale_of
from sokhach.core.web import Connection


class ChannelAccountList(msgspec.Struct, frozen=True):
    items: Sequence[ChannelAccount]


@get("/api/channel-accounts", access=Permission.CHANNEL_ACCOUNT_READ, operation_id="ListChannelAccounts")
async def list_channel_accounts(request: Request[object, object, State], connection: Connection) -> ChannelAccountList:
    """All channel accounts with their health and tallies."""
    return ChannelAccountList(await queries.account_views(connection, locale_of(request)))


routes = [list_channel_accounts]
