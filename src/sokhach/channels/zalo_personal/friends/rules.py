"""Pure: what became of a request of friendship."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

Verb = Literal["accept", "reject", "undo"]
State = Literal["open", "asked", "failed", "accepted", "declined", "withdrawn", "gone"]

OPERATIONS: Mapping[Verb, str] = {"accept": "friend_accept", "reject": "friend_reject", "undo": "friend_undo"}
VERBS: Mapping[str, Verb] = {op: verb for verb, op in OPERATIONS.items()}
ENDS: Mapping[Verb, State] = {"accept": "accepted", "reject": "declined", "undo": "withdrawn"}
ASKED_IN, ASKED_OUT = "friend_asked", "friend_asked_out"
BEFRIENDED = "friend_added"
ENDED: Mapping[str, State] = {
    BEFRIENDED: "accepted",
    "friend_rejected": "declined",
    "friend_rejected_out": "declined",
    "friend_withdrawn": "withdrawn",
    "friend_withdrawn_out": "withdrawn",
}
OF_FRIENDS = frozenset({BEFRIENDED, "friend_removed"})
"""Events after which the list of friends is another one."""
GONE = "request-gone"
SLACK = timedelta(seconds=5)
"""Zalo's clock against ours: an answer belongs to the request before which it was not asked for."""
KEPT = timedelta(days=90)
"""Requests that nobody has answered for so long are shown no more."""
SHOWN = timedelta(days=7)
"""What is settled stands there for so long."""


class Answered(NamedTuple):
    """The latest answer that somebody asked for. `state` and `error` of its call."""

    verb: Verb
    state: str
    error: str | None


def fits(verb: Verb, *, incoming: bool) -> bool:
    return (verb == "undo") != incoming


def state_of(ended: str | None, answered: Answered | None) -> State:
    """`ended`: the event by which Zalo said that the request is over. Zalo's word goes before our calls."""
    if ended is not None:
        return ENDED[ended]
    if answered is None:
        return "open"
    if answered.state == "done":
        return ENDS[answered.verb]
    if answered.state == "failed":
        return "gone" if answered.error == GONE else "failed"
    return "asked"


def since(now: datetime) -> datetime:
    return now - KEPT
