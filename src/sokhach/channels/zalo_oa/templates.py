"""Templates of an OA, as the host of templates by phone (ZNS) describes them."""

from datetime import UTC, datetime

import msgspec

from sokhach.channels.outgoing import Template, TemplateParam, Via
from sokhach.channels.zalo_oa.client import NoAnswerError
from sokhach.core import clock

LIST_PATH = "/template/all"
DETAIL_PATH = "/template/info/v2"
PAGE = 100
MOST_PAGES = 20
ENABLED = "ENABLE"
BY_PHONE_ONLY_TAGS = ("OTP",)
BY_UID_SINCE = datetime(2025, 12, 10, tzinfo=UTC)
"""Older templates cannot be sent by user id (-249); stated on 2026-08-20."""


class _Listed(msgspec.Struct, rename="camel"):
    template_id: int | str
    template_name: str = ""
    created_time: int | str | None = None
    status: str = ""
    template_quality: str | None = None


class _Param(msgspec.Struct, rename="camel"):
    name: str
    require: bool = True
    type: str = "STRING"
    max_length: int | None = None
    min_length: int | None = None
    accept_null: bool = False


class _Detail(msgspec.Struct):
    list_params: list[_Param] = msgspec.field(default_factory=list[_Param], name="listParams")
    preview_url: str | None = msgspec.field(default=None, name="previewUrl")
    template_tag: str | None = msgspec.field(default=None, name="templateTag")
    price: str | int | None = None
    price_sdt: str | int | None = None
    price_uid: str | int | None = None


def to_list(data: msgspec.Raw) -> list[Template]:
    """A page of the list. Raises `NoAnswerError`."""
    try:
        listed = msgspec.json.decode(data, type=list[_Listed], strict=False)
    except msgspec.DecodeError as error:
        raise NoAnswerError(f"unreadable list of templates: {error}") from error
    return [
        Template(
            template_id=str(one.template_id),
            name=one.template_name,
            status=one.status,
            quality=one.template_quality,
            created_at=_time(one.created_time),
        )
        for one in listed
    ]


def with_detail(template: Template, data: msgspec.Raw) -> Template:
    """Raises `NoAnswerError`."""
    try:
        detail = msgspec.json.decode(data, type=_Detail, strict=False)
    except msgspec.DecodeError as error:
        raise NoAnswerError(f"unreadable template: {error}") from error
    return msgspec.structs.replace(
        template,
        tag=detail.template_tag,
        via=_ways(template, detail.template_tag),
        params=tuple(
            TemplateParam(
                name=one.name,
                required=one.require and not one.accept_null,
                type=one.type,
                max_length=one.max_length,
                min_length=one.min_length,
            )
            for one in detail.list_params
        ),
        price_uid=_price(detail.price_uid),
        price_phone=_price(detail.price_sdt if detail.price_sdt is not None else detail.price),
        preview_url=detail.preview_url,
    )


def _ways(template: Template, tag: str | None) -> tuple[Via, ...]:
    young = template.created_at is None or template.created_at >= BY_UID_SINCE
    return ("uid", "phone") if young and tag not in BY_PHONE_ONLY_TAGS else ("phone",)


def _price(said: str | int | None) -> int | None:
    try:
        return round(float(said)) if said not in {None, ""} else None  # pyright: ignore[reportArgumentType]
    except ValueError:
        return None


def _time(milliseconds: int | str | None) -> datetime | None:
    try:
        return clock.from_milliseconds(int(milliseconds)) if milliseconds else None
    except (ValueError, OverflowError):
        return None
