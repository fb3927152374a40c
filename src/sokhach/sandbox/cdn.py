"""The simulated CDN: pictures, portraits and one file."""

from litestar import Response, Router, get
from litestar.enums import MediaType

from sokhach.sandbox.edge import AnyRequest
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.media import FILE_CONTENT, FILE_NAME, photo, portrait, sticker
from sokhach.sandbox.store import Store
from sokhach.sandbox.world import World

PORTRAIT_SIZES = {"120": 120, "240": 240}


def _serve(world: World, request: AnyRequest, content: bytes | None, media_type: str) -> Response[bytes]:
    failure = world.faults.strike(FaultKind.MEDIA_STATUS, Scope(path=request.url.path))
    if failure:
        return Response(b"", status_code=failure.order.status, media_type=MediaType.TEXT)
    if content is None:
        return Response(b"", status_code=404, media_type=MediaType.TEXT)
    return Response(content, media_type=media_type)


@get("/images/{name:str}")
async def image(name: str, request: AnyRequest, world: World) -> Response[bytes]:
    stem = name.removesuffix(".png")
    content = photo(stem.removesuffix("-thumb"), thumbnail=stem.endswith("-thumb"))
    return _serve(world, request, content, "image/png")


@get("/stickers/{name:str}")
async def sticker_image(name: str, request: AnyRequest, world: World) -> Response[bytes]:
    return _serve(world, request, sticker(name.removesuffix(".png")), "image/png")


@get("/avatars/{owner_id:str}/{size:str}")
async def avatar(owner_id: str, size: str, request: AnyRequest, world: World) -> Response[bytes]:
    pixels = PORTRAIT_SIZES.get(size.removesuffix(".svg"))
    name = _name(world.store, owner_id)
    content = None if pixels is None or name is None else portrait(owner_id, name, pixels)
    return _serve(world, request, content, "image/svg+xml")


@get("/files/{name:str}")
async def file(name: str, request: AnyRequest, world: World) -> Response[bytes]:
    return _serve(world, request, FILE_CONTENT if name == FILE_NAME else None, "text/csv")


def _name(store: Store, owner_id: str) -> str | None:
    sql = "SELECT display_name FROM customer WHERE user_id = :id UNION ALL SELECT name FROM oa WHERE oa_id = :id"
    return store.value(sql, {"id": owner_id})


router = Router("/cdn", route_handlers=[image, sticker_image, avatar, file])
