"""What Zalo's error codes mean for a message that we tried to send, and what to do. Source: error table of the OA API
as condensed on 2026-08-20. `docs/channels/zalo-oa.md` shows this table (a test compares)."""

from typing import Literal

import msgspec

Action = Literal["never", "once", "later", "morning", "renew", "account"]
"""never: this message will not be taken. once: try again at once, one time. later: try again after
`retry_after_seconds`. morning: at the end of Zalo's night. renew: get a new token, then call again once.
account: nothing of this account can be sent until a person acts; its messages wait."""


class ZaloError(msgspec.Struct, frozen=True, kw_only=True):
    """One code. `reason` is the slug of `delivery.<reason>` in the catalogue."""

    code: int
    reason: str
    action: Action
    meaning: str
    retry_after_seconds: float | None = None


def _error(code: int, reason: str, action: Action, meaning: str, after: float | None = None) -> ZaloError:
    return ZaloError(code=code, reason=reason, action=action, meaning=meaning, retry_after_seconds=after)


TABLE: tuple[ZaloError, ...] = (
    _error(-32, "rate-limited", "later", "the app or the OA is over its call rate", 30),
    _error(-100, "unsupported", "never", "the attachment is older than 7 days"),
    _error(-124, "token", "renew", "the access token is invalid (older pages, template messages)"),
    _error(-200, "platform-error", "once", "sending failed at Zalo"),
    _error(-201, "invalid-recipient", "never", "a field is invalid"),
    _error(-204, "account-disabled", "account", "the OA is disabled"),
    _error(-205, "account-disabled", "account", "the OA does not exist"),
    _error(-209, "app-disabled", "account", "the app is not active for the API"),
    _error(-210, "text-too-long", "never", "a parameter is over its limit"),
    _error(-211, "quota-out", "later", "the OA is out of quota", 3600),
    _error(-212, "permission", "account", "the app has not registered the OA API"),
    _error(-213, "not-following", "never", "the person does not follow the OA"),
    _error(-214, "platform-busy", "later", "the article is still being processed", 300),
    _error(-216, "token", "renew", "the access token is invalid"),
    _error(-217, "blocked", "never", "the person blocked invitations"),
    _error(-218, "receive-quota-out", "later", "the person can receive no more for now", 3600),
    _error(-219, "app-disabled", "account", "the app was removed or disabled"),
    _error(-220, "token", "renew", "the access token expired or was removed"),
    _error(-221, "permission", "account", "the OA must be verified"),
    _error(-223, "permission", "account", "the OA has not granted this API to the app"),
    _error(-224, "permission", "account", "the OA needs a higher package"),
    _error(-227, "inactive-45-days", "never", "the person is banned or was off Zalo for more than 45 days"),
    _error(-230, "window-closed", "never", "the person has not interacted with the OA in the last 7 days"),
    _error(-232, "never-interacted", "never", "the person never interacted with the OA, or too long ago"),
    _error(-233, "unsupported", "never", "this type of message is not supported"),
    _error(-234, "night", "morning", "this type of message is not taken at night"),
    _error(-235, "permission", "account", "the OA is of another type than this API is for"),
    _error(-237, "unsupported", "never", "the group is disabled (its package ended)"),
    _error(-238, "unsupported", "never", "the asset is used up or disabled"),
    _error(-240, "unsupported", "never", "this version of the API is shut"),
    _error(-241, "unsupported", "never", "the asset is used up or disabled"),
    _error(-242, "token", "account", "appsecret_proof is wrong: the app secret does not fit"),
    _error(-244, "blocked", "never", "the person does not want this type of message"),
    _error(-248, "standards", "never", "the message breaks the platform's standards"),
    _error(-249, "unsupported", "never", "this template cannot be sent by user id"),
    _error(-320, "permission", "account", "no Zalo Cloud Account is linked"),
    _error(-321, "permission", "account", "the Zalo Cloud Account is out of money"),
    _error(-403, "unsupported", "never", "the OA is not in that group"),
)  # fmt: skip
BY_CODE = {error.code: error for error in TABLE}


def lookup(code: int) -> ZaloError:
    """A code that we do not know is a refusal all the same; only a person can tell whether another try makes sense."""
    return BY_CODE.get(code) or _error(code, "platform-error", "never", "unknown")
