"""The simulated clock: real time, shifted and stretched by the control API.

All times in the sandbox are integer milliseconds since the epoch on this clock, as on Zalo's wire.
"""

import time
from collections.abc import Callable

import msgspec


class ClockState(msgspec.Struct, frozen=True):
    """`simulated = anchor_simulated_ms + (real - anchor_real_ms) * scale`; on wall time, to survive a restart."""

    anchor_real_ms: int
    anchor_simulated_ms: int
    scale: float = 1.0
    ladder_scale: float = 1.0


def real_now_ms() -> int:
    return time.time_ns() // 1_000_000


class SimulatedClock:
    """Only ever moves forward. Sleepers register with `on_change` and look at the clock again when it jumps."""

    def __init__(self, state: ClockState | None = None) -> None:
        now = real_now_ms()
        self._state = state or ClockState(now, now)
        self._listeners: list[Callable[[], None]] = []

    @property
    def state(self) -> ClockState:
        return self._state

    @property
    def ladder_scale(self) -> float:
        """Divides the waits of the webhook retry ladder only; timestamps stay on real time."""
        return self._state.ladder_scale

    def now_ms(self) -> int:
        elapsed = (real_now_ms() - self._state.anchor_real_ms) * self._state.scale
        return self._state.anchor_simulated_ms + int(elapsed)

    def real_seconds_until(self, due_ms: int) -> float:
        return max(0.0, (due_ms - self.now_ms()) / 1000 / self._state.scale)

    def change(
        self, *, scale: float | None = None, advance_seconds: float = 0, ladder_scale: float | None = None
    ) -> None:
        self._state = ClockState(
            anchor_real_ms=real_now_ms(),
            anchor_simulated_ms=self.now_ms() + int(advance_seconds * 1000),
            scale=self._state.scale if scale is None else scale,
            ladder_scale=self._state.ladder_scale if ladder_scale is None else ladder_scale,
        )
        for listener in self._listeners:
            listener()

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)
