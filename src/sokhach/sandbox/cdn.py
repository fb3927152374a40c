"""The simulated CDN: what people sent and accounts uploaded, stickers, portraits; and how all that goes wrong."""

import asyncio
from collections.abc import AsyncGenerator

from litestar import HttpMethod, Response, Router, get, route
from litestar.enums import MediaType
from litestar.response import Stream

from sokhach.sandbox.connection import cut
from sokhach.sandbox.drawing import photo, portrait, sticker
from sokhach.sandbox.edge import HTML_ERROR, AnyRequest
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.store import Store
from sokhach.sandbox.world import World

PORTRAIT_SIZES = {"120": 120, "240": 240}


async def _serve(
    world: World, request: AnyRequest, content: bytes | None, media_type: str, *, oa_id: str | None = None
) -> Response[bytes] | Stream:
    call = Scope(path=request.url.path, oa_id=oa_id)
    slow = world.faults.strike(FaultKind.MEDIA_SLOW, call)
    if slow:
        await asyncio.sleep(slow.order.delay_ms / 1000)
    failure = world.faults.strike(FaultKind.MEDIA_STATUS, call)
    if failure:
        return Response(b"", status_code=failure.order.status, media_type=MediaType.TEXT)
    redirect = world.faults.strike(FaultKind.MEDIA_REDIRECT, call)
    if redirect:
        return Response(b"", status_code=302, headers={"location": redirect.order.location})
    if world.faults.strike(FaultKind.MEDIA_HTML, call):
        return Response(HTML_ERROR, status_code=200, media_type=MediaType.HTML)
    if content is None:
        return Response(b"", status_code=404, media_type=MediaType.TEXT)
    if world.faults.strike(FaultKind.MEDIA_TRUNCATED, call):
        return _truncated(request, content, media_type)
    return Response(content, media_type=media_type, headers={"x-content-type-options": "nosniff"})


def _truncated(request: AnyRequest, content: bytes, media_type: str) -> Stream:
    """Announces the whole and breaks off in the middle."""

    async def half() -> AsyncGenerator[bytes]:
        yield content[: len(content) // 2]
        await asyncio.sleep(0.05)
        cut(request.scope)

    return Stream(half(), media_type=media_type, headers={"content-length": str(len(content))})


@route("/media/{link_id:str}/{name:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD])
async def media(link_id: str, name: str, request: AnyRequest, world: World) -> Response[bytes] | Stream:
    """Links expire as on Zalo's CDN: 403 from then on."""
    found = world.media.follow(link_id)
    if found is None:
        return await _serve(world, request, None, "text/plain")
    if found.expired:
        return Response(b"", status_code=403, media_type=MediaType.TEXT)
    return await _serve(world, request, found.content, found.content_type, oa_id=found.oa_id)


@get("/images/{name:str}")
async def image(name: str, request: AnyRequest, world: World) -> Response[bytes] | Stream:
    stem = name.removesuffix(".png")
    content = photo(stem.removesuffix("-thumb"), thumbnail=stem.endswith("-thumb"))
    return await _serve(world, request, content, "image/png")


@get("/stickers/{name:str}")
async def sticker_image(name: str, request: AnyRequest, world: World) -> Response[bytes] | Stream:
    return await _serve(world, request, sticker(name.removesuffix(".png")), "image/png")


@get("/avatars/{owner_id:str}/{size:str}")
async def avatar(owner_id: str, size: str, request: AnyRequest, world: World) -> Response[bytes] | Stream:
    pixels = PORTRAIT_SIZES.get(size.removesuffix(".svg"))
    name = _name(world.store, owner_id)
    content = None if pixels is None or name is None else portrait(owner_id, name, pixels)
    return await _serve(world, request, content, "image/svg+xml")


def _name(store: Store, owner_id: str) -> str | None:
    sql = """SELECT display_name FROM customer WHERE user_id = :id UNION ALL SELECT name FROM oa WHERE oa_id = :id
             UNION ALL SELECT name FROM web_user WHERE uid = :id UNION ALL SELECT name FROM web_group WHERE gid = :id"""
    return store.value(sql, {"id": owner_id})


router = Router("/cdn", route_handlers=[media, image, sticker_image, avatar])
