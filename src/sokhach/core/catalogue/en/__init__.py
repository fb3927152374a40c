"""English."""

from sokhach.core.catalogue.en import channels, events, messages, oversight, problems, running

TEXTS: dict[str, str] = {
    **problems.TEXTS,
    **messages.TEXTS,
    **channels.TEXTS,
    **events.TEXTS,
    **oversight.TEXTS,
    **running.TEXTS,
}
