"""The edge of the simulated Zalo: every OAuth and OpenAPI call passes here, where ordered faults strike."""

import asyncio
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType

from sokhach.sandbox.connection import cut
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.world import World

AnyRequest = Request[Any, Any, Any]
Reply = Response[bytes]

HTML_ERROR = (
    b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


def json_reply(body: Any, headers: dict[str, str] | None = None) -> Reply:
    """HTTP 200 whatever happened: at Zalo the truth is in `error`."""
    return Response(msgspec.json.encode(body), media_type=MediaType.JSON, status_code=200, headers=headers)


async def fault_before(world: World, call: Scope) -> Reply | None:
    """Slowness, then a failure that happens before the call has any effect. None to go on."""
    slow = world.faults.strike(FaultKind.API_SLOW, call)
    if slow:
        await asyncio.sleep(slow.order.delay_ms / 1000)
    failure = world.faults.strike(FaultKind.API_STATUS, call)
    if failure:
        return Response(b"", status_code=failure.order.status, media_type=MediaType.TEXT)
    page = world.faults.strike(FaultKind.API_HTML, call)
    if page:
        return Response(HTML_ERROR, status_code=page.order.status, media_type=MediaType.HTML)
    coded = world.faults.strike(FaultKind.API_ERROR, call)
    if coded:
        return json_reply({"error": coded.order.error, "message": coded.order.message})
    return None


def fault_after(world: World, request: AnyRequest, call: Scope, kinds: tuple[FaultKind, ...]) -> None:
    """A reply that is lost after the call took effect: the client sees its connection close."""
    if any(world.faults.strike(kind, call) for kind in kinds):
        cut(request.scope)
