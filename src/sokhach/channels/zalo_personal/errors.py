"""What a failed call of a personal account means for the message, and what to do. Codes as zca-js reports them; Zalo
documents none. `docs/channels/zalo-personal-sending.md` shows the table (a test compares)."""

from typing import Literal

import msgspec

from sokhach.channels.connector import SendRefusedError, SendUncertainError
from sokhach.channels.zalo_personal.calls import CallFailedError

Action = Literal["never", "later", "session", "done"]
"""never: Zalo will not take it. later: try again after `retry_after_seconds`. session: the login is over, everything of
the account waits until somebody signs in by QR. done: what was asked for is so already."""


class PersonalError(msgspec.Struct, frozen=True, kw_only=True):
    """One code. `reason` is the slug of `delivery.<reason>` in the catalogue."""

    code: int
    reason: str
    action: Action
    meaning: str
    retry_after_seconds: float | None = None


def _error(code: int, reason: str, action: Action, meaning: str, after: float | None = None) -> PersonalError:
    return PersonalError(code=code, reason=reason, action=action, meaning=meaning, retry_after_seconds=after)


TABLE: tuple[PersonalError, ...] = (
    _error(-69, "rate-limited", "later", "Zalo's limit of retries is reached", 600),
    _error(-13, "needs-login", "session", "the login was declined or withdrawn"),
    _error(102, "needs-login", "session", "the session key has timed out"),
    _error(112, "invalid-field", "never", "a parameter is missing or of the wrong form"),
    _error(114, "invalid-field", "never", "a parameter is not valid"),
    _error(123, "stranger", "never", "the person does not take messages from this account"),
    _error(215, "blocked-us", "never", "the person blocked the account"),
    _error(216, "no-zalo", "never", "nobody on Zalo has this number, or hides it"),
    _error(221, "rate-limited", "later", "over the number of calls that Zalo allows", 600),
    _error(222, "asked-us", "never", "the person asked to be friends first"),
    _error(225, "already-friends", "done", "they are friends already"),
    _error(429, "rate-limited", "later", "too many calls", 600),
    _error(600, "needs-login", "session", "the session is not known any more"),
)

_BY_CODE = {error.code: error for error in TABLE}

STRANGER = "stranger"
RATE_LIMITED = "rate-limited"
NOT_ONLINE_SECONDS = 20.0
UPLOAD_AGAIN_SECONDS = 30.0
BUSY_SECONDS = 15.0


def lookup(code: int | None) -> PersonalError:
    """A code that we do not know is a refusal all the same; only a person can tell whether another try makes sense."""
    found = _BY_CODE.get(code) if code is not None else None
    return found or _error(code or 0, "platform-error", "never", "unknown")


def to_send_error(error: CallFailedError) -> SendRefusedError | SendUncertainError:
    """What became of a message whose sending failed so.

    Zalo's own refusal, and what failed before anything was sent, are refusals; whatever broke off after that, or of
    which nobody says when, is uncertain: it is never sent again by itself.
    """
    if error.kind == "api":
        return refusal(error)
    if error.not_sent:
        return SendRefusedError("session-away", str(error), retry_after_seconds=NOT_ONLINE_SECONDS)
    if error.phase == "upload":
        reason = "upload-unconfirmed" if error.kind == "timeout" else "upload-failed"
        return SendRefusedError(reason, str(error), retry_after_seconds=UPLOAD_AGAIN_SECONDS)
    return SendUncertainError(str(error))


def refusal(error: CallFailedError) -> SendRefusedError:
    """The same for calls that may be made twice: nothing is uncertain of them."""
    if error.kind == "api":
        known = lookup(error.code)
        after = known.retry_after_seconds if known.action == "later" else None
        return SendRefusedError(
            known.reason, str(error), retry_after_seconds=after, account_down=known.action == "session"
        )
    if error.not_sent:
        return SendRefusedError("session-away", str(error), retry_after_seconds=NOT_ONLINE_SECONDS)
    return SendRefusedError("platform-busy", str(error), retry_after_seconds=BUSY_SECONDS)


def is_done(error: CallFailedError) -> bool:
    """Zalo says that what was asked for is so already."""
    return error.kind == "api" and lookup(error.code).action == "done"


def call_reason(error: CallFailedError) -> str:
    """The slug of `delivery.<slug>` that tells staff why a call failed."""
    if error.kind == "timeout":
        return "no-answer"
    return refusal(error).reason
