"""The control API, part one: apps, official accounts, raw events and load."""

import base64
from typing import Any, TypeVar

import msgspec
from litestar import Router, get, patch, post

from sokhach.sandbox.accounts import App, OfficialAccount
from sokhach.sandbox.bursts import BurstOrder
from sokhach.sandbox.faults import SignatureVariant
from sokhach.sandbox.oauth import consent
from sokhach.sandbox.tokens import TokenPair
from sokhach.sandbox.world import World

Kept = TypeVar("Kept", bound=msgspec.Struct)


class ControlError(Exception):
    """A control call that makes no sense; answered 400 with the text."""


class Order(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of the bodies below: an unknown field is a mistake of the caller."""


class AppOrder(Order):
    app_id: str
    app_secret: str
    oa_secret: str
    webhook_url: str | None = None
    active: bool = True
    api_registered: bool = True
    removed: bool = False
    events_off: list[str] = []
    syntax_filter: bool = False
    callback_url: str | None = None
    code_challenge: str | None = None
    rate_limit_per_minute: int = 4000


class OaOrder(Order):
    oa_id: str
    app_id: str
    name: str
    description: str = ""
    enabled: bool = True
    rate_limit_per_minute: int | None = None
    sub_quota_total: int = 500
    exists_at_zalo: bool = True
    verified: bool = True
    oa_type: int = 2
    alias: str = ""
    category: str = "Nội thất & Đồ gia dụng"
    package_name: str = "Tăng trưởng"
    package_days: int = 365
    zca_linked: bool = True
    zca_balance: int | None = None
    pay_per_message: bool = False
    refused_apis: list[str] = []
    banned_words: list[str] = []
    uploads_per_month: int = 5000
    articles_per_month: int | None = None
    media_life_seconds: int = 7 * 24 * 3600


class ConsentOrder(Order):
    redirect_uri: str
    code_challenge: str | None = None
    state: str | None = None


class RevocationOrder(Order):
    refresh_too: bool = False


class EventOrder(Order):
    """Any event, signed as usual. `body_base64` with `timestamp` sends raw bytes that need not be JSON."""

    payload: dict[str, Any] | None = None
    body_base64: str | None = None
    timestamp: str = "0"
    signature: SignatureVariant = SignatureVariant.GOOD


@post("/apps")
async def save_app(data: AppOrder, world: World) -> App:
    app = msgspec.convert(msgspec.structs.asdict(data), App)
    world.accounts.save_app(app)
    return world.accounts.app(app.app_id)


@patch("/apps/{app_id:str}")
async def change_app(app_id: str, data: dict[str, Any], world: World) -> App:
    """Any fields of `POST /apps`; the others stay."""
    changed = _changed(world.accounts.app(app_id), AppOrder, data, key="app_id")
    world.accounts.save_app(changed)
    return changed


@get("/apps")
async def list_apps(world: World) -> list[App]:
    return world.accounts.apps()


@post("/oas")
async def save_oa(data: OaOrder, world: World) -> OfficialAccount:
    fields = msgspec.structs.asdict(data)
    fields |= {"sub_quota_remain": data.sub_quota_total, "package_from_ms": world.clock.now_ms()}
    world.accounts.save_oa(msgspec.convert(fields, OfficialAccount))
    return world.accounts.oa(data.oa_id)


@patch("/oas/{oa_id:str}")
async def change_oa(oa_id: str, data: dict[str, Any], world: World) -> OfficialAccount:
    """Any fields of `POST /oas` and `sub_quota_remain`; the others stay."""
    changed = _changed(world.accounts.oa(oa_id), OaOrder, data, key="oa_id", also=("sub_quota_remain",))
    if "package_days" in data:
        changed.package_from_ms = world.clock.now_ms()
    world.accounts.save_oa(changed)
    return changed


def _changed(before: Kept, order: type[Order], change: dict[str, Any], *, key: str, also: tuple[str, ...] = ()) -> Kept:
    unknown = set(change) - {*order.__struct_fields__, *also} | {key} & set(change)
    if unknown:
        raise ControlError(f"cannot change {', '.join(sorted(unknown))}")
    try:
        return msgspec.convert(msgspec.structs.asdict(before) | change, type(before))
    except msgspec.ValidationError as error:
        raise ControlError(str(error)) from error


@get("/oas")
async def list_oas(world: World) -> list[OfficialAccount]:
    return world.accounts.oas()


@post("/oas/{oa_id:str}/token")
async def mint_token(oa_id: str, world: World) -> TokenPair:
    oa = world.accounts.oa(oa_id)
    return world.tokens.mint(oa.app_id, oa.oa_id)


@post("/oas/{oa_id:str}/consent")
async def give_consent(oa_id: str, data: ConsentOrder, world: World) -> dict[str, str]:
    app = world.accounts.app(world.accounts.oa(oa_id).app_id)
    location, code = consent(world, app, oa_id, data.redirect_uri, data.code_challenge, data.state)
    return {"location": location, "code": code, "oa_id": oa_id}


@post("/oas/{oa_id:str}/revocation")
async def revoke(oa_id: str, data: RevocationOrder, world: World) -> dict[str, int]:
    return {"revoked": world.tokens.revoke(oa_id, refresh_too=data.refresh_too)}


@post("/oas/{oa_id:str}/events")
async def send_event(oa_id: str, data: EventOrder, world: World) -> dict[str, list[int]]:
    oa = world.accounts.oa(oa_id)
    if data.body_base64 is None:
        if data.payload is None:
            raise ControlError("give `payload` or `body_base64`")
        body = msgspec.json.encode(data.payload)
        timestamp = str(data.payload.get("timestamp", data.timestamp))
    else:
        body, timestamp = _bytes(data.body_base64), data.timestamp
    event = str((data.payload or {}).get("event_name", "raw"))
    ids = world.webhooks.emit_bytes(
        oa.app_id, body, timestamp=timestamp, event_name=event, oa_id=oa_id, signature=data.signature
    )
    return {"webhook_ids": ids}


def _bytes(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ControlError("`body_base64` is not base64") from error


@post("/oas/{oa_id:str}/burst")
async def start_burst(oa_id: str, data: BurstOrder, world: World) -> dict[str, int]:
    return {"burst_id": world.bursts.start(oa_id, data)}


@get("/bursts/{burst_id:int}")
async def burst_report(burst_id: int, world: World) -> dict[str, Any]:
    return world.bursts.report(burst_id)


router = Router(
    "/control",
    route_handlers=[
        save_app, change_app, list_apps, save_oa, change_oa, list_oas, mint_token, give_consent, revoke, send_event,
        start_burst, burst_report,
    ],
)  # fmt: skip
