"""Limits and prices over HTTP."""

from collections.abc import Sequence

import msgspec
from litestar import Request, delete, get, put
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from sokhach.channels import limit_service
from sokhach.channels.limit_service import LimitView
from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.problems import locale_of
from sokhach.core.web import Connection, CurrentActor

AnyRequest = Request[object, object, State]


class LimitList(msgspec.Struct, frozen=True):
    items: Sequence[LimitView]


class LimitChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: int


@get("/api/channel-limits", access=Permission.CHANNEL_LIMIT_MANAGE, operation_id="ListChannelLimits")
async def list_channel_limits(request: AnyRequest, connection: Connection) -> LimitList:
    """Limits, prices and hours of channels, with their source and its date."""
    return LimitList(await limit_service.views(connection, locale_of(request)))


@put("/api/channel-limits/{key:str}", access=Permission.CHANNEL_LIMIT_MANAGE, operation_id="ChangeChannelLimit")
async def change_channel_limit(
    key: FromPath[str], data: JSONBody[LimitChange], request: AnyRequest, actor: CurrentActor, connection: Connection
) -> LimitList:
    """Sets one otherwise than our source says. Answers with all."""
    await limit_service.change(connection, actor, key, data.value, clock.now())
    return LimitList(await limit_service.views(connection, locale_of(request)))


@delete(
    "/api/channel-limits/{key:str}",
    access=Permission.CHANNEL_LIMIT_MANAGE,
    operation_id="ResetChannelLimit",
    status_code=200,
)
async def reset_channel_limit(key: FromPath[str], request: AnyRequest, connection: Connection) -> LimitList:
    """Back to what our source says. Answers with all."""
    await limit_service.reset(connection, key)
    return LimitList(await limit_service.views(connection, locale_of(request)))


routes = [list_channel_limits, change_channel_limit, reset_channel_limit]
"""Beside those of `api.py`."""
