"""People: lists, details, what may be changed, and the v2 calls that are shut (reference §1.5)."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import Router, get, post

from sokhach.sandbox.accounts import DAY_MS, Customer
from sokhach.sandbox.api.gate import Caller, call, known, page, query
from sokhach.sandbox.days import VIETNAM, day_start_ms, day_text
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.people import Wanted
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

MAX_PAGE = 50
FURTHEST = 9951
MAX_ALIAS = 100


class ListQuery(msgspec.Struct):
    """`last_interaction_period`: TODAY, YESTERDAY, L7D, L30D or YYYY_MM_DD:YYYY_MM_DD."""

    offset: int
    count: int
    tag_name: str | None = None
    last_interaction_period: str | None = None
    is_follower: str | bool | None = None


class UserQuery(msgspec.Struct):
    user_id: str


class SharedInfo(msgspec.Struct, omit_defaults=True):
    name: str | None = None
    phone: str | int | None = None
    address: str | None = None
    city_id: str | int | None = None
    district_id: str | int | None = None
    user_dob: str | None = None


class UpdateOrder(msgspec.Struct):
    user_id: str
    shared_info: SharedInfo | None = None
    user_alias: str | None = None
    user_external_id: str | None = None


class CustomInfoOrder(msgspec.Struct):
    user_id: str
    custom_info: dict[str, Any]


@get("/v3.0/oa/user/getlist")
async def user_list(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        wanted = query(request, ListQuery)
        page(wanted.offset, wanted.count, most=MAX_PAGE, furthest=FURTHEST)
        since, until = _period(wanted.last_interaction_period, world.clock.now_ms())
        found = Wanted(
            tag=wanted.tag_name, since_ms=since, until_ms=until, follows=_yes_or_no(wanted.is_follower, "is_follower")
        )
        ids = world.people.listed(caller.oa.oa_id, found, offset=wanted.offset, count=wanted.count)
        return {
            "total": world.people.count(caller.oa.oa_id, found),
            "count": len(ids),
            "offset": wanted.offset,
            "users": [{"user_id": user_id} for user_id in ids],
        }

    return await call(world, request, act)


@get("/v3.0/oa/user/detail")
async def user_detail(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        return _profile(world, known(world, caller, query(request, UserQuery).user_id))

    return await call(world, request, act)


@post("/v3.0/oa/user/update", status_code=200)
async def user_update(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, UpdateOrder)
        customer = known(world, caller, order.user_id)
        if order.user_alias is not None and len(order.user_alias) > MAX_ALIAS:
            raise Refusal(-210, f"user_alias is over the limit of {MAX_ALIAS} characters")
        if order.user_external_id and world.people.with_external_id(caller.oa.oa_id, order.user_external_id, customer):
            raise invalid("user_external_id")
        customer.alias = customer.alias if order.user_alias is None else order.user_alias
        customer.external_id = customer.external_id if order.user_external_id is None else order.user_external_id
        _share(customer, order.shared_info)
        world.accounts.save_customer(customer)
        return {}

    return await call(world, request, act)


@post("/v2.0/oa/deletefollowerinfo", status_code=200)
async def forget_details(request: AnyRequest, world: World) -> Reply:
    """What the person had shared is gone; they stay, and their messages stay."""
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        customer = known(world, caller, decode(body, UserQuery).user_id)
        customer.shared_info, customer.shared_phone, customer.alias = {}, None, ""
        world.accounts.save_customer(customer)
        return {}

    return await call(world, request, act)


@get("/v3.0/oa/user/detail/custominfo")
async def custom_info(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        customer = known(world, caller, query(request, UserQuery).user_id)
        return {"user_id": customer.user_id, "custom_info": customer.custom_info}

    return await call(world, request, act)


@post("/v3.0/oa/user/update/custominfo", status_code=200)
async def update_custom_info(request: AnyRequest, world: World) -> Reply:
    body = await request.body()

    def act(caller: Caller) -> dict[str, Any]:
        order = decode(body, CustomInfoOrder)
        customer = known(world, caller, order.user_id)
        customer.custom_info |= order.custom_info
        world.accounts.save_customer(customer)
        return {}

    return await call(world, request, act)


@get(["/v2.0/oa/getfollowers", "/v2.0/oa/getprofile"])
async def closed_reads(request: AnyRequest, world: World) -> Reply:
    return await call(world, request, _closed)


@post("/v2.0/oa/updatefollowerinfo", status_code=200)
async def closed_update(request: AnyRequest, world: World) -> Reply:
    return await call(world, request, _closed)


def _closed(caller: Caller) -> None:
    """Closed to business accounts on 2024-06-01; the sandbox does not serve them to others either."""
    raise Refusal(-235, "This API does not support this type of OA, please use the v3.0 API")


def _share(customer: Customer, info: SharedInfo | None) -> None:
    if info is None:
        return
    given = {name: str(value) for name, value in msgspec.structs.asdict(info).items() if value is not None}
    phone = given.pop("phone", None)
    if phone is not None:
        if not phone.isdecimal() or not phone.startswith("84") or not 10 <= len(phone) <= 12:
            raise invalid("phone")
        customer.shared_phone = phone
    named = {"city_id": "city", "district_id": "district"}
    customer.shared_info = customer.shared_info | {named.get(name, name): value for name, value in given.items()}


def _yes_or_no(value: str | bool | None, field: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise invalid(field)
    return value == "true"


def _period(wanted: str | None, now_ms: int) -> tuple[int | None, int | None]:
    """From and before, in whole days of Vietnam."""
    today = day_start_ms(now_ms)
    match wanted:
        case None | "":
            return None, None
        case "TODAY":
            return today, None
        case "YESTERDAY":
            return today - DAY_MS, today
        case "L7D":
            return today - 7 * DAY_MS, None
        case "L30D":
            return today - 30 * DAY_MS, None
        case _:
            return _dates(wanted)


def _dates(wanted: str) -> tuple[int, int]:
    try:
        first, last = (datetime.strptime(day, "%Y_%m_%d").replace(tzinfo=VIETNAM) for day in wanted.split(":"))
    except ValueError as error:
        raise invalid("last_interaction_period") from error
    if last < first:
        raise invalid("last_interaction_period")
    return int(first.timestamp() * 1000), int((last + timedelta(days=1)).timestamp() * 1000)


def _profile(world: World, customer: Customer) -> dict[str, Any]:
    sizes = {str(size): world.media.avatar_url(customer.user_id, size) for size in (120, 240)}
    profile: dict[str, Any] = {
        "user_id": customer.user_id,
        "user_id_by_app": customer.user_id_by_app,
        "user_external_id": customer.external_id,
        "display_name": customer.display_name,
        "user_alias": customer.alias,
        "is_sensitive": False,
        "user_last_interaction_date": day_text(customer.last_interaction_ms or 0),
        "user_is_follower": customer.follows,
        "avatar": sizes["240"],
        "avatars": sizes,
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": [], "tag_names": world.tags.of_customer(customer)},
    }
    if customer.shared_phone is not None or customer.shared_info:
        empty = {"address": "", "city": "", "district": "", "phone": "", "name": ""}
        profile["shared_info"] = empty | customer.shared_info | {"phone": customer.shared_phone or ""}
    return profile


router = Router(
    "/",
    route_handlers=[
        user_list, user_detail, user_update, forget_details, custom_info, update_custom_info, closed_reads,
        closed_update,
    ],
)  # fmt: skip
