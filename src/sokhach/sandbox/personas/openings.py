"""How a scene begins: asked, asked once more in other words, reminded when nobody answers, gone with a bitter word."""

from sokhach.sandbox.personas.manners import GONE, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route


def opening(
    says: tuple[Line, ...], routes: tuple[Route, ...], nudge: tuple[Line, ...], minutes: int = 20
) -> dict[str, Beat]:
    """The beats `start`, `nudge` (the answer was about something else), `remind` (there was none) and `gone`.

    The scene gives the slot `about`, a noun.
    """
    return {
        "start": Beat(says, routes, otherwise="nudge", silence="remind", patience_minutes=minutes),
        "nudge": Beat(nudge, routes, otherwise="gone", silence="gone", patience_minutes=minutes),
        "remind": reminder(routes, again="nudge", minutes=minutes),
        "gone": GONE,
    }
