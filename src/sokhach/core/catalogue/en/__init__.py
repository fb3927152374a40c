"""English."""

from sokhach.core.catalogue.en import (
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
