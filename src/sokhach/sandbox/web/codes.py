"""Refusals of Zalo Web. Documented in the reference (§4) unless said; the other numbers are the sandbox's own."""


class WebRefusal(Exception):
    """Answered with HTTP 200, encrypted with the session's key, unless `plain`: then in the open, as for sessions."""

    def __init__(self, code: int, message: str, *, plain: bool = False) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.plain = plain


SESSION_ENDED = 102
NO_SESSION = 600
QR_WAIT = 8
QR_DECLINED = -13
STRANGER = 123
NOT_FOUND = 216
ALREADY_FRIENDS = 225
BLOCKED = 215
ASKED_FIRST = 222
TOO_MANY = 221
NO_REQUESTS = 112
NOT_IN_GROUP = 166
NO_MEMBER = 165

INVALID = 114
"""Own: parameters that are missing, of a wrong type, or name what does not exist."""
QR_EXPIRED = -14
"""Own."""
RECALL_LATE = 118
"""Own: somebody else's message, or too old to be recalled."""
LABELS_CHANGED = 119
"""Own: the list of labels is not of the version that the caller knew."""
MEMBER_ALREADY = 178
MEMBERSHIP_CLOSED = 240


def invalid(what: str) -> WebRefusal:
    return WebRefusal(INVALID, f"Tham số không hợp lệ: {what}")


def session_ended() -> WebRefusal:
    words = "The session key was improperly submitted or has reached its timeout."
    return WebRefusal(SESSION_ENDED, words, plain=True)


def no_session() -> WebRefusal:
    return WebRefusal(NO_SESSION, "zpw_sek is invalid or has reached its timeout.", plain=True)


def stranger() -> WebRefusal:
    return WebRefusal(STRANGER, "Không thể nhận tin nhắn từ bạn")


def blocked() -> WebRefusal:
    return WebRefusal(BLOCKED, "Người dùng đã chặn bạn")


def not_in_group() -> WebRefusal:
    return WebRefusal(NOT_IN_GROUP, "Bạn không phải thành viên của nhóm")
