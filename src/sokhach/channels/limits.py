"""Limits, prices and hours of channels as dated data: what our sources say, unless an administrator knows better."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Unit = Literal[
    "characters",
    "bytes",
    "seconds",
    "minutes",
    "hours",
    "days",
    "hour_of_day",
    "count",
    "percent",
    "on_off",
    "dong",
]


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One number of a channel. `limit.<key>` of the catalogue says what it is, `limit-source.<source>` where `default`
    was found, on the day `as_of` (ISO). An administrator may set it from `least` to `most`."""

    key: str
    default: int
    unit: Unit
    source: str
    as_of: str
    least: int = 0
    most: int = 1_000_000_000


class Limits(msgspec.Struct, frozen=True):
    """What holds now: `limits[SOME_LIMIT]`. Without `changed` it is what our sources say."""

    changed: Mapping[str, int] = {}

    def __getitem__(self, limit: Limit) -> int:
        return self.changed.get(limit.key, limit.default)


DEFAULT_LIMITS = Limits()
