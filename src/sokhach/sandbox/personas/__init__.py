"""The people of the demo, by trade."""

from sokhach.sandbox.personas import cosmetics, education, electrical, fashion, insurance, real_estate
from sokhach.sandbox.personas.script import Trade

TRADES: tuple[Trade, ...] = (
    electrical.TRADE,
    fashion.TRADE,
    cosmetics.TRADE,
    real_estate.TRADE,
    education.TRADE,
    insurance.TRADE,
)
