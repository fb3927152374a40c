"""Vietnamese, the first language: polite and short, as a good colleague speaks."""

from sokhach.core.catalogue.vi import (
    calendar,
    channels,
    custody,
    events,
    messages,
    oversight,
    problems,
    running,
    sign_in,
)

TEXTS: dict[str, str] = {
    **problems.TEXTS,
    **messages.TEXTS,
    **calendar.TEXTS,
    **channels.TEXTS,
    **custody.TEXTS,
    **events.TEXTS,
    **oversight.TEXTS,
    **running.TEXTS,
    **sign_in.TEXTS,
}
