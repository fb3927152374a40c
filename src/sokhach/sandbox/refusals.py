"""The refusals of the OpenAPI (reference §1.8), and the pure rules of who may be written to."""

from sokhach.sandbox.accounts import Customer

HOUR_MS = 3_600_000
FREE_WINDOW_MS = 48 * HOUR_MS
SEND_WINDOW_MS = 7 * 24 * HOUR_MS
INACTIVE_MS = 45 * 24 * HOUR_MS
WELCOME_MESSAGES = 3
REPLIES_PER_MESSAGE = 8


class Refusal(Exception):
    """Answered as HTTP 200 with `error` and `message`."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(field: str) -> Refusal:
    return Refusal(-201, f"{field} is invalid!")


def check_reachable(customer: Customer) -> None:
    """Whether the person can be written to at all, whatever the time."""
    if customer.off_zalo:
        raise Refusal(-227, "User has been banned or has been inactive for more than 45 days")
    if customer.refuses_messages:
        raise Refusal(-244, "User has restricted this type of message")
    if customer.receive_quota_out:
        raise Refusal(-218, "Out of quota receive of user")


def check_window(customer: Customer, now_ms: int) -> int:
    """Silence of the person in milliseconds, if a "tin tư vấn" may still go; 7 days at most.

    Someone who unfollowed has closed the door until they interact again.
    """
    last = customer.last_interaction_ms
    if last is None:
        raise Refusal(-232, "User has not interacted with the OA, or the interaction has expired")
    if customer.unfollowed_ms is not None:
        raise Refusal(-213, "User has not followed OA")
    silence_ms = now_ms - last
    if silence_ms > INACTIVE_MS:
        raise Refusal(-227, "User has been banned or has been inactive for more than 45 days")
    if silence_ms > SEND_WINDOW_MS:
        raise Refusal(-230, "User has not interacted with the OA in the past 7 days")
    return silence_ms
