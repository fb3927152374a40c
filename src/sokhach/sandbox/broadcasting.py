"""A broadcast: articles to everybody who fits a target (reference §1.3)."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import OfficialAccount
from sokhach.sandbox.articles import Broadcast
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.sending import decode
from sokhach.sandbox.world import World

MAX_ARTICLES = 5

TARGETS: dict[str, tuple[int, int]] = {
    "ages": (0, 7),
    "gender": (0, 2),
    "locations": (0, 2),
    "cities": (0, 63),
    "platform": (1, 3),
}
"""Lowest and highest value of each field; values are joined by commas."""


class Target(msgspec.Struct):
    target: dict[str, str]


class Element(msgspec.Struct):
    media_type: str
    attachment_id: str


class Payload(msgspec.Struct):
    template_type: str
    elements: list[Element]


class Attachment(msgspec.Struct):
    type: str
    payload: Payload


class Content(msgspec.Struct):
    attachment: Attachment


class BroadcastOrder(msgspec.Struct):
    recipient: Target
    message: Content


def broadcast(world: World, oa: OfficialAccount, body: bytes) -> Broadcast:
    order = decode(body, BroadcastOrder)
    for field, values in order.recipient.target.items():
        _check_target(field, values)
    attachment = order.message.attachment
    if attachment.type != "template" or attachment.payload.template_type != "media":
        raise Refusal(-233, "Message type is not supported")
    elements = attachment.payload.elements
    if not elements:
        raise invalid("elements")
    if len(elements) > MAX_ARTICLES:
        raise Refusal(-210, f"elements is over the limit of {MAX_ARTICLES}")
    if any(element.media_type != "article" for element in elements):
        raise Refusal(-233, "Message type is not supported")
    ids = [world.articles.article(oa.oa_id, element.attachment_id, "attachment_id").article_id for element in elements]
    return world.articles.broadcast(oa, dict[str, Any](order.recipient.target), ids)


def _check_target(field: str, values: str) -> None:
    if field not in TARGETS:
        raise invalid(field)
    lowest, highest = TARGETS[field]
    for value in values.split(","):
        if not value.isdecimal() or not lowest <= int(value) <= highest:
            raise invalid(field)
