"""Vietnamese, the first language: polite and short, as a good colleague speaks."""

from sokhach.core.catalogue.vi import (
    calendar,
    channels,
    custody,
    events,
    importing,
    messages,
    oversight,
    personal_private,
    personal_sending,
    personal_sessions,
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
    **importing.TEXTS,
    **oversight.TEXTS,
    **personal_private.TEXTS,
    **personal_sending.TEXTS,
    **personal_sessions.TEXTS,
    **running.TEXTS,
    **sign_in.TEXTS,
}
