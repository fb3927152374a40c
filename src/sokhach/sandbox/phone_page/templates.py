"""Template messages as the phone draws them: by user id they stand in the thread, by phone number beside it."""

import re
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.phone_page.shown import ShownMessage
from sokhach.sandbox.world import World
from sokhach.sandbox.zns_records import ZnsMessage, ZnsTemplate, phone_hash

RATING = 5
"""The kind of template that asks for stars."""


class _Answer(msgspec.Struct):
    kind: str
    body: str


def phone_of(customer: Customer) -> str | None:
    """Of the number that they gave away, as template messages and calls name it: `84…`."""
    digits = re.sub(r"\D", "", customer.shared_phone or "")
    if digits.startswith("0"):
        digits = f"84{digits[1:]}"
    return digits if re.fullmatch(r"84\d{9,10}", digits) else None


def by_phone(world: World, customer: Customer, *, since_ms: int) -> list[ShownMessage]:
    """What came to their number."""
    phone = phone_of(customer)
    if phone is None:
        return []
    return [
        ShownMessage(
            msg_id=message.msg_id,
            src=0,
            type="zns",
            text=_filled(template, message),
            time=message.delivered_ms,
            extra={
                "template": {"name": template.name},
                "zns": {
                    "buttons": _buttons(template),
                    "asks": "rating" if template.type == RATING else "reply" if template.quick_reply else None,
                    "answer": _answer(world, message),
                },
            },
        )
        for message in world.zns.records.messages(customer.oa_id, phone_hash(phone))
        if message.delivered_ms is not None and message.delivered_ms >= since_ms
        and (template := world.zns.records.find_template(message.template_id)) is not None
    ]  # fmt: skip


def with_buttons(world: World, extra: dict[str, Any]) -> dict[str, Any]:
    """A template by user id has the buttons of its template."""
    if "template" not in extra:
        return extra
    template = world.zns.records.find_template(extra["template"]["template_id"])
    buttons = [] if template is None else _buttons(template)
    return extra | {"zns": {"buttons": buttons, "asks": None, "answer": None}}


def state(world: World, customer: Customer) -> tuple[int, int]:
    """Differs when a template message came, or was answered."""
    phone = phone_of(customer)
    if phone is None:
        return 0, 0
    key = (customer.oa_id, phone_hash(phone))
    sql = "SELECT count(delivered_ms) FROM zns_message WHERE oa_id = ? AND phone_hash = ?"
    answers = """SELECT count(*) FROM zns_answer JOIN zns_message USING (msg_id) WHERE oa_id = ? AND phone_hash = ?"""
    return int(world.store.value(sql, key)), int(world.store.value(answers, key))


def _filled(template: ZnsTemplate, message: ZnsMessage) -> str:
    values: dict[str, Any] = msgspec.json.decode(message.data)
    text = template.text or template.name
    for name, value in values.items():
        text = text.replace(f"<{name}>", str(value))
    return text


def _buttons(template: ZnsTemplate) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(button) for button in template.buttons]


def _answer(world: World, message: ZnsMessage) -> dict[str, Any] | None:
    sql = "SELECT kind, body FROM zns_answer WHERE msg_id = ? ORDER BY seq DESC LIMIT 1"
    found = world.store.one(_Answer, sql, (message.msg_id,))
    return None if found is None else {"kind": found.kind, **msgspec.json.decode(found.body)}
