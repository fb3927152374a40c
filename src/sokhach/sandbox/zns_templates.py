"""Templates through the API: lists, details, and making new ones (reference §3)."""

import re
from typing import Any, TypeVar

import msgspec

from sokhach.sandbox.days import day_text
from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_data import PARAM_LENGTHS, TYPE_NAMES, is_button_content
from sokhach.sandbox.zns_edge import Bare, ZnsCaller, may_send
from sokhach.sandbox.zns_records import (
    OTP_TEMPLATE,
    STATUS_NUMBERS,
    TAG_NUMBERS,
    TemplateButton,
    TemplateParam,
    ZnsTemplate,
)
from sokhach.sandbox.zns_sending import known_template

MAX_PAGE = 100
CHANGES_PER_DAY = 100
MAX_TRACKING = 48
BASE_PRICES = {1: 200, 2: 300, 3: 300, 4: 300, 5: 200}
IMAGE_PRICE, BUTTON_PRICE = 200, 100
UID_SHARE = 70
"""Per cent of the price by phone; prices are of 2024–26 and secondary sources."""

Part = TypeVar("Part", bound=msgspec.Struct)


class Section(msgspec.Struct):
    """Header, body or footer: each component is an object of one key, the name of its kind."""

    components: list[dict[str, Any]] = []


class TextPart(msgspec.Struct):
    value: str


class TableRow(msgspec.Struct):
    title: str
    value: str


class TablePart(msgspec.Struct):
    rows: list[TableRow]


class ButtonsPart(msgspec.Struct):
    items: list[TemplateButton]


class NewTemplate(msgspec.Struct):
    """Body of create and edit; `template_id` for edit."""

    template_name: str
    template_type: int
    tag: str | int
    layout: dict[str, Section] | list[Section]
    tracking_id: str
    params: list[dict[str, Any]] = []
    note: str = ""
    template_id: str = ""


def list_templates(world: World, caller: ZnsCaller, query: dict[str, str]) -> Bare:
    offset = number(query, "offset")
    limit = number(query, "limit", highest=MAX_PAGE)
    wanted = STATUS_NUMBERS.get(number(query, "status", default=1)) if "status" in query else None
    if "status" in query and wanted is None:
        raise Refusal(-132, "Parameter status is invalid")
    own = number(query, "filterPreset", default=0, highest=1)
    found = [
        template
        for template in world.zns.records.templates(caller.oa.oa_id)
        if template.status != "DELETE"
        and wanted in (None, template.status)
        and (not own or template.app_id == caller.app.app_id)
    ]
    page = [
        {
            "templateId": template.template_id,
            "templateName": template.name,
            "createdTime": template.created_ms,
            "status": template.status,
            "templateQuality": template.quality,
        }
        for template in found[offset : offset + limit]
    ]
    return Bare({"data": page, "metadata": {"total": len(found)}})


def number(query: dict[str, str], name: str, *, default: int | None = None, highest: int | None = None) -> int:
    """A whole number of a query; -132 for anything else."""
    text = query.get(name, "" if default is None else str(default))
    if not re.fullmatch(r"\d{1,18}", text) or (highest is not None and int(text) > highest):
        raise Refusal(-132, f"Parameter {name} is invalid")
    return int(text)


def describe(world: World, caller: ZnsCaller, query: dict[str, str]) -> dict[str, Any]:
    template = known_template(world, caller, query.get("template_id"))
    return {
        "templateId": template.template_id,
        "templateName": template.name,
        "status": template.status,
        "reason": template.reason,
        "listParams": [
            {
                "name": param.name,
                "require": param.required,
                "type": TYPE_NAMES.get(param.type, "STRING"),
                "maxLength": param.max_length,
                "minLength": param.min_length,
                "acceptNull": param.accept_null,
            }
            for param in template.params
        ],
        "listButtons": [msgspec.structs.asdict(button) for button in template.buttons],
        "timeout": template.timeout_ms,
        "previewUrl": world.zns.preview_url(template.template_id),
        "templateQuality": template.quality,
        "templateTag": template.tag,
        "price": str(template.price_dong),
        "price_sdt": str(template.price_dong),
        "price_uid": str(template.price_uid_dong),
    }


def sample_data(world: World, caller: ZnsCaller, query: dict[str, str]) -> dict[str, str]:
    template = known_template(world, caller, query.get("template_id"))
    return {param.name: param.sample for param in template.params}


def create(world: World, caller: ZnsCaller, order: dict[str, Any]) -> dict[str, Any]:
    """A new template waits for review; the control API decides."""
    draft = _check(world, caller, order)
    template = _build(world, caller, draft, world.zns.records.new_template_id())
    world.zns.records.save_template(template)
    return _reply(world, template, draft)


def edit(world: World, caller: ZnsCaller, order: dict[str, Any]) -> dict[str, Any]:
    """Only a rejected template that an API call made; it waits for review again."""
    before = known_template(world, caller, order.get("template_id"))
    if before.status != "REJECT" or not before.by_api:
        raise Refusal(-1091, "Template cannot be edited")
    draft = _check(world, caller, order)
    template = _build(world, caller, draft, before.template_id)
    world.zns.change_template(before, template)
    return _reply(world, template, draft)


def _check(world: World, caller: ZnsCaller, order: dict[str, Any]) -> NewTemplate:
    may_send(caller)
    try:
        draft = msgspec.convert(order, NewTemplate)
    except msgspec.ValidationError as error:
        raise Refusal(-153, f"Data violates the specification: {error}") from error
    wrong = (
        (not 10 <= len(draft.template_name) <= 60, "template_name"),
        (draft.template_type not in BASE_PRICES, "template_type"),
        (str(draft.tag) not in TAG_NUMBERS, "tag"),
        (not 1 <= len(draft.tracking_id) <= MAX_TRACKING, "tracking_id"),
        (len(draft.note) > 400, "note"),
    )
    for applies, field in wrong:
        if applies:
            raise Refusal(-153, f"Data violates the specification: {field}")
    if TAG_NUMBERS[str(draft.tag)] == "PROMOTION" and "PROMOTION" not in caller.account.allowed_tags:
        raise Refusal(-1201, "OA cannot create templates of tag 3")
    _check_layout(draft)
    day = day_text(world.clock.now_ms())
    kind = "edit" if draft.template_id else "create"
    if world.zns.records.count(caller.oa.oa_id, kind, day) > CHANGES_PER_DAY:
        raise Refusal(-160, f"Daily quota of template {kind} exceeded")
    return draft


def _parts(draft: NewTemplate) -> list[tuple[str, Any]]:
    sections = draft.layout if isinstance(draft.layout, list) else draft.layout.values()
    return [part for section in sections for component in section.components for part in component.items()]


def _check_layout(draft: NewTemplate) -> None:
    parts = _parts(draft)
    names = {name for name, _ in parts}
    if "TITLE" not in names or not names & {"PARAGRAPH", "TABLE", "OTP"}:
        raise Refusal(-116, "Layout needs a TITLE and a body")
    for name, part in parts:
        match name:
            case "TITLE":
                _check_length(_read(part, TextPart, -116).value, 9, 65)
            case "PARAGRAPH":
                _check_length(_read(part, TextPart, -116).value, 9, 400)
            case "TABLE":
                _check_table(_read(part, TablePart, -116))
            case "BUTTONS":
                _check_buttons(_read(part, ButtonsPart, -113))
            case _:
                continue


def _read(part: Any, into: type[Part], refusal: int) -> Part:
    try:
        return msgspec.convert(part, into)
    except msgspec.ValidationError as error:
        raise Refusal(refusal, str(error)) from error


def _check_length(text: str, shortest: int, longest: int) -> None:
    if not shortest <= len(text) <= longest:
        raise Refusal(-116, f"A text here has {shortest} to {longest} characters")


def _check_table(table: TablePart) -> None:
    if not 2 <= len(table.rows) <= 8:
        raise Refusal(-116, "A table has 2 to 8 rows")
    for row in table.rows:
        _check_length(row.title, 3, 36)
        _check_length(row.value, 3, 90)


def _check_buttons(part: ButtonsPart) -> None:
    if not 1 <= len(part.items) <= 2:
        raise Refusal(-113, "One or two buttons are allowed")
    for button in part.items:
        if not 1 <= button.type <= 12 or not 5 <= len(button.title) <= 30:
            raise Refusal(-113, "Button invalid")
        if not is_button_content(button.type, button.content):
            raise Refusal(-1131, "Button content invalid")


def _build(world: World, caller: ZnsCaller, draft: NewTemplate, template_id: str) -> ZnsTemplate:
    parts = _parts(draft)
    buttons = [
        button for name, part in parts if name == "BUTTONS" for button in msgspec.convert(part, ButtonsPart).items
    ]
    images = any(name == "IMAGES" for name, _ in parts)
    price = BASE_PRICES[draft.template_type] + IMAGE_PRICE * images + BUTTON_PRICE * (len(buttons) == 2)
    tag = "OTP" if draft.template_type == OTP_TEMPLATE else TAG_NUMBERS[str(draft.tag)]
    return ZnsTemplate(
        template_id=template_id,
        oa_id=caller.oa.oa_id,
        app_id=caller.app.app_id,
        name=draft.template_name,
        created_ms=world.clock.now_ms(),
        status="PENDING_REVIEW",
        quality="UNDEFINED",
        type=draft.template_type,
        tag=tag,
        text="\n".join(part["value"] for name, part in parts if name in ("TITLE", "PARAGRAPH")),
        params=[_param(given) for given in draft.params],
        buttons=buttons,
        price_dong=price,
        price_uid_dong=price * UID_SHARE // 100,
        by_api=True,
    )


def _param(given: dict[str, Any]) -> TemplateParam:
    name, kind, sample = given.get("name"), str(given.get("type")), str(given.get("sample_value", ""))
    if not isinstance(name, str) or not re.fullmatch(r"\w{1,30}", name) or not kind.isdecimal():
        raise Refusal(-153, "Data violates the specification: params")
    longest = PARAM_LENGTHS.get(int(kind))
    if longest is None:
        raise Refusal(-153, "Data violates the specification: params")
    if len(sample) > longest:
        raise Refusal(-1121, f"Sample of {name} exceeds {longest} characters")
    return TemplateParam(name=name, type=int(kind), max_length=longest, sample=sample)


def _reply(world: World, template: ZnsTemplate, draft: NewTemplate) -> dict[str, Any]:
    return {
        "template_id": template.template_id,
        "template_name": template.name,
        "template_type": template.type,
        "tag": str(draft.tag),
        "status": template.status,
        "app_id": template.app_id,
        "oa_id": template.oa_id,
        "price_sdt": str(template.price_dong),
        "price_uid": str(template.price_uid_dong),
        "timeout": template.timeout_ms,
        "preview_url": world.zns.preview_url(template.template_id),
        "tracking_id": draft.tracking_id,
    }
