"""What becomes of a session that ended, and what an account's state says of its health. Pure."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sokhach.channels.rules import Health
from sokhach.channels.zalo_personal import errors
from sokhach.channels.zalo_personal.calls import CallFailedError
from sokhach.channels.zalo_personal.protocol import DEAD

State = Literal["stopped", "connecting", "online", "offline", "taken_over", "kicked", "needs_login", "dead"]

LOGIN_CODES = frozenset({102, 600, -13})
"""Zalo does not know the cookie any more."""
STEADY_SECONDS = 120.0
"""A session that lasted so long begins counting its attempts anew."""


class Pace(NamedTuple):
    """Seconds between a session's end and the next login: `least`, and up to `first` more, doubling with each failure
    to `longest`. Zalo looks askance at accounts that log in all the time."""

    least: float = 5.0
    first: float = 10.0
    longest: float = 600.0

    def wait(self, attempts: int, chance: float) -> float:
        """Before the next attempt, after so many; `chance` in [0, 1) keeps apart what fell together.

        >>> [round(Pace().wait(n, 0.5)) for n in range(5)]
        [10, 15, 25, 45, 85]
        """
        return self.least + min(self.first * 2 ** min(attempts, 16), self.longest) * chance

    def next(self, now: datetime, attempts: int, chance: float) -> datetime:
        return now + timedelta(seconds=self.wait(attempts, chance))


class After(NamedTuple):
    """`reason` is a slug of `personal-state.<reason>`; `again`: it is tried anew, by itself."""

    state: State
    reason: str
    again: bool


STOPPED = After("stopped", "stopped", again=False)
RESTARTED = After("connecting", "restarted", again=True)
MOVED = After("connecting", "moved", again=True)
OTHER_PERSON = After("needs_login", "other-person", again=False)
UNDECIPHERABLE = After("needs_login", "undecipherable", again=False)
EXPIRED = After("needs_login", "expired", again=False)
NEVER_ONLINE = After("offline", "network", again=True)


def after_close(code: int | None) -> After:
    """None: the sidecar ended with all of its sessions."""
    match code:
        case 3000:
            return After("taken_over", "taken-over", again=False)
        case 3003:
            return After("kicked", "kicked", again=False)
        case _ if code == DEAD:
            return After("dead", "silent", again=True)
        case None:
            return RESTARTED
        case _:
            return After("offline", "network", again=True)


def says_expired(error: CallFailedError) -> bool:
    """A call of a running session. Messages wait for a login by the same codes, so the account says it needs one."""
    return error.kind == "api" and errors.lookup(error.code).action == "session"


def after_refusal(error: CallFailedError) -> After:
    """The session could not be begun."""
    if error.kind == "api" and error.code in LOGIN_CODES:
        return EXPIRED
    if error.kind == "api":
        return After("offline", "refused", again=True)
    if error.kind in ("bug", "bad-reply"):
        return After("offline", "unreadable", again=True)
    return After("offline", "network", again=True)


HEALTH_OF: dict[State, tuple[Health, str | None] | None] = {
    "online": ("ok", None),
    "connecting": None,
    "offline": ("degraded", "personal-offline"),
    "dead": ("degraded", "personal-silent"),
    "taken_over": ("down", "personal-taken-over"),
    "kicked": ("down", "personal-kicked"),
    "needs_login": ("down", "personal-needs-login"),
    "stopped": ("down", "personal-stopped"),
}
"""None: what it said before."""
HEALTH_REASONS = tuple(health[1] for health in HEALTH_OF.values() if health and health[1])
