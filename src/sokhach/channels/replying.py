"""May staff answer in a thread now, until when for free, and if not, why. Pure."""

from datetime import datetime
from typing import Literal

import msgspec

from sokhach.channels.zalo_oa import limits

Reason = Literal["window-closed", "never-interacted", "account-down", "not-authorised", "group-not-supported"]


class ReplyState(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` is a key of the catalogue (`reply.<reason>`) when an answer is not allowed."""

    allowed: bool
    reason: Reason | None = None
    free_until: datetime | None = None
    window_until: datetime | None = None


def reply_state(
    *,
    kind: Literal["direct", "group"],
    health: str,
    authorised: bool,
    last_interaction_at: datetime | None,
    now: datetime,
) -> ReplyState:
    """Zalo counts its windows from the person's last interaction, ours is the last that we saw."""
    if kind == "group":
        return ReplyState(allowed=False, reason="group-not-supported")
    if not authorised:
        return ReplyState(allowed=False, reason="not-authorised")
    if last_interaction_at is None:
        return ReplyState(allowed=False, reason="never-interacted")
    free_until = last_interaction_at + limits.FREE_WINDOW
    window_until = last_interaction_at + limits.REPLY_WINDOW
    reason: Reason | None = None
    if health == "down":
        reason = "account-down"
    elif now > window_until:
        reason = "window-closed"
    return ReplyState(allowed=reason is None, reason=reason, free_until=free_until, window_until=window_until)
