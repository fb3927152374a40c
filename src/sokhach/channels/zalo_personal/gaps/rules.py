"""What asking the platform again has brought: pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

State = Literal["open", "joined", "ended", "stuck"]

KEPT = timedelta(days=14)
"""So long the platform keeps messages for a web session, at most; never from before its login."""
MARGIN = timedelta(minutes=2)
"""Clocks differ, and what was under way when a connection ended is lost with it."""


class Reading(NamedTuple):
    """Of one kind of threads: how it ended, and how far back it came."""

    state: State
    oldest_at: datetime | None


Span = tuple[datetime, datetime]


def page_ends(from_at: datetime | None, oldest_at: datetime | None, count: int, advanced: bool) -> State:
    """What a page of old messages says of a reading back to `from_at` (None: as far as there is anything).

    Only an empty page is believed to be the end. `advanced`: the page came further back than the one before.
    """
    if from_at is not None and oldest_at is not None and oldest_at <= from_at:
        return "joined"
    if not count:
        return "ended"
    return "open" if advanced and oldest_at is not None else "stuck"


def lacking(
    from_at: datetime, until_at: datetime, logged_in_at: datetime | None, reading: Reading, now: datetime
) -> Span | None:
    """The time of which messages may be missing after a reading; None: there is none.

    A reading that ended before it came to `from_at` has all that the platform keeps: everything since this login, and
    since `KEPT` ago. One that got stuck has what it read.
    """
    match reading.state:
        case "joined":
            return None
        case "ended" if logged_in_at is not None:
            reaches = max(now - KEPT, logged_in_at)
        case _:
            reaches = min(reading.oldest_at or until_at, until_at)
    return (from_at, min(reaches, until_at)) if from_at < min(reaches, until_at) else None


def united(spans: Iterable[Span | None]) -> Span | None:
    """One time that holds them all.

    >>> united([None, (1, 3), (2, 5)])
    (1, 5)
    """
    found = [span for span in spans if span is not None]
    return (min(one[0] for one in found), max(one[1] for one in found)) if found else None


def percent(stored: int, missing: int) -> float | None:
    """Of what the platform is known to have sent, how much is here; None when nothing is known to have been sent."""
    known = stored + missing
    return 100.0 * stored / known if known else None
