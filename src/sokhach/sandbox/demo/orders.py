"""What the control API orders of the demo."""

from typing import Any

import msgspec

from sokhach.sandbox.demo.staff import Colleague


class DemoOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`messages_per_minute`: how often someone begins a scene; what follows comes on top. `trades` None = all."""

    oa_id: str
    trades: list[str] | None = None
    running: bool = True
    messages_per_minute: float = 6
    colleagues: list[Colleague] = []


class DemoState(msgspec.Struct, kw_only=True):
    oa_id: str
    trades: list[str]
    running: bool
    messages_per_minute: float
    colleagues: list[dict[str, Any]] = []

    @property
    def staff(self) -> list[Colleague]:
        return msgspec.convert(self.colleagues, list[Colleague])


class HistoryOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`until_ms` None = now. Times in milliseconds since the epoch."""

    oa_id: str
    trades: list[str] | None = None
    days: int = 28
    until_ms: int | None = None
    conversations_per_day: float = 45
    colleagues: list[Colleague] = []
    seed: int = 1
