"""Faults of frames: what the socket does to messages on their way to one account, or to all."""

import random
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import msgspec

from sokhach.sandbox.web.http_faults import NUMBERS
from sokhach.sandbox.web.sockets import Parcel


class FrameFault(StrEnum):
    DROP = "drop"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    UNKNOWN_OPCODE = "unknown_opcode"
    MALFORMED = "malformed"
    UNDECRYPTABLE = "undecryptable"
    NO_FILE_DONE = "no_file_done"
    STORM = "storm"


class FrameOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`k` of every `n` messages are struck, drawn with `seed`; at most `count` in all. `uid` None = every account.

    `forever`: no web session is ever given the message again; None = as is usual for the kind. `delay_ms`: how long
    a socket lives in a storm.
    """

    kind: FrameFault
    uid: str | None = None
    k: int = 1
    n: int = 1
    count: int | None = None
    seed: int = 0
    opcode: int | None = None
    window: int = 5
    copies: int = 2
    forever: bool | None = None
    delay_ms: int = 1000


GONE = {FrameFault.DROP, FrameFault.UNKNOWN_OPCODE}
"""Messages that no other way brings, unless the order says so."""

NO_MESSAGES = {FrameFault.NO_FILE_DONE, FrameFault.STORM}
"""Faults of something else than messages."""

JUNK: tuple[Any, ...] = (None, "", 7, {}, [], {"msgId": None, "content": None}, {"uidFrom": 3, "content": {"a": 1}})


class Fault:
    """Counts for each account apart, so that `k` of `n` holds for everyone."""

    def __init__(self, number: int, order: FrameOrder) -> None:
        self.id = number
        self.order = order
        self.fired = 0
        self.held: dict[str, list[Parcel]] = {}
        self._passed: dict[str, int] = {}
        self._chosen: dict[str, set[int]] = {}
        self._random = random.Random(order.seed)  # noqa: S311 - wanted deterministic

    @property
    def seen(self) -> int:
        return sum(self._passed.values())

    @property
    def forever(self) -> bool:
        return self.order.kind in GONE if self.order.forever is None else self.order.forever

    def covers(self, uid: str) -> bool:
        return self.order.uid in (None, uid)

    def goes_off(self, uid: str) -> bool:
        """Exactly `k` of each `n` that pass."""
        passed = self._passed.get(uid, 0)
        place = passed % self.order.n
        if place == 0:
            self._chosen[uid] = set(self._random.sample(range(self.order.n), min(self.order.k, self.order.n)))
        self._passed[uid] = passed + 1
        if place not in self._chosen[uid] or (self.order.count is not None and self.fired >= self.order.count):
            return False
        self.fired += 1
        return True


class FrameFaultReport(msgspec.Struct):
    """`seen`: messages that passed by; `fired`: those that were struck."""

    id: int
    seen: int
    fired: int
    order: FrameOrder


class FrameFaults:
    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._release: Callable[[str, Parcel], bool] = lambda _uid, _parcel: False

    def on_release(self, release: Callable[[str, Parcel], bool]) -> None:
        """How parcels that were held back leave when their fault is taken away."""
        self._release = release

    def add(self, order: FrameOrder) -> int:
        fault = Fault(next(NUMBERS), order)
        self._faults[fault.id] = fault
        return fault.id

    def remove(self, number: int | None = None) -> int:
        doomed = [number] if number is not None else list(self._faults)
        faults = [fault for fault in (self._faults.pop(each, None) for each in doomed) if fault is not None]
        for fault in faults:
            for uid, parcels in fault.held.items():
                for parcel in parcels:
                    self._release(uid, parcel)
        return len(faults)

    def report(self) -> list[FrameFaultReport]:
        return [FrameFaultReport(fault.id, fault.seen, fault.fired, fault.order) for fault in self._faults.values()]

    def takes_file_done(self, uid: str) -> bool:
        return self._of(FrameFault.NO_FILE_DONE, uid) is not None

    def cuts_after(self, uid: str) -> float | None:
        """Seconds after which a socket that has just opened is cut; None = never."""
        fault = self._of(FrameFault.STORM, uid)
        return None if fault is None else fault.order.delay_ms / 1000

    def _of(self, kind: FrameFault, uid: str) -> Fault | None:
        """The first of the kind that goes off."""
        faults = (each for each in self._faults.values() if each.order.kind is kind)
        return next((fault for fault in faults if fault.covers(uid) and fault.goes_off(uid)), None)

    def strike_other(self, uid: str, parcel: Parcel) -> list[Parcel]:
        """Receipts, reactions and the like are only ever doubled."""
        fault = self._of(FrameFault.DUPLICATE, uid)
        return [parcel] if fault is None else _copies(parcel, fault.order.copies)

    def strike(self, uid: str, parcel: Parcel) -> tuple[list[Parcel], bool]:
        """What leaves instead of a message, and whether the message is gone for ever."""
        for fault in self._faults.values():
            order = fault.order
            if order.kind in NO_MESSAGES or not fault.covers(uid) or not fault.goes_off(uid):
                continue
            return self._struck(fault, uid, parcel), fault.forever
        return [parcel], False

    def _struck(self, fault: Fault, uid: str, parcel: Parcel) -> list[Parcel]:
        order = fault.order
        match order.kind:
            case FrameFault.DROP | FrameFault.NO_FILE_DONE | FrameFault.STORM:
                return []
            case FrameFault.DUPLICATE:
                return _copies(parcel, order.copies)
            case FrameFault.REORDER:
                return self._held_back(fault, uid, parcel)
            case FrameFault.UNKNOWN_OPCODE:
                number = order.opcode or (524 if parcel.list_name == "groupMsgs" else 504)
                return [Parcel((number, 0), parcel.list_name, parcel.items, alone=True)]
            case FrameFault.MALFORMED:
                first, last = (JUNK[(fault.fired * 2 + place) % len(JUNK)] for place in (0, 1))
                return [Parcel(parcel.opcode, parcel.list_name, [first, *parcel.items, last], alone=True)]
            case FrameFault.UNDECRYPTABLE:
                return [
                    Parcel(parcel.opcode, parcel.list_name, parcel.items, alone=True, sealed_for_nobody=True)
                ]  # fmt: skip

    def _held_back(self, fault: Fault, uid: str, parcel: Parcel) -> list[Parcel]:
        held = fault.held.setdefault(uid, [])
        held.append(_alone(parcel))
        if len(held) < fault.order.window:
            return []
        return fault.held.pop(uid)[::-1]


def _alone(parcel: Parcel) -> Parcel:
    return Parcel(parcel.opcode, parcel.list_name, parcel.items, alone=True)


def _copies(parcel: Parcel, count: int) -> list[Parcel]:
    """Each in a frame of its own."""
    return [_alone(parcel) for _ in range(count)]
