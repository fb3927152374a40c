"""Vietnamese, the first language: polite and short, as a good colleague speaks."""

from sokhach.core.catalogue.vi import channels, events, messages, oversight, problems, running

TEXTS: dict[str, str] = {
    **problems.TEXTS,
    **messages.TEXTS,
    **channels.TEXTS,
    **events.TEXTS,
    **oversight.TEXTS,
    **running.TEXTS,
}
