"""Provocations of §3 at the calls that read, make templates and upload."""

from typing import Any

from sokhach.sandbox.selftest.shop import PNG, Json, Shop
from sokhach.sandbox.selftest.zns_send import ZNS

CHANGES_PER_DAY = 100


def _draft(buttons: list[Json] | None = None, **change: Any) -> Json:
    components: list[Json] = [
        {"TITLE": {"value": "Xác nhận đổi hàng"}},
        {"PARAGRAPH": {"value": "Chào <ten_khach_hang>, shop đã nhận yêu cầu đổi hàng."}},
    ]
    if buttons is not None:
        components.append({"BUTTONS": {"items": buttons}})
    body: Json = {
        "template_name": "Xác nhận đổi hàng",
        "template_type": 1,
        "tag": "1",
        "layout": {"body": {"components": components}},
        "params": [{"name": "ten_khach_hang", "type": "1", "sample_value": "Lan"}],
        "tracking_id": "doi-hang-1",
    }
    return body | change


async def _create(shop: Shop, buttons: list[Json] | None = None, **change: Any) -> Json:
    return await shop.call("POST", "/template/create", _draft(buttons, **change))


@ZNS.shows(-107, "the status of message_id 'abc'")
async def message_id(shop: Shop) -> Json:
    return await shop.call("GET", "/message/status", message_id="abc")


@ZNS.shows(-1091, "editing a template that waits for review")
async def edit(shop: Shop) -> Json:
    made = (await _create(shop))["data"]["template_id"]
    return await shop.call("POST", "/template/edit", _draft(template_id=made))


@ZNS.shows(-113, "a new template with three buttons")
async def buttons(shop: Shop) -> Json:
    return await _create(shop, [{"type": 1, "title": "Xem đơn hàng", "content": "https://shop.example"}] * 3)


@ZNS.shows(-1131, "a new template whose button opens no address")
async def button_content(shop: Shop) -> Json:
    return await _create(shop, [{"type": 1, "title": "Xem đơn hàng", "content": "shop.example"}])


@ZNS.shows(-1201, "a new template of tag 3 without the right")
async def promotion(shop: Shop) -> Json:
    return await _create(shop, tag="3")


@ZNS.shows(-153, "a template name of 4 characters")
async def specification(shop: Shop) -> Json:
    return await _create(shop, template_name="Ngắn")


@ZNS.shows(-160, "the 101st new template of a day")
async def daily_changes(shop: Shop) -> Json:
    for _ in range(CHANGES_PER_DAY):
        await _create(shop)
    return await _create(shop)


@ZNS.shows(-1202, "an upload without the right to media")
async def media_right(shop: Shop) -> Json:
    await shop.standing(media_permitted=False)
    return await shop.upload("/upload/image", PNG, "a.png")


@ZNS.shows(-158, "an image of 500 KB and one byte")
async def upload_size(shop: Shop) -> Json:
    return await shop.upload("/upload/image", PNG + bytes(500 * 1024 - len(PNG) + 1), "a.png")


@ZNS.shows(-159, "a GIF as image")
async def upload_format(shop: Shop) -> Json:
    return await shop.upload("/upload/image", b"GIF89a" + bytes(100), "a.gif")
