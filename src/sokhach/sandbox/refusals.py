"""The refusals of the OpenAPI (reference §1.8), and the pure rules of who may be written to."""

import msgspec

from sokhach.sandbox.accounts import Customer, OfficialAccount

HOUR_MS = 3_600_000
FREE_WINDOW_MS = 48 * HOUR_MS
SEND_WINDOW_MS = 7 * 24 * HOUR_MS
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


class Allowance(msgspec.Struct):
    """On what account a message may go: one of Zalo's quota types."""

    quota_type: str
    quota: dict[str, str]


def allowance(customer: Customer, oa: OfficialAccount, now_ms: int) -> Allowance:
    """The window rules for a "tin tư vấn". Raises the `Refusal` that applies.

    Free for 48 h after the last interaction, then from the package quota until 7 days have passed, then not at all.
    Someone who unfollowed has closed the door until they interact again.
    """
    if customer.off_zalo:
        raise Refusal(-227, "User has been banned or has been inactive for more than 45 days")
    if customer.refuses_messages:
        raise Refusal(-244, "User has restricted this type of message")
    last = customer.last_interaction_ms
    if last is None:
        raise Refusal(-232, "User has not interacted with the OA, or the interaction has expired")
    if customer.unfollowed_ms is not None:
        raise Refusal(-213, "User has not followed OA")
    silence_ms = now_ms - last
    if silence_ms > SEND_WINDOW_MS:
        raise Refusal(-230, "User has not interacted with the OA in the past 7 days")
    if silence_ms > FREE_WINDOW_MS:
        return _package(oa)
    if customer.wrote or customer.follows:
        return Allowance("reply", {"quota_type": "reply", "remain": "8", "total": "8"})
    return _welcome(customer)


def _package(oa: OfficialAccount) -> Allowance:
    if oa.sub_quota_remain <= 0:
        raise Refusal(-211, "Out of quota")
    remain, total = str(oa.sub_quota_remain - 1), str(oa.sub_quota_total)
    return Allowance(
        "sub_quota", {"quota_type": "sub_quota", "remain": remain, "total": total, "expired_date": "31/12/2099"}
    )


def _welcome(customer: Customer) -> Allowance:
    if customer.welcome_sent >= WELCOME_MESSAGES:
        raise Refusal(-211, "Out of quota")
    remain = str(WELCOME_MESSAGES - customer.welcome_sent - 1)
    return Allowance("welcome_msg", {"quota_type": "welcome_msg", "remain": remain, "total": str(WELCOME_MESSAGES)})
