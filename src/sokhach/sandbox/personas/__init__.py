"""The people of the demo, by trade."""

from importlib import import_module
from importlib.util import find_spec

from sokhach.sandbox.personas.script import Trade

_KEYS = ("electrical", "fashion", "cosmetics", "real_estate", "education", "insurance")

_SPECS = {key: find_spec(f"{__name__}.{key}") for key in _KEYS}

TRADES: tuple[Trade, ...] = tuple(
    import_module(f"{__name__}.{key}").TRADE for key, spec in _SPECS.items() if spec is not None and spec.origin
)
