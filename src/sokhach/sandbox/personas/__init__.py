"""The people of the demo, by trade."""

from importlib import import_module
from importlib.util import find_spec

from sokhach.sandbox.personas.script import Trade

_KEYS = ("electrical", "fashion", "cosmetics", "real_estate", "education", "insurance")
_MODULES = [import_module(f"{__name__}.{key}") for key in _KEYS if find_spec(f"{__name__}.{key}") is not None]

TRADES: tuple[Trade, ...] = tuple(module.TRADE for module in _MODULES if hasattr(module, "TRADE"))
