"""What Zalo reports of an account and of messages by template: all for the account's log."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sokhach.channels.connector import InboundChannelEvent, UnparsableError
from sokhach.channels.zalo_oa.inbound.wire import (
    LONGEST_NAME,
    Head,
    Reported,
    digest,
    id_of,
    number_of,
    original_time,
    time_of,
    words,
)
from sokhach.channels.zalo_oa.limits import ZONE
from sokhach.core.text import nfc

Facts = dict[str, Any]


def report(event: Reported, name: str, payload: bytes, received_at: datetime) -> InboundChannelEvent:
    at = time_of(event.timestamp, received_at)
    about = id_of(event.message.msg_id if event.message else None) or id_of(event.msg_id)
    facts = {fact: value for fact, value in REPORTERS[name](event).items() if value not in (None, "", [])}
    return InboundChannelEvent(
        name=name,
        key=digest(payload),
        message_external_id=about,
        details={**facts, **original_time(event.timestamp, at, received_at)},
        at=at,
    )


def revoked(head: Head, payload: bytes, received_at: datetime) -> InboundChannelEvent:
    """The OA took the app's permission back. Zalo does not say what else is in it, so no more is asked of it."""
    return InboundChannelEvent(
        name=head.event_name,
        key=digest(payload),
        revokes=True,
        at=_moment(head.timestamp, received_at),
    )


def unknown(head: Head, payload: bytes, received_at: datetime) -> InboundChannelEvent:
    """Something new of Zalo's. The payload itself stays in the journal."""
    return InboundChannelEvent(
        name=nfc(head.event_name)[:LONGEST_NAME],
        key=digest(payload),
        known=False,
        at=_moment(head.timestamp, received_at),
    )


def _moment(timestamp: object, received_at: datetime) -> datetime:
    """When it happened, if it says so in a way that we know."""
    try:
        return time_of(timestamp, received_at) if isinstance(timestamp, str | int) else received_at
    except UnparsableError:
        return received_at


def _feedback(event: Reported) -> Facts:
    said = event.message
    if said is None:
        return {}
    note = "; ".join(one for one in (words(said.note), *map(words, said.feedbacks)) if one)
    rate = number_of(said.rate)
    return {"rate": str(round(rate)) if rate is not None else None, "note": nfc(note)}


def _button(event: Reported) -> Facts:
    return {"button": words(event.message.data) if event.message else None}


def _template_status(event: Reported) -> Facts:
    status = event.status
    return {
        "template": id_of(event.template_id),
        "old": status.prev_status if status else None,
        "status": status.new_status if status else None,
        "reason": words(event.reason),
    }


def _template_quality(event: Reported) -> Facts:
    return {"template": id_of(event.template_id), "quality": words(event.quality)}


def _template(event: Reported) -> Facts:
    return {"template": id_of(event.template_id)}


def _quota(event: Reported) -> Facts:
    quota = event.quota
    return {
        "old": words(quota.prev_value) if quota else None,
        "new": words(quota.new_value) if quota else None,
    }


def _extension(event: Reported) -> Facts:
    until = number_of(event.extension_sub_info.valid_through_date) if event.extension_sub_info else None
    day = None
    if until is not None and 10**12 < until < 10**13:
        day = datetime.fromtimestamp(until / 1000, UTC).astimezone(ZONE).strftime("%d/%m/%Y")
    elif event.extension_sub_info:
        day = words(event.extension_sub_info.valid_through_date)
    return {"name": id_of(event.extension_id), "until": day}


REPORTERS: Mapping[str, Callable[[Reported], Facts]] = {
    "user_feedback": _feedback,
    "user_click_response_button": _button,
    "change_template_status": _template_status,
    "change_template_quality": _template_quality,
    "change_template_quota": _template,
    "change_oa_template_tags": _template,
    "change_oa_daily_quota": _quota,
    "extension_purchased": _extension,
    "event_journey_time_out": _template,
    "event_journey_acknowledged": _template,
}
