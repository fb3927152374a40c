"""Pure rules of the way out: when to try again, when to look again, when to give up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sokhach.channels.connector import HistoryItem
from sokhach.conversations.echoes import CLOCKS_APART, Ours, fits

RETRY_FIRST_SECONDS = 2.0
RETRY_LONGEST_SECONDS = 900.0
SPREAD = 0.2
"""Waits are lengthened by up to this share, so that what failed together does not come back together."""

WAITS_AT_MOST = timedelta(hours=24)
"""A message that could not be sent for so long fails: an answer a day late may no longer be wanted."""

ACCOUNT_PROBE_SECONDS = 300.0
"""While an account is down, its messages are tried so seldom; its recovery releases them at once."""

LOOKS_AFTER_SECONDS = (3.0, 30.0, 120.0)
"""When the platform's history is read for a message whose fate is unknown, counted from the moment we lost sight."""
LOOK_AGAIN_SECONDS = 30.0
"""When the history could not be had. Such a look does not count."""
LOOKS_AT_MOST = timedelta(minutes=15)


def retry_after(attempts: int, asked_seconds: float, spread: float) -> timedelta:
    """How long to wait after the nth refusal (from 1); never less than the platform asked. `spread` from 0 to 1."""
    doubled = RETRY_FIRST_SECONDS * 2.0 ** min(max(attempts, 1) - 1, 30)
    wait = max(asked_seconds, min(doubled, RETRY_LONGEST_SECONDS))
    return timedelta(seconds=wait * (1 + SPREAD * spread))


def waited_too_long(queued_at: datetime, now: datetime) -> bool:
    return now - queued_at > WAITS_AT_MOST


def next_look(looks: int, lost_at: datetime, now: datetime, *, answered: bool) -> datetime | None:
    """When to read the history again after `looks` answers without our message; None: a person must settle it."""
    if now - lost_at > LOOKS_AT_MOST or looks >= len(LOOKS_AFTER_SECONDS):
        return None
    if not answered:
        return now + timedelta(seconds=LOOK_AGAIN_SECONDS)
    return max(lost_at + timedelta(seconds=LOOKS_AFTER_SECONDS[looks]), now + timedelta(seconds=1))


def candidates(ours: Ours, history: Iterable[HistoryItem]) -> list[HistoryItem]:
    """What in the history may be our message, oldest first."""
    found = [
        item for item in history if item.direction == "out" and fits(ours, item.kind, item.text or "", item.sent_at)
    ]
    return sorted(found, key=lambda item: item.sent_at)


def since(ours: Ours) -> datetime:
    """From when on the history is of interest."""
    return ours.sending_at - CLOCKS_APART
