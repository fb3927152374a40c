"""Faults that the control API can order: which calls and webhooks go wrong, how often, and how.

A fault is matched by kind and scope, then drawn with its own seeded generator: the same seed over the same
sequence of calls gives the same failures. Faults live in memory; a restart clears them.
"""

import random
from enum import StrEnum

import msgspec


class FaultKind(StrEnum):
    API_SLOW = "api_slow"
    API_STATUS = "api_status"
    API_HTML = "api_html"
    API_ERROR = "api_error"
    API_LOST_REPLY = "api_lost_reply"
    REFRESH_LOST_REPLY = "refresh_lost_reply"
    TOKEN_REVOCATION = "token_revocation"  # noqa: S105 - the name of a fault, no password
    ECHO_FIRST = "echo_first"
    NO_ECHO = "no_echo"
    NO_RECEIPTS = "no_receipts"
    RECEIPT_WITHOUT_ID = "receipt_without_id"
    WEBHOOK_DUPLICATE = "webhook_duplicate"
    WEBHOOK_REORDER = "webhook_reorder"
    WEBHOOK_SLOW = "webhook_slow"
    WEBHOOK_LOST = "webhook_lost"
    WEBHOOK_SIGNATURE = "webhook_signature"
    WEBHOOK_RESPACED = "webhook_respaced"
    WEBHOOK_NFD = "webhook_nfd"
    WEBHOOK_BOM = "webhook_bom"
    MEDIA_STATUS = "media_status"
    MEDIA_SLOW = "media_slow"
    MEDIA_HTML = "media_html"
    MEDIA_TRUNCATED = "media_truncated"
    MEDIA_REDIRECT = "media_redirect"


class SignatureVariant(StrEnum):
    """How a webhook is signed; `good` is the reference, a verifier must refuse the others, or allow them knowingly."""

    GOOD = "good"
    GARBAGE = "garbage"
    MISSING = "missing"
    HMAC = "hmac"
    APP_SECRET = "app_secret"  # noqa: S105 - the name of a variant
    OA_ID_FIRST = "oa_id_first"


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every given part must match; an absent one matches anything. `path` is a prefix of the URL path."""

    app_id: str | None = None
    oa_id: str | None = None
    user_id: str | None = None
    event_name: str | None = None
    path: str | None = None

    def covers(self, call: "Scope") -> bool:
        exact = ("app_id", "oa_id", "user_id", "event_name")
        wanted = [(getattr(self, name), getattr(call, name)) for name in exact]
        if any(mine is not None and mine != theirs for mine, theirs in wanted):
            return False
        return self.path is None or (call.path or "").startswith(self.path)


class FaultOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `POST /control/faults` takes. Fields below `seed` matter only to some kinds."""

    kind: FaultKind
    scope: Scope = Scope()
    probability: float = 1.0
    count: int | None = None
    seed: int = 0
    delay_ms: int = 1000
    status: int = 503
    copies: int = 2
    window: int = 10
    hold_ms: int = 500
    error: int = -200
    message: str = "Send message failed"
    variant: SignatureVariant = SignatureVariant.GARBAGE
    refresh_too: bool = False
    location: str = "http://127.0.0.1/"


class Fault:
    def __init__(self, fault_id: int, order: FaultOrder) -> None:
        self.id = fault_id
        self.order = order
        self.fired = 0
        self.random = random.Random(order.seed)  # noqa: S311 - wanted deterministic

    def strikes(self, kind: FaultKind, call: Scope) -> bool:
        order = self.order
        if order.kind is not kind or not order.scope.covers(call):
            return False
        if order.count is not None and self.fired >= order.count:
            return False
        if order.probability < 1 and self.random.random() >= order.probability:
            return False
        self.fired += 1
        return True


class FaultReport(msgspec.Struct):
    id: int
    fired: int
    order: FaultOrder


class Faults:
    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._next_id = 1

    def add(self, order: FaultOrder) -> int:
        fault = Fault(self._next_id, order)
        self._faults[fault.id] = fault
        self._next_id += 1
        return fault.id

    def remove(self, fault_id: int | None = None) -> int:
        """Remove one fault, or all; gives how many there were."""
        doomed = [fault_id] if fault_id is not None else list(self._faults)
        return sum(self._faults.pop(number, None) is not None for number in doomed)

    def strike(self, kind: FaultKind, call: Scope) -> Fault | None:
        """The first fault of the kind that goes off for this call, now counted as fired."""
        return next((fault for fault in self._faults.values() if fault.strikes(kind, call)), None)

    def find(self, fault_id: int) -> Fault | None:
        return self._faults.get(fault_id)

    def report(self) -> list[FaultReport]:
        return [FaultReport(fault.id, fault.fired, fault.order) for fault in self._faults.values()]
