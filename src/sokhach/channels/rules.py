"""Pure rules of channels: whether one may write to a customer now, how long a text may be, what a refusal says of the
account."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from sokhach.channels.limits import DEFAULT_LIMITS, Limits
from sokhach.channels.outgoing import Ability
from sokhach.channels.zalo_oa import limits as zalo_oa

Health = Literal["unknown", "ok", "degraded", "down"]

# Channels by name: `channel_account.channel`.
ZALO_OA = "zalo_oa"
ZALO_PERSONAL = "zalo_personal"
BOUND = (ZALO_PERSONAL,)
"""Channels by whose accounts only that worker sends which holds the account's session."""
UPLOADS_WITHIN = (ZALO_PERSONAL,)
"""Channels that take a file as part of sending it."""

# What a refusal (`delivery.<reason>`) says of the whole account (`health.<reason>`).
HEALTH_OF = {
    "account-disabled": "oa-disabled",
    "account-not-connected": "not-authorised",
    "app-disabled": "app-disabled",
    "needs-login": "personal-needs-login",
    "permission": "permission",
    "platform-busy": "platform-unreachable",
    "token": "token-revoked",
    "undecipherable": "undecipherable",
}
TOKEN_REASONS = ("not-authorised", "token-expired", "token-revoked", "undecipherable")
UNREACHABLE = "platform-unreachable"
ANONYMOUS = "anonymous:"
"""Threads with people of whom the channel does not say who they are."""
IMPORTED = "import:"
"""Threads from files that do not say by which id the channel knows them."""
UNANSWERABLE = ("group-not-supported", "anonymous-not-supported", "imported-unknown")
REPLIES: tuple[Ability, ...] = (
    "text",
    "image",
    "gif",
    "file",
    "sticker",
    "quote",
    "reaction",
    "request_info",
    "buttons",
)

PERSONAL: tuple[Ability, ...] = (
    "text",
    "image",
    "gif",
    "file",
    "video",
    "sticker",
    "quote",
    "reaction",
    "recall",
    "typing",
)


class ReplyWindow(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a person may answer. `reason` is a slug of `reply.<reason>`: why not, or why the message will wait.

    Until `free_until` an answer costs nothing, until `window_until` the platform takes it at all.
    """

    allowed: bool
    reason: str | None = None
    free_until: datetime | None = None
    window_until: datetime | None = None


def reply_window(
    *,
    channel: str,
    kind: str,
    last_inbound_at: datetime | None,
    health: str,
    health_reason: str | None,
    now: datetime,
    thread_key: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> ReplyWindow:
    """`kind` and `thread_key` of the conversation, `health` and `health_reason` of its account."""
    waits = _why_it_waits(health, health_reason)
    if thread_key.startswith(IMPORTED):
        return ReplyWindow(allowed=False, reason="imported-unknown")
    if channel != ZALO_OA:
        return ReplyWindow(allowed=True, reason=waits)
    if kind == "group":
        return ReplyWindow(allowed=False, reason="group-not-supported")
    if thread_key.startswith(ANONYMOUS):
        return ReplyWindow(allowed=False, reason="anonymous-not-supported")
    if last_inbound_at is None:
        return ReplyWindow(allowed=False, reason="never-interacted")
    free_until = last_inbound_at + timedelta(hours=limits[zalo_oa.FREE_HOURS])
    window_until = last_inbound_at + timedelta(hours=limits[zalo_oa.REPLY_HOURS])
    open_ = now <= window_until
    return ReplyWindow(
        allowed=open_, reason=waits if open_ else "window-closed", free_until=free_until, window_until=window_until
    )


def text_limit(channel: str, limits: Limits = DEFAULT_LIMITS) -> int | None:
    """How many characters one message may have; None: the channel states no limit."""
    return limits[zalo_oa.TEXT_CHARACTERS] if channel == ZALO_OA else None


def abilities(channel: str, window: ReplyWindow, *, has_phone: bool, kind: str = "direct") -> list[Ability]:
    """What staff may send in a thread now. Templates are not bound to the window; they need a person, and by phone a
    number."""
    if channel == ZALO_PERSONAL and window.allowed:
        return [*PERSONAL, "mention"] if kind == "group" else list(PERSONAL)
    if channel != ZALO_OA or window.reason in UNANSWERABLE:
        return []
    can: list[Ability] = list(REPLIES) if window.allowed else []
    can.append("template_uid")
    if has_phone:
        can.append("template_phone")
    return can


def text_length(channel: str, text: str) -> int:
    """The length of NFC `text` as the channel counts it."""
    return zalo_oa.text_length(text) if channel == ZALO_OA else len(text)


def sends_blocked(health: str) -> bool:
    """Whether nothing can be sent until a person acts."""
    return health == "down"


def health_of(reason: str) -> str:
    return HEALTH_OF.get(reason, reason)


def _why_it_waits(health: str, health_reason: str | None) -> str | None:
    if health != "down":
        return None
    return "not-authorised" if health_reason == "not-authorised" else "account-down"
