"""What the page reads."""

from typing import Annotated

from litestar import Response, get
from litestar.params import Parameter

from sokhach.sandbox.drawing import photo
from sokhach.sandbox.media import SAMPLES, VARIANTS, content_type_of
from sokhach.sandbox.phone_page import lists, threads
from sokhach.sandbox.phone_page.shown import ShownAccount, ShownCustomer, ShownThread
from sokhach.sandbox.world import World

FILES = {name for kind, names in VARIANTS.items() if kind != "sticker" for name in names}


@get("/accounts")
async def list_accounts(world: World) -> list[ShownAccount]:
    return [lists.account(world, oa) for oa in world.accounts.oas() if oa.exists_at_zalo]


@get("/oas/{oa_id:str}/customers")
async def list_customers(oa_id: str, world: World) -> list[ShownCustomer]:
    return lists.customers(world, world.accounts.oa(oa_id).oa_id)


@get("/oas/{oa_id:str}/customers/{user_id:str}")
async def read_thread(
    oa_id: str, user_id: str, world: World, limit: Annotated[int, Parameter(ge=1, le=2000)] = 200
) -> ShownThread:
    return threads.thread(world, world.accounts.customer(oa_id, user_id), limit)


@get("/samples")
async def list_samples() -> dict[str, tuple[str, ...]]:
    """Files that a customer may send, by kind, and numbers of stickers."""
    return VARIANTS


@get("/samples/{name:str}")
async def read_sample(name: str) -> Response[bytes]:
    """To look at before it is sent; pictures small."""
    if name not in FILES:
        return Response(b"", media_type="text/plain", status_code=404)
    stem, _, ending = name.rpartition(".")
    drawn = photo(stem, thumbnail=True)
    if drawn is not None:
        return Response(drawn, media_type="image/png")
    small = SAMPLES / f"{stem}-thumb.jpg"
    path = small if small.is_file() and ending != "gif" else SAMPLES / name
    return Response(path.read_bytes(), media_type=content_type_of(path.name))


handlers = [list_accounts, list_customers, read_thread, list_samples, read_sample]
