"""The control API of Zalo Web, part two: sessions and sockets, faults, settings."""

from typing import Any

import msgspec
from litestar import delete, get, post

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.web.bursts import BurstOrder, WebBurst
from sokhach.sandbox.web.frame_faults import FrameFault, FrameFaultReport, FrameOrder
from sokhach.sandbox.web.http_faults import HttpFault, HttpFaultReport, HttpOrder
from sokhach.sandbox.world import World

CLOSE_CODES = (1000, 1001, 1006, 1011, 3000, 3003)


class DropOrder(Order):
    """`code` 0: the connection stays and is dead. `logout` ends the cookies, too."""

    code: int = 1006
    logout: bool = False


class SettingsOrder(Order):
    """`mode`: encryption of all frames from now on; -1 = drawn for each, with `seed`."""

    mode: int | None = None
    seed: int | None = None
    ping_interval_ms: int | None = None
    chunk_bytes: int | None = None
    max_file_mb: int | None = None
    file_done_seconds: float | None = None
    poll_seconds: float | None = None


@post("/sessions/{uid:str}/drop")
async def drop(uid: str, data: DropOrder, world: World) -> dict[str, int]:
    """`uid` "all" drops every socket at once."""
    if data.code != 0 and data.code not in CLOSE_CODES:
        raise ControlError(f"`code` is 0 or one of {CLOSE_CODES}")
    web = world.web
    uids = [connection.uid for connection in web.sockets.all()] if uid == "all" else [uid]
    dropped = web.sockets.drop(uids, data.code or None)
    if data.logout:
        for each in uids:
            web.sessions.end(each, "signed out on the phone")
    return {"dropped": dropped}


@post("/sessions/{uid:str}/expire")
async def expire(uid: str, world: World) -> dict[str, int]:
    """The cookies are worth nothing any more; open sockets stay, as they do at Zalo until they break."""
    uids = [user.uid for user in world.web.users.all(100_000)] if uid == "all" else [uid]
    return {"ended": sum(world.web.sessions.end(each, "expired") for each in uids)}


@post("/sessions/{uid:str}/rotate")
async def rotate(uid: str, world: World) -> dict[str, bool]:
    """The cookie is replaced at the next sign-in or keep-alive."""
    world.web.users.user(uid)
    world.web.sessions.age(uid)
    return {"due": True}


@post("/settings")
async def change_settings(data: SettingsOrder, world: World) -> dict[str, Any]:
    web = world.web
    if data.mode is not None:
        if data.mode not in (-1, 0, 1, 2, 3):
            raise ControlError("`mode` is 0 to 3, or -1")
        web.sockets.mode = None if data.mode == -1 else data.mode
    if data.seed is not None:
        web.sockets.random.seed(data.seed)
    for name in ("ping_interval_ms", "chunk_bytes", "max_file_mb", "file_done_seconds"):
        value = getattr(data, name)
        if value is not None:
            setattr(web.settings, name, value)
    if data.poll_seconds is not None:
        web.logins.poll_seconds = data.poll_seconds
    return {name: getattr(web.settings, name) for name in ("ping_interval_ms", "chunk_bytes", "max_file_mb")}


class FaultsShown(msgspec.Struct):
    frames: list[FrameFaultReport]
    calls: list[HttpFaultReport]


@post("/faults")
async def order_fault(data: dict[str, Any], world: World) -> dict[str, int]:
    """A `FrameOrder` or an `HttpOrder`, by its `kind`."""
    kind = data.get("kind")
    try:
        if kind in set(FrameFault):
            return {"id": world.web.frame_faults.add(msgspec.convert(data, FrameOrder))}
        if kind in set(HttpFault):
            return {"id": world.web.http_faults.add(msgspec.convert(data, HttpOrder))}
    except msgspec.ValidationError as error:
        raise ControlError(str(error)) from error
    raise ControlError(f"unknown kind {kind!r}; known: {', '.join([*FrameFault, *HttpFault])}")


@get("/faults")
async def list_faults(world: World) -> FaultsShown:
    return FaultsShown(world.web.frame_faults.report(), world.web.http_faults.report())


@delete("/faults", status_code=200)
async def clear_faults(world: World) -> dict[str, int]:
    """Messages that were held back leave now."""
    return {"removed": world.web.frame_faults.remove() + world.web.http_faults.remove()}


@delete("/faults/{fault_id:int}", status_code=200)
async def remove_fault(fault_id: int, world: World) -> dict[str, int]:
    removed = world.web.frame_faults.remove(fault_id) + world.web.http_faults.remove(fault_id)
    if not removed:
        raise NotFoundError(f"no fault {fault_id}")
    return {"removed": removed}


@post("/bursts")
async def start_burst(data: BurstOrder, world: World) -> WebBurst:
    world.web.users.user(data.from_uid)
    return world.web.bursts.start(data)


@get("/bursts/{burst_id:int}")
async def burst(burst_id: int, world: World) -> WebBurst:
    return world.web.bursts.report(burst_id)


handlers = (
    start_burst,
    burst,
    drop,
    expire,
    rotate,
    change_settings,
    order_fault,
    list_faults,
    clear_faults,
    remove_fault,
)
