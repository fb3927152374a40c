"""The control API, part three: the machinery (clock, faults, webhook deliveries) and the demo."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

import msgspec
from litestar import Router, delete, get, post
from litestar.response import Stream

from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.demo.history import HistoryError
from sokhach.sandbox.demo.ledger import Told
from sokhach.sandbox.demo.orders import DemoOrder, DemoState, HistoryOrder
from sokhach.sandbox.demo.people import UnknownTradeError
from sokhach.sandbox.demo.personal_past import Heard
from sokhach.sandbox.edge import AnyRequest
from sokhach.sandbox.faults import FaultOrder, FaultReport
from sokhach.sandbox.world import World

LINES_AT_ONCE = 200


class ClockOrder(Order):
    """`scale` stretches the whole clock; `ladder_scale` divides only the waits of the webhook retry ladder."""

    scale: float | None = None
    advance_seconds: float = 0
    ladder_scale: float | None = None


class EnableOrder(Order):
    app_id: str | None = None


class WebhookRow(msgspec.Struct, kw_only=True):
    id: int
    app_id: str
    oa_id: str
    user_id: str | None
    event_name: str
    msg_id: str | None
    timestamp: str
    state: str
    attempts: int
    due_ms: int
    created_ms: int
    acknowledged_ms: int | None
    latency_ms: float | None
    last_status: int | None
    last_error: str | None
    copy_of: int | None
    burst_id: int | None
    body: bytes = b""


ACKNOWLEDGED_FIELDS = tuple(
    name for name in WebhookRow.__struct_fields__ if name not in ("body", "last_error", "due_ms")
)
ACKNOWLEDGED_COLUMNS = ", ".join(name for name in WebhookRow.__struct_fields__ if name != "body")


class WebhookFilter(msgspec.Struct, kw_only=True):
    """Absent = any."""

    app_id: str | None = None
    oa_id: str | None = None
    user_id: str | None = None
    event_name: str | None = None
    msg_id: str | None = None
    state: str | None = None
    burst_id: int | None = None
    after: int = 0
    limit: int = 1000


@get("/clock")
async def read_clock(world: World) -> dict[str, float]:
    state = world.clock.state
    return {"now_ms": world.clock.now_ms(), "scale": state.scale, "ladder_scale": state.ladder_scale}


@post("/clock")
async def set_clock(data: ClockOrder, world: World) -> dict[str, float]:
    scales = [scale for scale in (data.scale, data.ladder_scale) if scale is not None]
    if any(scale <= 0 for scale in scales) or data.advance_seconds < 0:
        raise ControlError("scales are above zero, and the clock only moves forward")
    world.change_clock(scale=data.scale, advance_seconds=data.advance_seconds, ladder_scale=data.ladder_scale)
    state = world.clock.state
    return {"now_ms": world.clock.now_ms(), "scale": state.scale, "ladder_scale": state.ladder_scale}


@post("/faults")
async def order_fault(data: FaultOrder, world: World) -> dict[str, int]:
    return {"id": world.faults.add(data)}


@get("/faults")
async def list_faults(world: World) -> list[FaultReport]:
    return world.faults.report()


@delete("/faults", status_code=200)
async def clear_faults(world: World) -> dict[str, int]:
    return {"removed": world.faults.remove()}


@delete("/faults/{fault_id:int}", status_code=200)
async def clear_fault(fault_id: int, world: World) -> dict[str, int]:
    return {"removed": world.faults.remove(fault_id)}


@get("/webhooks")
async def list_webhooks(request: AnyRequest, world: World) -> dict[str, Any]:
    """Deliveries by id, with counts by state over all, and the apps with their switch."""
    wanted = _filter(request)
    rows = _rows(world, wanted, "*")
    return {
        "counts": world.store.pairs("SELECT state, count(*) FROM webhook GROUP BY state"),
        "apps": [
            {
                "app_id": app.app_id,
                "enabled": app.webhook_off_since_ms is None,
                "off_since_ms": app.webhook_off_since_ms,
            }
            for app in world.accounts.apps()
        ],
        "items": [_describe(row) for row in rows],
        "next": _next(rows, wanted),
    }


@get("/webhooks/acknowledged")
async def list_acknowledged(request: AnyRequest, world: World) -> dict[str, Any]:
    """The sender's list: what the receiver answered with 200, and when. The oracle of a kill test."""
    wanted = _filter(request)
    wanted.state = "acknowledged"
    rows = _rows(world, wanted, ACKNOWLEDGED_COLUMNS)
    items = [{name: getattr(row, name) for name in ACKNOWLEDGED_FIELDS} for row in rows]
    return {"items": items, "next": _next(rows, wanted)}


@post("/webhooks/enable")
async def enable_webhooks(data: EnableOrder, world: World) -> dict[str, bool]:
    world.webhooks.switch_on(data.app_id)
    return {"enabled": True}


@post("/demo")
async def order_demo(data: DemoOrder, world: World) -> DemoState:
    try:
        return world.demo.order(data)
    except UnknownTradeError as error:
        raise ControlError(str(error)) from error


@get("/demo")
async def demo_report(world: World) -> list[dict[str, Any]]:
    return world.demo.report()


@post("/demo/history", status_code=200)
async def order_history(data: HistoryOrder, world: World) -> Stream:
    """The webhooks that would have been sent, or the items that a web session would have had, a JSON object a line."""
    try:
        told = await world.history.play(data)
    except (HistoryError, UnknownTradeError) as error:
        raise ControlError(str(error)) from error
    return Stream(_lines(told), media_type="application/x-ndjson")


async def _lines(told: Sequence[Told | Heard]) -> AsyncGenerator[bytes]:
    for first in range(0, len(told), LINES_AT_ONCE):
        yield b"".join(msgspec.json.encode(one) + b"\n" for one in told[first : first + LINES_AT_ONCE])


@delete("/demo/{oa_id:str}", status_code=200)
async def clear_demo(oa_id: str, world: World) -> dict[str, int]:
    return {"customers": world.demo.clear(oa_id)}


def _filter(request: AnyRequest) -> WebhookFilter:
    try:
        return msgspec.convert(dict(request.query_params), WebhookFilter, strict=False)
    except msgspec.ValidationError as error:
        raise ControlError(str(error)) from error


def _rows(world: World, wanted: WebhookFilter, columns: str) -> list[WebhookRow]:
    fields = ("app_id", "oa_id", "user_id", "event_name", "msg_id", "state", "burst_id")
    given = {name: getattr(wanted, name) for name in fields if getattr(wanted, name) is not None}
    where = "".join(f" AND {name} = :{name}" for name in given)
    sql = f"SELECT {columns} FROM webhook WHERE id > :after{where} ORDER BY id LIMIT :limit"
    return world.store.all(WebhookRow, sql, given | {"after": wanted.after, "limit": wanted.limit})


def _next(rows: list[WebhookRow], wanted: WebhookFilter) -> int | None:
    return rows[-1].id if rows and len(rows) == wanted.limit else None


def _describe(row: WebhookRow) -> dict[str, Any]:
    return msgspec.structs.asdict(row) | {"body": row.body.decode(errors="replace")}


router = Router(
    "/control",
    route_handlers=[
        read_clock, set_clock, order_fault, list_faults, clear_faults, clear_fault, list_webhooks, list_acknowledged,
        enable_webhooks, order_demo, demo_report, order_history, clear_demo,
    ],
)  # fmt: skip
