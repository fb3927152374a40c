"""What holds back an answer by a personal account, and how much is left, before anybody writes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sokhach.channels.limits import Limits
from sokhach.channels.pacing import Hold
from sokhach.channels.zalo_personal import cap_service, caps
from sokhach.conversations.views import CapView, Waits
from sokhach.core.catalogue import Locale, knows, say
from sokhach.core.database import Asked, Rows

SHOWN = ("messages_hour", "messages_day", "strangers_day")
SHORT = timedelta(seconds=10)
"""Nobody need hear of a shorter pause."""


def asked(account_id: int, conversation_id: int, now: datetime, zone: ZoneInfo) -> tuple[Asked, Asked]:
    return cap_service.asked_standing(account_id, now, zone), cap_service.asked_errand(conversation_id)


def of(
    rows: Sequence[Rows], limits: Limits, now: datetime, zone: ZoneInfo, locale: Locale
) -> tuple[Waits | None, list[CapView]]:
    """From the answers to `asked`: why a message would wait, and the caps that it would count by."""
    standing = cap_service.standing_of(rows[0])
    if standing is None:
        return None, []
    errand = cap_service.errand_of(rows[1])
    found = caps.decide(errand, standing, limits, now, zone, 0)
    waits = None
    if isinstance(found, Hold) and found.reason is not None and found.until - now > SHORT:
        waits = _waits(found, now, zone, locale)
    uses = cap_service.uses(standing.used, standing.warm_from, limits, now, zone)
    shown = [
        CapView(cap=one.cap, text=say(locale, f"cap.{one.cap}"), used=one.used, limit=one.limit)
        for one in uses
        if one.cap in SHOWN and (one.cap != "strangers_day" or errand.stranger)
    ]
    return waits, shown


def _waits(hold: Hold, now: datetime, zone: ZoneInfo, locale: Locale) -> Waits:
    local = hold.until.astimezone(zone)
    shown = f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%H:%M %d/%m}"
    key = f"waits.{hold.reason}" if knows(f"waits.{hold.reason}") else "waits.other"
    until = None if hold.reason == "sending-stopped" else hold.until
    return Waits(text=say(locale, key, until=shown), until=until)
