"""Cosmetics and care of the skin: students, mothers, husbands with a gift to buy, small shops."""

from sokhach.sandbox.personas.cosmetics.people import PEOPLE
from sokhach.sandbox.personas.script import Trade

TRADE = Trade(
    key="cosmetics", name="Mỹ phẩm", personas=PEOPLE, facts={"who": ("mình",)}, pictures=("lo-kem.png", "hop-mop.png")
)
