"""Clothes and shoes: office people, mothers, brides' families, market women who buy wholesale."""

from sokhach.sandbox.personas.fashion.people import PEOPLE
from sokhach.sandbox.personas.script import Trade

TRADE = Trade(
    key="fashion",
    name="Thời trang",
    personas=PEOPLE,
    facts={"who": ("mình",)},
    pictures=("vay-hong.png", "hop-mop.png"),
)
