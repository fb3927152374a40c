"""The control API, part four: what else happens at Zalo, in the administrator's tools and on the company's web page."""

from typing import Any

from litestar import Router, get, post

from sokhach.sandbox.api.forms import AdForm
from sokhach.sandbox.articles import Broadcast
from sokhach.sandbox.control import ControlError, Order
from sokhach.sandbox.world import World


class InfoOrder(Order):
    """As in the webhook: `{name, phone, user_dob, gender, full_address{…}}`, or the older flat form."""

    info: dict[str, Any]


class UpdateOrder(Order):
    method: str = "dynamic_url"


class WidgetOrder(Order):
    user_external_id: str
    url: str = "https://shop.example.vn/"


class PurchaseOrder(Order):
    order_id: str = "DH10482"


class ProductOrder(Order):
    product_id: str = "SP001"


class CallOrder(Order):
    """`inbound` true = the customer calls."""

    inbound: bool = True
    call_type: str = "AUDIO"
    waiting_seconds: int = 5
    talk_ms: int = 60_000
    status_code: str = "0"


class TagOrder(Order):
    """What an administrator does to tags: with `user_id` to a person, without to the tag itself."""

    name: str
    user_id: str | None = None
    remove: bool = False


class ExtensionOrder(Order):
    extension_id: str
    months: int = 12


class FormOrder(Order):
    form_id: str
    leads: list[dict[str, Any]] = []


class ConsentAnswer(Order):
    """ALLOW, DENY or USER_BLOCKED; `hours` 0 = for ever."""

    user_consent: str
    hours: int = 0


@post("/oas/{oa_id:str}/users/{user_id:str}/info")
async def submits_info(oa_id: str, user_id: str, data: InfoOrder, world: World) -> dict[str, bool]:
    world.happenings.submit_info(world.accounts.customer(oa_id, user_id), data.info)
    return {"submitted": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/info-update")
async def info_updated(oa_id: str, user_id: str, data: UpdateOrder, world: World) -> dict[str, bool]:
    customer = world.accounts.customer(oa_id, user_id)
    world.happenings.tell_of_person(customer, "update_user_info", data={"method": data.method})
    return {"told": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/withdrawal")
async def withdraws(oa_id: str, user_id: str, world: World) -> dict[str, bool]:
    """The person asks that their data be deleted."""
    world.happenings.tell_of_person(world.accounts.customer(oa_id, user_id), "user_withdraw")
    return {"told": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/widget")
async def accepts_widget(oa_id: str, user_id: str, data: WidgetOrder, world: World) -> dict[str, str]:
    customer = world.accounts.customer(oa_id, user_id)
    return {"event": world.happenings.consents_in_widget(customer, data.user_external_id, data.url)}


@post("/oas/{oa_id:str}/users/{user_id:str}/orders")
async def places_order(oa_id: str, user_id: str, data: PurchaseOrder, world: World) -> dict[str, bool]:
    world.happenings.order(world.accounts.customer(oa_id, user_id), data.order_id)
    return {"told": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/product-question")
async def asks_product(oa_id: str, user_id: str, data: ProductOrder, world: World) -> dict[str, bool]:
    customer = world.accounts.customer(oa_id, user_id)
    world.happenings.tell_of_person(customer, "user_asking_product", product={"id": data.product_id})
    return {"told": True}


@post("/oas/{oa_id:str}/users/{user_id:str}/calls")
async def calls(oa_id: str, user_id: str, data: CallOrder, world: World) -> dict[str, str]:
    call_id = world.happenings.call(
        world.accounts.customer(oa_id, user_id),
        inbound=data.inbound,
        call_type=data.call_type,
        waiting_seconds=data.waiting_seconds,
        talk_ms=data.talk_ms,
        status_code=data.status_code,
    )
    return {"call_id": call_id}


@post("/oas/{oa_id:str}/tags")
async def admin_tags(oa_id: str, data: TagOrder, world: World) -> dict[str, bool]:
    """Whether anything changed."""
    if data.user_id is None:
        change = world.tags.delete if data.remove else world.tags.create
        return {"changed": change(world.accounts.oa(oa_id).oa_id, data.name)}
    customer = world.accounts.customer(oa_id, data.user_id)
    return {"changed": (world.tags.take if data.remove else world.tags.add)(customer, data.name)}


@get("/oas/{oa_id:str}/tags")
async def list_tags(oa_id: str, world: World) -> list[str]:
    return world.tags.of_account(oa_id)


@post("/oas/{oa_id:str}/permission-revocation")
async def takes_permission_back(oa_id: str, world: World) -> dict[str, int]:
    return {"revoked": world.happenings.revoke_permission(world.accounts.oa(oa_id).oa_id)}


@post("/oas/{oa_id:str}/extensions")
async def buys_extension(oa_id: str, data: ExtensionOrder, world: World) -> dict[str, bool]:
    world.happenings.buy_extension(oa_id, data.extension_id, data.months)
    return {"told": True}


@post("/oas/{oa_id:str}/call-consents/{phone:str}")
async def answers_consent(oa_id: str, phone: str, data: ConsentAnswer, world: World) -> dict[str, str]:
    if data.user_consent not in ("ALLOW", "DENY", "USER_BLOCKED"):
        raise ControlError("`user_consent` is ALLOW, DENY or USER_BLOCKED")
    world.consents.answer(oa_id, phone, data.user_consent, data.hours)
    return {"user_consent": data.user_consent}


@post("/oas/{oa_id:str}/ad-forms")
async def makes_form(oa_id: str, data: FormOrder, world: World) -> dict[str, str]:
    """An advertisement's form, with what people filled in."""
    world.store.upsert("ad_form", AdForm(data.form_id, world.accounts.oa(oa_id).oa_id, data.leads), "form_id")
    return {"form_id": data.form_id}


@get("/oas/{oa_id:str}/broadcasts")
async def list_broadcasts(oa_id: str, world: World) -> list[Broadcast]:
    return world.articles.broadcasts(oa_id)


router = Router(
    "/control",
    route_handlers=[
        submits_info, info_updated, withdraws, accepts_widget, places_order, asks_product, calls, admin_tags, list_tags,
        takes_permission_back, buys_extension, answers_consent, makes_form, list_broadcasts,
    ],
)  # fmt: skip
